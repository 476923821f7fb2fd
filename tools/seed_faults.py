"""
Seeds faults into a copy of the checkout and sees whether the tests catch them.

``python -m tools.seed_faults`` runs every fault of `tools/faults.toml` that needs no browser, ``--browser``
all, ``--only NAME`` one. Each fault names the one test file that should turn red. Nothing is written
outside a temporary folder; the exit code is 0 when every fault was caught or survives for a stated reason.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from queue import Queue
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIST = Path(__file__).with_name("faults.toml")
# What a careful hand would run after the change, so that only the fault itself is left to see.
AFTERWARDS = {
    "refresh": ["kdebate.tables", "--refresh"],
    "twin": ["kdebate.models"],
    "cite": ["tools.cite_notebooks"],
}
NOT_RUN = {3: "internal error", 4: "usage error", 5: "no test was collected"}


class Stale(Exception):
    """A fault no longer applies: the text it changes is gone, or stands there more than once."""


@dataclass(frozen=True)
class Fault:
    """One fault: what it changes, and the test that should see it."""

    name: str
    kind: str
    test: str
    file: str
    old: str = ""
    new: str = ""
    cell: str = ""  # delete this cell of a notebook; with `source`, put a new one before it
    source: str = ""
    delete: bool = False
    then: tuple[str, ...] = ()
    browser: bool = False
    survives: str = ""  # why no test can see it

    def applied(self, root: Path) -> bytes | None:
        """The file's content with the fault in it; None for a deleted file."""
        path = root / self.file
        if not path.is_file():
            raise Stale(f"{self.name}: there is no {self.file}")
        if self.delete:
            return None
        text = path.read_text(encoding="utf-8")
        return (self._without_cell(text) if self.cell else self._changed(text)).encode()

    def _changed(self, text: str) -> str:
        count = text.count(self.old)
        if count != 1 or self.old == self.new:
            raise Stale(
                f"{self.name}: “{self.old}” stands {count} times in {self.file}, and must stand there once. "
                f"Write it as it is now in {LIST.name}."
            )
        return text.replace(self.old, self.new)

    def _without_cell(self, text: str) -> str:
        notebook = json.loads(text)
        ids = [cell["id"] for cell in notebook["cells"]]
        if self.cell not in ids:
            raise Stale(f"{self.name}: there is no cell {self.cell} in {self.file}")
        at = ids.index(self.cell)
        if self.source:
            notebook["cells"].insert(at, _code_cell(self.source, notebook["cells"][at]["metadata"]))
        else:
            del notebook["cells"][at]
        return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _code_cell(source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "a-new-cell",
        "metadata": metadata,
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }


def faults(path: Path = LIST) -> list[Fault]:
    """The list."""
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["fault"]
    return [Fault(**each | {"then": tuple(each.get("then", []))}) for each in listed]


@dataclass(frozen=True)
class Result:
    """What became of a fault."""

    fault: Fault
    caught: bool
    said: str
    seconds: float

    @property
    def is_as_it_should(self) -> bool:
        """Caught; or known to survive, and surviving."""
        return self.caught != bool(self.fault.survives)

    def __str__(self) -> str:
        word = "caught" if self.caught else "SURVIVED"
        why = self.fault.survives or self.said
        return (
            f"{word:8} {self.seconds:4.0f} s  {self.fault.kind:9} {self.fault.name:34} {why[:110]}"
        )


@dataclass(frozen=True)
class Done:
    """How a module that was run ended, and what it printed."""

    code: int
    out: str


class Copy:
    """A copy of the checkout that may be spoiled: a git repository of its own, in a temporary folder."""

    def __init__(self, folder: Path, commit: str = "") -> None:
        self.root, self.home = folder / "checkout", folder / "home"
        folder.parent.chmod(0o755)  # some tests become another user, who must get this far
        self.root.mkdir(parents=True)
        self.home.mkdir()
        _copy_commit(commit, self.root) if commit else _copy_files(self.root)
        self._git("init", "--quiet")
        self._git("add", "--all", "--force")
        self._git("-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-m", "x")

    def _git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.root, env=self.env, check=True)

    @property
    def env(self) -> dict[str, str]:
        """The copy's package instead of the checkout's; no byte code, whose time stamps would hide a change."""
        own = {"PYTHONPATH": str(self.root), "HOME": str(self.home), "TMPDIR": str(self.home)}
        return os.environ | own | {"PYTHONDONTWRITEBYTECODE": "1", "GIT_CONFIG_NOSYSTEM": "1"}

    @cached_property
    def _server(self) -> subprocess.Popen[str]:
        command = [sys.executable, str(Path(__file__).with_name("forks.py"))]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, cwd=self.root, env=self.env, **pipes)

    def python(self, *words: str) -> Done:
        """Run a module in the copy, with the environment that runs this."""
        out = self.home / "out.txt"
        out.unlink(missing_ok=True)
        self._server.stdin.write(json.dumps({"words": words, "out": str(out)}) + "\n")
        self._server.stdin.flush()
        code = int(self._server.stdout.readline())
        return Done(code, out.read_text(encoding="utf-8") if out.exists() else "")

    def close(self) -> None:
        """End the process that runs the modules."""
        self._server.stdin.close()
        self._server.wait()

    def pytest(self, *tests: str) -> Done:
        """Run tests in the copy, up to the first that fails."""
        options = ["-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]
        return self.python("pytest", *options, *tests)

    def seed(self, fault: Fault) -> None:
        """Put a fault in."""
        content, path = fault.applied(self.root), self.root / fault.file
        path.unlink() if content is None else path.write_bytes(content)
        for what in fault.then:
            chapters = [str(each) for each in sorted((self.root / "notebooks").glob("*.ipynb"))]
            done = self.python(*AFTERWARDS[what], *(chapters if what == "cite" else []))
            if done.code:
                raise Stale(f"{fault.name}: {what} failed: {done.out}")

    def restore(self) -> None:
        """Take it out again."""
        self._git("reset", "--hard", "--quiet")
        self._git("clean", "-fdq")


def _copy_files(folder: Path) -> None:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, names.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def _copy_commit(commit: str, folder: Path) -> None:
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)


def tried(copy: Copy, fault: Fault, tests: Sequence[str]) -> Result:
    """Seed one fault, run its test, restore."""
    start = time.monotonic()
    try:
        copy.seed(fault)
        done = copy.pytest(*(tests or [fault.test]))
    finally:
        copy.restore()
    if done.code in NOT_RUN:
        raise Stale(f"{fault.name}: {fault.test}: {NOT_RUN[done.code]}\n{done.out}")
    failed = [line for line in done.out.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return Result(fault, done.code != 0, " ".join(failed[:1]), time.monotonic() - start)


def run(
    chosen: Sequence[Fault], workers: int = 2, commit: str = "", tests: Sequence[str] = ()
) -> tuple[list[Result], list[str]]:
    """Try faults side by side, each worker in a copy of its own; what no longer applies is told apart."""
    results: list[Result] = []
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="kdebate-faults-") as folder:
        copies: Queue[Copy] = Queue()
        for number in range(workers):
            copies.put(Copy(Path(folder) / str(number), commit))

        def one(fault: Fault) -> None:
            copy = copies.get()
            try:
                results.append(tried(copy, fault, tests))
                print(results[-1], flush=True)
            except Stale as reason:
                wrong.append(str(reason))
                print(f"STALE    {reason}", flush=True)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(one, chosen))
        while not copies.empty():
            copies.get().close()
    return results, wrong


def unspoiled(chosen: Sequence[Fault], commit: str = "", tests: Sequence[str] = ()) -> str:
    """What fails without any fault; a test that is red anyhow would catch everything."""
    with tempfile.TemporaryDirectory(prefix="kdebate-faults-") as folder:
        copy = Copy(Path(folder) / "0", commit)
        done = copy.pytest(*(tests or sorted({each.test for each in chosen})))
        copy.close()
    return "" if done.code == 0 else done.out


def main(arguments: Sequence[str] = ()) -> int:
    """Try the faults and print what became of them."""
    parser = argparse.ArgumentParser(prog="python -m tools.seed_faults", description=__doc__)
    parser.add_argument(
        "--browser", action="store_true", help="also those that only a browser sees"
    )
    parser.add_argument("--only", action="append", default=[], help="one fault, by name")
    parser.add_argument("--workers", type=int, default=2, help="how many at a time (default: 2)")
    parser.add_argument(
        "--commit", default="", help="copy this commit instead of the files as they are"
    )
    parser.add_argument(
        "--tests", nargs="*", default=[], help="run these instead of each fault's own"
    )
    given = parser.parse_args(list(arguments))
    chosen = [each for each in faults() if given.browser or not each.browser]
    chosen = [each for each in chosen if each.name in given.only] if given.only else chosen
    red = unspoiled(chosen, given.commit, given.tests)
    if red:
        print(f"The copy without a fault does not pass; nothing was tried.\n{red}")
        return 2
    results, wrong = run(chosen, given.workers, given.commit, given.tests)
    caught = sum(result.caught for result in results)
    print(
        f"{len(results)} faults tried: {caught} caught, {len(results) - caught} survived; {len(wrong)} no longer apply."
    )
    return 0 if not wrong and all(result.is_as_it_should for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
