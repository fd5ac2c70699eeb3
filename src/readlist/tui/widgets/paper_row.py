"""One row of the list as styled pieces of text; knows nothing of scrolling or of the screen."""

import re
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from readlist.latex import plain, to_unicode
from readlist.paper import Paper
from readlist.search.query import Query
from readlist.search.text import Field
from readlist.statuses import meaning
from readlist.tui import glyphs

ELLIPSIS = "…"
_MARKS = re.compile(r"^[\s#>*-]+")
"""What begins a heading, a quotation or a list in Markdown."""
_LEAST_NOTE = 12
"""Cells of a note that are worth showing."""
_LOOKED_AT = 400
"""Characters of a note in which its first line is looked for."""

Piece = tuple[str, str]
"""A run of text and the name of its style (see `readlist.tui.widgets.row_styles`)."""


class RowOptions(NamedTuple):
    """What the settings say of the rows."""

    zebra: bool = False
    """Whether every second row has another ground."""
    note: bool = False
    """Whether the first line of the note stands behind the title where there is room."""
    rules: bool = False
    """Whether thin lines stand between the columns."""


class RowLayout(NamedTuple):
    """How the columns of a row are spread over ``width`` cells."""

    width: int
    author: int
    selecting: bool = False
    options: RowOptions = RowOptions()

    @classmethod
    def fit(cls, width: int, *, selecting: bool, options: RowOptions) -> "RowLayout":
        """The layout for a list of this width: the wider, the more of the author's name is shown."""
        author = 0 if width < 50 else 11 if width < 90 else 14  # noqa: PLR2004 - the steps themselves
        return cls(width, author, selecting, options)


def truncate(text: str, width: int) -> str:
    """``text`` in at most ``width`` cells, its cut end marked by an ellipsis."""
    if len(text) <= width and (text.isascii() or cell_len(text) <= width):
        return text
    if width <= 0:
        return ""
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def pad(text: str, width: int) -> str:
    """``text`` in exactly ``width`` cells."""
    return set_cell_size(truncate(text, width), width)


def first_author(paper: Paper) -> str:
    """The first author as a narrow column shows it; a plus sign for those who follow is not spent room on."""
    return to_unicode(paper.authors[0].short) if paper.authors else "–"


def row_pieces(paper: Paper, layout: RowLayout, query: Query, *, cursor: bool, selected: bool) -> list[Piece]:
    """The pieces of a row, together exactly ``layout.width`` cells wide; the fewer, the faster they are drawn."""
    status = meaning(paper.status)
    pieces: list[Piece] = [(glyphs.CURSOR if cursor else " ", "bar")]
    if layout.selecting:
        pieces.append((glyphs.SELECTED if selected else " ", "selected-mark"))
    has_rules = layout.options.rules
    blank = "" if has_rules else "  "
    pieces += [
        (status.glyph, f"{status.role}:{status.colour}" if status.colour else status.role),
        (glyphs.STAR if paper.star else " ", "star"),
        (f" {paper.year or '    '}{blank}", "year"),
    ]
    rule = (f" {glyphs.RULE} ", "rule")
    if has_rules:
        pieces.append(rule)
    used = sum([cell_len(text) for text, _ in pieces])
    if layout.author:
        pieces += _highlighted(pad(first_author(paper), layout.author), "author", query, Field.AUTHORS, blank)
        used += layout.author + len(blank)
        if has_rules:
            pieces.append(rule)
            used += len(rule[0])
    marks = glyphs.marks(paper)
    right = f" {marks} " if marks else " "
    room = layout.width - used - cell_len(right)
    title = truncate(to_unicode(paper.title), room)
    left_over = room - cell_len(title)
    pieces += _highlighted(title, f"title-{status.role}", query, Field.TITLE)
    if layout.options.note and paper.note and left_over >= _LEAST_NOTE:
        note = truncate(f"  {glyphs.NOTE} {plain(_first_line(paper.note))}", left_over)
        pieces.append((note, "marks"))
        left_over -= cell_len(note)
    pieces.append((" " * left_over + right, "marks"))
    return pieces


def _first_line(note: str) -> str:
    return next((words for line in note[:_LOOKED_AT].splitlines() if (words := _MARKS.sub("", line).strip())), "")


def _highlighted(text: str, style: str, query: Query, field: Field, after: str = "") -> list[Piece]:
    """``text`` in ``style``, what ``query`` finds of it marked; ``after`` follows in the same style."""
    spans = [] if query.is_empty else query.spans(text, field)
    if not spans:
        return [(text + after, style)]
    pieces: list[Piece] = []
    at = 0
    for start, end in spans:
        if start > at:
            pieces.append((text[at:start], style))
        pieces.append((text[start:end], "match"))
        at = end
    pieces.append((text[at:] + after, style))
    return pieces
