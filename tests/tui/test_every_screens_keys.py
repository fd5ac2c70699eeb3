"""Every key that a window, a pane or a text field has there and then: it does something that can be seen.

The commands of the main screen have tests of their own (``test_every_key.py``).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from support.screens import SCREENS, furnish, lead_to
from textual.binding import Binding
from textual.pilot import Pilot
from tui.conftest import NOW, sample_papers

from readlist import browser
from readlist.config import Config
from readlist.library.library import Library
from readlist.tui.app import ReadlistApp
from readlist.tui.screens.main import MainScreen

SIZE = (60, 16)
"""So small that whatever scrolls has something to scroll."""
ELSEWHERE: tuple[tuple[str, ...], ...] = ((), ("pagedown", "down", "x"))
"""What leads to where a key does something that does nothing at first: at the other end, with something typed."""
MOVES = ("scroll", "step", "page", "cursor")
"""Actions that have nothing to do where all is in sight: their keys are pressed, and end nothing."""
ALIKE = {
    "copy-selection",
    "search-wrong",
    "nothing-found",
    "help-search",
    "edit-unsaved",
    "triage-done",
    "statistics-end",
}
"""Screens with the keys of another one."""
Look = tuple[object, ...]


def look(pilot: Pilot[None], opened: list[str]) -> Look:
    """All that a user perceives: cells and their styles, toasts, the cursor, what was opened, whether it is left."""
    app = pilot.app
    assert isinstance(app, ReadlistApp)
    cells = [[(part.text, str(part.style)) for part in strip] for strip in app.screen._compositor.render_strips()]
    return cells, app.toasts, app.cursor_position, app.clipboard, list(opened), app._exit


def own_keys(pilot: Pilot[None]) -> list[str]:
    """The keys that a class of ours gives the screen that is on top, or what has the focus in it."""
    own = []
    for key, active in pilot.app.screen.active_bindings.items():
        ours = (cls for cls in type(active.node).__mro__ if cls.__module__.startswith("readlist."))
        listed = (binding for cls in ours for binding in cls.__dict__.get("BINDINGS", ()))
        if not isinstance(active.node, MainScreen) and any(
            isinstance(binding, Binding) and key in binding.key.replace(" ", "").split(",") for binding in listed
        ):
            own.append(key)
    return own


class Place:
    """A screen that can be led to again and again, each time with a library as new."""

    def __init__(self, folder: Path, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._keys = folder, keys
        self._number = 0
        self.opened: list[str] = []
        monkeypatch.setattr(browser, "open_address", self.opened.append)
        monkeypatch.setattr(browser, "open_file", lambda path: self.opened.append(str(path)))

    @asynccontextmanager
    async def shown(self, *more: str) -> AsyncIterator[Pilot[None]]:
        """The app, with the screen on top."""
        self._number += 1
        library = Library.open(self._folder / f"library-{self._number}.json", clock=lambda: NOW, who="tester")
        library.create(sample_papers())
        app = ReadlistApp(furnish(library), Config(motion=False))
        async with app.run_test(size=SIZE) as pilot:
            await lead_to(pilot, *self._keys, *more)
            app.clear_notifications()
            await settle(pilot)
            yield pilot
        library.close()


async def settle(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def does_something(place: Place, key: str, before: tuple[str, ...]) -> bool:
    async with place.shown(*before) as pilot:
        active = pilot.app.screen.active_bindings.get(key)
        if active is None:
            return False
        then = look(pilot, place.opened)
        await pilot.press(key)
        await settle(pilot)
        # One may be at the end already; that a key moves is shown where there is something to move over.
        return look(pilot, place.opened) != then or active.binding.action.startswith(MOVES)


@pytest.mark.parametrize("name", [name for name in SCREENS if name not in ALIKE])
async def test_every_key_of_the_screen_does_something_that_can_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for variable in ("TMUX", "DISPLAY", "WAYLAND_DISPLAY", "VISUAL", "EDITOR"):
        monkeypatch.delenv(variable, raising=False)
    place = Place(tmp_path, SCREENS[name], monkeypatch)
    async with place.shown() as pilot:
        keys = own_keys(pilot)
    dead = []
    for key in keys:
        for before in ELSEWHERE:
            if await does_something(place, key, before):
                break
        else:
            dead.append(key)
    assert dead == []
