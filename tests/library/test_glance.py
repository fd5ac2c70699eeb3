"""The newest papers of a file that has not been read are those that reading it would have shown."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.library.glance import glance
from readlist.library.library import Library
from readlist.paper import Paper, Status
from readlist.search.orders import Order, sort_papers, title_key
from readlist.statuses import Role

DATES = st.sampled_from(["", "2019", "2020-05", "2020-05-01", "2021-02-03", "2026-11-11"])
PAPERS = st.builds(
    Paper,
    title=st.text('ab"\\{}\n ,:é深', min_size=1, max_size=8),
    abstract=st.sampled_from(["", '", "published": "2030', ', "deleted": "x"', '"star": true']),
    published=DATES,
    issued=DATES,
    status=st.sampled_from(Status),
    star=st.booleans(),
    queue=st.sampled_from(["", "0001"]),
    extra=st.sampled_from([(), (("status", "read"),), (("published", "2031"),)]),
)


@given(st.lists(PAPERS, max_size=12), st.integers(1, 5), st.integers(0, 3))
def test_the_newest_are_those_of_the_library(papers: list[Paper], number: int, gone: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.json"
        made = Library.open(path)
        made.create(papers)
        made.delete(list(made.papers)[:gone])
        made.close()
        found = glance(path, number, title_key)
        if found is None:  # it gives up rather than err
            return
        library = Library.open(path)
        listed = sort_papers(library.papers.values(), Order.DATE)
        assert sort_papers(found.newest, Order.DATE) == listed[:number]
        plain = [paper for paper in papers if not paper.extra]
        if len(plain) == len(papers):
            assert found.total == len(listed)
            assert found.trash == len(library.trash)
            for role in Role:
                assert found.statuses[role] == sum(paper.status == role for paper in listed)
            assert found.queued == sum(bool(paper.queue) for paper in listed)
            assert found.starred == sum(paper.star for paper in listed)
        library.close()


def _library(path: Path) -> Library:
    made = Library.open(path)
    made.create([Paper(title=f"Paper {number}", published=f"20{number:02}") for number in range(30)])
    return made


def test_a_journal_that_adds_nothing_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    _library(path).close()
    library = Library.open(path)
    library.keep_journal()
    assert path.with_name("library.json.journal").exists()
    assert glance(path, 3, title_key) is not None
    library.edit([next(iter(library.papers))], star=True)
    assert glance(path, 3, title_key) is None
    library.settle()
    found = glance(path, 3, title_key)
    assert found is not None
    assert found.starred == 1
    path.write_bytes(path.read_bytes())  # by another program: another time, perhaps another content
    assert glance(path, 3, title_key) is None
    library.close()


def test_with_changes_in_the_journal_nothing_is_told(tmp_path: Path) -> None:
    library = _library(tmp_path / "library.json")
    assert glance(library.path, 3, title_key) is not None
    library.edit([next(iter(library.papers))], star=True)
    assert glance(library.path, 3, title_key) is None
    library.close()
    assert glance(library.path, 3, title_key) is not None


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_of_a_file_that_is_cut_off_nothing_is_told(tmp_path: Path, share: float) -> None:
    path = tmp_path / "library.json"
    _library(path).close()
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert glance(path, 3, title_key) is None


@pytest.mark.parametrize("content", [b"", b"{}", b'{"papers": {}}', b'{\n"papers": {\n"12": 7\n}\n}\n', b"\x00" * 99])
def test_of_a_file_of_other_hands_nothing_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.json"
    path.write_bytes(content)
    assert glance(path, 3, title_key) is None
