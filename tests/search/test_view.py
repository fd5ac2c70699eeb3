"""The list as it is shown: shelves, counts, orders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.paper import Author, Paper, Status
from readlist.search.query import Query
from readlist.search.view import Finder, Order, Shelf, make_view, sort_papers

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


def shown(**arguments: object) -> str:
    return "".join(paper.id for paper in make_view(PAPERS, **arguments).papers)  # type: ignore[arg-type]  # named as given


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
    [(Shelf.ALL, "3142"), (Shelf.UNREAD, "14"), (Shelf.READING, "3"), (Shelf.READ, "2"), (Shelf.STARRED, "3")],
)
def test_shelves(shelf: Shelf, ids: str) -> None:
    assert shown(shelf=shelf) == ids


def test_counts_are_of_the_whole_library_whatever_is_shown() -> None:
    view = make_view(PAPERS, shelf=Shelf.READ, query=Query.parse("nothing at all"))
    assert view.papers == ()
    assert [view.counts.of(shelf) for shelf in Shelf] == [4, 2, 1, 1, 1]


def test_a_search_stays_on_its_shelf() -> None:
    assert shown(query=Query.parse("attacks")) == "14"
    assert shown(query=Query.parse("attacks"), shelf=Shelf.READ) == ""


@given(st.permutations(list(PAPERS.values())), st.sampled_from(Order))
def test_the_order_does_not_depend_on_where_papers_lie_in_the_file(papers: list[Paper], order: Order) -> None:
    assert sort_papers(papers, order) == sort_papers(PAPERS.values(), order)


_LOOKS = st.tuples(
    st.sampled_from(Shelf), st.sampled_from(["", "a", "at", "attacks", "z", "ze a"]), st.sampled_from(Order)
)


@given(st.lists(st.tuples(_LOOKS, st.sampled_from(["", *PAPERS])), max_size=8))
def test_what_a_finder_remembers_never_shows(looks: list[tuple[tuple[Shelf, str, Order], str]]) -> None:
    finder, papers = Finder(), dict(PAPERS)
    for (shelf, typed, order), changed in looks:
        if changed:
            papers[changed] = papers[changed]._replace(star=not papers[changed].star, note="attacks")
        query = Query.parse(typed)
        remembered = make_view(papers, shelf=shelf, query=query, order=order, finder=finder)
        assert remembered == make_view(papers, shelf=shelf, query=query, order=order)
