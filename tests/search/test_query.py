"""What the search box finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.paper import Author, Paper
from readlist.search.query import Query, searchable

PAPER = Paper(
    title="The Goldilocks zone: Towards better understanding",
    authors=(Author("Fort", "Stanislav"), Author("Scherlis", "Adam")),
    abstract="We explore the loss landscape of neural networks.",
    tags=("geometry",),
    note="Compare with Jastrzębski",
    arxiv_id="1807.02581",
)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "goldi",
        "FORT goldilocks",
        "scherlis adam",
        "geometry",
        "jastrzebski",
        "1807.02581",
        '"loss landscape"',
        '"loss land',
        "landscape loss",
    ],
)
def test_finds_the_paper(typed: str) -> None:
    assert Query.parse(typed).finds(searchable(PAPER))


@pytest.mark.parametrize(
    "typed", ["goldilocks nowhere", '"landscape loss"', '"understanding Stanislav"', '"fort adam"']
)
def test_does_not_find_the_paper(typed: str) -> None:
    assert not Query.parse(typed).finds(searchable(PAPER))


def test_a_title_is_found_as_it_is_read_and_as_it_was_written() -> None:
    text = searchable(Paper(title=r"$\alpha$-divergence"))
    assert Query.parse("α-div").finds(text)
    assert Query.parse(r"$\alpha$-div").finds(text)


@pytest.mark.parametrize("typed", ['"about 5%"', "l_∞=8/255", r"\textit", "erdős", "#ood", "ood"])
def test_what_the_screen_shows_is_found(typed: str) -> None:
    paper = Paper(
        abstract=r"With $L_\infty=8/255$ and \textit{CrossMax} we gain about 5$\%$.",
        authors=(Author(r"Erd\H{o}s", "Paul"),),
        tags=("ood",),
    )
    assert Query.parse(typed).finds(searchable(paper))


@given(
    st.text(alphabet='ab" ', max_size=12), st.text(alphabet='ab" ', max_size=4), st.text(alphabet="ab \n", max_size=30)
)
def test_what_narrows_finds_no_more(typed: str, more: str, text: str) -> None:
    narrow, wide = Query.parse(typed + more), Query.parse(typed)
    if narrow.narrows(wide) and narrow.finds(text):
        assert wide.finds(text)
