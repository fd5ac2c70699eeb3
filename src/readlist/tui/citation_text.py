"""A citation as it is read on the screen: italics, bold and underlining of its style."""

from textual.content import Content

from readlist.cite.formats import Citation
from readlist.cite.markup import runs_of
from readlist.latex import plain

_LONGEST_LINE, _MOST_LINES = 1_500, 200
"""What is laid out of a text: one that thousands have written has tens of thousands of characters in a line, and laying
out all of them would hold up the keys."""

_STYLES = {"i": "italic", "b": "bold", "u": "underline"}
_FAINT = "$foreground 60%"


def citation_text(citation: Citation) -> Content:
    """``citation`` with its markup, an empty line between two entries; control characters are left out.

    Of very long lines, and of very many, the beginning is shown, and how much more there is.
    """
    if not citation.html:
        return _bounded(Content(_harmless(citation.text)))
    pieces: list[tuple[str, str]] = []
    for run in runs_of(citation.html.replace("</p>\n<p>", "</p>\n\n<p>")):
        style = " ".join(_STYLES[mark] for mark in sorted(run.marks & _STYLES.keys()))
        pieces.append((_harmless(run.text), style))
    return _bounded(Content.assemble(*pieces))


def _bounded(text: Content) -> Content:
    lines = text.split("\n", allow_blank=True)
    shown = [_shortened(line) for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(Content.styled(f"… and {len(lines) - _MOST_LINES:,} more lines", _FAINT))
    return Content("\n").join(shown)


def _shortened(line: Content) -> Content:
    left = len(line) - _LONGEST_LINE
    if left <= 0:
        return line
    return line[:_LONGEST_LINE] + Content.styled(f" … and {left:,} more characters", _FAINT)


def _harmless(text: str) -> str:
    return "\n".join(map(plain, text.split("\n")))
