"""The command line: what goes to us, what goes to Jupyter, and what is said when it cannot start."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kdebate import cli
from kdebate.lab import chapters, doctor, launcher


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Commands that would have been started, from an empty folder."""
    commands = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(launcher, "_run", lambda command: commands.append(command) or 0)
    return commands


@pytest.mark.parametrize(
    ("words", "folder", "options"),
    [
        ([], "my-notebooks", []),
        (["here"], "here", []),
        (["--port", "18900"], "my-notebooks", ["--port", "18900"]),
        (["--port=18900", "here"], "here", ["--port=18900"]),
        (["--no-browser", "here"], "here", ["--no-browser"]),
        (["here", "--no-browser", "--port", "1"], "here", ["--no-browser", "--port", "1"]),
        (["--ip", "127.0.0.1", "here"], "here", ["--ip", "127.0.0.1"]),
        (["--debug", "-y", "here"], "here", ["--debug", "-y"]),
    ],
)
def test_options_go_to_jupyter_with_their_values(words, folder, options):
    assert launcher.split(words) == (folder, options)


def test_options_of_jupyter_come_last_and_win(started):
    assert cli.main(["lab", "here", "--no-browser", "--LabApp.default_url=/lab"]) == 0
    assert started[0].argv[-2:] == ["--no-browser", "--LabApp.default_url=/lab"]
    assert f"--ServerApp.root_dir={Path('here').resolve()}" in started[0].argv
    assert "--LabApp.default_url=/doc/tree/00-start-here.ipynb" in started[0].argv


def test_environment_carries_the_guards(started):
    cli.main(["lab", "--no-browser"])
    env = started[0].env
    assert env["PYTHONSAFEPATH"] == "1"
    assert env["KDEBATE_CHAPTERS"] == str(Path("my-notebooks").resolve())


def test_two_folders_are_one_too_many(started, capsys):
    assert cli.main(["lab", "one", "two"]) == 2
    assert "one and two" in capsys.readouterr().err
    assert not started


def test_taken_port_gets_a_sentence(started, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.main(["lab", "--no-browser", "--port", str(port)]) == 1
    assert f"Port {port} is taken" in capsys.readouterr().err
    assert not started


@pytest.mark.parametrize("port", ["many", "70000"])
def test_bad_port_gets_a_sentence(started, capsys, port):
    assert cli.main(["lab", "--no-browser", f"--port={port}"]) == 1
    assert f"{port} is not a port" in capsys.readouterr().err


def test_read_only_folder_gets_a_sentence(started, capsys, monkeypatch):
    def refuse(folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(launcher, "lay_out", refuse)
    assert cli.main(["lab", "closed", "--no-browser"]) == 1
    assert "closed cannot be written to (Permission denied)" in capsys.readouterr().err
    assert not started


def test_a_file_in_place_of_the_folder_gets_a_sentence(started, capsys):
    Path("my-notebooks").write_text("not a folder")
    assert cli.main(["lab", "--no-browser"]) == 1
    assert "my-notebooks is a file, or a link that leads nowhere" in capsys.readouterr().err
    assert not started


def test_a_link_to_nowhere_in_place_of_the_folder_gets_a_sentence(started, capsys):
    Path("my-notebooks").symlink_to("nowhere")
    assert cli.main(["lab", "--no-browser"]) == 1
    assert "a link that leads nowhere" in capsys.readouterr().err
    assert not started


@pytest.mark.parametrize("name", ["00-start-here.ipynb", ".kdebate"])
def test_a_link_in_the_folder_gets_a_sentence(started, capsys, name):
    Path("my-notebooks").mkdir()
    (Path("my-notebooks") / name).symlink_to("/nowhere")
    assert cli.main(["lab", "--no-browser"]) == 1
    assert f"{Path('my-notebooks') / name} is a link" in capsys.readouterr().err
    assert not started


@pytest.fixture
def closed_home(monkeypatch):
    """A home folder in which nobody, not even root, can make a file."""
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/proc/nobody")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_closed_home_folder_gets_a_sentence_and_the_server_starts(started, capsys, closed_home):
    assert cli.main(["lab", "--no-browser"]) == 0
    assert "Your home folder cannot be written to" in capsys.readouterr().out
    state = Path("my-notebooks").resolve() / ".kdebate"
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        assert Path(started[0].env[name]).parent == state
    assert doctor.home() == (False, doctor.say("home_found", state=".kdebate"))


def test_open_home_folder_is_used(started, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.delenv("IPYTHONDIR", raising=False)
    cli.main(["lab", "--no-browser"])
    assert "IPYTHONDIR" not in started[0].env


@pytest.mark.parametrize(
    ("words", "hub", "said"),
    [
        (["--ip", "0.0.0.0"], False, True),
        (["--ip="], False, True),
        (["--ServerApp.ip=192.168.1.5"], False, True),
        (["--ip=lecture-hall"], False, True),
        (["--ip", "0.0.0.0"], True, False),
        (["--ip=127.0.0.1"], False, False),
        (["--ip=localhost"], False, False),
        (["--ip=::1"], False, False),
        ([], False, False),
    ],
)
def test_address_for_others_is_said_to_be_shared(started, capsys, monkeypatch, words, hub, said):
    monkeypatch.delenv("JUPYTERHUB_SERVICE_PREFIX", raising=False)
    if hub:
        monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/someone/")
    assert cli.main(["lab", "--no-browser", *words]) == 0
    assert ("shares one journal and one set of levers" in capsys.readouterr().out) is said


def test_a_terminal_that_knows_ascii_only_gets_every_sentence(tmp_path):
    folder = tmp_path / "ü한"
    folder.write_text("a file in its place")
    env = os.environ | {"PYTHONIOENCODING": "ascii"}
    run = [sys.executable, "-m", "kdebate.cli", "lab", str(folder), "--no-browser"]
    done = subprocess.run(run, env=env, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"\\xfc\\ud55c is a file" in done.stderr
    assert b"Traceback" not in done.stderr


def test_old_jupyterlab_gets_a_sentence(started, capsys, monkeypatch):
    monkeypatch.setattr(launcher, "version", lambda name: "3.6.8")
    assert cli.main(["lab", "--no-browser"]) == 1
    assert "needs JupyterLab 4.2 or newer, and this is 3.6.8" in capsys.readouterr().err


def test_missing_browser_gets_a_sentence_and_the_server_starts(started, capsys, monkeypatch):
    monkeypatch.setattr(launcher, "has_browser", lambda: False)
    assert cli.main(["lab"]) == 0
    assert "No web browser was found" in capsys.readouterr().out
    assert "--no-browser" in started[0].argv


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder of working copies, seen by the doctor."""
    monkeypatch.chdir(tmp_path)
    chapters.lay_out(tmp_path / "my-notebooks")
    return tmp_path / "my-notebooks"


def found():
    """What the doctor finds wrong."""
    return "\n".join(finding.what for finding in doctor.examine() if not finding.fine)


def test_doctor_looks_for_links(place):
    (place / "00-start-here.ipynb").unlink()
    (place / "00-start-here.ipynb").symlink_to("/nowhere")
    assert "00-start-here.ipynb: links are not followed" in found()


def test_doctor_knows_the_journals_name():
    from kdebate.journal import book

    assert doctor.JOURNAL == book.FILE


@pytest.mark.parametrize("kind", ["folder", "text", "link"])
def test_doctor_looks_at_what_has_the_journals_name(place, kind):
    path = place / "kdebate-journal.sqlite"
    {
        "folder": path.mkdir,
        "text": lambda: path.write_text("my shopping list"),
        "link": lambda: path.symlink_to("elsewhere.sqlite"),
    }[kind]()
    said = "is a link" if kind == "link" else "is not a journal of kdebate"
    assert f"kdebate-journal.sqlite {said}" in found()


def test_doctor_takes_a_journal_for_one(place):
    import sqlite3

    sqlite3.connect(place / "kdebate-journal.sqlite").executescript("create table a (b)").close()
    assert doctor.journal(place).fine


def test_doctor_looks_for_network_drives(place, monkeypatch):
    monkeypatch.setattr(doctor, "network", lambda folder: "nfs4")
    assert "my-notebooks is on a network drive (nfs4)" in found()


def test_doctor_looks_for_the_kernel(place, monkeypatch):
    monkeypatch.setattr(doctor.KernelSpecManager, "find_kernel_specs", lambda self: {"other": ""})
    assert "Jupyter knows no kernel named python3" in found()


@pytest.mark.parametrize(
    ("encoding", "fine"), [("ascii", False), ("cp1252", False), ("utf-8", True)]
)
def test_doctor_looks_at_the_terminal(encoding, fine):
    assert doctor.terminal(encoding).fine is fine


def test_doctor_says_what_stands_in_the_folders_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("my-notebooks").write_text("not a folder")
    assert "my-notebooks is a file" in found()


def test_check_hands_its_words_on(monkeypatch):
    from kdebate import check

    monkeypatch.setattr(check, "main", lambda words: 1 if words == ["--x"] else 0)
    assert cli.main(["check", "--x"]) == 1
    assert cli.main(["check"]) == 0


@pytest.mark.parametrize("words", [[], ["nonsense"], ["doctor", "--nonsense"]])
def test_usage_is_exit_code_2(words):
    with pytest.raises(SystemExit) as stop:
        cli.main(words)
    assert stop.value.code == 2


@pytest.mark.parametrize("command", ["lab", "check", "doctor"])
def test_every_command_has_help(command, capsys):
    try:
        code = cli.main([command, "--help"])
    except SystemExit as stop:  # as argparse ends
        code = stop.code
    assert code == 0
    assert f"kdebate {command}" in capsys.readouterr().out


def test_doctor_finds_nothing_here(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor, "has_browser", lambda: True)
    assert cli.main(["doctor"]) == 0
    assert "Everything is in place" in capsys.readouterr().out


def test_doctor_says_what_is_missing(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor, "has_browser", lambda: False)
    monkeypatch.setattr(doctor, "published", list)
    monkeypatch.setattr(doctor, "requires", lambda name: ["no-such-package>=1", "numpy>=99"])
    assert cli.main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "no-such-package is not installed" in said
    assert "but kdebate needs numpy>=99" in said
    assert "no chapters" in said
    assert "4 of " in said


def test_in_a_page_the_doctor_looks_at_what_counts_there(monkeypatch, capsys):
    """Whoever reads it in a notebook has a browser, even where the server has none, and hears only what is wrong."""
    monkeypatch.setattr(doctor, "get_ipython", lambda: SimpleNamespace(kernel=None))
    monkeypatch.setattr(doctor, "has_browser", lambda: False)
    assert doctor.main() == 0
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(doctor.os, "access", lambda *asked: False)
    assert doctor.main() == 1
    said = capsys.readouterr().out
    assert "Save a file at the end" in said
    assert "fine " not in said


def test_no_sentence_is_missing():
    """Every key that the code uses exists, and none is left over."""
    import json
    import re

    from kdebate.lab.words import WORDS

    folder = Path(chapters.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    keys = set(json.loads(WORDS.read_text(encoding="utf-8"))["terminal"])
    assert {key for key in keys if not re.search(rf'"{key}"', code)} == set()
    assert set(re.findall(r'say\(\s*"(\w+)"', code)) <= keys
    page = "\n".join(path.read_text(encoding="utf-8") for path in WORDS.parent.glob("*.js"))
    said = json.loads(WORDS.read_text(encoding="utf-8"))["page"]
    assert {key for key in said if not re.search(rf"\b{key}\b", page)} == set()
    keys = re.findall(r'(?:bar\.show|why)\("(\w+)"', page)
    assert len(keys) > 10
    assert set(keys) <= set(said)
