"""Papers as JSON objects, and back: the one place that knows the names and types of the fields in the library file.

The same objects are what ``--json`` prints and ``export --format json`` writes. A field at its default is left out of
the file, so that a document is short and a new field needs no migration.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any

from readlist.paper import Author, Paper, Status
from readlist.statuses import meet

Record = dict[str, Any]
"""A JSON object of the ``papers`` table: field name to JSON value."""

_STATUSES = {status.value: status for status in Status}
_DEFAULTS = Paper()._asdict()
_VALUES = dict.values
_new = tuple.__new__
_WORDS = ("organisations", "files", "tags")
_PEOPLE = ("authors", "editors")


class RecordError(ValueError):
    """A JSON object is no paper; the message names the field and what was found there."""


def author_to_json(author: Author) -> dict[str, str]:
    """``{"literal": …}`` or ``{"family": …, "given": …}``; an absent part is left out."""
    return {name: part for name, part in author._asdict().items() if part}


def paper_to_record(paper: Paper) -> Record:
    """The JSON object of ``paper``, without its id and without the fields that are at their defaults."""
    return {name: value_to_json(name, value) for name, value in _changed_fields(paper)}


def _changed_fields(paper: Paper) -> list[tuple[str, Any]]:
    return [
        (name, value)
        for name, value in zip(Paper._fields, paper, strict=True)
        if name != "id" and value != _DEFAULTS[name]
    ]


def value_to_json(name: str, value: Any) -> Any:
    """The JSON value of one field of a paper."""
    if name in _PEOPLE:
        return [author_to_json(author) for author in value]
    if name in _WORDS:
        return list(value)
    if name == "extra":
        return dict(value)
    return str(value) if name == "status" else value


def record_to_paper(identifier: str, record: Mapping[str, Any]) -> Paper:
    """The paper with id ``identifier`` that ``record`` describes; names that are not fields of a paper are ignored.

    Raises:
        RecordError: a field has the wrong type.
    """
    fields = dict(_DEFAULTS)
    fields["id"] = identifier
    for name, value in record.items():
        reader = _READERS.get(name)
        if reader is not None:  # most fields hold text, and there are a hundred thousand papers
            fields[name] = value if reader is _text and type(value) is str else reader(name, value)
    return Paper._make(fields.values())


def _expect(name: str, value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise RecordError(f"field '{name}': {kind.__name__} expected, {type(value).__name__} found")
    return value


def _text(name: str, value: Any) -> str:
    return str(_expect(name, value, str))


def _flag(name: str, value: Any) -> bool:
    return bool(_expect(name, value, bool))


def _words(name: str, value: Any) -> tuple[str, ...]:
    return tuple(_text(name, word) for word in _expect(name, value, list))


def _pairs(name: str, value: Any) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((word, _text(f"{name}.{word}", text)) for word, text in _expect(name, value, dict).items()))


def _authors(name: str, value: Any) -> tuple[Author, ...]:
    with suppress(TypeError):  # the usual case, a list of objects that hold text alone, in a fraction of the time
        "".join(chain.from_iterable(map(_VALUES, value)))
        if type(value) is list:
            parts = [(one.get("family", ""), one.get("given", ""), one.get("literal", "")) for one in value]
            return tuple([_new(Author, part) for part in parts])  # papers of large collaborations have thousands
    return tuple(_author(name, author) for author in _expect(name, value, list))


def _author(name: str, value: Any) -> Author:
    parts = {part: _text(f"{name}.{part}", text) for part, text in _expect(name, value, dict).items()}
    return Author(parts.get("family", ""), parts.get("given", ""), parts.get("literal", ""))


def _status(name: str, value: Any) -> str:
    known = _STATUSES.get(_expect(name, value, str))
    if known is not None:
        return known
    if not value:
        raise RecordError(f"field '{name}': a name expected, nothing found")
    meet(value)  # another computer's settings may know it: it stays as it is
    return str(value)


def _reader_for(default: Any) -> Callable[[str, Any], Any]:
    return _flag if type(default) is bool else _words if type(default) is tuple else _text


_READERS: dict[str, Callable[[str, Any], Any]] = {
    **{name: _reader_for(default) for name, default in _DEFAULTS.items() if name != "id"},
    **dict.fromkeys(_PEOPLE, _authors),
    "extra": _pairs,
    "status": _status,
}


def paper_to_json(paper: Paper) -> Record:
    """All fields of ``paper`` for ``--json`` and ``export --format json``, those not known as null.

    Besides the record's own fields: ``id`` and ``needs_review``.
    """
    fields = {name: value_to_json(name, value) for name, value in zip(Paper._fields, paper, strict=True)}
    known = {name: None if value == "" and name != "title" else value for name, value in fields.items()}
    return {**known, "needs_review": paper.needs_review}
