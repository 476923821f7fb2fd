"""Claim first, look afterwards: a prediction opens the levers of the explorer that is tied to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kdebate import models
from kdebate.exercises.exercise import Exercise, sealed
from kdebate.questions import bank

_SEALED = ("result", "answer")  # what the card shows when the lever gets there
_PLAYED = {"play"}  # asks for a play of the game, as a setting asks for a place of the lever
_OURS = ("at", "quiet")  # what the page has no use for
_NAME = re.compile(r"\{(\w+)\.(\w+)\}")


class Predict(Exercise):
    """
    A claim, and one clause of reason, before the chart moves.

    An explorer made with ``predict="<question id>"`` stays locked until the claim is stored or skipped.
    Where the question says ``at``, its result waits until that explorer's levers stand there.

    Parameters
    ----------
    question_id : str
        Its id in ``questions/<notebook>.toml``.
    result : str, optional
        What the learner sees afterwards, where the notebook works it out; replaces the question's own.
    answer : str or number, optional
        The option or number that the result shows; replaces the question's own.
    """

    kind = "predict"

    def __init__(
        self, question_id: str, result: str | None = None, answer: str | float | None = None
    ) -> None:
        self._given = {"result": result, "answer": answer}
        super().__init__(question_id)

    def _asked(self, question: bank.Question) -> bank.Question:
        given = {key: value for key, value in self._given.items() if value is not None}
        return _sealed(with_results(question | given))


def _sealed(question: bank.Question) -> bank.Question:
    """What the page gets: the setting that is asked for, and the result so that no reader of the page's text meets it."""
    hidden = {key: question[key] for key in _SEALED if key in question}
    shown = {key: value for key, value in question.items() if key not in (*_SEALED, *_OURS)}
    asked = bank.asked_setting(question) or {key: question[key] for key in _PLAYED & {*question}}
    return shown | {"sealed": sealed(hidden)} | ({"at": asked} if asked else {})


def with_results(question: bank.Question) -> bank.Question:
    """
    Fill in the numbers of a result from the model.

    A table in `at`, as in ``at = {two = {N = 2}}``, names lever settings; ``{two.value_a}`` in `result` and
    ``answer = "two.minimum_steps"`` then stand for what the model says there.
    """
    facts = {name: _facts(levers) for name, levers in bank.named_settings(question).items()}
    filled = dict(question)
    if "result" in question:
        filled["result"] = _NAME.sub(
            lambda found: _text(facts, question, *found.groups()), question["result"]
        )
    answer = question.get("answer")
    if question["ask"] in {"value", "probability"} and isinstance(answer, str):
        filled["answer"] = _fact(facts, question, *answer.split(".", 1))
    return filled


def _facts(levers: Mapping[str, Any]) -> dict[str, Any]:
    """What the model says at one setting: its read-out, and gaps by side and slice."""
    values = models.lever_values(dict(levers))
    read = models.read_out(values)
    gaps = {
        f"gap_{side}_{k}": gap
        for side, row in zip("ab", read["margins"], strict=True)
        for k, gap in enumerate(row[:-1], 1)
    }
    return (
        read
        | gaps
        | {"weakest_gap": read["weakest"]["gap"], "weakest_slice": read["weakest"]["slice"]}
    )


def _fact(
    facts: dict[str, dict[str, Any]], question: bank.Question, setting: str, name: str = ""
) -> Any:
    known = facts.get(setting, {})
    if name not in known:
        raise ValueError(
            f"Question {question.get('id')!r}: {setting}.{name} is unknown. "
            f"Settings: {', '.join(facts) or 'none'}; names: {', '.join(known) or 'none'}."
        )
    return known[name]


def _text(
    facts: dict[str, dict[str, Any]], question: bank.Question, setting: str, name: str
) -> str:
    value = _fact(facts, question, setting, name)
    if name.startswith(("gap_", "weakest_gap")):
        return models.gap_text(value)
    return models.number_text(value) if isinstance(value, float) else str(value)
