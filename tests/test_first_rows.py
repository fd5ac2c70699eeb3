"""The rows that are shown before a large library has been read: never wrong, never missed."""

import json
import os
from pathlib import Path

import pytest

from readlist import first_rows
from readlist.first_rows import KEPT, FirstRows, keep_first_rows, load_first_rows
from readlist.library.library import Library
from readlist.paper import Author, Paper
from readlist.search.finder import Finder
from readlist.search.query import Query
from readlist.search.view import Order, Shelf, View


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(first_rows, "_LARGE", 100)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library.open(tmp_path / "library.json")
    made.create([Paper(title=f"Paper {n:03}", authors=(Author("Fort", "S"),), published="2020") for n in range(300)])
    made.close()
    return Library.open(tmp_path / "library.json")


def view_of(library: Library, order: Order = Order.TITLE) -> View:
    return Finder().view(library.papers, library.trash, shelf=Shelf.ALL, query=Query(), order=order)


def cached(tmp_path: Path) -> Path:
    (file,) = (tmp_path / "cache/readlist").iterdir()
    return file


def test_the_rows_come_back_as_they_were(library: Library) -> None:
    wanted = view_of(library)
    keep_first_rows(library.path, wanted)
    found = load_first_rows(library.path, Order.TITLE)
    assert found is not None
    assert found.counts == wanted.counts
    assert list(found.papers[:KEPT]) == list(wanted.papers[:KEPT])
    assert len(found.papers) == 300
    assert found.papers[299].title == "…"
    assert found.position("") is None
    assert found.position(wanted.papers[3].id) == 3


def test_of_another_order_or_state_nothing_is_shown(library: Library) -> None:
    keep_first_rows(library.path, view_of(library))
    assert load_first_rows(library.path, Order.AUTHOR) is None
    library.edit([next(iter(library.papers))], star=True)
    assert load_first_rows(library.path, Order.TITLE) is None


def test_a_library_put_in_the_place_of_another_is_another_state(library: Library, tmp_path: Path) -> None:
    keep_first_rows(library.path, view_of(library))
    state = library.path.stat()
    copy = tmp_path / "copy.json"
    copy.write_bytes(library.path.read_bytes())
    os.utime(copy, ns=(state.st_atime_ns, state.st_mtime_ns))
    copy.replace(library.path)
    assert load_first_rows(library.path, Order.TITLE) is None


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", "null", "{}", "\x00\xff", '{"version": 1, "order": "title"}', "[" * 99_999]
)
def test_a_damaged_cache_is_as_good_as_none(library: Library, tmp_path: Path, damage: str) -> None:
    keep_first_rows(library.path, view_of(library))
    cached(tmp_path).write_text(damage)
    assert load_first_rows(library.path, Order.TITLE) is None


@pytest.mark.parametrize(
    "forged",
    [
        {"papers": [["1", {"title": 7}]]},
        {"papers": 5},
        {"papers": [[1]]},
        {"counts": [1]},
        {"counts": [-1, 0, 0, 0, 0, 0]},
        {"counts": [10**30, 0, 0, 0, 0, 0]},
        {"counts": ["x"] * 6},
        {"papers": [["1", {"authors": "x"}]]},
    ],
)
def test_a_forged_cache_is_as_good_as_none(library: Library, tmp_path: Path, forged: dict[str, object]) -> None:
    keep_first_rows(library.path, view_of(library))
    file = cached(tmp_path)
    file.write_text(json.dumps({**json.loads(file.read_text()), **forged}))
    assert load_first_rows(library.path, Order.TITLE) is None


def test_it_is_the_users_own_and_leaves_nothing_else_behind(library: Library, tmp_path: Path) -> None:
    keep_first_rows(library.path, view_of(library))
    keep_first_rows(library.path, view_of(library))
    assert cached(tmp_path).stat().st_mode & 0o077 == 0


def test_a_cache_folder_that_cannot_be_is_no_matter(library: Library, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    keep_first_rows(library.path, view_of(library))
    assert load_first_rows(library.path, Order.TITLE) is None


def test_small_libraries_leave_no_trace(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_rows, "_LARGE", 1 << 20)
    keep_first_rows(library.path, view_of(library))
    assert not (tmp_path / "cache").exists()


def test_a_list_of_which_the_beginning_is_known_can_be_looked_at_anywhere() -> None:
    rows = FirstRows([Paper(title="a"), Paper(title="b")], 4)
    assert [paper.title for paper in rows] == ["a", "b", "…", "…"]
    assert rows[-4].title == "a"
    assert [paper.title for paper in rows[1:3]] == ["b", "…"]
    with pytest.raises(IndexError):
        rows[4]


def test_without_anything_kept_the_newest_are_found_at_a_glance(library: Library) -> None:
    wanted = view_of(library, Order.DATE)
    found = load_first_rows(library.path, Order.DATE)
    assert found is not None
    assert list(found.papers[:KEPT]) == list(wanted.papers[:KEPT])
    assert found.counts == wanted.counts
    assert load_first_rows(library.path, Order.AUTHOR) is None


def test_a_status_that_the_settings_do_not_know_is_neither_unread_nor_forgotten(library: Library) -> None:
    first, second, third, *_ = library.papers
    library.edit([first, second], status="skimmed")
    library.edit([third], status="read")
    library.edit([third], status="unread")  # of which the times of the change still tell
    library.settle()
    wanted = view_of(library, Order.DATE).counts
    assert wanted.unknown == 2
    found = load_first_rows(library.path, Order.DATE)
    assert found is not None
    assert found.counts == wanted
    keep_first_rows(library.path, view_of(library, Order.DATE))
    kept = load_first_rows(library.path, Order.DATE)
    assert kept is not None
    assert kept.counts == wanted
