"""A text of one's own, stored while it is written."""

from __future__ import annotations

from kdebate.exercises.exercise import Exercise


class Reflect(Exercise):
    """
    A text of one's own, stored while it is written.

    Nobody marks it; words are counted, none are demanded.

    Parameters
    ----------
    question_id : str
        Its id in ``questions/<notebook>.toml``.
    """

    kind = "reflect"
