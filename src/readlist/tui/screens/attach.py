"""Naming a file that belongs to a paper."""

import asyncio
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from readlist.attaching import attached
from readlist.errors import UsageError
from readlist.latex import plain
from readlist.tui.screens.dialog import Dialog
from readlist.tui.screens.edit import Tick
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.panel import Panel

_AROUND = 14
"""Cells of the window's width that the label of the box cannot have."""


class AttachScreen(Dialog[str | None]):
    """Asks for the path, and whether to copy the file beside the library; gives the path that is to be kept."""

    CSS_PATH = style_sheet("dialog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", priority=True),
        Binding("enter", "attach", "Attach", priority=True),
        Binding("ctrl+t", "copying", "Copy it", priority=True),
    ]

    def __init__(self, library: Path) -> None:
        super().__init__()
        self._library = library

    def compose(self) -> ComposeResult:
        """A line for the path, and a box."""
        with Panel(classes="dialog") as dialog:
            dialog.border_title = "Attach a file"
            dialog.show_hints("enter attaches", "ctrl+t copies it beside the library", "esc cancels")
            yield Input(placeholder="its path, or drop it here", compact=True)
            yield Tick(self._offered_copy(), compact=True)
            yield Static(id="attach-problem", classes="dialog-text", markup=False)

    def _offered_copy(self) -> str:
        """What the box says: to which folder, where the window has room for its name."""
        named = f"copy it to {_from_home(self._library.parent / 'files')}"
        return named if cell_len(named) + _AROUND <= self.app.size.width else "copy it beside the library"

    def action_copying(self) -> None:
        """Tick the box."""
        self.query_one(Tick).toggle()

    def action_attach(self) -> None:
        """Take the file, or say what is wrong."""
        self._take(self.query_one(Input).value, copy=self.query_one(Tick).value)

    @work(group="attaching", exclusive=True)
    async def _take(self, text: str, *, copy: bool) -> None:
        try:
            path = await asyncio.to_thread(attached, text, self._library, copy=copy)
        except UsageError as error:
            if self.is_left:  # with esc, behind enter
                return
            self.query_one("#attach-problem", Static).update(Content.styled(plain(str(error)), "$text-error"))
        else:
            self.dismiss(str(path))


def _from_home(path: Path) -> str:
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
