r"""The text of the library file: JSON that TinyDB reads, laid out one document a line so that diffs read well.

::

    {
    "history": {
    "1792000000000000": {"inverse": [...], "name": "Starred “...”", ...}
    },
    "papers": {
    "1234567890123456": {"authors": [...], "title": "..."},
    "2345678901234567": {...}
    }
    }
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from readlist.lazy_pattern import lazy_pattern
from readlist.library.content import CHUNK, Content
from readlist.library.documents import Documents
from readlist.library.errors import DamagedError
from readlist.library.layers import Layers
from readlist.library.papers import Survey
from readlist.library.schema import PAPERS, Tables

_TABLE_HEAD = lazy_pattern(rb'"([^"\\\x00-\x1f]+)": \{\n')
_TABLE_ENDS = frozenset({b"}\n", b"},\n"})
_LONGEST_END = 3


class Encoder:
    """Tables to bytes; a document that has been encoded before, or is as it was read, is not encoded again.

    Documents are recognised by identity: they are replaced, never changed (see `schema.Document`). Those that stand in
    a file as they are (`Documents`) are copied from there as they stand.
    """

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, tuple[Any, bytes]]] = {}

    def encode(self, tables: Mapping[str, Any]) -> bytes:
        """The whole file; tables, documents and fields sorted by name.

        Raises:
            TypeError: a document holds what JSON cannot.
            OSError: what is to be copied cannot be read.
        """
        return b"".join(self.pieces(tables))

    def pieces(self, tables: Mapping[str, Any]) -> Iterator[bytes]:
        """As `encode`, some bytes at a time."""
        self._lines = {name: lines for name, lines in self._lines.items() if name in tables}
        return _gathered(self._file(tables))

    def sizes(self, table: str, documents: Mapping[str, Any]) -> list[int]:
        """The bytes that each of ``documents`` takes in ``table``; what is encoded for it is kept for `encode`."""
        below, changes = _parts(documents)
        known = self._lines.setdefault(table, {})
        return [
            len(
                below.line(identifier)
                if isinstance(below, Documents) and identifier not in changes
                else _line(known, identifier, documents[identifier])
            )
            + len(b",\n")
            for identifier in documents
        ]

    def _file(self, tables: Mapping[str, Any]) -> Iterator[bytes]:
        separator = b"{\n"
        for name in sorted(tables):
            yield separator + _json(name) + b": "
            yield from self._table(name, tables[name])
            separator = b",\n"
        yield b"\n}\n" if tables else b"{\n\n}\n"

    def _table(self, name: str, documents: Any) -> Iterator[bytes]:
        if not isinstance(documents, (dict, Layers, Documents)):
            yield _json(documents)
            return
        known = self._lines.setdefault(name, {})
        below, changes = _parts(documents)
        if isinstance(below, Documents):
            encoded: Mapping[str, Any] = changes
            parts = _merged(below, changes, lambda key: _line(known, key, changes[key]))
        else:
            encoded = documents
            parts = ((_line(known, identifier, documents[identifier]),) for identifier in sorted(documents))
        separator = b"{\n"
        for part in parts:
            yield separator
            yield from part
            separator = b",\n"
        yield b"{\n}" if separator == b"{\n" else b"\n}"
        if len(known) > len(encoded):
            self._lines[name] = {identifier: known[identifier] for identifier in encoded if identifier in known}


def _parts(documents: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    return documents.parts() if isinstance(documents, Layers) else (documents, {})


def _merged(below: Documents, changes: Mapping[str, Any], encoded: Callable[[str], bytes]) -> Iterator[Iterable[bytes]]:
    """What stands between the separators of a table: ``below`` with ``changes``, sorted by id.

    As many unchanged documents as stand one after the other are copied at once.
    """
    coming = sorted((key for key, value in changes.items() if value is not None and key not in below), reverse=True)
    begin: int | None = None
    for identifier, place in below.places:
        is_preceded = bool(coming) and coming[-1] < identifier
        if begin is not None and identifier not in changes and not is_preceded:
            continue
        if begin is not None:
            yield below.stretch(begin, place)
            begin = None
        while coming and coming[-1] < identifier:
            yield (encoded(coming.pop()),)
        if identifier not in changes:
            if below.is_in_order:
                begin = place
            else:
                yield (below.line(identifier),)
        elif changes[identifier] is not None:
            yield (encoded(identifier),)
    if begin is not None:
        yield below.stretch(begin, below.end)
    while coming:
        yield (encoded(coming.pop()),)


def _gathered(parts: Iterable[bytes]) -> Iterator[bytes]:
    """``parts`` in pieces that are worth a system call each."""
    piece: list[bytes] = []
    size = 0
    for part in parts:
        piece.append(part)
        size += len(part)
        if size >= CHUNK:
            yield b"".join(piece)
            piece, size = [], 0
    yield b"".join(piece)


def _line(known: dict[str, tuple[Any, bytes]], identifier: str, document: Any) -> bytes:
    entry = known.get(identifier)
    if entry is None or entry[0] is not document:
        entry = known[identifier] = (document, _json(identifier) + b": " + _json(document))
    return entry[1]


def _json(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
    except UnicodeEncodeError:  # half of a surrogate pair has no UTF-8; escaped, it is kept as it is
        return json.dumps(value, sort_keys=True).encode()


def read(content: Content, where: str, *, is_verified: bool = False) -> Tables:
    """The tables that the file ``where`` with this content holds; {} for an empty file, as stock TinyDB has it.

    The table of papers of a file that is laid out as our `Encoder` does it is a `Documents`, all others are dicts.

    Args:
        content: what was read from the file.
        where: names the file in messages.
        is_verified: whether this very content was read before and nothing was wrong with it. The papers are not
            decoded then.

    Raises:
        DamagedError: the content is no JSON object of that kind, or an id or field occurs twice with different values
            (reading would drop one of them); the message names the line.
        OSError: it cannot be read any more.
    """
    found = _read_lines(content, is_verified=is_verified)
    return found if found is not None else _read_whole(b"".join(content.pieces(0, content.size)), where)


def plain(tables: Tables) -> Tables:
    """``tables`` with all documents decoded, in dicts that may be changed."""
    return {name: dict(table.items()) if isinstance(table, Documents) else table for name, table in tables.items()}


def _read_lines(content: Content, *, is_verified: bool) -> Tables | None:
    """The tables of a file that is laid out exactly as our `Encoder` does it; None for any other.

    Line by line this takes a third of the time, since a single character that is not Latin makes the decoded text of
    the whole file two or four times as large; and other threads get their turn between two lines.
    """
    tables: Tables = {}
    with content.open() as file:
        if file.readline(_LONGEST_END) != b"{\n":
            return None
        try:
            while head := _TABLE_HEAD.fullmatch(file.readline()):
                name = head[1].decode()
                table, end = _read_table(file, content if name == PAPERS else None, is_verified=is_verified)
                if table is None or name in tables:
                    return None
                tables[name] = table
                if end == b"}\n":
                    return tables if file.read() == b"}\n" else None
        except (ValueError, RecursionError):  # the whole is looked at, and the line named
            return None
    return None


def _read_table(
    file: BinaryIO, content: Content | None, *, is_verified: bool
) -> tuple[dict[str, Any] | Documents | None, bytes]:
    """The documents up to the line that ends the table, and that line; None when anything is out of place.

    Args:
        file: at the beginning of the first document.
        content: what ``file`` reads, when only the places of the documents are wanted.
        is_verified: see `read`; the documents are decoded all the same when they are wanted.
    """
    decode = json.JSONDecoder(object_pairs_hook=_without_loss).raw_decode
    table: dict[str, Any] = {}
    survey = Survey()
    is_last = False
    place = file.tell()
    for line in file:
        if len(line) <= _LONGEST_END and line in _TABLE_ENDS:
            if table and not is_last:
                break
            return table if content is None else Documents(content, table, place, survey), line
        quote = line.find(b'"', 1)
        identifier = line[1:quote].decode()
        if is_last or line[:1] != b'"' or line[quote : quote + 3] != b'": ':
            break
        if identifier in table or not (identifier.isalnum() or _stands_for_itself(identifier)):
            break
        if content is not None and is_verified and not _may_be_in_trash(line):
            table[identifier] = place
            is_last = line.endswith(b"}\n")
            if not is_last and not line.endswith(b"},\n"):
                break
        else:
            text = line.decode()
            document, end = decode(text, len(identifier) + 4)
            is_last = text[end:] == "\n"
            if not is_last and text[end:] != ",\n":
                break
            if content is None:
                table[identifier] = document
            else:
                table[identifier] = place
                survey.note(identifier, document)
        place += len(line)
    return None, b""


def _stands_for_itself(text: str) -> bool:
    """Whether ``text`` is in JSON what it is here."""
    return "\\" not in text and min(text, default=" ") >= " "


def _may_be_in_trash(line: bytes) -> bool:
    r"""Whether a document may have the field ``deleted``, perhaps with ``\u`` for some of its letters."""
    return b'"deleted"' in line or (b"\\" in line and b"\\u00" in line)


def _read_whole(data: bytes, where: str) -> Tables:
    """As `read`, for any layout."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DamagedError(f"{where}: line {line} is not UTF-8 text; left untouched") from None
    if not text or text.isspace():
        return {}
    try:
        tables = json.loads(text, object_pairs_hook=_without_loss)
    except json.JSONDecodeError as error:
        raise DamagedError(f"{where}: line {error.lineno}: {_explain(text, error)}; left untouched") from None
    except _TwiceError as error:
        line = _second_line(text, error.key)
        raise DamagedError(f"{where}: line {line}: {error.key!r} occurs twice; left untouched") from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; lists in lists without end
        raise DamagedError(f"{where}: not readable as JSON ({error}); left untouched") from None
    if not isinstance(tables, dict):
        raise DamagedError(f"{where}: this is no readlist library (a JSON object was expected); left untouched")
    return tables


class _TwiceError(ValueError):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _without_loss(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        for key, value in pairs:
            if found[key] != value:
                raise _TwiceError(key)
    return found


def _second_line(text: str, key: str) -> int:
    """The line on which ``key`` occurs again in its table (in our layout), or occurs last (in any other)."""
    name = json.dumps(key, ensure_ascii=False)
    seen = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.endswith(": {"):
            seen = False
        elif line.startswith(f"{name}:"):
            if seen:
                return number
            seen = True
    return text.count("\n", 0, max(text.rfind(name), 0)) + 1


def _explain(text: str, error: json.JSONDecodeError) -> str:
    if any(line.startswith("<<<<<<< ") for line in text.splitlines()):
        return "git left conflict marks in the file"
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return "the file ends in the middle"
    return f"not readable as JSON ({error.msg}, column {error.colno})"
