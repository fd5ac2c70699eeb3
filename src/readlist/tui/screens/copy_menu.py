"""The keys that may follow y, along the bottom of the screen; what is behind stays in sight."""

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from readlist.cite.styles import COMMON
from readlist.latex import plain
from readlist.tui.copy_formats import COPY_FORMATS
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.clickable import ClickableText, clickable
from readlist.tui.widgets.panel import KeysOnBorder

_COLUMN = 19


class Answer(NamedTuple):
    """What the user wants."""

    style: str | None
    """None: to pick from the list of all styles."""
    rich: bool = False
    """Whether to copy with italics."""


class _CopyPanel(ClickableText, KeysOnBorder):
    """The frame with the keys in it."""


class CopyMenu(Dialog[Answer | None]):
    """Asks in which style to copy; ``y`` once more takes the default one. Capitals copy with italics."""

    CSS_PATH = style_sheet("copy_menu")
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(fmt.key, f"choose('{fmt.style}')", fmt.label, priority=True) for fmt in COPY_FORMATS),
        *(
            Binding(fmt.key.upper(), f"choose('{fmt.style}', True)", f"{fmt.label} with italics", priority=True)
            for fmt in COPY_FORMATS
            if fmt.rich
        ),
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
        panel = _CopyPanel(self._entries(), id="copy-panel")
        panel.border_title = what
        panel.show_hints("A I C H V M F: with italics, for word processors", "esc cancels")
        yield panel

    def _entries(self) -> Content:
        known = {**COMMON, **{fmt.style: fmt.label for fmt in COPY_FORMATS}}
        label = known.get(self._default) or plain(self._default)
        default = Content.assemble(("y ", "bold $primary"), label, (" (default)", "$foreground 60%"))
        entries = [clickable(default, "screen.choose_default"), Content("\n")]
        for number, (key, style, label, _) in enumerate(COPY_FORMATS):
            entry = Content.assemble((f"{key} ", "bold $primary"), label).pad_right(max(0, _COLUMN - len(label) - 2))
            entries.append(clickable(entry, f"screen.choose('{style}')"))
            entries.append(Content("\n" if number % 4 == 3 else ""))  # noqa: PLR2004 - four fit in 80 columns
        entries.append(clickable(Content.assemble(("Y ", "bold $primary"), "any style …"), "screen.any_style"))
        return Content("").join(entries)

    def action_choose(self, style: str, rich: bool = False) -> None:  # noqa: FBT001, FBT002 - the parameter of a binding
        """Copy in this style."""
        self.dismiss(Answer(style, rich))

    def action_choose_default(self) -> None:
        """Copy in the default style."""
        self.dismiss(Answer(self._default))

    def action_any_style(self) -> None:
        """Go on to the list of all styles."""
        self.dismiss(Answer(None))

    def action_cancel(self) -> None:
        """Copy nothing."""
        self.dismiss(None)

    def on_click(self) -> None:
        """A click beside the entries cancels; one on an entry has been taken by its action."""
        if not self.query_one("#copy-panel").mouse_hover:
            self.dismiss(None)
