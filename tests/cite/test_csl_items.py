"""What a paper is when it is cited: a preprint or a publication, with the right date."""

from typing import Any

import pytest

from readlist.cite.csl_items import as_preprint, author_to_name, cited_date, paper_to_item
from readlist.paper import Author, Paper


def _paper(**fields: Any) -> Paper:
    return Paper(
        **{
            "title": "T",
            "published": "2018-12-17",
            "arxiv_id": "1812.06693",
            "category": "quant-ph",
            "key": "k",
            **fields,
        }
    )


def test_a_preprint() -> None:
    assert paper_to_item(_paper()) == {
        "id": "k",
        "type": "article",
        "title": "T",
        "issued": {"date-parts": [[2018, 12, 17]]},
        "publisher": "arXiv",
        "number": "arXiv:1812.06693",
        "DOI": "10.48550/arXiv.1812.06693",
        "URL": "https://arxiv.org/abs/1812.06693",
        "custom": {"category": "quant-ph"},
    }


def test_a_journal_paper() -> None:
    item = paper_to_item(_paper(venue="npj Quantum Information 7:105 (2021)", doi="10.1038/s41534-021-00436-9"))
    assert item["type"] == "article-journal"
    assert (item["container-title"], item["volume"], item["page"]) == ("npj Quantum Information", "7", "105")
    assert item["issued"] == {"date-parts": [[2021]]}
    assert item["DOI"] == "10.1038/s41534-021-00436-9"
    assert "publisher" not in item


def test_a_conference_paper() -> None:
    item = paper_to_item(_paper(venue="ICML 2021, PMLR v139 (lucas21a)"))
    assert item["type"] == "paper-conference"
    assert item["container-title"] == "ICML 2021"
    assert item["collection-title"] == "Proceedings of Machine Learning Research"
    assert item["volume"] == "139"


@pytest.mark.parametrize("venue", ["ICLR 2026 (secondary)", "arXiv", "CoRR"])
def test_hearsay_is_cited_as_the_preprint(venue: str) -> None:
    assert paper_to_item(_paper(venue=venue))["number"] == "arXiv:1812.06693"


def test_a_publishers_doi_alone_means_published() -> None:
    item = paper_to_item(_paper(doi="10.1038/nature1"))
    assert (item["type"], item["DOI"]) == ("article-journal", "10.1038/nature1")
    assert paper_to_item(_paper(doi="10.48550/ARXIV.1812.06693"))["type"] == "article"


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ({}, "2018-12-17"),
        ({"venue": "Nature"}, "2018"),
        ({"venue": "AAAI 2019"}, "2019"),
        ({"venue": "AAAI 2019", "issued": "2019-01-29"}, "2019-01-29"),
        ({"published": "2018"}, "2018"),
    ],
)
def test_the_date_of_a_citation(fields: dict[str, str], date: str) -> None:
    assert cited_date(_paper(**fields)) == date


def test_fields_of_the_paper_win_over_the_venue_line() -> None:
    item = paper_to_item(_paper(venue="Nature 1, 2 (2021)", volume="9", pages="3--4"))
    assert (item["volume"], item["page"]) == ("9", "3-4")


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (
            Author("van den Driessche", "George"),
            {"family": "Driessche", "given": "George", "non-dropping-particle": "van den"},
        ),
        (Author("King Jr.", "M."), {"family": "King", "given": "M.", "suffix": "Jr."}),
        (Author("Plato"), {"family": "Plato"}),
        (Author("", "Plato"), {"family": "Plato"}),
        (Author(literal="OpenAI"), {"literal": "OpenAI"}),
    ],
)
def test_names(author: Author, name: dict[str, str]) -> None:
    assert author_to_name(author) == name


def test_a_cut_list_ends_in_others_and_mathematics_is_readable() -> None:
    item = paper_to_item(_paper(title="On $L_\\infty$", authors=(Author("Fort", "S."),), authors_complete=False))
    assert item["author"][-1] == {"literal": "others"}
    assert item["title"] == "On L_∞"
    assert paper_to_item(_paper(title="On $L_\\infty$"), latex=True)["title"] == "On $L_\\infty$"


def test_a_published_paper_is_a_preprint_again_on_request() -> None:
    published = _paper(
        venue="npj Quantum Information 7:105 (2021)",
        doi="10.1038/s41534-021-00436-9",
        type="article-journal",
        issued="2021-07-01",
        volume="7",
        pages="105",
        publisher="Nature",
        extra=(("ISSN", "2056-6387"), ("language", "en")),
    )
    assert as_preprint(published) == _paper(type="article", extra=(("language", "en"),))
    assert paper_to_item(as_preprint(published)) == {**paper_to_item(_paper()), "language": "en"}


def test_what_is_not_on_arxiv_has_no_preprint() -> None:
    paper = _paper(arxiv_id="", venue="Nature", doi="10.1038/1")
    assert as_preprint(paper) == paper


def test_the_date_of_publication_stands_in_for_one_that_is_unknown() -> None:
    assert cited_date(as_preprint(_paper(published="", issued="2021-07", venue="Nature"))) == "2021-07"
