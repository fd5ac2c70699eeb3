"""Papers as a table of comma-separated values (RFC 4180), for spreadsheets.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula and may act upon it, and some
spreadsheets look past blanks and take the full-width forms of these signs as well. Such a cell gets an apostrophe in
front. So does one that begins with apostrophes and then such a sign: one apostrophe less is therefore always the text
as it was (`unguarded`). Source of the rule: OWASP, "CSV Injection".
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from readlist.paper import Author, Paper

COLUMNS = (
    *("id", "key", "type", "title", "authors", "editors", "organisations", "published", "issued"),
    *("venue", "volume", "issue", "pages", "publisher", "category", "subject"),
    *("arxiv_id", "doi", "url", "code_url", "has_code", "abstract"),
    *("status", "star", "queue", "tags", "note", "added", "started", "finished", "changed", "deleted"),
    *("files", "extra", "review_reason"),
)
"""The head of the table. Several names, tags or files in a cell are parted by "; "; ``extra`` is a JSON object."""

_FORMULA = re.compile(r"'*(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[ ]*[\t\r\n])")


class _Line:
    """Keeps the last line that was written to it."""

    text = ""

    def write(self, text: str) -> int:
        self.text = text
        return len(text)


def table_lines(papers: Iterable[Paper]) -> Iterator[str]:
    """The head of the table and a row for each of ``papers``; a row is more than one line where its texts are."""
    line = _Line()
    # All cells are quoted: before Python 3.13 the writer leaves those bare that hold a lone carriage return.
    table = csv.writer(line, lineterminator="\n", quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    yield line.text
    for paper in papers:
        table.writerow([guarded(cell) for cell in _row(paper)])
        yield line.text


def guarded(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` has made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _row(paper: Paper) -> list[str]:
    cells = {
        "authors": _names(paper.authors, complete=paper.authors_complete),
        "editors": _names(paper.editors),
        "has_code": "yes" if paper.has_code else "",
        "star": "yes" if paper.star else "",
        "extra": json.dumps(dict(paper.extra), ensure_ascii=False) if paper.extra else "",
    }
    for name in COLUMNS:
        if name not in cells:
            value = getattr(paper, name)
            cells[name] = "; ".join(value) if isinstance(value, tuple) else str(value)
    return [cells[name] for name in COLUMNS]


def _names(people: Sequence[Author], *, complete: bool = True) -> str:
    return "; ".join([*(person.display for person in people), *([] if complete else ["et al."])])
