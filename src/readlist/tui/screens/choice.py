"""A short list to choose from."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from readlist.latex import plain
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.options import Options
from readlist.tui.widgets.panel import Panel


class Choice(NamedTuple):
    """One thing to choose, and what it is called."""

    id: str
    label: str


class ChoiceScreen(Dialog[str | None]):
    """Asks for one of a few things; the first letter of each chooses it too."""

    CSS_PATH = style_sheet("dialog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Cancel", priority=True),
        Binding("j", "step(1)", "Down", priority=True),
        Binding("k", "step(-1)", "Up", priority=True),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], current: str) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._current = current

    def compose(self) -> ComposeResult:
        """The choices, numbered, the present one marked."""
        with Panel(classes="dialog small") as dialog:
            dialog.border_title = self._title
            dialog.show_hints("enter or number chooses", "esc cancels")
            yield Options(*(Option(self._prompt(n, choice), id=choice.id) for n, choice in enumerate(self._choices, 1)))

    def _prompt(self, number: int, choice: Choice) -> Content:
        label = Content.assemble((f"{number} ", "bold $primary"), plain(choice.label))
        # An empty text with a style, at the very end, is more than Textual can draw.
        return label.append(Content.styled("  ✓", "$text-success")) if choice.id == self._current else label

    def on_mount(self) -> None:
        """Start on the present choice."""
        ids = [choice.id for choice in self._choices]
        self.query_one(OptionList).highlighted = ids.index(self._current) if self._current in ids else 0

    def on_key(self, event: events.Key) -> None:
        """A number chooses."""
        if event.character and event.character.isdecimal() and 1 <= int(event.character) <= len(self._choices):
            event.stop()
            self.dismiss(self._choices[int(event.character) - 1].id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click chooses."""
        self.dismiss(event.option.id)

    def action_step(self, rows: int) -> None:
        """Move as in the list."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if rows > 0 else options.action_cursor_up)()
