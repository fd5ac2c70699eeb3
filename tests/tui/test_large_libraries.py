"""What a large library makes the app do beside the keys: nothing of it may come between a key and its effect."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from textual.widgets import Input

from readlist.library.library import Library
from readlist.paper import Paper
from readlist.search.tally import Tally
from readlist.tui import session

Open = Any


@pytest.fixture
def is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let eight papers be many."""
    monkeypatch.setattr(session, "_FEW", 5)


@pytest.fixture
def busy() -> Iterator[threading.Event]:
    """What keeps threads busy until it is set."""
    event = threading.Event()
    yield event
    event.set()


async def test_a_change_does_not_wait_until_other_threads_are_done(
    opened: Open, library: Library, busy: threading.Event
) -> None:
    async with opened() as app:
        loop = asyncio.get_running_loop()
        work = [loop.run_in_executor(None, busy.wait) for _ in range(64)]  # more than there are threads
        try:
            async with asyncio.timeout(20):
                await app.press("r")
            assert "Marked “Robust to" in app.toasts
            stored = Library.open(library.path).papers.values()
            assert next(paper for paper in stored if paper.title.startswith("Robust")).status == "read"
            assert not any(future.done() for future in work)
        finally:
            busy.set()
        await asyncio.gather(*work)


@pytest.mark.usefixtures("is_large")
async def test_values_are_counted_once_and_only_when_a_field_asks_for_them(
    opened: Open, busy: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    count = Tally.of

    def slowly(papers: Any, _: Any) -> Tally:
        counted.append(1)
        busy.wait()
        return count(papers)

    monkeypatch.setattr(Tally, "of", slowly)
    async with opened() as app:
        for _ in range(3):
            await app.pilot.press("slash", *"deep", "escape")
            await app.pilot.pause()
        assert not counted
        for _ in range(3):
            await app.pilot.press("slash", *"author:sta", "escape")
            await app.pilot.pause()
        await app.pilot.press("slash", *"author:stan")
        assert counted == [1]
        busy.set()
        await app.settle()
        await app.press("tab")
        assert app.screen.query_one("#search", Input).value == 'author:"Stanislav Fort" '
        assert counted == [1]


@pytest.mark.usefixtures("is_large")
async def test_a_file_that_another_program_replaces_appears_with_all_that_is_found_in_it(
    opened: Open, library: Library
) -> None:
    async with opened() as app:
        await app.press("j", "r")
        other = Library.open(library.path, who="somebody else")
        other.settle()
        content = library.path.read_bytes()
        library.path.unlink()  # another inode: nothing that is known of the file can be followed
        library.path.write_bytes(content.replace(b"Gaussian Prototypical", b"Gaussian Atypical"))
        await app.screen.session.reload()
        app.screen._show_latest()
        await app.settle()
        assert any(title.startswith("Gaussian Atypical") for title in app.titles)
        assert app.paper("Constitutional").status == "read"
        await app.press("slash")
        await app.type("atypical")
        assert app.titles == ["Gaussian Atypical Networks"]
        await app.press("escape", "r", "u")
        assert app.paper("Constitutional").status == "read"


@pytest.mark.usefixtures("is_large")
async def test_a_new_paper_is_found_after_the_search_was_prepared(opened: Open) -> None:
    async with opened() as app:
        await app.press("slash")
        app.library.add([Paper(title="Entirely new")])
        app.screen.session.look()
        await app.type("entirely")
        assert app.titles == ["Entirely new"]
