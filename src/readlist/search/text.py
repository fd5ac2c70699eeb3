"""The one folded text in which a paper is searched, and how to find a field in it again.

A query is decided by this text alone, so that it can be kept, and searched by ``in``. The fields stand in the order of
`Field`, parted by U+001F; the items of a field (authors, tags) are parted by line breaks. What readlist itself says of
a paper (times, status, what it has) stands behind the rest in letters that no folded word can hold, so that a search
for a word never meets it.
"""

from enum import IntEnum
from functools import lru_cache

from readlist.latex import to_unicode
from readlist.paper import Author, Paper
from readlist.search.fold import fold
from readlist.statuses import meaning

FIELD_END = "\x1f"
FLAG_END = "\x1d"
_READABLE = 20_000
"""Characters of an abstract whose readable form is searched: no screen shows more."""
_DIGITS = {ord("0") + digit: chr(0xC0 + digit) for digit in range(10)} | {ord(sign): None for sign in "-:TZ. +"}
_NIBBLES = [chr(0xC0 + nibble) for nibble in range(16)]
"""U+00C0 and the next: letters that folding turns into others, one byte each, in the order of the digits."""


class Field(IntEnum):
    """The fields of a searchable text, in their order."""

    TITLE = 0
    AUTHORS = 1
    EDITORS = 2
    ORGANISATIONS = 3
    TAGS = 4
    NOTE = 5
    KEY = 6
    ARXIV = 7
    DOI = 8
    VENUE = 9
    CATEGORY = 10
    PUBLISHED = 11
    ABSTRACT = 12
    FIRST_AUTHOR = 13
    """By what papers are sorted by author; whatever word stands here stands in `AUTHORS` as well."""
    # Written in letters that no word typed can hold.
    DATE = 14
    ADDED = 15
    STARTED = 16
    FINISHED = 17
    CHANGED = 18
    FLAGS = 19


_OWN = len(Field) - Field.FIRST_AUTHOR
_TAIL = 400
"""Characters at the end of a text in which its own fields usually stand: cutting them off there copies little."""


def searchable(paper: Paper) -> str:
    """The text in which ``paper`` is searched.

    Where title, authors or abstract hold LaTeX, both what the source wrote and what the screen shows is found. A tag is
    found with and without its sign (#).
    """
    date = paper.published or paper.issued
    front = [
        _both(paper.title),
        _names(paper.authors),
        _names(paper.editors) if paper.editors else "",
        "\n".join(paper.organisations),
        "\n".join([f"#{tag}" for tag in paper.tags]),
        _one_line(paper.note),
        paper.key,
        paper.arxiv_id,
        paper.doi,
        "\n".join([part for part in (paper.venue, paper.publisher) if part]),
        paper.category,
        date,
        _abstract(paper.abstract),
        _one_line(paper.authors[0].short) if paper.authors else "",
    ]
    own = [
        stamp(date),
        stamp(paper.added),
        stamp(paper.started),
        stamp(paper.finished),
        stamp(paper.changed or paper.added),
        _flag_field(tuple(_flags(paper))),
    ]
    text = FIELD_END.join([fold(FIELD_END.join(front)), *own])
    if text.count(FIELD_END) != len(Field) - 1:  # a library written by other hands may hold the sign itself
        text = FIELD_END.join([field.replace(FIELD_END, " ") for field in (*map(fold, front), *own)])
    return text


def field_of(text: str, field: Field) -> str:
    """What stands in ``field`` of a searchable ``text``."""
    if field < Field.ABSTRACT:
        return text.split(FIELD_END, field + 1)[field]
    return text.rsplit(FIELD_END, len(Field) - field)[-(len(Field) - field)]


def own_fields(text: str) -> list[str]:
    """The fields of a searchable ``text`` from `Field.FIRST_AUTHOR` on: what papers are sorted and told apart by."""
    fields = text[-_TAIL:].split(FIELD_END)
    return fields[-_OWN:] if len(fields) > _OWN else text.rsplit(FIELD_END, _OWN)[-_OWN:]


def status_flag(flags: str) -> str:
    """The flag of the status, which stands first among ``flags``, a whole `Field.FLAGS`."""
    return flags.split(FLAG_END, 2)[1]


def is_searchable(text: str) -> bool:
    """Whether ``text``, read from somewhere, has the form of a searchable text."""
    return text.count(FIELD_END) == len(Field) - 1 and text.endswith(FLAG_END)


@lru_cache(maxsize=4096)  # papers that were added together have the time in common
def stamp(date: str) -> str:
    """An ISO 8601 date or time as it stands in the text; earlier ones sort first."""
    return date.translate(_DIGITS)


@lru_cache(maxsize=256)
def flag(name: str) -> str:
    """What the text holds of a paper to which ``name`` applies, between two `FLAG_END`."""
    return "".join(
        chr(byte) if "A" <= chr(byte) <= "Z" else _NIBBLES[byte >> 4] + _NIBBLES[byte & 15]
        for byte in name.upper().encode()
    )


@lru_cache(maxsize=4096)
def _flag_field(names: tuple[str, ...]) -> str:
    return FLAG_END + FLAG_END.join([flag(name) for name in names]) + FLAG_END


def _flags(paper: Paper) -> list[str]:
    """What can be asked of ``paper`` with ``is:``, ``status:`` and ``has:``."""
    has = {
        "code": paper.has_code or paper.code_url,
        "note": paper.note,
        "tag": paper.tags,
        "doi": paper.doi,
        "arxiv": paper.arxiv_id,
        "file": paper.files,
        "abstract": paper.abstract,
        "venue": paper.venue,
        "key": paper.key,
        "url": paper.url,
        "author": paper.authors,
        "date": paper.published or paper.issued,
    }
    of_paper = {"starred": paper.star, "flagged": paper.needs_review, "queued": paper.queue}
    return [
        f"is{meaning(paper.status).name}",
        *(f"is{name}" for name, applies in of_paper.items() if applies),
        *(f"has{name}" for name, applies in has.items() if applies),
    ]


def _names(people: tuple[Author, ...]) -> str:
    """The names of ``people``, one a line, each as `_both` has it."""
    names = [person.display for person in people]
    joined = "".join(names)
    # Nearly always none of them holds LaTeX or anything that is not shown: one look is enough for all.
    return "\n".join(names if to_unicode(joined) == joined else [_both(name) for name in names])


def _both(text: str) -> str:
    """``text`` as it was written and, where that is different, as the screen shows it."""
    text = _one_line(text)
    shown = to_unicode(text)
    return text if shown == text else f"{text}\n{shown}"


def _abstract(text: str) -> str:
    shown = to_unicode(text[:_READABLE])
    return _one_line(text) if shown == text[:_READABLE] else f"{_one_line(text)}\n{_one_line(shown)}"


def _one_line(text: str) -> str:
    """``text`` with its line breaks as blanks, so that a phrase is found across them."""
    return " ".join(text.split()) if "\n" in text else text
