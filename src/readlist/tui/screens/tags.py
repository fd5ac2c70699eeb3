"""Giving tags: a line of words, completed from the tags that exist."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static

from readlist.latex import plain
from readlist.search.fold import fold
from readlist.tags import parse_tags
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.panel import Panel

_SHOWN = 40


def _new_tags(number: int) -> str:
    return f"{number:,} new tags" if number > 1 else "a new tag"


class _TagSuggester(Suggester):
    """Completes the last word of the line."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__(case_sensitive=True)
        self._tags = tags

    async def get_suggestion(self, value: str) -> str | None:
        before, _, word = value.rpartition(" ")
        if not word:
            return None
        used = before.split()
        found = next((tag for tag in self._tags if tag.startswith(word) and tag != word and tag not in used), None)
        return f"{before} {found}".lstrip() if found else None


class TagScreen(Dialog[tuple[str, ...] | None]):
    """Asks for the tags of the selected papers: those they share now are in the line already."""

    CSS_PATH = style_sheet("dialog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", priority=True),
        Binding("enter", "save", "Save", priority=True),
        Binding("tab", "complete", "Complete", priority=True),
    ]

    def __init__(self, known: Sequence[str], shared: Sequence[str], papers: int) -> None:
        super().__init__()
        self._known = known
        self._shared = shared
        self._papers = papers

    def compose(self) -> ComposeResult:
        """The line, and the tags that fit what is being typed."""
        with Panel(classes="dialog small") as dialog:
            dialog.border_title = "Tags" if self._papers == 1 else f"Tags that {self._papers:,} papers share"
            dialog.show_hints("enter saves", "tab completes", "esc cancels")
            text = "".join(f"{tag} " for tag in self._shared)
            yield Input(
                text, placeholder="words, separated by blanks", compact=True, suggester=_TagSuggester(self._known)
            )
            yield Static(id="tag-choices", classes="dialog-text", markup=False)

    def on_mount(self) -> None:
        """Show the known tags at once."""
        self._show_choices(self.query_one(Input).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the tags that fit the word being typed."""
        self._show_choices(event.value)

    def _show_choices(self, value: str) -> None:
        word = value.rpartition(" ")[2]
        fitting = [tag for tag in self._known if fold(word) in fold(tag)][:_SHOWN]
        new = sum(tag not in self._known for tag in parse_tags(value))
        text = " ".join(plain(tag) for tag in fitting) or (_new_tags(new) if word else "no tags yet: type one")
        self.query_one("#tag-choices", Static).update(Content.styled(text, "$foreground 60%"))

    def action_complete(self) -> None:
        """Take the completion that is shown in grey."""
        self.query_one(Input).action_cursor_right()
        self.query_one(Input).action_end()

    def action_save(self) -> None:
        """Give these tags."""
        self.dismiss(parse_tags(self.query_one(Input).value))
