"""Read a listing page: text to papers.

``sections.py`` parts the page at its headers, ``records.py`` sorts the lines between them, ``boundary.py`` parts title
and authors, ``header.py`` reads the rest.
"""

import datetime as dt

from readlist.intake.listing.boundary import Split, split_body
from readlist.intake.listing.candidates import split_authors
from readlist.intake.listing.header import header_fields
from readlist.intake.listing.records import Body, RawRecord, is_author_line, read_body, read_records
from readlist.intake.result import Intake
from readlist.names import split_name
from readlist.paper import Paper

_SECOND = "The line “{}” after the title may name the authors."


def read_listing(text: str, *, retrieved: dt.date | None = None) -> Intake:
    """Read a listing in the form that alphaXiv prints.

    Args:
        text: The page as pasted or read from a file.
        retrieved: When the page was taken, for dates without their year; today when not known.

    Returns:
        The papers in the order of the page, the line where each begins, and the lines that are no part of a paper. A
        paper whose title and authors may part elsewhere, or whose date does not exist, has a ``review_reason``.
    """
    day = retrieved or dt.datetime.now(tz=dt.UTC).astimezone().date()
    records, rejects = read_records(text)
    papers = tuple(_paper(record, day) for record in records)
    return Intake(papers, tuple(rejects), tuple(record.line for record in records), "listing")


def _paper(record: RawRecord, retrieved: dt.date) -> Paper:
    paper = header_fields(record, retrieved)
    body, split, abstract, reason = _parts(record)
    reasons = [paper.review_reason, reason or _doubt(split)]
    return paper._replace(
        title=split.title,
        authors=tuple(split_name(name) for name in split.authors),
        authors_complete=not body.cut,
        organisations=body.organisations,
        abstract=abstract,
        review_reason=" ".join(reason for reason in reasons if reason),
    )


def _parts(record: RawRecord) -> tuple[Body, Split, str, str]:
    """Body, split and abstract of a record, and a sentence where the line behind the title may be read in two ways."""
    body = read_body(record.body)
    if not record.second:
        return body, split_body(body.text, record.abstract, cut=body.cut), record.abstract, ""
    abstract = f"{record.second} {record.abstract}".rstrip()
    split = split_body(body.text, abstract, cut=body.cut)
    own = is_author_line(record.second)
    question = _SECOND.format(record.second) if own else ""
    if not split.doubt:
        return body, split, abstract, question
    more = read_body(record.second)
    if own:
        names = tuple(split_authors(more.text.removesuffix(",")))
        return more, Split(record.body, names, doubt=False, probability=1.0, alternative=None), record.abstract, ""
    joined = split_body(f"{body.text} {more.text}", record.abstract, cut=more.cut)
    return (body, split, abstract, "") if joined.doubt else (more, joined, record.abstract, "")


def _doubt(split: Split) -> str:
    """The sentence that asks the user to look at a split; empty when there is no doubt."""
    if not split.doubt:
        return ""
    if not split.authors:
        return "No author could be told from the title."
    if not split.alternative:
        return f"Title and authors are hard to part: is “{split.authors[0]}” the first author?"
    title, authors = split.alternative
    words = title.split(" ")
    tail = f"…{' '.join(words[-3:])}" if len(words) > 3 else title  # noqa: PLR2004 - enough to see where it ends
    return f"Title and authors are hard to part: the title may also end in “{tail}”, before “{authors[0]}”."
