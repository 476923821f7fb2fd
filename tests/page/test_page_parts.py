"""The page's own modules, by themselves: what differs, and what a locked page lets through."""

import json
import sys
from pathlib import Path

from kdebate.lab import launcher
from kdebate.lab.words import table
from kdebate.tables import cite
from tests.page.in_node import ask

PARTS = Path(launcher.LAB) / "labextensions" / "kdebate" / "static"


def cell(name: str, source: str, kind: str = "markdown", **more) -> dict:
    return {"id": name, "cell_type": kind, "source": source, **more}


A, B, CODE = cell("a", "one"), cell("b", "two"), cell("c", "x = 1", "code")
PNG = {"p.png": {"image/png": "AAAA", "text/plain": "p"}}
TURNED = {"p.png": {"text/plain": "p", "image/png": "AAAA"}}
CASES = {
    "the same": ([A, B, CODE], [A, B, CODE], {}),
    "the same with other ids": ([A | {"id": "z"}], [A], {}),
    "lines or one text": ([A | {"source": ["o", "ne"]}], [A], {}),
    "no attachment or none": ([A | {"attachments": {}}], [A], {}),
    "attachments in another order": ([A | {"attachments": TURNED}], [A | {"attachments": PNG}], {}),
    "changed text": ([A | {"source": "One"}, B], [A, B], {"markdown": 1}),
    "changed picture": ([A | {"attachments": PNG}], [A], {"markdown": 1}),
    "changed code": ([A, CODE | {"source": "x = 2"}], [A, CODE], {"code": 1}),
    "changed text, new id": ([cell("z", "One"), B], [A, B], {"markdown": 1}),
    "two changed": ([A | {"source": "1"}, B | {"source": "2"}], [A, B], {"markdown": 2}),
    "added": ([A, B, CODE, cell("n", "raw", "raw")], [A, B, CODE], {"added": 1}),
    "added first": ([cell("n", "new"), A, B], [A, B], {"added": 1}),
    "said twice": ([A, A, B], [A, B], {"added": 1}),
    "removed": ([A], [A, B, CODE], {"removed": 2}),
    "other kind": ([A | {"cell_type": "raw"}], [A], {"added": 1, "removed": 1}),
    "other order": ([B, A], [A, B], {"order": 1}),
    "empty page": ([], [A], {"removed": 1}),
    "added beside a changed one": (
        [cell("n", "new"), A | {"source": "One"}],
        [A],
        {"markdown": 1, "added": 1},
    ),
}


def test_what_differs_is_counted():
    question = """({ differences }, cases) =>
      cases.map(([mine, original]) => differences(mine, original).counts)"""
    cases = [[mine, original] for mine, original, _ in CASES.values()]
    found = ask([str(PARTS / "compare.js")], question, cases)
    expected = {name: case[2] for name, case in CASES.items()}
    assert dict(zip(CASES, found, strict=True)) == expected


def test_every_kind_of_difference_has_its_words():
    kinds = {kind for _, _, counts in CASES.values() for kind in counts} | {"raw", "kernel"}
    assert set(table()["page"]["differences"]) == kinds


HOLD = """({ holdCells }, locked) => {
    const said = [];
    const cells = {};
    for (const name of ['insertCell', 'insertCells', 'addCell', 'deleteCell', 'deleteCellRange', 'moveCell', 'moveCells'])
        cells[name] = () => said.push(name);
    cells.fromJSON = () => { cells.insertCells(); cells.deleteCellRange(); };
    holdCells({ hasClass: () => locked, model: { sharedModel: cells } }, () => said.push('loaded'));
    for (const name of Object.keys(cells)) cells[name]();
    return said;
}"""


def test_a_locked_list_of_cells_changes_only_when_it_is_read_anew():
    lock = [str(PARTS / "lock.js")]
    assert ask(lock, HOLD, True) == ["insertCells", "deleteCellRange", "loaded"]
    assert len(ask(lock, HOLD, False)) == 7 + 3


def test_a_section_begins_at_its_heading_and_its_minute():
    question = """({ sectionsOf, sectionAt }, { planned, sources }) => {
      const sections = sectionsOf(planned, sources);
      return [sections.map(({ begins, cell }) => [begins, cell]), sources.map((_, i) => sectionAt(sections, i))];
    }"""
    planned = [{"title": "One", "minutes": 3}, {"title": "Two", "minutes": 4}]
    sources = ["# Title", "## One\n\ntext", "code", "## Twofold", "## Two", "code"]
    found = ask([str(PARTS / "rail.js")], question, {"planned": planned, "sources": sources})
    assert found == [[[0, 1], [3, 4]], [-1, 0, 0, 0, 1, 1]]
    untitled = {"planned": [{"title": "Zero", "minutes": 1}, *planned], "sources": sources}
    found = ask([str(PARTS / "rail.js")], question, untitled)
    assert found == [[[0, 0], [1, 1], [4, 4]], [0, 1, 1, 1, 2, 2]]


def test_a_list_of_sources_is_read_by_number():
    """What the tool writes is what the page reads, for whatever a chapter may cite."""
    keys = ["row:SP36", "cite:SCMP", "table:exercises", "row:CNS", "row:C47"]
    where = {"repository": "kdebate/kdebate", "tag": "v0.1.0"}
    text = cite.sources_text({key: i for i, key in enumerate(keys, 1)}, where)
    found = ask([str(PARTS / "sources.js")], "({ entriesOf }, text) => entriesOf(text)", text)
    assert [entry["id"] for entry in found.values()] == keys
    for entry in found.values():
        links = [part for part in entry["from"] if isinstance(part, list)]
        assert links
        assert all(address.startswith("http") for _, address in links)
    assert "(not checked)" in found["1"]["from"][-1]


# What a right click may offer on a locked page: it copies, or opens something beside the page.
READS = {
    *("notebook:copy-cell", "notebook:copy-selected-text", "notebook:create-output-view"),
    *("notebook:create-console", "notebook:create-subshell-console", "notebook:restart-kernel"),
    *("inspector:toggle", "logconsole:open"),
}
OFFERED = """({ holdCommands }, names, locked) => {
    const commands = { isEnabled: () => true };
    holdCommands(commands, () => locked);
    return names.filter((name) => commands.isEnabled(name));
}"""


def right_click_items() -> list[str]:
    """What JupyterLab's own schemas put into the menu of a right click on a notebook or its cells."""
    schemas = Path(sys.prefix, "share", "jupyter", "lab", "schemas").rglob("*.json")
    menus = [json.loads(path.read_text("utf-8")).get("jupyter.lab.menus", {}) for path in schemas]
    items = [item for menu in menus for item in menu.get("context", []) if "command" in item]
    return [item["command"] for item in items if item["selector"].startswith(".jp-Notebook")]


def test_a_right_click_on_a_locked_page_offers_nothing_that_changes_it():
    lock, names = [str(PARTS / "lock.js")], right_click_items()
    assert {"notebook:cut-cell", "notebook:delete-cell", "notebook:copy-cell"} <= {*names}
    assert {*ask(lock, OFFERED, names, True)} <= READS
    assert ask(lock, OFFERED, names, False) == names
