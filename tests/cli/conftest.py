"""A library with the bundled papers, a listing to import, and what an error has to look like."""

import shutil
import subprocess
from pathlib import Path
from typing import Protocol

import pytest

from readlist.intake.seed import seed_papers
from readlist.library.library import Library

Done = subprocess.CompletedProcess[str]

LISTING = """\
LGOct 11, 2022Code
Seven Ways to Read a PaperAda Lovelace, Alan Turing, Grace Hopper et al. · stanford, deepmind
We read papers in seven ways and find that the seventh is the best. It takes an afternoon.
QUANT-PHMar 3
Reading Papers with a Quantum ComputerRichard Feynman
We read all papers at once and remember one.
"""


class Refused(Protocol):
    """Checks that a call was refused as every call must be."""

    def __call__(self, done: Done, status: int, *words: str) -> None:
        """One line on stderr that holds ``words``, nothing on stdout, this exit status."""


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library file with the 32 bundled papers, as the first launch makes it."""
    path = tmp_path_factory.mktemp("seeded") / "library.json"
    Library.open(path).create(seed_papers())
    return path


@pytest.fixture
def filled(seeded: Path, library_file: Path) -> Path:
    """The test's library, filled with the 32 bundled papers."""
    shutil.copyfile(seeded, library_file)
    return library_file


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    """A listing page with two papers, the second dated without a year."""
    path = tmp_path / "listing.txt"
    path.write_text(LISTING, encoding="utf-8")
    return path


@pytest.fixture
def refused() -> Refused:
    """See `Refused`."""

    def check(done: Done, status: int, *words: str) -> None:
        assert "Traceback" not in done.stderr
        assert done.returncode == status
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("readlist")
        for word in words:
            assert word in done.stderr

    return check
