"""Makes changes on a library and says after each, on stdout, that it is confirmed: what the power-cut test records.

Run as ``power_cut_writer.py <library file> <seed> <step> <step> …``; the steps are methods of `_Writer`. Each line of
output is a JSON object ``{"step", "model", "seen"}``: the step that was confirmed, the papers as a plain dictionary
that was changed along with the library, and a digest of everything that the library showed (see `seen`). The first
line, before any step, tells what was there at the start.
"""

import datetime as dt
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

from readlist.library.library import Library
from readlist.paper import Author, Paper
from readlist.statuses import current

Model = dict[str, list[Any]]
"""Paper id to title, status, star, note (its length and digest) and whether it lies in the trash."""

_STDOUT = 1
_LONG_NOTE = 20_000


def model_of(library: Library) -> Model:
    """What ``library`` shows of each paper, as far as the steps change it."""
    return {
        key: [paper.title, str(paper.status), paper.star, _short(paper.note), trashed]
        for trashed, papers in ((False, library.papers), (True, library.trash))
        for key, paper in papers.items()
    }


def seen(library: Library) -> str:
    """A digest of all that ``library`` shows: every field of every paper, the trash, and the history."""
    return _digest(repr((sorted(library.papers.items()), sorted(library.trash.items()), library.history())))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _short(note: str) -> str:
    return f"{len(note)} {_digest(note)}" if note else ""


class _Writer:
    def __init__(self, path: Path, seed: int) -> None:
        self._path = path
        self._dice = Random(seed)  # noqa: S311 - which paper is changed is no secret
        self._next_id = 2 * 10**15 + seed * 10**6
        self._time = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC) + dt.timedelta(days=30 * seed)
        self._library = self._opened()
        self.model = model_of(self._library)
        self._done: list[Model] = []
        self._undone: list[Model] = []

    def _opened(self) -> Library:
        return Library.open(self._path, clock=self._clock, who="ada")

    def _clock(self) -> dt.datetime:
        self._time += dt.timedelta(seconds=1)
        return self._time

    def carry_out(self, step: str) -> None:
        """Do ``step`` in the library and in the model, and confirm it.

        Raises:
            AssertionError: library and model differ.
        """
        method: Callable[[], None] = getattr(self, step)
        method()
        self.confirm(step)

    def confirm(self, step: str) -> None:
        found = model_of(self._library)
        assert found == self.model, f"after {step}: {found} in the library, {self.model} in the model"
        line = json.dumps({"step": step, "model": self.model, "seen": seen(self._library)}) + "\n"
        os.write(_STDOUT, line.encode())  # one call, and nothing kept back in a buffer

    def _papers(self, count: int) -> list[Paper]:
        papers = []
        for _ in range(count):
            self._next_id += 1
            title = f"On the reliability of reading lists, part {self._next_id}"
            authors = (Author("Lovelace", "Ada"), Author(literal="The Reading Group"))
            papers.append(Paper(id=str(self._next_id), title=title, authors=authors, abstract="naïvely " * 60))
        return papers

    def _pick(self, *, trashed: bool = False, count: int = 1) -> list[str]:
        return self._dice.sample([key for key, values in self.model.items() if values[4] is trashed], count)

    def _changed(self, ids: Iterable[str], **fields: Any) -> None:
        """Keep in the model that a step of the history gave the papers ``ids`` new values."""
        order = ["title", "status", "star", "note", "trashed"]
        after = {key: list(values) for key, values in self.model.items()}
        for key in ids:
            for name, value in fields.items():
                after[key][order.index(name)] = value
        self._step(after)

    def _step(self, after: Model) -> None:
        self._done.append(self.model)
        self._undone.clear()
        self.model = after

    # The steps

    def create(self) -> None:
        papers = self._papers(3)
        self._library.create(papers)
        self.model = {paper.id: [paper.title, "unread", False, "", False] for paper in papers}

    def add(self) -> None:
        papers = self._papers(2)
        self._library.add(papers)
        self._step(self.model | {paper.id: [paper.title, "unread", False, "", False] for paper in papers})

    def status(self) -> None:
        (key,) = self._pick()
        status = current().after(self.model[key][1])
        self._library.edit([key], status=status)
        self._changed([key], status=str(status))

    def star(self) -> None:
        ids = self._pick(count=2)
        value = not self.model[ids[0]][2]
        self._library.edit(ids, star=value)
        self._changed(ids, star=value)

    def note(self) -> None:
        (key,) = self._pick()
        words = [self._dice.choice(("pāper", "reads “well”", "\\frac{1}{2}", "once more", "\n")) for _ in range(5_000)]
        note = " ".join(words)[:_LONG_NOTE]
        self._library.edit([key], note=note)
        self._changed([key], note=_short(note))

    def retitle(self) -> None:
        ids = self._pick(count=2)
        self._library.edit_each({key: {"title": f"{self.model[key][0]}, revised", "star": True} for key in ids})
        after = {key: list(values) for key, values in self.model.items()}
        for key in ids:
            after[key][0] += ", revised"
            after[key][2] = True
        self._step(after)

    def delete(self) -> None:
        ids = self._pick()
        self._library.delete(ids)
        self._changed(ids, trashed=True)

    def restore(self) -> None:
        ids = self._pick(trashed=True)
        self._library.restore(ids)
        self._changed(ids, trashed=False)

    def purge(self) -> None:
        ids = self._pick(trashed=True)
        self._library.purge(ids)
        self._step({key: values for key, values in self.model.items() if key not in ids})

    def undo(self) -> None:
        self._library.undo()
        self._undone.append(self.model)
        self.model = self._done.pop()

    def redo(self) -> None:
        self._library.redo()
        self._done.append(self.model)
        self.model = self._undone.pop()

    def settle(self) -> None:
        self._library.settle()

    def reopen(self) -> None:
        self._library.close()
        self._library = self._opened()

    def tomorrow(self) -> None:
        self._time += dt.timedelta(days=1)

    def close(self) -> None:
        self._library.close()


def main() -> None:
    path, seed, *steps = sys.argv[1:]
    writer = _Writer(Path(path), int(seed))
    writer.confirm("open")
    for step in steps:
        writer.carry_out(step)


if __name__ == "__main__":
    main()
