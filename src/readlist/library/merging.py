"""Two or more papers that are one: what the one takes over from the others."""

import re
from collections.abc import Sequence
from typing import Any

from readlist.paper import Paper
from readlist.statuses import Role, current

_FILLED = (
    "title", "editors", "organisations", "subject", "category", "published", "issued", "abstract", "arxiv_id", "doi",
    "url", "code_url", "venue", "volume", "issue", "pages", "publisher", "files", "key", "started", "finished",
)  # fmt: skip
"""Fields that are taken over where the kept paper has nothing."""

_BETWEEN_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n")
_FURTHEST = (Role.NEW, Role.ASIDE, Role.UNKNOWN, Role.BETWEEN, Role.DONE)


def merged_fields(kept: Paper, others: Sequence[Paper]) -> dict[str, Any]:
    """The fields of ``kept`` once it has taken over what it lacks from ``others``; no note, tag or star is lost."""
    papers = [kept, *others]
    fields: dict[str, Any] = {
        name: value
        for name in _FILLED
        if not getattr(kept, name) and (value := next((v for p in others if (v := getattr(p, name))), None))
    }
    fullest = max(papers, key=lambda paper: (bool(paper.authors) and paper.authors_complete, len(paper.authors)))
    if fullest is not kept and not (kept.authors and kept.authors_complete):
        fields |= {"authors": fullest.authors, "authors_complete": fullest.authors_complete}
    if kept.type == "article" and (published := next((p for p in others if p.type != "article"), None)):
        fields["type"] = published.type
    known = dict(pair for paper in reversed(papers) for pair in paper.extra)
    fields["extra"] = tuple(sorted(known.items()))
    fields["status"] = max((paper.status for paper in papers), key=_how_far)
    fields["queue"] = min(filter(None, (paper.queue for paper in papers)), default="")
    fields["star"] = any(paper.star for paper in papers)
    fields["has_code"] = any(paper.has_code for paper in papers)
    fields["tags"] = tuple(dict.fromkeys(tag for paper in papers for tag in paper.tags))
    note = ""
    for paper in papers:
        note = both_notes(note, paper.note)
    return {**fields, "note": note}


def _how_far(status: str) -> tuple[int, int]:
    statuses = current()
    return _FURTHEST.index(statuses.roles[status]), statuses.rank(status)


def both_notes(first: str, second: str) -> str:
    """One note with the text of both; what the other holds already, as paragraphs of its own, is not said twice."""
    if _is_part(second, first):
        return first
    if _is_part(first, second):
        return second
    return f"{first.rstrip()}\n\n{second}"


def _is_part(part: str, whole: str) -> bool:
    wanted, there = _paragraphs(part), _paragraphs(whole)
    return any(there[start : start + len(wanted)] == wanted for start in range(len(there) - len(wanted) + 1))


def _paragraphs(note: str) -> list[str]:
    """The paragraphs of ``note`` without the blanks around them; none of a blank note."""
    return [paragraph.strip() for paragraph in _BETWEEN_PARAGRAPHS.split(note.strip()) if paragraph.strip()]
