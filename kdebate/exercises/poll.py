"""Vote, talk, vote again; a lecturer can write down the hands."""

from __future__ import annotations

from kdebate.exercises.exercise import Exercise


class Poll(Exercise):
    """
    Vote, talk, vote again; a lecturer can write down the hands.

    Both votes and the hand counts are kept.

    Parameters
    ----------
    question_id : str
        Its id in ``questions/<notebook>.toml``.
    """

    kind = "poll"
