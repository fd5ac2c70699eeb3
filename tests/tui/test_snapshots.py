"""Every screen as it is drawn, at three sizes, dark and light. ``pytest --snapshot-update`` after a wanted change.

A screen is drawn at each size, dark and light in turn: the layout knows no colour, and the colours know no size.
READLIST_THOROUGH draws each size in both, as does ``--snapshot-update``.
"""

import datetime as dt
from collections.abc import Awaitable, Callable
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from support.effort import THOROUGH
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
STYLES = {
    "one": ("Y",),
    "selection": ("j", "space", "space", "Y", *("space" if char == " " else char for char in "american soc")),
}


class Look(NamedTuple):
    """How a screen is drawn."""

    theme: str
    size: tuple[int, int]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Draw what a test shows in its looks."""
    if "look" not in metafunc.fixturenames:
        return
    every = THOROUGH or metafunc.config.getoption("update_snapshots")
    shown = {"test_screens": SCREENS, "test_the_styles": STYLES}.get(metafunc.definition.originalname, {"": ()})
    metafunc.parametrize(
        ("pressed", "look"),
        [
            pytest.param(pressed, Look(theme, size), id="-".join(filter(None, [name, theme, names(size)])))
            for place, (name, pressed) in enumerate(shown.items())
            for (turn, size), theme in product(enumerate(SIZES, place), THEMES)
            if every or theme == THEMES[turn % len(THEMES)]
        ],
    )


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


def test_screens(snap_compare: Any, furnished: Library, look: Look, pressed: tuple[str, ...]) -> None:
    app = ReadlistApp(furnished, Config(theme=look.theme))
    assert snap_compare(app, terminal_size=look.size, run_before=keys(*pressed))


def test_what_could_not_be_copied(snap_compare: Any, furnished: Library, look: Look, pressed: tuple[str, ...]) -> None:
    async def show(pilot: Pilot[None]) -> None:
        await lead_to(pilot, *pressed)
        await pilot.app.push_screen(
            CopyFailed("BibTeX", "@misc{fort2026,\n  title = {T},\n}", "There is no clipboard.")
        )
        await lead_to(pilot)

    assert snap_compare(ReadlistApp(furnished, Config(theme=look.theme)), terminal_size=look.size, run_before=show)


def test_the_first_launch(snap_compare: Any, library: Library, look: Look, pressed: tuple[str, ...]) -> None:
    app = ReadlistApp(library, Config(theme=look.theme), welcome=True)
    assert snap_compare(app, terminal_size=look.size, run_before=keys(*pressed))


@pytest.mark.parametrize("size", [(40, 15), (80, 24)], ids=names)
def test_without_colour(
    snap_compare: Any, library: Library, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(ReadlistApp(library, Config()), terminal_size=size, run_before=keys("j", "space", "j"))


def test_the_styles(snap_compare: Any, library: Library, look: Look, pressed: tuple[str, ...]) -> None:
    style_memory.mark("nature", favourite=True)
    style_memory.use("plos-one")
    style_memory.make_default("american-sociological-association", Config())
    app = ReadlistApp(library, Config(theme=look.theme))
    assert snap_compare(app, terminal_size=look.size, run_before=keys(*pressed))
