"""Any sequence of changes, undo, redo, reopening and a second window, against a plain dict."""

import copy
import datetime as dt
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from support.effort import examples

from readlist.library.library import Library
from readlist.paper import Paper, Status
from readlist.record import value_to_json

START = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
CHOSEN = ("title", "status", "star", "note", "tags")

changes = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(Status),
        "star": st.booleans(),
        "note": st.sampled_from(["", "short", "long " * 50, "other " * 50]),
        "tags": st.lists(st.sampled_from(["a", "b"]), unique=True).map(tuple),
    },
)


class LibraryMachine(RuleBasedStateMachine):
    """The model: {id: chosen fields}; for undo, the models of before, with the documents in the file beside them."""

    ids: Bundle[str] = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "library.json"
        self.minutes = 0
        self.model: dict[str, dict[str, Any]] = {}
        self.done: list[tuple[Any, Any]] = []
        self.undone: list[tuple[Any, Any]] = []

    def clock(self) -> dt.datetime:
        self.minutes += 1
        return START + dt.timedelta(minutes=self.minutes)

    def opened(self) -> Library:
        return Library.open(self.path, clock=self.clock, who="ada")

    def documents(self) -> Any:
        """The documents as they are on the disk, file and journal together."""
        return dict(Library.open(self.path)._on_disk.documents)

    def remember(self) -> None:
        self.before = (copy.deepcopy(self.model), self.documents())

    def changed(self) -> None:
        self.done.append(self.before)
        self.undone.clear()

    @initialize()
    def start(self) -> None:
        self.windows = [self.opened(), self.opened()]
        self.windows[0].create([])

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(target=ids, window=st.integers(0, 1), number=st.integers(1, 3))
    def add(self, window: int, number: int) -> Any:
        self.remember()
        change = self.windows[window].add(Paper(title=f"Paper {index}") for index in range(number))
        assert change
        for index, identifier in enumerate(change.ids):
            self.model[identifier] = {
                "title": f"Paper {index}",
                "status": "unread",
                "star": False,
                "note": "",
                "tags": [],
            }
        self.changed()
        return multiple(*change.ids)

    @rule(window=st.integers(0, 1), ids=st.lists(ids, min_size=1, max_size=4, unique=True), fields=changes)
    def edit(self, window: int, ids: list[str], fields: dict[str, Any]) -> None:
        there = [identifier for identifier in ids if identifier in self.model]
        if not there:
            return
        self.remember()
        change = self.windows[window].edit(ids, **fields)
        wanted = {name: value_to_json(name, value) for name, value in fields.items()}
        different = [key for key in there if any(self.model[key][name] != wanted[name] for name in wanted)]
        assert (change.ids if change else ()) == tuple(different)
        if change:
            for identifier in different:
                self.model[identifier] |= wanted
            self.changed()

    @rule(window=st.integers(0, 1), ids=st.lists(ids, min_size=1, max_size=3, unique=True), back=st.booleans())
    def delete_or_restore(self, window: int, ids: list[str], *, back: bool) -> None:
        there = [key for key in ids if key in self.model and self.model[key].get("deleted", False) is back]
        if not any(key in self.model for key in ids):
            return
        self.remember()
        self.windows[window].reload()
        change = self.windows[window].restore(ids) if back else self.windows[window].delete(ids)
        assert set(change.ids if change else ()) == set(there)
        if change:
            for identifier in there:
                self.model[identifier]["deleted"] = not back
            self.changed()

    @rule(window=st.integers(0, 1))
    def undo(self, window: int) -> None:
        now = (copy.deepcopy(self.model), self.documents())
        change = self.windows[window].undo()
        assert (change is not None) is bool(self.done)
        if change:
            self.model, documents = self.done.pop()
            assert self.documents() == documents
            self.undone.append(now)

    @rule(window=st.integers(0, 1))
    def redo(self, window: int) -> None:
        now = (copy.deepcopy(self.model), self.documents())
        change = self.windows[window].redo()
        assert (change is not None) is bool(self.undone)
        if change:
            self.model, documents = self.undone.pop()
            assert self.documents() == documents
            self.done.append(now)

    @rule(window=st.integers(0, 1), ids=st.lists(ids, min_size=1, max_size=3, unique=True), everything=st.booleans())
    def purge(self, window: int, ids: list[str], *, everything: bool) -> None:
        wanted = list(self.model) if everything else ids
        gone = [key for key in wanted if self.model.get(key, {}).get("deleted")]
        self.remember()
        change = self.windows[window].purge(None if everything else ids)
        assert set(change.ids if change else ()) == set(gone)
        if change:
            for identifier in gone:
                del self.model[identifier]
            self.changed()

    @rule(
        window=st.integers(0, 1),
        ids=st.lists(ids, min_size=1, unique=True),
        text=st.sampled_from(["", "mine", "m" * 99]),
    )
    def write_note(self, window: int, ids: list[str], text: str) -> None:
        """By somebody who has seen the note that is there."""
        there = [identifier for identifier in ids if identifier in self.model]
        if not there:
            return
        self.remember()
        change = self.windows[window].write_note(there[0], text, seen=self.model[there[0]]["note"])
        assert bool(change) is (self.model[there[0]]["note"] != text)
        if change:
            self.model[there[0]]["note"] = text
            self.changed()

    @rule(window=st.integers(0, 1), ids=st.lists(ids, min_size=2, max_size=3, unique=True))
    def merge(self, window: int, ids: list[str]) -> None:
        into, *others = ids
        rest = [key for key in others if key in self.model and not self.model[key].get("deleted")]
        if into not in self.model or not rest:
            return
        self.remember()
        assert self.windows[window].merge(into, others)
        merged, order = self.model[into], ["unread", "dropped", "reading", "read"]
        for key in rest:
            other = self.model[key]
            merged["status"] = max(merged["status"], other["status"], key=order.index)
            merged["star"] = merged["star"] or other["star"]
            merged["tags"] = list(dict.fromkeys([*merged["tags"], *other["tags"]]))
            ours, theirs = (f"\n\n{note.strip()}\n\n" for note in (merged["note"], other["note"]))
            if not theirs.strip() or theirs in ours:
                pass
            elif not ours.strip() or ours in theirs:
                merged["note"] = other["note"]
            else:
                merged["note"] = f"{merged['note'].rstrip()}\n\n{other['note']}"
            other["deleted"] = True
        self.changed()

    @rule(window=st.integers(0, 1))
    def settle(self, window: int) -> None:
        self.windows[window].settle()
        assert json.loads(self.path.read_text("utf-8"))["papers"] == self.documents()

    @rule(window=st.integers(0, 1), torn=st.integers(0, 4095))
    def crash(self, window: int, torn: int) -> None:
        """A window is killed while it adds an entry to the journal; what it had confirmed is there."""
        journal = self.path.with_name("library.json.journal")
        whole = journal.read_bytes() if journal.exists() else b""
        end = len(whole.rstrip(b"\0"))
        if whole:
            journal.write_bytes(whole[:end] + whole[:torn].ljust(4096, b"\0")[:torn])
        self.windows[window] = self.opened()

    @rule(window=st.integers(0, 1))
    def reopen(self, window: int) -> None:
        self.windows[window].close()
        self.windows[window] = self.opened()

    @invariant()
    def both_windows_show_what_the_model_says(self) -> None:
        for window in getattr(self, "windows", ()):
            window.reload()
            shown = {**window.papers, **window.trash}
            assert {
                key: {name: value_to_json(name, getattr(paper, name)) for name in CHOSEN}
                for key, paper in shown.items()
            } == {key: {name: fields[name] for name in CHOSEN} for key, fields in self.model.items()}
            assert {key for key, fields in self.model.items() if fields.get("deleted")} == set(window.trash)
            assert not window.damaged
            assert bool(window.can_undo) is bool(self.done)
            assert bool(window.can_redo) is bool(self.undone)
            assert list(window.papers) == sorted(window.papers)


@pytest.fixture(autouse=True)
def fast_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is on the platters is the business of test_library_durability."""
    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, lambda _descriptor: None)


LibraryMachine.TestCase.settings = settings(
    max_examples=examples(40),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
TestLibraryModel = LibraryMachine.TestCase
