"""Waiting for one more key: where to put the paper, and which row to jump to."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice, product

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class OneKeyScreen(Dialog[str | None]):
    """Gives the next letter that is pressed; None for any other key."""

    CSS_PATH = style_sheet("one_key")

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._hint = hint

    def compose(self) -> ComposeResult:
        """One line that says which keys there are."""
        yield Static(self._hint, id="one-key-hint", markup=False)

    def on_key(self, event: events.Key) -> None:
        """That is the one."""
        event.stop()
        self.dismiss(event.character if event.is_printable else None)

    def on_click(self) -> None:
        """A click ends the waiting."""
        self.dismiss(None)


class JumpScreen(Dialog[int | None]):
    """Labels the rows with letters and gives the row whose letters are pressed."""

    CSS_PATH = style_sheet("one_key")

    def __init__(self, rows: Sequence[int], show: Callable[[Mapping[int, str]], object]) -> None:
        super().__init__()
        self._labels = labels_of(rows)
        self._show = show
        self._typed = ""

    def compose(self) -> ComposeResult:
        """One line that says what to do."""
        yield Static("type the letters of a row · esc", id="one-key-hint", markup=False)

    def on_mount(self) -> None:
        """Show the labels."""
        self._show(self._labels)

    def on_unmount(self) -> None:
        """Take them away."""
        self._show({})

    def on_key(self, event: events.Key) -> None:
        """Take a letter; what no label begins with ends the jump."""
        event.stop()
        self._typed += event.character or ""
        left = {row: label for row, label in self._labels.items() if label.startswith(self._typed)}
        if not event.is_printable or not left:
            self.dismiss(None)
        elif self._typed in left.values():
            self.dismiss(next(iter(left)))
        else:
            self._show(left)

    def on_click(self) -> None:
        """A click ends the jump."""
        self.dismiss(None)


def labels_of(rows: Sequence[int]) -> dict[int, str]:
    """A label for each of ``rows``: all of one letter, or all of two, so that none begins another."""
    length = 1 if len(rows) <= len(_LETTERS) else 2
    letters = ("".join(pair) for pair in product(_LETTERS, repeat=length))
    return dict(zip(rows, islice(letters, len(rows)), strict=False))
