"""YAML of other programs: CSL-YAML (pandoc), papis (``info.yaml``), cobib (its database).

Values are read as the text that stands there: YAML would make numbers of pages, and dates of volumes.
"""

from collections.abc import Iterator
from typing import Any

from readlist.intake.bibtex.reader import entry_fields
from readlist.intake.bibtex.scanner import Entry
from readlist.intake.csl_fields import item_fields
from readlist.intake.fields import one_line
from readlist.intake.gathering import NO_OBJECT, Gathering, clean
from readlist.intake.result import Intake

_BROKEN = "The YAML is broken here: {}."
_BOMB = "The YAML repeats itself too often (by aliases), or lies too deep; it was not read."
_MOST_VALUES = 5_000_000
"""Values that are built; a library of 100,000 papers has fewer."""

_DEEPEST = 40


class _TooMuchError(ValueError):
    """Building goes on for too long."""


class _Builder:
    """Makes texts, lists and dictionaries of YAML nodes."""

    def __init__(self) -> None:
        self._room = _MOST_VALUES

    def build(self, node: Any, depth: int = 0) -> Any:
        self._room -= 1
        if self._room < 0 or depth > _DEEPEST:
            raise _TooMuchError
        if node.id == "scalar":
            return "" if node.value in {"null", "~"} and not node.style else node.value
        if node.id == "sequence":
            return [self.build(part, depth + 1) for part in node.value]
        return {str(self.build(name, depth + 1)): self.build(value, depth + 1) for name, value in node.value}


def read_yaml(text: str) -> Intake:
    """Read CSL-YAML, papis and cobib; documents after a broken place are rejected with it."""
    import yaml  # noqa: PLC0415 - for YAML alone

    found = Gathering("YAML")
    builder = _Builder()
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        for document in yaml.compose_all(clean(text), Loader=loader):
            for line, record in _records(document, builder):
                _take(found, line, record)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = one_line(str(getattr(error, "problem", "") or "unreadable"))
        found.reject(mark.line + 1 if mark else 1, "", _BROKEN.format(problem))
    except (_TooMuchError, RecursionError):
        found.reject(1, "", _BOMB)
    return found.intake()


def _records(document: Any, builder: _Builder) -> Iterator[tuple[int, Any]]:
    """The records of a document, each with its line."""
    if document is None:
        return
    if document.id == "mapping":
        for name, value in document.value:
            if name.value == "references" and value.id == "sequence":
                yield from _records(value, builder)
                return
            if value.id == "mapping" and any(key.value == "ENTRYTYPE" for key, _ in value.value):
                yield name.start_mark.line + 1, {"ref": name.value, **builder.build(value)}
        if not any(value.id == "mapping" and _is_entry(value) for _, value in document.value):
            yield document.start_mark.line + 1, builder.build(document)
    elif document.id == "sequence":
        for part in document.value:
            yield part.start_mark.line + 1, builder.build(part)


def _is_entry(node: Any) -> bool:
    return any(key.value == "ENTRYTYPE" for key, _ in node.value)


def _take(found: Gathering, line: int, record: Any) -> None:
    if not isinstance(record, dict):
        found.reject(line, str(record), NO_OBJECT)
        return
    shown = str(record.get("title", ""))
    is_csl = "ENTRYTYPE" not in record and not {"author_list", "papis_id", "ref"} & record.keys()
    found.attempt(line, shown, (lambda: item_fields(record)) if is_csl else lambda: _other(record, line))


def _other(record: dict[str, Any], line: int) -> tuple[dict[str, Any], dict[str, str]]:
    """A record of papis or cobib: BibTeX's fields under BibTeX's names, lists where BibTeX has separators."""
    people = record.get("author_list") or record.get("author") or ""
    fields = {name.lower(): _joined(value) for name, value in record.items() if name not in {"author_list", "author"}}
    fields["author"] = people if isinstance(people, str) else " and ".join(filter(None, map(_person, people)))
    if isinstance(record.get("editor"), list):
        fields["editor"] = " and ".join(filter(None, map(_person, record["editor"])))
    kind = str(fields.pop("entrytype", "") or fields.pop("type", "") or "misc").lower()
    files = record.get("file") or record.get("files") or []
    fields["file"] = ""
    fields.pop("files", None)
    fields["annote"] = (
        "\n\n".join(filter(None, (fields.pop("note", ""), fields.get("annote", ""))))
        if is_papis(record)
        else fields.get("annote", "")
    )
    for name in ("papis_id", "ref", "label", "time-added"):
        fields.pop(name, None)
    made, extra = entry_fields(
        Entry(kind, str(record.get("ref", "")), {name: value for name, value in fields.items() if value}, line, "")
    )
    made["files"] = tuple([files] if isinstance(files, str) else map(str, files))
    return made, extra


def is_papis(record: dict[str, Any]) -> bool:
    """Whether a record is one of papis, whose ``note`` is the user's own."""
    return "papis_id" in record


def _joined(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_joined(part) for part in value)
    return "; ".join(f"{name}: {_joined(part)}" for name, part in value.items()) if isinstance(value, dict) else value


def _person(person: Any) -> str:
    """A name in BibTeX's order "von Last, Jr, First"."""
    if not isinstance(person, dict):
        return str(person)
    part = {name: str(value) for name, value in person.items() if isinstance(value, str)}
    family = " ".join(filter(None, (part.get("particle"), part.get("family") or part.get("last"))))
    return ", ".join(filter(None, (family, part.get("suffix"), part.get("given") or part.get("first"))))
