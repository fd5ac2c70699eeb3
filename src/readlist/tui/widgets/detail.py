"""The detail pane: one paper in full, and the place where its note is written."""

from functools import partial
from time import monotonic

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.timer import Timer
from textual.widgets import Static

from readlist.paper import Paper
from readlist.search.query import Query
from readlist.tui.widgets.detail_text import detail_text

_DELAY = 0.03
"""Seconds of rest before another paper is laid out while keys keep coming: none waits for an abstract to be wrapped."""
_REST = 0.1
"""Seconds without a new paper after which the next one is laid out soon:"""
_SOON = 0.003
"""in so many seconds, when the list has been drawn."""


class PaperDetail(VerticalScroll, can_focus=True):
    """Shows one paper. Asking for another one while keys keep coming lays out only the last."""

    body = query_one("#detail-body", Static)

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the name Textual gives this argument
        super().__init__(id=id)
        self._paper: Paper | None = None
        self._query = Query()
        self._timer: Timer | None = None
        self._asked_at = 0.0
        self._is_another = False
        """Whether the paper to be laid out is another one than that which is shown."""

    def compose(self) -> ComposeResult:
        """One block of text; it is drawn as literal text, whatever it holds."""
        yield Static(id="detail-body", markup=False)

    def show_paper(self, paper: Paper | None, query: Query) -> None:
        """Show ``paper`` (None: nothing), what ``query`` finds in it highlighted; another paper starts at its top."""
        if paper is self._paper and query == self._query:
            return
        if paper is None or self._paper is None or paper.id != self._paper.id:
            self._is_another = True
        self._paper, self._query = paper, query
        before, self._asked_at = self._asked_at, monotonic()
        if self._timer is None:
            self._wait(_SOON if self._asked_at - before > _REST else _DELAY)

    def move(self, rows: int) -> None:
        """Scroll the text by ``rows``."""
        self.scroll_relative(y=rows, animate=False)

    def move_to_end(self, *, first: bool) -> None:
        """Scroll to the top or to the bottom of the text."""
        (self.scroll_home if first else self.scroll_end)(animate=False)

    def _wait(self, seconds: float) -> None:
        self._timer = self.set_timer(seconds, partial(self._waited, self._asked_at))

    def _waited(self, asked_at: float) -> None:
        """Lay the paper out, unless another one has been asked for while this was waited for."""
        if self._asked_at != asked_at:
            self._wait(_DELAY)
        else:
            self._timer = None
            self._lay_out()

    def _lay_out(self) -> None:
        if self._is_another:
            self._is_another = False
            self.scroll_home(animate=False)
        self.body.update(detail_text(self._paper, self._query) if self._paper else Content(""))
