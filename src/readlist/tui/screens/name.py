"""Asking for a name."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.panel import Panel


class NameScreen(Dialog[str | None]):
    """One line; gives what was typed."""

    CSS_PATH = style_sheet("dialog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", priority=True),
        Binding("enter", "take", "Take", priority=True),
    ]

    def __init__(self, title: str, text: str, hint: str, *, does: str = "saves") -> None:
        super().__init__()
        self._title, self._text, self._hint, self._does = title, text, hint, does

    def compose(self) -> ComposeResult:
        """The line, and what the name is for."""
        with Panel(classes="dialog small") as dialog:
            dialog.border_title = self._title
            dialog.show_hints(f"enter {self._does}", "esc cancels")
            yield Input(self._text, placeholder="a name" if self._does == "saves" else "", compact=True)
            yield Static(self._hint, classes="dialog-text", markup=False)

    def action_take(self) -> None:
        """That is the name."""
        self.dismiss(self.query_one(Input).value)
