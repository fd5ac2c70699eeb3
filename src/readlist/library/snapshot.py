"""What the tables of a library say, as papers: an unchanging picture that any thread may look at."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from readlist.library.documents import Documents
from readlist.library.history import flaw_of, sound_steps
from readlist.library.layers import Layers, layers_of
from readlist.library.papers import listed_and_trashed, paper_of, stands_in, survey_of
from readlist.library.schema import HISTORY, META, META_ID, PAPERS, Document, Tables
from readlist.paper import Paper
from readlist.record import RecordError

_FIELDS = frozenset(Paper._fields) - {"id"}

_FEW = 32
"""Of so many papers, what is known of them already is used; of more, looking it up would be decoding it once more."""


class Snapshot(NamedTuple):
    """A library at one moment."""

    tables: Tables
    """As read or written; never changed."""
    papers: Layers[Paper]
    """Those in the list, by id."""
    trash: Layers[Paper]
    """Those in the trash, by id."""
    steps: tuple[str, ...]
    """The ids of the sound steps of the history, oldest first."""
    damaged: tuple[str, ...]
    """One sentence for every document that could not be understood; it stays in the file as it is."""

    @property
    def documents(self) -> Layers[Document]:
        """The table of papers."""
        table: Layers[Document] = self.tables[PAPERS]
        return table

    @property
    def history(self) -> Layers[Document]:
        """The table of steps."""
        table: Layers[Document] = self.tables[HISTORY]
        return table

    def after(self, tables: Tables, papers: Collection[str], steps: Collection[str]) -> "Snapshot":
        """The snapshot of ``tables``, which differ from these in the documents of ``papers`` and ``steps`` alone.

        It takes no longer for a large library than for a small one.

        Raises:
            RecordError: one of ``papers`` is no paper.
        """
        listed: dict[str, Paper | None] = {}
        trashed: dict[str, Paper | None] = {}
        before, documents = self.documents, tables[PAPERS]
        for identifier in papers:
            paper = None
            if identifier in documents:
                known = (self.papers.get(identifier) or self.trash.get(identifier)) if len(papers) <= _FEW else None
                old = before.get(identifier) if known else None
                paper = _paper_after(known, old, identifier, documents[identifier])
            for place, entries, belongs in (
                (self.papers, listed, paper is not None and not paper.deleted),
                (self.trash, trashed, paper is not None and paper.deleted),
            ):
                if belongs or identifier in place:
                    entries[identifier] = paper if belongs else None
        return self._replace(
            tables=tables,
            papers=self.papers.with_changes(listed),
            trash=self.trash.with_changes(trashed),
            steps=_steps_after(self.steps, tables[HISTORY], steps) if steps else self.steps,
        )


def _paper_after(known: Paper | None, before: Any, identifier: str, document: Any) -> Paper:
    """The paper of ``document``; of one that is ``known`` only the fields that have changed are read."""
    if known is None or stands_in(known) or not isinstance(before, dict) or not isinstance(document, dict):
        return paper_of(identifier, document)
    changed = {name: value for name, value in document.items() if name not in before or before[name] is not value}
    fresh = paper_of(identifier, changed)
    gone = [name for name in before if name not in document]
    names = [name for name in (*changed, *gone) if name in _FIELDS]
    return known._replace(**{name: getattr(fresh, name) for name in names})


def _steps_after(before: tuple[str, ...], history: Mapping[str, Any], changed: Collection[str]) -> tuple[str, ...]:
    """The ids of the sound steps of ``history``, which differs at ``changed`` from the one that had ``before``."""
    sound = [step for step in changed if step in history and not flaw_of(step, history[step])]
    gone = set(changed).difference(sound)
    kept = tuple(step for step in before if step not in gone) if gone else before
    if len(sound) == 1 and (not kept or int(sound[0]) > int(kept[-1])):  # the usual case: one new step
        return (*kept, sound[0])
    if kept and all(step in before for step in sound):
        return kept
    return tuple(sorted({*kept, *sound}, key=int))


def snapshot_of(tables: Tables) -> Snapshot:
    """The snapshot of ``tables`` as they were read from the file."""
    documents, history = (layers_of(tables.get(name, {})) for name in (PAPERS, HISTORY))
    papers, trash, flaws = _look_over(documents)
    damaged = [f"paper {identifier}: {flaws[identifier]}; it is kept in the file and not shown" for identifier in flaws]
    for identifier, document in history.items():
        if flaw := flaw_of(identifier, document):
            damaged.append(f"history {identifier}: {flaw}; it is kept in the file and cannot be undone")
    damaged += _out_of_place(tables)
    return Snapshot(
        {**tables, PAPERS: documents, HISTORY: history}, papers, trash, sound_steps(history), tuple(damaged)
    )


def _look_over(documents: Layers[Document]) -> tuple[Layers[Paper], Layers[Paper], dict[str, str]]:
    """The papers in the list, those in the trash, and what is wrong with the documents that are neither, by id."""
    below, changes = documents.parts()
    survey = below.survey if isinstance(below, Documents) else survey_of(below)
    listed, trashed = listed_and_trashed(below, survey)
    flaws = {key: flaw for key, flaw in survey.flaws.items() if key not in changes}
    in_list: dict[str, Paper | None] = dict.fromkeys(changes)
    in_trash: dict[str, Paper | None] = dict.fromkeys(changes)
    for identifier, document in changes.items():
        if document is None:
            continue
        try:
            paper = paper_of(identifier, document)
        except RecordError as error:
            flaws[identifier] = str(error)
        else:
            (in_trash if paper.deleted else in_list)[identifier] = paper
    return Layers(listed).with_changes(in_list), Layers(trashed).with_changes(in_trash), dict(sorted(flaws.items()))


def _out_of_place(tables: Tables) -> list[str]:
    """Documents that stand where none of ours belongs."""
    meta = tables.get(META, {})
    strange = [f"{META} {name}" for name in meta if name != META_ID] if isinstance(meta, dict) else []
    strange += [f"table {name}" for name in tables if name.isdecimal()]
    return [f"{name}: it stands in a place where no document belongs; it is kept there" for name in strange]
