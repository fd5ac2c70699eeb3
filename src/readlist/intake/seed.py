"""The papers that a new library begins with: the packaged listing, completed from the packaged identifiers."""

import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

from readlist.intake.listing.header import header_fields
from readlist.intake.listing.records import RawRecord, read_body, read_records
from readlist.names import split_name
from readlist.paper import Paper
from readlist.subjects import categories_of

DATA = Path(__file__).resolve().parents[1] / "data"
"""Where ``listing.txt`` and ``identifiers.json`` are."""

RETRIEVED = date(2026, 12, 31)
"""The listing was pasted in 2026: its dates without a year are of that year, whatever the clock says."""

_SEPARATORS = re.compile(r"[\W_]+")

Identifiers = dict[str, Any]
"""One object of ``identifiers.json``."""


class SeedError(ValueError):
    """The packaged listing and the packaged identifiers do not belong together; the message names the line."""


def seed_papers() -> tuple[Paper, ...]:
    """The papers of the packaged listing, in its order.

    What the listing says (title, date, code flag, organisations, abstract) is taken from the listing; the identifiers
    give the complete authors, the arXiv id, DOI and venue.

    Raises:
        SeedError: A paper has no identifiers, or a line of the listing cannot be read.
    """
    listing = (DATA / "listing.txt").read_text(encoding="utf-8")
    known: list[Identifiers] = json.loads((DATA / "identifiers.json").read_text(encoding="utf-8"))
    return join_identifiers(listing, known)


def join_identifiers(listing: str, known: list[Identifiers]) -> tuple[Paper, ...]:
    """Read ``listing`` and complete each paper from the identifiers whose title it has.

    The statistics of ``boundary.py`` are not needed: the line begins with the known title.

    Raises:
        SeedError: See `seed_papers`.
    """
    records, rejects = read_records(listing)
    if rejects:
        raise SeedError(f"Line {rejects[0].line} of the packaged listing: {rejects[0].reason}")
    by_title = sorted(((normal_title(entry["title"]), entry) for entry in known), key=_length, reverse=True)
    return tuple(_complete(record, by_title) for record in records)


def normal_title(title: str) -> str:
    """A title for comparison: letters and digits only, without accents and case."""
    plain = unicodedata.normalize("NFKD", title)
    return _SEPARATORS.sub("", "".join(letter for letter in plain if not unicodedata.combining(letter))).casefold()


def _length(item: tuple[str, Identifiers]) -> int:
    return len(item[0])


def _complete(record: RawRecord, by_title: list[tuple[str, Identifiers]]) -> Paper:
    body = read_body(record.body)
    normal = normal_title(body.text)
    # The longest title comes first: one may begin like another.
    title, entry = next((item for item in by_title if normal.startswith(item[0])), ("", None))
    if entry is None:
        raise SeedError(f"Line {record.line} of the packaged listing: no identifiers for this paper.")
    paper = header_fields(record, RETRIEVED)
    return paper._replace(
        title=_printed_title(body.text, title),
        authors=tuple(split_name(name) for name in entry["authors"]),
        organisations=body.organisations,
        category=_category(paper, entry),
        arxiv_id=entry["arxiv_id"] or "",
        doi=entry["doi"] or "",
        venue=entry["venue"] or "",
    )


def _printed_title(text: str, normal: str) -> str:
    """The beginning of ``text`` whose normal form is ``normal``, as printed, with the signs that close it."""
    missing, at = len(normal), 0
    while missing > 0:
        missing -= len(normal_title(text[at]))
        at += 1
    while at < len(text) and not (text[at].isalnum() or text[at].isspace()):
        at += 1
    return text[:at]


def _category(paper: Paper, entry: Identifiers) -> str:
    """What the listing's code means; the confirmed category where the code alone does not tell."""
    if paper.category in categories_of(paper.subject) or not entry["category_confirmed"]:
        return paper.category
    return str(entry["primary_category"])
