"""The exercises that need nothing of Python but their question: all they do lies in the page."""

from __future__ import annotations

from kdebate.exercises.exercise import Exercise


class Quiz(Exercise):
    """
    A question with feedback for every choice, two hints and as many tries as one likes.

    Tries are unlimited; the first one is kept for the learner only.

    Parameters
    ----------
    question_id : str
        Its id in ``questions/<notebook>.toml``.
    """

    kind = "quiz"


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
