"""The first rows of a large library, which show before the library has been read.

They are looked at and never acted on: by the time a key changes anything the library itself has been read. They are
kept in the cache folder; without that they are found by a glance at the file, where that can tell. What was
kept belongs to one state of the files (size, time and inode of the library and of its journal); of any other state, and
of a file that is damaged, nothing is shown.
"""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, overload

from readlist.config import cache_folder
from readlist.library_names import cache_name
from readlist.paper import Paper
from readlist.record import RecordError, paper_to_record, record_to_paper
from readlist.search.orders import Order, sort_papers, title_key
from readlist.search.shelves import Counts
from readlist.search.view import View

KEPT = 120
"""Rows: more than the tallest screen has, and a page or two to move in meanwhile."""
_LARGE = 1 << 20
"""Bytes from which on a library takes longer to read than to show."""
_VERSION = 2
_MOST = 1 << 30
"""Papers; a cache that tells of more was made by other hands."""
_LONGEST = 4_000
"""Characters of an abstract and of a note that are kept."""


class FirstRows(Sequence[Paper]):
    """The papers of a list of which only the first are known; the others are empty."""

    def __init__(self, known: Sequence[Paper], total: int) -> None:
        self.known = tuple(known)
        self._total = total

    def __len__(self) -> int:
        return self._total

    @overload
    def __getitem__(self, place: int) -> Paper: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Paper, ...]: ...
    def __getitem__(self, place: int | slice) -> Paper | tuple[Paper, ...]:
        if isinstance(place, slice):
            return tuple(self[row] for row in range(*place.indices(self._total)))
        place = place if place >= 0 else place + self._total
        if not 0 <= place < self._total:
            raise IndexError(place)
        return self.known[place] if place < len(self.known) else _UNKNOWN


_UNKNOWN = Paper(title="…")


class _Stamp(NamedTuple):
    """The state of a library on the disk."""

    files: list[list[int]]

    @classmethod
    def of(cls, path: Path) -> "_Stamp":
        """That of the library in ``path``, which a symbolic link may name, and of its journal."""
        path = Path(os.path.realpath(path))
        found = []
        for file in (path, path.with_name(f"{path.name}.journal")):
            try:
                state = file.stat()
                found.append([state.st_size, state.st_mtime_ns, state.st_ino])
            except FileNotFoundError:
                found.append([])
        return cls(found)


def load_first_rows(path: Path, order: Order) -> View | None:
    """The list of the library ``path`` in ``order``, as far as its first rows are known; None where they are not."""
    return _kept_rows(path, order) or _rows_at_a_glance(path, order)


def _rows_at_a_glance(path: Path, order: Order) -> View | None:
    from readlist.library.glance import glance  # noqa: PLC0415 - for large libraries alone

    with suppress(OSError):
        if order is not Order.DATE or path.stat().st_size < _LARGE:
            return None
        found = glance(path, KEPT, title_key)
        if found is None:
            return None
        counts = Counts(
            all=found.total,
            **{role.value: number for role, number in found.statuses.items()},
            starred=found.starred,
            queue=found.queued,
            trash=found.trash,
        )
        return View(FirstRows(sort_papers(found.newest, order), found.total), order=order, counts=counts)
    return None


def _kept_rows(path: Path, order: Order) -> View | None:
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecordError, RecursionError):
        if path.stat().st_size < _LARGE:
            return None
        kept: dict[str, Any] = json.loads(_cache_file(path).read_bytes())
        if kept["version"] != _VERSION or kept["order"] != order.value or kept["stamp"] != _Stamp.of(path).files:
            return None
        counts = Counts._make(int(number) for number in kept["counts"])
        if not 0 <= counts.all < _MOST:
            return None
        papers = [record_to_paper(str(key), record) for key, record in kept["papers"]]
        return View(FirstRows(papers, max(counts.all, len(papers))), order=order, counts=counts)
    return None


def keep_first_rows(path: Path, view: View) -> None:
    """Keep the first rows of ``view``, the whole list of the library ``path`` as it is on the disk.

    That fails silently: nobody would miss them.
    """
    with suppress(OSError):
        if path.stat().st_size < _LARGE:
            return
        papers = [
            paper._replace(abstract=paper.abstract[:_LONGEST], note=paper.note[:_LONGEST])
            for paper in islice(view.papers, KEPT)
        ]
        kept = {
            "version": _VERSION,
            "order": view.order.value,
            "stamp": _Stamp.of(path).files,
            "counts": list(view.counts),
            "papers": [[paper.id, paper_to_record(paper)] for paper in papers],
        }
        file = _cache_file(path)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                json.dump(kept, stream)
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)


def _cache_file(path: Path) -> Path:
    return cache_folder() / f"first-rows-{cache_name(path)}.json"
