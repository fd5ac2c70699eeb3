"""RIS records, as reference managers exchange them.

The tags are those of the RIS specification (2011): one ``AU`` a line in the form "Family, Given, Suffix". RIS knows
no mark for an author list that was cut, so that a note (``N1``) says it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from readlist.cite.csl_items import is_cut, issued_parts
from readlist.cite.texescape import one_line

_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "paper-conference": "CPAPER",
    "book": "BOOK",
    "chapter": "CHAP",
    "thesis": "THES",
    "report": "RPRT",
    "webpage": "ELEC",
    "post-weblog": "BLOG",
    "dataset": "DATA",
    "software": "COMP",
    "patent": "PAT",
    "entry-encyclopedia": "ENCYC",
    "entry-dictionary": "DICT",
    "legal_case": "CASE",
    "legislation": "STAT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "speech": "SLIDE",
    "bill": "BILL",
    "classic": "CLSWK",
    "collection": "CTLG",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "manuscript": "MANSCPT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "song": "SOUND",
    "standard": "STAND",
}
_TAG = re.compile(r"[A-Z][A-Z0-9]")
_MARKUP = re.compile(r"<(i|b|sc|sub|sup|span)\b[^>]*>(.*?)</\1>")


def write(items: Sequence[Mapping[str, Any]], *, whole: bool = False) -> str:
    """The records of ``items`` (CSL-JSON), each ended by ``ER`` and a blank line apart.

    Args:
        items: the items.
        whole: write keywords, notes and what only some programs know as well.
    """
    return "\n".join("".join(f"{tag}  - {value}\n" for tag, value in _record(item, whole=whole)) for item in items)


def _record(item: Mapping[str, Any], *, whole: bool) -> list[tuple[str, str]]:
    kind = _TYPES.get(str(item.get("type") or ""), "GEN")
    journal = kind in ("JOUR", "MGZN", "NEWS")
    lines = [("TY", kind), ("ID", _text(item, "id"))]
    for tag, variable in (("AU", "author"), ("ED", "editor")):
        lines += [(tag, name) for name in _names(item.get(variable))]
    lines += [
        ("TI", _MARKUP.sub(r"\2", _text(item, "title"))),
        ("JO" if journal else "T2", _text(item, "container-title")),
        ("J2", _text(item, "container-title-short")),
        ("T3", _text(item, "collection-title")),
        *_dates(item),
        ("VL", _text(item, "volume")),
        ("IS", _text(item, "issue")),
        *_pages(item),
        ("PB", _text(item, "publisher")),
        ("CY", _text(item, "publisher-place")),
        ("ET", _text(item, "edition")),
        ("SN", _text(item, "ISBN")),
        ("SN", _text(item, "ISSN")),
        ("M1", _text(item, "number")),
        ("M3", _text(item, "genre")),
        ("DO", _text(item, "DOI")),
        ("UR", _text(item, "URL")),
        ("DB", _text(item, "archive")),
        ("AN", _text(item, "archive_location")),
        ("LA", _text(item, "language")),
        ("AB", _MARKUP.sub(r"\2", _text(item, "abstract"))),
    ]
    if whole:
        lines += _further(item)
    if is_cut(item.get("author")):
        lines.append(("N1", "Authors incomplete: the list was cut at its source."))
    return [(tag, value) for tag, value in lines if value] + [("ER", "")]


def _further(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What only a file for another program holds."""
    custom = item.get("custom") or {}
    return [
        ("ST", _text(item, "title-short")),
        ("NV", _text(item, "number-of-volumes")),
        ("SE", _text(item, "section")),
        ("CN", _text(item, "call-number")),
        ("C1", _text(item, "event-place")),
        *(("A4", name) for name in _names(item.get("translator"))),
        *(("KW", one_line(tag)) for tag in custom.get("tags", ())),
        ("N1", _text(item, "note")),
        *((tag, one_line(text)) for tag, text in custom.get("fields", {}).items() if _TAG.fullmatch(tag)),
    ]


def _text(item: Mapping[str, Any], variable: str) -> str:
    value = item.get(variable)
    return "" if value is None or isinstance(value, (dict, list)) else one_line(str(value))


def _names(names: Any) -> list[str]:
    if not isinstance(names, list):
        return []
    known = names[:-1] if is_cut(names) else names
    return [text for name in known if isinstance(name, Mapping) and (text := _name(name))]


def _name(name: Mapping[str, Any]) -> str:
    if name.get("literal") and not name.get("family"):
        literal = one_line(str(name["literal"]))
        # EndNote's way to say that the last word of a group is no family name.
        return f"{literal}," if " " in literal and "," not in literal else literal
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"), name.get("family"))
    family = " ".join(str(part) for part in particles if part)
    parts = (family or str(name.get("given") or ""), str(name.get("given") or "") if family else "", name.get("suffix"))
    return ", ".join(one_line(str(part)) for part in parts if part)


def _dates(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    date = issued_parts(item)
    if not date:
        return []
    whole = "/".join(f"{part:02}" if place else f"{part:04}" for place, part in enumerate(date))
    return [("PY", f"{date[0]:04}"), ("DA", whole + "/" * (3 - len(date)))]


def _pages(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    first, _, last = (part.strip() for part in re.sub(r"[-\u2013]+", "-", _text(item, "page")).partition("-"))
    return [("SP", first), ("EP", last)]
