"""The exercises that need nothing of Python but their question: all they do lies in the page. Each takes the id of its question."""

from __future__ import annotations

from kdebate.exercises.exercise import Exercise
from kdebate.questions import bank


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
    Vote, hear the others, vote again in another place; a lecturer can write down the hands.

    Both votes and the hand counts are kept, in one answer.

    Parameters
    ----------
    question_id : str
        Its id in ``questions/<notebook>.toml``.
    round : {1, 2}
        Which vote is cast here. The second one stands where the question comes back, with the first beside it.

    Raises
    ------
    ValueError
        Where there is no such poll, or no such round.
    """

    kind = "poll"

    def __init__(self, question_id: str, round: int = 1) -> None:
        if round not in (1, 2):
            raise ValueError(f"Poll {question_id!r} has no round {round!r}; choose 1 or 2.")
        self.round = round
        super().__init__(question_id)

    def _asked(self, question: bank.Question) -> bank.Question:
        return question | {"round": ("first", "second")[self.round - 1]}
