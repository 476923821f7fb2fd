"""The page reads and writes portfolios as Python does, and puts the same receipt under them."""

import hashlib
import json
from pathlib import Path

from kdebate import words
from kdebate.journal import portfolio
from kdebate.journal.portfolio import Entry
from tests.page.in_node import ask

CASES = json.loads(
    (Path(__file__).parents[1] / "cases" / "portfolio_cases.json").read_text("utf-8")
)
TWIN = """(twin, { toMarkdown }, cases, words) => {
  const date = (text) => {
    try { return twin.readAnyTime({ entry_id: "e", question_id: "q", answer: "words", answered_at: text }).answered_at; }
    catch (error) { if (error instanceof RangeError) return null; throw error; }
  };
  const given = (answer) => ({ entry_id: "e", question_id: "q", kind: "note", notebook: "", module_version: "", answer, answered_at: "2026-01-01T00:00:00.000Z" });
  const write = (entries, name) => toMarkdown(entries, name, "2026-01-02T00:00:00.000Z", { words, prompts: {}, moduleVersion: "1" });
  return {
    dates: cases.dates.map(([text]) => [text, date(text)]),
    times: Object.fromEntries(Object.keys(cases.times).map((stamp) => [stamp, twin.inTime(stamp)])),
    answers: cases.answers.map(([answer]) => write([given(answer)], "").split("### q\\n\\n")[1].split("\\n\\nq · 2026")[0].split("  \\n")),
    files: cases.files.map(([text]) => {
      try {
        const held = twin.parse("x", text, { foreign: "", bad_entry: "" }, { entries: 100, answer: 200000 });
        return [text, held.learner, twin.newAmong(held.entries, new Map()).map((one) => [one.question_id, one.answer])];
      } catch (error) { if (error instanceof twin.NotAPortfolio) return [text, "", null]; throw error; }
    }),
    inline: cases.inline.map(([text]) => [text, /\\nName: (.*)\\n/.exec(write([], text))[1]]),
  };
}"""


def test_the_page_reads_and_writes_as_the_shared_cases_say():
    got = ask(
        ["journal/portfolio.js", "journal/document.js"],
        TWIN,
        CASES,
        words.of("exercises")["export"],
    )
    assert got["dates"] == CASES["dates"]
    assert got["times"] == CASES["times"]
    assert got["answers"] == [lines for _, lines in CASES["answers"]]
    assert got["inline"] == CASES["inline"]
    assert got["files"] == CASES["files"]


def test_the_page_and_python_write_the_same_receipt():
    awkward = ["한국어 😀 \u2028", {"b": [1.5, "x"], "a": {}}, [[]]]
    answers = [1, 0.1, -0.0, 1e-7, 2**53, None, True, "", *awkward]
    entries = [
        Entry(f"é{n}", f"q{n % 4}", "note", "", answer, f"2026-01-0{1 + n % 3}T00:00:00.000Z")
        for n, answer in enumerate(answers)
    ]
    question = """({ parse }, { sha256 }, text, lengths) => [
      parse("x", text, {}, { entries: 100, answer: 1000 }).unchanged,
      lengths.map((n) => sha256(new Uint8Array(n).fill(97))),
    ]"""
    lengths = [0, 55, 56, 63, 64, 65, 1000]
    modules = ["journal/portfolio.js", "journal/sha256.js"]
    told = ask(modules, question, portfolio.to_json(entries, ""), lengths)
    assert told == [True, [hashlib.sha256(b"a" * n).hexdigest() for n in lengths]]
