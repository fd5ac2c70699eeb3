"""A damaged library: what is whole in it is shown, and mended with journal and backups; what was there is kept."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readlist.library import schema
from readlist.library.backups import backups_of
from readlist.library.doctor import Severity, examine
from readlist.library.errors import LibraryError
from readlist.library.layout import Encoder
from readlist.library.library import Library
from readlist.library.repair import can_repair, readable_tables, repair, restore_backup
from readlist.paper import Paper, Status

Open = Callable[..., Library]
MakePapers = Callable[[int], list[Paper]]
Damage = Callable[[bytes, list[str]], bytes]
"""Makes a damaged file of a sound one, given the ids of its papers; the last two papers may be lost."""

NUMBER = 6


@pytest.fixture
def sound(library: Library, some_papers: MakePapers, path: Path) -> Library:
    """Six papers at rest, each with a note that the backup does not have."""
    library.add(some_papers(NUMBER - 3))
    library.close()
    for backup in backups_of(path):
        backup.path.unlink()
    again = Library.open(path, clock=library._clock, who="ada")
    again.edit_each({paper: {"note": f"Note {number}"} for number, paper in enumerate(again.papers)})
    again.close()
    (backup,) = backups_of(path)
    assert len(json.loads(backup.path.read_bytes())["papers"]) == NUMBER
    return again


def line_of(content: bytes, identifier: str) -> bytes:
    (line,) = re.findall(rb'^"%b": .*$' % identifier.encode(), content, re.MULTILINE)
    return bytes(line)


def truncated(content: bytes, ids: list[str]) -> bytes:
    return content[: content.index(f'"{ids[-2]}": {{'.encode()) + 60]


def garbage_line(content: bytes, ids: list[str]) -> bytes:
    return content.replace(line_of(content, ids[-1]), b"\x00\x1b]0;@@@ {{{ no JSON")


def cut_line(content: bytes, ids: list[str]) -> bytes:
    line = line_of(content, ids[-2])
    return content.replace(line, line[: len(line) // 2])


def garbage_between(content: bytes, ids: list[str]) -> bytes:
    line = line_of(content, ids[-1])
    return content.replace(line, b"what is this\n" + line)


def swallowing(content: bytes, ids: list[str]) -> bytes:
    """A line that, read from its middle on, is an object with all that follows in it."""
    line = line_of(content, ids[-2])
    return content.replace(line, line.partition(b'"title"')[0] + b'\x01"1500000000000001": {"put": {"title": "New"},')


def wrong_type(content: bytes, ids: list[str]) -> bytes:
    line = line_of(content, ids[-1])
    return content.replace(line, re.sub(rb'"title": "[^"]*"', b'"title": ["no", "text"]', line))


def no_object(content: bytes, ids: list[str]) -> bytes:
    return content.replace(line_of(content, ids[-1]), f'"{ids[-1]}": 7'.encode())


def no_meta(content: bytes, _: list[str]) -> bytes:
    return re.sub(rb'"meta": \{\n.*\n\},\n', b"", content)


def no_history(content: bytes, _: list[str]) -> bytes:
    return re.sub(rb'"history": \{\n(.*\n)*?\},\n', b"", content, count=1)


def zeroed_meta(content: bytes, _: list[str]) -> bytes:
    line = line_of(content, "1")
    return content.replace(line, bytes(len(line)))


def not_utf8(content: bytes, ids: list[str]) -> bytes:
    line = line_of(content, ids[-2])
    return content.replace(line, line.replace("naïvely".encode(), b"na\xefvely"))


def papers_no_object(content: bytes, _: list[str]) -> bytes:
    return content.replace(b'"papers": {', b'"papers": [{') + b"]"


DAMAGES = [
    truncated, garbage_line, cut_line, garbage_between, wrong_type, no_object, no_meta, no_history, zeroed_meta,
    not_utf8, papers_no_object, swallowing,
]  # fmt: skip


def damaged_by(damage: Damage, sound: Library) -> bytes:
    """Damage the file; returns its content then."""
    before = sound.path.read_bytes()
    content = damage(before, list(sound.papers))
    assert content != before
    sound.path.write_bytes(content)
    assert any(finding.severity is Severity.ERROR for finding in examine(sound.path))
    return content


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_intact_paper_is_kept_and_lost_ones_come_from_the_backup(sound: Library, damage: Damage) -> None:
    path, before = sound.path, dict(sound.papers)
    content = damaged_by(damage, sound)
    whole = {paper for paper in before if line_of_sound(sound, paper) in content}
    backup = {paper.id: paper for paper in (Library.open(backups_of(path)[0].path)).papers.values()}
    assert can_repair(path)
    report = repair(path)
    assert report.kept.read_bytes() == content
    assert report.kept.name == "library.json.damaged-1"
    mended = Library.open(path, who="ada")
    assert mended.damaged == mended.warnings == ()
    assert set(mended.papers) == set(before)
    assert {paper: mended.papers[paper] for paper in whole} == {paper: before[paper] for paper in whole}
    assert {paper: mended.papers[paper] for paper in before if paper not in whole} == {
        paper: backup[paper] for paper in before if paper not in whole
    }
    assert len(whole) >= NUMBER - 2
    assert report.papers == NUMBER
    assert not [finding for finding in examine(path) if finding.severity is Severity.ERROR]
    tables = json.loads(path.read_bytes())
    assert tables["meta"]["1"]["application"] == "readlist"
    assert tables["meta"]["1"]["schema"] == schema.VERSION
    day = backups_of(path)[-1].when
    assert sum(f"was taken from the backup of {day}" in sentence for sentence in report.sentences) == NUMBER - len(
        whole
    )
    assert all("\n" not in sentence for sentence in report.sentences)
    assert mended.edit(list(mended.papers), star=True)  # and it can be worked with


def line_of_sound(sound: Library, identifier: str) -> bytes:
    return Encoder().encode({"papers": {identifier: sound._on_disk.documents[identifier]}}).split(b"\n")[2]


@pytest.mark.parametrize("damage", [truncated, garbage_line, not_utf8])
def test_without_a_backup_what_is_lost_is_said_and_the_rest_is_kept(sound: Library, damage: Damage) -> None:
    path, before = sound.path, dict(sound.papers)
    (backup,) = backups_of(path)
    backup.path.unlink()
    content = damaged_by(damage, sound)
    report = repair(path)
    mended = Library.open(path)
    intact = {key: paper for key, paper in before.items() if line_of_sound(sound, key) in content}
    assert dict(mended.papers) == intact
    assert len(intact) >= NUMBER - 2
    assert report.sentences[0] == f"{len(intact)} papers were taken from the damaged file"
    named = re.findall(rb'^"(\d{16})": \{.*title', content, re.MULTILINE)
    for key in set(before) - set(intact):
        if key.encode() in named:
            assert f"document {key} is damaged, and no backup has it" in report.sentences


def test_the_history_goes_on_after_a_repair(sound: Library) -> None:
    damaged_by(garbage_line, sound)
    repair(sound.path)
    mended = Library.open(sound.path, who="ada")
    assert mended.can_undo == "Changed the note of 6 papers"
    mended.undo()
    first = next(iter(mended.papers))
    assert mended.papers[first].note == ""


def test_two_papers_with_one_id_are_both_kept(sound: Library) -> None:
    *_, last, other = sound.papers
    old = dict(sound.papers)

    def twice(content: bytes, _: list[str]) -> bytes:
        line = line_of(content, other)
        return content.replace(line, line.replace(other.encode(), last.encode(), 1))

    content = damaged_by(twice, sound)
    report = repair(sound.path)
    assert report.kept.read_bytes() == content
    mended = Library.open(sound.path)
    notes = [paper.note for paper in mended.papers.values()]
    assert all(notes.count(paper.note) == 1 for paper in old.values())
    (fresh,) = (paper for paper in mended.papers.values() if paper.needs_review)
    assert fresh.id not in old
    assert last in fresh.review_reason
    assert any("had the id of another paper" in sentence for sentence in report.sentences)


def test_both_sides_of_a_git_conflict_are_kept(sound: Library) -> None:
    first, *_ = sound.papers
    before = dict(sound.papers)

    def conflict(content: bytes, _: list[str]) -> bytes:
        ours = line_of(content, first)
        theirs = ours.replace(b"Note 0", b"Their note").replace(b'"changed": "2026', b'"changed": "2027')
        marked = b"<<<<<<< HEAD\n" + ours + b"\n=======\n" + theirs + b"\n>>>>>>> theirs"
        return content.replace(ours, marked)

    content = damaged_by(conflict, sound)
    with pytest.raises(LibraryError, match="git left conflict marks"):
        Library.open(sound.path)
    report = repair(sound.path)
    assert report.kept.read_bytes() == content
    mended = Library.open(sound.path)
    assert mended.papers[first].note == "Their note"  # the later of the two
    (fresh,) = (paper for paper in mended.papers.values() if paper.id not in before)
    assert (fresh.note, fresh.needs_review) == ("Note 0", True)
    assert {key: mended.papers[key] for key in before if key != first} == {
        key: paper for key, paper in before.items() if key != first
    }


def test_what_was_purged_on_purpose_does_not_come_back(sound: Library, open_library: Open) -> None:
    path, (first, *_) = sound.path, sound.papers
    again = open_library()
    again.delete([first])
    again.purge()
    again.close()
    assert any(first in json.loads(backup.path.read_bytes())["papers"] for backup in backups_of(path))
    damaged_by(truncated, sound)
    repair(path)
    mended = open_library()
    assert set(mended.papers) == set(sound.papers) - {first}
    assert not mended.trash
    assert mended.undo()  # but it can be had
    assert first in mended.trash


def test_what_was_added_and_taken_back_does_not_come_back(sound: Library, open_library: Open) -> None:
    path = sound.path
    again = open_library()
    change = again.add([Paper(title="Added by mistake")])
    assert change
    again.merge(next(iter(again.papers)), list(again.papers)[1:2])  # makes a backup that has it
    again.undo()
    again.undo()
    again.close()
    assert change.ids[0] in json.loads(backups_of(path)[0].path.read_bytes())["papers"]
    damaged_by(truncated, sound)
    repair(path)
    assert set(Library.open(path).papers) == set(sound.papers)


def test_the_newest_backup_that_has_a_paper_counts(sound: Library, open_library: Open) -> None:
    path = sound.path
    *_, last = sound.papers
    again = open_library()
    again.edit([last], star=True)
    again.merge(next(iter(again.papers)), list(again.papers)[1:2])
    again.undo()
    again.close()
    newest, oldest = backups_of(path)
    damaged_by(garbage_line, sound)
    report = repair(path)
    assert Library.open(path).papers[last].star
    assert any(f"backup of {newest.when}" in sentence for sentence in report.sentences)
    assert not any(f"backup of {oldest.when}" in sentence for sentence in report.sentences)


def test_what_the_journal_holds_is_done_again(sound: Library, open_library: Open) -> None:
    path = sound.path
    first, second, *_, last = sound.papers
    again = open_library()
    again.edit([first], note="In the journal")
    again.edit([last], star=True)
    change = again.add([Paper(title="Added in the journal")])
    again.delete([second])
    assert change
    journal = path.with_name("library.json.journal")
    held = journal.read_bytes()
    content = damaged_by(garbage_line, sound)
    report = repair(path)
    assert report.kept.read_bytes() == content
    assert journal.with_name("library.json.journal.kept-1").read_bytes() == held
    assert not journal.exists()
    assert "4 changes were done again from the journal" in report.sentences
    mended = Library.open(path, who="ada")
    assert mended.warnings == mended.damaged == ()
    assert mended.papers[first].note == "In the journal"
    assert mended.papers[last].star
    assert mended.papers[change.ids[0]].title == "Added in the journal"
    assert set(mended.trash) == {second}
    assert mended.can_undo == again.can_undo


def test_what_the_file_has_held_for_long_does_not_overwrite_what_came_from_outside(
    sound: Library, open_library: Open
) -> None:
    path, (first, *_) = sound.path, sound.papers
    again = open_library()
    again.edit([first], note="In the journal, and folded")
    again.settle()
    assert path.with_name("library.json.journal").exists()
    tables = json.loads(path.read_bytes())
    tables["papers"][first] |= {"note": "From outside", "changed": "2030-01-01T00:00:00Z"}
    path.write_bytes(Encoder().encode(tables))  # as git does
    damaged_by(garbage_line, sound)
    repair(path)
    assert Library.open(path).papers[first].note == "From outside"


def test_a_repair_keeps_mode_and_link_and_does_not_overwrite_what_an_earlier_one_kept(
    sound: Library, tmp_path: Path
) -> None:
    link = tmp_path / "elsewhere" / "link.json"
    link.parent.mkdir()
    link.symlink_to(sound.path)
    sound.path.chmod(0o640)
    first = damaged_by(garbage_line, sound)
    assert repair(link).kept.read_bytes() == first
    second = damaged_by(truncated, sound)
    report = repair(link)
    assert report.kept.name == "library.json.damaged-2"
    assert report.kept.read_bytes() == second
    assert sound.path.with_name("library.json.damaged-1").read_bytes() == first
    assert link.is_symlink()
    assert sound.path.stat().st_mode & 0o777 == 0o640


def test_what_is_not_of_ours_in_the_file_is_kept(sound: Library) -> None:
    tables = json.loads(sound.path.read_bytes())
    *_, last = tables["papers"]
    tables["papers"][last]["star"] = "yes"
    tables["papers"][last]["mood"] = {"deep": [1]}
    tables["meta"]["1"]["colour"] = "red"
    tables["shelves"] = {"7": {"name": "Kitchen"}}
    first = next(iter(tables["papers"]))
    tables["papers"][first]["mood"] = {"deep": [2]}
    sound.path.write_text(json.dumps(tables))
    repair(sound.path)
    mended = json.loads(sound.path.read_bytes())
    assert mended["shelves"] == {"7": {"name": "Kitchen"}}
    assert mended["meta"]["1"]["colour"] == "red"
    assert mended["papers"][first]["mood"] == {"deep": [2]}
    assert mended["papers"][last].get("star") is None


def test_a_vanished_or_emptied_file_comes_back_from_the_backup(sound: Library) -> None:
    sound.path.write_bytes(b"")
    assert can_repair(sound.path)
    repair(sound.path)
    assert set(Library.open(sound.path).papers) == set(sound.papers)
    sound.path.unlink()
    assert can_repair(sound.path)
    repair(sound.path)
    assert set(Library.open(sound.path).papers) == set(sound.papers)


@pytest.mark.parametrize(
    "content",
    [
        b'{"_default": {"1": {"title": "Another program"}}}',
        b'{"notes": {}}',
        b'[{"title": "A list"}]',
        b'{"meta": {"1": {"application": "other", "schema": 1}}, "papers": {"1": {"title": "Not ours"}}}',
    ],
)
def test_a_file_of_another_program_cannot_be_repaired_even_where_there_are_backups(
    sound: Library, content: bytes
) -> None:
    sound.path.write_bytes(content)
    assert not can_repair(sound.path)
    with pytest.raises(LibraryError, match="left untouched") as refused:
        repair(sound.path)
    assert str(refused.value).startswith(str(sound.path))
    assert sound.path.read_bytes() == content
    assert not list(sound.path.parent.glob("*damaged*"))


def test_a_file_of_a_newer_readlist_cannot_be_repaired(sound: Library) -> None:
    content = sound.path.read_bytes().replace(b'"schema": 2', b'"schema": 3')
    sound.path.write_bytes(content)
    assert not can_repair(sound.path)
    with pytest.raises(LibraryError, match="left untouched"):
        repair(sound.path)
    assert sound.path.read_bytes() == content
    sound.path.write_bytes(content[:-200])  # neither when it is damaged besides
    assert not can_repair(sound.path)


def test_nothing_can_be_repaired_where_nothing_is(path: Path) -> None:
    assert not can_repair(path)
    path.write_bytes(b"garbage")
    assert not can_repair(path)
    with pytest.raises(LibraryError, match="nothing here can be repaired"):
        repair(path)
    assert path.read_bytes() == b"garbage"


def test_a_repair_that_cannot_be_written_changes_nothing(sound: Library) -> None:
    content = damaged_by(garbage_line, sound)
    sound.path.chmod(0o400)
    with pytest.raises(LibraryError, match="read-only"):
        repair(sound.path)
    assert sound.path.read_bytes() == content
    assert not list(sound.path.parent.glob("*damaged*"))  # nothing was damaged further, so there is nothing to keep


# A backup in its place


def test_a_backup_can_take_the_place_of_the_file(sound: Library, open_library: Open) -> None:
    path = sound.path
    again = open_library()
    again.edit(list(again.papers), status=Status.READ)  # in the journal
    journal = path.with_name("library.json.journal").read_bytes()
    content = damaged_by(truncated, sound)
    (backup,) = backups_of(path)[-1:]
    kept = restore_backup(path, backup)
    assert kept.read_bytes() == content
    assert path.read_bytes() == backup.path.read_bytes()
    assert path.with_name("library.json.journal.kept-1").read_bytes() == journal
    restored = Library.open(path, who="ada")
    assert restored.warnings == ()
    assert set(restored.papers) == set(sound.papers)
    assert {(paper.note, paper.status) for paper in restored.papers.values()} == {("", Status.UNREAD)}
    restored.edit(list(restored.papers), star=True)
    restored.close()
    assert not any(
        paper["star"] for paper in json.loads(backup.path.read_bytes())["papers"].values() if "star" in paper
    )


def test_a_backup_that_is_gone_changes_nothing(sound: Library) -> None:
    content = damaged_by(truncated, sound)
    (backup,) = backups_of(sound.path)
    backup.path.unlink()
    with pytest.raises(LibraryError, match="cannot be read"):
        restore_backup(sound.path, backup)
    assert sound.path.read_bytes() == content
    assert not list(sound.path.parent.glob("*damaged*"))


# To look at only


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("library*") if path.is_file()}


@pytest.mark.parametrize("damage", [truncated, garbage_line, wrong_type, no_meta, not_utf8])
def test_a_damaged_library_can_be_looked_at_and_takes_no_change(
    sound: Library, open_library: Open, damage: Damage
) -> None:
    path = sound.path
    first, *_ = sound.papers
    open_library().edit([first], star=True)  # in the journal
    damaged_by(damage, sound)
    before = files(path.parent)
    library = Library.open_damaged(path, who="ada")
    assert library.is_read_only
    assert not library.is_new
    assert library.papers[first].star
    assert len([paper for key, paper in library.papers.items() if paper.note == sound.papers[key].note]) >= NUMBER - 2
    changes: list[Callable[[], Any]] = [
        lambda: library.create([]),
        lambda: library.add([Paper(title="New")]),
        lambda: library.edit([first], note="New"),
        lambda: library.edit_each({first: {"note": "New"}}),
        lambda: library.write_note(first, "New", seen=""),
        lambda: library.delete([first]),
        lambda: library.restore([first]),
        library.purge,
        lambda: library.merge(first, list(sound.papers)[1:2]),
        lambda: library.assign_keys({first: "key"}),
        library.undo,
        library.redo,
    ]
    shown = library.papers
    for change in changes:
        with pytest.raises(LibraryError, match="open for reading only, since it is damaged; nothing was changed"):
            change()
    assert not library.reload()
    assert not library.settle()
    library.keep_journal()
    assert library.retry() == 0
    library.close()
    assert library.papers is shown
    assert files(path.parent) == before


def test_what_can_be_read_of_a_sound_library_is_all_of_it(sound: Library, open_library: Open) -> None:
    again = open_library()
    again.delete(list(again.papers)[:2])
    tables = readable_tables(sound.path)
    assert {name: dict(tables[name]) for name in ("papers", "history")} == {
        name: dict(again._on_disk.tables[name]) for name in ("papers", "history")
    }
