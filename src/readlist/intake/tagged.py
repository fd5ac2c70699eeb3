"""Text in which each line begins with a tag (RIS, PubMed, EndNote, Web of Science), as records of tags and values.

Own code, since rispy and nbib know no lines, lose the first record behind a byte order mark and every one without an
end, and cannot say what they have left out.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from readlist.intake.gathering import Gathering, clean, lines_of
from readlist.progress import told

OUTSIDE = "This stands in no record and was left out."


class Layout(NamedTuple):
    """How a format writes its lines."""

    line: "re.Pattern[str]"
    """A line with a tag; group 1 is the tag, group 2 the value."""
    starts: Collection[str]
    """Tags that begin a record."""
    ends: Collection[str] = ()
    """Tags that end one."""
    heads: Collection[str] = ()
    """Tags that stand before and behind all records and say nothing of a paper."""


class TaggedRecord(NamedTuple):
    """One record."""

    line: int
    """Where it begins; the first line of the text is 1."""
    pairs: list[tuple[str, str]]
    """Tags and values in their order; the lines of a value are parted by line breaks."""
    starts_well: bool
    """Whether it begins with the tag that it should begin with."""

    def values(self, *tags: str) -> list[str]:
        """The values of these tags that say something, in the order of ``tags``."""
        return [value for tag in tags for name, value in self.pairs if name == tag and value]

    def first(self, *tags: str) -> str:
        """The first of `values`; empty when there is none."""
        return next(iter(self.values(*tags)), "")

    @property
    def shown(self) -> str:
        """Its beginning, for a message."""
        return " ".join(f"{tag} {value}" for tag, value in self.pairs[:4])


def tagged_records(text: str, layout: Layout, found: Gathering) -> Iterator[TaggedRecord]:
    """The records of ``text``; what stands in none of them is rejected in ``found``.

    A record ends where it says so, where the next begins, or with the text. A line without a tag goes on with the value
    before it. Where no record has begun, any tag begins one, so that a record whose first line is lost comes in.
    """
    record: TaggedRecord | None = None
    for number, line in enumerate(told("Reading", lines_of(clean(text))), 1):
        match = layout.line.match(line)
        tag, value = (match[1].upper(), (match[2] or "").strip()) if match else ("", line.strip())
        if record is None:
            if tag in layout.heads:
                continue
            if tag and tag not in layout.ends:
                record = _begun(number, tag, value, layout)
            elif value:
                found.reject(number, line, OUTSIDE)
        elif tag in layout.ends or tag in layout.starts:
            yield record
            record = _begun(number, tag, value, layout) if tag in layout.starts else None
        elif tag:
            record.pairs.append((tag, value))
        elif value:
            last, before = record.pairs[-1]
            record.pairs[-1] = (last, f"{before}\n{value}".strip())
    if record is not None:
        yield record


def _begun(number: int, tag: str, value: str, layout: Layout) -> TaggedRecord:
    return TaggedRecord(number, [(tag, value)], tag in layout.starts)
