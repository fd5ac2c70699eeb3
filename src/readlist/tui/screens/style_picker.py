"""Copying in any citation style: a searchable list with the real citation shown live."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.getters import query_one
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from readlist import referencing, style_memory
from readlist.cite.formats import COPY_FORMATS
from readlist.cite.styles import COMMON, StyleError, style_choices
from readlist.config import Config
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.search.fold import fold
from readlist.style_memory import NotRememberedError, StyleMemory
from readlist.tui.citation_text import citation_text
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.options import Options
from readlist.tui.widgets.panel import Panel

_SHOWN = 200
"""How many styles are listed at a time; there are more than ten thousand, and nobody scrolls that far."""
_PREVIEWED = 50
"""How many papers of a selection the preview cites at most: so many take about a fifth of a second."""
_FAINT = "$foreground 60%"


class Picked(NamedTuple):
    """What the user has picked."""

    style: str
    rich: bool
    """Whether to copy with italics."""


class _Choice(NamedTuple):
    style: str
    title: str
    folded: str
    """What is searched."""
    leads: bool
    """Whether it stands before the others: a favourite, one used lately, or one that is asked for most."""


class _Search(Input):
    """The search line. It leaves to the list the keys that act on a style; no search needs them."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether the key is text."""
        return key not in ("asterisk", "D") and super().check_consume_key(key, character)


def _choices(styles: Iterable[tuple[str, str]], memory: StyleMemory) -> list[_Choice]:
    """What can be picked: favourites, what was used last, the ``styles`` given, formats behind common ones."""
    titles = dict(styles)
    formats = dict(COPY_FORMATS)
    # One name for each, whether all official titles have been read already or not.
    known = {**titles, **{style: name for style, name in COMMON.items() if style in titles}, **formats}
    liked = dict.fromkeys((*memory.favourites, *memory.recent, *([memory.default] if memory.default else [])))
    order = dict.fromkeys((*liked, *(style for style in COMMON if style in titles), *formats, *titles))
    return [
        _Choice(
            style,
            known.get(style, style),
            fold(f"{known.get(style, '')} {style} {titles.get(style, '')}"),
            style in liked or style in COMMON,
        )
        for style in order
    ]


def _all_choices(memory: StyleMemory) -> list[_Choice]:
    return _choices(style_choices(), memory)


class StylePicker(Dialog[Picked | None]):
    """Asks for a style. What is typed narrows the list; the citation of the highlighted style is shown below."""

    CSS_PATH = style_sheet("picker")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", priority=True),
        Binding("enter", "choose", "Copy", priority=True),
        Binding("ctrl+r", "choose(True)", "Copy with italics", priority=True),
        Binding("asterisk", "mark", "Favourite", priority=True),
        Binding("D", "make_default", "Default", priority=True),
        Binding("down,ctrl+n", "step(1)", "Down", priority=True),
        Binding("up,ctrl+p", "step(-1)", "Up", priority=True),
        Binding("pagedown", "step(10)", "Page down", priority=True),
        Binding("pageup", "step(-10)", "Page up", priority=True),
        Binding("shift+down", "scroll_preview(1)", "Scroll citation", priority=True),
        Binding("shift+up", "scroll_preview(-1)", "Scroll citation back", priority=True),
    ]

    search = query_one(Input)
    listing = query_one(OptionList)
    preview = query_one("#picker-preview", VerticalScroll)
    citation = query_one("#picker-citation", Static)

    def __init__(self, papers: Sequence[Paper], library: Library, config: Config) -> None:
        super().__init__()
        self._papers = papers
        self._library = library
        self._config = config
        self._memory = style_memory.load()
        self._choices: list[_Choice] = []
        self._listed: list[_Choice] = []
        self._wanted = ""
        self._previewing = False

    def compose(self) -> ComposeResult:
        """Search line, styles, preview."""
        with Panel(id="picker") as panel:
            panel.border_title = "Copy in any style"
            panel.show_hints("enter copies", "ctrl+r italics", "* favourite", "D default of yy", "esc closes")
            yield _Search(placeholder="Type to search: style, journal or publisher", compact=True)
            styles = Options(markup=False)
            styles.can_focus = False
            yield styles
            with VerticalScroll(id="picker-preview", can_focus=False) as preview:
                preview.border_title = self._what_is_shown()
                yield Static(id="picker-citation", markup=False)

    def _what_is_shown(self) -> str:
        number = len(self._papers)
        if number > _PREVIEWED:
            return f"The first {_PREVIEWED} of {number:,} papers, as the style sorts them"
        return f"{number} papers, as the style sorts them · shift+↓ scrolls" if number > 1 else ""

    async def on_mount(self) -> None:
        """List the common styles at once, and all others when their names have been read."""
        self._take(_choices(COMMON.items(), self._memory))
        self.run_worker(self._take_all(), group="names")

    async def _take_all(self) -> None:
        try:
            choices = await asyncio.to_thread(_all_choices, self._memory)
            with suppress(NoMatches):  # left meanwhile
                self._take(choices)
        except (StyleError, OSError) as error:
            self.notify(str(error), severity="error", markup=False)

    def _take(self, choices: list[_Choice]) -> None:
        chosen = self.listing.highlighted_option
        self._choices = choices
        # The first row is nobody's choice yet: it makes way for what comes before it.
        self._show(self.search.value, chosen.id if chosen and self.listing.highlighted else None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._show(event.value)

    def _show(self, search: str, chosen: str | None = None) -> None:
        sought = fold(search).strip()
        words = sought.split()
        found = [choice for choice in self._choices if all(word in choice.folded for word in words)]
        if sought:
            found.sort(key=lambda choice: not (choice.leads or choice.folded.startswith(sought)))
        self._listed = found[:_SHOWN]
        with self.prevent(OptionList.OptionHighlighted):
            self.listing.clear_options()
            self.listing.add_options(Option(self._row(choice), id=choice.style) for choice in self._listed)
            places = [number for number, choice in enumerate(self._listed) if choice.style == chosen]
            self.listing.highlighted = places[0] if places else 0 if found else None
        more = len(found) - _SHOWN
        self.listing.border_subtitle = f"{more:,} more: type to narrow" if more > 0 else ""
        if found:
            self._preview(self._listed[self.listing.highlighted or 0].style)
        else:
            self._wanted = ""
            self.citation.update(Content.styled("No style has that name", _FAINT))

    def _row(self, choice: _Choice) -> Content:
        memory = self._memory
        is_default = memory.default_style(self._config) == choice.style
        remarks = [
            "default" if is_default else "",
            "used lately" if choice.style in memory.recent else "",
        ]
        told = ", ".join(filter(None, remarks))
        return Content.assemble(
            ("★ ", "$warning") if choice.style in memory.favourites else "  ",
            choice.title,
            (f"  {told}", "$primary") if told else "",
            (f"  {choice.style}", _FAINT),
        )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the citation in the highlighted style."""
        if event.option.id is not None:
            self._preview(event.option.id)

    def _preview(self, style: str) -> None:
        """Show the citation in ``style`` when it is made; of those asked for meanwhile, only the latest is made."""
        self._wanted = style
        if not self._previewing:
            self._previewing = True
            self.run_worker(self._show_wanted(), group="preview")

    async def _show_wanted(self) -> None:
        made = ""
        try:
            while self._wanted != made:
                made = self._wanted
                text = await asyncio.to_thread(self._cited, made)
                if self._wanted == made:
                    with suppress(NoMatches):  # left meanwhile
                        self.citation.update(text)
                        self.preview.scroll_home(animate=False)
        finally:
            self._previewing = False

    def _cited(self, style: str) -> Content:
        papers = self._papers[:_PREVIEWED]
        try:
            citation = referencing.preview(self._library, papers, style, self._config.key_pattern)
        except (ValueError, OSError) as error:
            return Content.styled(str(error), "$text-error")
        # In Markdown and the like the very characters matter.
        return citation_text(citation._replace(html="") if style in COPY_FORMATS else citation)

    def action_step(self, rows: int) -> None:
        """Move in the list while the search line keeps the focus."""
        if self.listing.option_count:
            row = (self.listing.highlighted or 0) + rows
            self.listing.highlighted = max(0, min(row, self.listing.option_count - 1))

    def action_scroll_preview(self, lines: int) -> None:
        """Scroll the citation."""
        self.preview.scroll_relative(y=lines, animate=False)

    @property
    def _current(self) -> _Choice | None:
        row = self.listing.highlighted
        return self._listed[row] if row is not None and row < len(self._listed) else None

    def action_choose(self, rich: bool = False) -> None:  # noqa: FBT001, FBT002 - the parameter of a binding
        """Copy in the highlighted style."""
        if self._current:
            self.dismiss(Picked(self._current.style, rich))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click copies as well."""
        if event.option.id is not None:
            self.dismiss(Picked(event.option.id, rich=False))

    def action_mark(self) -> None:
        """Make the highlighted style a favourite, or none any more; it stands first the next time."""
        choice = self._current
        if choice:
            favourite = choice.style not in self._memory.favourites
            said = f"{choice.title} is a favourite" if favourite else f"{choice.title} is no favourite any more"
            self._remember(lambda: style_memory.mark(choice.style, favourite=favourite), said)

    def action_make_default(self) -> None:
        """Make the highlighted style the default; if it was made the default here, take that back."""
        choice = self._current
        if choice is None:
            return
        taken_back = choice.style == self._memory.default_style(self._config) != self._config.cite_style
        style = self._config.cite_style if taken_back else choice.style
        title = next((other.title for other in self._choices if other.style == style), style)
        said = f"{title} is the default: y y copies it, readlist cite prints it"
        if style != self._config.cite_style:
            said += " — D again takes that back"
        self._remember(lambda: style_memory.make_default(style, self._config), said)

    def _remember(self, act: Callable[[], StyleMemory], said: str) -> None:
        self.run_worker(self._remembered(act, said), group="remembering")

    async def _remembered(self, act: Callable[[], StyleMemory], said: str) -> None:
        self.app.clear_notifications()
        try:
            self._memory = await asyncio.to_thread(act)
        except NotRememberedError as error:
            self.notify(f"This cannot be remembered: {error}", severity="error", markup=False)
            return
        for number, choice in enumerate(self._listed):
            self.listing.replace_option_prompt_at_index(number, self._row(choice))
        self.notify(said, markup=False, timeout=4)
