"""Dated backups: made by the first change of a day, bounded in number, and never in the way of a change."""

import datetime as dt
import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.library.backups import DAYS, MONTHS, Backup, backups_of, folder_of, make_backup, too_many
from readlist.library.errors import LibraryError
from readlist.library.library import Library
from readlist.paper import Paper

MakePapers = Callable[[int], list[Paper]]
START = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC).astimezone()


class Days:
    """A clock that the test sets; the time of day goes on by itself."""

    def __init__(self) -> None:
        self.day, self.minute = 0, 0

    def __call__(self) -> dt.datetime:
        self.minute += 1
        return START.replace(hour=1) + dt.timedelta(days=self.day, minutes=self.minute)


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def dated(path: Path, days: Days, some_papers: MakePapers) -> Library:
    """Three papers, made on the first day; nothing has been changed yet."""
    library = Library.open(path, clock=days, who="ada")
    library.create(some_papers(3))
    assert backups_of(path) == []
    return library


def reasons(path: Path) -> list[tuple[str, str]]:
    return [(backup.day, backup.reason) for backup in backups_of(path)]


def notes(content: bytes) -> set[str]:
    return {paper.get("note", "") for paper in json.loads(content)["papers"].values()}


def test_the_first_change_of_a_day_makes_a_backup_and_the_others_none(dated: Library, path: Path, days: Days) -> None:
    first = next(iter(dated.papers))
    before = path.read_bytes()
    dated.edit([first], note="one")
    (backup,) = backups_of(path)
    assert (backup.day, backup.reason) == ("2026-11-23", "first change of the day")
    assert backup.path.read_bytes() == before
    dated.edit([first], note="two")
    dated.settle()
    dated.undo()
    dated.edit([first], note="three")
    assert backups_of(path) == [backup]
    days.day = 1
    dated.edit([first], note="on the day after")
    assert reasons(path) == [
        ("2026-11-24", "first change of the day"),
        ("2026-11-23", "first change of the day"),
    ]
    assert notes(backups_of(path)[0].path.read_bytes()) == {"", "three"}  # what the journal held is in it too
    assert backup.path.read_bytes() == before


def test_another_window_on_the_same_day_makes_no_other(dated: Library, path: Path, days: Days) -> None:
    dated.edit(list(dated.papers), star=True)
    Library.open(path, clock=days, who="grace").edit(list(dated.papers), star=False)
    assert len(backups_of(path)) == 1


def test_looking_makes_no_backup(dated: Library, path: Path, days: Days) -> None:
    days.day = 1
    again = Library.open(path, clock=days)
    again.reload()
    again.close()
    dated.close()
    assert not folder_of(path).exists()


def test_a_backup_is_a_second_name_of_the_file_until_the_file_is_replaced(dated: Library, path: Path) -> None:
    before = path.read_bytes()
    dated.edit(list(dated.papers), star=True)
    (backup,) = backups_of(path)
    assert backup.path.samefile(path)
    dated.settle()
    assert not backup.path.samefile(path)
    assert backup.path.read_bytes() == before
    assert folder_of(path).stat().st_mode & 0o777 == 0o700


def test_where_there_are_no_hard_links_it_is_a_copy(
    dated: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_args: Any, **_kwargs: Any) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    path.chmod(0o640)
    before = path.read_bytes()
    monkeypatch.setattr(os, "link", link)
    dated.edit(list(dated.papers), star=True)
    (backup,) = backups_of(path)
    assert not backup.path.samefile(path)
    assert backup.path.read_bytes() == before
    assert backup.path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in folder_of(path).iterdir()] == [backup.path.name]
    assert dated.warnings == ()


def test_a_copy_that_fails_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path.write_text("{}")
    monkeypatch.setattr(os, "link", fail)
    monkeypatch.setattr(shutil, "copyfileobj", fail)
    with pytest.raises(OSError, match="No space left"):
        make_backup(path, "first change of the day", START)
    assert list(folder_of(path).iterdir()) == []


def test_backups_of_one_second_do_not_take_one_anothers_place(path: Path) -> None:
    made: list[Path] = []
    for number in range(3):
        path.unlink(missing_ok=True)
        path.write_text(f"{number}")
        made.append(make_backup(path, "before merge", START))
    assert [backup.read_text() for backup in made] == ["0", "1", "2"]
    assert {backup.path for backup in backups_of(path)} == set(made)


def test_files_of_others_in_the_folder_are_neither_backups_nor_removed(path: Path) -> None:
    path.write_text("{}")
    make_backup(path, "before merge", START)
    mine = folder_of(path) / "my own copy.json"
    mine.write_text("{}")
    for number in range(DAYS + MONTHS + 5):
        make_backup(path, "before merge", START + dt.timedelta(minutes=number))
    assert mine.exists()
    assert len(backups_of(path)) <= DAYS + MONTHS


def test_old_backups_go_when_new_ones_come(dated: Library, path: Path, days: Days) -> None:
    first = next(iter(dated.papers))
    for day in range(0, 400, 9):
        days.day = day
        dated.edit([first], note=f"Day {day}")
    kept = backups_of(path)
    assert len(kept) == DAYS + MONTHS
    made = [f"{START + dt.timedelta(days=day):%Y-%m-%d}" for day in range(0, 400, 9)]
    assert [backup.day for backup in kept[:DAYS]] == made[::-1][:DAYS]
    assert len({backup.day[:7] for backup in kept[DAYS:]}) == MONTHS


moments = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2027, 1, 1))  # noqa: DTZ001 - local times, as in the names


@given(st.lists(moments, max_size=60, unique_by=lambda moment: moment.strftime("%Y%m%d%H%M%S")))
def test_the_newest_are_always_kept_and_the_number_is_bounded(times: list[dt.datetime]) -> None:
    backups = [
        Backup(Path(f"{time:%Y-%m-%d_%H%M%S}_first-change-of-the-day.json"), f"{time:%Y-%m-%d %H:%M:%S}", "")
        for time in sorted(times, reverse=True)
    ]
    gone = too_many(backups)
    kept = [backup for backup in backups if backup not in gone]
    assert len(kept) <= DAYS + MONTHS
    assert kept[:DAYS] == backups[:DAYS]
    older: dict[str, Backup] = {}
    for backup in backups[DAYS:]:
        older.setdefault(backup.day[:7], backup)  # the latest of its month
    assert kept[DAYS:] == list(older.values())[:MONTHS]
    assert too_many(kept) == []
    if len(backups) <= DAYS:
        assert gone == []


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_a_backup_a_day_never_loses_the_last_week(gaps: list[int]) -> None:
    day, kept = dt.datetime(2024, 1, 1), list[Backup]()  # noqa: DTZ001 - local times, as in the names
    made: list[Backup] = []
    for gap in gaps:
        day += dt.timedelta(days=gap + 1)
        made.insert(0, Backup(Path(f"{day:%Y-%m-%d}_120000_x.json"), f"{day:%Y-%m-%d} 12:00:00", "x"))
        kept.insert(0, made[0])
        gone = too_many(kept)
        kept = [backup for backup in kept if backup not in gone]
        assert kept[:DAYS] == made[:DAYS]
        assert len(kept) <= DAYS + MONTHS


# There can be no backup


@pytest.fixture
def blocked(dated: Library, path: Path) -> Library:
    """Where the folder of the backups should be, there is a file."""
    folder_of(path).write_text("in the way")
    return dated


def test_a_backup_that_cannot_be_made_does_not_stop_a_change_and_is_told(blocked: Library, path: Path) -> None:
    assert blocked.edit(list(blocked.papers), star=True)
    assert all(paper.star for paper in Library.open(path).papers.values())
    (warning,) = blocked.warnings
    assert warning.startswith("There is no backup of today: ")
    assert "library.json.backups" in warning
    assert blocked.edit(list(blocked.papers), star=False)
    assert blocked.warnings == (warning,)  # said once
    assert folder_of(path).read_text() == "in the way"


def test_a_full_disk_that_holds_no_backup_does_not_stop_a_change(
    dated: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.mkdir

    def mkdir(folder: Path, mode: int = 0o777) -> None:
        if folder.name.endswith(".backups"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(folder, mode)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    assert dated.edit(list(dated.papers), star=True)
    assert dated.warnings == ("There is no backup of today: disk full",)
    assert all(paper.star for paper in Library.open(path).papers.values())


def test_a_merge_is_backed_up_as_it_was_just_before(dated: Library, path: Path) -> None:
    first, second, third = dated.papers
    dated.edit([first], note="in the journal")
    dated.merge(first, [second])
    assert [reason for _, reason in reasons(path)] == ["before merge", "first change of the day"]
    assert notes(backups_of(path)[0].path.read_bytes()) == {"", "in the journal"}
    dated.merge(first, [third])
    assert [reason for _, reason in reasons(path)].count("before merge") == 2


def test_a_backup_that_cannot_be_made_stops_a_merge(blocked: Library, path: Path) -> None:
    first, second, _ = blocked.papers
    before, file = blocked.papers, path.read_bytes()
    with pytest.raises(LibraryError, match="there can be no backup") as refused:
        blocked.merge(first, [second])
    assert str(refused.value).startswith(f"{path}: ")
    assert str(refused.value).endswith("; nothing was changed")
    assert blocked.papers == before
    assert path.read_bytes() == file
    assert Library.open(path).papers == before
    folder_of(path).unlink()
    assert blocked.merge(first, [second])


def test_a_backup_that_cannot_be_made_stops_a_migration(path: Path, days: Days) -> None:
    old = {
        "history": {},
        "meta": {"1": {"application": "readlist", "created": "2026-01-01T00:00:00Z", "schema": 1}},
        "papers": {"1234567890123456": {"title": "Old"}},
    }
    path.write_text(json.dumps(old))
    before = path.read_bytes()
    folder_of(path).write_text("in the way")
    library = Library.open(path, clock=days, who="ada")
    with pytest.raises(LibraryError, match="there can be no backup"):
        library.edit(["1234567890123456"], star=True)
    assert path.read_bytes() == before
    assert not library.papers["1234567890123456"].star
    assert not path.with_name("library.json.journal").exists()
    folder_of(path).unlink()
    assert library.edit(["1234567890123456"], star=True)
    assert backups_of(path)[0].path.read_bytes() == before
