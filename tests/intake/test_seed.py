import json
from datetime import date
from pathlib import Path

import pytest

import readlist.intake.seed as seed_module
from readlist.intake.listing.reader import read_listing
from readlist.intake.seed import DATA, SeedError, join_identifiers, normal_title, seed_papers
from readlist.paper import Paper

IDENTIFIERS = json.loads((DATA / "identifiers.json").read_text(encoding="utf-8"))
LISTING = (DATA / "listing.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def papers() -> tuple[Paper, ...]:
    return seed_papers()


def test_the_seed_has_the_titles_authors_and_identifiers_of_the_32_papers(papers: tuple[Paper, ...]) -> None:
    assert [paper.title for paper in papers] == [entry["title"] for entry in IDENTIFIERS]
    assert [[author.display for author in paper.authors] for paper in papers] == [e["authors"] for e in IDENTIFIERS]
    assert [(p.arxiv_id, p.doi, p.venue) for p in papers] == [
        (e["arxiv_id"], e["doi"] or "", e["venue"] or "") for e in IDENTIFIERS
    ]
    assert all(paper.authors_complete and not paper.needs_review for paper in papers)
    assert max(len(paper.authors) for paper in papers) == 3303


def test_the_seed_has_what_each_line_of_the_listing_says(papers: tuple[Paper, ...]) -> None:
    lines = LISTING.splitlines()
    for at, paper in enumerate(papers):
        header, body, abstract = lines[3 * at : 3 * at + 3]
        year, month, day = map(int, paper.published.split("-"))
        shown = f"{date(year, month, day):%b} {day}" + ("" if year == 2026 else f", {year}")
        assert header == paper.subject + shown + ("Code" if paper.has_code else "")
        assert body.startswith(paper.title)
        assert paper.abstract == abstract
        tail = " · " + ", ".join(paper.organisations)
        assert body.endswith(tail) if paper.organisations else " · " not in body


def test_the_seed_has_categories_that_are_known_and_no_guess(papers: tuple[Paper, ...]) -> None:
    found = {paper.subject: paper.category for paper in papers if paper.subject != "CV"}
    assert found == {
        "LG": "cs.LG",
        "CL": "cs.CL",
        "HC": "cs.HC",
        "CR": "cs.CR",
        "ML": "stat.ML",
        "IM": "astro-ph.IM",
    } | {"QUANT-PH": "quant-ph"}
    for paper, entry in zip(papers, IDENTIFIERS, strict=True):
        if paper.subject == "CV":  # cs.CV or math.CV: only the identifiers can tell
            assert paper.category == ("cs.CV" if entry["category_confirmed"] else "CV")


def test_reading_the_listing_alone_gives_the_same_titles_and_first_authors(papers: tuple[Paper, ...]) -> None:
    intake = read_listing(LISTING, retrieved=date(2026, 12, 1))
    assert intake.rejects == ()
    for read, seed in zip(intake.papers, papers, strict=True):
        assert (read.title, read.authors) == (seed.title, seed.authors[: len(read.authors)])
        assert read.authors_complete == (len(seed.authors) == len(read.authors))
        assert not read.needs_review


def test_the_seed_does_not_load_the_statistics(papers: tuple[Paper, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readlist.intake.listing.statistics._FILE", Path("/nonexistent"))
    monkeypatch.setattr("readlist.intake.listing.statistics._loaded", [])
    assert seed_papers() == papers


def test_titles_are_joined_whatever_their_accents_case_and_punctuation() -> None:
    listing = "LGMar 3\nThe «Évžen» Effect: a study?Ada Lovelace\nText.\n"
    entry = {**IDENTIFIERS[0], "title": "The Evzen effect — a study", "authors": ["Ada Lovelace", "Alan Turing"]}
    (paper,) = join_identifiers(listing, [entry])
    assert paper.title == "The «Évžen» Effect: a study?"
    assert paper.published == "2026-03-03"
    assert normal_title("A $B_1$—c") == "ab1c"


def test_a_listing_without_identifiers_is_an_error_with_its_line() -> None:
    with pytest.raises(SeedError, match="Line 1 "):
        join_identifiers("LGMar 3\nUnknown titleAda Lovelace\nText.\n", IDENTIFIERS)
    with pytest.raises(SeedError, match="Line 1 "):
        join_identifiers("furniture\n" + LISTING, IDENTIFIERS)
    assert seed_module.RETRIEVED.year == 2026
