"""Copying in any citation style: a searchable list with the real citation shown live."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from readlist import referencing
from readlist.cite.styles import COMMON, style_choices
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.search.fold import fold
from readlist.tui.style_sheets import style_sheet

_SHOWN = 200
"""How many styles are listed at a time; there are more than ten thousand, and nobody scrolls that far."""
_PREVIEWED = 5
"""How many papers of a selection the preview cites."""


class StylePicker(ModalScreen[str | None]):
    """Asks for a style. What is typed narrows the list; the citation of the highlighted style is shown below."""

    CSS_PATH = style_sheet("picker")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", priority=True),
        Binding("enter", "choose", "Copy", priority=True),
        Binding("down,ctrl+n", "step(1)", "Down", priority=True),
        Binding("up", "step(-1)", "Up", priority=True),
        Binding("pagedown", "step(10)", "Page down", priority=True),
        Binding("pageup", "step(-10)", "Page up", priority=True),
    ]

    def __init__(self, papers: Sequence[Paper], library: Library) -> None:
        super().__init__()
        self._papers = papers
        self._library = library
        self._choices: list[tuple[str, str, str]] = []

    def compose(self) -> ComposeResult:
        """Search line, styles, preview."""
        with Vertical(id="picker") as panel:
            panel.border_title = "Copy in any style"
            panel.border_subtitle = "type to search · ↓ ↑ choose · enter copies · esc cancels"
            yield Input(placeholder="Style, journal or publisher", compact=True)
            styles = OptionList()
            styles.can_focus = False
            yield styles
            with VerticalScroll(id="picker-preview", can_focus=False):
                yield Static(id="picker-citation", markup=False)

    async def on_mount(self) -> None:
        """List the common styles at once, and all others when their names have been read."""
        self._take(COMMON.items())
        self._take(await asyncio.to_thread(style_choices))

    def _take(self, choices: Iterable[tuple[str, str]]) -> None:
        chosen = self.query_one(OptionList).highlighted_option
        self._choices = [(identifier, title, fold(f"{identifier} {title}")) for identifier, title in choices]
        self._show(self.query_one(Input).value, chosen.id if chosen else None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._show(event.value)

    def _show(self, search: str, chosen: str | None = None) -> None:
        words = fold(search).split()
        found = [choice for choice in self._choices if all(word in choice[2] for word in words)]
        styles = self.query_one(OptionList)
        styles.clear_options()
        styles.add_options(
            Option(Content.assemble(title, (f"  {identifier}", "$foreground 60%")), id=identifier)
            for identifier, title, _ in found[:_SHOWN]
        )
        ids = [identifier for identifier, _, _ in found[:_SHOWN]]
        styles.highlighted = (ids.index(chosen) if chosen in ids else 0) if found else None
        more = len(found) - _SHOWN
        styles.border_subtitle = f"{more:,} more: type to narrow" if more > 0 else ""
        if not found:
            self.workers.cancel_group(self, "preview")
            self.query_one("#picker-citation", Static).update(
                Content.styled("No style has that name", "$foreground 60%")
            )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the citation in the highlighted style."""
        if event.option.id is not None:
            self._preview(event.option.id)

    @work(exclusive=True, group="preview")
    async def _preview(self, style: str) -> None:
        try:
            citation = await asyncio.to_thread(referencing.preview, self._library, self._papers[:_PREVIEWED], style)
        except (ValueError, OSError) as error:
            text = Content.styled(str(error), "$text-error")
        else:
            text = Content(citation.text)
        self.query_one("#picker-citation", Static).update(text)

    def action_step(self, rows: int) -> None:
        """Move in the list while the search line keeps the focus."""
        styles = self.query_one(OptionList)
        if styles.option_count:
            styles.highlighted = max(0, min((styles.highlighted or 0) + rows, styles.option_count - 1))

    def action_choose(self) -> None:
        """Copy in the highlighted style."""
        option = self.query_one(OptionList).highlighted_option
        if option is not None:
            self.dismiss(option.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click copies as well."""
        self.dismiss(event.option.id)
