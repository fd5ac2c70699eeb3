"""The searchable texts of a large library, kept in the cache folder from one start to the next.

Making them is most of the work of opening a large library. They belong to one content of the library file, told by its
digest, and are made anew for any other. They are never the truth: they decide what a search finds and in which order
papers stand, never what a paper holds. A file that is missing, cut off or damaged is as good as none.

Of a library in which little has changed the file is written on: a later text of a paper takes the place of an earlier
one, and a paper without a text is gone.
"""

import json
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from readlist.config import cache_folder
from readlist.library_names import cache_name
from readlist.search.text import is_searchable
from readlist.statuses import current

_VERSION = 3
_SMALLEST = 1 << 20
"""Bytes of a library from which on making the texts takes longer than reading them."""
_HEAD = 1_000
"""Bytes of the head, so that it can be written anew in its place."""
_SUPERSEDED = 0.25
"""The share of texts that are not of use any more from which on the file is written anew."""
_CHUNK = 1 << 20
_UNKNOWN = "--------"
_GONE = b"-"


class _Head(NamedTuple):
    """What stands before the texts."""

    version: int
    digest: str
    """Of the library's content (see `Library.digest`)."""
    statuses: str
    """The names of the statuses that the settings know: the texts hold them."""
    number: int
    """Of the papers that have a text."""
    records: int
    """Of all texts, and of those that say that a paper is gone."""
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
        for _ in range(head.records):
            identifier, length = file.readline(_HEAD).split()
            if length == _GONE:
                texts.pop(identifier.decode("ascii"), None)
                continue
            text = file.read(int(length)).decode()
            if not is_searchable(text):
                return None
            texts[identifier.decode("ascii")] = text
        if len(texts) != head.number or file.read(1):
            return None
        for key in without:
            texts.pop(key, None)
        return texts
    return None


class Kept(NamedTuple):
    """What texts may have been kept of, and what has changed since."""

    digest: str
    """Of the content of the library then."""
    changed: Collection[str]
    """The papers that may have another text now, or none any more, or did not have one then."""


def keep_texts(
    path: Path, digest: str, texts: Mapping[str, str], order: Callable[[], Iterable[str]], since: Kept | None = None
) -> None:
    """Keep ``texts``, those of all papers in the list of the library ``path`` whose content has this ``digest``.

    That fails silently: nobody would miss them.

    Args:
        path: the library.
        digest: of the content of its file.
        texts: by paper.
        order: the papers, as they are sorted again in the least time.
        since: what is in the file already, if it is of that.
    """
    with suppress(OSError, ValueError, TypeError):
        if not digest or path.stat().st_size < _SMALLEST or _is_kept(path, digest):
            return
        file = _file_of(path)
        if since is None or not _written_on(file, digest, texts, since):
            _write(file, digest, texts, order())


def _written_on(file: Path, digest: str, texts: Mapping[str, str], since: Kept) -> bool:
    """Write what has changed behind the rest; False where the file is none that this can be done to."""
    try:
        stream = file.open("r+b")
    except OSError:
        return False
    with stream:
        try:
            head = _head(stream)
        except (ValueError, TypeError):
            return False
        records = head.records + len(since.changed)
        if (head.digest, head.statuses) != (since.digest, _statuses()) or records > (1 + _SUPERSEDED) * len(texts):
            return False
        stream.seek(0, os.SEEK_END)
        checksum = int(head.checksum, 16)
        for identifier in since.changed:
            checksum = _add(stream, identifier, texts.get(identifier), checksum)
        stream.flush()  # the head last: whoever reads meanwhile finds a file that does not agree with its head
        stream.seek(0)
        stream.write(_line(_Head(_VERSION, digest, _statuses(), len(texts), records, f"{checksum:08x}")))
    return True


def _write(file: Path, digest: str, texts: Mapping[str, str], order: Iterable[str]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(new, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            head = _Head(_VERSION, digest, _statuses(), len(texts), len(texts), _UNKNOWN)
            stream.write(_line(head))
            checksum = 0
            for identifier in order:
                checksum = _add(stream, identifier, texts[identifier], checksum)
            stream.seek(0)
            stream.write(_line(head._replace(checksum=f"{checksum:08x}")))
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _add(stream: BinaryIO, identifier: str, text: str | None, checksum: int) -> int:
    """Write one record; returns the checksum of all until here."""
    content = b"" if text is None else text.encode(errors="replace")
    record = b"%b %b\n%b" % (identifier.encode(), _GONE if text is None else b"%d" % len(content), content)
    stream.write(record)
    return zlib.crc32(record, checksum)


def _statuses() -> str:
    return "\n".join(current().names)


def _line(head: _Head) -> bytes:
    line = json.dumps(list(head)).encode()
    if len(line) >= _HEAD:
        raise ValueError(line)
    return line.ljust(_HEAD - 1) + b"\n"


def _head(file: BinaryIO) -> _Head:
    head = _Head(*json.loads(file.readline(_HEAD)))
    if head.version != _VERSION or [type(part) for part in head[1:5]] != [str, str, int, int]:
        raise ValueError
    return head


def _file_of(path: Path) -> Path:
    return cache_folder() / f"texts-{cache_name(path)}"
