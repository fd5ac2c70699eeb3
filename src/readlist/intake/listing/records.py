"""The lines of a listing, sorted into records: which line is a header, which a title, which an abstract.

A record is three lines: subject, date and code flag; title and authors; abstract. Pasted text has more and fewer: blank
lines anywhere, wrapped abstracts, no abstract, the page's own words before, between and after the records.
"""

import re
from typing import NamedTuple

from readlist.intake.listing.dates import DATE
from readlist.intake.result import Reject

_LINE_END = re.compile(r"\r\n|\r|\n")

# NO-BREAK SPACE, FIGURE SPACE, NARROW NO-BREAK SPACE and the byte order mark come with pasted text.
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ") | {0xFEFF: None}

_HEADER = re.compile(rf"([A-Z]+(?:-[A-Z]+)*?) ?({DATE}) ?(Code)?")

# Organisations are slugs: no capitals, no blanks.
_ORGANISATIONS = re.compile(r"(.*?)\s·\s([^\sA-Z,]+(?:, [^\sA-Z,]+)*)")
_CUT = re.compile(r"(.*?)(?:,? et al\.)\s*(?:·\s(.+))?")

_SENTENCE_END = re.compile(r"[.?!:;](?:[)\]}\"'\u201d\u2019$*]|\{\\?\w*\})*$")
_PARAGRAPH = 40
"""A line of so many characters may be a paragraph of an abstract; the page's own words are shorter."""
_WRAPPED = 160
"""A line that is longer was not wrapped by a terminal or an editor."""

NO_RECORD = "No line such as 'LGOct 11, 2022Code', which begins a paper, was found."
BEFORE_FIRST = "This line stands before the first paper and belongs to none."
AFTER_ABSTRACT = "This line stands after an abstract and was left out."
NO_TITLE = "No line with title and authors follows this one."


class Body(NamedTuple):
    """The second line of a record."""

    text: str
    """Title and authors, without a separator."""
    cut: bool
    """Whether " et al." followed."""
    organisations: tuple[str, ...]


class RawRecord(NamedTuple):
    """The lines of one record."""

    line: int
    """Where it begins; the first line of the text is 1."""
    subject: str
    date: str
    """As printed."""
    has_code: bool
    body: str
    """As printed."""
    abstract: str
    doubt: str = ""
    """What is doubtful about the lines, as a sentence; empty when nothing is."""


def read_records(text: str) -> tuple[list[RawRecord], list[Reject]]:
    """Sort the lines of a listing.

    Args:
        text: The page as pasted or read from a file; any line ends.

    Returns:
        The records in the order of the page, and the lines that belong to none of them.
    """
    lines = _LINE_END.split(text)
    records: list[RawRecord] = []
    rejects: list[Reject] = []
    header: re.Match[str] | None = None
    start = 0
    block: list[tuple[int, str]] = []
    for number, raw in enumerate([*lines, None], 1):
        line = raw.translate(_BLANKS).strip() if raw is not None else None
        if line == "":
            continue
        found = _HEADER.fullmatch(line) if line is not None and len(line) <= _PARAGRAPH else None
        if line is not None and not found:
            block.append((number, line))
            continue
        if header:
            _add_record(records, rejects, start, header, block)
        else:
            rejects.extend(Reject(at, words, BEFORE_FIRST) for at, words in block)
        header, start, block = found, number, []
    if not records and rejects and not any(reject.reason == NO_TITLE for reject in rejects):
        rejects = [rejects[0]._replace(reason=NO_RECORD)]
    return records, rejects


def _add_record(
    records: list[RawRecord],
    rejects: list[Reject],
    start: int,
    header: re.Match[str],
    block: list[tuple[int, str]],
) -> None:
    """Make a record of a header and the lines up to the next header."""
    if not block:
        rejects.append(Reject(start, header[0], NO_TITLE))
        return
    abstract, doubt, left_out = _abstract(block[1:])
    rejects.extend(Reject(number, line, AFTER_ABSTRACT) for number, line in left_out)
    records.append(
        RawRecord(start, header[1], header[2], bool(header[3]), block[0][1], abstract, doubt),
    )


def _abstract(block: list[tuple[int, str]]) -> tuple[str, str, list[tuple[int, str]]]:
    """Join the lines of an abstract; tell what is doubtful about that, and which lines are no part of it."""
    if not block:
        return "", "", []
    pieces = [block[0][1]]
    doubt = ""
    for place, (_, line) in enumerate(block[1:], 1):
        if _SENTENCE_END.search(pieces[-1]):
            if len(line) < _PARAGRAPH:
                return " ".join(pieces), doubt, block[place:]
            if len(pieces[-1]) > _WRAPPED and not doubt:
                doubt = f"The abstract has a second paragraph, which may belong to the page instead: “{line[:60]}…”."
        pieces.append(line)
    return " ".join(pieces), doubt, []


def read_body(line: str) -> Body:
    """Cut " et al." and organisations off a record's second line.

    Args:
        line: As printed: "…boundariesStanislav Fort, Ekin Dogus Cubuk, Surya Ganguli et al. · stanford".

    Returns:
        Title and authors still in one piece, and what followed them.
    """
    found = _ORGANISATIONS.fullmatch(line)
    text, slugs = (found[1], found[2]) if found else (line, "")
    cut = _CUT.fullmatch(text)
    if cut:
        return Body(
            cut[1], cut=True, organisations=tuple((slugs or cut[2] or "").split(", ") if slugs or cut[2] else ())
        )
    return Body(text, cut=False, organisations=tuple(slugs.split(", ")) if slugs else ())
