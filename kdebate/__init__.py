"""
All or nothing, or step by step? A teaching module on bargaining with North Korea.

Data flows one way: ``datasets`` -> ``models`` -> ``figures`` -> ``widgets`` -> notebooks.
"""

__version__ = "0.1.0"
