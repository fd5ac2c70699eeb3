"""The line in which a search is typed."""

from collections.abc import Callable
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.widgets import Input

from readlist.search.query.completion import Completion, Values, complete


class Leave(Protocol):
    """What is to happen when the user is done with typing."""

    def __call__(self, *, clear: bool) -> None:
        """Keep what is found, or ``clear`` the search."""


class SearchBar(Input):
    """Tells of every letter typed; the list follows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Keep", priority=True),
        Binding("escape,ctrl+g", "clear", "Clear", priority=True),  # as the search of Emacs is left
        Binding("tab", "complete(1)", "Complete", priority=True),
        Binding("shift+tab", "complete(-1)", "Complete backwards", priority=True, show=False),
        Binding("down,ctrl+n", "step(1)", "Down", priority=True),
        Binding("up", "step(-1)", "Up", priority=True),
    ]

    def __init__(
        self, text: str, *, typed: Callable[[], None], leave: Leave, step: Callable[[int], None], values: Values
    ) -> None:
        super().__init__(text, placeholder="Search titles, authors, abstracts, notes, tags", id="search", compact=True)
        self._typed = typed
        self._leave = leave
        self._step = step
        self._values = values
        self._offered: list[Completion] = []
        self.chosen = -1
        """Which of the completions stands in the text, or -1."""
        self._completed = ""

    @property
    def completions(self) -> list[Completion]:
        """How the text before the cursor may go on; once one of them was taken, those it was taken from."""
        if self.chosen >= 0 and self.value == self._completed:
            return self._offered
        self.chosen = -1
        self._offered = complete(self.value[: self.cursor_position], self._values)
        return self._offered

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

    def action_complete(self, step: int) -> None:
        """Take the first completion, or the one after that which was taken; without any, go to the list."""
        offered = self.completions
        if not offered:
            if step > 0:
                self._leave(clear=False)
            else:
                self.notify("Nothing completes this word", markup=False)
            return
        before = offered[self.chosen].insert if self.chosen >= 0 else None
        chosen = (self.chosen + step) % len(offered) if before is not None else 0 if step > 0 else len(offered) - 1
        start = offered[chosen].start
        end = self.cursor_position if before is None else start + len(before)
        text = self.value[:start] + offered[chosen].insert + self.value[end:].lstrip()
        single = len(offered) == 1
        self.chosen, self._completed = (-1 if single else chosen), text
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = start + len(offered[chosen].insert)
        self._typed()

    def action_step(self, rows: int) -> None:
        """Move the cursor of the list."""
        self._step(rows)
