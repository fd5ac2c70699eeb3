"""RIS, as publishers and reference managers write it.

Tags are those of the RIS specification (2011) and of its habits: Zotero, Mendeley, EndNote, Scopus, Web of Science and
SciFinder each use some in their own way.
"""

import re
from typing import Any

from readlist.intake.csl_fields import item_fields
from readlist.intake.fields import one_line
from readlist.intake.gathering import Gathering, add_extra, citation_key, serial_numbers, words
from readlist.intake.identifiers import arxiv_id, doi
from readlist.intake.result import Intake
from readlist.intake.tagged import Layout, TaggedRecord, tagged_records

_LAYOUT = Layout(re.compile(r"\s?([A-Z][A-Z0-9]) {0,2}-(?: (.*)|(?=$))"), {"TY"}, {"ER"})
_NO_TYPE = "The record does not say what it is (it has no TY)."
AUTHORS_CUT = "Authors incomplete: the list was cut at its source."
"""The note by which readlist's own RIS tells of a list that was cut."""

TYPES = {
    "ABST": "article-journal", "ANCIENT": "classic", "ART": "graphic", "BILL": "bill", "BLOG": "post-weblog",
    "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter", "CHART": "graphic", "CLSWK": "classic", "COMP": "software",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "CTLG": "collection", "DATA": "dataset",
    "DBASE": "dataset",
    "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal",
    "ELEC": "webpage", "ENCYC": "entry-encyclopedia", "FIGURE": "figure", "GEN": "document", "GOVDOC": "report",
    "GRANT": "document", "HEAR": "hearing", "ICOMM": "personal_communication", "INPR": "article-journal",
    "JFULL": "periodical", "JOUR": "article-journal", "LEGAL": "legislation", "MANSCPT": "manuscript", "MAP": "map",
    "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "webpage", "MUSIC": "musical_score",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication",
    "RPRT": "report", "SER": "book", "SLIDE": "speech", "SOUND": "song", "STAND": "standard", "STAT": "legislation",
    "STD": "standard", "THES": "thesis", "UNPB": "article", "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
_SUFFIX = re.compile(r"(?:jr|sr|[1-9](?:st|nd|rd|th)|I{2,3}|IV|VI{0,3})\.?", re.IGNORECASE)
_JOURNALS = frozenset(("article-journal", "article-magazine", "article-newspaper"))
_ONE_EACH = {
    "volume": ("VL",),
    "issue": ("IS",),
    "publisher": ("PB",),
    "publisher-place": ("CY", "PP"),
    "edition": ("ET",),
    "language": ("LA",),
    "collection-title": ("T3",),
    "title-short": ("ST",),
    "call-number": ("CN",),
    "number-of-volumes": ("NV",),
    "section": ("SE",),
    "event-place": ("C1",),
    "archive": ("DB", "DP"),
    "archive_location": ("AN",),
}


def read_ris(text: str) -> Intake:
    """Read RIS; a record without its end, or even without its beginning, comes in all the same."""
    found = Gathering("RIS")
    for record in tagged_records(text, _LAYOUT, found):
        found.attempt(record.line, record.shown, lambda record=record: _fields(record))  # type: ignore[misc]  # a bound default
    return found.intake()


def _fields(record: TaggedRecord) -> tuple[dict[str, Any], dict[str, str]]:
    kind = TYPES.get(record.first("TY").upper(), "document")
    first = record.first
    item: dict[str, Any] = {
        "type": kind,
        "title": first("TI", "T1", "CT", *(("BT",) if kind == "book" else ())),
        "author": [_name(name) for name in record.values("AU", "A1")],
        "editor": [_name(name) for name in record.values("ED", *(("A2",) if kind != "book" else ()))],
        "translator": record.values("A4"),
        "container-title": first("JO", "JF", "T2", "BT", "JA", "J2"),
        "container-title-short": first("J2", "JA") if first("JO", "JF", "T2", "BT") else "",
        "page": "-".join(dict.fromkeys(filter(None, (first("SP"), first("EP"))))),
        "abstract": first("AB", "N2"),
        "issued": first("DA") if _fits(first("DA"), first("PY", "Y1")) else first("PY", "Y1", "DA"),
        "accessed": first("Y2"),
        "URL": next((url for value in record.values("UR", "LK") for url in value.split()), ""),
        "keyword": list(words(record.values("KW"))),
        **{name: first(*tags) for name, tags in _ONE_EACH.items()},
    }
    if kind == "book":
        item["collection-editor"] = record.values("A2", "A3")
        item["container-title"], item["collection-title"] = "", first("T3", "T2")
    if kind in _JOURNALS and item["container-title-short"] == item["container-title"]:
        item["container-title-short"] = ""
    fields, extra = item_fields({name: value for name, value in item.items() if value})
    _identify(record, fields, extra)
    notes = record.values("N1")
    if AUTHORS_CUT in notes:
        fields["authors_complete"] = False
    add_extra(extra, "note", [note for note in notes if note != AUTHORS_CUT], "\n")
    fields["files"] = tuple(
        path for value in record.values("L1", "L2", "L3", "L4") if (path := value.strip()) and "//" not in path
    )
    for tag in ("C2", "C3", "C4", "C5", "C6", "C7", "C8", "U1", "U2", "U3", "U4", "U5", "RN", "AD", "AV", "CA", "M2"):
        add_extra(extra, tag, map(one_line, record.values(tag)))
    if not record.starts_well:
        fields["review_reason"] = _NO_TYPE
    return fields, extra


def _name(text: str) -> Any:
    """A name as CSL has it where RIS differs from BibTeX: "Family, Given, Suffix", and "Group," for a group."""
    family, *others = (part.strip() for part in text.split(","))
    if others == [""] and family:
        return {"literal": family}
    if len(others) == 2 and _SUFFIX.fullmatch(others[1]):  # noqa: PLR2004 - the three parts of a name
        return {"family": family, "given": others[0], "suffix": others[1]}
    return text


def _fits(date: str, year: str) -> bool:
    """Whether ``date`` (DA) is the ``year`` (PY) in more detail."""
    return bool(date) and (not year or year[:4] in date)


def _identify(record: TaggedRecord, fields: dict[str, Any], extra: dict[str, str]) -> None:
    serial_numbers(record.values("SN"), extra)
    fields["doi"] = next(
        (bare for value in record.values("DO", "M3", "C7", "UR") if (bare := doi(value))), ""
    ) or one_line(record.first("DO"))
    for tag, name in (("M1", "number"), ("M3", "genre")):
        add_extra(extra, name, [value for value in map(one_line, record.values(tag)) if not doi(value)])
    for name in ("number", "archive_location"):
        if found := arxiv_id(extra.get(name, "")):
            fields["arxiv_id"] = found
            extra.pop(name)
    if fields.get("arxiv_id") and extra.get("archive", "").lower() == "arxiv":
        extra.pop("archive")
    if key := citation_key(record.first("ID")):
        fields["key"] = key
