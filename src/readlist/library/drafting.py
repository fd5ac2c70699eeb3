"""What a change that the user asks for makes of a snapshot: which documents differ afterwards, and what to call it.

Nothing is written here. A draft can be made again, on a later snapshot, when the first could not be written.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from readlist.library import editing, history, merging, schema, wording
from readlist.library.delta import Delta, difference
from readlist.library.errors import LibraryError
from readlist.library.history import Operation
from readlist.library.ids import is_document_id, new_history_id, new_paper_ids
from readlist.library.schema import Document
from readlist.library.snapshot import Snapshot
from readlist.paper import Paper


class Change(NamedTuple):
    """What a call has changed; it is on the disk, unless `held` says otherwise."""

    name: str
    """For a toast: "Marked 12 papers read", "Undid: Starred “…”"."""
    ids: tuple[str, ...]
    """The papers concerned, in the order they were given."""
    kept: tuple[str, ...] = ()
    """The papers that undo or redo left alone, in full or in part, since they have been changed meanwhile."""
    held: str = ""
    """Why the change is in memory alone, for now: "disk full"; empty when it is on the disk."""


class Draft(NamedTuple):
    """What is to be written."""

    papers: Mapping[str, Document | None]
    """The documents of the table of papers that are to be as given; None: gone."""
    steps: Mapping[str, Document | None]
    """Likewise of the history."""
    change: Change
    before: Mapping[str, Document] | None = None
    """Those of the documents of papers that were there, as they were, so that they are not decoded once more."""


class Moment(NamedTuple):
    """Who makes a change, and when."""

    who: str
    time: str
    """ISO 8601 in UTC, to the second."""
    microseconds: int
    """Since the epoch."""


Act = Callable[[Snapshot, Moment], Draft | None]
"""Makes a draft; None when there is nothing to do."""


def delta_of(before: Snapshot, after: Snapshot, draft: Draft) -> Delta:
    """What ``draft`` has changed between the snapshots ``before`` and ``after`` it, for the journal."""
    changes = {
        schema.PAPERS: difference(
            before.documents if draft.before is None else draft.before, after.documents, draft.papers
        ),
        schema.HISTORY: difference(before.history, after.history, draft.steps),
    }
    return {table: changed for table, changed in changes.items() if changed}


def creating(papers: Sequence[Paper], name: str | None) -> Act:
    """The beginning of a library; no step of the history."""
    placed = list(papers)

    def draft(now: Snapshot, moment: Moment) -> Draft | None:
        placed[:] = _with_ids(placed, now.documents)  # once given, an id stays: later changes may be about it
        operations = [editing.insert_operation(paper, moment.time) for paper in placed]
        documents, _, before = _carried_out(now, operations)
        called = name or (wording.added(placed) if placed else "Made an empty library")
        return Draft(documents, {}, Change(called, tuple(documents)), before)

    return draft


def adding(papers: Sequence[Paper], name: str | None) -> Act:
    """Papers that come; see `readlist.library.library.Library.add`."""
    placed = list(papers)

    def draft(now: Snapshot, moment: Moment) -> Draft | None:
        placed[:] = _with_ids(placed, now.documents)  # as above
        operations = [editing.insert_operation(paper, moment.time) for paper in placed]
        return _step(now, moment, operations, name or wording.added(placed)) if placed else None

    return draft


def bringing(papers: Sequence[Paper], completed: Mapping[str, Mapping[str, Any]], name: str | None) -> Act:
    """Papers that come, and what is known only now of others; see `readlist.library.library.Library.bring`."""
    placed = list(papers)

    def draft(now: Snapshot, moment: Moment) -> Draft | None:
        placed[:] = _with_ids(placed, now.documents)  # as above
        operations = [editing.insert_operation(paper, moment.time) for paper in placed]
        known = [(now.papers[key], fields) for key, fields in completed.items() if key in now.papers]
        edits = [editing.edit_operation(paper, fields, moment.time) for paper, fields in known]
        done = [edit for edit in edits if edit]
        called = name or wording.brought(placed, len(done))
        return _step(now, moment, [*operations, *done], called) if operations or done else None

    return draft


Called = Callable[[Sequence[Paper], Sequence[Mapping[str, Any]]], str]
"""Names a change, from the papers as they were before and what each gets."""


def editing_each(
    changes: Mapping[str, Mapping[str, Any]], name: str | None = None, called: Called = wording.edited_each
) -> Act:
    """Other values for fields, {id: {field: value}}; they must have been checked."""

    def draft(now: Snapshot, moment: Moment) -> Draft | None:
        operations, papers, fields = [], [], []
        for key, paper in _known(now, changes).items():
            operation = editing.edit_operation(paper, changes[key], moment.time)
            if operation:
                operations.append(operation)
                papers.append(paper)
                fields.append({field: changes[key][field] for field in operation[history.TIMES]})
        return _step(now, moment, operations, name or called(papers, fields)) if operations else None

    return draft


def writing_note(identifier: str, text: str, seen: str) -> Act:
    """The note ``text``, written by somebody who had ``seen`` another one before; no text gets lost."""

    def draft(now: Snapshot, moment: Moment) -> Draft | None:
        paper = _known(now, [identifier])[identifier]
        note = text if paper.note in {seen, text} else merging.both_notes(paper.note, text)
        return editing_each({identifier: {"note": note}})(now, moment)

    return draft


def deleting(ids: Iterable[str]) -> Act:
    """Papers that go to the trash."""
    wanted = tuple(ids)

    def draft(now: Snapshot, moment: Moment) -> Draft | None:
        changes = {key: {} if key in now.trash else {"deleted": moment.time} for key in wanted}
        return editing_each(changes, called=lambda papers, _: wording.deleted(papers))(now, moment)

    return draft


def restoring(ids: Iterable[str]) -> Act:
    """Papers that come back from the trash."""
    changes = {key: {"deleted": ""} for key in ids}
    return editing_each(changes, called=lambda papers, _: wording.restored(papers))


def purging(ids: Iterable[str] | None) -> Act:
    """Papers that leave the trash for good (all of it: None); the history keeps what it takes to bring them back."""
    wanted = None if ids is None else tuple(ids)

    def draft(now: Snapshot, moment: Moment) -> Draft | None:
        gone = [now.trash[key] for key in (now.trash if wanted is None else wanted) if key in now.trash]
        operations = [history.removal(paper.id, now.documents[paper.id]) for paper in gone]
        name = wording.purged(gone, everything=len(gone) == len(now.trash)) if gone else ""
        return _step(now, moment, operations, name) if gone else None

    return draft


def merging_papers(into: str, others: Sequence[str]) -> Act:
    """One paper out of several: the first takes over what it lacks, the others go to the trash."""

    def draft(now: Snapshot, moment: Moment) -> Draft | None:
        known = _known(now, [into])
        rest = [now.papers[key] for key in dict.fromkeys(others) if key in now.papers and key != into]
        if not rest:
            raise LibraryError("There is no other paper to merge; nothing was changed")
        kept = editing.edit_operation(known[into], merging.merged_fields(known[into], rest), moment.time)
        gone = [editing.edit_operation(paper, {"deleted": moment.time}, moment.time) for paper in rest]
        operations = [operation for operation in (kept, *gone) if operation]
        return _step(now, moment, operations, wording.merged(known[into], len(rest)))

    return draft


def assigning_keys(keys: Mapping[str, str]) -> Act:
    """Citation keys that have been handed out; no step of the history."""

    def draft(now: Snapshot, _: Moment) -> Draft | None:
        documents: dict[str, Document | None] = {}
        for identifier, key in keys.items():
            paper = now.papers.get(identifier) or now.trash.get(identifier)
            if paper is not None and not paper.key and key:
                documents[identifier] = {**now.documents[identifier], "key": key}
        return Draft(documents, {}, Change("", tuple(documents))) if documents else None

    return draft


def undoing() -> Act:
    """The user's latest step taken back."""
    return _turning("Undid", history.step_to_undo, undone=False)


def redoing() -> Act:
    """The step that the user has undone last, done again."""
    return _turning("Redid", history.step_to_redo, undone=True)


_Find = Callable[[Mapping[str, Document], Sequence[str], str], str | None]


def _turning(verb: str, find: _Find, *, undone: bool) -> Act:
    chosen: str | None = None

    def draft(now: Snapshot, moment: Moment) -> Draft | None:
        nonlocal chosen  # made again, it is about the same step, whatever has come meanwhile
        if chosen not in now.steps or now.history[chosen]["undone"] is not undone:
            chosen = find(now.history, now.steps, moment.who)
        return _taking_back(now, chosen, verb)

    return draft


def forgetting(now: Snapshot, sizes: Callable[[str, Mapping[str, Document]], list[int]]) -> Draft | None:
    """The oldest steps gone, where there are more than the history may hold.

    Args:
        now: the snapshot.
        sizes: tells how many bytes of the file each of some documents of a table takes.
    """
    if len(now.steps) <= history.FEWEST_STEPS:
        return None
    each = sizes(schema.HISTORY, {step: now.history[step] for step in now.steps})
    room = history.LEAST_BYTES
    if sum(each) > room:
        room = max(room, sum(sizes(schema.PAPERS, now.documents)))
    forgotten = history.steps_to_forget(now.history, now.steps, each, room)
    return Draft({}, dict.fromkeys(forgotten), Change("", ())) if forgotten else None


def _known(now: Snapshot, ids: Iterable[str]) -> dict[str, Paper]:
    """Those of the papers that are there, in the list or the trash.

    Raises:
        LibraryError: ids were given, and none of them is there.
    """
    wanted = list(ids)
    found = {key: paper for key in wanted if (paper := now.papers.get(key) or now.trash.get(key))}
    if wanted and not found:
        raise LibraryError("The paper is not in the library any more; nothing was changed")
    return found


def _carried_out(
    now: Snapshot, operations: Sequence[Operation]
) -> tuple[dict[str, Document | None], list[Operation], dict[str, Document]]:
    """The documents concerned as they are afterwards, the operations that take it back, the documents as they were."""
    ids = list(dict.fromkeys(operation["id"] for operation in operations))
    before = {identifier: now.documents[identifier] for identifier in ids if identifier in now.documents}
    documents = dict(before)
    inverse, _ = history.apply(documents, operations)
    return {identifier: documents.get(identifier) for identifier in ids}, inverse, before


def _step(now: Snapshot, moment: Moment, operations: Sequence[Operation], name: str) -> Draft:
    documents, inverse, before = _carried_out(now, operations)
    steps: dict[str, Document | None] = dict.fromkeys(history.undone_steps(now.history, now.steps, moment.who))
    identifier = new_history_id(moment.microseconds, now.steps[-1] if now.steps else None)
    steps[identifier] = history.step_document(moment.time, moment.who, name, inverse)
    ids = history.step_of(identifier, steps[identifier] or {}).ids
    return Draft(documents, steps, Change(name, ids), before)


def _taking_back(now: Snapshot, step: str | None, verb: str) -> Draft | None:
    if step is None:
        return None
    document = now.history[step]
    ids = history.step_of(step, document).ids
    before = {identifier: now.documents[identifier] for identifier in ids if identifier in now.documents}
    documents = dict(before)
    inverse, conflicts = history.apply(documents, document["inverse"])
    changed = {operation["id"] for operation in inverse}
    kept = tuple(dict.fromkeys(conflict.id for conflict in conflicts))
    name = wording.taken_back(document["name"], verb, len(kept), len(changed))
    done = tuple(key for key in ids if key in changed)
    undone = {**document, "inverse": inverse, "undone": not document["undone"]}
    return Draft({key: documents.get(key) for key in done}, {step: undone}, Change(name, done, kept), before)


def _with_ids(papers: Sequence[Paper], taken: Container[str]) -> list[Paper]:
    """``papers`` with an id each; those that bring one along keep it if it is valid and free."""
    placed = list(papers)
    used: set[str] = set()
    without = []
    for index, paper in enumerate(papers):
        if is_document_id(paper.id) and paper.id not in taken and paper.id not in used:
            used.add(paper.id)
        else:
            without.append(index)
    for index, identifier in zip(without, new_paper_ids(len(without), used, taken), strict=True):
        placed[index] = placed[index]._replace(id=identifier)
    return placed
