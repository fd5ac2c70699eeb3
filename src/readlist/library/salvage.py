"""What can be read of a damaged library file: every document that is whole, wherever it stands."""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from readlist.library import schema
from readlist.library.history import flaw_of
from readlist.library.ids import is_document_id
from readlist.library.schema import Document
from readlist.paper import Paper

_LINE = re.compile(r'^"(\d{1,19})": (\{.*\}),?$', re.MULTILINE)
"""A document on a line of its own, as we write it."""

_DOCUMENT = re.compile(r'"(\d{1,19})":\s*(?=\{)')
_FIELDS = frozenset(Paper._fields)
_BAD_BYTES = re.compile(r"[\udc80-\udcff]")


class Salvaged(NamedTuple):
    """What is whole, and what is not."""

    papers: dict[str, Document]
    steps: dict[str, Document]
    about: Document
    """The document of the table ``meta``; empty when it is not whole."""
    others: dict[str, Any]
    """Tables that are not readlist's; they can be told apart only in a file that is JSON as a whole."""
    twins: list[tuple[str, Document]]
    """Papers whose id another paper has already."""
    damaged: list[str]
    """Ids of documents that are not whole."""

    @property
    def is_ours(self) -> bool:
        """Whether the file is, or can have been, a readlist library."""
        return bool(self.steps) or self.about.get("application") == schema.APPLICATION

    @property
    def is_newer(self) -> bool:
        """Whether a newer readlist has written it, so that this one must not."""
        version = self.about.get("schema")
        return self.is_ours and type(version) is int and version > schema.VERSION


def salvage(content: bytes) -> Salvaged:
    """What can be read of the library file with this content; never fails."""
    # Bytes that are no UTF-8 become characters that UTF-8 cannot hold, so that the documents they stand in are known.
    text = content.decode("utf-8", errors="surrogateescape").removeprefix("\ufeff")
    found = Salvaged({}, {}, {}, _other_tables(text), [], [])
    # What stands on a line of its own is taken first: read on from, a damaged document can swallow those behind it.
    text = _LINE.sub(lambda line: _take_line(found, line), text)
    decoder = json.JSONDecoder()
    place = 0
    while (match := _DOCUMENT.search(text, place)) is not None:
        identifier, place = match[1], match.end()
        try:
            document, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            found.damaged.append(identifier)
            continue
        if _BAD_BYTES.search(text, place, end):
            found.damaged.append(identifier)
        elif is_document_id(identifier):
            _sort_in(found, identifier, document)
        place = end
    return found


def _take_line(found: Salvaged, line: "re.Match[str]") -> str:
    """Sort in the document of a whole line; gives back what is left of the line."""
    if _BAD_BYTES.search(line[0]) or not is_document_id(line[1]):
        return line[0]
    try:
        document = json.loads(line[2])
    except (ValueError, RecursionError):
        return line[0]
    _sort_in(found, line[1], document)
    return ""


def _sort_in(found: Salvaged, identifier: str, document: Document) -> None:
    if "application" in document:
        found.about.update(document)
    elif "inverse" in document or "undone" in document:
        if not flaw_of(identifier, document):
            found.steps.setdefault(identifier, document)
    elif not _FIELDS.intersection(document):
        found.damaged.append(identifier)
    elif identifier not in found.papers:
        found.papers[identifier] = document
    elif found.papers[identifier] != document:
        earlier = found.papers[identifier]
        latest, other = sorted((document, earlier), key=_changed, reverse=True)
        found.papers[identifier] = latest
        found.twins.append((identifier, other))


def _changed(document: Mapping[str, Any]) -> str:
    return str(document.get("changed", ""))


def _other_tables(text: str) -> dict[str, Any]:
    try:
        tables = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(tables, dict):
        return {}
    ours = {schema.PAPERS, schema.HISTORY, schema.META}
    return {name: table for name, table in tables.items() if name not in ours}
