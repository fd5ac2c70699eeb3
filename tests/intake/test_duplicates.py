"""Recognising papers that the library holds already."""

import pytest

from readlist.intake.duplicates import sort_out
from readlist.intake.links import read_links
from readlist.paper import Author, Paper, Status

KNOWN = Paper(
    title="Deep Ensembles: A Loss Landscape Perspective",
    authors=(Author("Fort", "Stanislav"), Author("Hu", "Huiyi")),
    arxiv_id="1912.02757",
    doi="10.1000/ABC",
)


@pytest.mark.parametrize(
    "paper",
    [
        Paper(title="Quite another title", arxiv_id="1912.02757"),
        Paper(title="Quite another title", doi="10.1000/abc"),
        KNOWN._replace(arxiv_id="", doi=""),
        Paper(title="DEEP ensembles — a loss  landscape perspective", authors=(Author("Hu", "H."),)),
        Paper(title="Deep Ensembles: a loss landscape perspective"),
    ],
)
def test_known(paper: Paper) -> None:
    assert sort_out([paper], [KNOWN])[:2] == ((), (paper,))


@pytest.mark.parametrize(
    "paper",
    [
        Paper(title="Deep Ensembles", authors=KNOWN.authors),
        Paper(title=KNOWN.title, authors=(Author("Smith", "Ann"),)),
    ],
)
def test_new(paper: Paper) -> None:
    assert sort_out([paper], [KNOWN])[:2] == ((paper,), ())


def test_twins_within_one_text_count_once() -> None:
    assert sort_out([KNOWN, KNOWN], [])[:2] == ((KNOWN,), (KNOWN,))


BASE = Paper(title="A statistical theory of reading lists", authors=(Author("Lovelace", "Ada"),), published="2020")


@pytest.mark.parametrize(
    "paper",
    [
        BASE._replace(title="A Statistical Theory of Reading-Lists"),
        BASE._replace(title="A statistical theory for reading lists"),
        BASE._replace(title="Statistical theory of reading lists"),
        BASE._replace(title="A statistical th\\'eory of {R}eading lists", published="2022"),
        BASE._replace(authors=(Author("LOVELACE", "A."), Author("Page", "Ann"))),
        BASE._replace(authors=(), published=""),
    ],
)
def test_a_title_that_is_nearly_the_same_is_of_the_same_paper(paper: Paper) -> None:
    assert sort_out([paper], [BASE]).known == (paper,)


@pytest.mark.parametrize(
    "paper",
    [
        BASE._replace(title="A statistical theory of reading lists II"),
        BASE._replace(title="A statistical theory of reading lists, part 2"),
        BASE._replace(title="A statistical theory of reading lists: erratum"),
        BASE._replace(published="2023"),
        BASE._replace(authors=(Author("Page", "Ann"),)),
        BASE._replace(title="[no title]"),
    ],
)
def test_what_a_series_another_year_or_another_author_tells_apart_is_new(paper: Paper) -> None:
    assert sort_out([paper], [BASE]).new == (paper,)


def test_different_identifiers_are_different_papers() -> None:
    one, other = BASE._replace(arxiv_id="2001.00001"), BASE._replace(arxiv_id="2001.00002")
    assert sort_out([other], [one]).new == (other,)
    published = BASE._replace(doi="10.1000/1", arxiv_id="2001.00001")
    assert sort_out([BASE._replace(doi="10.1000/2")], [published]).new
    assert sort_out([BASE._replace(doi="10.48550/arXiv.2001.00001")], [published]).known


def test_a_known_paper_is_completed_and_keeps_what_is_the_users() -> None:
    mine = BASE._replace(
        id="1", authors=(Author("Lovelace", "Ada"),), authors_complete=False, status=Status.READ, star=True,
        tags=("t",), note="n", extra=(("edition", "1"),),
    )  # fmt: skip
    fuller = BASE._replace(
        title="A Statistical Theory of Reading Lists", authors=(Author("Lovelace", "A."), Author("Page", "Ann")),
        venue="Nature", type="article-journal", doi="10.1000/1", tags=("other",), note="other", published="2021",
        extra=(("ISSN", "1"), ("edition", "2")),
    )  # fmt: skip
    (fields,) = sort_out([fuller], [mine]).completed.values()
    assert fields == {
        "authors": fuller.authors,
        "authors_complete": True,
        "venue": "Nature",
        "type": "article-journal",
        "doi": "10.1000/1",
        "extra": (("ISSN", "1"), ("edition", "1")),
    }
    assert sort_out([fuller], [mine._replace(**fields)]).completed == {}


def test_a_stub_takes_over_everything_when_its_details_come() -> None:
    (stub,) = read_links("arXiv:2001.00001").papers
    full = BASE._replace(arxiv_id="2001.00001", abstract="We read.")
    (fields,) = sort_out([full], [stub._replace(id="1", star=True)]).completed.values()
    known = stub._replace(id="1", star=True, **fields)
    assert (known.title, known.abstract, known.review_reason, known.star) == (BASE.title, "We read.", "", True)


def test_a_paper_that_comes_twice_completes_itself() -> None:
    found = sort_out([BASE, BASE._replace(doi="10.1000/1")], [])
    assert [paper.doi for paper in found.new] == ["10.1000/1"]
    assert len(found.known) == 1
