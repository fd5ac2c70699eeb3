"""What the tables of a library say, as papers: an unchanging picture that any thread may look at."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from readlist.library.history import flaw_of, sound_steps
from readlist.library.ids import is_document_id
from readlist.library.schema import HISTORY, PAPERS, Document, Tables
from readlist.library.storage import Stamp
from readlist.paper import Paper
from readlist.record import RecordError, record_to_paper


class Snapshot(NamedTuple):
    """A library at one moment."""

    tables: Tables
    """As read or written; never changed."""
    stamp: Stamp | None
    """Which content of the file this is; None when there was no file."""
    papers: Mapping[str, Paper]
    """Those in the list, by id."""
    trash: Mapping[str, Paper]
    """Those in the trash, by id."""
    steps: tuple[str, ...]
    """The ids of the sound steps of the history, oldest first."""
    damaged: tuple[str, ...]
    """One sentence for every document that could not be understood; it stays in the file as it is."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The table of papers."""
        table: Mapping[str, Document] = self.tables.get(PAPERS, {})
        return table

    @property
    def history(self) -> Mapping[str, Document]:
        """The table of steps."""
        table: Mapping[str, Document] = self.tables.get(HISTORY, {})
        return table

    def after(self, tables: Tables, touched: Iterable[str], steps: tuple[str, ...]) -> "Snapshot":
        """The snapshot of ``tables`` with the sound ``steps``; other papers than those ``touched`` are the same.

        Raises:
            RecordError: one of ``touched`` is no paper.
        """
        papers, trash = dict(self.papers), dict(self.trash)
        documents = tables[PAPERS]
        for identifier in touched:
            paper = paper_of(identifier, documents[identifier]) if identifier in documents else None
            for place, belongs in ((papers, paper and not paper.deleted), (trash, paper and paper.deleted)):
                if paper and belongs:
                    place[identifier] = paper
                else:
                    place.pop(identifier, None)
        papers, trash = _in_order(papers, self.papers), _in_order(trash, self.trash)
        return Snapshot(tables, self.stamp, MappingProxyType(papers), MappingProxyType(trash), steps, self.damaged)


def _in_order(papers: dict[str, Paper], before: Mapping[str, Paper]) -> dict[str, Paper]:
    """``papers`` sorted by id; ``before`` was, so that only papers that came have to be put in their place."""
    return papers if papers.keys() <= before.keys() else dict(sorted(papers.items()))


def snapshot_of(tables: Tables, stamp: Stamp | None) -> Snapshot:
    """The snapshot of ``tables`` as they were read from the file."""
    papers: dict[str, Paper] = {}
    trash: dict[str, Paper] = {}
    damaged: list[str] = []
    for identifier, document in sorted(tables.get(PAPERS, {}).items()):
        try:
            paper = paper_of(identifier, document)
        except RecordError as error:
            damaged.append(f"paper {identifier}: {error}; it is kept in the file and not shown")
        else:
            (trash if paper.deleted else papers)[identifier] = paper
    history = tables.get(HISTORY, {})
    for identifier, document in history.items():
        if flaw := flaw_of(identifier, document):
            damaged.append(f"history {identifier}: {flaw}; it is kept in the file and cannot be undone")
    return Snapshot(
        tables, stamp, MappingProxyType(papers), MappingProxyType(trash), sound_steps(history), tuple(damaged)
    )


def paper_of(identifier: str, document: Any) -> Paper:
    """The paper that a document of the table ``papers`` describes.

    Raises:
        RecordError: it is none; the message names the field.
    """
    if not is_document_id(identifier):
        raise RecordError("its id is no decimal number")
    if not isinstance(document, dict):
        raise RecordError(f"a JSON object was expected, {type(document).__name__} found")
    times = document.get("times", {})
    if not isinstance(times, dict) or not all(isinstance(time, str) for time in times.values()):
        raise RecordError("field 'times': names with times expected")
    return record_to_paper(identifier, document)
