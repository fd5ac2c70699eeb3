"""SIGKILL at any instant: what was confirmed is there, at most the change that was being made besides."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from faults.fault_writer import (
    WHO,
    Change,
    Model,
    carry_out,
    folder_in_memory,
    litter_beside,
    seen_by_tinydb,
    seen_in,
    some_change,
    ticking,
)

from readlist.library.library import Library

SCALE = os.environ.get("FAULT_TRIES", "ci")
TRIES = {"ci": 200, "long": 10_000}[SCALE]
TRIES_WITH_ONE_LIBRARY = 50
MOST_LINES = 12
AIMED = 0.6
"""How many of the kills are aimed at a fold, in which the file is replaced."""
LONGEST_SPIN, LONGEST_SPIN_IN_MEMORY = 0.003, 0.001
"""Seconds that pass at most between the last line that was read and the kill: as a fold takes."""
TESTS = Path(__file__).parent.parent


class Writer:
    """A process that forks writers, so that none of them has to start Python anew."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, [str(TESTS), os.environ.get("PYTHONPATH", "")]))
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "faults.test_kill_loop"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert self._parent.stdin
        assert self._parent.stdout
        self._to, self._from = self._parent.stdin, self._parent.stdout
        self._pid = 0

    def start(self, path: Path, seed: int, task: str) -> None:
        """Begin to ``write`` to the library ``path``, or to ``recover`` it without end."""
        self._tell(json.dumps({"path": str(path), "seed": seed, "task": task}))
        self._pid = json.loads(self._from.readline())["pid"]

    def line(self) -> Any:
        """The next thing it says: a change that it begins with, or ``true``: the change is confirmed."""
        return json.loads(self._from.readline())

    def kill(self) -> list[Any]:
        """Kill it; returns what it has said before."""
        os.kill(self._pid, signal.SIGKILL)
        self._tell("reap")
        said: list[Any] = []
        with suppress(ValueError):  # the end of its last line: empty, or cut when it had not begun the change in it
            while True:
                said.append(self.line())
        assert self.line() == {"signal": signal.SIGKILL}, "the writer ended by itself"
        return said

    def stop(self) -> None:
        """End the process."""
        self._parent.communicate(timeout=60)
        assert self._parent.returncode == 0

    def _tell(self, line: str) -> None:
        self._to.write(f"{line}\n")
        self._to.flush()


@pytest.fixture(scope="module")
def writer() -> Iterator[Writer]:
    made = Writer()
    yield made
    made.stop()


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[list[tuple[Path, float]]]:
    """One on the disk and one in memory, where a kill meets a write more often than a wait for the disk."""
    with folder_in_memory(tmp_path) as memory:
        yield [(tmp_path, LONGEST_SPIN), (memory, LONGEST_SPIN_IN_MEMORY)]


class Killed(NamedTuple):
    """What is known of the library after a kill."""

    certain: Model
    """With all that was confirmed."""
    possible: Model
    """With the change besides that was being made."""


def test_nothing_that_was_confirmed_is_lost_by_a_kill(
    folders: list[tuple[Path, float]],
    writer: Writer,
    record_property: Callable[[str, object], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    dice = random.Random(20261123)  # noqa: S311 - where to kill, not a secret
    path, longest, model = Path(), 0.0, Model()
    confirmed = landed = folds = 0
    for turn in range(TRIES):
        if turn % TRIES_WITH_ONE_LIBRARY == 0:
            folder, longest = folders[turn // TRIES_WITH_ONE_LIBRARY % len(folders)]
            path, model = folder / str(turn) / "library.json", Model()
            path.parent.mkdir()
            Library.open(path, clock=ticking(), who=WHO).create([])
        writer.start(path, turn, "write")
        said = [writer.line() for _ in range(2 * dice.randrange(MOST_LINES + 1))]
        if dice.random() < AIMED:
            while not said or said[-1] is True or said[-1][0] not in {"settle", "close"}:
                said.append(writer.line())
        _spin(dice.uniform(0, longest))
        said += writer.kill()
        folds += said != [] and said[-1] is not True and said[-1][0] in {"settle", "close"}
        killed = _replayed(model, said)
        if dice.random() < 0.25:  # and once more while the next process puts it in order
            writer.start(path, turn, "recover")
            _spin(dice.uniform(0, longest))
            writer.kill()
        steps = len(killed.certain.done) - len(model.done)
        confirmed += len(said) // 2
        model = _verified(path, killed, f"try {turn}, {steps:+} steps")
        landed += model is killed.possible
        if dice.random() < 0.25:
            _goes_on(path, model, f"9{turn:015}")
    assert confirmed > TRIES
    assert folds > TRIES / 10
    record_property("SIGKILL", f"{TRIES} tries, 0 lost")
    if SCALE == "long":
        with capsys.disabled():
            more = f"{confirmed:,} changes confirmed, {landed:,} more made; {folds:,} kills in a fold"
            print(f"\nSIGKILL ({more}) | {TRIES} | 0")


def _spin(seconds: float) -> None:
    """Wait busily: a sleep would be as coarse as what is to be hit."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def _replayed(model: Model, said: list[Any]) -> Killed:
    """What follows from ``said``, in which announcements and confirmations alternate."""
    certain, announced = model.copy(), None
    for line in said:
        if line is True:
            assert announced
            certain.apply(announced)
            announced = None
        else:
            announced = Change(*line)
    possible = certain.copy()
    if announced:
        possible.apply(announced)
    return Killed(certain, possible)


def _verified(path: Path, killed: Killed, where: str) -> Model:
    """Open the library; returns which of the two models it agrees with."""
    library = Library.open(path, clock=ticking(), who=WHO)
    assert not library.damaged, where
    found, undone = seen_in(library), [step.undone for step in reversed(library.history())]
    for key, paper in found.items():
        assert paper["title"] == f"Paper {key}", f"{where}: titles are mixed up"
        assert re.fullmatch(rf"(On {key}: .*\.)?", paper["note"]), f"{where}: notes are mixed up"
        assert all(tag.startswith(key) for tag in paper["tags"]), f"{where}: tags are mixed up"
    for model in killed:
        if found == model.state and undone == [False] * len(model.done) + [True] * len(model.undone):
            return model
    lost = {key for key, paper in killed.certain.state.items() if found.get(key) != paper}
    raise AssertionError(f"{where}: neither what was confirmed nor one change more; other than confirmed: {lost}")


def _goes_on(path: Path, model: Model, key: str) -> None:
    """No lock is left, the next change sweeps what was left, and stock TinyDB sees all after a clean end."""
    library = Library.open(path, clock=ticking(), who=WHO)
    start = time.perf_counter()
    for change in (Change("add", [key], {"title": f"Paper {key}"}), Change("undo"), Change("close")):
        assert carry_out(library, change) == model.apply(change)
    assert time.perf_counter() - start < 3, "a lock was left"
    assert litter_beside(path) == []
    assert seen_by_tinydb(path) == model.state


# The writing process


def _supervise() -> None:
    """Fork a writer for every line of standard input; a line ``reap`` waits for it to be killed."""
    for line in sys.stdin:
        task = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _say({"pid": os.getpid()})
            path, seed = Path(task["path"]), task["seed"]
            _write_without_end(path, seed) if task["task"] == "write" else _recover_without_end(path)
        sys.stdin.readline()
        _, status = os.waitpid(pid, 0)
        os.write(sys.stdout.fileno(), b"\n")  # a long line goes through the pipe in pieces
        _say({"signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0})


def _say(what: object) -> None:
    os.write(sys.stdout.fileno(), f"{json.dumps(what)}\n".encode())


def _write_without_end(path: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - what to do next, not a secret
    library = Library.open(path, clock=ticking(), who=WHO)
    while True:
        change = some_change(list(library.papers), list(library.trash), dice)
        _say(change)
        carry_out(library, change)
        _say(what=True)
        if change.verb == "close":
            library = Library.open(path, clock=ticking(), who=WHO)


def _recover_without_end(path: Path) -> None:
    while True:
        library = Library.open(path, clock=ticking(), who=WHO)
        library.settle()
        library.close()


if __name__ == "__main__":
    _supervise()
