"""The library file, which cannot be torn.

TinyDB's own JSONStorage writes in place: a kill or a full disk in the middle leaves a file that nobody can read. Here
the file is replaced as a whole, under a lock, and read without one, since a replaced file is whole at any instant.
"""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from readlist.library import atomic, layout
from readlist.library.content import Content, Digest, content_of
from readlist.library.errors import LibraryError, NotWrittenError, reason_of
from readlist.library.lock import WAIT_SECONDS, WriteLock
from readlist.library.schema import Tables


class Stamp(NamedTuple):
    """Tells two contents of the file apart without reading them: every write makes a new inode."""

    modified: int
    """Nanoseconds since the epoch."""
    size: int
    """Bytes."""
    inode: int


class LibraryFile:
    """The file of a TinyDB, replaced as a whole by every write.

    It serves `readlist.library.store.Store`, which writes several tables at once, and as a storage
    (`readlist.library.storage`) TinyDB's own tables. Documents that it has written are recognised by identity and not
    encoded again: they must not be changed in place (what `read` returns is new each time, so that TinyDB's tables may
    do with it as they like).

    One thread at a time may use it; any number of processes and objects may use one file.

    Args:
        path: the library file, or a symbolic link to it.
        wait: seconds to wait for the lock.
    """

    def __init__(self, path: str | Path, wait: float = WAIT_SECONDS) -> None:
        self.path = Path(path)
        self.target = _target(self.path)
        """The file behind symbolic links, as it was when the file was read last: a rename would replace the link."""
        self.stamp: Stamp | None = None
        """The content last read or written; None when there was no file."""
        self.digest = ""
        """What tells that content from any other for good, wherever the file is copied to: the `Digest` of it."""
        self.verified = ""
        """The digest of a content in which nothing is wrong: its papers are not decoded when they are read again."""
        self._wait = wait
        self._encoder = layout.Encoder()
        self._lock: WriteLock | None = None
        self.is_locked = False
        """Whether the lock is held here."""
        self._swept = False
        self._state: tuple[int, int] | None = None
        """Inode and time of change of the file as it was looked at last: every chmod makes it another."""
        self._writable: tuple[int, int] | None = None
        """The state in which the file was found to be writable."""

    def read(self) -> Tables | None:
        """All tables; None, as TinyDB has it, when there is no file or an empty one.

        Raises:
            LibraryError: the file cannot be read, or its content is no TinyDB file.
        """
        tables = self.look()
        return None if tables is None else layout.plain(tables)

    def look(self) -> Tables | None:
        """As `read`; the papers are decoded when they are looked at, unless the file is laid out in another way.

        Raises:
            LibraryError: the file cannot be read, or its content is no TinyDB file.
        """
        self._aim()
        try:
            content = self._content()
            tables = layout.read(content, str(self.path), is_verified=self.digest == self.verified)
        except FileNotFoundError:
            self.stamp, self.digest = None, ""
            return None
        except OSError as error:
            raise LibraryError(f"{self.path}: cannot be read ({reason_of(error)})") from error
        return tables or None

    def _content(self) -> Content:
        if not stat.S_ISREG(self.path.stat().st_mode):  # opening a pipe would wait for ever
            raise LibraryError(f"{self.path}: this is no file but a folder or a device")
        with self.path.open("rb", buffering=0) as file:
            # Asked before: of a file that is written to in the meantime, the stamp is not the one that it has then.
            status = os.fstat(file.fileno())
            content, digest = content_of(file)
            self.stamp, self.digest = _stamp(status), digest
        return content

    def write(self, data: Mapping[str, Any], announce: "Callable[[Stamp, str], object] | None" = None) -> None:
        """Replace the file by ``data``; on the disk when this returns.

        Args:
            data: the tables.
            announce: called with the stamp and the digest that the file will have, before it has them; may raise
                OSError.

        Raises:
            NotWrittenError: nothing was written, and why; the file is as it was.
        """
        with self.locked():
            self.check_writable()
            digest = Digest()
            try:
                status = atomic.replace_file(
                    self.target,
                    map(digest.add, self._encoder.pieces(data)),
                    lambda status: announce(_stamp(status), str(digest)) if announce else None,
                )
            except OSError as error:
                raise NotWrittenError(f"{self.path}: cannot be written", reason_of(error)) from error
            self.stamp, self.digest = _stamp(status), str(digest)

    def check_writable(self) -> None:
        """Make sure that the user has not forbidden to change the file: a rename would not ask, and root may all.

        Raises:
            NotWrittenError: it is read-only.
        """
        if self._state is not None and self._state == self._writable:
            return  # asking again would cost a tenth of a change
        try:
            status = self.target.stat()
            allowed = status.st_mode & 0o222 and os.access(self.target, os.W_OK)
        except FileNotFoundError:
            return
        except OSError as error:
            raise NotWrittenError(f"{self.path}: cannot be written", reason_of(error)) from error
        if not allowed:
            raise NotWrittenError(f"{self.path}: cannot be written", "the file is read-only")
        self._writable = _state(status)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep all other writers out, in this process and others; `write` inside does not lock again.

        Raises:
            LibraryBusyError: another process holds the lock for too long.
            NotWrittenError: the folder cannot be locked.
        """
        if self.is_locked:
            yield
            return
        if self._lock is None:
            self._aim()
            self._lock = WriteLock(self.target, self._wait)
        self._lock.acquire()
        try:
            self.is_locked = True
            if not self._swept:
                atomic.sweep(self.target)
                self._swept = True
            yield
        finally:
            self.is_locked = False
            self._lock.release()

    def close(self) -> None:
        """Let go of the lock file."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def make_folder(self) -> None:
        """Make the folder of a library that does not exist yet.

        Raises:
            NotWrittenError: it cannot be made.
        """
        folder = self.target.parent
        try:
            atomic.make_folder(folder)
        except OSError as error:
            raise NotWrittenError(f"{folder}: the folder cannot be made", reason_of(error)) from error

    def current_stamp(self) -> Stamp | None:
        """The stamp of the file as it is now; None when there is none.

        Raises:
            LibraryError: the folder cannot be looked at.
        """
        self._state = None
        try:
            status = self.path.stat()
            self._state = _state(status)
            return _stamp(status)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise LibraryError(f"{self.path}: cannot be read ({reason_of(error)})") from error

    def sizes(self, table: str, documents: Mapping[str, Any]) -> list[int]:
        """How many bytes of the file each of ``documents`` of ``table`` takes."""
        return self._encoder.sizes(table, documents)

    def _aim(self) -> None:
        """Look where symbolic links lead now."""
        target = _target(self.path)
        if target != self.target and not self.is_locked:
            self.target = target
            self.close()


def _target(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_ino, status.st_ctime_ns


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_mtime_ns, status.st_size, status.st_ino)
