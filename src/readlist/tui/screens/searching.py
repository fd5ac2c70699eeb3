"""The part of the main screen that searches: the line that opens on /, and what follows from its letters."""

from typing import TYPE_CHECKING

from textual.screen import Screen

from readlist.tui.messages import SearchLeft, SearchStepped, SearchTyped

if TYPE_CHECKING:
    from readlist.tui.session import Session
    from readlist.tui.widgets.paper_list import PaperList


class Searching(Screen[None]):
    """Opens and closes the search line of the main screen and passes on what it says."""

    if TYPE_CHECKING:
        session: Session
        paper_list: PaperList

        def look(self, *, query: str | None = None) -> None:
            """Given by the main screen."""

    def open_search(self) -> None:
        """Put the cursor in the search line."""
        from readlist.tui.widgets.search_bar import SearchBar  # noqa: PLC0415 - costs start-up time, needed later

        self.remove_class("-detail")
        bars = self.query(SearchBar)
        bar = bars.first() if bars else SearchBar(self.session.query_text)
        if not bars:
            self.mount(bar, before="#panes")
        self.set_focus(bar)

    def close_search(self, *, clear: bool) -> None:
        """Go back to the list; the search line stays as long as it filters."""
        if clear:
            self.look(query="")
        if not self.session.query_text.strip():
            self.query("#search").remove()
        self.set_focus(self.paper_list)

    def on_search_typed(self, message: SearchTyped) -> None:
        """Search as the user types."""
        self.look(query=message.text)

    def on_search_stepped(self, message: SearchStepped) -> None:
        """Move the cursor of the list while the user types."""
        self.paper_list.move(message.rows)

    def on_search_left(self, message: SearchLeft) -> None:
        """Go back to the list, with or without the search."""
        self.close_search(clear=message.clear)
