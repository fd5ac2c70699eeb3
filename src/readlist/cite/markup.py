"""The HTML of a citation, read back as runs of text with their markup: for Markdown, and for a screen."""

from html.parser import HTMLParser
from typing import NamedTuple

_TAGS = {"i": "i", "em": "i", "b": "b", "strong": "b", "sup": "sup", "sub": "sub", "u": "u"}
_STYLES = {
    "font-style:normal": ("i", False),
    "font-weight:normal": ("b", False),
    "font-variant:small-caps": ("sc", True),
    "text-decoration:underline": ("u", True),
}


class Run(NamedTuple):
    """A piece of text that has the same markup throughout."""

    text: str
    marks: frozenset[str]
    """Of ``i``, ``b``, ``u``, ``sup``, ``sub`` and ``sc`` (small capitals)."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self._open: list[tuple[str, frozenset[str]]] = []

    @property
    def _marks(self) -> frozenset[str]:
        return self._open[-1][1] if self._open else frozenset()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            return
        marks = set(self._marks)
        if tag in _TAGS:
            marks.add(_TAGS[tag])
        for declaration in (dict(attrs).get("style") or "").replace(" ", "").split(";"):
            mark, on = _STYLES.get(declaration, ("", False))
            (marks.add if on else marks.discard)(mark)
        self._open.append((tag, frozenset(marks)))

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, (opened, _) in enumerate(self._open) if opened == tag]
        if places:
            del self._open[places[-1] :]

    def handle_data(self, data: str) -> None:
        self.runs.append(Run(data, self._marks))


def runs_of(html: str) -> list[Run]:
    """The runs of ``html``, a fragment as `formats.Citation` holds it; paragraphs stand on lines of their own."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.runs
