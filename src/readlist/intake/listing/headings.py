"""The first line of a record: subject, date, code flag, and what a page prints behind them."""

import re
from typing import NamedTuple

from readlist.intake.listing.dates import DATE
from readlist.intake.listing.furniture import MARK

_SUBJECT = r"(?:[A-Z]+(?:-[A-Z]+)*?|[a-z]+(?:-[a-z]+)?\.[A-Za-z]+(?:-[a-z]+)*|[a-z]+-[a-z]+)"
_GAP = r"\s?(?:[\u00b7\u2022|,:\u2013\u2014-]\s?)?"
_SAID = r"(?:(?:[Pp]ublished|[Pp]osted|[Ss]ubmitted|[Aa]dded|[Uu]pdated)(?: on)?:? )?"
_MARKS = rf"(?:{_GAP}{MARK})*"

_HEADING = re.compile(rf"(?:({_SUBJECT}){_GAP})?{_SAID}({DATE})({_MARKS})")
_ROW = re.compile(rf"{_SUBJECT}{_GAP}{DATE}(?:\s*Code)?(?:\s*{_SUBJECT}{_GAP}{DATE}(?:\s*Code)?)+")
_CODE = re.compile(r"Code(?![a-z])")
_MARKS_ALONE = re.compile(_MARKS)
_SHORT_DATE = re.compile(r"[A-Z][a-z]+\.? (\d)(\d?)")
_LONGEST = 80
_LONGEST_ROW = 200


class Heading(NamedTuple):
    """What a header line says."""

    subject: str
    """As printed: ``LG``, or ``cs.LG``; empty when the line does not say."""
    date: str
    """As printed."""
    has_code: bool
    doubt: str = ""
    """A sentence when the line can be read in two ways."""


def read_heading(line: str) -> Heading | None:
    """The header that a line is, with or without a subject; None when it is none.

    Args:
        line: One line without white space around it: "LGOct 11, 2022Code", "cs.LG · 2 days ago · 12 likes".
    """
    if len(line) > _LONGEST:
        return None
    found = _HEADING.fullmatch(line)
    if not found:
        return None
    subject, date, marks = found.groups()
    return Heading(subject or "", date, _CODE.search(marks) is not None, _doubt(date, marks))


def is_row_of_headings(line: str) -> bool:
    """Whether headers of several records stand side by side on one line."""
    return len(line) <= _LONGEST_ROW and _ROW.fullmatch(line) is not None


def _doubt(date: str, marks: str) -> str:
    """Of "Mar 312" nobody can say whether it is the third or the thirty-first."""
    if not marks[:1].isdigit():
        return ""
    found = _SHORT_DATE.fullmatch(date)
    if not found or not found[2] or not _MARKS_ALONE.fullmatch(found[2] + marks):
        return ""
    return f"The day of '{date}{marks}' cannot be told from the number behind it."
