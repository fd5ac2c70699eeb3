"""The reading list: the one door through which papers are looked at and changed."""

import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from tinydb import TinyDB

from readlist.library import editing, history, schema, wording
from readlist.library.errors import LibraryError
from readlist.library.ids import is_document_id, new_history_id, new_paper_ids
from readlist.library.snapshot import Snapshot, snapshot_of
from readlist.library.storage import AtomicStorage
from readlist.paper import Paper
from readlist.record import RecordError

if TYPE_CHECKING:
    import datetime as dt

    from readlist.library.history import Operation, Step
    from readlist.library.schema import Document, Tables


class Change(NamedTuple):
    """What a call has changed; it is on the disk."""

    name: str
    """For a toast: "Marked 12 papers read", "Undid: Starred “…”"."""
    ids: tuple[str, ...]
    """The papers concerned, in the order they were given."""
    kept: tuple[str, ...] = ()
    """The papers that undo or redo left alone, in full or in part, since they have been changed meanwhile."""


class _Draft(NamedTuple):
    """What is to be written: the tables, which papers and steps they hold that are not as before, what to call it."""

    tables: "Tables"
    touched: Sequence[str]
    steps: tuple[str, ...]
    change: Change


class Library:
    """A reading list in one TinyDB file, shared with any number of other processes and threads.

    Every change takes the lock, looks whether another process has written meanwhile (and then works on what that one
    left), writes the whole file durably, and only then shows in `papers` and returns. When it fails, `LibraryError` is
    raised and neither the file nor what is in memory has changed.

    The file is opened with TinyDB, and read and written through TinyDB's storage rather than through its tables: a
    change concerns two tables (``papers`` and ``history``) that must be written together, and every operation of a
    TinyDB table reads and copies the whole table (99 ms for one update of 10,000 papers).

    What is looked at is a snapshot: `papers` and `trash` are replaced by a change and never changed themselves, so that
    a thread may go through them while another changes the library.
    """

    def __init__(self, path: Path, *, clock: "Callable[[], dt.datetime]", who: str | None) -> None:
        self.path = path
        self._who = who
        self._clock = clock
        self._database = TinyDB(path, storage=AtomicStorage)
        self._storage = cast("AtomicStorage", self._database.storage)
        self._mutex = threading.RLock()
        self._snapshot = snapshot_of({}, None)

    @classmethod
    def open(cls, path: Path, *, clock: "Callable[[], dt.datetime] | None" = None, who: str | None = None) -> "Library":
        """The library in the file ``path``; where there is none, an empty one that the first change puts there.

        Args:
            path: the file, or a symbolic link to it.
            clock: tells the time, with a time zone.
            who: the user whose changes these are; by default the name of the account.

        Raises:
            LibraryError: the file is no library, is damaged, or belongs to a newer readlist; it is left untouched.
        """
        library = cls(path, clock=clock or _now, who=who)
        library.reload()
        return library

    def close(self) -> None:
        """End the use of the library; all that was confirmed is on the disk already."""
        self._database.close()

    # What there is to see

    @property
    def who(self) -> str:
        """Whose changes `undo` takes back."""
        if self._who is None:  # asked for late: the accounts may be in a directory on the network
            self._who = _account()
        return self._who

    @property
    def is_new(self) -> bool:
        """Whether there is no file yet: only then may the library be seeded (see `create`)."""
        return self._snapshot.stamp is None

    @property
    def papers(self) -> Mapping[str, Paper]:
        """The papers in the list by id; sorted by id, papers that were added together keep their order."""
        return self._snapshot.papers

    @property
    def trash(self) -> Mapping[str, Paper]:
        """The papers in the trash by id."""
        return self._snapshot.trash

    @property
    def damaged(self) -> tuple[str, ...]:
        """One sentence for each document in the file that could not be understood; it is kept there as it is."""
        return self._snapshot.damaged

    @property
    def can_undo(self) -> str | None:
        """The name of the step that `undo` would take back; None when there is none."""
        now = self._snapshot
        step = history.step_to_undo(now.history, now.steps, self.who)
        return now.history[step]["name"] if step else None

    @property
    def can_redo(self) -> str | None:
        """The name of the step that `redo` would do again; None when there is none."""
        now = self._snapshot
        step = history.step_to_redo(now.history, now.steps, self.who)
        return now.history[step]["name"] if step else None

    def history(self, limit: int | None = None) -> "list[Step]":
        """The latest steps, latest first, all users' and undone ones too; at most ``limit``."""
        now = self._snapshot
        steps = reversed(now.steps if limit is None else now.steps[max(len(now.steps) - limit, 0) :])
        return [history.step_of(step, now.history[step]) for step in steps]

    def reload(self) -> bool:
        """Look whether another process has written; True when the snapshot was replaced. Costs one `os.stat` if not.

        A file that has vanished is no reason to forget what it held: the snapshot stays, and the next change writes it.

        Raises:
            LibraryError: the file has become unreadable; the snapshot is what it was.
        """
        with self._mutex:
            before = self._snapshot
            self._snapshot = self._latest()
            return self._snapshot is not before

    # What can be done

    def create(self, papers: Iterable[Paper], name: str | None = None) -> Change | None:
        """Make the file, with ``papers`` in it.

        This is no step of the history: the papers are the library's beginning and nothing that the user did, and one
        ``u`` too many must not sweep them away. None, and nothing is done, when the file has appeared meanwhile: what
        another process put there is shown then. Without papers the file is made all the same, so that the library is
        not new any more.

        Raises:
            LibraryError: the file could not be made.
        """

        def draft(now: Snapshot) -> _Draft | None:
            if now.stamp is not None:
                return None
            time = self._time()
            placed = _with_ids(list(papers), {})
            documents: dict[str, Document] = {}
            history.apply(documents, [editing.insert_operation(paper, time) for paper in placed])
            tables = {**self._tables(now), schema.PAPERS: documents}
            called = name or (wording.added(placed) if placed else "Made an empty library")
            return _Draft(tables, tuple(documents), now.steps, Change(called, tuple(documents)))

        return self._perform(draft, creates=True)

    def add(self, papers: Iterable[Paper], name: str | None = None) -> Change | None:
        """Add ``papers`` as one step; None when there are none.

        Each gets an id, unless it brings along a valid one that is free (an export that is read back), and the time it
        was added, unless it brings one along.

        Raises:
            LibraryError: nothing was added.
        """
        return self._perform(lambda now: self._adding(now, papers, name), creates=True)

    def edit(self, ids: Iterable[str], name: str | None = None, **fields: Any) -> Change | None:
        """Give the papers ``ids``, in the list or the trash, new values of `Paper`'s ``fields``, as one step.

        A change of ``status`` sets ``started`` and ``finished`` along with it. Only what differs is recorded; papers
        that another process has removed are passed over.

        Returns:
            What was changed; None when all papers had the values already.

        Raises:
            LibraryError: a field or value is impossible, or none of the papers is there; nothing was changed.
        """
        return self._perform(
            lambda now: self._editing(now, dict.fromkeys(ids, editing.checked(fields)), name, wording.edited_each)
        )

    def edit_each(self, changes: Mapping[str, Mapping[str, Any]], name: str | None = None) -> Change | None:
        """As `edit`, with fields of its own for each paper: {id: {field: value}}; one step."""
        return self._perform(
            lambda now: self._editing(
                now, {key: editing.checked(fields) for key, fields in changes.items()}, name, wording.edited_each
            )
        )

    def delete(self, ids: Iterable[str]) -> Change | None:
        """Put papers in the trash, as one step; None when they lie there already."""
        return self._perform(
            lambda now: self._editing(
                now,
                {key: {} if key in now.trash else {"deleted": self._time()} for key in ids},
                None,
                lambda papers, _: wording.deleted(papers),
            )
        )

    def restore(self, ids: Iterable[str]) -> Change | None:
        """Take papers out of the trash, as one step; None when none lies there."""
        return self._perform(
            lambda now: self._editing(
                now, {key: {"deleted": ""} for key in ids}, None, lambda papers, _: wording.restored(papers)
            )
        )

    def assign_keys(self, keys: Mapping[str, str]) -> None:
        """Keep citation keys that have been handed out: {id: key}; papers that have a key keep theirs.

        This is no step of the history: undoing what came before must not take back a key that already stands in
        somebody's manuscript. A key that the user chooses is an ordinary `edit`.

        Raises:
            LibraryError: nothing was kept.
        """

        def draft(now: Snapshot) -> _Draft | None:
            documents = dict(now.documents)
            known = {**now.papers, **now.trash}
            given = [key for key in keys if key in known and not known[key].key and keys[key]]
            for key in given:
                documents[key] = {**documents[key], "key": keys[key]}
            tables = {**self._tables(now), schema.PAPERS: documents}
            return _Draft(tables, given, now.steps, Change("", tuple(given))) if given else None

        self._perform(draft)

    def undo(self) -> Change | None:
        """Take back this user's latest step that is not undone; None when there is none.

        What has been changed again since, by another user or from outside, stays as it is; `Change.kept` and the name
        say so.

        Raises:
            LibraryError: nothing was taken back.
        """
        return self._perform(
            lambda now: self._taking_back(now, history.step_to_undo(now.history, now.steps, self.who), "Undid")
        )

    def redo(self) -> Change | None:
        """Do this user's last undone step again; None when there is none. Otherwise as `undo`."""
        return self._perform(
            lambda now: self._taking_back(now, history.step_to_redo(now.history, now.steps, self.who), "Redid")
        )

    # How it is done

    def _perform(self, make: Callable[[Snapshot], _Draft | None], *, creates: bool = False) -> Change | None:
        """The one way to the file: ``make`` says, for the latest snapshot and under the lock, what to write.

        Only what ``creates`` a library may leave a trace where there is none: other changes find no paper there.
        """
        with self._mutex:
            if self.is_new and creates:
                self._storage.make_folder()
            elif self.is_new:
                self._snapshot = self._latest()
                if self.is_new:
                    make(self._snapshot)  # for the error that it may raise
                    return None
            with self._storage.locked():
                now = self._snapshot = self._latest()
                draft = make(now)
                if draft is None:
                    return None
                try:
                    then = now.after(draft.tables, draft.touched, draft.steps)
                except RecordError as error:
                    raise LibraryError(f"{self.path}: {error}; nothing was changed") from error
                self._storage.write(draft.tables)
                self._snapshot = then._replace(stamp=self._storage.stamp)
            return draft.change

    def _latest(self) -> Snapshot:
        stamp = self._storage.current_stamp()
        if stamp is None or stamp == self._snapshot.stamp:
            return self._snapshot
        tables = self._storage.read() or {}
        schema.check(tables, str(self.path))
        return snapshot_of(tables, self._storage.stamp)

    def _adding(self, now: Snapshot, papers: Iterable[Paper], name: str | None) -> _Draft | None:
        time = self._time()
        placed = _with_ids(list(papers), now.documents)
        if not placed:
            return None
        operations = [editing.insert_operation(paper, time) for paper in placed]
        return self._step(now, operations, name or wording.added(placed))

    def _editing(
        self,
        now: Snapshot,
        changes: Mapping[str, Mapping[str, Any]],
        name: str | None,
        called: Callable[[Sequence[Paper], Sequence[Mapping[str, Any]]], str],
    ) -> _Draft | None:
        known = {key: now.papers.get(key) or now.trash.get(key) for key in changes}
        if changes and not any(known.values()):
            raise LibraryError("The paper is not in the library any more; nothing was changed")
        time = self._time()
        operations, papers, fields = [], [], []
        for key, paper in known.items():
            operation = editing.edit_operation(paper, changes[key], time) if paper else None
            if paper and operation:
                operations.append(operation)
                papers.append(paper)
                fields.append({name: changes[key][name] for name in operation[history.TIMES]})
        return self._step(now, operations, name or called(papers, fields)) if operations else None

    def _step(self, now: Snapshot, operations: "list[Operation]", name: str) -> _Draft:
        tables = self._tables(now)
        documents = dict(now.documents)
        inverse, _ = history.apply(documents, operations)
        undone = history.undone_steps(now.history, now.steps, self.who)
        steps = {step: document for step, document in now.history.items() if step not in undone}
        moment = round(self._clock().timestamp() * 1_000_000)
        identifier = new_history_id(moment, now.steps[-1] if now.steps else None)
        steps[identifier] = history.step_document(self._time(), self.who, name, inverse)
        sound = self._forget(steps, [*(step for step in now.steps if step not in undone), identifier], documents)
        ids = tuple(operation["id"] for operation in operations)
        return _Draft({**tables, schema.PAPERS: documents, schema.HISTORY: steps}, ids, sound, Change(name, ids))

    def _forget(
        self, steps: "dict[str, Document]", sound: Sequence[str], documents: "Mapping[str, Document]"
    ) -> tuple[str, ...]:
        """Take out of ``steps`` the oldest that there is no room for; returns the ids of the ``sound`` ones left."""
        sizes = self._storage.sizes(schema.HISTORY, {step: steps[step] for step in sound})
        room = history.LEAST_BYTES
        if sum(sizes) > room:
            room = max(room, sum(self._storage.sizes(schema.PAPERS, documents)))
        forgotten = history.steps_to_forget(steps, sound, sizes, room)
        for step in forgotten:
            del steps[step]
        return tuple(step for step in sound if step not in forgotten)

    def _taking_back(self, now: Snapshot, step: str | None, verb: str) -> _Draft | None:
        if step is None:
            return None
        documents = dict(now.documents)
        document = now.history[step]
        ids = history.step_of(step, document).ids
        inverse, conflicts = history.apply(documents, document["inverse"])
        changed = {operation["id"] for operation in inverse}
        kept = tuple(dict.fromkeys(conflict.id for conflict in conflicts))
        steps = {**now.history, step: {**document, "inverse": inverse, "undone": not document["undone"]}}
        name = wording.taken_back(document["name"], verb, len(kept), len(changed))
        done = tuple(key for key in ids if key in changed)
        tables = {**self._tables(now), schema.PAPERS: documents, schema.HISTORY: steps}
        return _Draft(tables, done, now.steps, Change(name, done, kept))

    def _tables(self, now: Snapshot) -> "Tables":
        return schema.completed(now.tables, self._time())

    def _time(self) -> str:
        import datetime as dt  # noqa: PLC0415 - reading does not need the time

        return self._clock().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _with_ids(papers: Sequence[Paper], taken: Mapping[str, Any]) -> list[Paper]:
    """``papers`` with an id each; those that bring one along keep it if it is valid and free."""
    placed = list(papers)
    used: set[str] = set()
    without = []
    for index, paper in enumerate(papers):
        if is_document_id(paper.id) and paper.id not in taken and paper.id not in used:
            used.add(paper.id)
        else:
            without.append(index)
    for index, identifier in zip(without, new_paper_ids(len(without), used.union(taken)), strict=True):
        placed[index] = placed[index]._replace(id=identifier)
    return placed


def _now() -> "dt.datetime":
    import datetime as dt  # noqa: PLC0415 - reading does not need the time

    return dt.datetime.now(dt.UTC)


def _account() -> str:
    """The name of the user's account: it tells whose changes are whose, whatever the environment says."""
    try:
        import pwd  # noqa: PLC0415 - Unix alone has it
    except ImportError:
        return os.environ.get("USERNAME", "me")
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's user without an entry
        return str(os.getuid())
