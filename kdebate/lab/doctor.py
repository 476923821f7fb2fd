"""Looks whether everything is in place, and says in words what to do where it is not."""

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import NamedTuple

from IPython import get_ipython
from jupyter_core.paths import jupyter_path
from packaging.requirements import Requirement

from kdebate.lab.chapters import published
from kdebate.lab.launcher import DEFAULT_FOLDER, has_browser
from kdebate.lab.words import say


class Finding(NamedTuple):
    """One thing looked at."""

    fine: bool
    what: str


def main() -> int:
    """
    Print one line per check.

    Returns
    -------
    int
        0 when everything is fine, 1 when something was found.
    """
    findings = list(examine())
    for finding in findings:
        print(say("doctor_fine" if finding.fine else "doctor_found", what=finding.what))
    bad = sum(not finding.fine for finding in findings)
    fine = "doctor_all_fine_here" if in_page() else "doctor_all_fine"
    print(say("doctor_some", count=bad, total=len(findings)) if bad else say(fine))
    return 1 if bad else 0


def examine() -> Iterator[Finding]:
    """All checks, in the order in which a beginner would mend them."""
    yield Finding(sys.version_info >= (3, 11), say("python", version=platform.python_version()))
    yield from packages()
    yield chapters()
    yield page_file()
    if in_page():
        yield this_folder()
        return
    yield folder(Path(DEFAULT_FOLDER))
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


def folder(wanted: Path) -> Finding:
    """Whether working copies can be written."""
    there = wanted if wanted.exists() else wanted.absolute().parent
    fine = os.access(there, os.W_OK)
    return Finding(fine, say("folder" if fine else "folder_closed", folder=wanted))
