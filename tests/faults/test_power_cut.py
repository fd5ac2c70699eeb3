"""A power cut between any two system calls loses nothing that was confirmed.

A writer process is recorded, and every state that a power cut may leave (see `crash_states`) is put into a folder,
opened, looked at, changed once more, closed, and read with stock TinyDB.

FAULT_TRIES=long tries all states, and lets many more second power cuts hit the recovery from a first one.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from faults import power_cut_writer
from faults.crash_states import SECTOR, Call, Disk, Tree, put_down, record, why_not
from faults.power_cut_writer import Model, model_of, seen
from tinydb import TinyDB

from readlist.library.library import Library
from readlist.paper import Paper

LONG = os.environ.get("FAULT_TRIES", "ci") == "long"
MOST_STATES = 10**6 if LONG else 1_000
"""Distinct states after one power cut."""
MOST_LATER_STATES = 1_500 if LONG else 150
"""Distinct states after a second power cut, for each first one."""
SECOND_CUTS = 20 if LONG else 3
DRAWN = 40 if LONG else 6
"""States drawn at random after each system call."""

MOST_KEPT = 20
"""States in which something was lost that are kept to be looked at."""

FIRST = (
    "create add status note delete undo settle star note retitle delete restore undo redo note status settle tomorrow "
    "status add delete purge undo star note settle reopen status note undo redo tomorrow delete add close"
)
AFTERWARDS = "status note delete undo settle add tomorrow star note close"
NAME = "reading/library.json"

Report = Callable[[str, int, Sequence[str]], None]


class Confirmed(NamedTuple):
    """What the writer said after a step."""

    step: str
    model: Model
    seen: str


class Recording(NamedTuple):
    """The states that power cuts may leave, each with the moments at which it may arise: the last confirmation."""

    confirmed: list[Confirmed]
    states: dict[Tree, set[int]]


class Found(NamedTuple):
    """What a library that was opened after a power cut showed."""

    model: Model
    seen: str
    recovered: bool
    """Whether it had something to say about that."""


@pytest.fixture(scope="module")
def scratch() -> Iterator[Path]:
    """A folder in memory where there is one: what is tested has been recorded, and no disk has to be waited for."""
    memory = Path("/dev/shm")  # noqa: S108 - Linux's memory disk; the folder made in it is private
    where = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=where, prefix="readlist-power-cut-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def first(scratch: Path) -> Recording:
    if reason := why_not():
        pytest.skip(reason)
    return recorded(scratch / "first", (), 1, FIRST.split())


@pytest.fixture
def report(
    record_property: Callable[[str, object], None], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Report:
    def tell(faults: str, tries: int, lost: Sequence[str]) -> None:
        for name, value in (("faults", faults), ("tries", tries), ("lost", len(lost))):
            record_property(name, value)
        if LONG:
            with capsys.disabled():
                print(f"\n{faults} | {tries:,} | {len(lost):,}")
        assert not lost, f"{len(lost)} of {tries} states; the first, kept in {tmp_path}: " + "\n".join(lost[:5])

    return tell


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - which states are tried is no secret


def recorded(folder: Path, before: Tree, seed: int, steps: Sequence[str]) -> Recording:
    """Run the writer in ``folder``, and cut the power after each of its system calls."""
    put_down(before, folder)
    command = [sys.executable, power_cut_writer.__file__, str(folder / NAME), str(seed), *steps]
    calls = record(command, folder.with_suffix(".strace"))
    disk, dice = Disk(folder, before), seeded(seed)
    confirmed: list[Confirmed] = []
    states: dict[Tree, set[int]] = {}
    contents: dict[bytes | None, bytes | None] = {}  # one copy of each
    for call in calls:
        if line := disk.carry_out(call):
            confirmed.append(Confirmed(**json.loads(line)))
        if confirmed:  # before, the writer has not begun
            for tree in disk.states(dice, DRAWN):
                states.setdefault(
                    tuple((path, contents.setdefault(content, content)) for path, content in tree), set()
                ).add(len(confirmed) - 1)
    assert [one.step for one in confirmed] == ["open", *steps]
    return Recording(confirmed, states)


def opened(path: Path) -> Library:
    return Library.open(path, who="ada")


def after_cut(tree: Tree, folder: Path) -> Found:
    """What is found in ``tree``, laid down in ``folder``; and the library serves on as if nothing had been.

    Raises:
        Exception: whatever the library raises.
        AssertionError: it does not serve on.
    """
    put_down(tree, folder)
    library = opened(folder / NAME)
    found = Found(model_of(library), seen(library), bool(library.warnings))
    assert not library.damaged, library.damaged
    added = library.add([Paper(title="After the power cut")])
    assert added is not None
    starred = next(iter(library.papers))
    library.edit([starred], star=not library.papers[starred].star)
    papers = {**library.papers, **library.trash}
    library.close()
    assert papers.keys() == found.model.keys() | {*added.ids}
    with closing(TinyDB(folder / NAME)) as stock:
        stored = {
            str(document.doc_id): (document["title"], document.get("star", False)) for document in stock.table("papers")
        }
    assert stored == {key: (paper.title, paper.star) for key, paper in papers.items()}
    again = opened(folder / NAME)
    assert {**again.papers, **again.trash} == papers
    again.close()
    return found


def try_all(recording: Recording, chosen: Sequence[Tree], scratch: Path, kept: Path) -> tuple[list[str], list[Found]]:
    """Every state ``chosen`` of ``recording``: what went wrong (the states are ``kept``), and what was found."""
    lost: list[str] = []
    found: list[Found] = []
    with tempfile.TemporaryDirectory(dir=scratch) as trials:
        for number, tree in enumerate(chosen):
            problem = ""
            try:
                found.append(after_cut(tree, Path(trials) / str(number)))
            except Exception as error:  # noqa: BLE001 - it is what the test is about, and it fails for it
                problem = f"{type(error).__name__}: {error}"
            else:
                problem = misfit(recording, tree, found[-1])
            if problem:
                kept.mkdir(exist_ok=True)
                if len(lost) < MOST_KEPT:
                    put_down(tree, kept / f"state-{len(lost)}")
                files = ", ".join(f"{path} ({len(content)} bytes)" for path, content in tree if content is not None)
                moments = ", ".join(moment(recording, last) for last in sorted(recording.states[tree]))
                lost.append(
                    f"{kept.name}/state-{len(lost)}: after a cut {moments}, leaving {files or 'nothing'}: {problem}"
                )
            if number % 100 == 99:
                clear(Path(trials))
    return lost, found


def clear(folder: Path) -> None:
    for entry in folder.iterdir():
        shutil.rmtree(entry)


def moment(recording: Recording, last: int) -> str:
    following = recording.confirmed[last + 1].step if last + 1 < len(recording.confirmed) else "the end"
    return f"between {last} {recording.confirmed[last].step} and {following}"


def misfit(recording: Recording, tree: Tree, found: Found) -> str:
    """What was found that cannot be: neither what was confirmed last nor that with the change under way."""
    for last in sorted(recording.states[tree]):
        possible = recording.confirmed[last : last + 2]
        if not any(found.model == one.model for one in possible):
            kind = [one.step for one in recording.confirmed if one.model == found.model]
            return f"{moment(recording, last)} the papers are those of {kind or 'no moment'}: {found.model}"
        if not any(found.seen == one.seen for one in possible):
            return f"{moment(recording, last)} other fields or the history differ"
    return ""


def sample(states: dict[Tree, set[int]], most: int, seed: int) -> list[Tree]:
    trees = list(states)
    return trees if len(trees) <= most else seeded(seed).sample(trees, most)


def test_nothing_confirmed_is_lost_by_a_power_cut(
    first: Recording, scratch: Path, tmp_path: Path, report: Report
) -> None:
    chosen = sample(first.states, MOST_STATES, 1)
    lost, found = try_all(first, chosen, scratch, tmp_path)
    report(f"power cut between any two system calls ({len(first.states):,} states known)", len(chosen), lost)
    assert len({one.seen for one in found}) > len(FIRST.split()) // 2  # it was no recording of nothing


def test_nothing_is_lost_by_a_second_power_cut_after_the_recovery_from_a_first(
    first: Recording, scratch: Path, tmp_path: Path, report: Report
) -> None:
    dice = seeded(2)
    tries, lost = 0, []
    starts = dice.sample(list(first.states), min(12 * SECOND_CUTS, len(first.states)))
    with tempfile.TemporaryDirectory(dir=scratch) as trials:
        found = {tree: after_cut(tree, Path(trials) / str(number)) for number, tree in enumerate(starts)}
    usable = [tree for tree in starts if sum(not values[4] for values in found[tree].model.values()) > 2]
    usable.sort(key=lambda tree: not found[tree].recovered)  # those first where there was something to recover
    for number, before in enumerate(usable[:SECOND_CUTS], 2):
        second = recorded(scratch / f"second-{number}", before, number, AFTERWARDS.split())
        assert second.confirmed[0].seen == found[before].seen
        chosen = sample(second.states, MOST_LATER_STATES, number)
        tries += len(chosen)
        lost += try_all(second, chosen, scratch, tmp_path / f"second-{number}")[0]
    report("second power cut, after the recovery from a first", tries, lost)
    assert tries


# The checker finds what it is made to find


def text(characters: str) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in characters.encode()) + '"'


def contents(states: Iterator[Tree], name: str) -> set[bytes | None]:
    return {dict(tree).get(name, b"(absent)") for tree in states}


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    """With the file ``list`` on it, which says "old"."""
    return Disk(tmp_path, (("list", b"old"),))


@pytest.fixture
def call(disk: Disk, tmp_path: Path) -> Callable[..., None]:
    def carry_out(name: str, *arguments: str, result: int = 0) -> None:
        placed = (text(f"{tmp_path}/{value[1:]}") if value[:1] == "/" else value for value in arguments)
        disk.carry_out(Call(name, tuple(placed), result))

    return carry_out


def replace(call: Callable[..., None], *, sync_file: bool, sync_folder: bool) -> None:
    call("openat", "AT_FDCWD", "/new", "O_WRONLY|O_CREAT|O_EXCL", result=3)
    call("write", "3", text("the new list"), "12", result=12)
    if sync_file:
        call("fsync", "3")
    call("close", "3")
    call("rename", "/new", "/list")
    if sync_folder:
        call("open", "/", "O_RDONLY|O_DIRECTORY", result=4)
        call("fsync", "4")


def test_a_rename_before_the_data_is_synced_may_leave_an_empty_file(disk: Disk, call: Callable[..., None]) -> None:
    replace(call, sync_file=False, sync_folder=False)
    assert {b"old", b"", b"the new list", bytes(12)} <= contents(disk.states(seeded(1), 0), "list")


def test_a_rename_is_all_or_nothing_when_the_data_was_synced(disk: Disk, call: Callable[..., None]) -> None:
    replace(call, sync_file=True, sync_folder=False)
    assert contents(disk.states(seeded(1), 50), "list") == {b"old", b"the new list"}


def test_what_was_synced_with_its_folder_is_there(disk: Disk, call: Callable[..., None]) -> None:
    replace(call, sync_file=True, sync_folder=True)
    assert set(disk.states(seeded(1), 50)) == {(("list", b"the new list"),)}


def test_the_name_of_a_new_file_is_not_there_by_its_own_sync(disk: Disk, call: Callable[..., None]) -> None:
    call("openat", "AT_FDCWD", "/journal", "O_WRONLY|O_CREAT", result=3)
    call("write", "3", text("one"), "3", result=3)
    call("fdatasync", "3")
    assert contents(disk.states(seeded(1), 50), "journal") == {b"(absent)", b"one"}


def test_removals_and_names_may_reach_the_disk_in_another_order(disk: Disk, call: Callable[..., None]) -> None:
    call("link", "/list", "/earlier")
    call("unlink", "/list")
    trees = set(disk.states(seeded(1), 0))
    both, neither = (("earlier", b"old"), ("list", b"old")), ()
    assert trees == {both, neither, (("earlier", b"old"),), (("list", b"old"),)}


def test_an_append_may_stop_between_two_sectors(disk: Disk, call: Callable[..., None]) -> None:
    first, second = "1" * SECTOR, "2" * SECTOR
    call("openat", "AT_FDCWD", "/list", "O_WRONLY|O_APPEND", result=3)
    call("ftruncate", "3", "0")
    call("write", "3", text(first), str(SECTOR), result=SECTOR)
    call("fdatasync", "3")
    call("write", "3", text(second), str(SECTOR), result=SECTOR)
    synced, both = first.encode(), (first + second).encode()
    assert contents(disk.states(seeded(1), 0), "list") == {synced, both, synced + bytes(SECTOR)}


def test_unsynced_writes_may_be_lost_singly(tmp_path: Path) -> None:
    disk = Disk(tmp_path, (("list", bytes(2 * SECTOR)),))
    disk.carry_out(Call("openat", ("AT_FDCWD", text(f"{tmp_path}/list"), "O_WRONLY"), 3))
    disk.carry_out(Call("pwrite64", ("3", text("first"), "5", "0"), 5))
    disk.carry_out(Call("pwrite64", ("3", text("after"), "5", str(SECTOR)), 5))
    found = [content or b"" for content in contents(disk.states(seeded(1), 0), "list")]
    kept = {(content[:5], content[SECTOR : SECTOR + 5]) for content in found}
    assert kept == {(one, two) for one in (b"first", bytes(5)) for two in (b"after", bytes(5))}
