"""Read a listing page: text to papers.

``sections.py`` parts the page at its headers, ``records.py`` sorts the lines between them, ``boundary.py`` parts title
and authors, ``header.py`` reads the rest. ``halves.py`` has long pages read by two processes.
"""

import datetime as dt

from readlist.intake.listing.boundary import Split, split_body
from readlist.intake.listing.candidates import split_authors
from readlist.intake.listing.halves import Answer, answers_of
from readlist.intake.listing.header import header_fields
from readlist.intake.listing.records import Body, RawRecord, is_author_line, read_body, read_records
from readlist.intake.result import Intake
from readlist.names import split_name
from readlist.paper import Paper

_CUT_TITLE = "The title ends in an ellipsis: the page has cut it, so complete it."
_SECOND = "The line “{}” after the title may name the authors."


def read_listing(text: str, *, retrieved: dt.date | None = None) -> Intake:
    """Read a listing in the form that alphaXiv prints.

    Args:
        text: The page as pasted or read from a file.
        retrieved: When the page was taken, for dates without their year; today when not known.

    Returns:
        The papers in the order of the page, the line where each begins, and the lines that are no part of a paper. A
        paper whose title and authors may part elsewhere, whose title was cut, or whose date does not exist, has a
        ``review_reason``.
    """
    day = retrieved or dt.datetime.now(tz=dt.UTC).astimezone().date()
    records, rejects = read_records(text)
    answers = answers_of(records, _answer)
    papers = tuple(_paper(record, answer, day) for record, answer in zip(records, answers, strict=True))
    return Intake(papers, tuple(rejects), tuple(record.line for record in records), "listing")


def answer_records() -> None:
    """Answer the records on standard input, for `halves.answers_of`: one JSON value a line, both ways."""
    import json  # noqa: PLC0415 - only the second process needs them
    import sys  # noqa: PLC0415 - likewise

    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(json.dumps(_answer(RawRecord(*json.loads(line)))).encode() + b"\n")
    sys.stdout.buffer.flush()


def _answer(record: RawRecord) -> Answer:
    """Title, authors, whether these were cut, organisations, whether the abstract has the second line, what to ask."""
    body, split, is_abstract, reason = _parts(record)
    return [split.title, list(split.authors), body.cut, list(body.organisations), is_abstract, reason or _doubt(split)]


def _paper(record: RawRecord, answer: Answer, retrieved: dt.date) -> Paper:
    paper = header_fields(record, retrieved)
    title, authors, cut, organisations, is_abstract, question = answer
    return paper._replace(
        title=title,
        authors=tuple(split_name(name) for name in authors),
        authors_complete=not cut,
        organisations=tuple(organisations),
        abstract=f"{record.second} {record.abstract}".rstrip() if is_abstract else record.abstract,
        review_reason=" ".join(filter(None, (paper.review_reason, question, _cut_title(title)))),
    )


def _cut_title(title: str) -> str:
    """The sentence that asks for the rest of a title that the page shortened; empty where it is whole."""
    return _CUT_TITLE if title.rstrip().endswith(("\u2026", "...")) else ""


def _parts(record: RawRecord) -> tuple[Body, Split, bool, str]:
    """Body and split of a record, whether its second line begins the abstract, and a sentence where that is unsure."""
    body = read_body(record.body)
    if not record.second:
        return body, split_body(body.text, record.abstract, cut=body.cut), False, ""
    split = split_body(body.text, f"{record.second} {record.abstract}".rstrip(), cut=body.cut)
    own = is_author_line(record.second)
    if not split.doubt:
        return body, split, True, _SECOND.format(record.second) if own else ""
    more = read_body(record.second)
    if own:
        names = tuple(split_authors(more.text.removesuffix(",")))
        return more, Split(record.body, names, doubt=False, probability=1.0, alternative=None), False, ""
    joined = split_body(f"{body.text} {more.text}", record.abstract, cut=more.cut)
    return (body, split, True, "") if joined.doubt else (more, joined, False, "")


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
