"""The searchable texts of a large library, kept in the cache folder from one start to the next.

Making them is most of the work of opening a large library. They belong to one content of the library file, told by its
digest, and are made anew for any other. They are never the truth: they decide what a search finds and in which order
papers stand, never what a paper holds. A file that is missing, cut off or damaged is as good as none.
"""

import json
import os
import zlib
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from readlist.config import cache_folder
from readlist.library_names import cache_name
from readlist.search.text import is_searchable
from readlist.statuses import current

_VERSION = 2
_SMALLEST = 1 << 20
"""Bytes of a library from which on making the texts takes longer than reading them."""
_LONGEST_HEAD = 1_000
_CHUNK = 1 << 20
_UNKNOWN = "--------"


class _Head(NamedTuple):
    """What stands before the texts."""

    version: int
    digest: str
    """Of the library's content (see `Library.digest`)."""
    statuses: str
    """The names of the statuses that the settings know: the texts hold them."""
    number: int
    """Of the texts."""
    checksum: str
    """CRC-32 of all that follows, in eight hexadecimal digits: the head is written again when it is known."""


def kept_digest(path: Path) -> str:
    """The digest of the content of the library ``path`` for which there are texts; empty where there are none."""
    with suppress(OSError, ValueError, TypeError), _file_of(path).open("rb") as file:
        return _head(file).digest
    return ""


def _is_kept(path: Path, digest: str) -> bool:
    with suppress(OSError, ValueError, TypeError), _file_of(path).open("rb") as file:
        head = _head(file)
        return (head.digest, head.statuses) == (digest, _statuses())
    return False


def load_texts(path: Path, digest: str, *, without: Collection[str] = ()) -> dict[str, str] | None:
    """The texts of the library ``path``, by paper, if they were kept for the content with this ``digest``.

    Args:
        path: the library.
        digest: of the content of its file.
        without: the papers that have another text by now.
    """
    with suppress(OSError, ValueError, TypeError), _file_of(path).open("rb") as file:
        head = _head(file)
        if (head.digest, head.statuses) != (digest, _statuses()):
            return None
        start, checksum = file.tell(), 0
        while chunk := file.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
        if f"{checksum:08x}" != head.checksum:
            return None
        file.seek(start)
        texts: dict[str, str] = {}
        for _ in range(head.number):
            identifier, length = file.readline(_LONGEST_HEAD).split()
            text = file.read(int(length)).decode()
            if not is_searchable(text):
                return None
            texts[identifier.decode("ascii")] = text
        if len(texts) != head.number or file.read(1):
            return None
        for identifier in without:
            texts.pop(identifier, None)
        return texts
    return None


def keep_texts(path: Path, digest: str, texts: Mapping[str, str]) -> None:
    """Keep ``texts``, those of all papers in the list of the library ``path`` whose content has this ``digest``.

    That fails silently: nobody would miss them.
    """
    with suppress(OSError):
        if not digest or path.stat().st_size < _SMALLEST or _is_kept(path, digest):
            return
        file = _file_of(path)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(new, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                stream.write(_line(_Head(_VERSION, digest, _statuses(), len(texts), _UNKNOWN)))
                checksum = 0
                for identifier, text in texts.items():
                    content = text.encode(errors="replace")
                    record = b"%b %d\n%b" % (identifier.encode(), len(content), content)
                    checksum = zlib.crc32(record, checksum)
                    stream.write(record)
                stream.seek(0)
                stream.write(_line(_Head(_VERSION, digest, _statuses(), len(texts), f"{checksum:08x}")))
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)


def _statuses() -> str:
    return "\n".join(current().names)


def _line(head: _Head) -> bytes:
    return json.dumps(list(head)).encode() + b"\n"


def _head(file: BinaryIO) -> _Head:
    head = _Head(*json.loads(file.readline(_LONGEST_HEAD)))
    if head.version != _VERSION or type(head.digest) is not str or type(head.number) is not int:
        raise ValueError
    return head


def _file_of(path: Path) -> Path:
    return cache_folder() / f"texts-{cache_name(path)}"
