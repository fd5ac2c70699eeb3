"""The list as it is shown: shelves, counts, orders."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.library.layers import Layers
from readlist.paper import Author, Paper, Status
from readlist.search.finder import Finder
from readlist.search.query import Query
from readlist.search.text import searchable
from readlist.search.text_orders import sort_by_title, sort_ids
from readlist.search.view import Order, Shelf, View, sort_papers

PAPERS = {
    paper.id: paper
    for paper in (
        Paper(
            id="1",
            title="“Zen” and attacks",
            authors=(Author("Żak", "A"),),
            published="2022-10-11",
            added="2026-01-01T00:00:00Z",
        ),
        Paper(
            id="2",
            title="zeta functions",
            authors=(Author("Abel", "B"),),
            published="2021",
            status=Status.READ,
            added="2026-01-02T00:00:00Z",
        ),
        Paper(
            id="3",
            title="Énergie",
            published="2022-12-15",
            status=Status.READING,
            star=True,
            changed="2026-02-01T00:00:00Z",
        ),
        Paper(
            id="4",
            title="Attacks",
            authors=(Author(literal="OpenAI"),),
            published="2022-10",
            added="2026-01-03T00:00:00Z",
        ),
    )
}


TRASH = {
    paper.id: paper._replace(deleted="2026-11-23T12:00:00Z")
    for paper in (
        Paper(id="7", title="Dull attacks", published="2020"),
        Paper(id="8", title="Boring", published="2021", star=True, status=Status.READ),
    )
}


def viewed(shelf: Shelf = Shelf.ALL, typed: str = "", order: Order = Order.DATE) -> View:
    return Finder().view(PAPERS, TRASH, shelf=shelf, query=Query.parse(typed), order=order)


def shown(shelf: Shelf = Shelf.ALL, typed: str = "", order: Order = Order.DATE) -> str:
    return "".join(paper.id for paper in viewed(shelf, typed, order).papers)


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        (Order.DATE, "3142"),
        (Order.TITLE, "4312"),
        (Order.AUTHOR, "2413"),
        (Order.STATUS, "4132"),
        (Order.ADDED, "4213"),
        (Order.CHANGED, "3421"),
    ],
)
def test_orders(order: Order, ids: str) -> None:
    assert shown(order=order) == ids


@pytest.mark.parametrize(
    ("shelf", "ids"),
    [
        (Shelf.ALL, "3142"),
        (Shelf.UNREAD, "14"),
        (Shelf.READING, "3"),
        (Shelf.READ, "2"),
        (Shelf.STARRED, "3"),
        (Shelf.TRASH, "87"),
    ],
)
def test_shelves(shelf: Shelf, ids: str) -> None:
    assert shown(shelf=shelf) == ids


def test_counts_are_of_the_whole_library_whatever_is_shown() -> None:
    view = viewed(Shelf.READ, "nothing at all")
    assert view.papers == ()
    assert [view.counts.of(shelf) for shelf in Shelf] == [4, 2, 1, 1, 1, 2, 0]


def test_a_search_stays_on_its_shelf() -> None:
    assert shown(typed="attacks") == "14"
    assert shown(typed="attacks", shelf=Shelf.READ) == ""
    assert shown(typed="attacks", shelf=Shelf.TRASH) == "7"


def test_the_trash_is_sorted_like_the_list() -> None:
    assert shown(Shelf.TRASH, order=Order.TITLE) == "87"
    assert shown(Shelf.TRASH, order=Order.STATUS) == "78"


def test_looking_at_the_list_goes_through_neither_papers_nor_trash_for_the_count_of_the_trash() -> None:
    class Untouched(dict[str, Paper]):
        def __iter__(self) -> Iterator[str]:
            raise AssertionError("gone through")

        keys = values = items = __iter__  # type: ignore[assignment]  # to be refused alike

    view = Finder().view(PAPERS, Untouched(TRASH), shelf=Shelf.ALL, query=Query(), order=Order.DATE)
    assert view.counts.trash == len(TRASH)


@given(st.permutations(list(PAPERS.values())), st.sampled_from(Order))
def test_the_order_does_not_depend_on_where_papers_lie_in_the_file(papers: list[Paper], order: Order) -> None:
    assert sort_papers(papers, order) == sort_papers(PAPERS.values(), order)


_LOOKS = st.tuples(
    st.sampled_from(Shelf), st.sampled_from(["", "a", "at", "attacks", "z", "ze a"]), st.sampled_from(Order)
)


@given(st.lists(st.tuples(_LOOKS, st.sampled_from(["", *PAPERS, *TRASH]), st.booleans()), max_size=8))
def test_what_a_finder_remembers_never_shows(looks: list[tuple[tuple[Shelf, str, Order], str, bool]]) -> None:
    finder, papers, trash = Finder(), dict(PAPERS), dict(TRASH)
    for (shelf, typed, order), changed, moved in looks:
        if changed:
            here, there = (papers, trash) if changed in papers else (trash, papers)
            paper = here.pop(changed)
            if moved:
                there[changed] = paper._replace(deleted="" if paper.deleted else "2026-11-23T12:00:00Z")
            else:
                here[changed] = paper._replace(star=not paper.star, note="attacks")
        query = Query.parse(typed)
        remembered = finder.view(papers, trash, shelf=shelf, query=query, order=order)
        assert remembered == Finder().view(papers, trash, shelf=shelf, query=query, order=order)


_LETTERS = st.text(alphabet="abÄ \"'$_\\{}\n–ż", max_size=6)
_DATES = st.sampled_from(["", "2021", "2021-03", "2021-03-04", "2022-12-31"])
_PAPERS = st.lists(
    st.builds(
        Paper,
        title=_LETTERS,
        authors=st.lists(st.builds(Author, family=_LETTERS, given=_LETTERS), max_size=2).map(tuple),
        published=_DATES,
        issued=_DATES,
        added=st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"]),
        changed=st.sampled_from(["", "2026-03-01T00:00:00Z"]),
        status=st.sampled_from(Status),
    ),
    max_size=8,
).map(lambda papers: [paper._replace(id=str(number)) for number, paper in enumerate(papers)])


@given(_PAPERS, st.sampled_from([order for order in Order if order not in {Order.QUEUE, Order.RELEVANCE}]))
def test_texts_are_sorted_as_papers_are(papers: list[Paper], order: Order) -> None:
    texts = {paper.id: searchable(paper) for paper in papers}
    by_title = sort_by_title(texts)
    found = by_title if order is Order.TITLE else sort_ids(texts, by_title, order)
    assert found == [paper.id for paper in sort_papers(papers, order)]


@given(
    _PAPERS,
    st.lists(
        st.tuples(
            _LOOKS,
            st.dictionaries(st.sampled_from("0123456789"), st.sampled_from(["star", "drop", "title", "date", "gone"])),
        ),
        max_size=6,
    ),
)
def test_a_finder_that_follows_changes_shows_what_one_that_begins_anew_shows(
    papers: list[Paper], looks: list[tuple[tuple[Shelf, str, Order], dict[str, str]]]
) -> None:
    now = Layers({paper.id: paper for paper in papers})
    finder = Finder()
    for (shelf, typed, order), changes in looks:
        query = Query.parse(typed)
        done: dict[str, Paper | None] = {}
        for identifier, change in changes.items():
            paper = now.get(identifier, Paper(id=identifier, title="attacks"))
            done[identifier] = {
                "star": paper._replace(star=not paper.star, queue="" if paper.queue else "00001"),
                "drop": paper._replace(status=Status.DROPPED, changed="2026-04-01T00:00:00Z"),
                "title": paper._replace(title="attacks at night"),
                "date": paper._replace(published="2023"),
                "gone": None,
            }[change]
        now = now.with_changes({key: paper for key, paper in done.items() if paper or key in now})
        followed = finder.view(now, {}, shelf=shelf, query=query, order=order)
        assert followed == Finder().view(now, {}, shelf=shelf, query=query, order=order)
        again = finder.view(now, {}, shelf=shelf, query=query, order=order)
        assert again == followed
