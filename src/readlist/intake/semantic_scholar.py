"""Answers of Semantic Scholar's Academic Graph API (https://api.semanticscholar.org/api-docs/graph)."""

from typing import Any

from readlist.intake.csl_fields import Fields, scalar
from readlist.intake.fields import iso_date, people
from readlist.intake.gathering import NO_OBJECT, Gathering
from readlist.intake.json_records import json_records
from readlist.intake.result import Intake

NOT_FOUND = "Semantic Scholar did not find this paper."
_TYPES = {
    "Book": "book",
    "BookSection": "chapter",
    "Conference": "paper-conference",
    "Dataset": "dataset",
    "JournalArticle": "article-journal",
    "Review": "article-journal",
    "CaseReport": "article-journal",
    "News": "article-newspaper",
}
_IDENTIFIERS = {"PubMed": "PMID", "PubMedCentral": "PMCID", "ACL": "ACL", "DBLP": "DBLP", "MAG": "MAG"}


def read_semantic_scholar(text: str) -> Intake:
    """Read one paper, a list of papers (null for one that was not found), or an answer with ``data``.

    Citations and recommendations, which wrap each paper (``citedPaper``, ``citingPaper``, ``recommendedPapers``), too.
    """
    found = Gathering("Semantic Scholar")
    for line, value, shown, reason in json_records(text, "data", "recommendedPapers"):
        paper = value
        if isinstance(value, dict):
            paper = value.get("citedPaper") or value.get("citingPaper") or value
        if reason or value is None:
            found.reject(line, shown, reason or NOT_FOUND)
        elif not isinstance(paper, dict):
            found.reject(line, shown, NO_OBJECT)
        else:
            found.attempt(line, shown, lambda paper=paper: _fields(paper))  # type: ignore[misc]  # a bound default
    return found.intake()


def _fields(paper: dict[str, Any]) -> Fields:
    identifiers = _object(paper.get("externalIds"))
    journal = _object(paper.get("journal"))
    venue = scalar(_object(paper.get("publicationVenue")).get("name")) or scalar(journal.get("name"))
    listed = paper.get("authors")
    names = [scalar(_object(author).get("name")) for author in listed] if isinstance(listed, list) else []
    authors, complete = people(names)
    published = iso_date(scalar(paper.get("publicationDate"))) or iso_date(scalar(paper.get("year")))
    venue = scalar(paper.get("venue")) or venue
    fields: dict[str, Any] = {
        "title": scalar(paper.get("title")),
        "authors": authors,
        "authors_complete": complete,
        "published": published,
        "abstract": scalar(paper.get("abstract")),
        "venue": venue,
        "volume": scalar(journal.get("volume")),
        "pages": scalar(journal.get("pages")).replace(" ", ""),
        "doi": scalar(identifiers.get("DOI")),
        "arxiv_id": scalar(identifiers.get("ArXiv")),
        "url": scalar(paper.get("url")),
        "type": _type(paper, venue),
    }
    if fields["type"] != "article" and venue.lower() not in ("arxiv.org", "arxiv"):
        fields["issued"] = published
    extra = {name: scalar(identifiers.get(source)) for source, name in _IDENTIFIERS.items()}
    extra["paperId"] = scalar(paper.get("paperId"))
    return fields, extra


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _type(paper: dict[str, Any], venue: str) -> str:
    said = paper.get("publicationTypes")
    kinds = (
        [_TYPES[kind] for kind in said if isinstance(kind, str) and kind in _TYPES] if isinstance(said, list) else []
    )
    where = scalar(_object(paper.get("publicationVenue")).get("type"))
    if where == "conference" or "paper-conference" in kinds:
        return "paper-conference"
    return kinds[0] if kinds else "article-journal" if venue else "article"
