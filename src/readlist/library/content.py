"""The content of a file as it was when it was read, which nobody can change afterwards.

A large one is not kept in memory but on the disk (`readlist.library.content_on_disk`).
"""

import io
import os
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 2**20
"""Bytes that are read or written at once."""

LARGE = 16 * 2**20
"""Bytes from which on a content is kept on the disk."""


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


def content_of(file: BinaryIO) -> tuple[Content, str]:
    """The content of the unbuffered ``file``, which is at its beginning, and its digest.

    Raises:
        OSError: it cannot be read.
    """
    if os.fstat(file.fileno()).st_size >= LARGE:
        from readlist.library.content_on_disk import copied  # noqa: PLC0415 - a small one needs no file of its own

        if (found := copied(file)) is not None:
            return found
    file.seek(0)
    digest = Digest()
    return InMemory(digest.add(file.read())), str(digest)
