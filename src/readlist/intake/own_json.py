"""Papers as ``readlist export --format json`` writes them: everything comes back, marks and times included."""

from typing import Any

from readlist.intake.gathering import NO_OBJECT, Gathering
from readlist.intake.json_records import json_records
from readlist.intake.result import Intake
from readlist.paper import Paper
from readlist.record import RecordError, record_to_paper


def read_own_json(text: str) -> Intake:
    """Read papers written by ``record.paper_to_json``: a list, one object, or one a line.

    A field of the wrong type rejects its paper, and names the field; names that are not fields of a paper are ignored.

    Returns:
        The papers, ``id`` included where it is one: the library keeps it where it is free.
    """
    found = Gathering("readlist JSON")
    for line, value, shown, reason in json_records(text, "papers"):
        if reason:
            found.reject(line, shown, reason)
            continue
        try:
            found.keep(line, _paper(value))
        except RecordError as error:
            found.reject(line, shown, f"{str(error)[:1].upper()}{str(error)[1:]}.")
    return found.intake()


def _paper(value: Any) -> Paper:
    if not isinstance(value, dict):
        raise RecordError(NO_OBJECT.rstrip("."))
    identifier = value.get("id") or ""
    if not isinstance(identifier, str):
        raise RecordError(f"field 'id': str expected, {type(identifier).__name__} found")
    if "title" not in value:
        raise RecordError("field 'title' is missing")
    return record_to_paper(identifier, {name: part for name, part in value.items() if part is not None})
