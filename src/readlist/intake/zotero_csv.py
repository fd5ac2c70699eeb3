"""Zotero's CSV: a heading that names the columns, a row an item."""

import csv
import re
from typing import Any

from readlist.intake.csl_fields import item_fields
from readlist.intake.gathering import Gathering, add_extra, clean, words
from readlist.intake.result import Intake
from readlist.intake.zotero import TYPES, plain_note

_BROKEN = "The row could not be read: a quotation mark is missing or stands in the middle."
_SHORT = "The row has other columns than the heading."
_LONGEST_CELL = 10_000_000
"""Characters; a snapshot's whole text may lie in a note."""

_VARIABLES = {
    "Title": "title", "Publication Title": "container-title", "ISBN": "ISBN", "ISSN": "ISSN", "DOI": "DOI",
    "Url": "URL", "Abstract Note": "abstract", "Date": "issued", "Access Date": "accessed", "Pages": "page",
    "Num Pages": "number-of-pages", "Issue": "issue", "Volume": "volume", "Number Of Volumes": "number-of-volumes",
    "Journal Abbreviation": "container-title-short", "Short Title": "title-short", "Series": "collection-title",
    "Series Number": "collection-number", "Publisher": "publisher", "Place": "publisher-place", "Language": "language",
    "Rights": "license", "Type": "genre", "Archive": "archive", "Archive Location": "archive_location",
    "Library Catalog": "source", "Call Number": "call-number", "Extra": "note", "Number": "number",
    "Edition": "edition",
    "Medium": "medium", "Section": "section", "Conference Name": "event-title", "Meeting Name": "event-title",
    "Version": "version", "Author": "author", "Editor": "editor", "Series Editor": "collection-editor",
    "Translator": "translator", "Contributor": "contributor", "Book Author": "container-author",
}  # fmt: skip
_PEOPLE = frozenset(("author", "editor", "collection-editor", "translator", "contributor", "container-author"))


def read_zotero_csv(text: str) -> Intake:
    """Read Zotero's CSV; a row that is broken is rejected, and the next one read."""
    found = Gathering("Zotero CSV")
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(clean(text).splitlines(keepends=True))
    heading: list[str] = []
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return found.intake()
        except csv.Error:
            found.reject(line, "", _BROKEN)
            continue
        if not heading:
            heading = row
        elif len(row) != len(heading):
            if any(row):
                found.reject(line, ",".join(row), _SHORT)
        else:
            cells = {name: value for name, value in zip(heading, row, strict=True) if value.strip()}
            found.attempt(line, ", ".join(cells.values()), lambda cells=cells: _fields(cells))  # type: ignore[misc]  # a bound default


def _fields(cells: dict[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    item: dict[str, Any] = {"type": TYPES.get(cells.get("Item Type", ""), "document")}
    for name, value in cells.items():
        variable = _VARIABLES.get(name)
        if variable in _PEOPLE:
            item[variable] = [person.strip() for person in value.split(";")]
        elif variable:
            item[variable] = value
    if "issued" not in item and "Publication Year" in cells:
        item["issued"] = cells["Publication Year"]
    item["keyword"] = list(words(cells.get(name, "") for name in ("Manual Tags", "Automatic Tags")))
    fields, extra = item_fields(item)
    fields["note"] = plain_note(cells.get("Notes", ""))
    fields["files"] = tuple(path.strip() for path in cells.get("File Attachments", "").split(";") if path.strip())
    if added := cells.get("Date Added", ""):
        fields["added"] = (
            added.replace(" ", "T") + "Z" if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", added) else ""
        )
    known = {*_VARIABLES, "Key", "Item Type", "Publication Year", "Manual Tags", "Automatic Tags", "Notes"}
    for name in cells.keys() - known - {"File Attachments", "Date Added", "Date Modified", "Link Attachments"}:
        add_extra(extra, name, [cells[name]])
    return fields, extra
