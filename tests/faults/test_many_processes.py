"""Any number of processes at once: nothing of anybody's is lost, and nobody waits for ever."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from faults.fault_writer import (
    ONE,
    TWO,
    Change,
    Model,
    State,
    carry_out,
    litter_beside,
    seen_by_tinydb,
    seen_in,
    some_change,
)

from readlist.library.errors import LibraryBusyError
from readlist.library.library import Library
from readlist.paper import Paper

SCALE = os.environ.get("FAULT_TRIES", "ci")
CHANGES = 500
"""Of each process; all together are fewer steps than the history keeps."""
ROUNDS = {"ci": 1, "long": 10}[SCALE]
TESTS = Path(__file__).parent.parent
USERS = ("ada", "emmy", "grace", "sofja")
OWN_FIELD = dict(zip(USERS, ("venue", "volume", "issue", "publisher"), strict=True))
SHARED = [f"500000000000000{number}" for number in range(5)]
NOTED = SHARED[0]
"""The paper to whose note everybody writes."""


class Other:
    """Another process that uses the library, and does as it is told."""

    def __init__(self, path: Path, who: str, task: str, *arguments: str) -> None:
        where = os.pathsep.join(filter(None, [str(TESTS), os.environ.get("PYTHONPATH", "")]))
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "faults.test_many_processes", task, str(path), who, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": where},
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to, self._from = self._process.stdin, self._process.stdout
        self.pid = self._process.pid

    def tell(self, what: object) -> None:
        """Say what it is to do."""
        self._to.write(f"{json.dumps(what)}\n")
        self._to.flush()

    def answer(self) -> Any:
        """What it says when it is done."""
        line = self._from.readline()
        assert line, self._process.communicate()[1]
        return json.loads(line)

    def do(self, *change: Any) -> bool:
        """Have it carry out a change; False when there was nothing to do."""
        self.tell(change)
        return bool(self.answer())

    def stop_inside(self, *change: Any) -> None:
        """Have it carry out a change and stop like dead in the middle, with the lock in its hands."""
        self.tell(["stop"])
        self.answer()
        self.tell(change)
        _, status = os.waitpid(self.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), "it has not stopped in the middle"

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def end(self) -> None:
        """No more to do."""
        _, errors = self._process.communicate(timeout=60)
        assert errors == ""
        assert self._process.returncode == 0

    def end_by_force(self) -> None:
        """For a test that has gone wrong, too."""
        self._process.kill()
        self._process.communicate()


Start = Callable[..., Other]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "list"
    folder.mkdir()
    return folder / "library.json"


@pytest.fixture
def start(path: Path) -> Iterator[Start]:
    started: list[Other] = []

    def start_one(who: str, task: str = "obey", *arguments: str) -> Other:
        started.append(Other(path, who, task, *arguments))
        return started[-1]

    yield start_one
    for other in started:
        other.end_by_force()


@pytest.fixture
def library(path: Path) -> Library:
    made = Library.open(path, who="ada")
    made.create([Paper(id=key, title=f"Paper {key}") for key in (ONE, TWO)])
    return made


@pytest.mark.parametrize("number", range(ROUNDS))
def test_four_processes_lose_nothing_of_each_other(
    path: Path,
    start: Start,
    record_property: Callable[[str, object], None],
    capsys: pytest.CaptureFixture[str],
    number: int,
) -> None:
    library = Library.open(path, who="nobody")
    library.create([Paper(id=key, title=f"Paper {key}") for key in SHARED])
    others = [start(who, "write", str(number)) for who in USERS]
    assert [other.answer() for other in others] == ["ready"] * len(USERS)
    begun = time.perf_counter()
    for other in others:
        other.tell("go")
    told = dict(zip(USERS, (other.answer() for other in others), strict=True))
    seconds = time.perf_counter() - begun
    for other in others:
        other.end()
    assert library.reload()
    for window in (library, Library.open(path, who="nobody")):
        _holds(window, told)
    library.close()
    expected = {key: paper for found in told.values() for key, paper in found["own"].items() if key not in SHARED}
    assert {key: paper for key, paper in seen_by_tinydb(path).items() if key not in SHARED} == expected
    assert litter_beside(path) == []
    record_property("4 processes x 500 changes", f"{len(USERS) * CHANGES} tries, 0 lost, {seconds:.1f} s")
    if SCALE == "long":
        with capsys.disabled():
            print(f"\n4 processes x 500 changes ({seconds:.1f} s) | {len(USERS) * CHANGES} | 0")


def _holds(library: Library, told: dict[str, Any]) -> None:
    assert not library.damaged
    found = seen_in(library)
    history = list(reversed(library.history()))
    assert len({step.id for step in history}) == len(history)
    assert {step.who for step in history} == set(USERS)
    assert set(found) == {key for said in told.values() for key in said["own"]}
    for who, said in told.items():
        assert _part_of(found, library, who) == said["own"], who
        assert [step.undone for step in history if step.who == who] == [False] * said["done"] + [True] * said["undone"]
    assert found[NOTED]["note"] in {said["note"] for said in told.values()}


def _part_of(found: State, library: Library, who: str) -> State:
    """What ``who`` alone writes to: the papers with ids of its own, and one field of those that are shared."""
    front, field = _front(who), OWN_FIELD[who]
    own = {key: paper for key, paper in found.items() if key.startswith(front)}
    return {**own, **{key: {field: getattr(library.papers[key], field)} for key in SHARED}}


def _front(who: str) -> str:
    return str(1 + USERS.index(who))


def test_what_others_change_is_seen_and_undo_takes_back_only_what_is_ones_own(library: Library, start: Start) -> None:
    other = start("emmy")
    assert other.do("edit", [ONE], {"note": "theirs"})
    assert library.reload()
    assert not library.reload()
    assert library.papers[ONE].note == "theirs"
    assert library.can_undo is None
    assert library.undo() is None
    assert library.edit([ONE], star=True)
    assert library.edit([TWO], note="mine")
    assert other.do("edit", [TWO], {"tags": ["theirs"]})
    assert other.do("undo")
    assert other.do("undo")
    assert not other.do("undo")
    assert library.reload()
    assert library.papers[TWO].tags == ()
    assert [(paper.note, paper.star) for paper in library.papers.values()] == [("", True), ("mine", False)]
    assert other.do("redo")
    assert other.do("edit", [TWO], {"note": "theirs, on top of it"})
    change = library.undo()
    assert change
    assert change.kept == (TWO,)
    assert library.papers[TWO].note == "theirs, on top of it"
    assert library.papers[ONE].note == "theirs"
    other.end()


def test_whoever_keeps_the_lock_is_named_after_a_bounded_wait_and_all_goes_on_afterwards(
    library: Library, path: Path, start: Start
) -> None:
    other = start("emmy")
    other.stop_inside("edit", [ONE], {"note": "theirs"})
    command = subprocess.Popen(
        [sys.executable, "-m", "readlist", "--library", str(path), "mark", "star", ONE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    before = seen_in(library)
    begun = time.perf_counter()
    assert seen_in(Library.open(path))  # who only reads does not wait
    assert time.perf_counter() - begun < 1
    with pytest.raises(LibraryBusyError) as busy:
        library.edit([TWO], note="mine")
    assert time.perf_counter() - begun < 10
    printed, complained = command.communicate(timeout=20)
    assert (command.returncode, printed) == (2, "")
    for sentence in (str(busy.value), complained.rstrip("\n")):
        assert re.search(rf"library\.json.*\b{other.pid}\b", sentence), sentence
        assert "\n" not in sentence
    assert seen_in(library) == before
    other.send(signal.SIGCONT)
    assert other.answer() is True
    assert library.edit([TWO], note="mine")
    assert [paper.note for paper in library.papers.values()] == ["theirs", "mine"]
    other.end()


def test_the_lock_of_a_process_that_was_killed_is_free_at_once(library: Library, path: Path, start: Start) -> None:
    other = start("emmy")
    other.stop_inside("edit", [ONE], {"note": "theirs"})
    other.send(signal.SIGKILL)
    other.end_by_force()
    begun = time.perf_counter()
    assert library.edit([TWO], note="mine")
    assert time.perf_counter() - begun < 2
    assert library.papers[ONE].note in {"", "theirs"}  # nobody was told that it is done
    library.close()
    later = Library.open(path)
    assert later.edit([TWO], star=True)
    later.close()
    assert seen_by_tinydb(path) == seen_in(Library.open(path))
    assert litter_beside(path) == []


# The other process


def _write(path: Path, who: str, seed: int) -> None:
    """Make `CHANGES` mixed changes and tell what must have come of them."""
    dice = random.Random(f"{who}-{seed}")  # noqa: S311 - what to do next, not a secret
    library = Library.open(path, who=who)
    model, note, notes = Model({key: {OWN_FIELD[who]: ""} for key in SHARED}), "", set()
    _say("ready")
    sys.stdin.readline()
    made = 0
    while made < CHANGES:
        change = _some_change(model, who, dice)
        if change.verb == "undo" and len(model.done) in notes:
            continue  # what became of the note depends on what the others did meanwhile
        if change.verb == "close":
            library.close()
            library = Library.open(path, who=who)
            continue
        done = carry_out(library, change)
        if "note" in change.fields and change.ids == [NOTED]:
            assert done
            note = change.fields["note"]
            model.done.append(model.state)
            model.undone.clear()
            notes.add(len(model.done))
        else:
            assert done == model.apply(change), change
        assert _part_of(seen_in(library), library, who) == model.state, change
        made += done
    library.close()
    _say({"own": model.state, "done": len(model.done), "undone": len(model.undone), "note": note})


def _some_change(model: Model, who: str, dice: random.Random) -> Change:
    chance = dice.random()
    if chance < 0.25:
        return Change("edit", [dice.choice(SHARED)], {OWN_FIELD[who]: f"{who} {dice.random()}"})
    if chance < 0.35:
        return Change("edit", [NOTED], {"note": f"{who} {dice.random()} {'says more ' * dice.choice([1, 400])}"})
    own = {key: paper for key, paper in model.state.items() if key not in SHARED}
    papers = [key for key, paper in own.items() if not paper["deleted"]]
    return some_change(papers, [key for key in own if key not in papers], dice, _front(who))


def _obey(path: Path, who: str) -> None:
    """Carry out the changes that standard input names."""
    library = Library.open(path, who=who)
    for line in sys.stdin:
        change = Change(*json.loads(line))
        if change.verb == "stop":
            sys.setprofile(_stop_before_the_disk)
            _say(what=True)
            continue
        done = carry_out(library, change)
        if sys.getprofile():
            raise SystemExit("nothing was brought to the disk")
        _say(done)


def _stop_before_the_disk(_frame: object, event: str, what: Any) -> None:
    """Stop this process where it would wait for the disk next: inside of a change."""
    if event == "c_call" and what.__name__ in {"fsync", "fdatasync"}:
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGSTOP)


def _say(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    task, where, user, *arguments = sys.argv[1:]
    _obey(Path(where), user) if task == "obey" else _write(Path(where), user, int(*arguments))
