"""
Writing that is never lost: killed kernels, closed tabs, stopped servers, wiped browsers.

A scripted learner types into notebook 00. Every text that stood under a "saved" mark must be there
afterwards: under "disk" in the journal file, under "browser" in the browser.
"""

import datetime
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
from kdebate.journal import portfolio
from kdebate.journal.portfolio import Entry
from kdebate.site import write_page
from tests.browser import conftest
from tests.browser.conftest import running_lab, serve, served_page
from tests.browser.notebooks import kernel_processes
from tests.browser.one_address import one_address

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
    # The chapter runs again, which takes its time on a machine that does other things too.
    expect(page.locator(f"{BAR}[data-state=ready]")).to_be_visible(timeout=60_000)
    expect(page.locator(CARD)).to_have_attribute("data-saved", "disk", timeout=60_000)
    return time.monotonic() - pressed


def kill_a_kernel(learner, server):
    with killed_within(server, learner.chance.uniform(0, 3)):
        learner.write()
    learner.check_disk(server.folder)
    learner.write(most=2)  # on with a dead Python
    seconds = revive(learner.page)
    learner.check_page()
    learner.check_disk(server.folder)
    kept = f"{learner.count} words, {len(learner.promised['disk'])} characters kept"
    print(f"kill: {kept}, Python back after {seconds:.1f} s", flush=True)
    assert learner.promised["disk"]


@pytest.mark.soak
def test_two_hundred_killed_kernels_lose_nothing(open_page, server):
    learner = learner_on(open_page, server)
    for _ in range(200):
        kill_a_kernel(learner, server)


def close_a_tab(learner, server):
    learner.write()
    old, context = learner.page, learner.page.context
    old.close()
    learner.check_disk(server.folder)
    learner.page = context.new_page()
    learner.come(server.address("00-start-here.ipynb"))
    learner.check_page()
    print(f"tab: {len(learner.promised['disk'])} characters, none missing", flush=True)


@pytest.mark.soak
def test_twenty_closed_tabs_lose_nothing(open_page, server):
    learner = learner_on(open_page, server)
    for _ in range(20):
        close_a_tab(learner, server)


def test_a_closed_tab_a_killed_kernel_and_a_broken_file_lose_nothing(open_page, server):
    learner = learner_on(open_page, server)
    close_a_tab(learner, server)
    kill_a_kernel(learner, server)
    break_the_file(learner.page, server)


def keys_reach_the_exercise_and_not_the_notebook(page):
    """In JupyterLab x and dd delete cells, b adds one: not while an exercise has the keyboard."""
    cells = page.locator(".jp-Cell")
    before = cells.count()
    quiz = page.locator("[data-kdebate-exercise='00-both-accounts']")
    for control in ("input[type=checkbox]", "[data-action=store]", "[data-action=hint]"):
        quiz.locator(control).first.focus()
        for key in ("x", "d", "d", "b", "a"):
            page.keyboard.press(key)
    page.locator(f"{BAR} [data-action=save]").focus()
    page.keyboard.press("x")
    assert cells.count() == before
    quiz.locator("input[type=checkbox]").first.focus()
    page.keyboard.press("Space")
    expect(quiz.locator("input[type=checkbox]").first).to_be_checked()
    quiz.locator("[data-action=store]").focus()
    page.keyboard.press("Enter")
    expect(quiz).to_have_attribute("data-saved", "disk")


def tab_walks_through_the_whole_chapter(page):
    expect(page.locator("[data-kdebate-exercise]")).to_have_count(4)
    clear(page)  # an answered quiz has more buttons
    expect(page.locator(f"{BAR} [data-readout=told]")).to_contain_text("Cleared")
    page.locator(f"{BAR} input[name=learner]").focus()
    walked = []
    while not walked or "04-" not in walked[-1]:
        assert len(walked) < 40, walked
        page.keyboard.press("Tab")
        walked.append(page.evaluate(f"({WHERE})(document.activeElement)"))
    here = "00-start-here.ipynb"  # a small number leads to the list of sources, a word to the list of words
    expected = [
        "save", "restore", "clear", "on", "teach",
        "log-in", "store", "hint",
        *[here] * 5,
        "00-first-view", "store",
        "01-read-the-argument.ipynb", "02-unpack-hostile-policy.ipynb",
        "03-enforce-sanctions.ipynb", "04-concede-step-by-step.ipynb",
    ]  # fmt: skip
    assert walked == expected


def test_a_chapter_by_keyboard(open_page, server):
    page = learner_on(open_page, server).page
    keys_reach_the_exercise_and_not_the_notebook(page)
    tab_walks_through_the_whole_chapter(page)


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


@pytest.mark.soak
def test_twenty_stopped_servers_lose_nothing(open_page, tmp_path, monkeypatch):
    stop_servers(open_page, tmp_path, monkeypatch, 20)


def test_network_and_servers_may_go_and_come_and_nothing_is_lost(open_page, tmp_path, monkeypatch):
    """
    Writing goes on, no dialog takes the keys, and all of it is on disk when the connection is back.

    The second server stops too, and the third is met by a page that is opened anew.
    """
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
        learner.check_disk(tmp_path)
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
        learner.write(most=2)  # on without a server
        learner.page.goto("about:blank")
        with running_lab(tmp_path) as server:
            learner.come(server.address("00-start-here.ipynb"))
            learner.check_page()
            learner.check_disk(tmp_path)


def break_the_file(page, server):
    """While the page is open: it is set aside, and all that the page holds is in the next one."""
    page.locator(f"{CARD} textarea").fill("Written before the damage.")
    page.locator(f"{CARD} [data-action=store]").click()
    expect(page.locator(CARD)).to_have_attribute("data-saved", "disk")
    for end in ("", "-wal", "-shm"):
        (server.folder / f"{FILE}{end}").write_text("<!doctype html>" * 400)
    quiz = page.locator("[data-kdebate-exercise='00-take-along']")
    quiz.locator("input[type=radio]").first.check()
    quiz.locator("[data-action=store]").click()
    expect(quiz).to_have_attribute("data-saved", "disk")
    expect(page.locator(BAR)).to_contain_text("set aside")
    expect(page.locator(CARD)).to_have_attribute("data-saved", "disk")
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
            re.compile("^Not written to the journal file: a folder with the name [^:]*$")
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


# ---- whose words these are, with Python ------------------------------------------------------------------


def open_chapter(page, address) -> None:
    page.goto(address)
    expect(page.locator(f"{BAR}[data-state=ready]")).to_be_visible(timeout=60_000)
    expect(page.locator(CARD)).to_be_visible()


def empty_chapter(open_page, server):
    """A chapter whose journal holds nothing, whatever other tests wrote."""
    page = learner_on(open_page, server).page
    clear(page)
    expect(told(page)).to_contain_text("Cleared.")
    deadline = time.monotonic() + conftest.PATIENCE / 1000
    while answers(server.folder):
        assert time.monotonic() < deadline, "Python did not clear the file"
        time.sleep(0.1)  # between two looks
    return page


def write(page, text) -> None:
    field(page).fill(text)
    page.locator(f"{CARD} [data-action=store]").click()
    expect(page.locator(CARD)).to_have_attribute("data-saved", "disk")


def answers(folder) -> list[str]:
    return [one.answer for one in Journal(folder / FILE).all()]


@contextmanager
def two_people(tmp_path_factory):
    """Two folders, each with a server of its own, that take turns at one address."""
    with (
        one_address() as address,
        running_lab(tmp_path_factory.mktemp("minsu")) as minsu,
        running_lab(tmp_path_factory.mktemp("jiwoo")) as jiwoo,
    ):
        yield address, [minsu, jiwoo]


def take_turns(open_page, tmp_path_factory, rounds):
    """One browser, one address, two folders: what one writes is never in the other's journal or on the other's page."""
    with two_people(tmp_path_factory) as (address, people):
        page = open_page("about:blank")
        texts = [[], []]
        for turn in range(rounds):
            for who, lab in enumerate(people):
                address.turn(int(lab.url.rsplit(":", 1)[1]))
                open_chapter(page, lab.address("00-start-here.ipynb").replace(lab.url, address.url))
                expect(field(page)).to_have_value(texts[who][-1] if turn else "")
                is_asked = (turn, who) in {(0, 1), (1, 0)}  # once: leaving is remembered
                expect(found(page, "journal")).to_have_count(int(is_asked))
                if is_asked:
                    expect(found(page, "journal")).to_contain_text("1 answer of another journal")
                    settle(page, "journal", "leave")
                texts[who].append(f"Person {who}, turn {turn}.")
                write(page, texts[who][-1])
                page.goto("about:blank")
                for other, one in enumerate(people):
                    strangers = {*answers(one.folder)} - {*texts[other]}
                    if strangers or not {*texts[other]} <= {*answers(one.folder)}:
                        raise Lost(f"turn {turn}: {answers(one.folder)}, expected {texts[other]}")
            print(f"two people, turn {turn + 1}: nothing foreign, nothing missing", flush=True)


def test_two_people_at_one_computer_keep_two_journals(open_page, tmp_path_factory):
    take_turns(open_page, tmp_path_factory, 2)


@pytest.mark.soak
def test_fifty_rounds_of_two_people_at_one_computer(open_page, tmp_path_factory):
    take_turns(open_page, tmp_path_factory, 50)


def forge(page, other) -> None:
    """Change every answer in the storage to a newer one, and give the file its time to say that it does not know it."""
    for name in [one for one in storage(other) if "/journal/2/" in one]:
        store(other, name, FORGED | {"entry_id": name.rsplit("/", 1)[1], "answered_at": soon()})
    page.bring_to_front()
    expect(found(page, "tab")).to_be_visible(timeout=20_000)


def suffer_a_neighbour(open_page, server, rounds):
    """A page of the same origin does what it likes to the storage while a chapter is open, and before it is reloaded."""
    page = empty_chapter(open_page, server)
    other = page.context.new_page()
    other.goto(f"{server.url}/api")
    wanted = []
    for turn in range(rounds):
        wanted.append(f"Mine, turn {turn}.")
        write(page, wanted[-1])
        mine = next(name for name in storage(page) if "/journal/2/" in name)
        attack(other, {"stem": mine.rsplit("/", 1)[0]}, random.Random(turn))
        forge(page, other)
        for again in (False, True):
            if again:
                open_chapter(page, server.address("00-start-here.ipynb"))
            expect(field(page)).to_have_value(wanted[-1])
            expect(page.locator(CARD)).to_have_attribute("data-saved", "disk")
            assert gates(page) == {QUESTION}
        assert set(answers(server.folder)) == {*wanted}, answers(server.folder)
        print(f"neighbour {turn + 1}: nothing forged on disk, nothing missing", flush=True)


def test_a_neighbour_gets_nothing_onto_the_disk(open_page, server):
    suffer_a_neighbour(open_page, server, 1)


@pytest.mark.soak
def test_five_neighbours_get_nothing_onto_the_disk(open_page, server):
    suffer_a_neighbour(open_page, server, 5)


def two_tabs_share_by_the_file(page, server):
    other = page.context.new_page()
    open_chapter(other, server.address("00-start-here.ipynb"))
    write(other, "From the other tab.")
    other.bring_to_front()
    expect(page.locator(CARD)).to_have_attribute("data-saved", "disk")
    expect(field(page)).to_have_value("From the other tab.", timeout=20_000)
    expect(found(page, "tab")).to_have_count(0)
    clear(other)
    expect(field(page)).to_have_value("", timeout=20_000)
    expect(found(page, "cleared")).to_have_count(0)
    assert answers(server.folder) == []
    other.close()


def two_browsers_are_told(page, another):
    for one in (page, another):
        expect(one.locator(BAR)).to_contain_text("More than one browser is using this folder")


def a_private_page_writes_to_the_disk_only(page, server):
    page.get_by_label("Keep nothing in this browser").check()
    write(page, "For the disk only.")
    assert "disk only" not in json.dumps(storage(page))
    open_chapter(page, server.address("00-start-here.ipynb"))
    expect(field(page)).to_have_value("For the disk only.")
    assert "disk only" not in json.dumps(storage(page))
    page.get_by_label("Keep nothing in this browser").uncheck()
    assert "disk only" in json.dumps(storage(page))


def test_one_folder_in_two_tabs_in_two_browsers_and_in_private(open_page, server):
    page = learner_on(open_page, server).page
    two_tabs_share_by_the_file(page, server)
    a_private_page_writes_to_the_disk_only(page, server)
    two_browsers_are_told(page, learner_on(open_page, server).page)


LARGE = 100  # answers of 190 kB: just below the limit of 20 MB


def large_file(folder) -> Path:
    entries = [
        Entry(f"l{n}", f"q{n}", "note", "", f"{n} " + "x" * 190_000, "2026-01-01T00:00:00.000Z")
        for n in range(LARGE)
    ]
    file = folder / "kdebate-portfolio-large.json"
    file.write_text(portfolio.to_json(entries, "Fox"))
    return file


def check_large(folder) -> None:
    kept = [one for one in Journal(folder / FILE).all() if one.entry_id.startswith("l")]
    if sorted(int(one.answer.split()[0]) for one in kept) != list(range(LARGE)):
        raise Lost(f"{len(kept)} of {LARGE} answers")


def restore_interrupted(open_page, server, folder, rounds):
    """Restore 19 MB, break off at any moment, restore the same file again: all of it is on disk, once."""
    chance = random.Random(2019)
    file = large_file(folder)
    page = empty_chapter(open_page, server)
    for turn in range(rounds):
        page.locator(f"{BAR} input[type=file]").set_input_files(file)
        page.wait_for_timeout(chance.randint(0, 2500))  # any moment of the restoring
        if turn % 2:
            with killed_within(server, 0):
                pass
            page.get_by_role("button", name="Start Python again").click(timeout=60_000)
            expect(page.locator("[data-kdebate-bar]")).to_have_count(0, timeout=100_000)
        else:
            page.goto("about:blank")
            open_chapter(page, server.address("00-start-here.ipynb"))
        expect(page.locator(f"{BAR}[data-state=ready]")).to_be_visible(timeout=60_000)
        page.locator(f"{BAR} input[type=file]").set_input_files(file)
        expect(told(page)).to_contain_text("Restored: ", timeout=60_000)
        expect(page.locator(f"{BAR}[data-waiting='0'][data-answers='{LARGE}']")).to_be_visible(
            timeout=120_000
        )
        check_large(server.folder)
        print(f"restore {turn + 1}: {LARGE} answers, {file.stat().st_size // 10**6} MB", flush=True)
        clear(page)
        expect(told(page)).to_contain_text("Cleared.")
        expect(page.locator(f"{BAR}[data-answers='0']")).to_be_visible()


def test_an_interrupted_restore_of_twenty_megabytes_can_be_repeated(open_page, server, tmp_path):
    restore_interrupted(open_page, server, tmp_path, 2)


@pytest.mark.soak
def test_twenty_interrupted_restores_of_twenty_megabytes(open_page, server, tmp_path):
    restore_interrupted(open_page, server, tmp_path, 20)


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
    expect(told(page)).to_contain_text("1 of 1 new here")
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


def test_a_strange_file_gets_a_sentence_and_changes_nothing(page, tmp_path):
    answer(page, "Mine")
    file = save(page, tmp_path)
    whole = file.read_text()
    for change, said in STRANGE.values():
        file.write_text(change(whole))
        page.locator(f"{BAR} input[type=file]").set_input_files(file)
        expect(told(page)).to_contain_text(said)
        expect(page.locator(f"{CARD} textarea")).to_have_value("Mine")
    page.locator(f"{BAR} [data-action=restore-anyway]").click()  # the last one is ours, but changed
    expect(told(page)).to_contain_text("Restored: 1 of 1")


# ---- whose words these are, on a page without Python -----------------------------------------------------


def entry(
    entry_id="e", text="Of old.", day="2025-01-01", question=QUESTION, kind="reflect"
) -> dict:
    return {
        "entry_id": entry_id, "question_id": question, "kind": kind, "notebook": "",
        "module_version": "0.1.0", "answered_at": f"{day}T00:00:00.000Z", "answer": text,
    }  # fmt: skip


def key(page, owner, entry_id) -> str:
    """Where this browser keeps an answer of a journal at this page's address."""
    base = page.evaluate("encodeURIComponent(new URL('.', document.baseURI).pathname)")
    return f"kdebate/journal/2/{base}/{owner}/{entry_id}"


def store(page, name, value) -> None:
    text = value if isinstance(value, str) else json.dumps(value)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [name, text])


def storage(page) -> dict:
    return page.evaluate("({ ...localStorage })")


def gates(page):
    """The questions that count as answered: what waits for them is open."""
    return {*page.evaluate("[...globalThis.__kdebate.openGates]")}


def field(page):
    return page.locator(f"{CARD} textarea")


def found(page, kind):
    return page.locator(f"{BAR} [data-found={kind}]")


def settle(page, kind, *presses):
    for press in presses:
        found(page, kind).locator(f"[data-action=found-{press}]").click()
    expect(found(page, kind)).to_have_count(0)


def neighbour(page, site):
    """A page of the same origin that is none of ours."""
    other = page.context.new_page()
    other.goto(site.replace("index.html", "kdebate/page/words.js"))
    return other


def test_two_tabs_keep_both_and_take_nothing_unasked(page, site):
    other = page.context.new_page()
    other.goto(site)
    expect(field(other)).to_be_visible()  # it has read what is kept
    answer(page, "From the first tab.")
    expect(found(other, "tab")).to_contain_text("1 answer came from another tab or page")
    expect(field(other)).to_have_value("")
    settle(other, "tab", "bring")
    expect(field(other)).to_have_value("From the first tab.")
    answer(other, "From the second tab.")
    expect(field(page)).to_have_value("From the first tab.")
    settle(page, "tab", "bring")
    expect(field(page)).to_have_value("From the second tab.")
    texts = page.evaluate("Object.values(localStorage).join()")
    assert "From the first tab." in texts, "the older version is kept"
    for one in (page, other):
        one.reload()
        expect(field(one)).to_have_value("From the second tab.")
        expect(found(one, "tab")).to_have_count(0)


def test_another_path_of_the_same_server_starts_empty(open_page, tmp_path):
    """On a hub every person has a path of their own at one address."""
    for name in ("alice", "mallory"):
        write_page(tmp_path / name, "Journal", [JournalBar(), Reflect(QUESTION)])
    with serve(tmp_path) as url:
        page = open_page(f"{url}/alice/index.html")
        answer(page, "Of Alice.")
        page.goto(f"{url}/mallory/index.html")
        expect(page.locator(f"{BAR}[data-answers='0']")).to_be_visible()
        expect(field(page)).to_have_value("")
        expect(page.locator("[data-found]")).to_have_count(0)
        clear(page)
        page.goto(f"{url}/alice/index.html")
        expect(field(page)).to_have_value("Of Alice.")


def test_answers_of_another_journal_are_asked_about(page):
    store(page, key(page, "a" * 24, "e"), entry())
    store(
        page,
        key(page, "a" * 24, "p"),
        entry("p", {"claim": "fails"}, question="04-two-slices", kind="predict"),
    )
    store(
        page, key(page, "a" * 24, "e").replace("/journal/", "/facts/")[:-2], {"learner": "Min-su"}
    )
    page.reload()
    expect(found(page, "journal")).to_have_text(re.compile(
        "^2 answers of another journal are in this browser. They are not in yours. "
        "Name on it: Min-su. The newest is of 1 January 2025."
    ))  # fmt: skip
    expect(field(page)).to_have_value("")
    assert gates(page) == set()
    settle(page, "journal", "leave")
    page.reload()
    expect(page.locator(f"{BAR}[data-answers='0']")).to_be_visible()
    expect(found(page, "journal")).to_have_count(0)
    assert key(page, "a" * 24, "e") in storage(page)


def test_answers_of_another_journal_can_be_brought_or_removed(page):
    store(page, key(page, "a" * 24, "e"), entry())
    store(page, key(page, "b" * 24, "e"), entry(text="Of others."))
    page.reload()
    expect(found(page, "journal")).to_have_count(2)
    found(page, "journal").first.locator("[data-action=found-bring]").press("Enter")
    expect(field(page)).to_have_value(re.compile("Of "))
    settle(page, "journal", "remove", "remove-yes")
    left = [name for name in storage(page) if "/journal/" in name]
    assert len([name for name in left if f"/{'a' * 24}/" in name or f"/{'b' * 24}/" in name]) == 1
    assert key(page, "page", "e") in left


def test_answers_of_the_first_version_are_asked_about_once(page):
    store(page, "kdebate/journal/1/old", entry("old"))
    store(page, "kdebate/journal/0/older", entry("older", "Older.", "2024-01-01"))
    store(page, "kdebate/journal/1/bad", "{not json")
    store(page, "kdebate/journal/99/later", entry("later", "Later."))
    store(page, f"kdebate/draft/{QUESTION}", {"base": None, "values": {QUESTION: "begun"}})
    store(page, "kdebate/facts", {"learner": "Fox"})
    page.reload()
    expect(field(page)).to_have_value("")
    expect(found(page, "old")).to_contain_text("written with an earlier version")
    expect(found(page, "old")).to_contain_text("Name on it: Fox.")
    settle(page, "old", "bring")
    expect(field(page)).to_have_value("Of old.")
    assert page.evaluate("localStorage.getItem('kdebate/journal/1/bad')") == "{not json"
    page.reload()
    expect(field(page)).to_have_value("Of old.")
    expect(found(page, "old")).to_have_count(0)


def test_a_name_that_is_no_text_is_none(page):
    store(page, key(page, "page", "x").replace("/journal/", "/facts/")[:-2], {"learner": {"a": 1}})
    page.reload()
    expect(page.locator(f"{BAR}[data-state=ready]")).to_be_visible()
    expect(page.locator(f"{BAR} input[name=learner]")).to_have_value("")


FORGED = entry("forged", "Never written.", "2026-01-01")


def soon() -> str:
    """A date that is a little ahead, as that of a clock that is wrong."""
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + 3000)) + ".000Z"


def attack(other, names, chance) -> None:
    """What a page of the same origin may do to the storage: write, change, remove, empty, forge a clearing."""
    mine = [name for name in storage(other) if "/journal/2/" in name]
    stem = names["stem"]
    late = soon()
    deeds = [
        lambda: store(other, f"{stem}/forged", FORGED | {"answered_at": late}),
        lambda: store(other, f"{stem}/gate", entry("gate", {"claim": "fails"}, question="04-two-slices", kind="predict")),
        lambda: store(other, f"{stem}/far", entry("far", "Far.", "2099-01-01", kind="predict")),
        lambda: [store(other, one, FORGED | {"entry_id": one.split("/")[-1], "answered_at": late}) for one in mine],
        lambda: [store(other, one, "{broken") for one in mine],
        lambda: [other.evaluate("name => localStorage.removeItem(name)", one) for one in mine],
        lambda: other.evaluate("localStorage.clear()"),
        lambda: store(other, stem.replace("/journal/", "/cleared/"), "1"),
    ]  # fmt: skip
    chance.shuffle(deeds)
    for deed in deeds:
        deed()


@pytest.mark.parametrize("seed", range(3))
def test_a_neighbour_on_the_same_origin_does_no_harm(page, site, seed):
    answer(page, "Mine.")
    field(page).press_sequentially(" Begun")
    names = {"stem": key(page, "page", "x")[:-2]}
    attack(neighbour(page, site), names, random.Random(seed))
    page.bring_to_front()
    settle(page, "cleared", "bring")
    expect(field(page)).to_have_value("Mine. Begun")
    assert gates(page) == {QUESTION}
    expect(page.locator(f"{BAR}[data-answers='1']")).to_be_visible()
    page.reload()
    expect(field(page)).to_have_value("Mine. Begun")
    assert gates(page) == {QUESTION}


def test_a_removed_key_is_put_back(page, site):
    answer(page, "Mine.")
    before = storage(page)
    neighbour(page, site).evaluate("localStorage.clear()")
    page.wait_for_function("Object.keys(localStorage).some(name => name.includes('/journal/2/'))")
    assert {name: text for name, text in before.items() if "/journal/" in name}.items() <= storage(
        page
    ).items()
    expect(field(page)).to_have_value("Mine.")


def test_clearing_in_another_tab_takes_the_words_out_of_sight(page, site):
    answer(page, "Mine.")
    other = page.context.new_page()
    other.goto(site)
    clear(other)
    expect(field(page)).to_have_value("")
    assert storage(page) == {}
    expect(found(page, "cleared")).to_contain_text("was cleared from another tab")
    settle(page, "cleared", "bring")
    expect(field(page)).to_have_value("Mine.")


def clear(page):
    for action in ("clear", "clear-yes"):
        page.locator(f"{BAR} [data-action={action}]").click()


def test_words_on_the_screen_outlive_a_clearing_in_another_tab_and_do_not_undo_it(page, site):
    """The other tab holds nothing from then on; what nobody stored stays in front of its reader."""
    page.clock.install()
    page.reload()
    other = page.context.new_page()
    other.goto(site)
    page.bring_to_front()
    answer(page, "Mine.")
    page.clock.pause_at(datetime.datetime.now() + datetime.timedelta(hours=1))
    field(page).press_sequentially(" Begun")
    other.evaluate(
        """() => ["clear", "clear-yes"].forEach((one) => document.querySelector(`[data-action=${one}]`).click())"""
    )
    expect(page.locator(CARD)).to_contain_text("is on this page alone")
    expect(field(page)).to_have_value("Mine. Begun")
    page.clock.run_for(5000)  # longer than any text waits until it is stored by itself
    assert storage(page) == {}
    assert asks_before_it_goes(page)
    field(page).press_sequentially(" on")
    page.clock.run_for(5000)
    expect(page.locator(CARD)).to_have_attribute("data-saved", "browser")
    expect(page.locator(CARD)).not_to_contain_text("is on this page alone")
    assert "Mine. Begun on" in json.dumps(storage(page))


def asks_before_it_goes(page) -> bool:
    """Whether the page would stop a reload."""
    return page.evaluate("() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))")


def test_who_clears_has_empty_cards(page):
    answer(page, "Mine.")
    field(page).press_sequentially(" Begun")
    page.locator(f"{BAR} [data-action=clear]").click()
    expect(page.locator(f"{BAR} [role=alertdialog]")).to_contain_text("This removes 1 answer from")
    page.locator(f"{BAR} [data-action=clear-yes]").click()
    expect(field(page)).to_have_value("")
    page.locator(f"{BAR} [data-action=clear]").click()
    expect(page.locator(f"{BAR} [role=alertdialog]")).to_contain_text(
        "what is begun and not stored"
    )


# ---- dates, rooms and private pages ----------------------------------------------------------------------


def test_an_answer_from_the_future_is_set_apart_and_can_be_brought(page, tmp_path):
    ahead = Entry(**entry("f", "Ahead.", "2099-01-01", kind="predict"))
    old = Entry(**entry("o", "Old.", question="q2"))
    file = tmp_path / "p.json"
    file.write_text(portfolio.to_json([ahead, old], "Fox"))
    answer(page, "Now.")
    page.locator(f"{BAR} input[type=file]").set_input_files(file)
    expect(told(page)).to_contain_text("1 of 1 new here. Receipt")
    expect(told(page)).to_contain_text("1 answer carries a date that has not come yet")
    expect(field(page)).to_have_value("Now.")
    assert gates(page) == {QUESTION, "q2"}
    answer(page, "Now and then.")
    settle(page, "apart", "bring")
    expect(field(page)).to_have_value("Ahead.")
    answer(page, "Goes on.")
    page.reload()
    expect(field(page)).to_have_value("Goes on.")


def test_a_date_in_the_storage_blocks_no_question(page):
    days = ("9999-12-31", "2099-01-01", "2000-01-01")
    for number, day in enumerate(days, start=1):
        for question in (QUESTION, f"q{number}"):
            name = f"{question}-{number}"
            store(page, key(page, "page", name), entry(name, "Ahead.", day, question))
        page.reload()
        # Counted by question: the card's own, whatever its versions, and one more with each date.
        expect(found(page, "apart")).to_contain_text(f"{number + 1} answers carry dates")
        answer(page, f"Now, {day}.")
        page.reload()
        expect(field(page)).to_have_value(f"Now, {day}.")
        expect(page.locator(CARD)).to_have_attribute("data-errors", "0")


def test_the_receipt_shown_is_the_one_of_the_answers(page, tmp_path):
    file = tmp_path / "p.json"
    entries = [Entry(**entry())]
    file.write_text(
        portfolio.to_json(entries, "").replace(portfolio.receipt(entries), "<img src=x>")
    )
    page.locator(f"{BAR} input[type=file]").set_input_files(file)
    page.locator(f"{BAR} [data-action=restore-anyway]").click()
    expect(told(page)).to_have_text(re.compile(f"Receipt {portfolio.receipt(entries)}\\.$"))


def test_a_full_browser_is_said(page, tmp_path):
    file = tmp_path / "p.json"
    entries = [Entry(**entry(f"e{n}", "x" * 180_000, question=f"q{n}")) for n in range(40)]
    file.write_text(portfolio.to_json(entries, ""))
    page.locator(f"{BAR} input[type=file]").set_input_files(file)
    expect(told(page)).to_contain_text("Restored: 40 of 40")
    expect(page.locator(f"{BAR} > .kd-body > [role=alert]")).to_contain_text(
        re.compile(r"\d+ answers do not fit into this browser’s storage. Save a file")
    )


def test_a_private_page_keeps_nothing_in_the_browser(page):
    answer(page, "Mine.")
    page.get_by_label("Keep nothing in this browser").check()
    assert [name for name in storage(page) if "/private/" not in name] == []
    field(page).press_sequentially(" More")
    expect(page.locator(CARD)).to_have_attribute("data-saved", "no")
    page.locator(f"{CARD} [data-action=store]").click()
    expect(field(page)).to_have_value("Mine. More")
    expect(page.locator(CARD)).not_to_contain_text("refuses to keep a copy")
    assert "Mine" not in json.dumps(storage(page))
    page.reload()
    expect(field(page)).to_have_value("")
    expect(page.get_by_label("Keep nothing in this browser")).to_be_checked()
    page.get_by_label("Keep nothing in this browser").uncheck()
    answer(page, "Kept again.")
    page.reload()
    expect(field(page)).to_have_value("Kept again.")


def test_a_clock_that_is_set_back_blocks_no_question(page):
    """Answers that were dated ahead are set apart; what is written now counts and outlives the page."""
    page.clock.install()
    page.clock.set_system_time(time.time() + 40 * 86_400)
    answer(page, "Of next month.")
    page.clock.set_system_time(time.time())
    field(page).fill("Of today.")
    page.clock.run_for(5000)
    expect(page.locator(CARD)).to_have_attribute("data-saved", "browser")
    expect(page.locator(CARD)).to_have_attribute("data-errors", "0")
    expect(found(page, "apart")).to_contain_text("1 answer carries a date that has not come yet")
    page.reload()
    expect(field(page)).to_have_value("Of today.")
    expect(found(page, "apart")).to_have_count(1)


def test_a_full_browser_becomes_private_all_the_same(page):
    answer(page, "Mine.")
    page.evaluate(FILL)
    page.get_by_label("Keep nothing in this browser").check()
    field(page).fill("Mine and more.")
    page.locator(f"{CARD} [data-action=store]").click()
    expect(page.locator(CARD)).to_have_attribute("data-saved", "no")
    assert "Mine" not in json.dumps(storage(page))
    page.evaluate("localStorage.removeItem('other')")
    page.reload()
    expect(page.get_by_label("Keep nothing in this browser")).to_be_checked()


def test_a_computer_whose_clock_lost_the_year_takes_answers(site, open_page):
    page = open_page("about:blank")
    page.clock.install(time=datetime.datetime(2010, 1, 1))
    page.goto(site)
    field(page).fill("On an old computer.")
    page.locator(f"{CARD} [data-action=store]").click()
    expect(page.locator(CARD)).to_have_attribute("data-saved", "browser")
    page.reload()
    expect(field(page)).to_have_value("On an old computer.")


FILL = """() => {
  for (let size = 2 ** 22; size >= 1; size /= 2) {
    try { while (true) localStorage.other = (localStorage.other ?? "") + "x".repeat(size); }
    catch (error) { if (error.name !== "QuotaExceededError") throw error; }
  }
}"""


def test_private_in_one_tab_is_private_in_the_other(page, site):
    other = page.context.new_page()
    other.goto(site)
    page.bring_to_front()
    answer(page, "Mine.")
    other.get_by_label("Keep nothing in this browser").check()
    expect(page.get_by_label("Keep nothing in this browser")).to_be_checked()
    expect(page.locator(CARD)).to_have_attribute("data-saved", "no")
    page.get_by_label("Keep nothing in this browser").uncheck()
    expect(other.get_by_label("Keep nothing in this browser")).not_to_be_checked()
    expect(page.locator(CARD)).to_have_attribute("data-saved", "browser")


def test_a_private_page_asks_before_words_go_that_no_file_holds(page, tmp_path):
    page.get_by_label("Keep nothing in this browser").check()
    assert not asks_before_it_goes(page)
    field(page).press_sequentially("Mine.")
    assert asks_before_it_goes(page)
    page.locator(f"{CARD} [data-action=store]").click()
    assert asks_before_it_goes(page)
    save(page, tmp_path)
    assert not asks_before_it_goes(page)
    field(page).press_sequentially(" More.")
    assert asks_before_it_goes(page)


def test_time_since_the_last_file(page, tmp_path):
    answer(page, "One.")
    line = page.locator(f"{BAR} [data-readout=exported]")
    expect(line).to_contain_text("You have not saved a file yet")
    save(page, tmp_path)
    expect(line).to_contain_text("just now")
    answer(page, "Two.")
    expect(line).to_contain_text("1 answer is newer than that file")
