"""Fields of a BibTeX entry that no bibliography prints: abstract, keywords, and what only some programs know.

Names are those of BibLaTeX (manual, section 2.2) also in BibTeX files, whose styles pass over what they do not know.
"""

import re
from collections.abc import Mapping
from typing import Any

from readlist.cite.bibtex_names import write_names
from readlist.cite.csl_items import issued_parts
from readlist.cite.texescape import escape_latex, escape_text, one_line

_FIELDS = {
    "title-short": "shorttitle",
    "container-title-short": "shortjournal",
    "original-title": "origtitle",
    "event-title": "eventtitle",
    "event-place": "venue",
    "version": "version",
    "chapter-number": "chapter",
    "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes",
    "volume": "volume",
    "medium": "howpublished",
    "genre": "type",
    "source": "library",
    "call-number": "lccn",
    "PMID": "pmid",
    "PMCID": "pmcid",
}
_PEOPLE = {"translator": "translator", "container-author": "bookauthor"}
_DATES = {"accessed": "urldate", "original-date": "origdate"}
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_-]{1,40}")
_FULL_DATE = 3


def further_fields(item: Mapping[str, Any], *, biblatex: bool, latex: bool) -> dict[str, str]:
    """Name and value of each such field of ``item`` (see `csl_items.whole_item`), in this order.

    Args:
        item: a CSL-JSON item.
        biblatex: Whether the entry is BibLaTeX's; a BibTeX entry has its day in a field of its own.
        latex: Whether the abstract is LaTeX.
    """
    custom = item.get("custom") or {}
    date = issued_parts(item)
    abstract = str(item.get("abstract") or "")
    fields = {
        "day": f"{date[2]}" if not biblatex and len(date) == _FULL_DATE else "",
        "langid" if biblatex else "language": escape_text(str(item.get("language") or "")),
        **{field: escape_text(str(item.get(name) or "")) for name, field in _FIELDS.items()},
        **{field: write_names(item.get(name)) for name, field in _PEOPLE.items()},
        **{field: _date(item.get(name)) for name, field in _DATES.items()},
        "keywords": ", ".join(escape_text(tag) for tag in custom.get("tags", ())),
        "abstract": escape_latex(abstract) if latex else escape_text(abstract),
        **{
            name: escape_text(one_line(text))
            for name, text in custom.get("fields", {}).items()
            if _FIELD_NAME.fullmatch(name)
        },
    }
    return {name: value for name, value in fields.items() if value}


def _date(value: Any) -> str:
    parts = issued_parts({"issued": value})
    return "-".join(f"{part:02}" if place else f"{part:04}" for place, part in enumerate(parts))
