"""The exercises that need nothing of Python but their question: all they do lies in the page. Each takes the id of its question."""

from __future__ import annotations

from kdebate.exercises.exercise import Exercise


class Quiz(Exercise):
    """
    A question with feedback for every choice, two hints and as many tries as one likes.

    Tries are unlimited; the first one is kept for the learner only.
    """

    kind = "quiz"


class Forecast(Exercise):
    """
    A probability for something that can be checked on a day.

    Every change is kept: the journal holds the first forecast and all later ones.
    """

    kind = "forecast"


class Reflect(Exercise):
    """
    A text of one's own, stored while it is written.

    Nobody marks it; words are counted, none are demanded.
    """

    kind = "reflect"


class Poll(Exercise):
    """
    Vote, talk, vote again; a lecturer can write down the hands.

    Both votes and the hand counts are kept.
    """

    kind = "poll"
