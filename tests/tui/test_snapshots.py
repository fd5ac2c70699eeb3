"""Every screen as it is drawn, at three sizes, dark and light. ``pytest --snapshot-update`` after a wanted change."""

import datetime as dt
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from support.screens import SCREENS, furnish, lead_to
from textual.pilot import Pilot
from tui.conftest import NOW, sample_papers

from readlist import statistics, style_memory
from readlist.config import Config
from readlist.library.library import Library
from readlist.tui.app import ReadlistApp
from readlist.tui.screens.copy_failed import CopyFailed

SIZES = [(80, 24), (100, 30), (160, 45)]
THEMES = ["readlist-dark", "readlist-light"]


@pytest.fixture
def furnished(home: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The sample library with all that a screen can show, where its path is the same in every run."""
    monkeypatch.setattr(statistics, "today", lambda: dt.date(2026, 11, 24))
    made = Library.open(home / "library.json", clock=lambda: NOW, who="tester")
    made.create(sample_papers())
    return furnish(made)


def keys(*pressed: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Press ``pressed`` one after the other."""

    async def press(pilot: Pilot[None]) -> None:
        await lead_to(pilot, *pressed)

    return press


def names(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


@pytest.mark.parametrize("size", SIZES, ids=names)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", SCREENS)
def test_screens(snap_compare: Any, furnished: Library, size: tuple[int, int], theme: str, name: str) -> None:
    app = ReadlistApp(furnished, Config(theme=theme))
    assert snap_compare(app, terminal_size=size, run_before=keys(*SCREENS[name]))


@pytest.mark.parametrize("size", SIZES, ids=names)
@pytest.mark.parametrize("theme", THEMES)
def test_what_could_not_be_copied(snap_compare: Any, furnished: Library, size: tuple[int, int], theme: str) -> None:
    async def show(pilot: Pilot[None]) -> None:
        await lead_to(pilot)
        await pilot.app.push_screen(
            CopyFailed("BibTeX", "@misc{fort2026,\n  title = {T},\n}", "There is no clipboard.")
        )
        await lead_to(pilot)

    assert snap_compare(ReadlistApp(furnished, Config(theme=theme)), terminal_size=size, run_before=show)


@pytest.mark.parametrize("size", SIZES, ids=names)
@pytest.mark.parametrize("theme", THEMES)
def test_the_first_launch(snap_compare: Any, library: Library, size: tuple[int, int], theme: str) -> None:
    assert snap_compare(ReadlistApp(library, Config(theme=theme), welcome=True), terminal_size=size, run_before=keys())


@pytest.mark.parametrize("size", [(40, 15), (80, 24)], ids=names)
def test_without_colour(
    snap_compare: Any, library: Library, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(ReadlistApp(library, Config()), terminal_size=size, run_before=keys("j", "space", "j"))


@pytest.mark.parametrize("size", SIZES, ids=names)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "pressed",
    [
        pytest.param(("Y",), id="one"),
        pytest.param(
            ("j", "space", "space", "Y", *("space" if char == " " else char for char in "american soc")), id="selection"
        ),
    ],
)
def test_the_styles(
    snap_compare: Any, library: Library, size: tuple[int, int], theme: str, pressed: tuple[str, ...]
) -> None:
    style_memory.mark("nature", favourite=True)
    style_memory.use("plos-one")
    style_memory.make_default("american-sociological-association", Config())
    app = ReadlistApp(library, Config(theme=theme))
    assert snap_compare(app, terminal_size=size, run_before=keys(*pressed))
