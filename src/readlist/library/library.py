"""The reading list: the one door through which papers are looked at and changed."""

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tinydb import TinyDB

from readlist.library import backups, drafting, editing, history, schema
from readlist.library.account import account_name
from readlist.library.drafting import Act, Change, Draft, Moment
from readlist.library.errors import LibraryError, NotWrittenError, reason_of
from readlist.library.held import Held, laid_over, lost
from readlist.library.reader import LibraryReader
from readlist.library.snapshot import Snapshot, snapshot_of
from readlist.library.storage import AtomicStorage
from readlist.library.store import LARGEST_UNFOLDED
from readlist.paper import Paper
from readlist.record import RecordError

if TYPE_CHECKING:
    import datetime as dt

    from readlist.library.schema import Tables

__all__ = ["Change", "Library"]


class Library(LibraryReader):
    """A reading list in one TinyDB file, shared with any number of other processes and threads.

    Every change takes the lock, looks whether another process has written meanwhile (and then works on what that one
    left), writes what differs durably to the journal, and only then shows in `papers` and returns. When it fails,
    `LibraryError` is raised and neither the disk nor what is in memory has changed. A library that is opened with
    ``holds`` keeps a change that the disk does not take in memory instead, says so (`held`), and tries again with
    `retry` and with every later change.

    The file is opened with TinyDB, and read and written through TinyDB's storage rather than through its tables: a
    change concerns two tables (``papers`` and ``history``) that must be written together, and every operation of a
    TinyDB table reads and copies the whole table (99 ms for one update of 10,000 papers).
    """

    def __init__(self, path: Path, *, clock: "Callable[[], dt.datetime]", who: str | None, holds: bool = False) -> None:
        self._database = TinyDB(path, storage=AtomicStorage)
        super().__init__(path, cast("AtomicStorage", self._database.storage))
        self._who = who
        self._clock = clock
        self._mutex = threading.RLock()
        self._holds = holds
        self._held: tuple[Held, ...] = ()
        self._is_writing_held = False
        self._trouble = ""
        self._backed_up = (0, 0)
        """From when to when, in microseconds since the epoch, it is known that there is a backup of the day."""

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: "Callable[[], dt.datetime] | None" = None,
        who: str | None = None,
        holds: bool = False,
        verified: str = "",
    ) -> "Library":
        """The library in the file ``path``; where there is none, an empty one that the first change puts there.

        What a readlist that was killed left in the journal is taken up; `warnings` says so.

        Args:
            path: the file, or a symbolic link to it.
            clock: tells the time, with a time zone.
            who: the user whose changes these are; by default the name of the account.
            holds: whether changes that the disk does not take are kept in memory.
            verified: the `digest` that a library had once; when the file still has it, its papers are not decoded.

        Raises:
            LibraryError: the file is no library, is damaged, or belongs to a newer readlist; it is left untouched.
        """
        library = cls(path, clock=clock or _now, who=who, holds=holds)
        library._file.verified = verified
        try:
            library.reload()
        except LibraryError:
            library._store.close(tidy=False)
            raise
        return library

    @classmethod
    def open_damaged(cls, path: Path, *, who: str | None = None) -> "Library":
        """What can be read of the damaged library ``path``, to look at: every change to it is refused.

        Raises:
            LibraryError: not even that can be done.
        """
        from readlist.library.repair import readable_tables  # noqa: PLC0415 - for damaged files alone

        library = cls(path, clock=_now, who=who)
        library._show(snapshot_of(readable_tables(path)))
        library.is_read_only = True
        return library

    def close(self) -> None:
        """Fold what is in the journal into the file, and end the use of the library.

        A fold that fails is no loss: what was confirmed is in the journal, and the next one to open the library takes
        it up.
        """
        with self._mutex:
            if self._must_settle and self._store.has_unfolded:
                with suppress(LibraryError):
                    self.settle()
            self._store.close(tidy=True)
            self._database.close()

    def settle(self) -> bool:
        """Fold the journal into the file, so that any program sees everything there; False when nothing was to do.

        Raises:
            LibraryError: the file is as it was; what was confirmed is still in the journal.
        """
        with self._mutex:
            self.reload()
            if self.is_read_only or not self.has_unfolded:
                return False
            with self._store.locked():
                self._catch_up()
                self._fold()
            return True

    def keep_journal(self) -> None:
        """Have a journal from now on, in which what other processes do can be followed without reading all anew."""
        if self.is_read_only:
            return
        with self._mutex, suppress(LibraryError), self._store.locked():
            self._catch_up()
            self._store.keep_journal()

    # What there is to see

    @property
    def who(self) -> str:
        """Whose changes `undo` takes back."""
        if self._who is None:  # asked for late: the accounts may be in a directory on the network
            self._who = account_name()
        return self._who

    @property
    def is_new(self) -> bool:
        """Whether there is no file yet: only then may the library be seeded (see `create`)."""
        return super().is_new and not self._held

    @property
    def held(self) -> tuple[str, ...]:
        """The names of the changes that are in memory alone, since the disk does not take them."""
        return tuple(held.name for held in self._held)

    @property
    def trouble(self) -> str:
        """Why there are changes `held`: "disk full"; empty when there are none."""
        return self._trouble if self._held else ""

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

    def reload(self) -> bool:
        """As `LibraryReader.reload`, while no thread changes the library."""
        with self._mutex:
            return super().reload()

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
        act = drafting.creating(list(papers), name)
        return self._perform(lambda now, moment: act(now, moment) if self._store.stamp is None else None, creates=True)

    def add(self, papers: Iterable[Paper], name: str | None = None) -> Change | None:
        """Add ``papers`` as one step; None when there are none.

        Each gets an id, unless it brings along a valid one that is free (an export that is read back), and the time it
        was added, unless it brings one along.

        Raises:
            LibraryError: nothing was added.
        """
        return self._perform(drafting.adding(list(papers), name), creates=True)

    def bring(self, papers: Iterable[Paper], completed: Mapping[str, Mapping[str, Any]]) -> Change | None:
        """Add ``papers`` and give others fields that they lack, {id: {field: value}}, as one step; None: nothing to do.

        Raises:
            LibraryError: nothing was changed.
        """
        fields = {key: editing.checked(values) for key, values in completed.items()}
        return self._perform(drafting.bringing(list(papers), fields, None), creates=True)

    def edit(self, ids: Iterable[str], name: str | None = None, **fields: Any) -> Change | None:
        """Give the papers ``ids``, in the list or the trash, new values of `Paper`'s ``fields``, as one step.

        A change of ``status`` sets ``started`` and ``finished`` along with it. Only what differs is recorded; papers
        that another process has removed are passed over.

        Returns:
            What was changed; None when all papers had the values already.

        Raises:
            LibraryError: a field or value is impossible, or none of the papers is there; nothing was changed.
        """
        return self._perform(drafting.editing_each(dict.fromkeys(ids, editing.checked(fields)), name))

    def edit_each(self, changes: Mapping[str, Mapping[str, Any]], name: str | None = None) -> Change | None:
        """As `edit`, with fields of its own for each paper: {id: {field: value}}; one step."""
        checked = {key: editing.checked(fields) for key, fields in changes.items()}
        return self._perform(drafting.editing_each(checked, name))

    def write_note(self, identifier: str, text: str, *, seen: str) -> Change | None:
        """Give a paper the note ``text``, written by somebody who had ``seen`` the note as it was before.

        Where another process has written another note meanwhile, the paper gets both texts, in one step with the look.

        Raises:
            LibraryError: the paper is not there any more; nothing was changed.
        """
        editing.checked({"note": text})
        return self._perform(drafting.writing_note(identifier, text, seen))

    def delete(self, ids: Iterable[str]) -> Change | None:
        """Put papers in the trash, as one step; None when they lie there already."""
        return self._perform(drafting.deleting(ids))

    def restore(self, ids: Iterable[str]) -> Change | None:
        """Take papers out of the trash, as one step; None when none lies there."""
        return self._perform(drafting.restoring(ids))

    def purge(self, ids: Iterable[str] | None = None) -> Change | None:
        """Remove papers from the trash, as one step; without ``ids`` all of them. None when none lies there.

        It can be undone like any other step.
        """
        return self._perform(drafting.purging(ids))

    def merge(self, into: str, others: Iterable[str]) -> Change | None:
        """Make one paper of several, as one step: ``into`` takes over what it lacks, ``others`` go to the trash.

        Notes, tags and stars of all are kept. The library is backed up before.

        Raises:
            LibraryError: a paper is not there, or there can be no backup; nothing was changed.
        """
        return self._perform(drafting.merging_papers(into, tuple(others)), backup="merge")

    def assign_keys(self, keys: Mapping[str, str]) -> None:
        """Keep citation keys that have been handed out: {id: key}; papers that have a key keep theirs.

        This is no step of the history: undoing what came before must not take back a key that already stands in
        somebody's manuscript. A key that the user chooses is an ordinary `edit`.

        Raises:
            LibraryError: nothing was kept.
        """
        self._perform(drafting.assigning_keys(keys))

    def undo(self) -> Change | None:
        """Take back this user's latest step that is not undone; None when there is none.

        What has been changed again since, by another user or from outside, stays as it is; `Change.kept` and the name
        say so.

        Raises:
            LibraryError: nothing was taken back.
        """
        return self._perform(drafting.undoing())

    def redo(self) -> Change | None:
        """Do this user's last undone step again; None when there is none. Otherwise as `undo`."""
        return self._perform(drafting.redoing())

    def retry(self) -> int:
        """Write the changes that are `held`; returns how many are left, which is none.

        Raises:
            NotWrittenError: the disk still does not take them; `held` says which are left.
        """
        with self._mutex:
            self._write_held()
            return len(self._held)

    # How it is done

    def _perform(self, act: Act, *, creates: bool = False, backup: str = "") -> Change | None:
        """The one way to the disk: ``act`` says, for the latest snapshot and under the lock, what to write.

        Only what ``creates`` a library may leave a trace where there is none: other changes find no paper there.
        """
        with self._mutex:
            if self.is_read_only:
                raise LibraryError(f"{self.path}: open for reading only, since it is damaged; nothing was changed")
            if self.is_new and not creates:
                self._catch_up()
                if self.is_new:
                    act(self._snapshot, self._moment())  # for the error that it may raise
                    return None
            try:
                if self._store.stamp is None:
                    self._file.make_folder()
                self._write_held()
                return self._write(act, backup)
            except NotWrittenError as error:
                if not self._holds:
                    raise
                return self._hold(act, error.reason, backup)

    def _write(self, act: Act, backup: str) -> Change | None:
        with self._store.locked():
            self._catch_up()
            return self._write_on_latest(act, backup)

    def _write_on_latest(self, act: Act, backup: str) -> Change | None:
        """Write what ``act`` makes of what is on the disk; the lock is held, and all is known that others have done."""
        moment = self._moment()
        draft = act(self._on_disk, moment)
        if draft is None:
            return None
        then = self._after(self._on_disk, draft)
        if self._store.stamp is None:
            self._store.fold(then.tables)
        else:
            self._prepare(backup, moment)
            self._must_settle = True
            self._store.append(drafting.delta_of(self._on_disk, then, draft))
        self._show(then)
        if self._store.unfolded_size > LARGEST_UNFOLDED:
            with suppress(NotWrittenError):  # the change itself is confirmed
                self._fold()
        return draft.change

    def _prepare(self, backup: str, moment: Moment) -> None:
        """Make sure that there is the backup that must be, and a file and a journal that a change can be added to."""
        if self._is_old:
            self._back_up("before migration")
        elif self._store.is_replaced:
            self._back_up("before merge")
        elif backup:
            self._settle_first()
            self._back_up(f"before {backup}")
        elif not self._backed_up[0] <= moment.microseconds < self._backed_up[1]:
            self._back_up_the_day()
        if self._is_old or self._store.must_fold or schema.META not in self._on_disk.tables:
            self._fold()
            self._is_old = False

    def _back_up_the_day(self) -> None:
        now = self._clock().astimezone()
        if not backups.has_backup_of_day(self._file.target, now):
            try:
                self._settle_first()
                self._back_up("first change of the day")
            except NotWrittenError as error:  # not worth refusing the user's change
                self._warnings.append(f"There is no backup of today: {error.reason}")
        self._backed_up = backups.bounds_of_day(now)

    def _settle_first(self) -> None:
        if self._store.has_unfolded:
            self._fold()

    def _back_up(self, reason: str) -> None:
        self._file.check_writable()
        try:
            backups.make_backup(self._file.target, reason, self._clock().astimezone())
        except OSError as error:
            raise NotWrittenError(f"{self.path}: there can be no backup", reason_of(error)) from error

    def _fold(self) -> None:
        """Write the file with everything in it, and a history that is not longer than it may be."""
        forgotten = drafting.forgetting(self._on_disk, self._file.sizes)
        if forgotten is not None and not self._store.must_fold:
            then = self._after(self._on_disk, forgotten)
            self._store.append(drafting.delta_of(self._on_disk, then, forgotten))
            self._show(then)
        tables = self._completed(self._on_disk.tables)
        self._store.fold(tables)
        if tables.keys() != self._on_disk.tables.keys():
            self._show(self._on_disk._replace(tables=tables))

    def _after(self, now: Snapshot, draft: Draft) -> Snapshot:
        tables = {
            **self._completed(now.tables),
            schema.PAPERS: now.documents.with_changes(draft.papers),
            schema.HISTORY: now.history.with_changes(draft.steps),
        }
        try:
            return now.after(tables, draft.papers, draft.steps)
        except RecordError as error:
            raise LibraryError(f"{self.path}: {error}; nothing was changed") from error

    def _completed(self, tables: "Tables") -> "Tables":
        return tables if schema.META in tables else schema.completed(tables, self._moment().time)

    def _show(self, on_disk: Snapshot) -> None:
        """Make ``on_disk`` what has been confirmed, and show it with the changes that are held on top."""
        self._on_disk = shown = on_disk
        if self._is_writing_held:  # one of them is on its way; what is shown has them all, and stays
            return
        if self._held:
            before = self._snapshot
            shown, kept, gone = laid_over(on_disk, self._held, self._moment(), self._after)
            self._warnings += [lost(held, error, before) for held, error in gone]
            self._held = kept
        self._snapshot = shown

    def _hold(self, act: Act, reason: str, backup: str) -> Change | None:
        self._trouble = reason
        draft = act(self._snapshot, self._moment())
        if draft is None:
            return None
        self._snapshot = self._after(self._snapshot, draft)
        self._held = (*self._held, Held(act, draft.change.name, draft.change.ids, backup))
        return draft.change._replace(held=reason)

    def _write_held(self) -> None:
        """Write what is held, one after the other, until the disk refuses."""
        if not self._held:
            return
        try:
            with self._store.locked():
                self._catch_up()
                self._is_writing_held = True
                while self._held:
                    first, *others = self._held
                    try:
                        self._write_on_latest(first.act, first.backup)
                    except NotWrittenError:
                        raise
                    except LibraryError as error:
                        self._warnings.append(lost(first, error, self._snapshot))
                    self._held = tuple(others)
        except NotWrittenError as error:
            self._trouble = error.reason
            raise
        finally:
            self._is_writing_held = False
            self._show(self._on_disk)

    def _moment(self) -> Moment:
        import datetime as dt  # noqa: PLC0415 - reading does not need the time

        now = self._clock()
        time = now.astimezone(dt.UTC).isoformat()[:19] + "Z"
        return Moment(self.who, time, round(now.timestamp() * 1_000_000))


def _now() -> "dt.datetime":
    import datetime as dt  # noqa: PLC0415 - reading does not need the time

    return dt.datetime.now(dt.UTC)
