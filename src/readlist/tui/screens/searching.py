"""The part of the main screen that searches: the line that opens on /, and what follows from its letters."""

import asyncio
from collections.abc import Coroutine
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from readlist.search.finder import FORGIVEN_AT_ONCE
from readlist.search.query import Query
from readlist.tui.screens.part import ScreenPart

if TYPE_CHECKING:
    from readlist.tui.session import Session
    from readlist.tui.widgets.paper_list import PaperList
    from readlist.tui.widgets.search_bar import SearchBar
    from readlist.tui.widgets.search_hint import SearchHint

_PAUSE = 0.2
"""Seconds without a letter after which a large library is searched for what may have been meant."""


class Searching(ScreenPart):
    """Opens and closes the search line of the main screen and follows what is typed in it."""

    if TYPE_CHECKING:
        session: Session
        paper_list: PaperList

        def look(self, *, query: str | None = None, typing: bool | None = None) -> None:
            """Given by the main screen."""

        def show_view(self) -> None:
            """Given by the main screen."""

        def one_frame(self) -> AbstractContextManager[None]:
            """Given by the main screen."""

        def start(self, work: Coroutine[Any, Any, object], group: str) -> None:
            """Given by the main screen."""

    @property
    def _search_bar(self) -> "SearchBar | None":
        found = self.query("#search")
        return found.first() if found else None  # type: ignore[return-value]  # the id belongs to search bars alone

    @property
    def _search_hint(self) -> "SearchHint | None":
        found = self.query("#search-hint")
        return found.first() if found else None  # type: ignore[return-value]  # the id belongs to search hints alone

    def open_search(self) -> None:
        """Put the cursor in the search line."""
        from readlist.tui.widgets.search_bar import SearchBar  # noqa: PLC0415 - costs start-up time, needed later
        from readlist.tui.widgets.search_hint import SearchHint  # noqa: PLC0415 - likewise

        self.remove_class("-detail")
        bar = self._search_bar
        if bar is None:
            bar = SearchBar(
                self.session.query_text,
                typed=self.search,
                leave=self.close_search,
                step=self.paper_list.move,
                values=self.session.values,
            )
            self.mount(bar, SearchHint(id="search-hint", markup=False), before="#panes")
        self.set_focus(bar)
        self.explain_search(typing=True)
        self.call_after_refresh(self.session.expect_search)
        self.call_after_refresh(self.start, self.session.index_ahead(), "ahead")

    def search(self) -> None:
        """Show what the search line asks for now."""
        bar = self._search_bar
        if bar is not None and bar.value != self.session.query_text:
            with self.one_frame():
                self.look(query=bar.value, typing=True)
            self._forgive_later()
        else:
            self.explain_search()

    def close_search(self, *, clear: bool) -> None:
        """Go back to the list; the search line stays as long as it filters, and is not left with what is wrong in it.

        All of it happens at once, so that a key already on its way meets the list as it was searched.
        """
        bar = self._search_bar
        if not clear and bar is not None and self._refuses(bar):
            return
        if clear or bar is None:
            self.look(query="", typing=False)
        else:
            self.look(query=bar.value, typing=False)
            self._forgive_later()
        if not self.session.query_text.strip():
            self.query("#search, #search-hint").remove()
        self.set_focus(self.paper_list)
        self.explain_search(typing=False)

    def _refuses(self, bar: "SearchBar") -> bool:
        """Whether what was typed is wrong, which is shown then: what it finds would look like an answer."""
        problem = Query.parse(bar.value).problem
        if problem is None:
            return False
        if self.focused is not bar:
            self.set_focus(bar)
        bar.cursor_position = problem.end or len(bar.value)
        if self._search_hint is not None:
            self._search_hint.explain(problem, "", (), -1, hints=True)
        return True

    def on_input_blurred(self) -> None:
        """The line was left, by the mouse perhaps: what is wrong in it finds nothing until it is mended."""
        bar = self._search_bar
        if bar is not None and self.app.app_focus and Query.parse(bar.value).problem:
            self.look(query=bar.value, typing=False)

    def explain_search(self, *, typing: bool | None = None) -> None:
        """Say below the search line what is wrong with it, what it was taken for, or how it may go on."""
        bar, hint = self._search_bar, self._search_hint
        if bar is None or hint is None:
            return
        typing = self.focused is bar if typing is None else typing
        view = self.session.view
        completions = bar.completions if typing else ()
        hint.explain(
            view.query.problem or view.query.pending, str(view.forgiven or ""), completions, bar.chosen, hints=typing
        )
        if self.session.lacks_values:
            self.start(self._offer_values(), "completions")

    async def _offer_values(self) -> None:
        """Offer what the field that is being typed may hold, as soon as that is known of a large library."""
        await self.session.count_values()
        self.explain_search()

    def _forgive_later(self) -> None:
        """Look in a thread for what a search without finds may have meant, where the library is large."""
        view = self.session.view
        if not view.papers and len(self.session.papers) > FORGIVEN_AT_ONCE:
            self.start(self._forgive(), "forgiving")

    async def _forgive(self) -> None:
        before = self.session.view
        await asyncio.sleep(_PAUSE)
        if self.session.view is not before:
            return
        forgiven = await asyncio.to_thread(self.session.forgive)
        if forgiven and self.session.view is before:
            self.session.take(forgiven)
            self.show_view()
            self.explain_search()
