"""Web of Science's plain text (FN, PT, …, ER, EF), with the field tags that its help lists."""

import re
from typing import Any

from readlist.intake.csl_fields import item_fields
from readlist.intake.fields import one_line
from readlist.intake.gathering import Gathering, serial_numbers, words
from readlist.intake.result import Intake
from readlist.intake.tagged import Layout, TaggedRecord, tagged_records

_LAYOUT = Layout(re.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)"), {"PT"}, {"ER"}, {"FN", "VR", "EF"})
_KINDS = {"J": "article-journal", "B": "book", "S": "chapter", "P": "patent", "C": "paper-conference"}


def read_web_of_science(text: str) -> Intake:
    """Read the plain text that Web of Science exports."""
    found = Gathering("Web of Science")
    for record in tagged_records(text, _LAYOUT, found):
        found.attempt(record.line, record.shown, lambda record=record: _fields(record))  # type: ignore[misc]  # a bound default
    return found.intake()


def _fields(record: TaggedRecord) -> tuple[dict[str, Any], dict[str, str]]:
    kind = _KINDS.get(record.first("PT"), "document")
    if kind == "article-journal" and "proceedings" in record.first("DT").lower():
        kind = "paper-conference"
    month = record.first("PD").split("-")[0]
    item: dict[str, Any] = {
        "type": kind,
        "title": one_line(record.first("TI")),
        "author": [*_people(record, "AF", "AU"), *({"literal": one_line(name)} for name in record.values("CA", "GP"))],
        "editor": _people(record, "BE", "ED"),
        "container-title": one_line(record.first("SO")),
        "container-title-short": record.first("J9"),
        "collection-title": one_line(record.first("SE")),
        "volume": record.first("VL"),
        "issue": record.first("IS"),
        "page": "-".join(filter(None, (record.first("BP"), record.first("EP")))) or record.first("AR"),
        "issued": f"{month} {record.first('PY')}".strip(),
        "abstract": one_line(record.first("AB")),
        "publisher": one_line(record.first("PU")),
        "publisher-place": record.first("PI"),
        "event-title": one_line(record.first("CT")),
        "language": record.first("LA"),
        "DOI": record.first("DI"),
        "PMID": record.first("PM"),
        "keyword": list(words(map(one_line, record.values("DE", "ID")))),
        "archive_location": record.first("UT"),
    }
    fields, extra = item_fields({name: value for name, value in item.items() if value})
    serial_numbers(record.values("SN", "EI", "BN"), extra)
    return fields, extra


def _people(record: TaggedRecord, *tags: str) -> list[str]:
    """The names under the first of ``tags`` that is there: a line each."""
    return [one_line(name) for name in record.first(*tags).split("\n") if name.strip()]
