"""A confirmed change survives; a change that failed has changed nothing."""

import contextlib
import errno
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readlist.library import atomic
from readlist.library.errors import LibraryBusyError, LibraryError
from readlist.library.library import Library
from readlist.paper import Paper, Status

Open = Callable[..., Library]


def litter(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir() if entry.name.endswith(".tmp")]


def test_the_content_is_on_the_disk_before_the_name_and_the_name_before_all_is_settled(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []
    real_fsync, real_fdatasync, real_replace = os.fsync, os.fdatasync, os.replace

    def name_of(descriptor: int) -> str:
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        return "folder" if folder else Path(f"/proc/self/fd/{descriptor}").readlink().name

    def fsync(descriptor: int) -> None:
        seen.append(("fsync", name_of(descriptor)))
        real_fsync(descriptor)

    def fdatasync(descriptor: int) -> None:
        seen.append(("fdatasync", name_of(descriptor)))
        real_fdatasync(descriptor)

    def replace(source: Any, target: Any) -> None:
        assert Path(source).parent == Path(target).parent == path.parent
        seen.append(("replace", Path(source).name))
        real_replace(source, target)

    library.edit(list(library.papers)[:1], note="the journal is there")
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "fdatasync", fdatasync)
    monkeypatch.setattr(os, "replace", replace)
    library.edit(list(library.papers), star=True)
    assert seen == [("fdatasync", "library.json.journal")]
    library.settle()
    temporary = seen[1][1]
    assert temporary.startswith(".library.json.")
    assert seen[1:5] == [
        ("fsync", temporary),
        ("fdatasync", "library.json.journal"),
        ("replace", temporary),
        ("fsync", "folder"),
    ]


def test_a_change_writes_one_page_whatever_the_library_holds(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = next(iter(library.papers))
    library.edit([first], abstract="long " * 50_000)
    written: list[int] = []
    real = os.write

    def write(descriptor: int, data: Any) -> int:
        written.append(real(descriptor, data))
        return written[-1]

    monkeypatch.setattr(os, "write", write)
    for status in (Status.READ, Status.READING, Status.UNREAD):
        library.edit([first], status=status)
    assert written == [4096] * 3
    assert path.stat().st_size < 10_000  # what a change costs is not put off to the next


APPENDING = [("write", errno.ENOSPC), ("write", errno.EIO), ("fdatasync", errno.EIO), ("fdatasync", errno.ENOSPC)]
FOLDING = [
    ("open", errno.EACCES),
    ("open", errno.ENOSPC),
    ("fchmod", errno.EPERM),
    ("write", errno.ENOSPC),
    ("write", errno.EIO),
    ("fsync", errno.EIO),
    ("fsync", errno.ENOSPC),
    ("fdatasync", errno.EIO),
    ("fstat", errno.EIO),
    ("replace", errno.EROFS),
    ("replace", errno.EIO),
]


class Fault:
    """Lets the n-th call of a function of `os` fail; calls that are about the lock file do not count."""

    def __init__(self, patched: pytest.MonkeyPatch, function: str, number: int, nth: int) -> None:
        self.fired = False
        real, calls = getattr(os, function), 0

        def faulty(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            name = str(Path(f"/proc/self/fd/{args[0]}").readlink()) if isinstance(args[0], int) else str(args[0])
            if not name.endswith(".lock"):
                calls += 1
                if calls == nth:
                    self.fired = True
                    raise OSError(number, os.strerror(number))
            return real(*args, **kwargs)

        patched.setattr(os, function, faulty)


def reason(number: int) -> str:
    return "disk full" if number == errno.ENOSPC else os.strerror(number)


@pytest.mark.parametrize("fault", APPENDING)
def test_a_change_that_cannot_be_confirmed_has_changed_nothing_and_says_why(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch, fault: tuple[str, int]
) -> None:
    library.edit(list(library.papers)[:1], note="earlier")
    papers = library.papers
    with monkeypatch.context() as patched:
        Fault(patched, *fault, nth=1)
        with pytest.raises(LibraryError, match=re.escape(f"({reason(fault[1])}); nothing was changed")) as failed:
            library.edit(list(library.papers), star=True)
    assert str(failed.value).startswith(f"{path}: cannot be written ")
    assert library.papers is papers
    assert Library.open(path).papers == papers
    assert library.edit(list(library.papers), star=True)  # works again when the fault is gone
    assert Library.open(path).papers == library.papers


@pytest.mark.parametrize("fault", FOLDING)
@pytest.mark.parametrize("nth", [1, 2])
def test_a_fold_that_fails_at_any_step_loses_nothing_and_says_why(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch, fault: tuple[str, int], nth: int
) -> None:
    library.edit(list(library.papers)[:1], note="confirmed")
    file, papers = path.read_bytes(), library.papers
    with monkeypatch.context() as patched:
        made = Fault(patched, *fault, nth=nth)
        try:
            library.settle()
        except LibraryError as error:
            failed = str(error)
        else:
            failed = ""
    if not made.fired or not failed:  # a reserve that could not be made is no reason to fail
        assert not failed
        assert fault[0] in {"write", "fdatasync"} or not made.fired
        return
    assert re.fullmatch(
        rf"{re.escape(str(path))}(\.journal)?: cannot be (read|written) \({re.escape(reason(fault[1]))}\).*", failed
    )
    assert path.read_bytes() == file
    assert library.papers is papers
    assert Library.open(path).papers == papers
    assert not litter(path.parent)
    assert library.settle()
    assert Library.open(path).papers == library.papers == papers


@pytest.mark.parametrize(("function", "nth"), [("fsync", 1), ("fsync", 2), ("write", 1), ("replace", 1)])
def test_a_new_library_that_could_not_be_written_is_not_there(
    path: Path, open_library: Open, monkeypatch: pytest.MonkeyPatch, function: str, nth: int
) -> None:
    library = open_library()
    with monkeypatch.context() as patched:
        Fault(patched, function, errno.EIO, nth)
        with pytest.raises(LibraryError, match="Input/output error"):
            library.create([Paper(title="Seed")])
    assert library.is_new
    assert not path.exists()
    assert library.create([Paper(title="Seed")])


def test_short_writes_are_carried_on(library: Library, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data[:100])))
    library.edit(list(library.papers), star=True)
    assert Library.open(path).papers == library.papers


def test_a_file_system_without_hard_links_serves_too(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_args: Any, **_kwargs: Any) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)
    library.edit(list(library.papers), star=True)
    assert all(paper.star for paper in Library.open(path).papers.values())


def test_mode_is_kept(library: Library, path: Path) -> None:
    path.chmod(0o640)
    library.edit(list(library.papers), star=True)
    assert path.stat().st_mode & 0o7777 == 0o640


def test_a_symbolic_link_stays_one_and_both_names_share_the_lock(
    tmp_path: Path, open_library: Open, library: Library, path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.json"
    link.symlink_to(path)
    through = open_library(link)
    through.edit(list(through.papers), star=True)
    assert link.is_symlink()
    assert library.reload()
    assert library.papers == through.papers
    assert [entry.name for entry in link.parent.iterdir()] == ["link.json"]


def test_a_read_only_file_is_not_replaced(library: Library, path: Path) -> None:
    path.chmod(0o400)
    before = path.read_bytes()
    with pytest.raises(LibraryError, match=r"the file is read-only.; nothing was changed"):
        library.edit(list(library.papers), star=True)
    assert path.read_bytes() == before
    assert not any(paper.star for paper in library.papers.values())


def test_a_folder_that_vanished_is_said_and_not_made_again(tmp_path: Path, open_library: Open) -> None:
    where = tmp_path / "disk" / "library.json"
    library = open_library(where)
    library.create([Paper(title="Seed")])
    (tmp_path / "disk").rename(tmp_path / "unmounted")
    with pytest.raises(LibraryError, match="its folder is not there"):
        library.edit(list(library.papers), star=True)
    assert not where.parent.exists()


def test_waiting_for_another_writer_is_bounded_and_names_it(path: Path, library: Library) -> None:
    impatient = Library.open(path, who="bob")
    impatient._file._wait = 0.05
    with library._file.locked(), pytest.raises(LibraryBusyError) as busy:
        impatient.edit(list(library.papers), star=True)
    assert f"process {os.getpid()} (" in str(busy.value)
    assert str(busy.value).endswith("has been changing the library for 0.05 s; nothing was changed, try again")
    assert impatient.edit(list(library.papers), star=True)


def test_a_lock_file_that_was_tidied_away_still_keeps_writers_apart(path: Path, library: Library) -> None:
    library.edit(list(library.papers), star=True)
    path.with_name("library.json.lock").unlink()
    other = Library.open(path, who="bob")
    other._file._wait = 0.05
    with library._file.locked(), pytest.raises(LibraryBusyError):
        other.edit(list(library.papers), star=False)


@pytest.mark.parametrize("name", ["library.json.journal", "library.json.lock", "library.json.backups"])
def test_a_link_that_somebody_has_laid_is_not_followed(tmp_path: Path, path: Path, library: Library, name: str) -> None:
    library.close()
    victim = tmp_path / "elsewhere"
    victim.mkdir() if name.endswith("backups") else victim.write_text("precious")
    for there in (path.with_name(name),):
        if there.is_dir():
            shutil.rmtree(there)
        there.unlink(missing_ok=True)
        there.symlink_to(victim)
    with contextlib.suppress(LibraryError):
        Library.open(path).edit(list(library.papers), star=True)
    assert list(victim.iterdir()) == [] if victim.is_dir() else victim.read_text() == "precious"


def test_new_files_are_the_users_alone(path: Path, library: Library) -> None:
    library.edit(list(library.papers), star=True)
    made = {entry.name: entry.stat().st_mode & 0o777 for entry in path.parent.glob("library*")}
    assert made == {
        "library.json": 0o600,
        "library.json.journal": 0o600,
        "library.json.lock": 0o600,
        "library.json.backups": 0o700,
    }


def test_what_killed_writers_left_is_swept_away(path: Path, library: Library, open_library: Open) -> None:
    stray, other = path.with_name(".library.json.0123456789abcdef.tmp"), path.with_name(".other.json.01.tmp")
    stray.write_text("half a li")
    other.write_text("not ours")
    open_library().edit(list(library.papers), star=True)
    assert not stray.exists()
    assert other.exists()


def test_folders_are_made_durably(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    atomic.make_folder(tmp_path / "a" / "b")
    assert synced == [tmp_path, tmp_path / "a"]


WRITER = """
import sys
from pathlib import Path
from readlist.library.library import Library
from readlist.paper import Paper, Status
library = Library.open(Path(sys.argv[1]), who="writer")
library.create([])
for number in range(10**6):
    title = f"{sys.argv[2]}-{number}"
    change = library.add([Paper(title=title)])
    library.edit(change.ids, note=title)
    print(title, flush=True)
"""


def test_nothing_that_was_confirmed_is_lost_by_a_kill(path: Path) -> None:
    dice = random.Random(7)  # noqa: S311 - where to kill, not a secret
    confirmed: list[str] = []
    for turn in range(20):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(turn)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout
        confirmed += [writer.stdout.readline().strip() for _ in range(dice.randrange(1, 12))]
        writer.send_signal(signal.SIGKILL)
        confirmed += writer.communicate()[0].split()
        notes = {paper.title: paper.note for paper in Library.open(path).papers.values()}
        assert all(notes[title] == title for title in confirmed)
        assert len(notes) <= len(confirmed) + turn + 1
    library = Library.open(path, who="writer")
    assert library.edit(list(library.papers), star=True)  # no stale lock
    assert not litter(path.parent)
