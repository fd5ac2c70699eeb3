"""Files of older versions open, show everything, and become today's by the first change, after a backup."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readlist.library import migrations, schema
from readlist.library.backups import backups_of
from readlist.library.errors import LibraryError
from readlist.library.library import Library
from readlist.paper import Author, Status

Open = Callable[..., Library]

FIRST, SECOND, BINNED, BROKEN = "1111222233334444", "2222333344445555", "3333444455556666", "4444555566667777"
VERSION_1 = """\
{
"history": {
"1790000000000000": {"inverse": [{"id": "1111222233334444", "left": {"changed": "2026-01-02T00:00:00Z", "star": true},\
 "set": {"changed": "2026-01-01T00:00:00Z", "star": null}, "times": {"star": null}}], "name": "Starred “First”",\
 "undone": false, "when": "2026-01-02T00:00:00Z", "who": "ada"},
"1790000000000001": {"inverse": [{"id": "2222333344445555", "left": {"changed": "2026-01-03T00:00:00Z",\
 "note": "Grüße"}, "set": {"changed": "2026-01-01T00:00:00Z", "note": null}, "times": {"note": null}}],\
 "name": "Wrote a note on “Second”", "undone": false, "when": "2026-01-03T00:00:00Z", "who": "ada"},
"1790000000000002": {"name": "a step of nobody"}
},
"meta": {
"1": {"application": "readlist", "colour": "red", "created": "2026-01-01T00:00:00Z", "schema": 1}
},
"papers": {
"1111222233334444": {"added": "2026-01-01T00:00:00Z", "authors": [{"family": "Lovelace", "given": "Ada"}],\
 "changed": "2026-01-02T00:00:00Z", "mood": {"deep": [1.5]}, "star": true,\
 "times": {"star": "2026-01-02T00:00:00Z"}, "title": "First"},
"2222333344445555": {"added": "2026-01-01T00:00:00Z", "changed": "2026-01-03T00:00:00Z",\
 "finished": "2026-01-01T00:00:00Z", "note": "Grüße", "status": "read", "tags": ["a", "b"],\
 "times": {"note": "2026-01-03T00:00:00Z"}, "title": "Second"},
"3333444455556666": {"added": "2026-01-01T00:00:00Z", "changed": "2026-01-01T00:00:00Z",\
 "deleted": "2026-01-01T00:00:00Z", "title": "Third"},
"4444555566667777": {"star": "yes", "title": "Broken"}
},
"shelves": {
"7": {"name": "Kitchen"}
}
}
"""


@pytest.fixture
def old(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file as the first readlist wrote it."""
    monkeypatch.setattr("os.fsync", lambda _descriptor: None)
    path.write_text(VERSION_1, "utf-8")
    return path


def tables(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_everything_in_a_file_of_version_1_is_shown(old: Path, open_library: Open) -> None:
    library = open_library()
    assert list(library.papers) == [FIRST, SECOND]
    assert library.papers[FIRST].star
    assert library.papers[FIRST].authors == (Author("Lovelace", "Ada"),)
    assert library.papers[SECOND].note == "Grüße"
    assert library.papers[SECOND].status is Status.READ
    assert library.papers[SECOND].tags == ("a", "b")
    assert [paper.title for paper in library.trash.values()] == ["Third"]
    assert [sentence.partition(":")[0] for sentence in library.damaged] == [
        f"paper {BROKEN}",
        "history 1790000000000002",
    ]
    assert [step.name for step in library.history()] == ["Wrote a note on “Second”", "Starred “First”"]
    assert library.warnings == ()
    assert old.read_text("utf-8") == VERSION_1


def test_looking_leaves_it_as_it_is(old: Path, open_library: Open) -> None:
    library = open_library()
    library.reload()
    library.settle()
    assert library.edit([FIRST], star=True) is None  # it is so already
    library.close()
    assert old.read_text("utf-8") == VERSION_1
    assert backups_of(old) == []


def test_the_first_change_backs_it_up_and_makes_it_one_of_today(old: Path, open_library: Open) -> None:
    before = tables(old)
    library = open_library()
    library.edit([FIRST], note="New")
    (backup,) = backups_of(old)
    assert backup.reason == "before migration"
    assert backup.path.read_text("utf-8") == VERSION_1
    after = tables(old)
    assert after["meta"]["1"] == {**before["meta"]["1"], "schema": schema.VERSION}
    library.edit([SECOND], star=True)
    assert len(backups_of(old)) == 1
    library.close()
    after = tables(old)
    assert after["shelves"] == before["shelves"]
    assert after["papers"][BROKEN] == before["papers"][BROKEN]
    assert after["papers"][BINNED] == before["papers"][BINNED]
    assert after["papers"][FIRST]["mood"] == {"deep": [1.5]}
    assert after["papers"][FIRST]["note"] == "New"
    assert {step: after["history"].get(step) for step in before["history"]} == before["history"]
    assert Library.open(old).papers == library.papers


def test_a_step_of_version_1_can_be_taken_back(old: Path, open_library: Open) -> None:
    library = open_library()
    assert library.can_undo == "Wrote a note on “Second”"
    change = library.undo()
    assert change
    assert change.name == "Undid: Wrote a note on “Second”"
    assert change.ids == (SECOND,)
    assert library.undo()
    assert library.undo() is None
    assert (library.papers[SECOND].note, library.papers[FIRST].star) == ("", False)
    assert library.papers[FIRST].changed == "2026-01-01T00:00:00Z"
    library.redo()
    library.redo()
    library.close()
    before = json.loads(VERSION_1)
    after = tables(old)
    assert after["papers"] == before["papers"]
    assert after["meta"]["1"]["schema"] == schema.VERSION


def test_two_windows_migrate_it_once(old: Path, open_library: Open) -> None:
    mine, theirs = open_library(), open_library(who="grace")
    mine.edit([FIRST], note="mine")
    theirs.edit([SECOND], star=True)
    assert len(backups_of(old)) == 1
    assert mine.reload()
    assert mine.papers == theirs.papers
    assert (mine.papers[FIRST].note, mine.papers[SECOND].star) == ("mine", True)


def test_a_file_of_version_1_that_comes_while_the_library_is_open_is_migrated_too(library: Library, path: Path) -> None:
    path.write_text(VERSION_1, "utf-8")  # `git checkout` of an old commit
    assert library.reload()
    assert list(library.papers) == [FIRST, SECOND]
    library.edit([FIRST], note="New")
    assert tables(path)["meta"]["1"]["schema"] == schema.VERSION
    assert any(backup.path.read_text("utf-8") == VERSION_1 for backup in backups_of(path))


def test_every_version_has_a_migration() -> None:
    assert sorted(migrations._MIGRATIONS) == list(range(1, schema.VERSION))


@pytest.mark.parametrize("version", range(1, schema.VERSION + 1))
def test_any_version_becomes_the_present_one_and_the_argument_stays(version: int) -> None:
    before = json.loads(VERSION_1)
    before["meta"]["1"]["schema"] = version
    copy = json.loads(json.dumps(before))
    after = migrations.migrated(before)
    assert schema.version_of(after) == schema.VERSION
    assert set(after["papers"]) == set(before["papers"])
    assert before == copy
    assert migrations.migrated(after) == after
    assert migrations.migrated({}) == {}


def test_a_version_that_is_yet_to_come_is_refused_and_left_alone(path: Path, open_library: Open) -> None:
    content = VERSION_1.replace('"schema": 1}', f'"schema": {schema.VERSION + 1}}}')
    path.write_text(content, "utf-8")
    with pytest.raises(LibraryError, match="written by a newer readlist") as refused:
        open_library()
    assert str(refused.value).startswith(str(path))
    assert path.read_text("utf-8") == content
    assert [entry.name for entry in path.parent.glob("library*")] == [path.name]
