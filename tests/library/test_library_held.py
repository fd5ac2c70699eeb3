"""Changes that the disk does not take: kept in memory, shown, said, and written as soon as that can be done."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from readlist.library.backups import backups_of, folder_of
from readlist.library.errors import DamagedError, LibraryError, NotWrittenError
from readlist.library.library import Library
from readlist.paper import Paper, Status

Open = Callable[..., Library]


class Disk:
    """A disk that is full, or failing, as long as the test says so."""

    def __init__(self) -> None:
        self.fault = 0

    def check(self) -> None:
        if self.fault:
            raise OSError(self.fault, os.strerror(self.fault))


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk()

    def failing(real: Callable[[int], None]) -> Callable[[int], None]:
        def sync(descriptor: int) -> None:
            made.check()
            real(descriptor)

        return sync

    monkeypatch.setattr(os, "fdatasync", failing(os.fdatasync))
    monkeypatch.setattr(os, "fsync", failing(os.fsync))
    return made


@pytest.fixture
def window(library: Library, path: Path, clock: Callable[[], object]) -> Library:
    """The open app on a library of three papers that has been changed today."""
    library.edit(list(library.papers)[-1:], tags=("today",))
    library.close()
    return Library.open(path, clock=clock, who="ada", holds=True)  # type: ignore[arg-type]  # of datetimes, see there


def names(library: Library) -> list[str]:
    return [step.name for step in library.history() if not step.undone]


def test_a_change_that_finds_no_room_is_shown_said_and_not_on_the_disk(window: Library, path: Path, disk: Disk) -> None:
    first, *_ = window.papers
    before = window.papers
    disk.fault = errno.ENOSPC
    change = window.edit([first], star=True)
    assert change
    assert change.held == "disk full"
    assert change.name == "Starred “On the L_∞ norm of reading lists, part 0”"
    assert change.ids == (first,)
    assert window.papers[first].star
    assert (window.held, window.trouble) == ((change.name,), "disk full")
    assert window.can_undo == change.name
    assert Library.open(path).papers == before
    assert window.edit([first], star=True) is None  # it is so already
    assert window.held == (change.name,)


def test_without_being_asked_to_hold_it_is_an_error(library: Library, disk: Disk) -> None:
    before = library.papers
    disk.fault = errno.EIO
    with pytest.raises(NotWrittenError, match="Input/output error"):
        library.edit(list(before), star=True)
    assert library.papers is before
    assert (library.held, library.trouble) == ((), "")


def test_the_next_change_writes_what_is_held_first(window: Library, path: Path, disk: Disk) -> None:
    first, second, third = window.papers
    disk.fault = errno.ENOSPC
    window.edit([first], note="one")
    window.edit([first, second], note="two")
    assert len(window.held) == 2
    disk.fault = 0
    change = window.edit([third], note="three")
    assert change
    assert change.held == ""
    assert list(window.held) == []
    assert window.trouble == ""
    again = Library.open(path)
    assert again.papers == window.papers
    assert [paper.note for paper in again.papers.values()] == ["two", "two", "three"]
    assert [name.partition(" “")[0] for name in names(again)[:3]] == [
        "Wrote a note on",
        "Changed the note on 2 papers",
        "Wrote a note on",
    ]
    for expected in (["two", "two", ""], ["one", "", ""], ["", "", ""]):
        window.undo()
        assert [paper.note for paper in window.papers.values()] == expected


def test_trying_again_says_why_not_and_then_writes_everything(window: Library, path: Path, disk: Disk) -> None:
    first, second, _ = window.papers
    disk.fault = errno.ENOSPC
    window.edit([first], star=True)
    window.delete([second])
    disk.fault = errno.EIO
    with pytest.raises(NotWrittenError, match="Input/output error") as refused:
        window.retry()
    assert refused.value.reason == window.trouble == "Input/output error"
    assert len(window.held) == 2
    assert window.papers[first].star
    assert second in window.trash
    disk.fault = 0
    assert window.retry() == 0
    assert list(window.held) == []
    again = Library.open(path)
    assert (again.papers, again.trash) == (window.papers, window.trash)
    assert window.retry() == 0


def test_what_can_be_written_of_several_is_written(
    window: Library, path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _ = window.papers
    disk.fault = errno.ENOSPC
    window.edit([first], note="one")
    window.edit([second], note="two")
    disk.fault, real, room = 0, os.fdatasync, 1

    def sync(descriptor: int) -> None:
        nonlocal room
        room -= 1
        if room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", sync)
        with pytest.raises(NotWrittenError):
            window.retry()
    assert len(window.held) == 1
    assert [paper.note for paper in window.papers.values()] == ["one", "two", ""]
    assert [paper.note for paper in Library.open(path).papers.values()] == ["one", "", ""]
    window.retry()
    assert Library.open(path).papers == window.papers


def test_what_others_change_meanwhile_lies_below_what_is_held(
    window: Library, path: Path, disk: Disk, open_library: Open
) -> None:
    first, second, _ = window.papers
    disk.fault = errno.ENOSPC
    window.edit([first], note="mine")
    disk.fault = 0
    other = open_library(who="grace")
    other.edit([first], star=True)
    other.edit([first, second], note="theirs")
    assert window.reload()
    assert (window.papers[first].note, window.papers[first].star) == ("mine", True)
    assert window.papers[second].note == "theirs"
    assert len(window.held) == 1
    assert not window.reload()
    window.retry()
    assert Library.open(path).papers == window.papers
    window.undo()
    assert window.papers[first].note == "theirs"


def test_a_held_change_can_be_taken_back(window: Library, path: Path, disk: Disk) -> None:
    before, (first, *_) = dict(window.papers), window.papers
    disk.fault = errno.ENOSPC
    window.edit([first], status=Status.READ)
    change = window.undo()
    assert change
    assert change.held == "disk full"
    assert dict(window.papers) == before
    assert window.can_redo
    again = window.redo()
    assert again
    assert window.papers[first].status is Status.READ
    window.undo()
    disk.fault = 0
    window.retry()
    assert dict(window.papers) == before == dict(Library.open(path).papers)
    assert window.can_redo == "Marked “On the L_∞ norm of reading lists, part 0” read"


def test_a_held_undo_takes_back_what_it_said_whatever_comes_meanwhile(
    window: Library, path: Path, disk: Disk, open_library: Open
) -> None:
    first, second, _ = window.papers
    window.edit([first], star=True)
    disk.fault = errno.ENOSPC
    change = window.undo()
    assert change
    assert change.name == "Undid: Starred “On the L_∞ norm of reading lists, part 0”"
    disk.fault = 0
    open_library().edit([second], note="from my other window")
    window.reload()
    assert (window.papers[first].star, window.papers[second].note) == (False, "from my other window")
    window.retry()
    again = Library.open(path)
    assert (again.papers[first].star, again.papers[second].note) == (False, "from my other window")


def test_a_held_paper_keeps_its_id_and_what_is_written_on_it(window: Library, path: Path, disk: Disk) -> None:
    disk.fault = errno.ENOSPC
    change = window.add([Paper(title="Added on a full disk")])
    assert change
    (added,) = change.ids
    assert window.edit([added], note="Precious")
    assert window.papers[added].note == "Precious"
    disk.fault = 0
    assert window.retry() == 0
    assert window.warnings == ()
    assert window.papers[added].note == "Precious"
    assert Library.open(path).papers[added].note == "Precious"


def test_a_new_library_on_a_full_disk_is_held_as_well(path: Path, disk: Disk) -> None:
    window = Library.open(path, who="ada", holds=True)
    disk.fault = errno.ENOSPC
    change = window.create([Paper(title="Seed")])
    assert change
    assert change.held == "disk full"
    assert list(window.papers) == list(change.ids)
    assert not window.is_new
    assert not path.exists()
    window.edit(change.ids, note="Precious")
    disk.fault = 0
    assert window.retry() == 0
    assert [paper.note for paper in Library.open(path).papers.values()] == ["Precious"]
    assert Library.open(path).papers == window.papers


def test_a_held_merge_waits_for_its_backup(window: Library, path: Path) -> None:
    first, second, _ = window.papers
    folder = folder_of(path)
    folder.rename(path.with_name("aside"))
    folder.write_text("in the way")
    change = window.merge(first, [second])
    assert change
    assert "library.json.backups" in change.held
    assert set(window.trash) == {second}
    with pytest.raises(NotWrittenError, match="there can be no backup"):
        window.retry()
    assert second in Library.open(path).papers
    folder.unlink()
    assert window.retry() == 0
    assert second in Library.open(path).trash
    assert [backup.reason for backup in backups_of(path)] == ["before merge"]


def test_a_read_only_file_holds_changes_until_it_may_be_written(window: Library, path: Path) -> None:
    first, *_ = window.papers
    content = path.read_bytes()
    path.chmod(0o400)
    change = window.edit([first], star=True)
    assert change
    assert change.held == window.trouble == "the file is read-only"
    assert path.read_bytes() == content
    path.chmod(0o600)
    assert window.retry() == 0
    assert Library.open(path).papers[first].star


def test_a_folder_that_is_gone_for_a_while_holds_changes(tmp_path: Path) -> None:
    where = tmp_path / "disk" / "library.json"
    Library.open(where).create([Paper(title="Seed")])
    window = Library.open(where, who="ada", holds=True)
    (first,) = window.papers
    window.edit([first], note="on the disk")
    (tmp_path / "disk").rename(tmp_path / "unmounted")
    assert not window.reload()
    change = window.edit([first], star=True)
    assert change
    assert change.held == window.trouble == "its folder is not there"
    assert (window.papers[first].note, window.papers[first].star) == ("on the disk", True)
    with pytest.raises(NotWrittenError):
        window.retry()
    assert not where.parent.exists()
    (tmp_path / "unmounted").rename(tmp_path / "disk")
    assert window.retry() == 0
    again = Library.open(where)
    assert (again.papers[first].note, again.papers[first].star) == ("on the disk", True)


def test_a_writer_that_keeps_the_lock_holds_changes(window: Library, path: Path, open_library: Open) -> None:
    first, *_ = window.papers
    window._file._wait = 0.05
    other = open_library()
    with other._file.locked():
        change = window.edit([first], star=True)
    assert change
    assert change.held == "another readlist is changing it"
    assert window.retry() == 0
    assert Library.open(path).papers[first].star


def purge_elsewhere(identifier: str, open_library: Open) -> None:
    other = open_library(who="grace")
    other.delete([identifier])
    other.purge([identifier])


GONE = (
    "could not be kept: The paper is not in the library any more; nothing was changed; the note was: "
    "Nobody reads it any more"
)


def test_what_was_held_of_a_paper_that_is_gone_meanwhile_is_told(
    window: Library, disk: Disk, open_library: Open
) -> None:
    first, second, _ = window.papers
    disk.fault = errno.ENOSPC
    lost = window.edit([first], note="Nobody reads it any more")
    kept = window.edit([second], note="Kept")
    assert lost
    assert kept
    disk.fault = 0
    purge_elsewhere(first, open_library)
    assert window.reload()
    assert window.warnings == (f"{lost.name} {GONE}",)
    assert window.held == (kept.name,)
    assert first not in window.papers
    assert window.papers[second].note == "Kept"


def test_trying_again_goes_on_behind_what_cannot_be_kept(
    window: Library, path: Path, disk: Disk, open_library: Open
) -> None:
    first, second, _ = window.papers
    disk.fault = errno.ENOSPC
    lost = window.edit([first], note="Nobody reads it any more")
    window.edit([second], note="Kept")
    assert lost
    disk.fault = 0
    purge_elsewhere(first, open_library)
    assert window.retry() == 0
    assert window.warnings == (f"{lost.name} {GONE}",)
    assert window.papers[second].note == "Kept"
    assert Library.open(path).papers == window.papers


def test_what_is_held_stays_when_the_file_becomes_unreadable(window: Library, path: Path, disk: Disk) -> None:
    first, *_ = window.papers
    disk.fault = errno.ENOSPC
    change = window.edit([first], note="Precious")
    assert change
    disk.fault = 0
    sound = path.read_bytes()
    path.write_bytes(b"garbage of somebody else")
    for attempt in (window.retry, lambda: window.edit([first], star=True)):
        with pytest.raises(DamagedError):
            attempt()
        assert window.held == (change.name,)
        assert window.papers[first].note == "Precious"
    assert path.read_bytes() == b"garbage of somebody else"
    path.write_bytes(sound)
    assert window.retry() == 0
    assert Library.open(path).papers[first].note == "Precious"


# Notes that are written in two windows


def test_a_note_written_in_two_windows_holds_both_texts(library: Library, open_library: Open) -> None:
    first, *_ = library.papers
    library.write_note(first, "Old.", seen="")
    open_library(who="grace").write_note(first, "Theirs.", seen="Old.")
    change = library.write_note(first, "Mine.", seen="Old.")
    assert change
    assert library.papers[first].note == "Theirs.\n\nMine."
    library.undo()
    assert library.papers[first].note == "Theirs."


def test_a_note_that_others_left_alone_is_replaced(library: Library, open_library: Open) -> None:
    first, *_ = library.papers
    library.write_note(first, "Old.", seen="")
    open_library(who="grace").edit([first], star=True)
    library.write_note(first, "New.", seen="Old.")
    assert library.papers[first].note == "New."
    assert library.write_note(first, "New.", seen="Old.") is None
    open_library(who="grace").write_note(first, "New.\n\nAnd more.", seen="New.")
    library.write_note(first, "New.", seen="Old.")
    assert library.papers[first].note == "New.\n\nAnd more."


def test_a_note_on_a_paper_that_is_gone_is_refused(library: Library, open_library: Open) -> None:
    first, *_ = library.papers
    purge_elsewhere(first, open_library)
    with pytest.raises(LibraryError, match="not in the library any more"):
        library.write_note(first, "Mine.", seen="")


def test_a_held_note_and_one_of_another_window_are_both_kept(
    window: Library, path: Path, disk: Disk, open_library: Open
) -> None:
    first, *_ = window.papers
    disk.fault = errno.ENOSPC
    window.write_note(first, "Mine.", seen="")
    window.write_note(first, "Mine, longer.", seen="Mine.")
    disk.fault = 0
    open_library(who="grace").write_note(first, "Theirs.", seen="")
    window.reload()
    assert "Theirs." in window.papers[first].note
    assert "Mine, longer." in window.papers[first].note
    window.retry()
    note = Library.open(path).papers[first].note
    assert note == window.papers[first].note
    assert "Theirs." in note
    assert "Mine, longer." in note
