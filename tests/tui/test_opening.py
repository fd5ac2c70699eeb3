"""A large library: its first rows show before it has been read, and no key is lost meanwhile."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tui.conftest import Driver

from readlist.config import Config
from readlist.library.errors import DamagedError, LibraryError
from readlist.library.library import Library
from readlist.search.finder import Finder
from readlist.search.query import Query
from readlist.search.view import Order, Shelf
from readlist.tui.app import ReadlistApp
from readlist.tui.beginning import Unread
from readlist.tui.screens.main import MainScreen
from readlist.tui.screens.opening import OpeningScreen
from readlist.tui.screens.recovery import RecoveryScreen


class Slow:
    """A library that is read when the test says so."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.read = threading.Event()
        self.error: LibraryError | None = None

    def open(self, _: Path, **__: Any) -> Library:
        assert self.read.wait(10)
        if self.error:
            raise self.error
        return self.library


@pytest.fixture
def slow(library: Library, monkeypatch: pytest.MonkeyPatch) -> Slow:
    made = Slow(library)
    monkeypatch.setattr(Library, "open", made.open)
    return made


@asynccontextmanager
async def opening(slow: Slow) -> AsyncIterator[Driver]:
    library = slow.library
    view = Finder().view(library.papers, library.trash, shelf=Shelf.ALL, query=Query(), order=Order.DATE)
    app = ReadlistApp(Unread(library.path, view), Config())
    async with app.run_test(size=(140, 40)) as pilot:
        try:
            await pilot.pause()
            assert isinstance(app.screen, OpeningScreen)
            yield Driver(pilot)
        finally:
            slow.read.set()
            await app.workers.wait_for_complete()


async def until(holds: Callable[[], bool], app: Driver) -> None:
    for _ in range(2_000):
        await app.pilot.pause()
        if holds():
            return
        await asyncio.sleep(0)
    raise AssertionError


async def is_read(slow: Slow, app: Driver) -> None:
    slow.read.set()
    await until(
        lambda: isinstance(app.pilot.app.screen_stack[-1], MainScreen) or len(app.pilot.app.screen_stack) > 2, app
    )
    await app.settle()


async def test_rows_and_bars_show_before_the_library_is_read(slow: Slow) -> None:
    async with opening(slow) as app:
        assert "1 of 8" in app.text_of("#status")
        assert "All 8" in app.text_of("#shelves")
        assert "Read" in app.text_of("#keys")
        before = [app.text_of(part) for part in ("#shelves", "#papers", "#status", "#keys")]
        await is_read(slow, app)
        assert before == [app.text_of(part) for part in ("#shelves", "#papers", "#status", "#keys")]


async def test_one_moves_meanwhile_and_the_cursor_stays_where_it_is(slow: Slow) -> None:
    async with opening(slow) as app:
        await app.pilot.press("j", "j", "k", "G", "g", "j")
        assert "2 of 8" in app.text_of("#status")
        await is_read(slow, app)
        assert app.screen.paper_list.row == 1


async def test_keys_that_change_something_wait_and_none_is_lost(slow: Slow) -> None:
    async with opening(slow) as app:
        await app.pilot.press("j", "r", "j", "asterisk", "slash", *"deep", "enter")
        assert not any(paper.star for paper in slow.library.papers.values() if paper.title.startswith("A [bold]"))
        await is_read(slow, app)
        await until(lambda: app.screen.session.query_text == "deep", app)
        await app.settle()
        assert app.paper("Constitutional").status == "read"
        assert app.paper("A [bold]").star
        assert app.titles == [
            "Deep Ensembles: A Loss Landscape Perspective on Why Random Initialisation Explores So Many Modes"
        ]


async def test_a_damaged_library_leads_to_the_ways_out(slow: Slow) -> None:
    slow.error = DamagedError("it is broken")
    async with opening(slow) as app:
        slow.read.set()
        await until(lambda: isinstance(app.pilot.app.screen, RecoveryScreen), app)


async def test_what_else_is_wrong_ends_the_app_with_the_reason(slow: Slow) -> None:
    slow.error = LibraryError("it is newer")
    async with opening(slow) as app:
        slow.read.set()
        await until(lambda: getattr(app.pilot.app, "failure", None) is slow.error, app)


async def test_q_leaves_at_once_whatever_is_still_to_be_read(slow: Slow) -> None:
    async with opening(slow) as app:
        await app.pilot.press("q")
        await until(lambda: not app.pilot.app.is_running, app)
        assert not slow.read.is_set()
