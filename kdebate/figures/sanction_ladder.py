"""Where chapter 03 of module 0.1.0 looks for `kdebate.evidence.ladder`; learners keep their copies of it."""

from kdebate.evidence.ladder import counts

__all__ = ["counts"]
