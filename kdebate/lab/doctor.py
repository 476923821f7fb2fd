"""Looks whether everything is in place, and says in words what to do where it is not."""

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import NamedTuple

from IPython import get_ipython
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_core.paths import jupyter_path
from packaging.requirements import Requirement

from kdebate.lab.chapters import STATE, published
from kdebate.lab.content import KERNEL
from kdebate.lab.files import absolute, network
from kdebate.lab.launcher import DEFAULT_FOLDER, has_browser, home_is_open
from kdebate.lab.words import say

JOURNAL = "kdebate-journal.sqlite"


class Finding(NamedTuple):
    """One thing looked at."""

    fine: bool
    what: str


def main() -> int:
    """
    Print one line per check; in a page only what was found, so nothing when everything is fine.

    Returns
    -------
    int
        0 when everything is fine, 1 when something was found.
    """
    findings = list(examine())
    bad = sum(not finding.fine for finding in findings)
    for finding in findings:
        if not (finding.fine and in_page()):
            print(say("doctor_fine" if finding.fine else "doctor_found", what=finding.what))
    if bad:
        print(say("doctor_some", count=bad, total=len(findings)))
    elif not in_page():
        print(say("doctor_all_fine"))
    return 1 if bad else 0


def examine() -> Iterator[Finding]:
    """All checks, in the order in which a beginner would mend them."""
    yield Finding(sys.version_info >= (3, 11), say("python", version=platform.python_version()))
    yield from packages()
    yield chapters()
    yield page_file()
    yield kernel()
    if in_page():
        yield this_folder()
        yield journal(Path.cwd())
        return
    yield from working_copies(Path(DEFAULT_FOLDER))
    yield home()
    yield terminal(sys.stdout.encoding)
    found = has_browser()
    yield Finding(found, say("browser" if found else "browser_missing"))


def in_page() -> bool:
    """Whether a notebook asks: whoever reads the answer then has a browser, maybe on another machine."""
    return hasattr(get_ipython(), "kernel")


def packages() -> Iterator[Finding]:
    """Whether what the package asks for is installed."""
    for requirement in map(Requirement, requires("kdebate") or []):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield package(requirement)


def package(requirement: Requirement) -> Finding:
    """Whether one requirement is met."""
    facts = {"name": requirement.name, "requirement": str(requirement)}
    try:
        found = version(requirement.name)
    except PackageNotFoundError:
        return Finding(False, say("package_missing", **facts))
    fine = requirement.specifier.contains(found, prereleases=True)
    return Finding(fine, say("package" if fine else "package_old", version=found, **facts))


def chapters() -> Finding:
    """Whether the notebooks travelled with the package."""
    count = len(published())
    return Finding(count > 0, say("chapters" if count else "chapters_missing", count=count))


def page_file() -> Finding:
    """Whether JupyterLab sees the page extension."""
    fine = any(
        (Path(path) / "kdebate/package.json").is_file() for path in jupyter_path("labextensions")
    )
    return Finding(fine, say("page_file" if fine else "page_file_missing"))


def this_folder() -> Finding:
    """Whether the journal can be written beside the notebook."""
    fine = os.access(Path.cwd(), os.W_OK)
    return Finding(fine, say("this_folder" if fine else "this_folder_closed"))


def working_copies(wanted: Path) -> Iterator[Finding]:
    """Whether the folder of the working copies is there to be used, and nothing strange is in it."""
    yield folder(wanted)
    names = [STATE, *(chapter.name for chapter in published())]
    links = [str(wanted / name) for name in names if (wanted / name).is_symlink()]
    yield Finding(not links, say("links" if links else "links_none", paths=", ".join(links)))
    yield journal(wanted)
    kind = network(absolute(wanted))
    yield Finding(not kind, say("network" if kind else "network_none", folder=wanted, kind=kind))


def folder(wanted: Path) -> Finding:
    """Whether working copies can be written."""
    if os.path.lexists(wanted) and not wanted.is_dir():
        return Finding(False, say("not_a_folder", folder=wanted))
    there = wanted if wanted.exists() else wanted.absolute().parent
    fine = os.access(there, os.W_OK)
    return Finding(fine, say("folder" if fine else "folder_closed", folder=wanted))


def journal(place: Path) -> Finding:
    """Whether what stands under the journal's name can be one."""
    path = place / JOURNAL
    if path.is_symlink():
        return Finding(False, say("journal_link", path=path))
    fine = not path.exists() or (path.is_file() and _looks_like_one(path))
    return Finding(fine, say("journal_fine" if fine else "journal_foreign", path=path))


def _looks_like_one(path: Path) -> bool:
    """A database of SQLite, or an empty file, which becomes one."""
    try:
        with path.open("rb") as file:
            return file.read(16) in {b"", b"SQLite format 3\0"}
    except OSError:
        return False


def home() -> Finding:
    """Whether Jupyter can keep its own files."""
    fine = home_is_open()
    return Finding(fine, say("home" if fine else "home_found", state=STATE))


def terminal(encoding: str | None) -> Finding:
    """Whether the terminal shows signs of other languages."""
    try:
        "é한→".encode(encoding or "ascii")
    except UnicodeEncodeError:
        return Finding(False, say("terminal_ascii", encoding=encoding))
    return Finding(True, say("terminal_fine"))


def kernel() -> Finding:
    """Whether Jupyter knows the program that runs the chapters."""
    fine = KERNEL["name"] in KernelSpecManager().find_kernel_specs()
    return Finding(fine, say("kernel" if fine else "kernel_missing"))
