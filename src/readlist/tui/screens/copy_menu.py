"""The keys that may follow y, along the bottom of the screen; what is behind stays in sight."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from readlist.latex import plain
from readlist.tui.copy_formats import COPY_FORMATS
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.clickable import ClickableText, clickable

ANY_STYLE = "\0any"
"""What the menu answers when the user wants to pick from the list of all styles; no style has a NUL in its id."""
_COLUMN = 19


class CopyMenu(ModalScreen[str | None]):
    """Asks in which style to copy; ``y`` once more takes the default one."""

    CSS_PATH = style_sheet("copy_menu")
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(fmt.key, f"choose('{fmt.style}')", fmt.label, priority=True) for fmt in COPY_FORMATS),
        Binding("y,enter", "choose_default", "Default", priority=True),
        Binding("Y", "any_style", "Any style", priority=True),
        Binding("escape,q", "cancel", "Cancel", priority=True),
    ]

    def __init__(self, default: str, papers: int) -> None:
        super().__init__()
        self._default = default
        self._papers = papers

    def compose(self) -> ComposeResult:
        """A panel with every key and what it copies."""
        what = "Copy" if self._papers == 1 else f"Copy {self._papers:,} papers as"
        panel = ClickableText(self._entries(), id="copy-panel")
        panel.border_title = what
        panel.border_subtitle = "esc cancels"
        yield panel

    def _entries(self) -> Content:
        label = next((fmt.label for fmt in COPY_FORMATS if fmt.style == self._default), plain(self._default))
        default = Content.assemble(("y ", "bold $primary"), label, (" (default)", "$foreground 60%"))
        entries = [clickable(default, "screen.choose_default"), Content("\n")]
        for number, (key, style, label) in enumerate(COPY_FORMATS):
            entry = Content.assemble((f"{key} ", "bold $primary"), label).pad_right(max(0, _COLUMN - len(label) - 2))
            entries.append(clickable(entry, f"screen.choose('{style}')"))
            entries.append(Content("\n" if number % 4 == 3 else ""))  # noqa: PLR2004 - four fit in 80 columns
        entries.append(clickable(Content.assemble(("Y ", "bold $primary"), "any style …"), "screen.any_style"))
        return Content("").join(entries)

    def action_choose(self, style: str) -> None:
        """Copy in this style."""
        self.dismiss(style)

    def action_choose_default(self) -> None:
        """Copy in the default style of the settings."""
        self.dismiss(self._default)

    def action_any_style(self) -> None:
        """Go on to the list of all styles."""
        self.dismiss(ANY_STYLE)

    def action_cancel(self) -> None:
        """Copy nothing."""
        self.dismiss(None)

    def on_click(self) -> None:
        """A click beside the entries cancels; one on an entry has been taken by its action."""
        if not self.query_one("#copy-panel").mouse_hover:
            self.dismiss(None)
