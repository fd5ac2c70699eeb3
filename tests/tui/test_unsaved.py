"""What the disk refuses: it shows, the user knows, it is tried again, and nothing of it is lost in silence."""

import asyncio
import errno
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB
from tui.conftest import NOW

from readlist.config import Config
from readlist.library.library import Library
from readlist.paper import Status
from readlist.tui.app import ReadlistApp

Open = Any
FIRST = "Robust"
SECOND = "Constitutional"


@pytest.fixture
def holding(library: Library) -> Library:
    """The sample library as the app opens it, which keeps in memory what the disk refuses."""
    return Library.open(library.path, clock=lambda: NOW, who="tester", holds=True)


@contextmanager
def disk_full() -> Iterator[None]:
    """Let the disk refuse whatever is to be made durable, as it does when it is full."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.MonkeyPatch.context() as patched:
        for name in ("fdatasync", "fsync"):
            patched.setattr(os, name, full)
        yield


def stored(library: Library, start: str) -> Any:
    """The paper as another process finds it on the disk."""
    papers = Library.open(library.path, who="tester").papers.values()
    return next(paper for paper in papers if paper.title.startswith(start))


def content_of(path: Path) -> bytes:
    return path.read_bytes()


def replace(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def rescued_in(folder: Path) -> list[Path]:
    """The files in which something was rescued."""
    return list(folder.glob("readlist-note-*"))


def star_and_be_killed(path: Path) -> None:
    """Do what a readlist does that is killed right after a change."""
    script = (
        "import os, sys, pathlib; from readlist.library.library import Library; "
        "library = Library.open(pathlib.Path(sys.argv[1]), who='tester'); "
        "library.edit([next(iter(library.papers))], star=True); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert done.returncode == 9


def lacks_something(library: Library) -> bool:
    """Whether the library file lacks something that is in the journal."""
    return library.has_unfolded


async def time_passes(app: Any) -> None:
    """As if the time until the next attempt had passed."""
    app.screen._retry_at = app.screen._fold_at = 0.0
    await app.screen._round()
    await app.settle()


async def test_a_change_that_is_not_on_the_disk_shows_and_says_so_until_it_is(opened: Open, holding: Library) -> None:
    async with opened(on=holding) as app:
        with disk_full():
            await app.press("asterisk")
            assert "NOT on the disk yet: disk full; ctrl+s tries again" in app.toasts
            assert "undoes" not in app.toasts
            assert "5 Starred 2" in app.text_of("#shelves")
            assert "1 change not saved: disk full — ctrl+s" in app.text_of("#status")
            await app.press("j", "r")
            assert "2 changes not saved: disk full — ctrl+s" in app.text_of("#status")
            assert not stored(holding, FIRST).star
        await app.press("ctrl+s")
        assert "All 2 changes are on the disk now" in app.toasts
        assert "not saved" not in app.text_of("#status")
    assert stored(holding, FIRST).star
    assert stored(holding, SECOND).status is Status.READ


async def test_toasts_of_one_full_disk_do_not_pile_up(opened: Open, holding: Library) -> None:
    async with opened(on=holding) as app:
        with disk_full():
            await app.press("r", "j", "r", "j", "r", "j", "r")
            assert app.toasts.count("NOT on the disk") == 1
            assert "4 changes not saved" in app.text_of("#status")


async def test_asking_in_vain_says_so_and_asking_without_need_too(opened: Open, holding: Library) -> None:
    async with opened(on=holding) as app:
        await app.press("ctrl+s")
        assert "Everything is on the disk" in app.toasts
        with disk_full():
            await app.press("r", "j", "r", "ctrl+s")
            assert "Disk full: 2 changes are kept in memory, press ctrl+s to try again" in app.toasts


async def test_it_is_tried_again_without_asking_and_told_once(opened: Open, holding: Library) -> None:
    async with opened(on=holding) as app:
        with disk_full():
            await app.press("r", "j", "r", "j", "r")
            await time_passes(app)
            assert "3 changes not saved" in app.text_of("#status")
        await time_passes(app)
        assert "All 3 changes are on the disk now" in app.toasts
        app.pilot.app.clear_notifications()
        await time_passes(app)
        assert app.toasts == ""
    assert stored(holding, FIRST).status is Status.READ


async def test_the_next_change_takes_along_what_was_refused(opened: Open, holding: Library) -> None:
    async with opened(on=holding) as app:
        with disk_full():
            await app.press("asterisk")
        await app.press("j", "r")
        assert "Marked “Constitutional" in app.toasts
        assert "The change is on the disk now" in app.toasts
        assert "not saved" not in app.text_of("#status")
    assert stored(holding, FIRST).star


async def test_what_was_refused_can_be_undone(opened: Open, holding: Library) -> None:
    async with opened(on=holding) as app:
        with disk_full():
            await app.press("asterisk", "u")
            assert "5 Starred 1" in app.text_of("#shelves")
        await app.press("ctrl+s")
    assert not stored(holding, FIRST).star


async def test_a_note_is_kept_in_memory_and_not_called_saved(opened: Open, holding: Library) -> None:
    async with opened(on=holding) as app:
        with disk_full():
            await app.press("n")
            await app.type("precious")
            await app.press("ctrl+s")
            assert "Disk full: the note is kept in memory, press ctrl+s to try again" in app.toasts
            assert "Wrote a note" not in app.toasts
            await app.press("ctrl+s")
            assert "kept in memory" in app.toasts
            await app.type(" words")
            await app.press("escape")
            assert "precious words" in app.text_of("#detail-body")
            assert stored(holding, FIRST).note == ""
            await app.press("n")
            assert "precious words" in app.text_of("NoteEditor")
        await app.press("ctrl+s")
        assert "on the disk now" in app.toasts
        assert stored(holding, FIRST).note == "precious words"


async def test_a_read_only_file_is_worked_on_in_memory(opened: Open, holding: Library) -> None:
    holding.path.chmod(0o400)
    before = content_of(holding.path)
    async with opened((80, 24), on=holding) as app:
        await app.press("asterisk")
        assert "NOT on the disk yet: the file is read-only" in app.toasts
        assert "1 change not saved: the file is read-only — ctrl+s" in app.text_of("#status")
        assert content_of(holding.path) == before
        holding.path.chmod(0o600)
        await app.press("ctrl+s")
    assert stored(holding, FIRST).star


@pytest.mark.parametrize(
    ("width", "sign"),
    [
        (80, "3 changes not saved: disk full — ctrl+s"),
        (40, "3 not saved: disk full — ctrl+s"),
        (24, "3 not saved — ctrl+s"),
    ],
)
async def test_the_sign_fits_and_shows_without_colour(opened: Open, holding: Library, width: int, sign: str) -> None:
    async with opened((width, 15), on=holding) as app:
        with disk_full():
            await app.press("r", "j", "r", "j", "r", "enter")
            assert app.text_of("#status").startswith(f" {sign} ")
            assert app.screen.status_bar.render_line(0)._segments[0].style.reverse


async def test_quitting_tries_once_more(opened: Open, holding: Library) -> None:
    async with opened(on=holding) as app:
        with disk_full():
            await app.press("asterisk")
        await app.press("q")
        assert app.pilot.app._exit
    assert stored(holding, FIRST).star


async def test_quitting_says_what_would_be_lost_and_asks_for_the_key_again(opened: Open, holding: Library) -> None:
    async with opened(on=holding) as app:
        with disk_full():
            await app.press("asterisk", "j", "r", "q")
            assert "2 changes are not on the disk (disk full): Starred “Robust" in app.toasts
            assert "ctrl+q again quits without them" in app.toasts
            assert not app.pilot.app._exit
            await app.press("j", "r", "q")  # there is more to lose now
            assert "3 changes are not on the disk" in app.toasts
            assert not app.pilot.app._exit
            await app.press("q")
            assert app.pilot.app._exit
    assert not stored(holding, FIRST).star


async def test_when_the_terminal_goes_what_is_in_memory_alone_is_written_down(
    opened: Open, holding: Library, tmp_path: Path
) -> None:
    async with opened(on=holding) as app:
        holding.path.chmod(0o400)
        await app.press("asterisk", "n")
        await app.type("precious")
        app.screen.leave(hurry=True)
        await app.settle()
        assert app.pilot.app._exit
    (rescued,) = rescued_in(tmp_path)
    text = content_of(rescued).decode()
    assert "- Starred “Robust" in text
    assert "- Wrote a note on “Robust" in text
    assert text.endswith("\n\nprecious\n")
    assert "Goldilocks" not in text, "a note that is on the disk is safe there"
    assert rescued.stat().st_mode & 0o077 == 0


def test_a_rescue_goes_elsewhere_when_the_disk_of_the_library_is_full(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc to know which file is meant")
    from readlist.tui.note_rescue import rescue_note

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    fsync = os.fsync

    def full_here(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").readlink().parent == elsewhere:
            return fsync(descriptor)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full_here)
    assert rescue_note("precious", library.path).parent == elsewhere
    assert not rescued_in(tmp_path), "no empty file stays behind"


async def test_the_file_is_completed_when_nothing_happens_for_a_while(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("asterisk")
        assert lacks_something(library)
        await app.screen._round()
        assert lacks_something(library), "too soon"
        await time_passes(app)
        assert not lacks_something(library)
        with TinyDB(library.path, access_mode="r", encoding="utf-8") as stock:
            assert sum(document.get("star", False) for document in stock.table("papers").all()) == 2


async def test_the_file_is_not_completed_while_the_user_is_at_work(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("asterisk")
        for key in ("j", "n", "x"):
            app.screen._fold_at = 0.0
            await app.press(key)
            await app.screen._round()
            assert lacks_something(library), key


async def test_what_another_window_did_at_the_wrong_moment_is_shown(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("asterisk")
        Library.open(library.path, who="tester").edit([app.paper(SECOND).id], star=True)
        await app.screen._fold()  # comes upon it before the look outside does
        await app.settle()
        assert "5 Starred 3" in app.text_of("#shelves")


async def test_a_file_damaged_meanwhile_costs_nothing_that_is_held(opened: Open, holding: Library) -> None:
    async with opened(on=holding) as app:
        with disk_full():
            await app.press("asterisk")
        content = content_of(holding.path)
        replace(holding.path, b"garbage")
        await app.press("ctrl+s")
        assert "left untouched" in app.toasts
        assert "1 change not saved" in app.text_of("#status")
        replace(holding.path, content)
        await app.press("ctrl+s")
        assert "on the disk now" in app.toasts
    assert stored(holding, FIRST).star


async def test_a_change_asked_for_while_the_file_is_completed_comes_after_it(
    opened: Open, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, begun = threading.Event(), threading.Event()
    settle = Library.settle

    def slow(self: Library) -> bool:
        begun.set()
        gate.wait(10)
        return settle(self)

    monkeypatch.setattr(Library, "settle", slow)
    async with opened() as app:
        await app.press("asterisk")
        folding = asyncio.ensure_future(app.screen._fold())
        await asyncio.to_thread(begun.wait, 10)
        await app.pilot.press("j", "r")
        assert app.current.startswith(SECOND), "the keys are answered meanwhile"
        gate.set()
        await folding
        await app.settle()
    assert stored(library, SECOND).status is Status.READ


async def test_when_the_file_cannot_be_completed_nothing_is_lost_and_nobody_alarmed(
    opened: Open, holding: Library
) -> None:
    async with opened(on=holding) as app:
        await app.press("asterisk")
        with disk_full():
            app.pilot.app.clear_notifications()
            await time_passes(app)
            assert app.toasts == ""
            await app.press("q")
            assert app.pilot.app._exit
    assert stored(holding, FIRST).star


async def test_after_quitting_any_program_sees_everything_in_the_file(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("asterisk", "q")
    assert not library.path.with_name("library.json.journal").exists()
    with TinyDB(library.path, access_mode="r", encoding="utf-8") as stock:
        assert sum(document.get("star", False) for document in stock.table("papers").all()) == 2


async def test_a_long_end_is_told(opened: Open, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    close = Library.close

    def slow(self: Library) -> None:
        gate.wait(10)
        close(self)

    monkeypatch.setattr(Library, "close", slow)
    monkeypatch.setattr("readlist.tui.screens.leaving._SILENT_WAIT", 0.01)
    async with opened() as app:
        await app.pilot.press("q")
        await app.pilot.pause(0.1)
        assert "Completing the library file…" in app.toasts
        assert not app.pilot.app._exit
        await app.pilot.press("r")
        await app.pilot.pause()
        gate.set()
        await app.settle()
        assert app.pilot.app._exit
    assert stored(library, FIRST).status is Status.UNREAD


async def test_there_is_a_journal_to_follow_other_windows_in(opened: Open, library: Library) -> None:
    library.close()
    journal = library.path.with_name("library.json.journal")
    assert not journal.exists()
    async with opened(on=Library.open(library.path, who="tester")) as app:
        assert journal.exists()
        Library.open(library.path, who="tester").edit([app.paper(FIRST).id], star=True)
        await app.screen._look_outside()
        await app.settle()
        assert "5 Starred 2" in app.text_of("#shelves")


async def test_what_was_recovered_is_said_at_the_start(opened: Open, library: Library) -> None:
    star_and_be_killed(library.path)
    async with opened(on=Library.open(library.path, who="tester")) as app:
        assert "Recovered 1 change from the journal" in app.toasts
        assert "Starred" in app.toasts


async def test_a_warning_that_comes_later_is_told_once(opened: Open, library: Library) -> None:
    async with opened() as app:
        library._warnings.append("Something was set aside")
        await app.press("r")
        assert "Something was set aside" in app.toasts
        assert "Marked “Robust" in app.toasts
        await app.press("r")
        assert "Something" not in app.toasts


async def test_text_of_both_windows_is_in_the_editor_after_saving(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("n")
        await app.type("mine")
        Library.open(library.path, who="tester").edit([app.paper(FIRST).id], note="theirs")
        await app.press("ctrl+s")
        assert "theirs" in app.text_of("NoteEditor")
        await app.type("!")
        await app.press("escape")
    assert stored(library, FIRST).note == "theirs\n\nmine!"


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (100, 30), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("theme", ["readlist-dark", "readlist-light"])
def test_the_sign_on_the_screen(
    snap_compare: Any, holding: Library, size: tuple[int, int], theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readlist.tui.screens.saving._RETRY", 3600.0)

    async def refuse(pilot: Any) -> None:
        with disk_full():
            for key in ("j", "asterisk", "j", "r"):
                await pilot.press(key)
                await pilot.app.workers.wait_for_complete()
                await pilot.pause()
        await pilot.pause(0.1)
        await pilot.app.workers.wait_for_complete()

    assert snap_compare(ReadlistApp(holding, Config(theme=theme)), terminal_size=size, run_before=refuse)
