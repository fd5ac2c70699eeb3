"""A library whose every record is known, ways to damage its bytes, and what must hold afterwards."""

import datetime as dt
import importlib
import json
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from readlist.library.errors import LibraryError
from readlist.library.library import Library
from readlist.paper import Author, Paper, Status

LONG = os.environ.get("FAULT_TRIES", "ci") == "long"
TRIES = 100_000 if LONG else 1_500
SHARE_REPAIRED = 10 if LONG else 8
"""Of so many corruptions that were noticed, one is also repaired, or also worked on."""
PATIENCE = 10.0
"""Seconds after which an open counts as hanging."""

LIBRARY, JOURNAL = "library.json", "library.json.journal"
SECTOR, PAGE = 512, 4_096
ROOM = 8 * PAGE
"""Zeros behind the entries of a journal: room for more."""

Files = dict[str, bytes]
"""Files of a folder: path within it and content."""
Damage = Callable[[bytes, bytes, Random], bytes]
"""A file, another one, and chance: the damaged file."""
Report = Callable[[str, int, Sequence[str]], None]


class Effect(NamedTuple):
    """What an entry of the journal does, as it can be seen."""

    entry: bytes
    id: str
    field: str
    value: Any


class Sound(NamedTuple):
    """A sound library, as files."""

    files: Files
    lines: Mapping[str, bytes]
    """The line of each paper, by id, without the comma and the line break at its end."""
    effects: Sequence[Effect]


def seeded(seed: object) -> Random:
    return Random(str(seed))  # noqa: S311 - what is damaged is no secret


class Hang(BaseException):
    """An open took too long; no `Exception`, so that nobody swallows it."""


def papers() -> list[Paper]:
    return [
        Paper(
            id=str(10**15 + number),
            title=f"On the $L_{number}$ norm of “reading lists”",
            authors=(Author("Lovelace", "Ada"), Author(literal="The Reading Group")),
            abstract="We read everything, naïvely. " * 8,
            arxiv_id=f"2210.{number:05}",
        )
        for number in range(20)
    ]


class Clock:
    def __init__(self) -> None:
        self.time = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.time += dt.timedelta(minutes=1)
        return self.time


def read_files(folder: Path) -> Files:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def put_files(files: Files, folder: Path) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / LIBRARY


def lines_of(library: bytes) -> dict[str, bytes]:
    table = library[library.index(b'\n"papers": {') :]
    lines = [line.removesuffix(b",") for line in table.split(b"\n") if line.startswith(b'"1')]
    return {line[1:17].decode(): line for line in lines}


def build(folder: Path) -> tuple[Sound, Sound]:
    """A library of 20 papers (three in the trash) with notes and a history: at rest, and with a journal beside it."""
    clock = Clock()
    library = Library.open(folder / LIBRARY, clock=clock, who="ada")
    library.create(papers()[:12])
    library.add(papers()[12:])
    library.edit_each({paper.id: {"note": f"first thoughts on {paper.title}"} for paper in papers()[:15]})
    clock.time += dt.timedelta(days=1)  # a backup holds what was there the day before
    keys = sorted(library.papers)
    library.edit(keys[4:8], status=Status.READING)
    library.edit_each({key: {"note": f"second thoughts on {key}: " + "it depends; " * 20} for key in keys[2:12]})
    library.delete(keys[17:20])
    library.edit(keys[0:1], star=True)
    library.undo()
    library.close()
    rest = read_files(folder)
    lines = lines_of(rest[LIBRARY])
    assert len(lines) == 20
    writer = Library.open(folder / LIBRARY, clock=clock, who="ada")
    effects: list[Effect] = []
    before = journal_of(folder)
    changes: list[tuple[Callable[[], object], str, str, Any]] = [
        (lambda: writer.edit([keys[0]], star=True), keys[0], "star", True),
        (lambda: writer.edit([keys[1]], note="a note " * 500), keys[1], "note", "a note " * 500),
        (lambda: writer.edit([keys[2]], status=Status.READ), keys[2], "status", Status.READ),
        (lambda: writer.edit([keys[3]], tags=("later",)), keys[3], "tags", ("later",)),
        (lambda: writer.add([Paper(id="1500000000000001", title="New")]), "1500000000000001", "title", "New"),
        (lambda: writer.edit([keys[5]], title="Another title"), keys[5], "title", "Another title"),
        (lambda: writer.edit([keys[6]], venue="ICML"), keys[6], "venue", "ICML"),
        (lambda: writer.edit([keys[18]], venue="in the trash"), keys[18], "venue", "in the trash"),
        (lambda: writer.add([Paper(id="1500000000000002", title="Newer")]), "1500000000000002", "title", "Newer"),
        (lambda: writer.edit([keys[7]], star=True), keys[7], "star", True),
    ]
    for change, key, field, value in changes:
        assert change() is not None
        after = journal_of(folder)
        assert after.startswith(before)
        if len(after) > len(before):  # without a journal there is no second form, and nothing is asked of it
            effects += [Effect(entry_in(after[len(before) :]), key, field, value)]
        before = after
    return Sound(rest, lines, []), Sound({**read_files(folder), JOURNAL: before}, lines, effects)


def journal_of(folder: Path) -> bytes:
    """The entries of the journal; behind them there may be zeros, room for more."""
    return (folder / JOURNAL).read_bytes().rstrip(b"\0") if (folder / JOURNAL).exists() else b""


def entry_in(appended: bytes) -> bytes:
    """The change in what was appended (before it there may be a marker), with what fills its page.

    Without its last byte an entry is one whose writing was broken off.
    """
    return appended[appended.rindex(b"rlj1 ") :]


# What must hold


@contextmanager
def in_time() -> Iterator[None]:
    """Break off what hangs.

    Raises:
        Hang: it does.
    """

    def stop(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def open_or_refuse(path: Path) -> Library | str:
    """The library, or the sentence with which it was refused."""
    try:
        with in_time():
            return Library.open(path, who="ada")
    except LibraryError as error:
        return str(error)


def check_sentence(sentence: str, path: Path) -> None:
    assert path.name in sentence, f"the file is not named: {sentence}"
    assert "\n" not in sentence, f"more than a sentence: {sentence}"
    assert 20 < len(sentence) < 600, f"no sentence: {sentence}"
    assert "Traceback" not in sentence
    assert "Error(" not in sentence, f"an error as Python writes it: {sentence}"


def intact_lines(sound: Sound, files: Files) -> dict[str, Any]:
    """The papers whose line is there, whole and once: id to document."""
    library, journal = files.get(LIBRARY, b""), files.get(JOURNAL, b"")
    return {
        key: json.loads(line.partition(b": ")[2])
        for key, line in sound.lines.items()
        if library.count(line) == 1 and line not in journal
    }


def intact_effects(sound: Sound, files: Files) -> list[Effect]:
    return [effect for effect in sound.effects if files.get(JOURNAL, b"").count(effect.entry) == 1]


def check_nothing_lost(sound: Sound, files: Files, library: Library) -> None:
    """Each intact paper and change shows, or it is said that something is wrong."""
    shown = {**library.papers, **library.trash}
    said = [*library.damaged, *library.warnings]
    for key, document in intact_lines(sound, files).items():
        if key not in shown:
            assert said, f"paper {key} is missing, and nothing is said"
            continue
        for field in ("title", "note"):
            changed = [effect.value for effect in sound.effects if (effect.id, effect.field) == (key, field)]
            value = getattr(shown[key], field)
            assert value in {document.get(field, ""), *changed} or said, f"paper {key}: {field} is {value!r:.60}"
    for effect in intact_effects(sound, files):
        value = getattr(shown.get(effect.id), effect.field, None)
        assert value == effect.value or said, f"paper {effect.id}: {effect.field} is {value!r:.60}, and nothing is said"


def check_open(sound: Sound, files: Files, folder: Path) -> Library | None:
    """What every open must hold to; the library, or None when it was refused."""
    path = folder / LIBRARY
    library = open_or_refuse(path)
    for name in (LIBRARY, JOURNAL):
        there = (folder / name).read_bytes() if (folder / name).is_file() else None
        assert there == files.get(name), f"reading has changed {name}"
    if isinstance(library, str):
        check_sentence(library, path)
        return None
    for sentence in (*library.damaged, *library.warnings):
        assert "\n" not in sentence
    check_nothing_lost(sound, files, library)
    return library


def check_going_on(sound: Sound, files: Files, folder: Path, library: Library) -> None:
    """A change and a close do not do away with what an open only reported."""
    try:
        library.add([Paper(title="And on it goes")])
        library.close()
    except LibraryError as error:
        check_sentence(str(error), folder / LIBRARY)
    kept = read_files(folder)
    again = Library.open(folder / LIBRARY, who="ada")
    shown = {**again.papers, **again.trash}
    again.close()
    for key in intact_lines(sound, files):
        assert key in shown or any(sound.lines[key] in content for content in kept.values()), f"paper {key} went away"
    for effect in intact_effects(sound, files):
        visible = getattr(shown.get(effect.id), effect.field, None) == effect.value
        assert visible or any(effect.entry in content for content in kept.values()), f"{effect.field} of {effect.id}"


def repair_function() -> Callable[[Path], Any] | None:
    try:
        return getattr(importlib.import_module("readlist.library.repair"), "repair", None)
    except ModuleNotFoundError:
        return None


REPAIR = repair_function()


def check_repair(sound: Sound, files: Files, folder: Path) -> None:
    """After a repair the library opens with everything that was intact, and what was damaged is still there.

    Where nothing is intact, it may be refused.
    """
    assert REPAIR
    refused = ""
    try:
        with in_time():
            REPAIR(folder / LIBRARY)
    except LibraryError as error:  # another program's file, say: that is not for us to replace
        refused = str(error)
    if refused:
        check_sentence(refused, folder / LIBRARY)
        assert read_files(folder) == files, "a repair that was refused has changed something"
        assert not intact_lines(sound, files), f"there were intact papers, and yet: {refused}"
        return
    kept = read_files(folder)
    if LIBRARY in files:
        assert files[LIBRARY] in kept.values(), "the damaged file has not been kept"
    library = Library.open(folder / LIBRARY, who="ada")
    shown = {**library.papers, **library.trash}
    library.close()
    for key, document in intact_lines(sound, files).items():
        assert key in shown, f"paper {key} was intact, and is gone after the repair"
        if files[LIBRARY].count(f'"{key}": {{'.encode()) > 1:
            continue  # two lines of one paper, as git leaves them: neither is more right
        for field in ("title", "note"):
            changed = [effect.value for effect in sound.effects if (effect.id, effect.field) == (key, field)]
            assert getattr(shown[key], field) in {document.get(field, ""), *changed}, f"{field} of paper {key}"
    for effect in intact_effects(sound, files):
        visible = getattr(shown.get(effect.id), effect.field, None) == effect.value
        assert visible or any(effect.entry in content for content in kept.values()), f"{effect.field} of {effect.id}"


# Ways in which bytes are damaged


def _span(data: bytes, dice: Random, most: int = 3 * PAGE) -> tuple[int, int]:
    start = _position(data, dice)
    return start, min(len(data), start + dice.randrange(1, dice.choice((8, 200, most)) + 1))


def _position(data: bytes, dice: Random) -> int:
    """Anywhere; often where a line, an object or a string begins, where damage leaves JSON that reads well."""
    place = dice.randrange(len(data) + 1)
    if dice.random() < 0.5:
        return place
    found = data.find(dice.choice((b"\n", b"\n", b"\n", b"}", b'"', b", ", b"rlj1 ")), place)
    return found + dice.randrange(2) if found >= 0 else place


def flip_bits(data: bytes, _: bytes, dice: Random) -> bytes:
    changed = bytearray(data)
    for _i in range(dice.randrange(1, 9)):
        changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def flip_in_frame(data: bytes, _: bytes, dice: Random) -> bytes:
    """One bit where it does most: in a name of a table or field, a number, a header."""
    lines = data.split(b"\n")
    place = dice.randrange(len(lines))
    begin = sum(len(line) + 1 for line in lines[:place])
    changed = bytearray(data)
    changed[min(len(data) - 1, begin + dice.randrange(16))] ^= 1 << dice.randrange(7)
    return bytes(changed)


def overwrite(data: bytes, _: bytes, dice: Random) -> bytes:
    start, end = _span(data, dice, 64)
    return data[:start] + dice.randbytes(end - start) + data[end:]


def cut_tail(data: bytes, _: bytes, dice: Random) -> bytes:
    return data[: _position(data, dice)]


def cut_head(data: bytes, _: bytes, dice: Random) -> bytes:
    return data[_position(data, dice) :]


def cut_middle(data: bytes, _: bytes, dice: Random) -> bytes:
    start, end = sorted((_position(data, dice), _position(data, dice)))
    return data[:start] + data[end:]


def splice_over(data: bytes, other: bytes, dice: Random) -> bytes:
    start, end = _span(dice.choice((data, other)), dice)
    chunk = dice.choice((data, other))[start:end]
    place = _position(data, dice)
    return data[:place] + chunk + data[place + len(chunk) :]


def splice_in(data: bytes, other: bytes, dice: Random) -> bytes:
    source = dice.choice((data, other))
    start, end = _span(source, dice)
    place = _position(data, dice)
    return data[:place] + source[start:end] + data[place:]


def zero_sectors(data: bytes, _: bytes, dice: Random) -> bytes:
    start = dice.randrange(len(data) // SECTOR + 1) * SECTOR
    end = min(len(data), start + SECTOR * dice.choice((1, 1, 2, PAGE // SECTOR)))
    return data[:start] + bytes(end - start) + data[end:]


def double_line(data: bytes, _: bytes, dice: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join([*lines[: (at := dice.randrange(len(lines)) + 1)], lines[at - 1], *lines[at:]])


def move_line(data: bytes, _: bytes, dice: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    line = lines.pop(dice.randrange(len(lines)))
    lines.insert(dice.randrange(len(lines) + 1), line)
    return b"".join(lines)


def drop_lines(data: bytes, _: bytes, dice: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    start = dice.randrange(len(lines))
    return b"".join(lines[:start] + lines[start + dice.randrange(1, 5) :])


def empty(_: bytes, _other: bytes, _dice: Random) -> bytes:
    return b""


def append_garbage(data: bytes, other: bytes, dice: Random) -> bytes:
    start, end = _span(other, dice)
    return data + dice.choice((dice.randbytes(dice.randrange(1, 2 * PAGE)), bytes(SECTOR), other[start:end], b"\n}\n"))


DAMAGES: list[Damage] = [
    flip_bits, flip_bits, flip_in_frame, overwrite, cut_tail, cut_head, cut_middle, splice_over, splice_in,
    zero_sectors, double_line, move_line, drop_lines, append_garbage,
]  # fmt: skip


def damaged(sound: Sound, dice: Random) -> tuple[Files, str]:
    """``sound`` with one to three damages, and what they are."""
    files = dict(sound.files)
    names = [name for name in (LIBRARY, JOURNAL) if files.get(name)]
    done = []
    for _ in range(dice.choice((1, 1, 1, 1, 2, 3))):
        name = dice.choice(names)
        other = sound.files[dice.choice(names)]
        damage = dice.choice(DAMAGES) if dice.random() > 0.01 else empty
        if files[name]:
            files[name] = damage(files[name], other, dice)
            done.append(f"{damage.__name__} of {name}")
    if JOURNAL in names and dice.random() < 0.5:
        files[JOURNAL] += bytes(ROOM)
    return files, ", ".join(done)


def try_one(sound: Sound, files: Files, folder: Path, dice: Random) -> str:
    """Open, and now and then repair or go on; says how it went: refused, told or fine."""
    library = check_open(sound, files, folder)
    outcome = "refused" if library is None else "told" if library.damaged or library.warnings else "fine"
    if outcome != "fine" and dice.randrange(SHARE_REPAIRED) == 0:
        if library is not None and (REPAIR is None or dice.random() < 0.5):
            check_going_on(sound, files, folder, library)
        elif REPAIR is not None:
            check_repair(sound, files, folder)
    if library is not None:
        library.close()  # the files that it has open; a system has only so many
    return outcome
