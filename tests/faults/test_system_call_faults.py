"""Every single system call on the library's files fails once, in every way: nothing confirmed is lost."""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults.fault_writer import (
    ONE,
    SERIES,
    SIX,
    WHO,
    Attempt,
    Change,
    Model,
    Trial,
    begin_in_a_process_that_dies,
    begun,
    carry_out,
    folder_in_memory,
    litter_beside,
    seen_by_tinydb,
    seen_in,
    ticking,
)

from readlist.library.library import Library

SCALE = os.environ.get("FAULT_TRIES", "ci")
TESTS = Path(__file__).parent.parent
REASONS = {
    "EIO": "Input/output error",
    "ENOSPC": "No space left on device|disk (is )?full",
    "EINTR": "Interrupted system call",
    "short": "short|No space left on device|disk (is )?full",
    "full": "No space left on device|disk (is )?full",
    "torn": "No space left on device|disk (is )?full",
    "stuck": "Input/output error",
}
ONE_CALL = [
    *((fault, kind) for fault in ("write", "sync", "rename", "open", "mkdir") for kind in ("EIO", "ENOSPC", "EINTR")),
    *((fault, kind) for fault in ("truncate", "link", "unlink", "mode", "lock") for kind in ("EIO", "EINTR")),
    ("write", "short"),
    ("write", "full"),
    ("write", "torn"),
    ("sync", "stuck"),
    ("read", "EIO"),
    ("close", "EIO"),
]
FIRST_CALLS = [
    *((fault, "EIO") for fault in ("write", "sync", "rename", "open", "truncate", "link", "unlink", "mode", "lock")),
    ("write", "full"),
    ("open", "ENOSPC"),
]
ALL_CALLS = [
    *((fault, "EIO") for fault in ("write", "sync", "rename", "open", "truncate", "link", "unlink", "mode", "mkdir")),
    *((fault, "ENOSPC") for fault in ("write", "sync", "open", "link", "mkdir")),
    ("write", "short"),
    ("write", "full"),
]

Tell = Callable[[str, int], None]
Trials = Callable[..., Iterator[tuple[Trial, Path]]]
Commands = Callable[[list[str], str, str], Iterator[tuple[subprocess.CompletedProcess[str], Path]]]


@pytest.fixture(scope="module")
def injection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled ``fault_injection.c``."""
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None:
        pytest.skip("no C compiler (cc, gcc or clang): system calls cannot be made to fail")
    if sys.platform != "linux" or "glibc" not in "".join(os.confstr("CS_GNU_LIBC_VERSION") or "").lower():
        pytest.skip("system calls are made to fail on Linux with the GNU C library alone")
    folder = tmp_path_factory.mktemp("injection")
    probe = folder / "probe.c"
    probe.write_text('#include <stdio.h>\nint main(void) { return puts("") < 0; }\n', "utf-8")
    if subprocess.run([compiler, "-o", str(folder / "probe"), str(probe)], capture_output=True, check=False).returncode:
        pytest.skip(f"the C compiler {compiler} is there but does not work: system calls cannot be made to fail")
    library = folder / "fault_injection.so"
    source = Path(__file__).with_name("fault_injection.c")
    done = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", str(library), str(source), "-ldl"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return library


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where possible: here it does not matter how slow a disk is, only what it says."""
    with folder_in_memory(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library that has a history, part of it not folded into the file yet."""
    folder = tmp_path_factory.mktemp("template")
    begin_in_a_process_that_dies(folder / "library.json")
    return folder


@pytest.fixture
def trials(folder: Path, template: Path, injection: Path) -> Trials:
    """Have every call of a class fail; yields what became of it, with the folder it happened in."""

    def run(
        fault: str, kind: str, *, forever: bool = False, begin_with: Path = template, series: list[Change] = SERIES
    ) -> Iterator[tuple[Trial, Path]]:
        work = folder / "work"
        work.mkdir()
        job = {
            "template": str(begin_with),
            "folder": str(work),
            "series": series,
            "fault": fault,
            "kind": kind,
            "forever": forever,
        }
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "faults.fault_writer"],
            input=json.dumps(job),
            capture_output=True,
            text=True,
            env={**os.environ, "LD_PRELOAD": str(injection), "PYTHONPATH": _python_path()},
            check=False,
        )
        assert done.stderr == ""
        assert done.returncode == 0
        for line in done.stdout.splitlines():
            trial: Trial = json.loads(line)
            yield trial, work / str(trial["number"])

    return run


def _python_path() -> str:
    return os.pathsep.join(filter(None, [str(TESTS), os.environ.get("PYTHONPATH", "")]))


@pytest.fixture
def tell(record_property: Callable[[str, object], None], capsys: pytest.CaptureFixture[str]) -> Tell:
    """Say how many tries there were; whoever comes so far has lost nothing."""

    def say(faults: str, tries: int) -> None:
        record_property(faults, f"{tries} tries, 0 lost")
        if SCALE == "long":
            with capsys.disabled():
                print(f"\n{faults} | {tries} | 0")

    return say


@pytest.mark.parametrize(("fault", "kind"), ONE_CALL)
def test_whichever_call_fails_the_change_is_refused_in_full_or_made_in_full(
    trials: Trials, fault: str, kind: str, tell: Tell
) -> None:
    number = 0
    for trial, folder in trials(fault, kind):
        where = f"{fault} {kind}, call {trial['number']}"
        model = begun()
        refused = _follow(model, trial["attempts"], kind, where)
        assert len(refused) <= trial["fired"], where
        assert trial["left_open"] == [], where
        path = folder / "library.json"
        if not trial["attempts"][-1]["fired"]:  # closing folds where it can, and need not
            assert seen_by_tinydb(path) == model.state, where
        assert litter_beside(path) == [] or fault == "unlink", where
        _holds(path, model, where)
        number += trial["fired"]
    tell(f"{fault} fails once with {kind}", number)


@pytest.mark.parametrize(("fault", "kind"), FIRST_CALLS)
def test_a_new_library_is_made_in_full_or_not_at_all(
    trials: Trials, folder: Path, fault: str, kind: str, tell: Tell
) -> None:
    (folder / "empty").mkdir()
    series = [
        Change("create", [ONE, SIX], {"title": "Seed"}),
        Change("edit", [ONE], {"star": True}),
        Change("edit", [SIX], {"note": "Mine"}),
    ]
    number = 0
    for trial, place in trials(fault, kind, begin_with=folder / "empty", series=series):
        where = f"{fault} {kind}, call {trial['number']}"
        model = Model()
        _follow(model, trial["attempts"], kind, where)
        assert trial["left_open"] == [], where
        _holds(place / "library.json", model, where)
        number += trial["fired"]
    tell(f"making a library, {fault} fails once with {kind}", number)


@pytest.mark.parametrize(("fault", "kind"), ALL_CALLS)
def test_a_disk_that_stays_broken_refuses_and_loses_nothing(trials: Trials, fault: str, kind: str, tell: Tell) -> None:
    number = 0
    for trial, folder in trials(fault, kind, forever=True):
        where = f"{fault} {kind} from call {trial['number']} on"
        model, broken = begun(), trial["broken_after"]
        _follow(model, trial["attempts"][:broken], kind, where, again=True)
        _holds(folder.with_name(f"{folder.name}.broken") / "library.json", model, where)
        assert not _follow(model, trial["attempts"][broken:], kind, where), where
        path = folder / "library.json"
        assert seen_by_tinydb(path) == model.state, where
        _holds(path, model, where)
        number += trial["fired"]
    tell(f"{fault} fails with {kind} from then on", number)


def test_a_disk_that_vanishes_between_two_calls_keeps_what_was_confirmed(trials: Trials, tell: Tell) -> None:
    """Nothing at all can be written any more: what was being written is there in full or not at all."""
    number = 0
    for trial, folder in trials("any", "EIO", forever=True):
        where = f"nothing works from call {trial['number']} on"
        model = begun()
        possible = None
        for attempt in trial["attempts"][: trial["broken_after"]]:
            change = Change(*attempt["change"])
            if attempt["outcome"] == "confirmed":
                model.apply(change)
            elif attempt["outcome"] == "refused" and possible is None:
                possible = model.copy()
                possible.apply(change)
        path = folder.with_name(f"{folder.name}.broken") / "library.json"
        found = seen_in(Library.open(path, clock=ticking(), who=WHO))
        assert found == model.state or (possible and found == possible.state), where
        number += trial["fired"]
    tell("everything fails from then on", number)


def _follow(model: Model, attempts: list[Attempt], kind: str, where: str, *, again: bool = False) -> list[Change]:
    """Bring ``model`` to where the confirmed ``attempts`` lead; returns what was refused.

    Args:
        model: what the library held before.
        attempts: what was tried.
        kind: of the fault, which a refusal has to name.
        where: for the message.
        again: whether refusals may follow each other.
    """
    refused: list[Change] = []
    for place, attempt in enumerate(attempts):
        change = Change(*attempt["change"])
        about = f"{where}: attempt {place}, {change.verb}: {attempt['why']}"
        assert not attempt["wrong"], f"{about}: {attempt['wrong']}"
        if attempt["outcome"] == "refused":
            refused.append(change)
            assert "library.json" in attempt["why"], about
            assert "\n" not in attempt["why"], about
            assert again or re.search(REASONS[kind], attempt["why"]), about
        elif change.verb not in {"open", "settle", "close"}:
            assert model.apply(change) == (attempt["outcome"] == "confirmed"), about
    return refused


def _holds(path: Path, model: Model, where: str) -> None:
    """A process that knows nothing of the fault finds what ``model`` says, and can go on from there."""
    model = model.copy()
    library = Library.open(path, clock=ticking(), who=WHO)
    assert not library.damaged, where
    assert seen_in(library) == model.state, where
    assert [step.undone for step in reversed(library.history())] == [False] * len(model.done) + [True] * len(
        model.undone
    ), where
    for change in (Change("undo"), Change("edit", [SIX], {"note": "And on"}), Change("undo"), Change("close")):
        assert carry_out(library, change) == model.apply(change), where
    assert seen_by_tinydb(path) == model.state, where
    assert litter_beside(path) == [], where


COMMANDS = {
    "mark": (["mark", "read", ONE], "Marked", {"status": "read"}),
    "note": (["note", ONE, "Long. " * 3_000], "Wrote a note", {"note": "Long. " * 3_000}),
}
"""The arguments, what it says when it has done it, and what it has done."""


@pytest.fixture
def commands(folder: Path, template: Path, injection: Path) -> Commands:
    """Run ``readlist`` again and again until no call is left that could fail; yields what it said, and the library."""

    def run(arguments: list[str], fault: str, kind: str) -> Iterator[tuple[subprocess.CompletedProcess[str], Path]]:
        report = folder / "report"
        for number in itertools.count(1):
            path = folder / str(number) / "library.json"
            shutil.copytree(template, path.parent)
            report.unlink(missing_ok=True)
            armed = {
                "LD_PRELOAD": str(injection),
                "FAULT_FOLDER": str(path.parent),
                "FAULT_CLASS": fault,
                "FAULT_NTH": str(number),
                "FAULT_KIND": kind,
                "FAULT_REPORT": str(report),
            }
            command = [sys.executable, "-m", "readlist", "--library", str(path), *arguments]
            yield (
                subprocess.run(command, capture_output=True, text=True, env={**os.environ, **armed}, check=False),
                path,
            )
            if not report.exists():
                return

    return run


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("what", ["write ENOSPC", "write short", "sync EIO", "open EIO", "rename EIO"])
def test_a_command_says_done_only_when_it_is_done(commands: Commands, command: str, what: str, tell: Tell) -> None:
    arguments, says, fields = COMMANDS[command]
    fault, kind = what.split()
    number = 0
    for number, (done, path) in enumerate(commands(arguments, fault, kind)):
        where = f"{what}, call {number + 1}: {done.stderr}"
        assert "Traceback" not in done.stderr, where
        model = begun()
        if done.returncode:
            assert (done.returncode, done.stdout) == (2, ""), where
            assert re.fullmatch(f"(readlist: Recovered .*\n)?readlist: .*({REASONS[kind]}).*\n", done.stderr), where
        else:
            assert says in done.stdout, where
            model.apply(Change("edit", [ONE], fields))
        assert seen_in(Library.open(path, clock=ticking(), who=WHO)) == model.state, where
    tell(f"readlist {command}, {what}", number)
