"""The fields that a query can name, and the values of those that have a fixed set of them."""

from enum import Enum, auto
from typing import NamedTuple

from readlist.search.text import Field
from readlist.statuses import current


class Sort(Enum):
    """How the value behind a field's name is understood."""

    TEXT = auto()
    """Words that occur in it."""
    ITEM = auto()
    """A whole item of it: a tag."""
    BEGINNING = auto()
    """What it begins with: ``cs`` finds ``cs.LG``."""
    DATE = auto()
    CHOICE = auto()
    """One of `choices`."""


class Named(NamedTuple):
    """A field by its name in a query."""

    name: str
    sort: Sort
    field: Field
    meaning: str
    """What the help says of it."""


_NAMED = (
    Named("author", Sort.TEXT, Field.AUTHORS, "a name among the authors"),
    Named("title", Sort.TEXT, Field.TITLE, "words of the title"),
    Named("abstract", Sort.TEXT, Field.ABSTRACT, "words of the abstract"),
    Named("note", Sort.TEXT, Field.NOTE, "words of your note"),
    Named("tag", Sort.ITEM, Field.TAGS, "a tag; tag:oo* for all that begin so"),
    Named("status", Sort.CHOICE, Field.FLAGS, "unread, reading, read, dropped, or one of your own"),
    Named("is", Sort.CHOICE, Field.FLAGS, "unread, reading, read, starred or flagged"),
    Named("has", Sort.CHOICE, Field.FLAGS, "code, note, tag, doi, arxiv, file, abstract, venue, key …"),
    Named("year", Sort.DATE, Field.DATE, "2021, 2021..2023, >2020"),
    Named("published", Sort.DATE, Field.DATE, "2022-10, 2022-10-01..2022-12-31"),
    Named("added", Sort.DATE, Field.ADDED, "2026-10, <30d (d, w, m, y), today"),
    Named("started", Sort.DATE, Field.STARTED, "when you began to read it"),
    Named("read", Sort.DATE, Field.FINISHED, "when you finished it"),
    Named("changed", Sort.DATE, Field.CHANGED, "when you last changed something"),
    Named("category", Sort.BEGINNING, Field.CATEGORY, "cs.LG, cs for all of it, or LG"),
    Named("venue", Sort.TEXT, Field.VENUE, "words of the journal or conference"),
    Named("editor", Sort.TEXT, Field.EDITORS, "a name among the editors"),
    Named("org", Sort.TEXT, Field.ORGANISATIONS, "an organisation"),
    Named("arxiv", Sort.BEGINNING, Field.ARXIV, "an arXiv id"),
    Named("doi", Sort.TEXT, Field.DOI, "a DOI or a part of it"),
    Named("key", Sort.TEXT, Field.KEY, "the citation key"),
)
FIELDS: dict[str, Named] = {named.name: named for named in _NAMED}
_ALIASES = {
    "authors": "author",
    "tags": "tag",
    "notes": "note",
    "journal": "venue",
    "cat": "category",
    "date": "published",
    "finished": "read",
    "organisation": "org",
    "organization": "org",
    "citekey": "key",
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "status": (),
    "is": ("starred", "flagged", "queued"),
    "has": ("code", "note", "tag", "doi", "arxiv", "file", "abstract", "venue", "key", "url", "author", "date"),
}
_LONG = 4
"""Letters from which on one may be another."""
_CHOICE_ALIASES = {"star": "starred", "review": "flagged", "pdf": "file", "notes": "note", "tags": "tag"}


def named(name: str) -> Named | None:
    """The field of this name, in any case, if there is one."""
    name = name.lower()
    return FIELDS.get(_ALIASES.get(name, name))


def choices(field: str) -> tuple[str, ...]:
    """The values that the field ``field`` can have."""
    return _CHOICES[field] if field == "has" else (*current().all_names, *_CHOICES[field])


def choice(field: str, value: str) -> str | None:
    """The value of the field ``field`` that was typed as ``value``, if there is such a value."""
    status = None if field == "has" else current().find(value)
    if status:
        return status.name
    value = value.lower()
    value = value if value in _CHOICES[field] else _CHOICE_ALIASES.get(value, value)
    return value if value in _CHOICES[field] else None


def nearest(word: str, among: tuple[str, ...]) -> str:
    """The one ``among`` them that ``word`` most probably meant, or the empty string where none is near.

    A third of the letters may be wrong. Of two or three letters none may be another one: nearly every short word is
    that near to some name.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - for a query that is wrong only

    word = word.lower()
    best = min(among, key=lambda candidate: OSA.distance(word, candidate))
    distance = OSA.distance(word, best)
    if len(word) < _LONG:
        is_near = distance == 1 and (len(word) != len(best) or sorted(word) == sorted(best))
    else:
        is_near = distance <= len(word) // 3
    return best if is_near else ""
