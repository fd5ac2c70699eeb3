"""Replacing a file so that a crash at any instant leaves the old content or the new, never a part.

The order matters: the new content is on the disk (fsync) before it gets the name, and the name is on the disk (fsync of
the folder) before anybody is told. Source of the rule: rename(2) and fsync(2), which promise no more than this.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # asked with hasattr alone

NEW_FILE_MODE = 0o600
_SUFFIX = ".tmp"


def replace_file(
    path: Path, content: bytes | Iterable[bytes], announce: "Callable[[os.stat_result], object] | None" = None
) -> os.stat_result:
    """Make ``content`` the content of ``path``, durably; an existing file keeps its mode and, if permitted, owner.

    Args:
        path: where the file is or shall be; no symbolic link (rename would replace the link itself).
        content: the whole new content, or the pieces of it, which are made one after the other.
        announce: called with what `os.stat` says of the new file, when it is on the disk and has not got the name yet;
            may raise OSError, and nothing is changed then.

    Returns:
        What `os.stat` says of the new file.

    Raises:
        OSError: nothing was changed.
    """
    temporary, earlier = _beside(path), _beside(path)
    try:
        status = _write_new(temporary, (content,) if isinstance(content, bytes) else content, path)
        if announce is not None:
            announce(status)
        with _folder(path.parent) as folder:
            undo = _way_back(path, earlier)
            temporary.replace(path)
            try:
                sync(folder)
            except OSError:  # who is told "not written" must find the earlier content
                with suppress(OSError):  # the disk is failing: the first error tells the user more
                    undo()
                raise
    finally:
        for name in (temporary, earlier):
            with suppress(OSError):  # in the common case the one has become the file, the other remains
                name.unlink()
    return status


def sweep(path: Path) -> None:
    """Remove what writers of ``path`` that were killed have left; call it only while no other can be writing."""
    start = f".{path.name}."
    with suppress(OSError):  # litter is no reason to refuse work
        for entry in path.parent.iterdir():
            if entry.name.startswith(start) and entry.name.endswith(_SUFFIX):
                entry.unlink()


def make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it, for this user alone (as the XDG specification asks), durably.

    Raises:
        OSError: it cannot be made.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):  # another process was faster; a file of that name fails when it is used
        folder.mkdir(0o700)
    sync_folder(folder.parent)


def sync(descriptor: int) -> None:
    """Return when the file or folder is on the disk.

    Raises:
        OSError: it is not.
    """
    if hasattr(fcntl, "F_FULLFSYNC"):  # fsync(2) of macOS stops at the disk's own cache
        with suppress(OSError):  # a file system that does not know it
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_data(descriptor: int) -> None:
    """As `sync`; spares what is not needed to read the content again, such as the time of the change.

    Raises:
        OSError: it is not on the disk.
    """
    if hasattr(fcntl, "F_FULLFSYNC") or not hasattr(os, "fdatasync"):
        sync(descriptor)
    else:
        os.fdatasync(descriptor)


def read_at(descriptor: int, size: int, offset: int) -> bytes:
    """At most ``size`` bytes of an open file, from ``offset`` on.

    Raises:
        OSError: it cannot be read.
    """
    if hasattr(os, "pread"):
        return os.pread(descriptor, size, offset)
    os.lseek(descriptor, offset, os.SEEK_SET)  # Windows
    return os.read(descriptor, size)


def write_all(descriptor: int, content: bytes) -> None:
    """Write ``content`` at the place where an open file stands.

    Raises:
        OSError: it is not written, or only in part.
    """
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def close(descriptor: int) -> None:
    """Close a file or folder; an error is no news: it is closed, and what matters is on the disk already."""
    with suppress(OSError):
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Return when the names in ``folder`` are on the disk.

    Raises:
        OSError: they are not.
    """
    with _folder(folder) as descriptor:
        sync(descriptor)


def _beside(path: Path) -> Path:
    """A name in the same folder that nobody can foresee and put something else under."""
    return path.with_name(f".{path.name}.{os.urandom(8).hex()}{_SUFFIX}")


def _write_new(temporary: Path, content: Iterable[bytes], like: Path) -> os.stat_result:
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), NEW_FILE_MODE)
    try:
        take_after(descriptor, like)
        for piece in content:
            write_all(descriptor, piece)
        sync(descriptor)
        return os.fstat(descriptor)
    finally:
        close(descriptor)


def take_after(descriptor: int, like: Path) -> None:
    """Give an open file the mode and, if permitted, the owner of the file ``like``; nothing where there is none.

    Raises:
        OSError: it cannot have them.
    """
    try:
        old = like.stat()
    except FileNotFoundError:
        return
    if not hasattr(os, "fchmod"):  # Windows: a file takes after its folder
        return
    new = os.fstat(descriptor)
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
        with suppress(PermissionError):  # only root may give a file away
            os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))  # after fchown, which clears some bits


@contextmanager
def _folder(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        yield descriptor
    finally:
        close(descriptor)


def _way_back(path: Path, earlier: Path) -> Callable[[], object]:
    """Keep the present file under the second name ``earlier``; returns what undoes a replacement of ``path``."""
    try:
        earlier.hardlink_to(path)
    except FileNotFoundError:
        return path.unlink
    except OSError:  # a file system without hard links; the new content, all written, is better than none
        return lambda: None
    return lambda: earlier.replace(path)
