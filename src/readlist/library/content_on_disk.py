"""A large content, which is not kept in memory but in a copy on the disk that has no name.

The file itself will not do: readlist replaces it and never writes to it, but stock TinyDB writes in place.
"""

import errno
import os
import threading
import weakref
from contextlib import suppress
from typing import BinaryIO

from readlist.library import atomic
from readlist.library.content import CHUNK, Content, Digest

_ROOM = 4
"""Times the size of the copy must be free on the disk, so that it never is the copy that fills it."""

_LINE = 4096
"""Bytes in which nearly every line fits."""


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


def copied(file: BinaryIO) -> tuple[Content, str] | None:
    """A copy of the unbuffered ``file`` on the disk, and its digest.

    None where there can be none: then memory will do as well.
    """
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
