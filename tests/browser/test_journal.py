"""
Writing that is never lost: killed kernels, closed tabs, stopped servers, wiped browsers.

A scripted learner types into notebook 00. Every text that stood under a "saved" mark must be there
afterwards: under "disk" in the journal file, under "browser" in the browser.
"""

import json
import random
import re
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kdebate.exercises import Journal, Predict, Reflect
from kdebate.exercises.journal_bar import JournalBar
from tests.browser import conftest
from tests.browser.conftest import running_lab, served_page
from tests.browser.notebooks import kernel_processes

pytestmark = pytest.mark.browser

QUESTION = "00-first-view"
CARD = f"[data-kdebate-exercise='{QUESTION}']"
BAR = "[data-kdebate-journal]"
FILE = "kdebate-journal.sqlite"
WATCH = f"""
new MutationObserver((changes) => {{
  for (const {{ target }} of changes) {{
    if (target.matches("{CARD}")) globalThis.told(target.dataset.saved, target.querySelector("textarea").value);
  }}
}}).observe(document, {{ subtree: true, attributes: true, attributeFilter: ["data-saved"] }});
"""
WORDS = [
    "small",
    "steps",
    "can",
    "be",
    "taken",
    "back",
    "and",
    "large",
    "ones",
    "cannot",
    "so",
    "who",
    "goes",
    "first",
]


class Lost(AssertionError):
    """Words that stood under a saved mark are missing. A test that raises it gets no second chance."""


class Learner:
    """Types at random, and remembers what stood under which mark."""

    def __init__(self, page, seed=2019):
        self.page, self.chance = page, random.Random(seed)
        self.promised = {"browser": "", "disk": ""}
        self.broken = []
        self.count = 0

    def watch(self):
        self.page.context.expose_function("told", self.hear)
        self.page.context.add_init_script(WATCH)

    def hear(self, state, text):
        """Remember the longest text that stood under a mark; one that only continues it takes its place."""
        if state not in self.promised or self.promised[state].startswith(text):
            return
        if not text.startswith(self.promised[state]):
            self.broken.append((self.promised[state], text))
        self.promised[state] = text

    def come(self, address):
        self.page.goto(address)
        expect(self.page.locator(f"{BAR}[data-state=ready]")).to_be_visible(timeout=60_000)
        expect(self.page.locator(CARD)).to_be_visible()

    def write(self, most=6):
        """Type a few words, pause now and then, and stop at any moment."""
        field = self.page.locator(f"{CARD} textarea")
        field.focus()
        self.page.keyboard.press("Control+End")
        for _ in range(self.chance.randint(1, most)):
            self.count += 1
            self.page.keyboard.type(f"{self.chance.choice(WORDS)}{self.count} ")
            if self.chance.random() < 0.5:
                self.page.wait_for_timeout(self.chance.randint(100, 900))  # a learner thinking

    def find(self, promise, text):
        if self.broken or not text.startswith(promise):
            raise Lost(f"promised {promise!r}, found {text!r}, broken off {self.broken}")

    def check_disk(self, folder):
        newest = [one.answer for one in Journal(folder / FILE).all()][-1:] or [""]
        self.find(self.promised["disk"], newest[0])

    def check_page(self):
        expect(self.page.locator(CARD)).to_have_attribute("data-saved", "disk", timeout=30_000)
        text = self.page.locator(f"{CARD} textarea").input_value()
        self.find(self.promised["browser"], text)
        self.find(self.promised["disk"], text)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running_lab(tmp_path_factory.mktemp("lab")) as started:
        yield started


def learner_on(open_page, server) -> Learner:
    learner = Learner(open_page("about:blank"))
    learner.watch()
    learner.come(server.address("00-start-here.ipynb"))
    return learner


@contextmanager
def killed_within(server, seconds):
    """Kill Python with SIGKILL after so many seconds, whatever goes on in the block; it is dead at the end."""
    found = kernel_processes(server)
    assert found, "no kernel runs"
    timer = threading.Timer(seconds, lambda: [process.kill() for process in found])
    timer.start()
    yield
    timer.join()


def revive(page) -> float:
    """Start Python again, as a learner would; returns the seconds until the page answers."""
    pressed = time.monotonic()
    page.get_by_role("button", name="Start Python again").click()
    expect(page.locator("[data-kdebate-bar]")).to_have_count(0, timeout=100_000)
    expect(page.locator(f"{BAR}[data-state=ready]")).to_be_visible()
    expect(page.locator(CARD)).to_have_attribute("data-saved", "disk")
    return time.monotonic() - pressed


def kill_kernels(open_page, server, rounds):
    learner = learner_on(open_page, server)
    for turn in range(rounds):
        with killed_within(server, learner.chance.uniform(0, 3)):
            learner.write()
        learner.check_disk(server.folder)
        learner.write(most=2)  # on with a dead Python
        seconds = revive(learner.page)
        learner.check_page()
        learner.check_disk(server.folder)
        kept = f"{learner.count} words, {len(learner.promised['disk'])} characters kept"
        print(f"kill {turn + 1}: {kept}, Python back after {seconds:.1f} s", flush=True)
    assert learner.promised["disk"]


def test_a_killed_kernel_loses_nothing(open_page, server):
    kill_kernels(open_page, server, 1)


@pytest.mark.soak
def test_two_hundred_killed_kernels_lose_nothing(open_page, server):
    kill_kernels(open_page, server, 200)


def close_tabs(open_page, server, rounds):
    learner = learner_on(open_page, server)
    for turn in range(rounds):
        learner.write()
        old, context = learner.page, learner.page.context
        old.close()
        learner.check_disk(server.folder)
        learner.page = context.new_page()
        learner.come(server.address("00-start-here.ipynb"))
        learner.check_page()
        print(
            f"tab {turn + 1}: {len(learner.promised['disk'])} characters, none missing", flush=True
        )


def test_a_closed_tab_loses_nothing(open_page, server):
    close_tabs(open_page, server, 1)


@pytest.mark.soak
def test_twenty_closed_tabs_lose_nothing(open_page, server):
    close_tabs(open_page, server, 20)


def test_keys_reach_the_exercise_and_not_the_notebook(open_page, server):
    """In JupyterLab x and dd delete cells, b adds one: not while an exercise has the keyboard."""
    learner = learner_on(open_page, server)
    cells = learner.page.locator(".jp-Cell")
    before = cells.count()
    quiz = learner.page.locator("[data-kdebate-exercise='00-saved-mark']")
    for control in ("input[type=checkbox]", "[data-action=store]", "[data-action=hint]"):
        quiz.locator(control).first.focus()
        for key in ("x", "d", "d", "b", "a"):
            learner.page.keyboard.press(key)
    learner.page.locator(f"{BAR} [data-action=save]").focus()
    learner.page.keyboard.press("x")
    assert cells.count() == before
    quiz.locator("input[type=checkbox]").first.focus()
    learner.page.keyboard.press("Space")
    expect(quiz.locator("input[type=checkbox]").first).to_be_checked()
    quiz.locator("[data-action=store]").focus()
    learner.page.keyboard.press("Enter")
    expect(quiz).to_have_attribute("data-saved", "disk")


def test_tab_walks_through_the_whole_chapter(open_page, server):
    page = learner_on(open_page, server).page
    expect(page.locator("[data-kdebate-exercise]")).to_have_count(3)
    for action in ("clear", "clear-yes"):  # an answered quiz has more buttons
        page.locator(f"{BAR} [data-action={action}]").click()
    expect(page.locator(f"{BAR} [data-readout=told]")).to_contain_text("Cleared")
    page.locator(f"{BAR} input[name=learner]").focus()
    walked = []
    while not walked or "04-" not in walked[-1]:
        assert len(walked) < 40, walked
        page.keyboard.press("Tab")
        walked.append(page.evaluate(f"({WHERE})(document.activeElement)"))
    expected = [
        "save", "restore", "clear", "00-first-view", "store",
        "closed-tab", "python-stops", "other-computer", "cleared", "store", "hint",
        "log-in", "store", "hint",
        "01-read-the-argument.ipynb", "02-unpack-hostile-policy.ipynb",
        "03-enforce-sanctions.ipynb", "04-concede-step-by-step.ipynb",
    ]  # fmt: skip
    assert walked == expected


WHERE = """(one) => one.dataset.action ?? (one.tagName === "TEXTAREA" ? one.name : null)
  ?? (one.tagName === "A" ? new URL(one.href).pathname.split("/").pop() : one.value ?? one.tagName)"""


@contextmanager
def steady_port(monkeypatch):
    """Storage belongs to an address: the next server must stand at the same one."""
    port = conftest.free_port()
    monkeypatch.setattr(conftest, "free_port", lambda: port)
    yield


def stop_servers(open_page, folder, monkeypatch, rounds):
    with steady_port(monkeypatch):
        page = open_page("about:blank")
        learner = Learner(page)
        learner.watch()
        for turn in range(rounds + 1):
            with running_lab(folder) as server:
                learner.come(server.address("00-start-here.ipynb"))
                if turn:
                    learner.check_page()
                    print(
                        f"server {turn}: {len(learner.promised['disk'])} characters, none missing",
                        flush=True,
                    )
                learner.write()
            learner.check_disk(folder)
            learner.write(most=2)  # on without a server
            learner.page.goto("about:blank")


def test_a_stopped_server_loses_nothing(open_page, tmp_path, monkeypatch):
    stop_servers(open_page, tmp_path, monkeypatch, 1)


@pytest.mark.soak
def test_twenty_stopped_servers_lose_nothing(open_page, tmp_path, monkeypatch):
    stop_servers(open_page, tmp_path, monkeypatch, 20)


def test_an_open_page_outlives_network_and_server(open_page, tmp_path, monkeypatch):
    """Writing goes on, no dialog takes the keys, and all of it is on disk when the connection is back."""
    learner = Learner(open_page("about:blank"))
    page, card = learner.page, learner.page.locator(CARD)
    offline = page.locator("[data-kdebate-bar=offline]")
    learner.watch()
    with steady_port(monkeypatch):
        with running_lab(tmp_path) as server:
            learner.come(server.address("00-start-here.ipynb"))
            page.context.set_offline(True)
            learner.write()
            expect(card).to_have_attribute("data-saved", "browser")
            page.context.set_offline(False)
            learner.check_page()
        expect(offline).to_be_visible()
        expect(offline.get_by_role("status")).to_contain_text("The page connects again by itself")
        learner.write()
        expect(card).to_have_attribute("data-saved", "browser")
        with running_lab(tmp_path):
            expect(page.locator("[data-kdebate-bar=stopped]")).to_be_visible(timeout=150_000)
            learner.write()
            assert page.locator(".jp-Dialog").count() == 0
            revive(page)
            learner.check_page()
            learner.check_disk(tmp_path)


def test_a_file_that_breaks_while_the_page_is_open_is_mended(open_page, server):
    learner = learner_on(open_page, server)
    learner.page.locator(f"{CARD} textarea").fill("Written before the damage.")
    expect(learner.page.locator(CARD)).to_have_attribute("data-saved", "disk")
    for end in ("", "-wal", "-shm"):
        (server.folder / f"{FILE}{end}").write_text("<!doctype html>" * 400)
    quiz = learner.page.locator("[data-kdebate-exercise='00-take-along']")
    quiz.locator("input[type=radio]").first.check()
    quiz.locator("[data-action=store]").click()
    expect(quiz).to_have_attribute("data-saved", "disk")
    expect(learner.page.locator(BAR)).to_contain_text("set aside")
    expect(learner.page.locator(CARD)).to_have_attribute("data-saved", "disk")
    kept = Journal(server.folder / FILE).entries()
    assert {"00-first-view", "00-take-along"} <= set(kept.question_id)
    assert "Written before the damage." in list(kept.answer)


def test_a_file_out_of_reach_is_said_and_the_browser_goes_on(open_page, tmp_path):
    (
        tmp_path / FILE
    ).mkdir()  # what a folder that refuses to be written to comes down to; root may write anywhere
    with running_lab(tmp_path) as server:
        learner = learner_on(open_page, server)
        card = learner.page.locator(CARD)
        learner.write()
        expect(card).to_contain_text("Not written to the journal file")
        expect(card).to_have_attribute("data-saved", "browser")
        problem = learner.page.locator(f"{BAR} [role=alert]")
        expect(problem).to_have_text(
            re.compile("^Not written to the journal file: the (?!.*the folder.*the folder)")
        )
        (tmp_path / FILE).rmdir()
        learner.write()
        expect(card).to_have_attribute("data-saved", "disk")
        expect(card).not_to_contain_text("Not written to the journal file")
        expect(problem).to_be_hidden()


def test_a_new_server_a_new_folder_and_a_wiped_browser(open_page, server, tmp_path_factory):
    """Save in one launch, restore in another that shares nothing with it."""
    learner = learner_on(open_page, server)
    learner.page.locator(f"{CARD} textarea").fill("Taken along.")
    learner.page.locator(f"{CARD} [data-action=store]").click()
    expect(learner.page.locator(CARD)).to_have_attribute("data-saved", "disk")
    file = save(learner.page, tmp_path_factory.mktemp("saved"))
    with running_lab(tmp_path_factory.mktemp("other")) as other:
        page = open_page(other.address("00-start-here.ipynb"))
        expect(page.locator(f"{BAR}[data-state=ready]")).to_be_visible(timeout=60_000)
        expect(page.locator(f"{CARD} textarea")).to_have_value("")
        page.locator(f"{BAR} input[type=file]").set_input_files(file)
        expect(page.locator(CARD)).to_have_attribute("data-saved", "disk")
        expect(page.locator(f"{CARD} textarea")).to_have_value("Taken along.")
        assert "Taken along." in list(Journal(other.folder / FILE).entries().answer)


def save(page, folder) -> Path:
    """Press "Save a file"; returns the JSON one."""
    with page.expect_download(lambda one: one.suggested_filename.endswith(".json")) as caught:
        page.locator(f"{BAR} [data-action=save]").click()
    target = folder / caught.value.suggested_filename
    caught.value.save_as(target)
    return target


# ---- the journal of a page without Python ---------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    widgets = [JournalBar(), Reflect(QUESTION), Predict("04-two-slices")]
    with served_page(tmp_path_factory.mktemp("site"), "Journal", *widgets) as url:
        yield url


@pytest.fixture
def page(site, open_page):
    page = open_page(site)
    expect(page.locator(CARD)).to_be_visible()
    return page


def answer(page, text):
    page.locator(f"{CARD} textarea").fill(text)
    expect(page.locator(CARD)).to_have_attribute("data-saved", "browser")


def told(page):
    return page.locator(f"{BAR} [data-readout=told]")


def test_save_clear_restore(page, tmp_path):
    answer(page, "First view.")
    file = save(page, tmp_path)
    assert Journal(tmp_path / "j.sqlite").restore(file) == 1, "Python reads what the page wrote"
    page.locator(f"{BAR} [data-action=clear]").click()
    page.keyboard.press("Escape")
    expect(page.locator(f"{CARD} textarea")).to_have_value("First view.")
    page.locator(f"{BAR} [data-action=clear]").click()
    page.locator(f"{BAR} [data-action=clear-yes]").click()
    expect(page.locator(f"{CARD} textarea")).to_have_value("")
    assert page.evaluate("localStorage.length") == 0
    page.locator(f"{BAR} input[type=file]").set_input_files(file)
    expect(told(page)).to_contain_text("1 of 1 answers were new")
    expect(page.locator(f"{CARD} textarea")).to_have_value("First view.")


def test_the_page_reads_what_python_wrote(page, tmp_path):
    journal = Journal(tmp_path / "j.sqlite")
    journal.record(QUESTION, "Zwölf 한국어 words")
    page.locator(f"{BAR} input[type=file]").set_input_files(journal.export(tmp_path)[1])
    expect(page.locator(f"{CARD} textarea")).to_have_value("Zwölf 한국어 words")


STRANGE = {
    "html": (lambda text: "<!doctype html>", "cannot be read as JSON"),
    "truncated": (lambda text: text[:-40], "cannot be read as JSON"),
    "other": (lambda text: json.dumps({"a": [1]}), "no list of answers"),
    "entry": (lambda text: json.dumps({"entries": [1]}), "answer 1 is not one of ours"),
    "big": (lambda text: " " * 21_000_000, "the limit is 20 MB"),
    "changed": (lambda text: text.replace("Mine", "Yours"), "receipt does not fit"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_file_gets_a_sentence_and_changes_nothing(page, tmp_path, name):
    change, said = STRANGE[name]
    answer(page, "Mine")
    file = save(page, tmp_path)
    file.write_text(change(file.read_text()))
    page.locator(f"{BAR} input[type=file]").set_input_files(file)
    expect(told(page)).to_contain_text(said)
    expect(page.locator(f"{CARD} textarea")).to_have_value("Mine")
    if name == "changed":
        page.locator(f"{BAR} [data-action=restore-anyway]").click()
        expect(told(page)).to_contain_text("Restored: 1 of 1")


def test_two_tabs_do_not_fight(page, site):
    other = page.context.new_page()
    other.goto(site)
    answer(page, "From the first tab.")
    expect(other.locator(f"{CARD} textarea")).to_have_value("From the first tab.")
    answer(other, "From the second tab.")
    page.bring_to_front()
    page.locator(f"{BAR} input[name=learner]").focus()
    expect(page.locator(f"{CARD} textarea")).to_have_value("From the second tab.")
    texts = page.evaluate("Object.values(localStorage).join()")
    assert "From the first tab." in texts, "the older version is kept"


def test_an_older_or_damaged_item_does_no_harm(page):
    entry = {
        "entry_id": "old", "question_id": QUESTION, "kind": "reflect", "notebook": "",
        "module_version": "0.0.1", "answered_at": "2025-01-01T00:00:00.000Z", "answer": "Of old.",
    }  # fmt: skip
    put = "([key, text]) => localStorage.setItem(key, text)"
    page.evaluate(put, ["kdebate/journal/0/old", json.dumps(entry)])
    page.evaluate(put, ["kdebate/journal/1/bad", "{not json"])
    page.evaluate(put, ["kdebate/journal/99/later", json.dumps(entry | {"answer": "Later."})])
    page.reload()
    expect(page.locator(f"{CARD} textarea")).to_have_value("Of old.")
    assert page.evaluate("localStorage.getItem('kdebate/journal/1/bad')") == "{not json"


def test_time_since_the_last_file(page, tmp_path):
    answer(page, "One.")
    line = page.locator(f"{BAR} [data-readout=exported]")
    expect(line).to_contain_text("You have not saved a file yet")
    save(page, tmp_path)
    expect(line).to_contain_text("just now")
    answer(page, "Two.")
    expect(line).to_contain_text("1 answer is newer than that file")
