"""A question with feedback for every choice, two hints and as many tries as one likes."""

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
