import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readlist.library import history
from readlist.library.library import Change, Library
from readlist.paper import Paper, Status

Open = Callable[..., Library]
MakePapers = Callable[[int], list[Paper]]


def documents(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))["papers"]


def test_every_kind_of_change_can_be_taken_back_exactly_and_done_again(
    library: Library, path: Path, some_papers: MakePapers
) -> None:
    first, second, third = library.papers
    states = [documents(path)]
    acts: tuple[Callable[[], Change | None], ...] = (
        lambda: library.edit([first, second], status=Status.READING),
        lambda: library.edit([first], status=Status.READ),
        lambda: library.edit([second], note="A long note. " * 40, star=True),
        lambda: library.edit([second], note="A shorter note."),
        lambda: library.edit_each({first: {"tags": ["a"]}, third: {"tags": ["b", "c"]}}),
        lambda: library.delete([second]),
        lambda: library.add(some_papers(2)),
        lambda: library.edit([first], status=Status.UNREAD),
        lambda: library.restore([second]),
    )
    for act in acts:
        assert act()
        states.append(documents(path))
    for state in reversed(states[:-1]):
        assert library.undo()
        assert documents(path) == state
    for state in states[1:]:
        assert library.redo()
        assert documents(path) == state
    assert library.redo() is None


def test_undo_goes_on_after_a_restart_and_in_another_window(library: Library, open_library: Open) -> None:
    first = next(iter(library.papers))
    library.edit([first], star=True)
    other = open_library()
    change = other.undo()
    assert change
    assert change.name == "Undid: Starred “On the L_∞ norm of reading lists, part 0”"
    assert change.ids == (first,)
    assert library.reload()
    assert not library.papers[first].star
    assert library.can_redo == "Starred “On the L_∞ norm of reading lists, part 0”"
    library.redo()
    assert library.papers[first].star


def test_a_new_change_gives_up_what_was_undone(library: Library) -> None:
    first = next(iter(library.papers))
    library.edit([first], star=True)
    library.undo()
    library.edit([first], note="New")
    assert library.can_redo is None
    assert library.redo() is None
    assert [step.name.split(" “")[0] for step in library.history()] == ["Wrote a note on", "Added 3 papers"]


def test_undo_takes_back_the_users_own_steps_only(library: Library, open_library: Open) -> None:
    first, second, _ = library.papers
    grace = open_library(who="grace")
    grace.edit([first], star=True)
    library.edit([second], star=True)
    undone = grace.undo()
    assert undone
    assert undone.ids == (first,)
    assert grace.undo() is None
    assert [step.who for step in grace.history(2)] == ["ada", "grace"]


def test_a_later_change_of_the_same_field_is_kept_and_said(library: Library, open_library: Open) -> None:
    first, second, _ = library.papers
    library.edit([first, second], note="mine", star=True)
    open_library(who="grace").edit([first], note="hers")
    change = library.undo()
    assert change
    assert change.kept == (first,)
    assert change.name == "Undid: Edited 2 papers (1 kept, changed since)"
    assert (library.papers[first].note, library.papers[first].star) == ("hers", False)
    assert (library.papers[second].note, library.papers[second].star) == ("", False)
    library.redo()
    assert (library.papers[first].note, library.papers[first].star) == ("hers", True)


def test_a_step_that_was_overwritten_whole_does_not_stop_the_next_undo(library: Library, open_library: Open) -> None:
    first = next(iter(library.papers))
    library.edit([first], status=Status.READING)
    open_library(who="grace").edit([first], status=Status.READ)
    read = open_library().papers[first]
    change = library.undo()
    assert change
    assert change.name.startswith("Undid nothing, 1 paper changed since: Marked “")
    assert library.papers[first] == read  # its dates too
    assert library.can_undo == "Added 3 papers"


def test_taking_back_an_import_keeps_papers_that_somebody_wrote_on(library: Library, open_library: Open) -> None:
    first = next(iter(library.papers))
    open_library(who="grace").edit([first], note="Precious")
    change = library.undo()
    assert change
    assert change.kept == (first,)
    assert list(library.papers) == [first]
    assert library.papers[first].note == "Precious"


def test_papers_are_named_in_the_order_in_which_they_were_given(library: Library) -> None:
    first, second, third = library.papers
    changes = [library.edit([third, first, second], star=True), library.undo(), library.redo(), library.undo()]
    assert [change.ids for change in changes if change] == [(third, first, second)] * 4
    assert library.history(1)[0].ids == (third, first, second)


def test_a_thousand_steps_can_be_taken_back(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fdatasync", lambda _descriptor: None)  # 2,000 times; see test_library_durability
    first = next(iter(library.papers))
    for number in range(1_000):
        library.edit([first], note=f"Note {number}")
    for number in range(999, 0, -1):
        assert library.papers[first].note == f"Note {number}"
        library.undo()
    assert library.papers[first].note == "Note 0"


def test_the_history_is_bounded_by_steps(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_STEPS", 5)
    monkeypatch.setattr(history, "FEWEST_STEPS", 1)
    first = next(iter(library.papers))
    for number in range(9):
        library.edit([first], note=f"Note {number}")
    library.settle()
    assert len(library.history()) == 5
    while library.undo():
        pass
    assert library.papers[first].note == "Note 3"


def test_the_history_is_bounded_by_bytes_but_keeps_the_latest_step(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "LEAST_BYTES", 4_000)
    monkeypatch.setattr(history, "FEWEST_STEPS", 1)
    first = next(iter(library.papers))
    for number in range(60):
        library.edit([first], note=f"{number} " + "and so on " * 20)
    library.settle()
    kept = json.loads(path.read_text("utf-8"))["history"]
    assert 5 < len(kept) < 20
    library.edit([first], note="x" * 10_000)
    library.edit([first], note="")
    library.settle()
    assert library.history()[0].name.startswith("Removed the note")
    library.undo()
    assert library.papers[first].note == "x" * 10_000


def test_what_is_undone_is_not_forgotten_for_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "FEWEST_STEPS", 1)
    steps = {str(number): {"who": "ada", "undone": number < 2} for number in range(4)}
    assert history.steps_to_forget(steps, list(steps), [100, 100, 100, 100], room=10) == ["2"]


def test_steps_follow_one_another_when_the_clock_goes_back(path: Path, some_papers: MakePapers) -> None:
    import datetime as dt

    times = iter(range(50_000, 0, -1))
    library = Library.open(path, clock=lambda: dt.datetime.fromtimestamp(next(times), dt.UTC), who="ada")
    library.add(some_papers(1))
    first = next(iter(library.papers))
    for note in ("one", "two", "three"):
        library.edit([first], note=note)
    assert len(library.history()) == 4
    library.undo()
    assert library.papers[first].note == "two"
    library.undo()
    assert library.papers[first].note == "one"
    ids = [step.id for step in library.history()]
    assert ids == sorted(ids, reverse=True)
