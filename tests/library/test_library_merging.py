"""Several papers that are one: nothing that any of them held is lost, and one undo takes it all back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.library.errors import LibraryError
from readlist.library.library import Library
from readlist.library.merging import both_notes, merged_fields
from readlist.paper import Author, Paper, Status

Open = Callable[..., Library]
ORDER: list[str] = [Status.UNREAD, Status.DROPPED, Status.READING, Status.READ]
TEXTS = (
    "title", "abstract", "subject", "category", "published", "issued", "arxiv_id", "doi", "url", "code_url", "venue",
    "volume", "issue", "pages", "publisher", "key",
)  # fmt: skip
"""Fields of which the kept paper's own value stays."""

ADA, GRACE, ALAN = Author("Lovelace", "Ada"), Author("Hopper", "Grace"), Author("Turing", "Alan")


def merged(kept: Paper, *others: Paper) -> Paper:
    return kept._replace(**merged_fields(kept, others))


def test_what_the_kept_paper_lacks_comes_from_the_first_that_has_it() -> None:
    kept = Paper(title="Kept", doi="10.1/kept")
    first = Paper(title="First", doi="10.1/first", venue="Nature", organisations=("mit",))
    second = Paper(venue="Science", arxiv_id="2210.05546", published="2022-10-11", organisations=("stanford",))
    one = merged(kept, first, second)
    assert (one.title, one.doi, one.venue, one.arxiv_id) == ("Kept", "10.1/kept", "Nature", "2210.05546")
    assert (one.published, one.organisations) == ("2022-10-11", ("mit",))


def test_notes_tags_and_stars_of_all_are_kept() -> None:
    one = merged(
        Paper(note="Mine.\n", tags=("a", "b")), Paper(note="Yours.", tags=("b", "c"), star=True), Paper(tags=("d",))
    )
    assert one.note == "Mine.\n\nYours."
    assert one.tags == ("a", "b", "c", "d")
    assert one.star


@pytest.mark.parametrize("statuses", [(a, b) for a in ORDER for b in ORDER])
def test_the_furthest_status_counts(statuses: tuple[Status, Status]) -> None:
    kept, other = (Paper(status=status) for status in statuses)
    assert merged(kept, other).status is max(statuses, key=ORDER.index)


@pytest.mark.parametrize(
    ("kept", "other", "expected"),
    [
        (((), True), ((ADA,), False), ((ADA,), False)),
        (((ADA,), False), ((ADA, GRACE, ALAN), False), ((ADA, GRACE, ALAN), False)),
        (((ADA, GRACE), False), ((ADA,), True), ((ADA,), True)),
        (((ADA, GRACE, ALAN), False), ((ADA, GRACE, ALAN), True), ((ADA, GRACE, ALAN), True)),
        (((ADA,), True), ((ADA, GRACE), True), ((ADA,), True)),
        (((ADA,), True), ((ADA, GRACE), False), ((ADA,), True)),
        (((ADA, GRACE), False), ((ADA,), False), ((ADA, GRACE), False)),
        (((ADA,), False), ((), True), ((ADA,), False)),
    ],
)
def test_a_fuller_list_of_authors_takes_the_place_of_one_that_was_cut(kept: Any, other: Any, expected: Any) -> None:
    papers = [Paper(authors=authors, authors_complete=complete) for authors, complete in (kept, other)]
    one = merged(*papers)
    assert (one.authors, one.authors_complete) == expected


def test_a_preprint_becomes_what_was_published() -> None:
    assert merged(Paper(), Paper(type="article"), Paper(type="article-journal")).type == "article-journal"
    assert merged(Paper(type="chapter"), Paper(type="article-journal")).type == "chapter"


words = st.sampled_from(["", "one", "two", "three"])
notes = st.text("ab \n", max_size=6)
papers = st.builds(
    Paper,
    **dict.fromkeys(TEXTS, words),
    authors=st.lists(st.sampled_from([ADA, GRACE, ALAN]), unique=True, max_size=3).map(tuple),
    authors_complete=st.booleans(),
    organisations=st.lists(words.filter(bool), max_size=2).map(tuple),
    has_code=st.booleans(),
    status=st.sampled_from(Status),
    star=st.booleans(),
    tags=st.lists(words.filter(bool), unique=True).map(tuple),
    note=notes,
    started=words,
    finished=words,
)


@given(papers, st.lists(papers, min_size=1, max_size=3))
def test_nothing_is_lost(kept: Paper, others: list[Paper]) -> None:
    every = [kept, *others]
    one = merged(kept, *others)
    for name in (*TEXTS, "organisations", "started", "finished"):
        found = [value for paper in every if (value := getattr(paper, name))]
        assert getattr(one, name) == (found[0] if found else getattr(kept, name))
    assert all(paper.note.strip() in one.note for paper in every)
    assert set(one.tags) == {tag for paper in every for tag in paper.tags}
    assert len(one.tags) == len(set(one.tags))
    assert one.star == any(paper.star for paper in every)
    assert one.has_code == any(paper.has_code for paper in every)
    assert ORDER.index(one.status) == max(ORDER.index(paper.status) for paper in every)
    complete = [paper.authors for paper in every if paper.authors and paper.authors_complete]
    assert one.authors in complete if complete else len(one.authors) == max(len(paper.authors) for paper in every)
    assert merged(one, *others) == one  # doing it twice does no harm


@given(notes, notes)
def test_both_notes_hold_both_texts_and_neither_twice(first: str, second: str) -> None:
    both = both_notes(first, second)
    assert first.strip() in both
    assert second.strip() in both
    assert both_notes(both, second) == both
    assert both_notes(first, "") == first
    assert both_notes("", second).strip() == second.strip()


# In the library


@pytest.fixture
def three(library: Library) -> Library:
    """Three papers that are one."""
    first, second, third = library.papers
    library.edit_each(
        {
            first: {"note": "Mine.", "tags": ("a",), "authors": (ADA,), "authors_complete": False},
            second: {"note": "Yours.", "star": True, "status": Status.READ, "doi": "10.1/x", "authors": ()},
            third: {"note": "Theirs.", "tags": ("b",), "authors": (ADA, GRACE)},
        }
    )
    return library


def state(library: Library) -> Sequence[Any]:
    return (dict(library.papers), dict(library.trash))


def test_one_step_makes_one_of_three_and_one_undo_takes_it_all_back(three: Library, path: Path) -> None:
    before, (first, second, third) = state(three), three.papers
    change = three.merge(first, [second, third])
    assert change
    assert change.name == "Merged 2 papers into “On the L_∞ norm of reading lists, part 0”"
    assert change.ids == (first, second, third)
    assert list(three.papers) == [first]
    assert set(three.trash) == {second, third}
    one = three.papers[first]
    assert (one.note, one.tags, one.star, one.doi) == ("Mine.\n\nYours.\n\nTheirs.", ("a", "b"), True, "10.1/x")
    assert one.status is Status.READ
    assert (one.authors, one.authors_complete) == ((ADA, GRACE), True)
    assert three.trash[second].note == "Yours."
    assert state(Library.open(path)) == state(three)
    after = state(three)
    undone = three.undo()
    assert undone
    assert undone.name == f"Undid: {change.name}"
    assert state(three) == before == state(Library.open(path))
    three.redo()
    assert state(three) == after


def test_when_the_others_were_finished_is_kept(three: Library) -> None:
    first, second, _ = three.papers
    finished = three.papers[second].finished
    assert finished
    three.merge(first, [second])
    assert three.papers[first].finished == finished


def test_merging_names_nothing_that_is_not_there(three: Library, open_library: Open) -> None:
    first, second, third = three.papers
    before = state(three)
    with pytest.raises(LibraryError, match="no other paper to merge"):
        three.merge(first, [first])
    with pytest.raises(LibraryError, match="no other paper to merge"):
        three.merge(first, ["9"])
    with pytest.raises(LibraryError, match="not in the library any more"):
        three.merge("9", [first])
    assert state(three) == before
    open_library(who="grace").delete([third])
    change = three.merge(first, [second, third, second])
    assert change
    assert change.ids == (first, second)
