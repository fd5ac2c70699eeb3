"""Looks a library file over and says in plain sentences what is wrong with it; never writes."""

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from readlist.library import history, schema
from readlist.library.backups import backups_of
from readlist.library.errors import LibraryError
from readlist.library.file import LibraryFile
from readlist.library.papers import paper_of
from readlist.library.store import Store
from readlist.record import RecordError


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The library cannot be opened, or a paper is not shown."""
    WARNING = "warning"
    """Everything is shown, but something cannot be undone or looks wrong."""
    NOTE = "note"
    """Worth knowing."""


class Finding(NamedTuple):
    """One thing that was found."""

    severity: Severity
    sentence: str


def examine(path: Path) -> list[Finding]:
    """Everything that is wrong with the library file ``path``, worst first; an empty list when nothing is."""
    if not path.exists() and not backups_of(path):
        return [Finding(Severity.NOTE, f"{path}: there is no library yet; the first change makes it")]
    try:
        tables = LibraryFile(path).read() or {}
        schema.check(tables, str(path))
    except LibraryError as error:
        return [Finding(Severity.ERROR, str(error))]
    if not tables:
        return [Finding(Severity.NOTE, f"{path}: the file is empty; the first change makes a library of it")]
    lines = _lines(path)
    try:
        journal = list(_journal(path))
    except LibraryError as error:
        return [Finding(Severity.ERROR, str(error))]
    papers, steps = tables.get(schema.PAPERS, {}), tables.get(schema.HISTORY, {})
    found = [*_papers(papers, lines), *_twins(papers, lines), *_steps(steps, papers, lines), *_tables(tables), *journal]
    return sorted(found, key=lambda finding: list(Severity).index(finding.severity))


def _journal(path: Path) -> Iterator[Finding]:
    store = Store(LibraryFile(path))
    loaded = store.load()
    for warning in loaded.warnings:
        yield Finding(Severity.NOTE if loaded.is_recovered else Severity.WARNING, warning)
    if loaded.deltas and not loaded.is_recovered:
        changes = f"{len(loaded.deltas):,} changes are" if len(loaded.deltas) > 1 else "1 change is"
        yield Finding(Severity.NOTE, f"{changes} in the journal and not in the file yet; readlist settle folds them in")
    store.close(tidy=False)


def _lines(path: Path) -> Mapping[str, int]:
    """The line of each id in a file of our layout; in another one, few are found."""
    lines: dict[str, int] = {}
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if line.startswith('"'):
                lines.setdefault(line[1 : line.index('"', 1)], number)
    return lines


def _place(table: str, identifier: str, lines: Mapping[str, int]) -> str:
    line = f" (line {lines[identifier]})" if identifier in lines else ""
    return f"{table} {identifier}{line}"


def _papers(papers: Mapping[str, Any], lines: Mapping[str, int]) -> Iterator[Finding]:
    for identifier, document in papers.items():
        place = _place("paper", identifier, lines)
        try:
            paper = paper_of(identifier, document)
        except RecordError as error:
            yield Finding(Severity.ERROR, f"{place}: {error}; it is kept in the file and not shown")
            continue
        if not paper.title:
            yield Finding(Severity.WARNING, f"{place}: it has no title")


def _twins(papers: Mapping[str, Any], lines: Mapping[str, int]) -> Iterator[Finding]:
    """Papers in the list that share an identifier that should be one paper's alone."""
    for field in ("arxiv_id", "doi", "key"):
        owners: dict[str, str] = {}
        for identifier, document in papers.items():
            value = document.get(field) if isinstance(document, dict) and not document.get("deleted") else None
            if not isinstance(value, str) or not value:
                continue
            first = owners.setdefault(value.casefold(), identifier)
            if first != identifier:
                name = {"arxiv_id": "arXiv id", "doi": "DOI", "key": "citation key"}[field]
                both = f"{_place('paper', first, lines)} and {_place('paper', identifier, lines)}"
                yield Finding(Severity.WARNING, f"{both} have the same {name} {value}")


def _steps(steps: Mapping[str, Any], papers: Mapping[str, Any], lines: Mapping[str, int]) -> Iterator[Finding]:
    sound = []
    for identifier, document in steps.items():
        if flaw := history.flaw_of(identifier, document):
            place = _place("history", identifier, lines)
            yield Finding(Severity.WARNING, f"{place}: {flaw}; it is kept in the file and cannot be undone")
        else:
            sound.append(identifier)
    returning = {
        operation["id"] for step in sound for operation in steps[step]["inverse"] if "insert" in operation
    }  # papers that were taken out and that a step can put back
    for step in sound:
        gone = {
            operation["id"]
            for operation in steps[step]["inverse"]
            if "insert" not in operation and operation["id"] not in papers and operation["id"] not in returning
        }
        if gone:
            place = _place("history", step, lines)
            yield Finding(Severity.WARNING, f"{place}: it concerns {_listed(gone)}, which the library does not hold")


def _listed(ids: Iterable[str]) -> str:
    first, *others = sorted(ids)
    return f"paper {first}" + (f" and {len(others):,} others" if others else "")


def _tables(tables: Mapping[str, Any]) -> Iterator[Finding]:
    for name in sorted(set(tables) - {schema.PAPERS, schema.HISTORY, schema.META}):
        size = f" with {len(tables[name]):,} entries" if isinstance(tables[name], (dict, list)) else ""
        yield Finding(Severity.NOTE, f"table {json.dumps(name)}{size} is not readlist's; it is kept as it is")
