"""A page parted at its headers, before anybody asks what the lines between them are."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from readlist.intake.listing.dates import is_relative
from readlist.intake.listing.headings import Heading, is_row_of_headings, read_heading
from readlist.subjects import is_category, is_subject

_LINE_END = re.compile(r"\r\n|\r|\n")

# NO-BREAK SPACE, FIGURE SPACE, NARROW NO-BREAK SPACE and the byte order mark come with pasted text.
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ") | {0xFEFF: None}

_LONG = 250
"""A line that is longer is no title."""

Line = tuple[int, str]
"""The number of a line and its text without the white space around it."""


class Section(NamedTuple):
    """A header with the lines up to the next one."""

    line: int
    """Of the header; 1 for what stands before the first one."""
    text: str
    """The header as it was read."""
    heading: Heading | None
    """None: no header, or several side by side."""
    block: list[Line]
    aside: list[Line]
    """Times that stand between title and abstract and begin no record."""
    is_split: bool = False
    """Whether subject and date stood on lines of their own."""


def read_sections(text: str) -> list[Section]:
    """Part a page.

    Args:
        text: The page as pasted or read from a file; any line ends.

    Returns:
        First what stands before the first header, with an empty ``text``; then a section for each header.
    """
    sections = [Section(1, "", None, [], [])]
    for number, line in _lines(text):
        current = sections[-1]
        heading = read_heading(line)
        if heading is None and not is_row_of_headings(line):
            current.block.append((number, line))
        elif heading and not heading.subject:
            _add_clock(sections, number, line, heading)
        else:
            sections.append(Section(number, line, heading, [], []))
    return _joined(sections)


def _lines(text: str) -> Iterator[Line]:
    """The lines that are not blank."""
    start, number = 0, 1
    for found in _LINE_END.finditer(text):
        if line := _clean(text[start : found.start()]):
            yield number, line
        start, number = found.end(), number + 1
    if line := _clean(text[start:]):
        yield number, line


def _clean(line: str) -> str:
    return (line if line.isascii() else line.translate(_BLANKS)).strip()


def _add_clock(sections: list[Section], number: int, line: str, heading: Heading) -> None:
    """Begin a section at a date without a subject, unless a header has just been read that has a date already."""
    current = sections[-1]
    if is_relative(heading.date) and current.heading and current.heading.subject and not current.is_split:
        (current.block or current.aside).append((number, line))
    elif current.block and (is_subject(current.block[-1][1]) or is_category(current.block[-1][1])):
        at, subject = current.block.pop()
        sections.append(Section(at, f"{subject} {line}", heading._replace(subject=subject), [], [], is_split=True))
    elif current.text and not current.block:
        current.aside.append((number, line))
    else:
        sections.append(Section(number, line, heading, [], []))


def _joined(sections: list[Section]) -> list[Section]:
    """The sections, with those joined that a date between title and abstract has parted."""
    joined: list[Section] = []
    for section in sections:
        before = joined[-1] if joined else None
        if before and before.text and section.heading and not section.heading.subject:
            if not section.block:
                before.aside.append((section.line, section.text))
                before.aside.extend(section.aside)
                continue
            if len(before.block) == 1 and len(section.block[0][1]) > _LONG:
                before.aside.append((section.line, section.text))
                before.block.extend(section.block)
                continue
        joined.append(section)
    return joined
