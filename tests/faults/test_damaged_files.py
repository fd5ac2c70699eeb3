"""Files that are damaged in ways that can be named: each is met with one clear sentence, and nothing intact is lost."""

import gc
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faults.corruption import (
    JOURNAL,
    LIBRARY,
    PAGE,
    REPAIR,
    ROOM,
    Clock,
    Files,
    Sound,
    check_going_on,
    check_open,
    check_repair,
    check_sentence,
    journal_of,
    lines_of,
    open_or_refuse,
    put_files,
    read_files,
    seeded,
)

from readlist.library.library import Library
from readlist.paper import Paper


def library_as(change: Callable[[bytes], bytes]) -> Callable[[Sound], Files]:
    return lambda sound: {**sound.files, LIBRARY: change(sound.files[LIBRARY])}


def journal_as(change: Callable[[bytes], bytes]) -> Callable[[Sound], Files]:
    return lambda sound: {**sound.files, JOURNAL: change(sound.files.get(JOURNAL, b""))}


def with_schema(version: Any) -> Callable[[bytes], bytes]:
    def change(library: bytes) -> bytes:
        tables = json.loads(library)
        tables["meta"]["1"]["schema"] = version
        return json.dumps(tables).encode()

    return change


def with_conflict(library: bytes) -> bytes:
    lines = library.split(b"\n")
    lines[-6:-5] = [b"<<<<<<< HEAD", lines[-6], b"=======", lines[-6].replace(b"On", b"In"), b">>>>>>> laptop"]
    return b"\n".join(lines)


def with_id_twice(library: bytes) -> bytes:
    line = next(iter(lines_of(library).values()))
    return library.replace(line, line + b",\n" + line.replace(b"On the", b"Off the"))


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
FOREIGN: dict[str, Callable[[bytes], bytes]] = {
    "truncated in the middle": lambda library: library[: len(library) // 2],
    "truncated before the last brace": lambda library: library[: library.rindex(b"}")],
    "a picture": lambda _: PNG,
    "a web page": lambda _: b"<!DOCTYPE html>\n<title>Sign in to the network</title>\n",
    "another program's JSON": lambda _: b'{"name": "left-pad", "version": "1.3.0", "scripts": {}}',
    "a JSON list": lambda _: b"[1, 2, 3]\n",
    "another TinyDB file": lambda _: b'{"_default": {"1": {"title": "Groceries", "done": false}}}',
    "an id twice": with_id_twice,
    "a newer schema": with_schema(999),
    "a schema that is no number": with_schema("one"),
    "git conflict marks": with_conflict,
    "filled with NUL": lambda library: bytes(len(library)),
    "UTF-16": lambda library: library.decode().encode("utf-16"),
    "half zeros": lambda library: library[: len(library) // 2].ljust(len(library), b"\0"),
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("form", ["at rest", "with a journal"])
def test_a_file_that_is_no_sound_library_is_refused_and_left_alone(
    both: tuple[Sound, Sound], name: str, form: str, tmp_path: Path
) -> None:
    sound = both[form != "at rest"]
    files = library_as(FOREIGN[name])(sound)
    path = put_files(files, tmp_path)
    assert check_open(sound, files, tmp_path) is None
    assert read_files(path.parent) == files


def test_the_sentence_says_what_is_wrong(at_rest: Sound, tmp_path: Path) -> None:
    words = {"a newer schema": "newer", "git conflict marks": "conflict", "an id twice": "twice"}
    for name, word in words.items():
        path = put_files(library_as(FOREIGN[name])(at_rest), tmp_path)
        assert word in str(open_or_refuse(path))


@pytest.mark.parametrize("form", ["at rest", "with a journal"])
def test_a_refused_open_leaves_no_file_open(both: tuple[Sound, Sound], form: str, tmp_path: Path) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("nothing tells which files a process has open here")
    path = put_files(library_as(FOREIGN["half zeros"])(both[form != "at rest"]), tmp_path)
    open_or_refuse(path)
    before = len(list(descriptors.iterdir()))
    for _ in range(20):
        assert isinstance(open_or_refuse(path), str)
    gc.collect()
    assert len(list(descriptors.iterdir())) < before + 20


@pytest.mark.parametrize("content", [b"", b"\n", b"{}", b"\xef\xbb\xbf"])
def test_an_empty_file_at_rest_is_no_traceback_and_not_written_to(
    at_rest: Sound, content: bytes, tmp_path: Path
) -> None:
    files = {LIBRARY: content}
    put_files(files, tmp_path)
    library = check_open(at_rest, files, tmp_path)
    assert library is None or not library.papers


def test_an_empty_file_beside_a_journal_is_noticed(with_journal: Sound, tmp_path: Path) -> None:
    if not with_journal.effects:
        pytest.skip("this library keeps no journal")
    files = {**with_journal.files, LIBRARY: b""}
    put_files(files, tmp_path)
    library = check_open(with_journal, files, tmp_path)
    assert library is None or library.warnings
    if library:
        check_going_on(with_journal, files, tmp_path, library)


@pytest.mark.parametrize("field", [field for field in Paper._fields if field not in ("id", "needs_review")])
def test_a_field_of_a_wrong_type_is_named_and_kept_while_the_other_papers_show(
    at_rest: Sound, field: str, tmp_path: Path
) -> None:
    tables = json.loads(at_rest.files[LIBRARY])
    key = "1000000000000003"
    tables["papers"][key][field] = {"what": ["is", 7]}
    files = {**at_rest.files, LIBRARY: json.dumps(tables).encode()}
    path = put_files(files, tmp_path)
    library = open_or_refuse(path)
    assert isinstance(library, Library)
    assert path.read_bytes() == files[LIBRARY]
    assert len({**library.papers, **library.trash}) == 19
    assert any(key in sentence and field in sentence for sentence in library.damaged)
    library.edit(["1000000000000004"], star=True)
    library.close()
    assert json.loads(path.read_bytes())["papers"][key] == tables["papers"][key]
    assert len(Library.open(path).damaged) == 1


@pytest.mark.parametrize("value", [None, 7, "text", [1]])
@pytest.mark.parametrize("table", ["papers", "history", "meta"])
def test_a_table_that_is_none_is_refused(at_rest: Sound, table: str, value: Any, tmp_path: Path) -> None:
    tables = {**json.loads(at_rest.files[LIBRARY]), table: value}
    path = put_files({**at_rest.files, LIBRARY: json.dumps(tables).encode()}, tmp_path)
    refused = open_or_refuse(path)
    assert isinstance(refused, str)
    check_sentence(refused, path)


def test_a_table_of_papers_that_has_another_name_is_noticed(at_rest: Sound, tmp_path: Path) -> None:
    files = library_as(lambda library: library.replace(b'\n"papers": {', b'\n"papyrs": {'))(at_rest)
    path = put_files(files, tmp_path)
    library = open_or_refuse(path)
    assert isinstance(library, str) or library.damaged or library.warnings


@pytest.mark.parametrize("kind", ["folder", "pipe"])
@pytest.mark.parametrize("name", [LIBRARY, JOURNAL])
def test_what_is_no_file_is_refused_without_waiting(with_journal: Sound, kind: str, name: str, tmp_path: Path) -> None:
    if name not in with_journal.files:
        pytest.skip("this library keeps no journal")
    files = {other: content for other, content in with_journal.files.items() if other != name}
    path = put_files(files, tmp_path)
    place = tmp_path / name
    if kind == "folder":
        place.mkdir()
        (place / "keep").write_text("this")
    else:
        os.mkfifo(place)
    library = open_or_refuse(path)
    if isinstance(library, str):
        check_sentence(library, path)
    else:
        assert name == JOURNAL
        assert library.warnings
    assert place.is_dir() or place.is_fifo()
    assert kind == "pipe" or (place / "keep").read_text() == "this"


def other_journal(sound: Sound) -> bytes:
    """The journal of another library, made in the same way."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / LIBRARY
        library = Library.open(path, clock=Clock(), who="ada")
        library.create([Paper(id="3000000000000001", title="Elsewhere")])
        library.close()
        library = Library.open(path, clock=Clock(), who="ada")
        library.edit(["3000000000000001"], star=True)
        library.add([Paper(id="3000000000000002", title="Another list")])
        journal = journal_of(Path(folder))
    assert journal != sound.files[JOURNAL]
    return journal


def a_page_of(journal: bytes, page: int, content: bytes) -> bytes:
    return journal[: page * PAGE] + content.ljust(PAGE, b"\0")[:PAGE] + journal[(page + 1) * PAGE :]


JOURNALS: dict[str, Callable[[bytes], bytes]] = {
    "garbage": lambda journal: seeded(5).randbytes(len(journal)),
    "text": lambda _: b"Dear diary,\n" * 500,
    "empty": lambda _: b"",
    "filled with NUL": lambda journal: bytes(len(journal)),
    "the first page zeroed": lambda journal: a_page_of(journal, 0, b""),
    "the second page zeroed": lambda journal: a_page_of(journal, 1, b""),
    "the first page gone": lambda journal: journal[PAGE:],
    "cut in an entry": lambda journal: journal[: len(journal) // 2 // PAGE * PAGE + 100],
    "cut in the last entry": lambda journal: journal[: -PAGE + 200],
    "cut between entries": lambda journal: journal[: len(journal) // 2 // PAGE * PAGE],
    "an entry in the middle damaged": lambda journal: journal[: 5 * PAGE + 70] + b"#" + journal[5 * PAGE + 71 :],
    "an entry in the middle gone": lambda journal: journal[: 5 * PAGE] + journal[6 * PAGE :],
    "an entry twice": lambda journal: journal[: 6 * PAGE] + journal[5 * PAGE :],
    "two entries changed places": lambda journal: (
        journal[: 6 * PAGE] + journal[7 * PAGE : 8 * PAGE] + journal[6 * PAGE : 7 * PAGE] + journal[8 * PAGE :]
    ),
    "a newer form": lambda journal: journal.replace(b"rlj1 ", b"rlj9 "),
    "garbage behind": lambda journal: journal + seeded(6).randbytes(PAGE),
    "zeros behind": lambda journal: journal + bytes(PAGE),
}


@pytest.mark.parametrize("name", JOURNALS)
@pytest.mark.parametrize("setting", ["", "with room behind", "without a library file"])
def test_a_damaged_journal_takes_no_intact_record_with_it(
    with_journal: Sound, name: str, setting: str, tmp_path: Path
) -> None:
    if not with_journal.effects:
        pytest.skip("this library keeps no journal")
    files = journal_as(JOURNALS[name])(with_journal)
    if setting == "with room behind":
        files[JOURNAL] += bytes(ROOM)
    elif setting:
        del files[LIBRARY]
    put_files(files, tmp_path)
    library = check_open(with_journal, files, tmp_path)
    if library is not None:
        check_going_on(with_journal, files, tmp_path, library)


@pytest.mark.parametrize("room", [0, PAGE - 200, ROOM - 200])
def test_a_torn_last_entry_costs_itself_alone(with_journal: Sound, room: int, tmp_path: Path) -> None:
    if not with_journal.effects:
        pytest.skip("this library keeps no journal")
    files = journal_as(JOURNALS["cut in the last entry"])(with_journal)
    files[JOURNAL] += bytes(room)
    library = open_or_refuse(put_files(files, tmp_path))
    assert isinstance(library, Library)
    shown = {**library.papers, **library.trash}
    assert [getattr(shown[effect.id], effect.field) for effect in with_journal.effects[:-1]] == [
        effect.value for effect in with_journal.effects[:-1]
    ]
    last = with_journal.effects[-1]
    assert getattr(shown[last.id], last.field) != last.value
    assert len(shown) == 22


@pytest.mark.parametrize("form", ["at rest", "with a journal"])
def test_the_journal_of_another_library_is_noticed_and_takes_nothing_away(
    both: tuple[Sound, Sound], form: str, tmp_path: Path
) -> None:
    if not both[1].effects:
        pytest.skip("this library keeps no journal")
    sound = both[0] if form == "at rest" else both[1]._replace(effects=[])
    files = {**sound.files, JOURNAL: other_journal(both[1])}
    put_files(files, tmp_path)
    library = check_open(sound, files, tmp_path)
    if library is None:
        return
    assert library.warnings
    assert {**library.papers, **library.trash}.keys() >= sound.lines.keys()
    check_going_on(sound, files, tmp_path, library)
    assert any(b"3000000000000002" in content for content in read_files(tmp_path).values())


def test_a_journal_alone_is_no_new_library(with_journal: Sound, tmp_path: Path) -> None:
    if not with_journal.effects:
        pytest.skip("this library keeps no journal")
    files = {JOURNAL: with_journal.files[JOURNAL]}
    put_files(files, tmp_path)
    library = check_open(with_journal, files, tmp_path)
    assert library is None or library.warnings
    if library is not None:
        check_going_on(with_journal, files, tmp_path, library)


@pytest.mark.parametrize("name", [*FOREIGN, "empty"])
@pytest.mark.parametrize("form", ["at rest", "with a journal"])
def test_a_repair_brings_back_what_is_intact_and_keeps_what_is_damaged(
    both: tuple[Sound, Sound], name: str, form: str, tmp_path: Path
) -> None:
    if REPAIR is None:
        pytest.skip("there is no readlist.library.repair yet")
    if name == "a newer schema":
        pytest.skip("that is no damage")
    sound = both[form != "at rest"]
    files = library_as(FOREIGN.get(name, lambda _: b""))(sound)
    put_files(files, tmp_path)
    check_repair(sound, files, tmp_path)


def test_the_files_that_are_damaged_here_are_sound(both: tuple[Sound, Sound], tmp_path: Path) -> None:
    for number, sound in enumerate(both):
        (tmp_path / str(number)).mkdir()
        put_files(sound.files, tmp_path / str(number))
        library = check_open(sound, sound.files, tmp_path / str(number))
        assert library is not None
        assert not library.damaged
        assert not library.warnings
        shown = {**library.papers, **library.trash}
        assert all(getattr(shown[effect.id], effect.field) == effect.value for effect in sound.effects)
