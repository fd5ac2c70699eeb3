r"""The journal: confirmed changes that are not folded into the library file yet.

A file of entries beside the library file, each a whole number of pages, so that writing one never touches a page that
holds another::

    rlj1 <crc> <crc of the entry before> <length> <JSON> <crc> <crc> … <crc>\n

The checksum (CRC-32, eight hexadecimal digits) is over everything between it and the end of the JSON. Behind that it
fills the page: disks write sectors, and with blanks there the end of one entry, written where the beginning of another
had been left by a power cut, could make that one whole. The first entry follows on ``00000000``. What the JSON says is
the business of `readlist.library.store`.

An entry that is not whole at the end of the file was never confirmed to anybody: its writer was stopped in the middle.

Behind the entries there may be pages full of zeros, a reserve: a page that the disk has room for already is written in
half the time of one that makes the file longer.
"""

import json
import os
import stat
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from readlist.lazy_pattern import lazy_pattern
from readlist.library import atomic

PAGE = 4096
"""Bytes; what file systems and disks write as one."""

RESERVE = 64 * PAGE
"""Bytes that the file is made longer by when there is no room left for an entry."""

FIRST = "00000000"
"""What the first entry names as the checksum of the entry before."""

_SECTOR = 512

_ZEROS = bytes(PAGE)
_TAG = b"rlj1 "
_HEAD = lazy_pattern(_TAG + rb"([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9]{1,10}) ")
_TO_JSON = json.JSONEncoder(separators=(",", ":"), check_circular=False)
_CHECKSUM_ENDS = len("rlj1 00000000 ")


class Entry(NamedTuple):
    """One whole entry."""

    body: Any
    """The JSON value."""
    checksum: str
    before: str
    """The checksum of the entry that it follows."""
    end: int
    """Where it ends: an offset in the file."""


class Reading(NamedTuple):
    """What a stretch of the journal holds."""

    entries: list[Entry]
    """Those of the sound part, in their order."""
    strays: list[Entry]
    """Whole entries behind it, where it does not reach the end; each once."""
    end: int
    """Where the sound part, in which each entry follows the one before, ends: an offset in the file."""
    last: str
    """The checksum of the last entry of the sound part."""
    has_rest: bool
    """Whether more than zeros follows on the sound part."""
    damage: str
    """What is wrong with the rest, as the end of a sentence; empty when there is nothing that had been confirmed."""


class JournalError(OSError):
    """The journal is not what it must be, so that nothing can be written to it."""


class Journal:
    """The journal file, open for reading and writing at a known place.

    Not safe for threads; between processes, only who holds the library's lock may call `create`, `append`, `cut` and
    `remove`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._name = str(path)
        self.end = 0
        """Offset behind the last entry that has been read or written."""
        self.last = FIRST
        """The checksum of that entry."""
        self._room = 0
        """Offset up to which there is a reserve."""
        self._has_rest = False
        """Whether behind `end` there may be something of an entry that was never confirmed."""
        self._descriptor: int | None = None
        self._identity: tuple[int, int] | None = None

    def open(self, owners: frozenset[int]) -> bytes | None:
        """Open the journal anew and return its content; None when there is none.

        Args:
            owners: the users whose journal is believed: in a folder to which everybody may write, anybody can have
                put a file of that name there.

        Raises:
            OSError: it cannot be read, or is no file of one of ``owners``.
        """
        self.close()
        try:
            descriptor = _open(self.path, 0)
        except (FileNotFoundError, NotADirectoryError):
            return None
        self._descriptor = descriptor
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or (hasattr(os, "getuid") and status.st_uid not in owners):
            self.close()
            raise JournalError(0, "the journal beside it belongs to another user, or is no file")
        self._identity = (status.st_dev, status.st_ino)
        return self._read_on()

    def close(self) -> None:
        """Let go of the file; its place is forgotten."""
        descriptor = self._descriptor
        self._descriptor, self._identity, self.end, self.last = None, None, 0, FIRST
        self._room, self._has_rest = 0, False
        if descriptor is not None:
            atomic.close(descriptor)

    def __del__(self) -> None:
        """A library that nobody has closed must not cost a descriptor for good."""
        self.close()

    @property
    def is_open(self) -> bool:
        """Whether there was a journal when it was looked for last."""
        return self._descriptor is not None

    def is_still_there(self) -> bool:
        """Whether the file that is open is the one that has the name; when none is open, whether there is none."""
        try:
            status = os.lstat(self._name)
        except (FileNotFoundError, NotADirectoryError):
            return self._descriptor is None
        return (status.st_dev, status.st_ino) == self._identity

    def news(self) -> bytes | None:
        """What has been written behind `end`; empty when nothing, None when the file has become shorter."""
        if self._descriptor is None:
            return b""
        tag = atomic.read_at(self._descriptor, len(_TAG), self.end)
        if tag.strip(b"\0"):
            return self._read_on()
        return b"" if tag or os.fstat(self._descriptor).st_size >= self.end else None

    def take(self, reading: Reading) -> None:
        """Stand behind what ``reading`` found to be sound."""
        self.end, self.last, self._has_rest = reading.end, reading.last, reading.has_rest
        if self._descriptor is not None:
            self._room = max(self.end, os.fstat(self._descriptor).st_size // PAGE * PAGE)

    def create(self, bodies: "list[Mapping[str, Any]]", like: Path) -> None:
        """Make the journal with these first entries, durably; it gets the mode of the file ``like``.

        Raises:
            OSError: there is none, as before.
        """
        descriptor = _open(self.path, os.O_CREAT | os.O_EXCL)
        try:
            atomic.take_after(descriptor, like)
            self.close()
            self._descriptor = descriptor
            status = os.fstat(descriptor)
            self._identity = (status.st_dev, status.st_ino)
            self._write(bodies)
            atomic.sync_folder(self.path.parent)
        except OSError:
            with suppress(OSError):  # its name is not on the disk yet; what it holds must not be taken for confirmed
                os.ftruncate(descriptor, 0)
            with suppress(OSError):
                self.path.unlink()
            if self._descriptor is None:
                atomic.close(descriptor)
            self.close()
            raise

    def append(self, body: Mapping[str, Any]) -> None:
        """Add an entry; on the disk when this returns.

        Raises:
            OSError: the journal is as it was before.
        """
        self._write([body])

    def cut(self) -> None:
        """Drop what lies behind `end`: an entry that was never confirmed.

        Raises:
            OSError: it could not be cut.
        """
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, self.end)
            self._room, self._has_rest = self.end, False

    def reserve(self) -> None:
        """Make room for entries to come, where less than half of a reserve is left; no reason to fail."""
        if self._descriptor is None or self._room - self.end > RESERVE // 2:
            return
        self._room = _extend(self._descriptor, max(self._room, self.end))
        with suppress(OSError):
            atomic.sync_data(self._descriptor)

    def remove(self) -> None:
        """Remove the file; durable at the next `atomic.sync_folder`."""
        with suppress(FileNotFoundError):
            self.path.unlink()
        self.close()

    def set_aside(self, path: Path) -> None:
        """Give the file another name, under which nobody takes it for the journal."""
        with suppress(FileNotFoundError):
            self.path.rename(path)
        self.close()

    def _write(self, bodies: "list[Mapping[str, Any]]") -> None:
        descriptor = self._descriptor
        if descriptor is None:
            raise JournalError(0, "there is no journal")
        if self._has_rest:
            self.cut()
        last, pieces = self.last, []
        for body in bodies:
            piece, last = _entry(body, last)
            pieces.append(piece)
        content = b"".join(pieces)
        end = self.end + len(content)
        try:
            os.lseek(descriptor, self.end, os.SEEK_SET)
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            room = self._room if end <= self._room else _extend(descriptor, end)
            atomic.sync_data(descriptor)
        except OSError:
            self._has_rest = True
            self._take_back(descriptor)
            raise
        self.end, self.last, self._room = end, last, room

    def _take_back(self, descriptor: int) -> None:
        """Cut off what could not be confirmed; where not even that works, make its beginning unreadable."""
        try:
            self.cut()
        except OSError:
            with suppress(OSError):  # whoever writes next cuts it off first
                os.lseek(descriptor, self.end, os.SEEK_SET)
                os.write(descriptor, _ZEROS)

    def _read_on(self) -> bytes:
        descriptor = self._descriptor
        if descriptor is None:
            return b""
        pieces = []
        os.lseek(descriptor, self.end, os.SEEK_SET)
        while piece := os.read(descriptor, 2**20):
            pieces.append(piece)
        return b"".join(pieces)


def _open(path: Path, flags: int) -> int:
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    careful |= getattr(os, "O_NONBLOCK", 0)  # a pipe in its place would wait for ever
    try:
        return os.open(path, os.O_RDWR | careful | flags, atomic.NEW_FILE_MODE)
    except PermissionError:
        if flags:
            raise
        return os.open(path, os.O_RDONLY | careful)  # enough to look at the library


def _extend(descriptor: int, end: int) -> int:
    """Write a reserve at the offset ``end``; returns where it ends, which is ``end`` on a disk that is as good as full.

    Page by page: what is written at once, some systems keep as one piece, and write it as one when a page changes.
    """
    start = end
    with suppress(OSError):
        os.lseek(descriptor, end, os.SEEK_SET)
        while end < start + RESERVE and os.write(descriptor, _ZEROS) == PAGE:
            end += PAGE
        return end
    with suppress(OSError):
        os.ftruncate(descriptor, end)
    return end


def _entry(body: Mapping[str, Any], before: str) -> tuple[bytes, str]:
    text = _TO_JSON.encode(body).encode()
    covered = b"%b %d %b" % (before.encode(), len(text), text)
    checksum = f"{zlib.crc32(covered):08x}"
    whole = b"rlj1 %b %b" % (checksum.encode(), covered)
    size = -(-(len(whole) + 1) // PAGE) * PAGE
    return whole + _filling(checksum.encode(), size - len(whole)), checksum


def _filling(checksum: bytes, size: int) -> bytes:
    """What fills the last page of an entry: ``size`` bytes, the line break included."""
    return ((b" " + checksum) * (size // (len(checksum) + 1) + 1))[: size - 1] + b"\n"


def read_entries(data: bytes, start: int = 0, last: str = FIRST) -> Reading:
    """The entries of ``data``, which lies at the offset ``start`` and follows on the entry with the checksum ``last``.

    Nothing that is whole is passed over: behind a damaged entry the search goes on.
    """
    entries: list[Entry] = []
    place = 0
    while place < len(data):
        entry = _entry_at(data, place, start)
        if entry is None or entry.before != last:
            break
        place = entry.end - start
        entries.append(entry)
        last = entry.checksum
    if not data[place:].strip(b"\0"):
        return Reading(entries, [], start + place, last, has_rest=False, damage="")
    seen = {entry.checksum for entry in entries}
    strays, damage = _behind(data, place, start)
    fresh = {stray.checksum: stray for stray in strays if stray.checksum not in seen}
    return Reading(entries, list(fresh.values()), start + place, last, has_rest=True, damage=damage)


def _entry_at(data: bytes, place: int, start: int) -> Entry | None:
    """The whole entry at ``place`` of ``data``, which lies at the offset ``start``."""
    head = _HEAD.match(data, place)
    if head is None:
        return None
    length = int(head[3])
    end = head.end() + length
    size = -(-(end - place + 1) // PAGE) * PAGE
    if data[end : place + size] != _filling(head[1], place + size - end) or zlib.crc32(
        memoryview(data)[place + _CHECKSUM_ENDS : end]
    ) != int(head[1], 16):
        return None
    try:
        body = json.loads(data[head.end() : end])
    except (ValueError, RecursionError):  # nothing that we wrote
        return None
    return Entry(body, head[1].decode(), head[2].decode(), start + place + size)


def _behind(data: bytes, place: int, start: int) -> tuple[list[Entry], str]:
    """The whole entries at and behind ``place``, where the sound part ends, and what is wrong there."""
    found = []
    at = place
    while (head := _HEAD.search(data, at)) is not None:
        entry = _entry_at(data, head.start(), start)
        if entry is None:
            at = head.start() + 1
        else:
            found.append(entry)
            at = entry.end - start
    if found:
        return found, "an entry in its middle is damaged or missing"
    return [], "" if _is_torn(data, place) else "its last entry is damaged"


def _is_torn(data: bytes, place: int) -> bool:
    """Whether what stands at ``place`` is what a writer leaves that is stopped in the middle.

    Of a write that was cut short the beginning is there, or sectors full of zeros where the file system had made room
    and the content had not come yet; what is as long as it says it is and yet wrong has been damaged afterwards.
    """
    rest = data[place:]
    head = _HEAD.match(rest)
    if head is None:
        size = min(len(rest), PAGE)
        is_cut = size < PAGE and _TAG.startswith(rest[: len(_TAG)])
    else:
        size = -(-(head.end() + int(head[3]) + 1) // PAGE) * PAGE
        is_cut = len(rest) < size
        if b"\n" in rest[: size - 1]:  # it stands at the end of an entry alone: the length has been damaged
            return False
    return is_cut or any(not rest[sector : sector + _SECTOR].strip(b"\0") for sector in range(0, size, _SECTOR))
