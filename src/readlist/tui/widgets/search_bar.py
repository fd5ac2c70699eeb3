"""The line in which a search is typed."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from readlist.tui.messages import SearchLeft, SearchStepped, SearchTyped


class SearchBar(Input):
    """Tells of every letter typed; the list follows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "Clear", priority=True),
        Binding("enter,tab", "keep", "Keep", priority=True),
        Binding("down,ctrl+n", "step(1)", "Down", priority=True),
        Binding("up", "step(-1)", "Up", priority=True),
    ]

    def __init__(self, text: str) -> None:
        super().__init__(text, placeholder="Search titles, authors, abstracts, notes, tags", id="search", compact=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell of the new text."""
        event.stop()
        self.post_message(SearchTyped(event.value))

    def action_clear(self) -> None:
        """Clear the search and leave."""
        self.post_message(SearchLeft(clear=True))

    def action_keep(self) -> None:
        """Keep what is found and go to the list."""
        self.post_message(SearchLeft(clear=False))

    def action_step(self, rows: int) -> None:
        """Move the cursor of the list."""
        self.post_message(SearchStepped(rows))
