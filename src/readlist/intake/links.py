"""Plain text that holds identifiers of papers and links to them: each becomes a stub that waits for its details."""

import re
from typing import Any

from readlist.intake.identifiers import DOI, arxiv_id, doi, trimmed_doi
from readlist.intake.result import Intake
from readlist.paper import Paper
from readlist.subjects import is_archive

NOT_FETCHED = "Details not fetched yet."
"""The ``review_reason`` of a stub."""

_URL = r"(?:https?://|www\.)[^\s<>\"\u201c\u201d]+"
_HOST = (
    r"(?<![\w.-])(?:[\w-]{1,63}\.){0,3}"
    r"(?:arxiv\.org|alphaxiv\.org|doi\.org|openreview\.net|aclanthology\.org|semanticscholar\.org|huggingface\.co)"
)

# In running text an arXiv id stands alone: neither a price, nor part of a longer number, version or date. Until 2014
# it has four digits behind the dot, since then five (https://info.arxiv.org/help/arxiv_identifier.html).
_NEW = r"(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5})(?:v\d+)?"
_OLD = r"(?P<archive>[a-z]{1,9}(?:-[a-z]{1,9})?)(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?"
_FIND = re.compile(
    rf"(?P<url>{_URL}|{_HOST}/[^\s<>\"\u201c\u201d]+)"
    rf"|(?:\bdoi:?\s*)?(?P<doi>(?<![\w./-]){DOI})"
    rf"|(?i:\barxiv:\s*)(?P<named>[\w.-]{1, 30}(?:/\d{{7}})?(?:v\d+)?)"
    rf"|(?<![\w.,/$\u20ac\u00a3#-])(?P<new>{_NEW})(?![\w%/-]|[.,]\d)"
    rf"|(?<![\w./-])(?P<old>{_OLD})(?![\w/])"
)
_LONGEST = 2_000
"""Characters of a link or identifier."""

_CLOSING = ".,;:!?'\u2019*_`|"
_OPENREVIEW = re.compile(r"openreview\.net/(?:forum|pdf|attachment)\?(?:[^#]*&)?id=(?P<id>[\w-]+)")
_ACL = re.compile(r"aclanthology\.org/(?P<id>[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)")
_SCHOLAR = re.compile(r"semanticscholar\.org/paper/(?:[^/\s]*/)?(?P<id>[0-9a-f]{40})")
_HUGGING_FACE = re.compile(r"huggingface\.co/papers/(?P<id>[\w./-]+)")
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_links(text: str) -> Intake:
    """Find arXiv ids (both forms, with or without a version), DOIs, and links to papers in ``text``.

    Args:
        text: Any text: a line each, or prose around them.

    Returns:
        A stub for each paper, once, in the order of the text; no paper when none is named. What lies around them is
        not rejected: it is nobody's record.
    """
    papers: list[Paper] = []
    lines: list[int] = []
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(_LINE_END.split(text), 1):
        for match in _FIND.finditer(line):
            fields = _identified(match)
            if not fields:
                continue
            name, value = next(iter(fields.items()))
            if (name, value.lower()) not in seen:
                seen.add((name, value.lower()))
                papers.append(_stub(fields))
                lines.append(number)
    return Intake(tuple(papers), (), tuple(lines), "links")


def _identified(match: "re.Match[str]") -> dict[str, str]:
    """What is known of the paper, the field that tells it from others first; empty when it is none."""
    if len(match[0]) > _LONGEST:
        return {}
    if match["url"]:
        return _from_url(_unclosed(match["url"]))
    if match["doi"]:
        found = arxiv_id(trimmed_doi(match["doi"]))
        return {"arxiv_id": found} if found else {"doi": trimmed_doi(match["doi"])}
    if match["old"] and not is_archive(match["archive"]):
        return {}
    found = arxiv_id((match["named"] or match["new"] or match["old"]).rstrip(_CLOSING))
    return {"arxiv_id": found} if found else {}


def _unclosed(url: str) -> str:
    """The address without the punctuation of the sentence around it."""
    while url and (
        url[-1] in _CLOSING
        or any(url[-1] == end and url.count(end) > url.count(start) for start, end in ("()", "[]", "{}"))
    ):
        url = url[:-1]
    return url


def _from_url(url: str) -> dict[str, str]:
    page = url.partition("#")[0]
    hugging = _HUGGING_FACE.search(page)
    found = arxiv_id(hugging["id"] if hugging else page.partition("?")[0])
    if found:
        return {"arxiv_id": found}
    if "doi.org/" in page and (bare := doi(page)):
        return {"doi": bare}
    if within := re.search(rf"/(?:doi|abs|article|articles|full|pdf)/(?:abs/|full/|pdf/|epdf/)?({DOI})", page):
        return {"doi": trimmed_doi(re.sub(r"(?:\.pdf|/full|/abstract|/pdf)$", "", within[1].partition("?")[0]))}
    for pattern, address in (
        (_OPENREVIEW, "https://openreview.net/forum?id={}"),
        (_ACL, "https://aclanthology.org/{}/"),
        (_SCHOLAR, "https://www.semanticscholar.org/paper/{}"),
    ):
        if match := pattern.search(page):
            return {"url": address.format(match["id"].removesuffix(".pdf"))}
    return {}


def _stub(fields: dict[str, Any]) -> Paper:
    paper = Paper(**fields, review_reason=NOT_FETCHED)
    signs = {"arxiv_id": f"arXiv:{paper.arxiv_id}", "doi": f"doi:{paper.doi}", "url": paper.url.partition("://")[2]}
    return paper._replace(title=signs[next(iter(fields))].rstrip("/"))
