"""The changes that the fault tests make: how a library carries them out, and what it has to hold afterwards.

Run as a script (``python -m faults.fault_writer``, with ``fault_injection.c`` preloaded) it makes a series of them
again and again, each time in a fresh copy of a library, while the first, the second, the third … call of one class of
system calls fails. It reads one `Job` as JSON and prints one line of JSON for every trial.
"""

import ctypes
import datetime as dt
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

from readlist.library.errors import LibraryError
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.record import value_to_json

WHO = "ada"
FIELDS = ("title", "status", "star", "tags", "note")
_UNTOUCHED = {"title": "", "status": "unread", "star": False, "tags": [], "note": ""}

State = dict[str, dict[str, Any]]
"""What the user sees: {id: {field: JSON value}}, and ``deleted`` for what lies in the trash."""


class Change(NamedTuple):
    """Something the user does; as JSON a list of three."""

    verb: str
    """``create``, ``add``, ``edit``, ``delete``, ``restore``, ``purge``, ``undo``, ``redo``, ``settle``, ``close``."""
    ids: Sequence[str] = ()
    fields: Mapping[str, Any] = {}


class Model:
    """What a library should hold after the changes of one user: plain dicts, nothing else."""

    def __init__(self, state: State | None = None) -> None:
        self.state: State = state or {}
        self.done: list[State] = []
        """The states before each step that can be undone."""
        self.undone: list[State] = []

    def copy(self) -> "Model":
        """A model of its own; states are replaced and never changed."""
        twin = Model(self.state)
        twin.done, twin.undone = [*self.done], [*self.undone]
        return twin

    def apply(self, change: Change) -> bool:
        """Carry out ``change``; False when there is nothing to do."""
        if change.verb in {"open", "settle", "close"}:
            return False
        if change.verb == "undo":
            return self._swap(self.done, self.undone)
        if change.verb == "redo":
            return self._swap(self.undone, self.done)
        after = self._after(change)
        if after == self.state:
            return False
        if change.verb == "create":  # which is no step
            self.state = after
            return True
        self.done.append(self.state)
        self.undone.clear()
        self.state = after
        return True

    def _swap(self, taken: list[State], given: list[State]) -> bool:
        if not taken:
            return False
        given.append(self.state)
        self.state = taken.pop()
        return True

    def _after(self, change: Change) -> State:
        after = dict(self.state)
        for key in change.ids:
            if change.verb in {"create", "add"}:
                after[key] = {**_UNTOUCHED, **change.fields, "deleted": False}
            elif change.verb == "edit" and key in after:
                after[key] = {**after[key], **change.fields}
            elif change.verb in {"delete", "restore"} and key in after:
                after[key] = {**after[key], "deleted": change.verb == "delete"}
            elif change.verb == "purge" and key in after and after[key]["deleted"]:
                del after[key]
        return after


def carry_out(library: Library, change: Change) -> bool:
    """Do ``change``; False when there was nothing to do.

    Raises:
        LibraryError: it was refused.
    """
    verb, ids, fields = change
    if verb in {"create", "add"}:
        return getattr(library, verb)([Paper(id=key, **fields) for key in ids]) is not None
    if verb == "edit":
        return library.edit(ids, **fields) is not None
    if verb in {"delete", "restore", "purge"}:
        return getattr(library, verb)(ids) is not None
    return getattr(library, verb)() is not None and verb in {"undo", "redo"}


def seen_in(library: Library) -> State:
    """What ``library`` shows."""
    return {
        key: {**{name: value_to_json(name, getattr(paper, name)) for name in FIELDS}, "deleted": bool(paper.deleted)}
        for key, paper in sorted({**library.papers, **library.trash}.items())
    }


def seen_by_tinydb(path: Path) -> State:
    """What a program that knows TinyDB and nothing of readlist finds in the file."""
    from tinydb import TinyDB

    with TinyDB(path) as database:
        found = {f"{document.doc_id}": dict(document) for document in database.table("papers").all()}
    return {
        key: {**{name: found[key].get(name, _UNTOUCHED[name]) for name in FIELDS}, "deleted": "deleted" in found[key]}
        for key in sorted(found)
    }


def litter_beside(path: Path) -> list[str]:
    """The files in the folder of the library ``path`` that are not meant to stay there."""
    kept = {path.name, *(f"{path.name}.{ending}" for ending in ("lock", "journal", "backups"))}
    folder = path.parent
    return sorted(str(entry.relative_to(folder)) for entry in folder.iterdir() if entry.name not in kept) + sorted(
        str(entry.relative_to(folder)) for entry in folder.glob(f"{path.name}.backups/*.tmp")
    )


class Looker:
    """Another process that looks at libraries; it folds nothing and leaves nothing open."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "faults.fault_writer", "look"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=_environment(),
        )

    def seen_in(self, path: Path) -> State:
        """What a process finds that opens the library ``path`` now."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        found: State = json.loads(self._process.stdout.readline())
        return found

    def end(self) -> None:
        """End the process."""
        self._process.communicate()


def _look() -> None:
    """Tell what is in the libraries that standard input names, each from a process of its own."""
    for line in sys.stdin:
        looking = os.fork()
        if looking == 0:
            print(json.dumps(seen_in(Library.open(Path(line.rstrip("\n")), clock=ticking(), who=WHO))), flush=True)
            os._exit(0)
        os.waitpid(looking, 0)


@contextmanager
def folder_in_memory(otherwise: Path) -> Iterator[Path]:
    """A folder where a disk costs no time; where there is none, a new one in the folder ``otherwise``."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder inside gets a name that nobody can foresee
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else otherwise) as made:
        yield Path(made).resolve()


def ticking(day: int = 0) -> Callable[[], dt.datetime]:
    """A clock that goes on by a second whenever somebody looks; it starts at noon."""
    start = dt.datetime(2026, 11, 23 + day, 12, tzinfo=dt.UTC)
    ticks: Iterator[int] = itertools.count()
    return lambda: start + dt.timedelta(seconds=next(ticks))


PAPERS = [f"100000000000000{number}" for number in range(7)]
ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN = PAPERS

BEFORE = [
    Change("edit", [FIVE], {"note": "From the day before"}),
    Change("edit", [SIX], {"status": "reading", "tags": ["kept"]}),
    Change("delete", [FIVE]),
]
"""What the library has been through, and not folded into the file yet, when the series begins."""

SERIES = [
    Change("edit", [ONE], {"status": "read"}),
    Change("edit", [TWO, THREE], {"star": True}),
    Change("edit", [FOUR], {"note": "Ein langer Gedanke über das Lesen. " * 570}),  # 20 kB
    Change("edit", [TWO], {"tags": ["proofs", "to discuss"]}),
    Change("add", [SEVEN], {"title": "A Seventh Paper", "note": "Found on the way"}),
    Change("delete", [ONE]),
    Change("undo"),
    Change("redo"),
    Change("settle"),
    Change("edit", [FOUR], {"title": "Another Title", "note": "A shorter one"}),
    Change("purge", [ONE]),
    Change("undo"),
    Change("restore", [FIVE]),
    Change("edit", [THREE], {"status": "reading"}),
]
"""A bit of everything that can be done, with settling in the middle."""


def begin(path: Path) -> Library:
    """A new library with six papers that `BEFORE` has happened to; it is open."""
    library = Library.open(path, clock=ticking(), who=WHO)
    library.create([Paper(id=key, title=f"Paper {key}") for key in PAPERS if key != SEVEN])
    library.settle()
    for change in BEFORE:
        carry_out(library, change)
    return library


def begun() -> Model:
    """What `begin` leaves."""
    model = Model({key: {**_UNTOUCHED, "title": f"Paper {key}", "deleted": False} for key in PAPERS if key != SEVEN})
    for change in BEFORE:
        model.apply(change)
    return model


def begin_in_a_process_that_dies(path: Path) -> None:
    """As `begin`, and leave it as a kill does."""
    subprocess.run([sys.executable, "-m", "faults.fault_writer", "begin", str(path)], env=_environment(), check=True)


def _environment() -> dict[str, str]:
    path = [str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path))}


_VERBS = ["edit"] * 8 + ["add"] * 4 + ["undo"] * 3 + ["settle"] * 3 + ["delete"] * 2
_VERBS += ["redo", "restore", "purge", "close"]
_MOST_PAPERS = 40


def some_change(papers: Sequence[str], trash: Sequence[str], dice: random.Random, front: str = "1") -> Change:
    """Any change to a library that holds ``papers`` and ``trash``; it stays small.

    The id of a paper that is added begins with ``front``, and what is written into a paper begins with its id or holds
    it, so that what got into the wrong one is seen.
    """
    verb = dice.choice(_VERBS)
    if verb == "add" or (verb == "edit" and not papers):
        if len(papers) + len(trash) < _MOST_PAPERS:
            key = f"{front}{dice.randrange(10**14, 10**15)}"
            return Change("add", [key], {"title": f"Paper {key}"})
        verb = "purge" if trash else "delete"
    if verb == "edit":
        return Change("edit", [key := dice.choice(papers)], _some_fields(key, dice))
    if verb not in {"delete", "restore", "purge"}:
        return Change(verb)
    among = papers if verb == "delete" else trash
    return Change(verb, dice.sample(among, min(len(among), dice.randrange(1, 4)))) if among else Change("settle")


def _some_fields(key: str, dice: random.Random) -> dict[str, Any]:
    return dice.choice(
        [
            {"status": dice.choice(["unread", "reading", "read"])},
            {"star": dice.random() < 0.5},
            {"tags": sorted({f"{key}-{dice.randrange(5)}" for _ in range(3)})},
            {"note": f"On {key}: {'say more ' * dice.choice([1, 50, 2_500])}{dice.random()}."},
        ]
    )


class Job(TypedDict):
    """What the script is to do."""

    template: str
    """A folder with a ``library.json``; every trial works in a copy of it."""
    folder: str
    """Where the copies are put: ``1``, ``2``, …, by the number of the call that fails, and they stay there."""
    series: list[Any]
    """The changes."""
    fault: str
    """The class of system calls; see ``fault_injection.c``, as for ``kind``."""
    kind: str
    forever: bool
    """The disk stays broken until the series is over; then the last change that it refused is tried again."""


class Attempt(TypedDict):
    """What became of one change, or of opening the library."""

    change: Any
    outcome: str
    """``confirmed``, ``nothing`` (was to do) or ``refused``."""
    why: str
    """The sentence of the refusal."""
    wrong: str
    """What was found to be otherwise than promised; hopefully empty."""
    fired: bool
    """Whether a call failed in it."""


class Trial(TypedDict):
    """What became of the series while one call failed."""

    number: int
    fired: bool
    """False: there was no such call any more."""
    attempts: list[Attempt]
    broken_after: int
    """How many of the attempts were made while the disk was broken (of use when it stays broken)."""
    left_open: list[str]
    """Files of the library that were still open at the end."""


class Injector:
    """The door to the preloaded ``fault_injection.c``."""

    def __init__(self) -> None:
        here = ctypes.CDLL(None)
        self._arm, self._pause, self._fired, self._folder = (
            here.fault_arm,
            here.fault_pause,
            here.fault_fired,
            here.fault_folder,
        )
        self._fired.restype = ctypes.c_long
        self._arm.argtypes = [ctypes.c_char_p, ctypes.c_long, ctypes.c_char_p, ctypes.c_int]

    def arm(self, folder: Path, fault: str, number: int, kind: str, *, forever: bool) -> None:
        """From now on the ``number``-th call in ``folder`` fails."""
        self._folder(os.fsencode(folder))
        if self._arm(fault.encode(), number, kind.encode(), forever):
            raise ValueError(f"no such fault: {fault} {kind}")

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Nothing fails and nothing is counted inside."""
        self._pause(1)
        try:
            yield
        finally:
            self._pause(0)

    def disarm(self) -> None:
        """Nothing fails any more."""
        self._folder(b"")

    @property
    def fired(self) -> int:
        """How many calls were made to fail."""
        return int(self._fired())


class _Series:
    """The series in one copy of the library, under one fault."""

    def __init__(self, job: Job, injector: Injector, number: int) -> None:
        self._job = job
        self._injector = injector
        self._number = number
        self._folder = Path(job["folder"]) / str(number)
        self._path = self._folder / "library.json"
        self._library: Library | None = None
        self.attempts: list[Attempt] = []

    def run(self) -> Trial:
        """All changes; the library is closed at the end, where the disk permits."""
        shutil.copytree(self._job["template"], self._folder)
        fault, kind, forever = self._job["fault"], self._job["kind"], self._job["forever"]
        self._injector.arm(self._folder, fault, self._number, kind, forever=forever)
        broken = self._under_a_broken_disk() if forever else self._under_one_fault()
        fired = self._injector.fired > 0
        self._injector.disarm()
        return {
            "number": self._number,
            "fired": fired,
            "attempts": self.attempts,
            "broken_after": broken,
            "left_open": _open_files(self._folder),
        }

    def _changes(self) -> list[Change]:
        return [Change(*change) for change in self._job["series"]]

    def _under_one_fault(self) -> int:
        for change in (Change("open"), *self._changes(), Change("close")):
            if self._try(change) == "refused":  # the fault has gone: now it must work
                self._try(change)
        return 0

    def _under_a_broken_disk(self) -> int:
        refused = None
        if self._try(Change("open")) != "refused":
            for change in self._changes():
                refused = change if self._try(change) == "refused" else refused
        broken = len(self.attempts)
        self._injector.disarm()
        shutil.copytree(self._folder, self._folder.with_name(f"{self._number}.broken"))
        if self._library is None:
            self._try(Change("open"))
        if refused:
            self._try(refused)
        self._try(Change("close"))
        return broken

    def _try(self, change: Change) -> str:
        before = _state_of(self._library) if self._library else None
        why = wrong = ""
        failed = self._injector.fired
        try:
            if change.verb == "open":
                self._library = Library.open(self._path, clock=ticking(day=1), who=WHO)
                outcome = "confirmed"
            else:
                assert self._library
                outcome = "confirmed" if carry_out(self._library, change) else "nothing"
        except LibraryError as error:
            outcome, why = "refused", str(error)
            if self._library and change.verb != "close":
                wrong = self._difference(self._library, before)
        self.attempts.append(
            {"change": change, "outcome": outcome, "why": why, "wrong": wrong, "fired": failed < self._injector.fired}
        )
        return outcome

    def _difference(self, library: Library, before: Any) -> str:
        """What a refused change has changed: in memory, or for another process that opens the file now."""
        if _state_of(library) != before:
            return "what is in memory has changed"
        with self._injector.paused():
            looking = os.fork()
            if looking == 0:
                os._exit(self._is_as(before))
            _, status = os.waitpid(looking, 0)
        return _FINDINGS[os.waitstatus_to_exitcode(status)]

    def _is_as(self, before: Any) -> int:
        """The index in `_FINDINGS` of what a process finds."""
        try:
            return int(_state_of(Library.open(self._path, clock=ticking(), who=WHO)) != before)
        except LibraryError:
            return 2


_FINDINGS = ("", "what is on the disk has changed", "the library cannot be opened any more")


def _state_of(library: Library) -> Any:
    return (seen_in(library), library.history(), library.can_undo, library.can_redo)


def _open_files(folder: Path) -> list[str]:
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            target = descriptor.readlink()
        except OSError:  # that of the listing itself
            continue
        if target.is_relative_to(folder):
            found.append(str(target))
    return found


def main() -> None:
    """Do the job that standard input describes, until there is no call left that could fail."""
    job: Job = json.load(sys.stdin)
    injector = Injector()
    for number in itertools.count(1):
        trial = _Series(job, injector, number).run()
        print(json.dumps(trial), flush=True)
        if not trial["fired"]:
            return


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["look"]:
            _look()
        case ["begin", path]:
            begin(Path(path))
            os._exit(0)
        case _:
            main()
