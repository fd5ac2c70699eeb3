"""CSL-JSON, as Zotero, Mendeley, Better BibTeX, pandoc and DOI content negotiation write it."""

from readlist.csl_custom import paper_in
from readlist.intake.csl_fields import item_fields
from readlist.intake.gathering import NO_OBJECT, Gathering
from readlist.intake.json_records import json_records
from readlist.intake.result import Intake


def read_csl_json(text: str) -> Intake:
    """Read a list of items, one item, ``{"items": […]}`` (or ``references``), or one item a line.

    Items that ``readlist export`` wrote, and that nobody has changed since, are the papers that they were.
    """
    found = Gathering("CSL-JSON")
    for line, value, shown, reason in json_records(text, "items", "references"):
        if reason or not isinstance(value, dict):
            found.reject(line, shown, reason or NO_OBJECT)
        elif (own := paper_in(value)) is not None and own.title:
            found.keep(line, own)
        else:
            found.attempt(line, shown, lambda item=value: item_fields(item))  # type: ignore[misc]  # a bound default
    return found.intake()
