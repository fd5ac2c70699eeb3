"""The lines of a listing, sorted into records: which line is a title, which an abstract, and which are neither.

A record is three lines: subject, date and code flag; title and authors; abstract. Pasted text has more and fewer: blank
lines anywhere, wrapped lines, no abstract, authors on a line of their own, the page's own words before, between and
after the records, two columns side by side.
"""

import re
from typing import NamedTuple

from readlist.intake.listing.candidates import is_pure_name
from readlist.intake.listing.furniture import TRAIL, is_furniture, is_unmistakable
from readlist.intake.listing.headings import Heading, read_heading
from readlist.intake.listing.sections import Line, Section, read_sections
from readlist.intake.result import Reject
from readlist.names import is_group
from readlist.subjects import is_category, is_subject

# Organisations are slugs: no capitals, no blanks.
_ORGANISATIONS = re.compile(r"(.*?)\s·\s([^\sA-Z,]+(?:, [^\sA-Z,]+)*)")
_CUT = re.compile(r"(.*?)(?:,? et al\.?|,? (?:and )?\+? ?\d+ (?:more|others)(?: authors)?)\s*(?:·\s(.+))?")

_SENTENCE_END = re.compile(r"(?:https?://\S+|[.?!:;\u2026](?:[)\]}\"'\u201d\u2019$*]|\{\\?\w*\})*)$")
_COLUMNS = re.compile(r"\t+| {2,}")
_PARAGRAPH = 40
"""A line of so many characters may be a paragraph of an abstract; the page's own words are shorter."""
_WRAPPED = 160
"""A line that is longer was not wrapped by a terminal or an editor."""
_TITLE = 300
"""No title with its authors is longer, but for a handful of papers."""

NO_RECORD = "No line such as 'LGOct 11, 2022Code', which begins a paper, was found."
BEFORE_FIRST = "This line stands before the first paper and belongs to none."
AFTER_ABSTRACT = "This line stands after an abstract and was left out."
NO_TITLE = "No line with title and authors follows this one."
FURNITURE = "This line is the page's own, such as a count, a button or a tag, and was left out."
TWO_COLUMNS = "Two columns stand side by side here: paste one column at a time."

_BESIDE = "Two columns stood side by side here: see that the parts belong together."
_SEVERAL = "More than one header stands before this paper, so the date may be that of another one."
_NO_SENTENCE = "The line “{}” was taken for the abstract, but may be the page's own."


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
    """As printed: ``LG``, or ``cs.LG``; empty when the page does not say."""
    date: str
    """As printed."""
    has_code: bool
    body: str
    """As printed."""
    abstract: str
    doubt: str = ""
    """What is doubtful about the lines, as a sentence; empty when nothing is."""
    second: str = ""
    """The line behind ``body`` when it may be its second half: the authors, or the rest of a wrapped line. When it is
    neither, it is the first line of the abstract."""


class _Found(NamedTuple):
    """What has been read of a page."""

    records: list[RawRecord]
    rejects: list[Reject]

    def reject(self, lines: list[Line], reason: str) -> None:
        self.rejects.extend(Reject(number, line, reason) for number, line in lines)


def read_records(text: str) -> tuple[list[RawRecord], list[Reject]]:
    """Sort the lines of a listing.

    Args:
        text: The page as pasted or read from a file; any line ends.

    Returns:
        The records and the lines that belong to none of them, both in the order of the page.
    """
    first, *sections = read_sections(text)
    found = _Found([], [])
    found.reject(first.block, BEFORE_FIRST)
    waiting: list[Section] = []
    for section in sections:
        waiting.append(section)
        if section.block:
            _add_sections(found, waiting)
            waiting = []
    _add_sections(found, waiting)
    records, rejects = found
    if not records and rejects and all(reject.reason == BEFORE_FIRST for reject in rejects):
        rejects = [rejects[0]._replace(reason=NO_RECORD)]
    rejects.sort(key=_line_of)
    return records, rejects


def _line_of(reject: Reject) -> int:
    return reject.line


def _add_sections(found: _Found, sections: list[Section]) -> None:
    """Make records of headers that follow one another directly; only the last has lines behind it."""
    if not sections:
        return
    *empty, last = sections
    if last.heading is None:
        found.reject([(section.line, section.text) for section in empty], NO_TITLE)
        _add_columns(found, last)
        return
    for section in sections:
        found.reject(section.aside, FURNITURE)
    block = [line for line in last.block if not is_furniture(line[1])] if empty else last.block
    headings = [section.heading for section in sections if section.heading]
    if empty and len(block) == 2 * len(headings) == 2 * len(sections):
        # The columns of a page that are read line by line: headers, then titles, then abstracts.
        found.reject([line for line in last.block if line not in block], FURNITURE)
        for at, heading in enumerate(headings):
            rows = block[at :: len(headings)]
            _add_record(found, sections[at].line, heading._replace(doubt=_joined(heading.doubt, _BESIDE)), rows)
        return
    found.reject([(section.line, section.text) for section in empty], NO_TITLE)
    heading = last.heading
    if not _add_record(found, last.line, heading, last.block, doubt=_SEVERAL if empty else ""):
        found.reject([(last.line, last.text)], NO_TITLE if heading.subject else FURNITURE)


def _add_columns(found: _Found, section: Section) -> None:
    """Make records of several headers side by side, when all their lines fall into as many parts; else reject them."""
    headings = [read_heading(part) for part in _COLUMNS.split(section.text)]
    rows = [_COLUMNS.split(line) for _, line in section.block]
    usable = [heading for heading in headings if heading]
    if len(usable) != len(headings) or not 1 <= len(rows) <= 2 or any(len(row) != len(usable) for row in rows):  # noqa: PLR2004 - title and abstract
        found.reject([(section.line, section.text), *section.block, *section.aside], TWO_COLUMNS)
        return
    for at, heading in enumerate(usable):
        block = [(number, row[at]) for (number, _), row in zip(section.block, rows, strict=True)]
        _add_record(found, section.line, heading._replace(doubt=_joined(heading.doubt, _BESIDE)), block)


def _add_record(found: _Found, start: int, heading: Heading, block: list[Line], doubt: str = "") -> bool:
    """Make a record of a header and the lines up to the next header; False when there is no title."""
    top = 0
    has_code = heading.has_code
    while top < len(block) and is_furniture(block[top][1]):
        has_code = has_code or block[top][1] == "Code"
        top += 1
    found.reject([line for line in block[:top] if line[1] != "Code"], FURNITURE)
    if top == len(block):
        return False
    body, rest = block[top][1], block[top + 1 :]
    while rest and is_furniture(rest[0][1]):
        found.reject(rest[:1], FURNITURE)
        rest = rest[1:]
    second = ""
    if rest and _may_end_body(body, rest[0][1]):
        second = rest[0][1]
        rest = rest[1:]
    abstract, unsure = _abstract(found, rest)
    doubts = [heading.doubt, doubt, unsure]
    if heading.subject and not is_category(heading.subject) and not is_subject(heading.subject):
        doubts.append(f"“{heading.subject}” is no subject of arXiv.")
    found.records.append(
        RawRecord(start, heading.subject, heading.date, has_code, body, abstract, _joined(*doubts), second),
    )
    return True


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _may_end_body(body: str, line: str) -> bool:
    """Whether ``line`` may be the second half of ``body``: the authors alone, or the end of a wrapped line."""
    if len(line) > _TITLE or _is_tailed(body):
        return False
    return _is_tailed(line) or is_author_line(line)


def _is_tailed(line: str) -> bool:
    """Whether a line ends as one with authors may: " et al.", organisations."""
    return bool(_CUT.fullmatch(line) or _ORGANISATIONS.fullmatch(line))


def is_author_line(line: str) -> bool:
    """Whether a line is nothing but names, with " et al." and organisations perhaps."""
    names = read_body(line).text.removesuffix(",").split(", ")
    return all(
        is_pure_name(name) or is_group(name.split()) or (len(names) > 1 and is_pure_name(f"A. {name}"))
        for name in names
    )


def _abstract(found: _Found, block: list[Line]) -> tuple[str, str]:
    """Join the lines of an abstract and tell what is doubtful about that; what is no part of it is rejected."""
    if not block:
        return "", ""
    pieces = [block[0][1]]
    doubt = ""
    if len(pieces[0]) < _PARAGRAPH and not _SENTENCE_END.search(pieces[0]) and len(block) == 1:
        doubt = _NO_SENTENCE.format(pieces[0])
    for place, (number, line) in enumerate(block[1:], 1):
        ended = _SENTENCE_END.search(pieces[-1]) is not None
        if (ended or len(pieces[-1]) > _WRAPPED or is_unmistakable(line)) and is_furniture(line):
            found.reject(block[place : place + 1], FURNITURE)
            found.reject([after for after in block[place + 1 :] if is_furniture(after[1])], FURNITURE)
            found.reject([after for after in block[place + 1 :] if not is_furniture(after[1])], AFTER_ABSTRACT)
            break
        if ended and len(line) < _PARAGRAPH:
            found.reject([(number, line), *block[place + 1 :]], AFTER_ABSTRACT)
            break
        if not doubt and (len(pieces[-1]) > _WRAPPED if ended else is_furniture(line)):
            doubt = f"The abstract has a second paragraph, which may belong to the page instead: “{line[:60]}…”."
        pieces.append(line)
    return " ".join(pieces), doubt


def read_body(line: str) -> Body:
    """Cut " et al." and organisations off a record's second line, and the counts that a page prints behind them.

    Args:
        line: As printed: "…boundariesStanislav Fort, Ekin Dogus Cubuk, Surya Ganguli et al. · stanford".

    Returns:
        Title and authors still in one piece, and what followed them.
    """
    while trail := TRAIL.search(line):
        line = line[: trail.start()].rstrip()
    found = _ORGANISATIONS.fullmatch(line)
    text, slugs = (found[1], found[2]) if found else (line, "")
    cut = _CUT.fullmatch(text)
    if cut:
        return Body(
            cut[1], cut=True, organisations=tuple((slugs or cut[2] or "").split(", ") if slugs or cut[2] else ())
        )
    return Body(text, cut=False, organisations=tuple(slugs.split(", ")) if slugs else ())
