"""
For every test run: no network, and no notebook left out.

The guard reaches the Python processes that tests start too (kernels, servers), through a
`sitecustomize` on their path.
"""

import os
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
GUARD = ROOT / "tests" / "guard"
BUDGET = ROOT / "tests" / "budget.toml"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--notebooks-required",
        action="store_true",
        help="fail unless every notebook in notebooks/ ran, every cell of it",
    )


def pytest_configure(config: pytest.Config) -> None:
    path = [str(GUARD), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, path))
    config.pluginmanager.register(Notebooks(config), "kdebate-notebooks")
    config.pluginmanager.register(Ledger(), "kdebate-ledger")


class Notebooks:
    """Counts the notebooks that ran; a skipped one fails the run."""

    def __init__(self, config: pytest.Config) -> None:
        self.required = config.getoption("--notebooks-required")
        self.ran: set[str] = set()
        self.left_out: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.partition("::")[0]
        if not name.endswith(".ipynb"):
            return
        if report.skipped:
            self.left_out.add(name)
        elif report.when == "call":
            self.ran.add(name)

    def missing(self) -> set[str]:
        """Notebooks that should have run whole and did not."""
        there = {f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
        return self.left_out | (there - self.ran)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        # Workers see only their share; the main process sees every report.
        if hasattr(session.config, "workerinput") or session.exitstatus != pytest.ExitCode.OK:
            return
        if self.required and (self.missing() or not self.ran):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not (self.required or self.ran):
            return
        terminalreporter.write_line(f"notebooks run: {len(self.ran - self.left_out)}")
        for name in sorted(self.missing() if self.required else self.left_out):
            terminalreporter.write_line(f"notebook left out: {name}", red=True, bold=True)


class Ledger:
    """Adds up what each test file costs and compares it with `tests/budget.toml`; it says, and fails nothing."""

    SHOWN = 12  # files; the rest are cheap

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.budget = tomllib.loads(BUDGET.read_text("utf-8"))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid.partition("::")[0]] += report.duration

    def allowed(self, name: str) -> int:
        return int(self.budget["files"].get(name, self.budget["any_other_file"]))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        total = sum(self.seconds.values())
        if total < 60:  # a few tests run by hand
            return
        kinds: Counter[str] = Counter()
        for name, seconds in self.seconds.items():
            kinds[_kind(name)] += seconds
        shares = ", ".join(f"{kind} {seconds:.0f} s" for kind, seconds in kinds.most_common())
        budget, spent = self.budget["all"], sum(os.times()[:4])
        terminalreporter.section(f"{total:.0f} of {budget} seconds of work: {shares}")
        for number, (name, seconds) in enumerate(self.seconds.most_common()):
            over = seconds > self.allowed(name)
            if over or number < self.SHOWN:
                line = f"{seconds:7.1f} s of {self.allowed(name):3}  {name}"
                terminalreporter.write_line(line + "  over its budget" * over, yellow=over)
        # On a busy machine seconds of work grow; those of the processor hardly do.
        terminalreporter.write_line(f"processor: {spent:.0f} s, with all that the tests started")


def _kind(name: str) -> str:
    """Which of the three kinds of test a file holds."""
    if name.endswith(".ipynb"):
        return "notebooks"
    return "browser" if name.startswith("tests/browser/") else "Python"
