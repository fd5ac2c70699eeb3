"""When no way to a clipboard worked: the text itself, ready to be selected with the mouse."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static
from textual.widgets.text_area import Selection

from readlist.latex import plain
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.panel import Panel
from readlist.tui.widgets.text_field import TextField


class CopyFailed(Dialog[None]):
    """Shows the text that could not be copied, why, and what would help on this system."""

    CSS_PATH = style_sheet("dialog")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss", "Close", priority=True)]

    def __init__(self, what: str, text: str, reason: str) -> None:
        super().__init__()
        self._what = what
        self._text = text
        self._reason = reason

    def compose(self) -> ComposeResult:
        """The reason above the text."""
        with Panel(classes="dialog") as dialog:
            dialog.border_title = f"{self._what} was not copied"
            dialog.show_hints("esc closes")
            yield Static(
                f"{self._reason}\nSelect the text here with your terminal's own selection (often shift+drag).",
                markup=False,
                classes="dialog-text",
            )
            yield TextField(
                "\n".join(map(plain, self._text.split("\n"))), read_only=True, soft_wrap=True, id="uncopied"
            )

    def on_mount(self) -> None:
        """Select all of it, backwards, so that its beginning stays in sight."""
        field = self.query_one(TextField)
        field.selection = Selection(field.document.end, (0, 0))
