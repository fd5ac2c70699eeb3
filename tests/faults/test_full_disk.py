"""A disk that is full, for real: a small one in memory, filled to the last page or the last file."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from faults.fault_writer import (
    ONE,
    SERIES,
    WHO,
    Change,
    Looker,
    begin,
    begun,
    carry_out,
    litter_beside,
    seen_by_tinydb,
    seen_in,
    ticking,
)

from readlist.library.errors import LibraryError
from readlist.library.library import Library

SCALE = os.environ.get("FAULT_TRIES", "ci")
PAGES = {"ci": 48, "long": 160}[SCALE]
FILES = 8
PAGE = 4096
FULL = re.compile(r"library\.json.*(No space left on device|disk (is )?full)", re.IGNORECASE)


class SmallDisk:
    """A file system in memory at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def leave_pages(self, pages: int) -> None:
        """Fill it up except for so many pages of 4,096 bytes."""
        state = os.statvfs(self.folder)
        self._ballast.write_bytes(b"x" * (state.f_bavail * state.f_frsize - pages * PAGE))

    def leave_files(self, files: int) -> None:
        """Fill it up so that only so many files can still be made, however small."""
        self._ballast.mkdir()
        for number in range(os.statvfs(self.folder).f_favail - files):
            (self._ballast / str(number)).touch()

    def make_room(self) -> None:
        """Take away what filled it."""
        if self._ballast.is_dir():
            shutil.rmtree(self._ballast)
        self._ballast.unlink(missing_ok=True)

    def replace_by_larger(self, size: str) -> None:
        """As if all had been moved to a larger disk."""
        _run("mount", "-o", f"remount,size={size}", str(self.folder))


Mount = Callable[[str], SmallDisk]
Tell = Callable[[str, int], None]


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Mount]:
    """Mount a small disk with the given options; it is gone after the test."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(options: str) -> SmallDisk:
        try:
            done = _run("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder))
        except FileNotFoundError:
            pytest.skip("there is no mount command: no small disk can be made")
        if done.returncode:
            pytest.skip(f"a small disk may not be mounted here ({done.stderr.strip()})")
        return SmallDisk(folder)

    try:
        yield mount
    finally:
        if folder.is_mount() and _run("umount", str(folder)).returncode:  # a test that failed has left a file open
            _run("umount", "-l", str(folder))


@pytest.fixture
def tell(record_property: Callable[[str, object], None], capsys: pytest.CaptureFixture[str]) -> Tell:
    """Say how many tries there were; whoever comes so far has lost nothing."""

    def say(faults: str, tries: int) -> None:
        record_property(faults, f"{tries} tries, 0 lost")
        if SCALE == "long":
            with capsys.disabled():
                print(f"\n{faults} | {tries} | 0")

    return say


@pytest.fixture(scope="module")
def looker() -> Iterator[Looker]:
    made = Looker()
    yield made
    made.end()


def _opened(path: Path) -> Library:
    return Library.open(path, clock=ticking(), who=WHO)


class Window:
    """A library in use, with the model of what it should hold."""

    def __init__(self, path: Path, looker: Looker) -> None:
        self.library, self.model = begin(path), begun()
        self._looker = looker

    def refuses(self, change: Change) -> bool:
        """Carry out ``change``; True when it was refused: then nothing may have changed."""
        why = ""
        try:
            done = carry_out(self.library, change)
        except LibraryError as error:
            why = str(error)
        if why:
            assert FULL.search(why), why
            assert "\n" not in why
            assert self._looker.seen_in(self.library.path) == self.model.state, change
        else:
            assert done == self.model.apply(change), change
        assert seen_in(self.library) == self.model.state, change
        return bool(why)

    def ends_well(self) -> None:
        """Close, and see that all is there and nothing else."""
        path = self.library.path
        self.library.close()
        assert seen_by_tinydb(path) == self._looker.seen_in(path) == self.model.state
        assert litter_beside(path) == []


def test_a_library_that_fills_its_disk_keeps_all_that_was_confirmed(mounted: Mount, looker: Looker, tell: Tell) -> None:
    disk = mounted("size=1m")
    window = Window(disk.folder / "library.json", looker)
    note = "There is so much to say. " * 800  # 20 kB
    added = 0
    while not window.refuses(more := Change("add", [f"{2 * 10**15 + added}"], {"title": "More", "note": note})):
        added += 1
    assert added > 10
    for change in (Change("settle"), Change("edit", [ONE], {"star": True}), Change("undo"), Change("close")):
        window.refuses(change)
    assert looker.seen_in(window.library.path) == window.model.state
    disk.replace_by_larger("8m")
    window.library = _opened(window.library.path)
    assert not window.library.damaged
    for change in (more, Change("edit", [ONE], {"star": True}), Change("undo"), Change("settle")):
        assert not window.refuses(change), change
    window.ends_well()
    tell("a library fills its disk", added)


def test_with_room_for_any_number_of_pages_a_change_is_made_in_full_or_refused(
    mounted: Mount, looker: Looker, tell: Tell
) -> None:
    disk = mounted("size=2m")
    refusals = [_with_little_room(disk, looker, partial(disk.leave_pages, pages)) for pages in range(PAGES)]
    assert refusals[0] > 0
    assert refusals[-1] == 0, "there never was enough room"
    tell("a disk with room for a few pages", PAGES)


def test_with_room_for_any_number_of_files_a_change_is_made_in_full_or_refused(
    mounted: Mount, looker: Looker, tell: Tell
) -> None:
    disk = mounted("size=2m,nr_inodes=64")
    refusals = [_with_little_room(disk, looker, partial(disk.leave_files, files)) for files in range(FILES)]
    assert refusals[0] > 0
    assert refusals[-1] == 0, "there never was enough room"
    tell("a disk with room for a few files", FILES)


def _with_little_room(disk: SmallDisk, looker: Looker, fill: Callable[[], None]) -> int:
    """Make the series of changes after ``fill``, and what was refused again when there is room; returns how many."""
    folder = disk.folder / "list"
    folder.mkdir()
    window = Window(folder / "library.json", looker)
    fill()
    refused = [change for change in (*SERIES, Change("settle")) if window.refuses(change)]
    assert looker.seen_in(window.library.path) == window.model.state
    disk.make_room()
    for change in refused:
        assert not window.refuses(change), change
    window.ends_well()
    shutil.rmtree(folder)
    return len(refused)


def test_a_library_that_found_no_room_is_not_there_and_can_be_made_later(mounted: Mount, looker: Looker) -> None:
    disk = mounted("size=64k")
    path = disk.folder / "library.json"
    disk.leave_pages(0)
    library = _opened(path)
    with pytest.raises(LibraryError, match=FULL.pattern):
        library.create([])
    assert library.is_new
    assert not path.exists()
    assert looker.seen_in(path) == {}
    disk.make_room()
    assert library.create([])
    library.close()
    assert seen_by_tinydb(path) == {}
