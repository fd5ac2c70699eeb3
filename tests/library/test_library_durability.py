"""A confirmed change survives; a change that failed has changed nothing."""

import errno
import os
import random
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
from readlist.library.lock import write_lock
from readlist.paper import Paper

Open = Callable[..., Library]


def litter(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir() if entry.name.endswith(".tmp")]


def test_the_content_is_on_the_disk_before_the_name_and_the_name_before_the_confirmation(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        seen.append(("fsync", "folder" if folder else Path(f"/proc/self/fd/{descriptor}").readlink().name))
        real_fsync(descriptor)

    def replace(source: Any, target: Any) -> None:
        assert Path(source).parent == Path(target).parent == path.parent
        seen.append(("replace", Path(source).name))
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    for _ in range(2):
        library.edit(list(library.papers), star=not next(iter(library.papers.values())).star)
    temporary, other = seen[0][1], seen[3][1]
    assert seen[:3] == [("fsync", temporary), ("replace", temporary), ("fsync", "folder")]
    assert temporary != other
    assert temporary.startswith(".library.json.")


FAULTS = [
    ("open", errno.EACCES),
    ("open", errno.ENOSPC),
    ("fchmod", errno.EPERM),
    ("write", errno.ENOSPC),
    ("write", errno.EIO),
    ("fsync", errno.EIO),
    ("fsync", errno.ENOSPC),
    ("fstat", errno.EIO),
    ("replace", errno.EROFS),
    ("replace", errno.EIO),
]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("nth", [1, 2])
def test_a_fault_at_any_step_leaves_the_earlier_state_and_says_why(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch, fault: tuple[str, int], nth: int
) -> None:
    function, number = fault
    library.edit(list(library.papers)[:1], note="earlier")
    file, papers = path.read_bytes(), library.papers
    real = getattr(os, function)
    calls = 0

    def faulty(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        if function == "open" and "lock" in str(args[0]):
            return real(*args, **kwargs)
        calls += 1
        if calls == nth:
            raise OSError(number, os.strerror(number))
        return real(*args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(os, function, faulty)
        try:
            library.edit(list(library.papers), star=True)
        except LibraryError as error:
            failed = str(error)
        else:
            failed = ""
    if calls < nth:
        assert not failed
        return
    assert failed.endswith(f"({os.strerror(number)}); nothing was changed")
    assert failed.startswith(f"{path}: cannot be ")
    assert path.read_bytes() == file
    assert library.papers is papers
    assert not litter(path.parent)
    assert library.edit(list(library.papers), star=True)  # works again when the fault is gone
    assert Library.open(path).papers == library.papers


@pytest.mark.parametrize(("function", "nth"), [("fsync", 1), ("fsync", 2), ("write", 1), ("replace", 1)])
def test_a_new_library_that_could_not_be_written_is_not_there(
    path: Path, open_library: Open, monkeypatch: pytest.MonkeyPatch, function: str, nth: int
) -> None:
    real, calls = getattr(os, function), 0

    def faulty(*args: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(*args)

    library = open_library()
    with monkeypatch.context() as patched:
        patched.setattr(os, function, faulty)
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
    with pytest.raises(LibraryError, match="the file is read-only; nothing was changed"):
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


def test_waiting_for_another_writer_is_bounded(library: Library, path: Path) -> None:
    library._storage._wait = 0.05
    with write_lock(path), pytest.raises(LibraryBusyError, match="another readlist has been changing the library"):
        library.edit(list(library.papers), star=True)
    assert library.edit(list(library.papers), star=True)


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
from readlist.paper import Paper
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
