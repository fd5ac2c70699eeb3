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

import io
import json
import re
from collections.abc import Mapping
from typing import Any

from readlist.library.errors import DamagedError
from readlist.library.layers import Layers
from readlist.library.schema import Tables

_TABLE_HEAD = re.compile(rb'"([^"\\]+)": \{\n')


class Encoder:
    """Tables to bytes; a document that has been encoded before is not encoded again.

    Documents are recognised by identity: they are replaced, never changed (see `schema.Document`).
    """

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, tuple[Any, bytes]]] = {}

    def encode(self, tables: Mapping[str, Any]) -> bytes:
        """The whole file; tables, documents and fields sorted by name.

        Raises:
            TypeError: a document holds what JSON cannot.
        """
        self._lines = {name: lines for name, lines in self._lines.items() if name in tables}
        return b"{\n" + b",\n".join(self._table(name, tables[name]) for name in sorted(tables)) + b"\n}\n"

    def sizes(self, table: str, documents: Mapping[str, Any]) -> list[int]:
        """The bytes that each of ``documents`` takes in ``table``; what is encoded for it is kept for `encode`."""
        known = self._lines.setdefault(table, {})
        return [len(_line(known, identifier, document)) + len(b",\n") for identifier, document in documents.items()]

    def _table(self, name: str, documents: Any) -> bytes:
        head = _json(name) + b": "
        if isinstance(documents, Layers):
            documents = documents.laid_together()
        if not isinstance(documents, dict):
            return head + _json(documents)
        known = self._lines.setdefault(name, {})
        lines = [_line(known, identifier, documents[identifier]) for identifier in sorted(documents)]
        if len(known) > len(lines):
            self._lines[name] = {identifier: known[identifier] for identifier in documents}
        return head + b"{\n" + b",\n".join(lines) + (b"\n}" if lines else b"}")


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


def decode(data: bytes, where: str) -> Tables:
    """The tables that the file ``where`` with the content ``data`` holds; {} for an empty file, as stock TinyDB has it.

    Raises:
        DamagedError: the content is no JSON object of that kind, or an id or field occurs twice with different values
            (reading would drop one of them); the message names the line.
    """
    found = _read_lines(data)
    return found if found is not None else _read_whole(data, where)


def _read_lines(data: bytes) -> Tables | None:
    """The tables of a file that is laid out exactly as our `Encoder` does it; None for any other.

    Line by line this takes a third of the time, since a single character that is not Latin makes the decoded text of
    the whole file two or four times as large; and other threads get their turn between two lines.
    """
    lines = io.BytesIO(data)
    tables: Tables = {}
    if lines.readline() != b"{\n":
        return None
    try:
        while head := _TABLE_HEAD.fullmatch(lines.readline()):
            name = head[1].decode()
            table, end = _read_table(lines)
            if table is None or name in tables:
                return None
            tables[name] = table
            if end == b"}\n":
                return tables if lines.read() == b"}\n" else None
    except (ValueError, RecursionError):  # the whole is looked at, and the line named
        return None
    return None


def _read_table(lines: "io.BytesIO") -> tuple[dict[str, Any] | None, bytes]:
    """The documents up to the line that ends the table, and that line; None when anything is out of place."""
    decode = json.JSONDecoder().raw_decode
    table: dict[str, Any] = {}
    is_last = False
    for line in lines:
        if line in {b"}\n", b"},\n"}:
            return (table if is_last or not table else None), line
        text = line.decode()
        quote = text.find('"', 1)
        identifier = text[1:quote]
        if is_last or text[0] != '"' or text[quote : quote + 3] != '": ' or "\\" in identifier or identifier in table:
            return None, b""
        table[identifier], end = decode(text, quote + 3)
        is_last = text[end:] == "\n"
        if not is_last and text[end:] != ",\n":
            return None, b""
    return None, b""


def _read_whole(data: bytes, where: str) -> Tables:
    """As `decode`, for any layout."""
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


class _TwiceError(Exception):
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
