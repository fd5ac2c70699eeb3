"""The reading list as it is looked at: what file and journal hold, and what others write meanwhile."""

from pathlib import Path
from typing import TYPE_CHECKING

from readlist.library import delta, history, migrations, schema
from readlist.library.file import LibraryFile
from readlist.library.layers import Layers
from readlist.library.snapshot import Snapshot, snapshot_of
from readlist.library.store import Loaded, Store
from readlist.paper import Paper
from readlist.record import RecordError

if TYPE_CHECKING:
    from readlist.library.history import Step


class LibraryReader:
    """A reading list that is looked at alone; `readlist.library.library.Library` is one that can be changed as well.

    What is looked at is a snapshot: `papers` and `trash` are replaced by a change and never changed themselves, so that
    a thread may go through them while another changes the library. It does not hold the papers themselves but what the
    file held when it was read (`readlist.library.content`), and makes a paper of its line when somebody looks at it, so
    that 100,000 of them take no more than some twenty megabytes.

    Args:
        path: the file, or a symbolic link to it.
        file: how it is read; nothing has been read of it yet.
    """

    def __init__(self, path: Path, file: LibraryFile) -> None:
        self.path = path
        self._file = file
        self._store = Store(file)
        self._on_disk = self._snapshot = snapshot_of({})
        """What has been confirmed, and what is shown: the same, unless there are changes held."""
        self._warnings: list[str] = []
        self._is_old = False
        """Whether the file is of an earlier schema."""
        self._must_settle = False
        """Whether the journal holds something that nobody else will fold: our own changes, or recovered ones."""
        self.is_read_only = False
        """Whether this is what can be read of a damaged library, which takes no changes."""

    @classmethod
    def look_into(cls, path: Path) -> "LibraryReader":
        """The library in the file ``path``, and what the journal adds to it; nothing is written, whatever is found.

        Raises:
            LibraryError: the file is no library, is damaged, or belongs to a newer readlist.
        """
        reader = LibraryReader(path, LibraryFile(path))
        reader._catch_up()
        return reader

    @property
    def is_new(self) -> bool:
        """Whether there is no file yet."""
        return self._store.stamp is None and not self.is_read_only

    @property
    def papers(self) -> Layers[Paper]:
        """The papers in the list by id; sorted by id, papers that were added together keep their order.

        In a large library a paper is made when it is looked at: asking for a few is cheap, and those asked for last
        are the same objects when they are asked for again. Going through all of them decodes all of them each time.
        """
        return self._snapshot.papers

    @property
    def trash(self) -> Layers[Paper]:
        """The papers in the trash by id; as `papers`."""
        return self._snapshot.trash

    @property
    def damaged(self) -> tuple[str, ...]:
        """One sentence for each document in the file that could not be understood; it is kept there as it is."""
        return self._snapshot.damaged

    @property
    def digest(self) -> str:
        """What tells the content of the file from any other, for `open`; empty unless nothing at all is wrong in it."""
        return "" if self.damaged or self.is_read_only else self._store.digest

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know of the library: one sentence each; what was recovered, left out, not backed up."""
        return tuple(self._warnings)

    @property
    def has_unfolded(self) -> bool:
        """Whether the journal holds something that the file lacks."""
        return self._store.has_unfolded

    @property
    def unfolded(self) -> frozenset[str]:
        """The ids of all papers that may be other than the file has them; some more may be among them."""
        now = self._snapshot
        return frozenset(now.documents.parts()[1]).union(now.papers.parts()[1]) if self.has_unfolded else frozenset()

    def history(self, limit: int | None = None) -> "list[Step]":
        """The latest steps, latest first, all users' and undone ones too; at most ``limit``."""
        now = self._snapshot
        steps = reversed(now.steps if limit is None else now.steps[max(len(now.steps) - limit, 0) :])
        return [history.step_of(step, now.history[step]) for step in steps]

    def reload(self) -> bool:
        """Look whether another process has written; True when the snapshot was replaced.

        Where nothing was written this costs a few system calls, and otherwise what was written, unless the file has
        been replaced by another program. A file that has vanished is no reason to forget what it held: the snapshot
        stays, and the next change writes it.

        Raises:
            LibraryError: the file has become unreadable; the snapshot is what it was.
        """
        return False if self.is_read_only else self._catch_up()

    def _catch_up(self) -> bool:
        """Take over what others have written; True when there was something."""
        self._file.verified = self.digest or self._file.verified
        found = self._store.look()
        if found is None:
            return False
        if isinstance(found, Loaded):
            self._take(found)
        else:
            tables = delta.carried_out(self._on_disk.tables, found)
            papers, steps = (delta.touched(found, table) for table in (schema.PAPERS, schema.HISTORY))
            try:
                self._show(self._on_disk.after(tables, papers, steps))
            except RecordError:  # one of them is no paper; the whole is looked through, and says which
                self._show(snapshot_of(tables))
        return True

    def _take(self, loaded: Loaded) -> None:
        tables = loaded.tables or {}
        schema.check(tables, str(self.path))
        self._is_old = schema.version_of(tables) < schema.VERSION
        self._must_settle = self._must_settle or loaded.is_recovered
        self._warnings += [warning for warning in loaded.warnings if warning not in self._warnings]
        self._show(snapshot_of(delta.carried_out(migrations.migrated(tables), loaded.deltas)))

    def _show(self, on_disk: Snapshot) -> None:
        """Make ``on_disk`` what has been confirmed and is shown."""
        self._on_disk = self._snapshot = on_disk
