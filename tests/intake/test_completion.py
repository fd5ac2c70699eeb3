"""Cut author lists, completed from the packaged identifiers."""

import json

import pytest

from readlist.intake.completion import complete_authors
from readlist.intake.seed import DATA
from readlist.names import split_name
from readlist.paper import Author, Paper

KNOWN = json.loads((DATA / "identifiers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", KNOWN, ids=lambda entry: entry["title"][:30])
def test_every_packaged_paper_is_completed_by_its_title(entry: dict[str, object]) -> None:
    names = [split_name(name) for name in entry["authors"]]  # type: ignore[attr-defined]  # JSON has no types
    paper = Paper(title=str(entry["title"]), authors=tuple(names[:1]), authors_complete=False)
    assert complete_authors(paper) == tuple(names)


def paper(**fields: object) -> Paper:
    entry = next(entry for entry in KNOWN if entry["arxiv_id"] == "2210.05546")
    first = split_name(entry["authors"][0])
    return Paper(title="Another title", authors=(first,), authors_complete=False)._replace(**fields)  # type: ignore[arg-type]  # the tests give the right types


def test_the_arxiv_id_is_enough() -> None:
    authors = complete_authors(paper(arxiv_id="2210.05546"))
    assert authors is not None
    assert [author.family for author in authors] == ["Fort", "Cubuk", "Ganguli", "Schoenholz"]


def test_a_doi_is_enough_whatever_its_case() -> None:
    entry = next(entry for entry in KNOWN if entry["doi"])
    cut = Paper(doi=entry["doi"].upper(), authors=(split_name(entry["authors"][0]),), authors_complete=False)
    assert len(complete_authors(cut) or ()) == len(entry["authors"])


def test_what_the_user_has_corrected_stays() -> None:
    corrected = Author(family="Fort", given="S.")
    authors = complete_authors(paper(arxiv_id="2210.05546", authors=(corrected,)))
    assert authors is not None
    assert authors[0] == corrected
    assert len(authors) == 4


def test_another_paper_of_that_title_is_not_completed() -> None:
    assert complete_authors(paper(arxiv_id="2210.05546", authors=(Author("Else", "Someone"),))) is None


def test_more_authors_than_are_known_are_not_thrown_away() -> None:
    many = tuple(
        split_name(name) for name in ("Stanislav Fort", "Ekin Dogus Cubuk", "Surya Ganguli", "S. Schoenholz", "A B")
    )
    assert complete_authors(paper(arxiv_id="2210.05546", authors=many)) is None


def test_what_is_not_known_is_told() -> None:
    assert complete_authors(paper()) is None
    assert complete_authors(Paper(authors_complete=False)) is None
