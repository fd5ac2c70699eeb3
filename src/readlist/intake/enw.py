"""EndNote's tagged format (enw, also called refer), with the tags that its manual lists."""

import re
from typing import Any

from readlist.intake.csl_fields import item_fields
from readlist.intake.fields import one_line
from readlist.intake.gathering import Gathering, citation_key, serial_numbers, words
from readlist.intake.identifiers import doi
from readlist.intake.result import Intake
from readlist.intake.tagged import Layout, TaggedRecord, tagged_records

_LAYOUT = Layout(re.compile(r"%([0-9A-Z@!?&$#(*+~>\[<^])(?:\s+(.*)|$)", re.IGNORECASE), {"0"})
_TYPES = {
    "journal article": "article-journal", "electronic article": "article-journal", "journal": "article-journal",
    "magazine article": "article-magazine", "newspaper article": "article-newspaper", "book": "book",
    "edited book": "book", "electronic book": "book", "book section": "chapter", "conference paper": "paper-conference",
    "conference proceedings": "paper-conference", "conference": "paper-conference", "thesis": "thesis",
    "report": "report", "web page": "webpage", "dataset": "dataset", "computer program": "software",
    "patent": "patent",
    "unpublished work": "manuscript", "manuscript": "manuscript", "blog": "post-weblog",
    "encyclopedia": "entry-encyclopedia", "dictionary": "entry-dictionary",
    "map": "map", "statute": "legislation", "case": "legal_case",
    "government document": "report", "review": "review", "standard": "standard",
}  # fmt: skip
_ONE_EACH = {
    "volume": "V", "issue": "N", "page": "P", "publisher": "I", "publisher-place": "C", "edition": "7", "language": "G",
    "number-of-volumes": "6", "genre": "9", "call-number": "L", "title-short": "!", "archive_location": "M",
}  # fmt: skip


def read_enw(text: str) -> Intake:
    """Read EndNote's import format."""
    found = Gathering("EndNote")
    for record in tagged_records(text, _LAYOUT, found):
        found.attempt(record.line, record.shown, lambda record=record: _fields(record))  # type: ignore[misc]  # a bound default
    return found.intake()


def _fields(record: TaggedRecord) -> tuple[dict[str, Any], dict[str, str]]:
    kind = _TYPES.get(one_line(record.first("0")).lower(), "article-journal" if record.first("J") else "document")
    numbers = record.values("R")
    item: dict[str, Any] = {
        "type": kind,
        "title": one_line(record.first("T")),
        "author": [_comma(name) for value in record.values("A") for name in value.split("\n")],
        "editor": [_comma(name) for value in record.values("E") for name in value.split("\n")],
        "translator": [_comma(name) for name in record.values("?")],
        "container-title": one_line(record.first("J", "B")),
        "collection-title": one_line(record.first("S")),
        "issued": record.first("8") if record.first("D")[:4] in record.first("8") else record.first("D", "8"),
        "accessed": record.first("["),
        "abstract": record.first("X"),
        "URL": next(iter(record.first("U").split()), ""),
        "keyword": list(words(record.values("K"), ";,")),
        "DOI": next((bare for value in numbers if (bare := doi(value))), one_line(numbers[0]) if numbers else ""),
        "note": "\n".join(record.values("O", "Z")),
        **{name: one_line(record.first(tag)) for name, tag in _ONE_EACH.items()},
    }
    fields, extra = item_fields({name: value for name, value in item.items() if value})
    serial_numbers(record.values("@"), extra)
    fields["files"] = tuple(path for path in record.values(">") if "//" not in path)
    if key := citation_key(record.first("F")):
        fields["key"] = key
    return fields, extra


def _comma(name: str) -> str:
    """EndNote ends the name of a group with a comma."""
    return one_line(name).removesuffix(",")
