"""Several quizzes in one frame, one at a time: a recall of three questions takes half a screen, not two."""

from __future__ import annotations

from kdebate.exercises.exercise import question_in_words, shared_spec
from kdebate.questions import bank
from kdebate.widgets.in_words import live
from kdebate.widgets.journal_widget import JournalWidget


class Questions(JournalWidget):
    """
    Quizzes behind a row of tabs; each is stored under its own id, as `Quiz` does it alone.

    Parameters
    ----------
    *question_ids : str
        Their ids in ``questions/<notebook>.toml``, in the order in which they are asked.

    Raises
    ------
    ValueError
        Where there is no such quiz, none is named, or one is named twice.

    Examples
    --------
    >>> Questions("01-start-hanoi", "01-start-council")     # doctest: +SKIP
    """

    def __init__(self, *question_ids: str) -> None:
        if not question_ids or len(question_ids) != len(set(question_ids)):
            raise ValueError(
                f"Questions were given the ids {question_ids!r}. Name each quiz once, and at least one: "
                "Questions('01-start-hanoi', '01-start-council')."
            )
        asked = [bank.question(name, "quiz") for name in question_ids]
        super().__init__("exercises/questions.js", shared_spec() | {"questions": asked})

    def in_words(self) -> list[str]:
        """Each question with its options; neither answers nor feedback."""
        asked = [line for one in self._spec["questions"] for line in question_in_words(one)]
        return [*asked, live("question")]
