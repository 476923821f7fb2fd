"""What every test may use."""

import shutil
from pathlib import Path

import pytest

from kdebate.tables import read

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of the data folder that may be spoiled."""
    return Path(shutil.copytree(read.folder(), tmp_path / "data"))
