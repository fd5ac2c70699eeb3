"""The content of a file as it was when it was read, which nobody can change afterwards.

A large one is not kept in memory but in a copy on the disk that has no name. The file itself will not do: readlist
replaces it and never writes to it, but stock TinyDB writes in place.
"""

import errno
import io
import os
import threading
import weakref
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from readlist.library import atomic

CHUNK = 2**20
"""Bytes that are read or written at once."""

LARGE = 16 * 2**20
"""Bytes from which on a content is kept on the disk."""

_ROOM = 4
"""Times the size of the copy must be free on the disk, so that it never is the copy that fills it."""

_LINE = 4096
"""Bytes in which nearly every line fits."""


class Digest:
    """Size and CRC-32 of a content that comes in pieces; `str` of it tells versions of one file apart.

    It takes 1.5 ms for 10 MB.
    """

    def __init__(self) -> None:
        self._size = self._checksum = 0

    def add(self, piece: bytes) -> bytes:
        """Take ``piece`` in, and give it back."""
        self._size += len(piece)
        self._checksum = zlib.crc32(piece, self._checksum)
        return piece

    def __str__(self) -> str:
        return f"{self._size}-{self._checksum:08x}"


class Content(ABC):
    """Bytes that do not change. Any thread may read them.

    Args:
        size: how many there are.
    """

    def __init__(self, size: int) -> None:
        self.size = size

    @abstractmethod
    def open(self) -> BinaryIO:
        """A file of them, at its beginning, to go through the lines; one at a time."""

    @abstractmethod
    def read(self, begin: int, end: int) -> bytes:
        """The bytes from ``begin`` up to ``end``.

        Raises:
            OSError: they cannot be read, or are not there.
        """

    @abstractmethod
    def line(self, begin: int) -> bytes:
        """The line that begins there, without the line break, which must be there.

        Raises:
            OSError: it cannot be read.
        """

    def pieces(self, begin: int, end: int) -> Iterator[bytes]:
        """The bytes from ``begin`` up to ``end``, some at a time.

        Raises:
            OSError: they cannot be read.
        """
        return (self.read(at, min(at + CHUNK, end)) for at in range(begin, end, CHUNK))


class InMemory(Content):
    """A content that is held as it is."""

    def __init__(self, content: bytes) -> None:
        super().__init__(len(content))
        self._content = content

    def open(self) -> BinaryIO:
        """See `Content`."""
        return io.BytesIO(self._content)

    def read(self, begin: int, end: int) -> bytes:
        """See `Content`."""
        return self._content[begin:end]

    def line(self, begin: int) -> bytes:
        """See `Content`."""
        return self._content[begin : self._content.index(b"\n", begin)]


class OnDisk(Content):
    """A content in a file that nobody else knows; it is read piece by piece, since what is mapped counts as memory.

    Args:
        descriptor: the open file, which is closed when this is not used any more.
        size: how many bytes it holds.
    """

    def __init__(self, descriptor: int, size: int) -> None:
        super().__init__(size)
        self._descriptor = descriptor
        self._mutex = threading.Lock()
        """Where there is no pread, reading moves the place in the file."""
        weakref.finalize(self, atomic.close, descriptor)

    def open(self) -> BinaryIO:
        """See `Content`."""
        file = os.fdopen(self._descriptor, "rb", CHUNK, closefd=False)
        file.seek(0)
        return file

    def read(self, begin: int, end: int) -> bytes:
        """See `Content`."""
        content = self._some(begin, end)
        while len(content) < end - begin:  # which is rare, but allowed
            content += self._some(begin + len(content), end)
        return content

    def _some(self, begin: int, end: int) -> bytes:
        with self._mutex:
            content = atomic.read_at(self._descriptor, end - begin, begin)
        if not content and begin < end:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return content

    def line(self, begin: int) -> bytes:
        """See `Content`."""
        line = self._some(begin, begin + _LINE)
        while (end := line.find(b"\n")) < 0:
            line += self._some(begin + len(line), begin + 16 * len(line))
        return line[:end]


def content_of(file: BinaryIO) -> tuple[Content, str]:
    """The content of the unbuffered ``file``, which is at its beginning, and its digest.

    Raises:
        OSError: it cannot be read.
    """
    if os.fstat(file.fileno()).st_size >= LARGE and (found := _copied(file)) is not None:
        return found
    file.seek(0)
    digest = Digest()
    return InMemory(digest.add(file.read())), str(digest)


def _copied(file: BinaryIO) -> tuple[Content, str] | None:
    """A copy on the disk; None where there can be none, for which memory will do as well."""
    try:
        descriptor = _nameless(os.fstat(file.fileno()).st_size)
        if descriptor is None:
            return None
        content, digest = OnDisk(descriptor, 0), Digest()
        while chunk := file.read(CHUNK):
            atomic.write_all(descriptor, digest.add(chunk))
            content.size += len(chunk)
    except OSError:
        return None
    return content, str(digest)


def _nameless(size: int) -> int | None:
    """A new open file in the folder for what can be made again, without a name where the system allows that.

    Raises:
        OSError: there can be none.
    """
    from readlist.config import cache_folder  # noqa: PLC0415 - needed for large files alone

    folder = cache_folder()
    atomic.make_folder(folder)
    if hasattr(os, "statvfs"):
        status = os.statvfs(folder)
        if status.f_bavail * status.f_frsize < _ROOM * size:
            return None
    path = folder / f".{os.urandom(8).hex()}.tmp"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    for name in ("O_CLOEXEC", "O_BINARY", "O_NOINHERIT", "O_TEMPORARY"):
        flags |= getattr(os, name, 0)
    descriptor = os.open(path, flags, atomic.NEW_FILE_MODE)
    with suppress(PermissionError):  # Windows, which removes it when it is closed
        path.unlink()
    return descriptor
