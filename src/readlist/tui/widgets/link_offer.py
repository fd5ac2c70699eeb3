"""The papers to which a link that is being typed in a note may lead, above the editor."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from readlist.latex import plain, to_unicode
from readlist.note_links import name_of
from readlist.paper import Paper
from readlist.tui.widgets.paper_row import truncate

_SHOWN = 5
"""Papers that are offered; who does not find his among them types on."""
_OTHER_ROWS = 12
"""Rows of the screen that the rest needs: bars, the editor, and a line of the paper."""
_NAME = 26
"""Cells of a key; longer ones are cut."""


class LinkOffer(Static):
    """One line a paper; the keys that choose belong to the editor."""

    def __init__(self) -> None:
        super().__init__(markup=False, id="link-offer")
        self.display = False
        self._papers: Sequence[Paper] = ()
        self._chosen = 0

    @property
    def most(self) -> int:
        """How many papers there is room for."""
        return max(2, min(_SHOWN, self.app.size.height - _OTHER_ROWS))

    def offer(self, papers: Sequence[Paper], chosen: int) -> None:
        """Show ``papers``, the one that is ``chosen`` standing out; nothing where there is none."""
        self._papers, self._chosen = papers, chosen
        self.display = bool(papers)
        self._fit()

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        self._fit()

    def _fit(self) -> None:
        width = (self.size.width or self.app.size.width) - 1
        lines = [
            Content.styled(
                truncate(f" {_told(paper)}", width),
                "reverse" if place == self._chosen else "",
            )
            for place, paper in enumerate(self._papers)
        ]
        keys = truncate(" tab or enter links · ↓ ↑ choose · esc types on", width)
        self.update(Content("\n").join([*lines, Content.styled(keys, "$foreground 60%")]))


def _told(paper: Paper) -> str:
    author = to_unicode(paper.authors[0].short) if paper.authors else ""
    told = plain(" ".join(part for part in (author, paper.year, to_unicode(paper.title)) if part))
    name = name_of(paper)
    return told if name == paper.id else f"{truncate(plain(name), _NAME)}  {told}"
