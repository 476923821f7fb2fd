"""
For every test run: no network, and no notebook left out.

The guard reaches the Python processes that tests start too (kernels, servers), through a
`sitecustomize` on their path.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
GUARD = ROOT / "tests" / "guard"


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
