"""PubMed's own format (nbib, MEDLINE display): https://www.nlm.nih.gov/bsd/mms/medlineelements.html."""

import re
from typing import Any

from readlist.intake.csl_fields import item_fields
from readlist.intake.fields import iso_date, one_line
from readlist.intake.gathering import Gathering, add_extra, serial_numbers
from readlist.intake.result import Intake
from readlist.intake.tagged import Layout, TaggedRecord, tagged_records

_LAYOUT = Layout(re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)"), {"PMID"})
_IDENTIFIER = re.compile(r"(\S+) \[(\w+)\]")
_KINDS = {
    "Book": "book",
    "Book Chapter": "chapter",
    "Preprint": "article",
    "Dataset": "dataset",
    "Technical Report": "report",
    "Academic Dissertation": "thesis",
    "Newspaper Article": "article-newspaper",
}


def read_nbib(text: str) -> Intake:
    """Read what PubMed exports for citation managers."""
    found = Gathering("PubMed")
    for record in tagged_records(text, _LAYOUT, found):
        found.attempt(record.line, record.shown, lambda record=record: _fields(record))  # type: ignore[misc]  # a bound default
    return found.intake()


def _fields(record: TaggedRecord) -> tuple[dict[str, Any], dict[str, str]]:
    kinds = record.values("PT")
    identifiers = {
        match[2]: match[1] for value in record.values("LID", "AID") if (match := _IDENTIFIER.fullmatch(one_line(value)))
    }
    title = one_line(record.first("TI", "BTI", "CTI", "TT"))
    item: dict[str, Any] = {
        "type": next((_KINDS[kind] for kind in kinds if kind in _KINDS), "article-journal"),
        "title": title.removesuffix(".") if not title.endswith("..") else title,
        "author": [*_people(record), *({"literal": one_line(name)} for name in record.values("CN"))],
        "editor": [_inverted(name) for name in record.values("FED") or record.values("ED")],
        "container-title": one_line(record.first("JT", "BTI", "TA")),
        "container-title-short": one_line(record.first("TA")) if record.first("JT") else "",
        "volume": record.first("VI"),
        "issue": record.first("IP"),
        "page": record.first("PG"),
        "issued": iso_date(record.first("DEP")) or record.first("DP"),
        "abstract": one_line(record.first("AB")),
        "publisher": record.first("PB"),
        "publisher-place": record.first("PL"),
        "edition": record.first("EN"),
        "language": ", ".join(record.values("LA")),
        "DOI": identifiers.get("doi", ""),
        "PMID": record.first("PMID"),
        "PMCID": record.first("PMC"),
        "keyword": list(dict.fromkeys(map(one_line, record.values("OT")))),
        "note": "\n".join(record.values("GN")),
    }
    item["issued"] = _published(record)
    fields, extra = item_fields({name: value for name, value in item.items() if value})
    serial_numbers([re.sub(r"\(.*", "", value) for value in record.values("IS", "ISBN")], extra)
    add_extra(extra, "MeSH", map(one_line, record.values("MH")))
    return fields, extra


def _published(record: TaggedRecord) -> str:
    """The date of the issue (DP), or of the electronic publication (DEP) where that says more of the same year."""
    printed, electronic = iso_date(record.first("DP")), iso_date(_spaced(record.first("DEP")))
    return electronic if electronic[:4] == printed[:4] and len(electronic) > len(printed) else printed or electronic


def _spaced(date: str) -> str:
    """``20160419`` as ``2016-04-19``."""
    return f"{date[:4]}-{date[4:6]}-{date[6:]}" if re.fullmatch(r"\d{8}", date) else date


def _people(record: TaggedRecord) -> list[Any]:
    full = record.values("FAU")
    return [one_line(name) for name in full] if full else [_inverted(name) for name in record.values("AU")]


def _inverted(name: str) -> str:
    """PubMed's short form "Shruthi BS" as "Shruthi, B. S."; a full one as it is."""
    match = re.fullmatch(r"(.+?) ([A-Z]{1,4})(?: (Jr|Sr|2nd|3rd))?", one_line(name))
    if "," in name or match is None:
        return one_line(name)
    family = f"{match[1]} {match[3]}" if match[3] else match[1]
    return f"{family}, {' '.join(f'{letter}.' for letter in match[2])}"
