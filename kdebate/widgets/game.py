"""Play the bargain before its chart: deliver or hold back, against a partner who keeps its word."""

from __future__ import annotations

import traitlets

from kdebate import __version__, models, words
from kdebate.questions import bank
from kdebate.widgets.explorer import known_predictions
from kdebate.widgets.in_words import live
from kdebate.widgets.journal_widget import JournalWidget

PLAYS = ("one_swap", "two_slices", "who_first")
QUESTION = "04-play"


class BargainGame(JournalWidget):
    """
    The class default as a game of ten rounds, played in the page.

    What was played goes to the journal as one entry of kind ``play``. The engine is `kdebate.models.play`.

    Parameters
    ----------
    plays : str, optional
        Which of ``one_swap``, ``two_slices`` and ``who_first`` can be chosen, with spaces between; all if not given.
    predict : str, optional
        Ids of predictions, with spaces between: the game stays closed until they are made or skipped.

    Raises
    ------
    ValueError
        Where there is no such play, or no such prediction.
    """

    plays: traitlets.List[str] = traitlets.List(traitlets.Enum(PLAYS)).tag(sync=True)
    predict = traitlets.Unicode().tag(sync=True)
    asks = traitlets.Dict().tag(sync=True)  # by question, the play that its card waits for

    def __init__(self, plays: str = " ".join(PLAYS), predict: str | None = None) -> None:
        chosen = plays.split()
        if not chosen or not {*chosen} <= {*PLAYS}:
            raise ValueError(f"plays = {plays!r} is not a choice. Choose of: {' '.join(PLAYS)}.")
        shared = words.of("explorer")
        tied = known_predictions(predict)
        asked = {name: bank.question(name).get("play") for name in tied.split()}
        super().__init__(
            "explorers/game.js",
            {
                "words": words.of("game")
                | {"locked": shared["controls"]["locked"], "saved": words.of("exercises")["saved"]},
                "names": words.of("sides"),
                "question": bank.question(QUESTION, "play"),
                "module_version": __version__,
            },
            start_failed=shared["status"]["start_failed"],
            plays=chosen,
            predict=tied,
            asks={name: play for name, play in asked.items() if play in chosen},
        )

    def describe(self) -> str:
        """The rules of the game in words."""
        deal, said = models.effective_deal({}), self._spec["words"]
        intro = said["intro"].format(gain=f"{deal.v_a:g}", cost=f"{deal.c_a:g}")
        return f"{intro} {said['rule']}"

    def in_words(self) -> list[str]:
        """What can be played, and by which rules; never what comes out."""
        titles = [self._spec["words"]["titles"][play] for play in self.plays]
        return [*titles, self.describe(), live("game")]
