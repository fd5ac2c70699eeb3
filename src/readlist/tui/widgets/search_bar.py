"""The line in which a search is typed."""

from collections.abc import Callable
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.widgets import Input


class Leave(Protocol):
    """What is to happen when the user is done with typing."""

    def __call__(self, *, clear: bool) -> None:
        """Keep what is found, or ``clear`` the search."""


class SearchBar(Input):
    """Tells of every letter typed; the list follows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "Clear", priority=True),
        Binding("enter,tab", "keep", "Keep", priority=True),
        Binding("down,ctrl+n", "step(1)", "Down", priority=True),
        Binding("up", "step(-1)", "Up", priority=True),
    ]

    def __init__(self, text: str, *, typed: Callable[[], None], leave: Leave, step: Callable[[int], None]) -> None:
        super().__init__(text, placeholder="Search titles, authors, abstracts, notes, tags", id="search", compact=True)
        self._typed = typed
        self._leave = leave
        self._step = step

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell of the new text."""
        event.stop()
        self._typed()

    def action_clear(self) -> None:
        """Clear the search and leave."""
        self._leave(clear=True)

    def action_keep(self) -> None:
        """Keep what is found and go to the list."""
        self._leave(clear=False)

    def action_step(self, rows: int) -> None:
        """Move the cursor of the list."""
        self._step(rows)
