"""Asking for a name."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet


class NameScreen(Dialog[str | None]):
    """One line; gives what was typed."""

    CSS_PATH = style_sheet("dialog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", priority=True),
        Binding("enter", "take", "Take", priority=True),
    ]

    def __init__(self, title: str, text: str, hint: str) -> None:
        super().__init__()
        self._title, self._text, self._hint = title, text, hint

    def compose(self) -> ComposeResult:
        """The line, and what the name is for."""
        with Vertical(classes="dialog small") as dialog:
            dialog.border_title = self._title
            dialog.border_subtitle = "enter saves · esc cancels"
            yield Input(self._text, placeholder="a name", compact=True)
            yield Static(self._hint, classes="dialog-text", markup=False)

    def action_take(self) -> None:
        """That is the name."""
        self.dismiss(self.query_one(Input).value)
