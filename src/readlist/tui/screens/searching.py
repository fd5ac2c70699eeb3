"""The part of the main screen that searches: the line that opens on /, and what follows from its letters."""

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from readlist.tui.session import Session
    from readlist.tui.widgets.paper_list import PaperList
    from readlist.tui.widgets.search_bar import SearchBar


class Searching(Screen[None]):
    """Opens and closes the search line of the main screen and follows what is typed in it."""

    if TYPE_CHECKING:
        session: Session
        paper_list: PaperList

        def look(self, *, query: str | None = None) -> None:
            """Given by the main screen."""

    @property
    def _search_bar(self) -> "SearchBar | None":
        found = self.query("#search")
        return found.first() if found else None  # type: ignore[return-value]  # the id belongs to search bars alone

    def open_search(self) -> None:
        """Put the cursor in the search line."""
        from readlist.tui.widgets.search_bar import SearchBar  # noqa: PLC0415 - costs start-up time, needed later

        self.remove_class("-detail")
        bar = self._search_bar
        if bar is None:
            bar = SearchBar(
                self.session.query_text, typed=self.search, leave=self.close_search, step=self.paper_list.move
            )
            self.mount(bar, before="#panes")
        self.set_focus(bar)

    def search(self) -> None:
        """Show what the search line asks for now."""
        bar = self._search_bar
        if bar is not None and bar.value != self.session.query_text:
            self.look(query=bar.value)

    def close_search(self, *, clear: bool) -> None:
        """Go back to the list; the search line stays as long as it filters.

        All of it happens at once, so that a key already on its way meets the list as it was searched.
        """
        if clear:
            self.look(query="")
        else:
            self.search()
        bar = self._search_bar
        if bar is not None and not self.session.query_text.strip():
            bar.remove()
        self.set_focus(self.paper_list)
