"""A paper as a CSL-JSON item: what it is, where it appeared, and under which number.

A paper of the library is often an arXiv preprint. Such a paper is cited as a preprint in CSL's way (type ``article``,
publisher arXiv, number ``arXiv:2408.05446``, DOI 10.48550/arXiv.2408.05446: arXiv registers one for every paper)
unless a venue or a publisher's DOI says where it was published.
"""

import re
from collections.abc import Mapping
from typing import Any

from readlist.cite.csl_variables import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES
from readlist.names import family_parts
from readlist.paper import Author, Paper
from readlist.venue import Venue, read_venue

Item = dict[str, Any]
"""A CSL-JSON item."""

OTHERS = "others"
"""The literal name that ends an author list whose rest is not known, as BibTeX's ``and others`` does."""

_ARXIV_DOI = "10.48550/arxiv."
_IN_ARXIV_NUMBER = re.compile(r"arxiv:\s*([a-z.-]+/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?", re.IGNORECASE)
_WORDS_PUBLISHED_TYPES = """
    article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
"""
_WORDS_OF_PUBLICATION = """
    ISBN ISSN PMID PMCID chapter-number collection-number collection-title container-title container-title-short
    edition editor collection-editor container-author event-date event-place event-title number publisher-place
    original-publisher section
"""
_OF_PUBLICATION = frozenset(_WORDS_OF_PUBLICATION.split())
_PUBLISHED_TYPES = frozenset(_WORDS_PUBLISHED_TYPES.split())


def is_cut(names: Any) -> bool:
    """Whether a CSL-JSON name list ends in the word that stands for unknown further names."""
    if not isinstance(names, list) or not names or not isinstance(names[-1], Mapping):
        return False
    return str(names[-1].get("literal", "")).strip().lower().rstrip(".") in (OTHERS, "et al")


def arxiv_number(item: Mapping[str, Any]) -> str:
    """The arXiv id of an item (``2408.05446``), or the empty string."""
    for name, pattern in (("number", _IN_ARXIV_NUMBER), ("archive_location", _IN_ARXIV_NUMBER)):
        found = pattern.fullmatch(str(item.get(name) or "").strip())
        if found:
            return found[1]
    doi = str(item.get("DOI") or "")
    if doi.lower().startswith(_ARXIV_DOI):
        return doi[len(_ARXIV_DOI) :]
    return ""


def published_venue(paper: Paper) -> Venue | None:
    """Where ``paper`` was published; None when it is a preprint, or when its publication is only hearsay."""
    if paper.venue:
        venue = read_venue(paper.venue)
        if venue.is_confirmed and venue.name.lower().replace("e-prints", "").strip() not in (
            "arxiv",
            "arxiv.org",
            "corr",
        ):
            return venue
    return Venue() if _has_publisher_doi(paper) or paper.type in _PUBLISHED_TYPES else None


def as_preprint(paper: Paper) -> Paper:
    """``paper`` as its arXiv preprint: without what is said of its publication; unchanged when it has no arXiv id."""
    if not paper.arxiv_id:
        return paper
    return paper._replace(
        type="article",
        venue="",
        volume="",
        issue="",
        pages="",
        publisher="",
        editors=(),
        doi="" if _has_publisher_doi(paper) else paper.doi,
        issued="" if paper.published else paper.issued,
        extra=tuple((name, value) for name, value in paper.extra if name not in _OF_PUBLICATION),
    )


def _has_publisher_doi(paper: Paper) -> bool:
    return bool(paper.doi) and not paper.doi.lower().startswith(_ARXIV_DOI)


def cited_date(paper: Paper) -> str:
    """The ISO date, maybe partial, that a citation of ``paper`` gives.

    ``issued`` comes first, then the year of the venue, then ``published``. Where the year of the venue is that of
    ``published`` the year alone is given: the day a preprint went public is not the day of the publication.
    """
    venue = published_venue(paper)
    if venue is None:
        return paper.published or paper.issued
    if paper.issued:
        return paper.issued
    return venue.year or (paper.published[:4] if venue.name else paper.published)


def paper_to_item(paper: Paper, *, latex: bool = False) -> Item:
    """The CSL-JSON item of ``paper``.

    Args:
        paper: The paper; only what is known of it goes into the item.
        latex: Keep the LaTeX of the title and abstract (for BibTeX) instead of readable Unicode.
    """
    venue = published_venue(paper)
    item: Item = {"id": paper.key or paper.id, "type": _item_type(paper, venue)}
    _put(item, "title", paper.title if latex else readable(paper.title))
    authors = [author_to_name(author) for author in paper.authors]
    if authors and not paper.authors_complete:
        authors.append({"literal": OTHERS})
    _put(item, "author", authors)
    _put(item, "editor", [author_to_name(editor) for editor in paper.editors])
    date = date_to_csl(cited_date(paper))
    _put(item, "issued", {"date-parts": [date]} if date else None)
    _put(item, "abstract", paper.abstract if latex else readable(paper.abstract))
    if venue is None:
        _put_preprint(item, paper)
    else:
        _put_published(item, paper, venue)
    for name, value in paper.extra:
        if name not in item:
            _put(item, name, _extra_value(name, value))
    return item


def whole_item(paper: Paper, *, latex: bool = False) -> Item:
    """As `paper_to_item`, with what a citation has no use for and a file can hold, under ``custom``.

    That are ``tags`` and ``fields``, the names and texts of ``Paper.extra`` that are no variables of CSL.
    """
    item = paper_to_item(paper, latex=latex)
    fields = {name: value for name, value in paper.extra if name not in item}
    custom = {**item.get("custom", {}), "tags": list(paper.tags), "fields": fields}
    return {**item, "custom": {name: value for name, value in custom.items() if value}}


def _extra_value(name: str, value: str) -> Any:
    """What a field of ``Paper.extra`` is in CSL-JSON; None where CSL has no such variable."""
    if name in NAME_VARIABLES:
        return [_inverted_name(person) for person in value.split("; ")]
    if name in DATE_VARIABLES:
        date = date_to_csl(value)
        return {"date-parts": [date]} if date else {"raw": value}
    return value if name in TEXT_VARIABLES else None


def _inverted_name(text: str) -> dict[str, str]:
    family, comma, given = text.partition(", ")
    return author_to_name(Author(family=family, given=given) if comma else Author(literal=text))


def _item_type(paper: Paper, venue: Venue | None) -> str:
    if venue is None:
        return "article"
    if paper.type in _PUBLISHED_TYPES:
        return paper.type
    return venue.type or "article-journal"


def _put(item: Item, name: str, value: Any) -> None:
    if value:
        item[name] = value


def _put_preprint(item: Item, paper: Paper) -> None:
    if paper.arxiv_id:
        item["publisher"] = "arXiv"
        item["number"] = f"arXiv:{paper.arxiv_id}"
        item["DOI"] = paper.doi or f"10.48550/arXiv.{paper.arxiv_id}"
        item["URL"] = f"https://arxiv.org/abs/{paper.arxiv_id}"
        _put(item, "custom", {"category": paper.category} if "." in paper.category or "-" in paper.category else None)
        return
    _put(item, "publisher", paper.publisher)
    _put(item, "DOI", paper.doi)
    _put(item, "URL", paper.url)


def _put_published(item: Item, paper: Paper, venue: Venue) -> None:
    _put(item, "container-title", readable(venue.name))
    _put(item, "collection-title", venue.series)
    _put(item, "volume", paper.volume or venue.volume)
    _put(item, "issue", paper.issue or venue.issue)
    _put(item, "page", (paper.pages or venue.pages).replace("--", "-"))
    _put(item, "publisher", paper.publisher)
    _put(item, "DOI", paper.doi if _has_publisher_doi(paper) else "")
    _put(
        item,
        "URL",
        paper.url or (f"https://arxiv.org/abs/{paper.arxiv_id}" if paper.arxiv_id and not item.get("DOI") else ""),
    )
    if paper.arxiv_id:
        item["archive"] = "arXiv"
        item["archive_location"] = f"arXiv:{paper.arxiv_id}"
        _put(item, "custom", {"category": paper.category} if "." in paper.category or "-" in paper.category else None)


def author_to_name(author: Author) -> dict[str, str]:
    """The CSL-JSON name of an author: particles and suffix apart from the family name."""
    if author.literal or not (author.family or author.given):
        return {"literal": author.literal}
    if not author.family:
        return {"family": author.given}
    parts = family_parts(author.family)
    name = {
        "family": parts.family,
        "given": author.given,
        "non-dropping-particle": parts.particle,
        "suffix": parts.suffix,
    }
    return {part: text for part, text in name.items() if text}


def issued_parts(item: Mapping[str, Any]) -> list[int]:
    """Year, month and day of an item as far as they are known; empty without a year."""
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [int(part) for part in first if re.fullmatch(r"-?\d+", str(part).strip())]
    if not numbers and isinstance(issued, Mapping):
        found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(issued.get("raw") or issued.get("literal") or ""))
        numbers = [int(part) for part in found.groups() if part] if found else []
    return numbers


def date_to_csl(date: str) -> list[int]:
    """``2022-10`` as ``[2022, 10]``; empty for what is no ISO date."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    return [int(part) for part in found.groups() if part] if found else []


def readable(text: str) -> str:
    """``text`` with its LaTeX as Unicode, for CSL: a ``<`` that could be taken for markup is kept apart."""
    if not text:
        return ""
    from readlist.latex import to_unicode  # noqa: PLC0415 - costs nothing before a paper is cited

    return to_unicode(text)
