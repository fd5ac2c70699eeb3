"""Works of Crossref's REST API (https://api.crossref.org/works), one or an answer to a query.

They look like CSL-JSON, but titles are lists, types are Crossref's own, and abstracts are JATS.
"""

import html
import re
from typing import Any

from readlist.intake.csl_fields import Fields, item_fields, other, scalar
from readlist.intake.fields import one_line
from readlist.intake.gathering import NO_OBJECT, Gathering, add_extra
from readlist.intake.json_records import json_records
from readlist.intake.result import Intake

_TYPES = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "book-track": "chapter",
    "reference-entry": "entry-encyclopedia",
    "edited-book": "book",
    "monograph": "book",
    "reference-book": "book",
    "proceedings": "book",
    "book-set": "book",
    "book-series": "book",
    "dissertation": "thesis",
    "posted-content": "article",
    "report-component": "report",
    "peer-review": "review",
    "component": "figure",
    "journal-issue": "periodical",
    "journal": "periodical",
    "database": "dataset",
}
_TEXTS = ("DOI", "URL", "volume", "issue", "language", "source")
_SERIALS = ("ISSN", "ISBN")
_PEOPLE = ("author", "editor", "translator", "chair")
_SAID = ("article-number", "edition-number", "subtype", "group-title", "part-number", "subject", "archive")
_JATS_HEADING = re.compile(r"<(?:jats:)?title\b[^<>]*>\s*Abstract\s*</(?:jats:)?title>", re.IGNORECASE)
_JATS_BLOCK = re.compile(r"</?(?:jats:)?(?:p|sec|title|list|list-item|disp-formula)\b[^<>]*>", re.IGNORECASE)
_JATS_TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")


def read_crossref(text: str) -> Intake:
    """Read one work, a list of works, or an answer with ``message`` (a work, or a list under ``items``)."""
    found = Gathering("Crossref")
    for line, value, shown, reason in json_records(text, "message", "items"):
        work = value.get("message", value) if isinstance(value, dict) else value
        if reason or not isinstance(work, dict):
            found.reject(line, shown, reason or NO_OBJECT)
        else:
            found.attempt(line, shown, lambda work=work: _fields(work))  # type: ignore[misc]  # a bound default
    return found.intake()


def _fields(work: dict[str, Any]) -> Fields:
    item: dict[str, Any] = {name: scalar(work.get(name)) for name in _TEXTS}
    item |= {name: work.get(name) for name in _PEOPLE}
    kind = scalar(work.get("type"))
    item["type"] = _TYPES.get(kind, kind)
    title, subtitle = _first(work.get("title")), _first(work.get("subtitle"))
    item["title"] = f"{title}: {subtitle}" if subtitle and subtitle.lower() not in title.lower() else title
    containers = work.get("container-title")
    item["container-title"] = _first(containers)
    if isinstance(containers, list) and len(containers) > 1:
        item["collection-title"] = item["container-title"]
        item["container-title"] = _text(containers[-1])
    item["container-title-short"] = _first(work.get("short-container-title"))
    item["page"] = scalar(work.get("page")) or scalar(work.get("article-number"))
    item["publisher"] = scalar(work.get("publisher"))
    item["publisher-place"] = scalar(work.get("publisher-location"))
    institution = work.get("institution")
    if kind == "posted-content" and isinstance(institution, list) and institution and isinstance(institution[0], dict):
        item["publisher"] = scalar(institution[0].get("name")) or item["publisher"]
    event = work.get("event")
    if isinstance(event, dict):
        item["event-title"] = scalar(event.get("name"))
        item["event-place"] = scalar(event.get("location"))
    dates = ("issued", "published", "published-print", "published-online", "posted", "created")
    item["issued"] = next((work[name] for name in dates if _has_year(work.get(name))), None)
    item["abstract"] = _abstract(scalar(work.get("abstract")))
    fields, extra = item_fields({name: value for name, value in item.items() if value})
    for name in _SERIALS:
        add_extra(extra, name, [scalar(part) for part in _list(work.get(name))], " ")
    for name in _SAID:
        if name != "article-number" or scalar(work.get(name)) != fields.get("pages"):
            add_extra(extra, "edition" if name == "edition-number" else name, [other(work.get(name))])
    return fields, extra


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> str:
    return next((text for part in _list(value) if (text := _text(part))), "")


def _text(value: Any) -> str:
    """A title: its entities as characters, the markup of formulas (MathML) away; CSL's own is left to `item_fields`."""
    text = html.unescape(scalar(value))
    return one_line(re.sub(r"</?mml:[^<>]*>", "", text))


def _has_year(date: Any) -> bool:
    parts = date.get("date-parts") if isinstance(date, dict) else None
    return isinstance(parts, list) and bool(parts) and isinstance(parts[0], list) and parts[0][:1] not in ([], [None])


def _abstract(jats: str) -> str:
    """An abstract without its JATS elements, one line a paragraph."""
    text = _JATS_BLOCK.sub("\n", _JATS_HEADING.sub("", jats))
    text = html.unescape(_JATS_TAG.sub("", text))
    return "\n".join(line for line in map(one_line, text.split("\n")) if line)
