"""What the user is looking at, and the one way in which the app changes the library."""

import asyncio
from collections.abc import Callable, Mapping

from readlist.library.library import Change, Library
from readlist.paper import Paper
from readlist.search.query import Query
from readlist.search.view import Finder, Order, Shelf, View, make_view

Act = Callable[[Library], Change | None]
"""A change to carry out: it runs in a thread, on the library as it is then, and says what it did (or None: nothing)."""


class Session:
    """The library, the shelf, query and order in which it is shown, and which papers are selected.

    Nothing here knows of widgets: the screen asks for a new `view` after every change.
    """

    def __init__(self, library: Library, order: Order = Order.DATE) -> None:
        self.library = library
        self.selection: frozenset[str] = frozenset()
        self.query_text = ""
        self._anchor: str | None = None
        self._before_range: frozenset[str] = frozenset()
        self._finder = Finder()
        self._turn = asyncio.Lock()
        self.view = View(order=order)
        self.look()

    @property
    def papers(self) -> Mapping[str, Paper]:
        """All papers of the list by id, whatever is shown."""
        return self.library.papers

    def look(self, *, shelf: Shelf | None = None, query: str | None = None, order: Order | None = None) -> View:
        """Make the view anew, on another shelf, by another query or in another order where one is given.

        A selected paper that is no longer shown is no longer selected: nothing acts on what cannot be seen.
        """
        if query is not None:
            self.query_text = query
        self.view = make_view(
            self.papers,
            shelf=shelf or self.view.shelf,
            query=Query.parse(self.query_text),
            order=order or self.view.order,
            finder=self._finder,
        )
        if self.selection:
            shown = {paper.id for paper in self.view.papers}
            self.selection &= shown
            self._before_range &= shown
        return self.view

    @property
    def drawing_range(self) -> bool:
        """Whether a range has been begun and follows the cursor."""
        return self._anchor is not None

    def select(self, selection: frozenset[str]) -> None:
        """Make ``selection`` the selected papers; a range being drawn ends."""
        self._anchor = None
        self.selection = selection

    def begin_range(self, identifier: str) -> None:
        """Let a range begin at this paper, besides what is selected already."""
        self._anchor, self._before_range = identifier, self.selection
        self.extend_range(identifier)

    def extend_range(self, identifier: str) -> None:
        """Let the range that is being drawn reach to this paper."""
        start, end = (self.view.position(paper) for paper in (self._anchor or "", identifier))
        if start is None or end is None:
            self._anchor = None
            return
        covered = self.view.papers[min(start, end) : max(start, end) + 1]
        self.selection = self._before_range | {paper.id for paper in covered}

    def end_range(self) -> None:
        """Keep what the range covers and follow the cursor no longer."""
        self._anchor = None

    async def change(self, act: Act) -> Change | None:
        """Carry out ``act`` off the event loop, after those asked for before it; the change is on disk on return.

        It meets the library as it is on the disk by then, with what other windows have written.

        Raises:
            LibraryError: nothing was changed, and why.
        """
        async with self._turn:
            return await asyncio.to_thread(self._on_the_latest, act)

    def _on_the_latest(self, act: Act) -> Change | None:
        self.library.reload()
        return act(self.library)

    async def reload(self) -> bool:
        """Take over what another process has changed; True when there was something."""
        async with self._turn:
            return await asyncio.to_thread(self.library.reload)

    async def settled(self) -> None:
        """Return when every change asked for so far is on disk."""
        async with self._turn:
            return
