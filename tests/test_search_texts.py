"""What is kept for the search of a large library: the same texts come back, or none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.effort import examples

from readlist import search_texts
from readlist.config import cache_folder
from readlist.library.library import Library
from readlist.paper import Author, Paper
from readlist.search.finder import Finder
from readlist.search.orders import Order
from readlist.search.query import Query
from readlist.search.shelves import Shelf
from readlist.search.text import searchable
from readlist.search_texts import Kept, keep_texts, kept_digest, load_texts

PAPERS = [
    Paper(title="Fisher zeros of the $L_\\infty$ norm", authors=(Author("Żak", "A"),), abstract="x" * 900),
    Paper(title="日本語の題", note="two\nlines", star=True, added="2026-01-01T00:00:00Z"),
    Paper(title="Half \ud83d of a pair", tags=("ood",), published="2023-10"),
]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr(search_texts, "_SMALLEST", 0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = Library.open(tmp_path / "library.json", who="tester")
    made.create(PAPERS)
    return made


def texts_of(library: Library) -> dict[str, str]:
    return {identifier: searchable(paper) for identifier, paper in library.papers.items()}


def keep(library: Library, texts: dict[str, str], since: Kept | None = None) -> None:
    keep_texts(library.path, library.digest, texts, lambda: texts, since)


def test_what_was_kept_comes_back(library: Library) -> None:
    keep(library, texts_of(library))
    assert kept_digest(library.path) == library.digest
    found = load_texts(library.path, library.digest)
    assert found is not None
    # Half of a pair cannot be written; nobody types one either.
    assert found == {key: text.replace("\ud83d", "?") for key, text in texts_of(library).items()}
    assert {file.stat().st_mode & 0o777 for file in cache_folder().iterdir()} == {0o600}


def test_texts_of_another_content_are_not_used(library: Library) -> None:
    keep(library, texts_of(library))
    before = library.digest
    library.edit(list(library.papers), star=True)
    library.settle()
    assert library.digest != before
    assert load_texts(library.path, library.digest) is None


def test_nothing_is_kept_of_a_library_in_which_something_is_wrong(library: Library) -> None:
    content = library.path.read_text("utf-8")
    library.path.write_text(content.replace('"star": true', '"star": 7'), "utf-8")
    damaged = Library.open(library.path, who="tester")
    assert damaged.damaged
    keep(damaged, texts_of(damaged))
    assert kept_digest(damaged.path) == ""


@settings(max_examples=examples(200), suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_spoilt_file_is_as_good_as_none(library: Library, data: st.DataObject) -> None:
    keep(library, texts_of(library))
    (file,) = cache_folder().iterdir()
    whole = file.read_bytes()
    good = load_texts(library.path, library.digest)
    try:
        at = data.draw(st.integers(0, len(whole) - 1))
        if data.draw(st.booleans()):
            file.write_bytes(whole[:at])
        else:
            file.write_bytes(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
        assert load_texts(library.path, library.digest) in (None, good)
    finally:
        file.write_bytes(whole)


def test_forged_texts_decide_what_is_found_and_nothing_else(library: Library) -> None:
    forged = {key: searchable(Paper(title="zzz")) for key in library.papers}
    keep(library, forged)
    finder = Finder()
    finder.prepare(library.papers, Order.DATE, load_texts(library.path, library.digest))
    view = finder.view(library.papers, library.trash, shelf=Shelf.ALL, query=Query.parse("zzz"), order=Order.DATE)
    assert sorted(view.ids) == sorted(library.papers)
    assert {paper.title for paper in view.papers} == {paper.title for paper in library.papers.values()}


@pytest.mark.parametrize("text", ["", "zzz", "\x1f" * 19, "\x1f" * 40])
def test_what_is_no_text_of_a_paper_is_refused(library: Library, text: str) -> None:
    keep(library, dict.fromkeys(library.papers, text))
    assert load_texts(library.path, library.digest) is None


def test_what_the_journal_says_besides_is_not_read_from_the_texts(library: Library) -> None:
    keep(library, texts_of(library))
    first, second, third = library.papers
    library.edit([first], title="A new title")
    library.delete([second])
    library.add([Paper(title="One more")])
    reader = Library.open(library.path, verified=kept_digest(library.path))
    assert reader.has_unfolded
    texts = load_texts(reader.path, reader.digest, without=reader.unfolded)
    assert texts is not None
    assert texts.keys() == {third}
    finder = Finder()
    finder.prepare(reader.papers, Order.DATE, texts)
    assert finder.texts == {key: text.replace("\ud83d", "?") for key, text in texts_of(reader).items()}
    reader.settle()
    assert reader.unfolded == frozenset()


def shown(texts: dict[str, str]) -> dict[str, str]:
    return {key: text.replace("\ud83d", "?") for key, text in texts.items()}


def test_what_has_changed_is_written_behind_the_rest(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_texts, "_SUPERSEDED", 10)
    keep(library, texts_of(library))
    (file,) = cache_folder().iterdir()
    inode, size = file.stat().st_ino, file.stat().st_size
    acts: list[Callable[[], object]] = [
        lambda: library.edit(list(library.papers)[:1], title="A new title"),
        lambda: library.delete(list(library.papers)[1:2]),
        lambda: library.add([Paper(title="One more")]),
        library.undo,
    ]
    for act in acts:
        digest, papers = library.digest, library.papers
        act()
        library.settle()
        changed = library.papers.changes_since(papers)
        assert changed is not None
        keep(library, texts_of(library), Kept(digest, changed))
        assert load_texts(library.path, library.digest) == shown(texts_of(library))
        assert load_texts(library.path, digest) is None
        assert file.stat().st_ino == inode
    assert file.stat().st_size < 2 * size + 1_000


def test_a_file_in_which_much_is_old_is_written_anew(library: Library) -> None:
    keep(library, texts_of(library))
    (file,) = cache_folder().iterdir()
    inode, digest, papers = file.stat().st_ino, library.digest, library.papers
    library.edit(list(papers), star=True)
    library.settle()
    keep(library, texts_of(library), Kept(digest, set(papers)))
    assert load_texts(library.path, library.digest) == shown(texts_of(library))
    assert file.stat().st_ino != inode


@pytest.mark.parametrize("digest", ["", "12-00000000"])
def test_what_is_there_of_another_content_is_not_written_on(library: Library, digest: str) -> None:
    keep(library, texts_of(library))
    library.edit(list(library.papers)[:1], title="A new title")
    library.settle()
    keep(library, texts_of(library), Kept(digest, set()))
    assert load_texts(library.path, library.digest) == shown(texts_of(library))


def test_one_who_is_stopped_while_writing_on_leaves_nothing_that_is_read(library: Library) -> None:
    keep(library, texts_of(library))
    (file,) = cache_folder().iterdir()
    with file.open("ab") as stream:
        stream.write(b"1 -\n")
    assert load_texts(library.path, library.digest) is None
