"""The library on the disk: the TinyDB file, and the journal of confirmed changes beside it.

A change is confirmed when it is in the journal, which costs one page however large the library is. Folding writes the
file anew, with everything that the journal holds; at rest the file is complete.

Entries of the journal are

* ``{"holds": digest, "stamp": […]}``: the library file with this digest holds everything up to here. The first entry is
  one, and a fold adds one before the new file gets its name. Whatever file is there after a crash, what follows on the
  last entry that names it is what it lacks;
* ``{"change": delta, "on": digest, "pid": number}``: a change (see `readlist.library.delta`), the file it was
  made on, and the process that made it.

Since the journal says which file is the outcome of which entries, another process that has followed it need not read
the file again when it is replaced.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from readlist.library.delta import Delta, is_delta
from readlist.library.errors import DamagedError, LibraryError, NotWrittenError, reason_of
from readlist.library.file import LibraryFile, Stamp
from readlist.library.journal import Entry, Journal, JournalError, Reading, read_entries
from readlist.library.schema import HISTORY, Tables

LARGEST_UNFOLDED = 16 * 2**20
"""Bytes of unfolded entries from which on a change folds them itself."""

_LARGEST_KEPT = 2**20
"""Bytes of folded entries that are kept for other processes to catch up with."""

_ATTEMPTS = 3
_FORMAT = 1


class Loaded(NamedTuple):
    """The library as it was read as a whole."""

    tables: Tables | None
    """What the file holds; None when there is no file, {} when it is empty."""
    deltas: list[Delta]
    """What the journal adds to it, in this order."""
    warnings: tuple[str, ...]
    """What the user should know: one sentence each."""
    is_recovered: bool
    """Whether the deltas were left by a process that has ended."""


class Store:
    """File and journal of one library, as one process sees them. Not safe for threads.

    `append` and `fold` must be called inside `locked` and after `look`, so that they build on what others have written.

    Args:
        file: the library file.
    """

    def __init__(self, file: LibraryFile) -> None:
        self._file = file
        self._journal = Journal(journal_of(file.target))
        self._stamp: Stamp | None = None
        self._digest = ""
        """Of the file that the state seen last is built on."""
        self._outcomes: dict[Stamp, tuple[str, int]] = {}
        """Of files that folds of the journal have announced: digest, and offset of what they do not hold."""
        self._folded_to = 0
        """The offset in the journal up to which the file holds everything."""
        self._is_sound = True
        """Whether the journal is one that entries can be added to, when there is one."""
        self._has_vanished = False
        self._is_replaced = False
        self._owns_journal = False

    @property
    def stamp(self) -> Stamp | None:
        """Which file has been seen; None when there was none."""
        return self._stamp

    @property
    def digest(self) -> str:
        """Of the file that has been seen; see `readlist.library.content.Digest`."""
        return self._digest

    @property
    def has_unfolded(self) -> bool:
        """Whether the file lacks something that has been confirmed."""
        return self._journal.end > self._folded_to

    @property
    def unfolded_size(self) -> int:
        """Bytes of the journal that the file lacks."""
        return self._journal.end - self._folded_to

    @property
    def must_fold(self) -> bool:
        """Whether the file must be written before anything can be appended: there is none, or the journal is bad."""
        return self._stamp is None or self._has_vanished or not self._is_sound

    @property
    def is_replaced(self) -> bool:
        """Whether the file was replaced from outside while the journal held changes that it lacked."""
        return self._is_replaced

    def locked(self) -> AbstractContextManager[None]:
        """Keep all other writers out; see `LibraryFile.locked`."""
        return self._file.locked()

    # Reading

    def load(self) -> Loaded:
        """Read everything anew.

        Raises:
            LibraryError: the file cannot be read, or is damaged.
        """
        for _ in range(_ATTEMPTS):
            found = self._load()
            if found is not None:
                return found
        # Either others fold all the time, or journal and file do not belong together.
        with suppress(NotWrittenError), self.locked():
            found = self._load()
        return found or self._load_replaced()

    def _load(self) -> Loaded | None:
        """One look at file and journal; None when they do not fit together, perhaps because of a fold meanwhile."""
        # The journal is opened first: what is added to it or what replaces it later cannot be missed, since the file
        # read afterwards either follows on what was seen or is one that this journal does not know.
        warnings: list[str] = []
        content = self._open_journal(warnings)
        tables = self._file.look()
        self._stamp, self._digest = self._file.stamp, self._file.digest
        reading = _checked(read_entries(content or b""))
        self._journal.take(reading)
        self._outcomes = _outcomes(reading.entries)
        start = _start(reading.entries, self._digest)
        changes = _changes(reading.entries[start or 0 :])
        strays = [entry for entry in _changes(reading.strays) if entry.body.get("on") == self._digest]
        if tables is None:
            self._refuse_loss([*changes, *strays])
        if start is None:
            about_this = strays or any(entry.body.get("holds") == self._digest for entry in reading.strays)
            if not about_this and (changes or _changes(reading.strays)):
                return None
            changes = []
        changes += strays
        if reading.damage:
            warnings.append(f"{self._journal.path}: {reading.damage}; the changes that are whole are used, it is kept")
        is_void = not reading.entries and not reading.strays  # none, or its maker is not ready or was stopped
        self._is_sound = self._is_sound and not reading.damage and (start is not None or is_void)
        self._is_replaced = False
        self._folded_to = (reading.entries[start - 1].end if start else 0) if changes else self._journal.end
        is_recovered = bool(changes) and not is_alive(changes[-1].body.get("pid"))
        if is_recovered:
            warnings.append(_recovered(changes))
        empty: Tables | None = {} if self._stamp else None
        return Loaded(tables or empty, [entry.body["change"] for entry in changes], tuple(warnings), is_recovered)

    def _load_replaced(self) -> Loaded:
        """The file has been replaced from outside before the latest changes were folded into it: they are made again.

        The journal no longer fits and is kept under another name by the next change, after a backup of the file.
        """
        warnings: list[str] = []
        content = self._open_journal(warnings)
        tables = self._file.look()
        self._stamp, self._digest = self._file.stamp, self._file.digest
        reading = _checked(read_entries(content or b""))
        self._journal.take(reading)
        markers = [index for index, entry in enumerate(reading.entries) if "holds" in entry.body]
        changes = _changes([*reading.entries[markers[-1] if markers else 0 :], *reading.strays])
        self._is_sound, self._is_replaced, self._folded_to, self._outcomes = False, True, 0, {}
        count = f"{len(changes):,} changes" if len(changes) > 1 else "1 change"
        warnings.append(
            f"{self._file.path}: the file was replaced from outside; {count} of the journal that it had not taken "
            "over yet made again on it"
        )
        empty: Tables | None = {} if self._stamp else None
        return Loaded(tables or empty, [entry.body["change"] for entry in changes], tuple(warnings), is_recovered=True)

    def _open_journal(self, warnings: list[str]) -> bytes | None:
        path = journal_of(self._file.target)
        if path != self._journal.path:
            self._journal.close()
            self._journal = Journal(path)
        self._is_sound = True
        try:
            return self._journal.open(_owners(self._file.target))
        except JournalError as error:
            self._is_sound = False
            warnings.append(f"{path}: is not used: {error.strerror}")
            return None
        except OSError as error:  # what it holds must not be passed over
            raise LibraryError(f"{path}: cannot be read ({reason_of(error)})") from error

    def _refuse_loss(self, changes: Sequence[Entry]) -> None:
        """An empty or missing file is a new library only where nothing tells of an earlier one."""
        from readlist.library import backups  # noqa: PLC0415 - where there is a file, nobody asks for them

        state = "is missing" if self._stamp is None else "is empty"
        kept = backups.backups_of(self._file.target)
        if changes or (kept and self._stamp is not None):
            what = "its journal is still there" if changes else f"there is a backup of {kept[0].when}"
            raise DamagedError(f"{self._file.path}: the file {state}, and {what}; left untouched")

    def look(self) -> Loaded | list[Delta] | None:
        """What others have written since the last look: changes, or everything anew; None when nothing.

        Where nothing was, this costs two or three system calls.

        Raises:
            LibraryError: the file has become unreadable or damaged.
        """
        try:
            return self._look()
        except OSError as error:
            raise LibraryError(f"{self._journal.path}: cannot be read ({reason_of(error)})") from error

    def _look(self) -> Loaded | list[Delta] | None:
        # The file first: a fold enters its outcome in the journal before the file shows it.
        stamp = self._file.current_stamp()
        self._has_vanished = stamp is None and self._stamp is not None
        if self._has_vanished:  # which is no reason to forget what it held
            if not self._journal.is_still_there():
                self._journal.close()
                self._folded_to, self._outcomes = 0, {}
            return None
        # A journal that cannot be followed may have been written on by others: what is written must be based on all.
        found = self._followed() if self._is_sound or not self._file.is_locked else None
        if found is None:
            return self.load()
        if stamp != self._stamp:
            outcome = self._outcomes.get(stamp) if stamp else None
            if outcome is None:
                return self.load()
            self._stamp, (self._digest, self._folded_to) = stamp, outcome
        return found or None

    def _followed(self) -> list[Delta] | None:
        """The changes that have come to the journal; None when it cannot be followed and all must be read anew."""
        if not self._is_sound:
            return []  # what it lacks is settled by the fold that comes before the next change
        if not self._journal.is_still_there():
            return self._follow_another()
        data = self._journal.news()
        if not data:
            return None if data is None else []
        return self._take(_checked(read_entries(data, self._journal.end, self._journal.last)))

    def _follow_another(self) -> list[Delta] | None:
        if self.has_unfolded:
            return None
        content = self._open_journal([])
        if not self._is_sound:
            return None
        if content is None:
            self._folded_to, self._outcomes = 0, {}
            return []
        reading = _checked(read_entries(content))
        start = _start(reading.entries, self._digest)
        if start is None:
            return None
        self._folded_to = 0
        found = self._take(reading._replace(entries=reading.entries[start:]))
        if found == []:
            self._folded_to = self._journal.end
        return found

    def _take(self, reading: Reading) -> list[Delta] | None:
        if reading.damage:
            return None
        self._outcomes.update(_outcomes(reading.entries))
        self._journal.take(reading)
        return [entry.body["change"] for entry in _changes(reading.entries)]

    # Writing

    def append(self, delta: Delta) -> None:
        """Add a change to the journal; it is on the disk when this returns.

        Raises:
            NotWrittenError: nothing was written, and why.
        """
        self._file.check_writable()
        body = {"change": delta, "on": self._digest, "pid": os.getpid()}
        try:
            if self._journal.is_open and self._journal.end:
                self._journal.append(body)
            else:
                self._begin([body])
        except OSError as error:
            raise NotWrittenError(f"{self._file.path}: cannot be written", reason_of(error)) from error

    def keep_journal(self) -> None:
        """Have a journal, so that what others do to the library can be followed there.

        Raises:
            NotWrittenError: there is none.
        """
        self._owns_journal = True
        if self._stamp is None or self._journal.is_open or not self._is_sound:
            return
        self._file.check_writable()
        try:
            self._begin([])
        except OSError as error:
            raise NotWrittenError(f"{self._file.path}: cannot be written", reason_of(error)) from error
        self._folded_to = self._journal.end

    def _begin(self, bodies: list[dict[str, Any]]) -> None:
        self._journal.remove()  # one whose maker was stopped before it held anything
        marker = {"holds": self._digest, "stamp": list(self._stamp or ()), "format": _FORMAT}
        self._journal.create([marker, *bodies], self._file.target)
        self._owns_journal, self._folded_to, self._outcomes = True, 0, {}

    def fold(self, tables: Tables) -> None:
        """Write the file: ``tables``, which must be all that has been seen.

        Raises:
            NotWrittenError: nothing was written, and why; what was confirmed is still in the journal.
        """
        self._file.write(tables, self._announce)
        self._stamp, self._digest = self._file.stamp, self._file.digest
        try:
            if not self._is_sound:
                self._journal.set_aside(self._aside())
            elif self._journal.end > _LARGEST_KEPT:
                self._journal.remove()
            else:
                self._journal.reserve()
        except OSError as error:
            raise NotWrittenError(f"{self._journal.path}: cannot be removed", reason_of(error)) from error
        self._is_sound, self._has_vanished, self._folded_to = True, False, self._journal.end

    def _announce(self, stamp: Stamp, digest: str) -> None:
        if self._is_sound and self._journal.is_open and self._journal.end:
            self._journal.append({"holds": digest, "stamp": list(stamp)})
            self._outcomes[stamp] = (digest, self._journal.end)

    def _aside(self) -> Path:
        number = 1
        while (path := self._journal.path.with_name(f"{self._journal.path.name}.kept-{number}")).exists():
            number += 1
        return path

    def close(self, *, tidy: bool) -> None:
        """Let go of the files; ``tidy`` takes the journal away if everything is folded and it is this store's."""
        if tidy and self._owns_journal and not self.has_unfolded and self._is_sound:
            with suppress(OSError, LibraryError), self.locked():
                if self.look() is None and self._journal.is_open and not self.has_unfolded:
                    self._journal.remove()
        self._journal.close()
        self._file.close()


def journal_of(library: Path) -> Path:
    """Where the journal of the file ``library`` is."""
    return library.with_name(f"{library.name}.journal")


def changes_in_journal(library: Path) -> tuple[list[Delta], list[Delta]]:
    """The changes of the journal of the file ``library``: those that the file held once, and those that it lacks.

    The file may be damaged, so that it is told by its inode which fold has made it; one that was put there from outside
    is taken to follow on the last fold.
    """
    try:
        content = Journal(journal_of(library)).open(_owners(library)) or b""
        inode = library.stat().st_ino
    except OSError:
        return [], []
    reading = _checked(read_entries(content))
    entries = [*reading.entries, *reading.strays]
    marks = [index for index, entry in enumerate(entries) if "holds" in entry.body]
    made = [index for index in marks if (entries[index].body.get("stamp") or [None])[-1] == inode]
    start = (made or marks or [0])[-1]
    held, lacking = (_changes(part) for part in (entries[:start], entries[start:]))
    return [entry.body["change"] for entry in held], [entry.body["change"] for entry in lacking]


def holds_everything(library: Path) -> bool:
    """Whether the file ``library`` surely lacks nothing: there is no journal, or its last entry is about this file."""
    journal = Journal(journal_of(library))
    try:
        content = journal.open(_owners(library))
        status = library.stat()
    except OSError:
        return False
    finally:
        journal.close()
    if not content:
        return content is None
    reading = _checked(read_entries(content))
    last = reading.entries[-1].body if reading.entries else {}
    stamp = [status.st_mtime_ns, status.st_size, status.st_ino]
    return not reading.damage and not reading.strays and last.get("stamp") == stamp


def _owners(library: Path) -> frozenset[int]:
    """Whose journal is believed: the user's, the library's owner's, and that of root."""
    owners = {0}
    if hasattr(os, "geteuid"):
        owners.add(os.geteuid())
    with suppress(OSError):
        owners.add(library.stat().st_uid)
    return frozenset(owners)


def _checked(reading: Reading) -> Reading:
    """``reading`` without entries that are whole and yet nothing that this version knows."""
    good, strays = ([entry for entry in part if _is_known(entry.body)] for part in (reading.entries, reading.strays))
    if len(good) == len(reading.entries):
        return reading._replace(strays=strays)
    damage = reading.damage or "it holds entries that this version does not know"
    return reading._replace(entries=good, strays=strays, damage=damage)


def _changes(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if "change" in entry.body]


def _is_known(body: Any) -> bool:
    if not isinstance(body, dict):
        return False
    if "change" in body:
        return is_delta(body["change"])
    return isinstance(body.get("holds"), str) and body.get("format", _FORMAT) == _FORMAT


def _start(entries: Sequence[Entry], digest: str) -> int | None:
    """Where in ``entries`` begins what the file with ``digest`` lacks; None when they are not about this file."""
    named = [index for index, entry in enumerate(entries) if entry.body.get("holds") == digest]
    if named:
        return named[-1] + 1
    # The entry that named it is damaged; a change says as well what it was made on.
    return next((index for index, entry in enumerate(entries) if entry.body.get("on") == digest), None)


def _outcomes(entries: Sequence[Entry]) -> dict[Stamp, tuple[str, int]]:
    """The files that ``entries`` announce: digest, and offset in the journal of what they do not hold."""
    found = {}
    for entry in entries:
        stamp = entry.body.get("stamp")
        if "holds" in entry.body and isinstance(stamp, list) and [type(part) for part in stamp] == [int] * 3:
            found[Stamp(*stamp)] = (str(entry.body["holds"]), entry.end)
    return found


def is_alive(process: Any) -> bool:
    """Whether a process is there that could still fold what it has confirmed."""
    if type(process) is not int or process <= 0 or sys.platform == "win32":  # os.kill ends a process there
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return not _has_ended(process)


def _has_ended(process: int) -> bool:
    """Whether all that is left of a process is its number, since nobody has asked how it ended: as in containers."""
    with suppress(OSError, IndexError):
        # The state stands behind the name, which may hold a bracket itself.
        return Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()[0] in {b"Z", b"X"}
    return False


def _recovered(changes: Sequence[Entry]) -> str:
    names = [
        change["put"]["name"]
        for entry in changes
        for change in entry.body["change"].get(HISTORY, {}).values()
        if isinstance(change, dict)
        and isinstance(change.get("put"), dict)
        and isinstance(change["put"].get("name"), str)
    ]
    count = f"{len(changes):,} changes" if len(changes) > 1 else "1 change"
    last = f": {names[-1]}" if len(names) == 1 == len(changes) else f", the last: {names[-1]}" if names else ""
    return f"Recovered {count} from the journal, since readlist had not been quit{last}"
