"""A citation as it is read on the screen: italics, bold and underlining of its style."""

from textual.content import Content

from readlist.cite.formats import Citation
from readlist.cite.markup import runs_of
from readlist.latex import plain

_STYLES = {"i": "italic", "b": "bold", "u": "underline"}


def citation_text(citation: Citation) -> Content:
    """``citation`` with its markup, an empty line between two entries; control characters are left out."""
    if not citation.html:
        return literal_text(citation.text)
    pieces: list[tuple[str, str]] = []
    for run in runs_of(citation.html.replace("</p>\n<p>", "</p>\n\n<p>")):
        style = " ".join(_STYLES[mark] for mark in sorted(run.marks & _STYLES.keys()))
        pieces.append((_harmless(run.text), style))
    return Content.assemble(*pieces)


def literal_text(text: str) -> Content:
    """``text`` as it stands, on its lines; control characters are left out."""
    return Content(_harmless(text))


def _harmless(text: str) -> str:
    return "\n".join(map(plain, text.split("\n")))
