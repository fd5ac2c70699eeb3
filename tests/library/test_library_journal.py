"""The journal: what is whole in it is found, what was never confirmed is dropped, and other windows follow it."""

import gc
import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from readlist.library import journal, store
from readlist.library.backups import backups_of
from readlist.library.errors import LibraryError
from readlist.library.journal import PAGE, Journal, read_entries
from readlist.library.library import Library
from readlist.library.storage import AtomicStorage
from readlist.paper import Paper

Open = Callable[..., Library]
MakePapers = Callable[[int], list[Paper]]

words = st.text(max_size=20) | st.sampled_from(["rlj1 00000000 00000000 2 {} \n", "\ud800", "long " * 1_700])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
bodies_of_any_kind = st.lists(st.dictionaries(words, values, max_size=3), min_size=1, max_size=5)


def written(bodies: list[dict[str, Any]], *, reserve: bool = False) -> bytes:
    """The content of a journal with these entries; with the reserve of zeros behind them, or without."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal"
        made = Journal(path)
        made.create([*bodies[:1]], Path(folder) / "library.json")
        for body in bodies[1:]:
            made.append(body)
        if not reserve:
            made.cut()
        made.close()
        return path.read_bytes()


def bodies_in(entries: list[journal.Entry]) -> list[Any]:
    return [entry.body for entry in entries]


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown here is not whether it is on the disk; see test_library_durability."""
    monkeypatch.setattr(os, "fdatasync", lambda _descriptor: None)
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@settings(max_examples=examples(60), deadline=None)
@given(bodies_of_any_kind, st.booleans())
def test_whatever_is_written_is_read_back(bodies: list[dict[str, Any]], reserve: bool) -> None:  # noqa: FBT001 - drawn
    content = written(bodies, reserve=reserve)
    assert len(content) % PAGE == 0
    reading = read_entries(content)
    assert bodies_in(reading.entries) == bodies
    assert (reading.strays, reading.has_rest, reading.damage) == ([], False, "")
    assert [entry.before for entry in reading.entries[1:]] == [entry.checksum for entry in reading.entries[:-1]]
    assert content[reading.end :].strip(b"\0") == b""


@settings(max_examples=examples(60), deadline=None)
@given(bodies_of_any_kind, st.integers(1, 4))
def test_a_journal_that_is_followed_tells_only_what_is_new(bodies: list[dict[str, Any]], known: int) -> None:
    content = written(bodies)
    before = read_entries(content).entries[:known]
    after = read_entries(content[before[-1].end :], before[-1].end, before[-1].checksum)
    assert bodies_in([*before, *after.entries]) == bodies
    assert after.end == len(content)


@settings(max_examples=examples(80), deadline=None)
@given(bodies_of_any_kind, st.data())
def test_any_cut_of_the_last_entry_loses_it_alone_and_is_no_damage(
    bodies: list[dict[str, Any]], data: st.DataObject
) -> None:
    content = written(bodies)
    start = read_entries(content).entries[-2].end if len(bodies) > 1 else 0
    cut = data.draw(st.integers(start, len(content) - 1))
    reading = read_entries(content[:cut])
    assert bodies_in(reading.entries) == bodies[:-1]
    assert (reading.strays, reading.damage) == ([], "")
    assert reading.end == start
    assert reading.has_rest == bool(content[start:cut])


@settings(max_examples=examples(80), deadline=None)
@given(bodies_of_any_kind, st.data())
def test_sectors_of_the_last_entry_that_never_came_lose_it_alone_and_are_no_damage(
    bodies: list[dict[str, Any]], data: st.DataObject
) -> None:
    content = bytearray(written(bodies, reserve=True))
    reading = read_entries(bytes(content))
    start, end = reading.entries[-2].end if len(bodies) > 1 else 0, reading.entries[-1].end
    sectors = range(start, end, 512)
    for sector in data.draw(st.sets(st.sampled_from(sectors), min_size=1)):
        content[sector : sector + 512] = bytes(512)
    reading = read_entries(bytes(content))
    assert bodies_in(reading.entries) == bodies[:-1]
    assert (reading.strays, reading.damage) == ([], "")


@settings(max_examples=examples(80), deadline=None)
@given(bodies_of_any_kind.filter(lambda bodies: len(bodies) > 1), st.booleans(), st.data())
def test_any_byte_changed_in_an_earlier_entry_leaves_all_others_to_be_found(
    bodies: list[dict[str, Any]],
    reserve: bool,  # noqa: FBT001 - drawn
    data: st.DataObject,
) -> None:
    content = bytearray(written(bodies, reserve=reserve))
    sound = read_entries(bytes(content)).entries
    which = data.draw(st.integers(0, len(bodies) - 2))
    place = data.draw(st.integers(sound[which - 1].end if which else 0, sound[which].end - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    reading = read_entries(bytes(content))
    assert reading.entries == sound[:which]
    assert reading.strays == sound[which + 1 :]
    assert reading.damage == "an entry in its middle is damaged or missing"


@settings(max_examples=examples(150), deadline=None)
@given(bodies_of_any_kind, st.booleans(), st.data())
def test_any_byte_changed_in_the_last_entry_is_said_to_be_damage(
    bodies: list[dict[str, Any]],
    reserve: bool,  # noqa: FBT001 - drawn
    data: st.DataObject,
) -> None:
    content = bytearray(written(bodies, reserve=reserve))
    sound = read_entries(bytes(content)).entries
    start = sound[-2].end if len(sound) > 1 else 0
    places = st.integers(start, start + 40) | st.integers(start, sound[-1].end - 1)  # its head is a hundredth of it
    content[data.draw(places)] ^= data.draw(st.integers(1, 255))
    reading = read_entries(bytes(content))
    assert reading.entries == sound[:-1]
    assert reading.damage


@pytest.mark.parametrize("reserve", [False, True], ids=["", "reserve"])
@pytest.mark.parametrize("length", [10, 900, 3_900, 5_000])
def test_any_bit_changed_in_the_head_of_the_last_entry_is_said_to_be_damage(length: int, reserve: bool) -> None:  # noqa: FBT001 - drawn
    content = written([{"holds": "x"}, {"note": "n" * length}], reserve=reserve)
    unsaid = []
    for place, bit in itertools.product(range(PAGE, PAGE + 40), range(8)):
        changed = bytearray(content)
        changed[place] ^= 1 << bit
        reading = read_entries(bytes(changed))
        assert bodies_in(reading.entries) == [{"holds": "x"}]
        if not reading.damage:
            unsaid.append((place - PAGE, bit, bytes(changed[PAGE : PAGE + 40])))
    assert unsaid == []


@settings(max_examples=examples(40), deadline=None)
@given(bodies_of_any_kind.filter(lambda bodies: len(bodies) > 1), st.data())
def test_an_entry_that_is_missing_leaves_all_others_to_be_found(
    bodies: list[dict[str, Any]], data: st.DataObject
) -> None:
    content = written(bodies)
    sound = read_entries(content).entries
    which = data.draw(st.integers(0, len(bodies) - 2))
    reading = read_entries(content[: sound[which - 1].end if which else 0] + content[sound[which].end :])
    assert reading.entries == sound[:which]
    assert [stray.body for stray in reading.strays] == bodies[which + 1 :]
    assert reading.damage


@settings(max_examples=examples(200), deadline=None)
@given(st.binary(max_size=200) | st.binary(max_size=50).map(lambda rest: b"rlj1 00000000 00000000 2 {}" + rest))
def test_garbage_is_never_an_error_and_never_an_entry(garbage: bytes) -> None:
    reading = read_entries(garbage)
    assert (reading.entries, reading.strays, reading.end) == ([], [], 0)


def test_a_reserve_is_made_once_and_used_up_without_growing_the_file(tmp_path: Path) -> None:
    made = Journal(tmp_path / "journal")
    made.create([{"holds": "x"}], tmp_path / "library.json")
    size = made.path.stat().st_size
    assert size == PAGE + journal.RESERVE
    for number in range(journal.RESERVE // PAGE):
        made.append({"n": number})
        assert made.path.stat().st_size == size
    made.append({"n": "one more"})
    assert made.path.stat().st_size > size
    assert len(read_entries(made.path.read_bytes()).entries) == 2 + journal.RESERVE // PAGE
    made.close()


# Two windows


class Readings:
    """Counts how often the library file was read as a whole."""

    def __init__(self, patched: pytest.MonkeyPatch) -> None:
        self.number = 0
        real = AtomicStorage.read

        def read(storage: AtomicStorage) -> Any:
            self.number += 1
            return real(storage)

        patched.setattr(AtomicStorage, "read", read)


@pytest.fixture
def windows(library: Library, open_library: Open) -> tuple[Library, Library]:
    """Two windows on a library at rest, which has no journal."""
    library.close()
    assert not journal_file(library.path).exists()
    return open_library(), open_library(who="grace")


def journal_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.journal")


def test_a_window_follows_another_without_reading_the_file_again(
    windows: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = windows
    first, second, third = mine.papers
    readings = Readings(monkeypatch)
    mine.edit([first], star=True)  # makes the journal
    assert theirs.reload()
    assert theirs.papers == mine.papers
    mine.edit([second], note="two")
    theirs.edit([third], note="three")  # on top of what it has not seen yet
    assert mine.reload()
    assert mine.papers == theirs.papers
    assert [mine.papers[paper].note for paper in (first, second, third)] == ["", "two", "three"]
    assert [step.name for step in mine.history()] == [step.name for step in theirs.history()]
    assert not theirs.reload()
    assert readings.number == 0


def test_a_fold_is_followed_without_reading_the_file_again(
    windows: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    mine, theirs = windows
    first, second, _ = mine.papers
    readings = Readings(monkeypatch)
    mine.edit([first], star=True)
    mine.settle()
    theirs.reload()
    assert theirs.papers == mine.papers
    assert not theirs.has_unfolded
    theirs.edit([second], star=True)
    theirs.settle()
    mine.edit([second], note="afterwards")
    theirs.reload()
    assert theirs.papers == mine.papers
    assert readings.number == 0
    assert Library.open(path).papers == mine.papers


def test_a_journal_that_has_grown_large_is_begun_anew_and_others_find_everything(
    windows: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_LARGEST_KEPT", 0)
    mine, theirs = windows
    for number, identifier in enumerate(mine.papers):
        mine.edit([identifier], note=f"{number}")
        mine.settle()
        assert not journal_file(mine.path).exists()
        theirs.reload()
        assert theirs.papers == mine.papers


def test_an_open_app_can_have_a_journal_before_anything_is_changed(
    windows: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, command = windows
    app.keep_journal()
    readings = Readings(monkeypatch)
    command.edit(list(command.papers), star=True)
    command.close()  # which folds
    assert journal_file(app.path).exists()
    assert app.reload()
    assert all(paper.star for paper in app.papers.values())
    assert readings.number == 0
    app.close()
    assert not journal_file(app.path).exists()


def test_the_journal_is_removed_by_who_has_made_it(windows: tuple[Library, Library]) -> None:
    mine, theirs = windows
    mine.edit(list(mine.papers), star=True)
    theirs.reload()
    theirs.close()
    assert journal_file(mine.path).exists()
    mine.close()
    assert not journal_file(mine.path).exists()
    assert all(paper.star for paper in Library.open(mine.path).papers.values())


def test_a_journal_that_holds_what_others_have_not_folded_is_not_removed(windows: tuple[Library, Library]) -> None:
    mine, theirs = windows
    first, second, _ = mine.papers
    mine.edit([first], star=True)
    mine.settle()
    theirs.edit([second], star=True)
    mine.close()
    again = Library.open(mine.path)
    assert [again.papers[paper].star for paper in (first, second)] == [True, True]
    theirs.close()
    assert Library.open(mine.path).papers == again.papers


# Afterwards


def test_changes_made_to_another_version_of_the_file_are_made_again_and_the_journal_is_kept(
    library: Library, path: Path, open_library: Open
) -> None:
    first, second, _ = library.papers
    library.settle()
    old = path.read_bytes()
    library.edit([first], note="in the file of before")
    library.settle()
    library.edit([second], note="in the journal alone")
    held = journal_file(path).read_bytes()
    changed = json.loads(old)
    changed["papers"][first]["note"] = "from outside"
    replaced = json.dumps(changed).encode()
    path.write_bytes(replaced)
    again = open_library()
    assert (again.papers[first].note, again.papers[second].note) == ("from outside", "in the journal alone")
    (warning,) = again.warnings
    assert warning.startswith(f"{path}: the file was replaced from outside; 1 change of the journal")
    assert (path.read_bytes(), journal_file(path).read_bytes()) == (replaced, held)  # looking writes nothing
    again.edit([first], star=True)
    assert journal_file(path).with_name("library.json.journal.kept-1").read_bytes() == held
    assert backups_of(path)[0].path.read_bytes() == replaced
    assert Library.open(path).papers == again.papers
    assert Library.open(path).warnings == ()


def test_a_damaged_entry_costs_itself_alone_and_is_told(library: Library, path: Path, open_library: Open) -> None:
    first, second, third = library.papers
    for number, identifier in enumerate((first, second, third)):
        library.edit([identifier], note=f"{number}")
    content = bytearray(journal_file(path).read_bytes())
    sound = read_entries(bytes(content)).entries
    content[sound[-2].end - PAGE + 100] ^= 1
    journal_file(path).write_bytes(content)
    again = open_library()
    assert [again.papers[paper].note for paper in (first, second, third)] == ["0", "", "2"]
    assert any("an entry in its middle is damaged or missing" in warning for warning in again.warnings)
    again.edit([second], note="again")
    assert journal_file(path).with_name("library.json.journal.kept-1").read_bytes() == content
    assert Library.open(path).papers == again.papers


def test_what_was_never_confirmed_is_dropped_without_a_word(library: Library, path: Path, open_library: Open) -> None:
    first, second, _ = library.papers
    library.edit([first], star=True)
    end = read_entries(journal_file(path).read_bytes()).end
    library.edit([second], star=True)
    with journal_file(path).open("r+b") as file:
        file.truncate(end + 1_000)
    again = open_library()
    assert (again.papers[first].star, again.papers[second].star) == (True, False)
    assert again.warnings == ()
    again.edit([second], note="written over it")
    assert Library.open(path).papers == again.papers
    assert Library.open(path).warnings == ()


def test_a_journal_that_is_no_file_is_told_and_set_aside(library: Library, path: Path, open_library: Open) -> None:
    library.close()
    os.mkfifo(journal_file(path))
    again = open_library()
    assert again.papers == library.papers
    (warning,) = again.warnings
    assert warning.startswith(f"{journal_file(path)}: ")
    again.edit(list(again.papers), star=True)
    assert journal_file(path).with_name("library.json.journal.kept-1").is_fifo()
    assert Library.open(path).papers == again.papers
    assert Library.open(path).warnings == ()


def test_a_journal_that_cannot_be_read_is_not_passed_over(library: Library, path: Path, open_library: Open) -> None:
    library.close()
    journal_file(path).mkdir()
    with pytest.raises(LibraryError, match="cannot be read") as refused:
        open_library()
    assert str(refused.value).startswith(f"{journal_file(path)}: ")
    assert journal_file(path).is_dir()


WRITER = """
import sys
from pathlib import Path
from readlist.library.library import Library
library = Library.open(Path(sys.argv[1]), who="ada")
for number in range(int(sys.argv[2])):
    library.edit(list(library.papers)[:1], note=f"Note {number}")
print("confirmed", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "Recovered 1 change from the journal, since readlist had not been quit: Wrote a note on “{}”"),
        (3, "Recovered 3 changes from the journal, since readlist had not been quit, the last: Changed the note on “{}”"),  # noqa: E501 - as it is shown
    ],
)  # fmt: skip
def test_what_a_killed_writer_left_is_taken_up_and_said_once(
    library: Library, path: Path, open_library: Open, number: int, sentence: str
) -> None:
    library.close()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout
    assert writer.stdout.readline() == "confirmed\n"
    assert open_library().warnings == ()  # it lives, and will fold its changes itself
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    again = open_library()
    assert again.warnings == (sentence.format("On the L_∞ norm of reading lists, part 0"),)
    first = next(iter(again.papers))
    assert again.papers[first].note == f"Note {number - 1}"
    again.close()
    assert Library.open(path).warnings == ()
    assert json.loads(path.read_text("utf-8"))["papers"][first]["note"] == f"Note {number - 1}"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux lists the descriptors of a process")
def test_libraries_that_nobody_closes_keep_no_descriptors(library: Library, path: Path) -> None:
    first = next(iter(library.papers))

    def open_files() -> int:
        gc.collect()
        return len(list(Path("/proc/self/fd").iterdir()))

    before = open_files()
    for number in range(20):
        Library.open(path).edit([first], note=f"Note {number}")
    assert open_files() <= before + 1


@given(bodies_of_any_kind, bodies_of_any_kind, st.data())
@settings(max_examples=examples(100))
def test_the_beginning_of_one_entry_and_the_end_of_another_make_none(
    left: list[dict[str, Any]], after: list[dict[str, Any]], data: st.DataObject
) -> None:
    """One power cut left the first sectors of an entry, and another one the last of what was written there next."""
    one, other = written(left[:1]), written(after[:1])
    sectors = range(512, min(len(one), len(other)), 512)
    cut = data.draw(st.sampled_from(sectors))
    assert one == other or read_entries(one[:cut] + other[cut:]).entries == []
