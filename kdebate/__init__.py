"""
All or nothing, or step by step? A teaching module on bargaining with North Korea.

Data flows one way, and no room imports from one further on: ``words`` and ``tables`` -> ``datasets`` -> ``models``,
``questions`` -> ``journal`` -> ``evidence`` -> ``figures`` -> ``widgets`` -> ``exercises`` -> ``lab``, ``site``, notebooks.
"""

__version__ = "0.1.0"
