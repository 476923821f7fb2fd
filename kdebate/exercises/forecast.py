"""A probability for something that can be checked on a day."""

from __future__ import annotations

from kdebate.exercises.exercise import Exercise


class Forecast(Exercise):
    """
    A probability for something that can be checked on a day.

    Every change is kept: the journal holds the first forecast and all later ones.

    Parameters
    ----------
    question_id : str
        Its id in ``questions/<notebook>.toml``.
    """

    kind = "forecast"
