"""Where chapter 03 of module 0.1.0 looks for `kdebate.evidence.lines`; learners keep their copies of it."""

from kdebate.evidence.lines import designations, line, record, un_additions

__all__ = ["designations", "line", "record", "un_additions"]
