"""
Starts JupyterLab on the reader's working copies: ``kdebate lab [FOLDER] [Jupyter options]``.

`server_command` builds the exact command and environment; tests and benchmarks start their
servers with it too.
"""

import os
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import zip_longest
from pathlib import Path
from typing import Literal, NoReturn

from jupyter_core.paths import jupyter_runtime_dir
from packaging.version import Version

from kdebate.lab.chapters import STATE, Refused, lay_out
from kdebate.lab.extension import FOLDER, is_shared
from kdebate.lab.files import absolute
from kdebate.lab.words import say

LAB = Path(__file__).parent
OLDEST_LAB = "4.2"
FIRST_CHAPTER = "00-start-here.ipynb"
DEFAULT_FOLDER = "my-notebooks"


class CannotStart(Exception):
    """A reason, in a sentence, why no server was started."""

    exit_code = 1


class Usage(CannotStart):
    """The words of the command line make no sense."""

    exit_code = 2


@dataclass(frozen=True)
class Command:
    """What to run, and in which environment."""

    argv: list[str]
    env: dict[str, str]


def environment(folder: Path) -> dict[str, str]:
    """
    Environment under which the chapters in `folder` are alive on opening.

    Parameters
    ----------
    folder
        The reader's working copies.
    """
    config = [str(LAB / "config"), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    return os.environ | {
        FOLDER: str(absolute(folder)),
        # A kdebate.py lying beside a notebook must not win the import.
        "PYTHONSAFEPATH": "1",
        # The kernel named python3 is this Python, whatever else the user has installed.
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, config)),
        **_instead_of_home(absolute(folder) / STATE),
    }


def home_is_open() -> bool:
    """Whether Jupyter can keep its own files, which it does in the home folder."""
    place = Path(jupyter_runtime_dir())
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
    return os.access(place, os.W_OK)


def _instead_of_home(state: Path) -> dict[str, str]:
    """Where Jupyter keeps its own files when the home folder cannot be written to."""
    names = ["JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"]
    return {} if home_is_open() else {name: str(state / name.lower()) for name in names}


def server_command(
    folder: Path, options: Sequence[str] = (), app: Literal["lab", "notebook"] = "lab"
) -> Command:
    """
    Command that serves `folder` with chapters alive on opening.

    Parameters
    ----------
    folder
        Root of the server, already laid out by `kdebate.lab.chapters.lay_out`.
    options
        Jupyter's own options; they win over ours.
    app
        JupyterLab, or the calmer Notebook 7 where it is installed.
    """
    module, start = {"lab": ("jupyterlab", "/doc/tree"), "notebook": ("notebook", "/notebooks")}[
        app
    ]
    name = {"lab": "LabApp", "notebook": "JupyterNotebookApp"}[app]
    argv = [
        *(sys.executable, "-m", module),
        f"--ServerApp.root_dir={absolute(folder)}",
        f"--{name}.default_url={start}/{FIRST_CHAPTER}",
        # A layout of our own: a side bar left open elsewhere must not come back here.
        f"--LabServerApp.workspaces_dir={absolute(folder) / STATE / 'workspaces'}",
        # A checkout serves the file as it is now, not as it was installed.
        f"--LabServerApp.extra_labextensions_path={LAB / 'labextensions'}",
        *_root_option(),
        *options,
    ]
    return Command(argv, environment(folder))


def _root_option() -> list[str]:
    """In a container the only user is often root, whom Jupyter refuses unless told."""
    return ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def main(arguments: Sequence[str]) -> int:
    """
    Lay out working copies and start JupyterLab.

    Returns
    -------
    int
        Exit code: Jupyter's own, or 1 (2 for wrong usage) with a sentence where it was not started.
    """
    try:
        folder, options = split(arguments)
        command = prepare(Path(folder), options)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return reason.exit_code
    print(say("starting", folder=folder), flush=True)
    return _run(command)


def prepare(folder: Path, options: Sequence[str]) -> Command:
    """Check what can be checked beforehand, lay out the copies, build the command."""
    check_lab()
    port = (
        []
        if (wanted := option(options, "--port", "--ServerApp.port")) is None
        else check_port(wanted)
    )
    sentences = [*copies(folder), *warnings(options)]
    if not wants_no_browser(options) and not has_browser():
        sentences.append(say("no_browser"))
        port.append("--no-browser")
    print(*sentences, sep="\n", end="\n" if sentences else "")
    return server_command(folder, [*port, *options])


def copies(folder: Path) -> list[str]:
    """Lay out the working copies, or say in a sentence why not."""
    if os.path.lexists(folder) and not folder.is_dir():
        raise CannotStart(say("not_a_folder", folder=folder))
    try:
        return lay_out(folder)
    except Refused as reason:
        raise CannotStart(str(reason)) from reason
    except OSError as error:
        raise CannotStart(say("read_only", folder=folder, reason=error.strerror)) from error


def warnings(options: Sequence[str]) -> list[str]:
    """What is unusual here and does not keep anyone from starting."""
    address = option(options, "--ip", "--ServerApp.ip")
    shared = address is not None and is_shared(address, os.environ)
    closed = not home_is_open()
    return [say("shared")] * shared + [say("home_closed", state=STATE)] * closed


def split(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """
    Separate our one argument, FOLDER, from Jupyter's options and their values.

    Jupyter itself says which of its options are flags; every other option takes the next word as
    its value, so that ``--port 18900`` does not become a folder.
    """
    folders: list[str] = []
    options: list[str] = []
    words = iter(arguments)
    for word in words:
        if not word.startswith("-"):
            folders.append(word)
            continue
        options.append(word)
        if "=" not in word and word.lstrip("-") not in _jupyter_flags():
            options.extend(value for value in [next(words, None)] if value is not None)
    if len(folders) > 1:
        raise Usage(say("two_folders", first=folders[0], second=folders[1]))
    return (folders or [DEFAULT_FOLDER])[0], options


def _jupyter_flags() -> set[str]:
    """Names of Jupyter's options that take no value."""
    from jupyterlab.labapp import LabApp  # slow to import: only where an option is given

    return {*LabApp.flags, "h", "help", "help-all", "version"}


def option(options: Sequence[str], *names: str) -> str | None:
    """Value of an option given as ``--name value`` or ``--name=value``; the last one wins."""
    value = None
    for word, following in zip_longest(options, options[1:]):
        name, equals, attached = word.partition("=")
        if name in names:
            value = attached if equals else following
    return value


def check_lab() -> None:
    """Refuse a JupyterLab that cannot load the page extension."""
    try:
        found = version("jupyterlab")
    except PackageNotFoundError:
        raise CannotStart(say("no_lab")) from None
    if Version(found) < Version(OLDEST_LAB):
        raise CannotStart(say("old_lab", wanted=OLDEST_LAB, found=found))


def check_port(wanted: str) -> list[str]:
    """Refuse a port that is taken; Jupyter would silently move on to the next one."""
    if not wanted.isdecimal() or int(wanted) > 65535:
        raise CannotStart(say("bad_port", port=wanted))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name == "posix")
        try:
            probe.bind(("127.0.0.1", int(wanted)))
        except OSError:
            raise CannotStart(say("port_taken", port=wanted, free=free_port())) from None
    return ["--ServerApp.port_retries=0"]


def free_port() -> int:
    """Number of a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def wants_no_browser(options: Sequence[str]) -> bool:
    """Whether the user asked for no browser."""
    return "--no-browser" in options or option(options, "--ServerApp.open_browser") == "False"


def has_browser() -> bool:
    """Whether Python knows how to open a web browser here."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def _run(command: Command) -> int:
    """Hand over to Jupyter: on POSIX in this very process, so that signals reach it."""
    if os.name == "posix":
        _become(command)
    return subprocess.call(command.argv, env=command.env)


def _become(command: Command) -> NoReturn:
    sys.stdout.flush()
    os.execve(command.argv[0], command.argv, command.env)
