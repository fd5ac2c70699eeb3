"""Every screen as it is drawn, at three sizes, dark and light. ``pytest --snapshot-update`` after a wanted change."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from readlist import style_memory
from readlist.config import Config
from readlist.library.library import Library
from readlist.tui.app import ReadlistApp

SIZES = [(80, 24), (100, 30), (160, 45)]


def keys(*pressed: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Press ``pressed`` one after the other, each when the one before is done; nothing blinks."""

    async def press(pilot: Pilot[None]) -> None:
        await pilot.app.workers.wait_for_complete()
        for key in pressed:
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            for field in pilot.app.screen.query("Input, TextArea"):
                if isinstance(field, Input | TextArea):
                    field.cursor_blink = False
        # The detail is laid out when the keys have rested a little.
        await pilot.pause(0.1)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    return press


def names(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


@pytest.mark.parametrize("size", SIZES, ids=names)
@pytest.mark.parametrize("theme", ["readlist-dark", "readlist-light"])
@pytest.mark.parametrize(
    "pressed",
    [
        pytest.param((), id="list"),
        pytest.param(("j", "j", "j", "j", "enter"), id="detail"),
        pytest.param(("j", "space", "space", "slash", *"loss"), id="search"),
        pytest.param(("y",), id="copy"),
        pytest.param(("question_mark",), id="help"),
        pytest.param(("j", "Q", "T"), id="triage"),
        pytest.param(("b",), id="sidebar"),
        pytest.param(("j", "j", "j", "j", "m"), id="note"),
        pytest.param(("j", "e"), id="edit"),
    ],
)
def test_screens(
    snap_compare: Any, library: Library, size: tuple[int, int], theme: str, pressed: tuple[str, ...]
) -> None:
    app = ReadlistApp(library, Config(theme=theme))
    assert snap_compare(app, terminal_size=size, run_before=keys(*pressed))


@pytest.mark.parametrize("size", SIZES, ids=names)
@pytest.mark.parametrize(
    "pressed",
    [
        pytest.param(("j", "j", "j", "j", "n"), id="note"),
        pytest.param(("S",), id="sort"),
        pytest.param(("t", *"oo"), id="tags"),
        pytest.param(("a",), id="add"),
        pytest.param(("j", "e"), id="edit"),
        pytest.param(("j", "j", "j", "j", "R"), id="related"),
        pytest.param(("slash", *"xyzzy"), id="nothing-found"),
        pytest.param(("3", "s", "s"), id="empty-shelf"),
    ],
)
def test_windows(snap_compare: Any, library: Library, size: tuple[int, int], pressed: tuple[str, ...]) -> None:
    assert snap_compare(ReadlistApp(library, Config()), terminal_size=size, run_before=keys(*pressed))


@pytest.mark.parametrize("size", SIZES, ids=names)
def test_the_first_launch(snap_compare: Any, library: Library, size: tuple[int, int]) -> None:
    assert snap_compare(ReadlistApp(library, Config(), welcome=True), terminal_size=size, run_before=keys())


@pytest.mark.parametrize("size", [(40, 15), (80, 24)], ids=names)
def test_without_colour(
    snap_compare: Any, library: Library, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(ReadlistApp(library, Config()), terminal_size=size, run_before=keys("j", "space", "j"))


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=names)
@pytest.mark.parametrize(
    "pressed",
    [
        pytest.param(("Y",), id="one"),
        pytest.param(
            ("j", "space", "space", "Y", *("space" if char == " " else char for char in "american soc")), id="selection"
        ),
    ],
)
def test_the_styles(snap_compare: Any, library: Library, size: tuple[int, int], pressed: tuple[str, ...]) -> None:
    style_memory.mark("nature", favourite=True)
    style_memory.use("plos-one")
    style_memory.make_default("american-sociological-association", Config())
    app = ReadlistApp(library, Config())
    assert snap_compare(app, terminal_size=size, run_before=keys(*pressed))
