"""``look.signs = "ascii"``: whatever readlist draws by itself is ASCII, on every screen."""

from pathlib import Path

import pytest
from support.screens import SCREENS, furnish, lead_to, screen_lines
from tui.conftest import NOW, sample_papers

from readlist.config import Config
from readlist.library.library import Library
from readlist.paper import Author
from readlist.tui.app import ReadlistApp


@pytest.fixture
def plain_library(library_file: Path) -> Library:
    """The sample library with papers in ASCII alone: what is not ASCII on the screen then is of our own drawing."""
    made = Library.open(library_file, clock=lambda: NOW, who="tester")
    papers = [paper for paper in sample_papers() if paper.title.isascii() and "$" not in paper.title]
    made.create([paper._replace(authors=(Author("Fort", "Stanislav"),), abstract="Plain.") for paper in papers])
    return furnish(made)


@pytest.mark.parametrize("name", SCREENS)
async def test_nothing_but_ascii_is_drawn(plain_library: Library, name: str) -> None:
    app = ReadlistApp(plain_library, Config(signs="ascii", note_line=True), welcome=name == "list")
    async with app.run_test(size=(100, 30)) as pilot:
        await lead_to(pilot, *SCREENS[name])
        for line in screen_lines(pilot):
            assert line.isascii(), line
