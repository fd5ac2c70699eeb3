"""A TinyDB storage that cannot tear its file.

TinyDB's own JSONStorage writes in place: a kill or a full disk in the middle leaves a file that nobody can read. This
one replaces the file as a whole, under a lock, and reads it without one, since a replaced file is whole at any instant.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tinydb.storages import Storage

from readlist.library import atomic, layout
from readlist.library.errors import LibraryError, reason_of
from readlist.library.lock import WAIT_SECONDS, write_lock
from readlist.library.schema import Tables


class Stamp(NamedTuple):
    """Tells two contents of the file apart without reading them: every write makes a new inode."""

    modified: int
    """Nanoseconds since the epoch."""
    size: int
    """Bytes."""
    inode: int


class AtomicStorage(Storage):
    """The file of a TinyDB, replaced as a whole by every write.

    It serves TinyDB's own tables, and also `readlist.library.library.Library`, which changes several tables in one
    write. Documents that it has written are recognised by identity and not encoded again: they must not be changed
    in place (what `read` returns is new each time, so that TinyDB's tables may do with it as they like).

    One thread at a time may use a storage; any number of processes and storages may use one file.

    Args:
        path: the library file, or a symbolic link to it.
        wait: seconds to wait for the lock.
    """

    def __init__(self, path: str | Path, wait: float = WAIT_SECONDS) -> None:
        super().__init__()
        self.path = Path(path)
        self.stamp: Stamp | None = None
        """The content last read or written; None when there was no file."""
        self._wait = wait
        self._encoder = layout.Encoder()
        self._locked = False
        self._swept = False

    def read(self) -> Tables | None:
        """All tables; None, as TinyDB has it, when there is no file or an empty one.

        Raises:
            LibraryError: the file cannot be read, or its content is no TinyDB file.
        """
        try:
            content = self._content()
        except FileNotFoundError:
            self.stamp = None
            return None
        except OSError as error:
            raise LibraryError(f"{self.path}: cannot be read ({reason_of(error)})") from error
        return layout.decode(content, str(self.path)) or None

    def _content(self) -> bytes:
        if not stat.S_ISREG(self.path.stat().st_mode):  # opening a pipe would wait for ever
            raise LibraryError(f"{self.path}: this is no file but a folder or a device")
        with self.path.open("rb") as file:
            content = file.read()
            self.stamp = _stamp(os.fstat(file.fileno()))
        return content

    def write(self, data: Mapping[str, Any]) -> None:
        """Replace the file by ``data``; on the disk when this returns.

        Raises:
            LibraryError: nothing was written, and why; the file is as it was.
        """
        with self.locked():
            target = self._target()
            content = self._encoder.encode(data)
            try:
                if _is_read_only(target):
                    raise LibraryError(f"{self.path}: the file is read-only; nothing was changed")
                self.stamp = _stamp(atomic.replace_file(target, content))
            except OSError as error:
                raise LibraryError(
                    f"{self.path}: cannot be written ({reason_of(error)}); nothing was changed"
                ) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep all other writers out, in this process and others; `write` inside does not lock again.

        Raises:
            LibraryBusyError: another process holds the lock for too long.
            LibraryError: the folder cannot be locked.
        """
        if self._locked:
            yield
            return
        target = self._target()
        if not target.parent.is_dir():  # filelock would make it, on the empty mount point of a disk that has gone
            raise LibraryError(f"{self.path}: its folder is not there; nothing was changed")
        with write_lock(target, self._wait):
            self._locked = True
            try:
                if not self._swept:
                    atomic.sweep(target)
                    self._swept = True
                yield
            finally:
                self._locked = False

    def make_folder(self) -> None:
        """Make the folder of a library that does not exist yet.

        Raises:
            LibraryError: it cannot be made.
        """
        folder = self._target().parent
        try:
            atomic.make_folder(folder)
        except OSError as error:
            raise LibraryError(f"{folder}: the folder cannot be made ({reason_of(error)})") from error

    def current_stamp(self) -> Stamp | None:
        """The stamp of the file as it is now; None when there is none.

        Raises:
            LibraryError: the folder cannot be looked at.
        """
        try:
            return _stamp(self.path.stat())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise LibraryError(f"{self.path}: cannot be read ({reason_of(error)})") from error

    def sizes(self, table: str, documents: Mapping[str, Any]) -> list[int]:
        """How many bytes of the file each of ``documents`` of ``table`` takes."""
        return self._encoder.sizes(table, documents)

    def _target(self) -> Path:
        """The file behind symbolic links: a rename on a link would replace the link."""
        return Path(os.path.realpath(self.path))


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_mtime_ns, status.st_size, status.st_ino)


def _is_read_only(path: Path) -> bool:
    """Whether the user has forbidden to write to the file: a rename would not ask, and root may everything."""
    try:
        return not (path.stat().st_mode & 0o222 and os.access(path, os.W_OK))
    except FileNotFoundError:
        return False
