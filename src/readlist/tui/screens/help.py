"""Every key and what it does, made from the bindings as they are at this moment, with a search."""

import textwrap
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from readlist.search.fold import fold
from readlist.search.query.fields import FIELDS
from readlist.statuses import current
from readlist.tui import glyphs
from readlist.tui.commands.contexts import CONTEXTS, ContextKey
from readlist.tui.copy_formats import COPY_FORMATS
from readlist.tui.screens.dialog import Dialog
from readlist.tui.screens.list_frame import ListFrame
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.panel import Panel

_SIGNS = (
    (glyphs.STAR, "starred"),
    (glyphs.TRASH, "the trash, where its name has no room"),
    (f"{glyphs.CODE}  {glyphs.NOTE}  {glyphs.TAGS}", "has code, a note, tags"),
    (glyphs.REVIEW, "something in it needs a look"),
)
_NOTE_KEYS = (
    ("esc", "Save and leave"),
    ("^s", "Save and go on writing"),
    ("^f", "Find a text in the note"),
    ("f3", "Find the next place"),
    ("^z  ^y", "Undo, redo"),
)
_SEARCH_SIGNS = (
    ("word word", "both must occur, in any field"),
    ('"a phrase"', "these words beside each other"),
    ("or  ( )", "one of several: author:(fort or scherlis) tag:ood"),
    ("-", "not: -tag:old"),
    ("/regex/", "a regular expression, with a field or without"),
)
_KEY_COLUMN = 14
"""Cells for the keys of an entry."""
_NARROW = 30
"""With fewer cells than this for the text, it stands below its keys."""
_WIDTH = 86
"""The most cells that the panel takes (max-width in its style sheet)."""


class HelpEntry(NamedTuple):
    """One line of the help."""

    group: str
    keys: str
    text: str


def help_entries(screen: ListFrame, first: str = "") -> list[HelpEntry]:
    """What each key does on ``screen`` as it is bound now, then the keys after y, then the signs of the list.

    The group ``first`` comes first: that of what the user is doing.
    """
    keys = {
        name: [screen.app.get_key_display(Binding(key, "")) for key in found]
        for name, found in screen.bound_keys().items()
    }
    entries = [
        HelpEntry(command.group, " ".join(dict.fromkeys(keys[name])), command.tooltip())
        for name, command in screen.commands.items()
    ]
    copy_key = keys["copy"][0]
    entries += [HelpEntry("Copying", f"{copy_key} {fmt.key}", f"Copy {fmt.label}") for fmt in COPY_FORMATS]
    entries.append(HelpEntry("Copying", f"{copy_key} {copy_key}", "Copy in the default style of the settings"))
    entries += [
        HelpEntry(group, " ".join(_shown(screen, key)), key.text) for group, found in CONTEXTS.items() for key in found
    ]
    entries += [HelpEntry("While writing a note", keys, text) for keys, text in _NOTE_KEYS]
    entries += [HelpEntry("In a search", f"{named.name}:", named.meaning) for named in FIELDS.values()]
    entries += [HelpEntry("In a search", sign, meaning) for sign, meaning in _SEARCH_SIGNS]
    entries += [HelpEntry("Signs", one.glyph, one.name) for one in current().meanings]
    entries += [HelpEntry("Signs", sign, meaning) for sign, meaning in _SIGNS]
    return sorted(entries, key=lambda entry: entry.group != first)


def _shown(screen: ListFrame, key: ContextKey) -> list[str]:
    """Its keys as they are bound now, as they are written on the keyboard."""
    keys = screen.app._keymap.get(key.id, key.keys)  # noqa: SLF001 - Textual offers no public way to ask
    bindings = Binding.make_bindings([Binding(keys, "")])
    return list(dict.fromkeys(screen.app.get_key_display(binding) for binding in bindings))


class HelpScreen(Dialog[None]):
    """The help: typing searches it, any of esc, enter and ? leaves it."""

    CSS_PATH = style_sheet("help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,question_mark,f1", "dismiss", "Close", priority=True),
        Binding("down,ctrl+n", "scroll(1)", "Down", priority=True),
        Binding("up", "scroll(-1)", "Up", priority=True),
        Binding("pagedown,ctrl+d", "scroll(10)", "Page down", priority=True),
        Binding("pageup,ctrl+u", "scroll(-10)", "Page up", priority=True),
    ]

    def __init__(self, entries: Sequence[HelpEntry]) -> None:
        super().__init__()
        self._entries = entries

    def compose(self) -> ComposeResult:
        """A search line above the keys."""
        with Panel(id="help") as panel:
            panel.border_title = "Keys"
            panel.show_hints("type to search", "↓ ↑ scroll", "esc closes")
            yield Input(placeholder="Search", compact=True, id="help-search")
            with VerticalScroll(id="help-scroll", can_focus=False):
                yield Static(self._text(""), id="help-keys", markup=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only what matches."""
        self.query_one("#help-keys", Static).update(self._text(event.value))
        self.query_one("#help-scroll").scroll_home(animate=False)

    def _text(self, search: str) -> Content:
        words = fold(search).split()
        room = min(_WIDTH, self.app.size.width * 9 // 10) - _KEY_COLUMN - 8
        lines: list[Content] = []
        group = ""
        for entry in self._entries:
            if not all(word in fold(" ".join(entry)) for word in words):
                continue
            if entry.group != group:
                group = entry.group
                lines += [Content(""), Content.styled(group, "bold $primary")]
            lines += _entry_lines(entry, room)
        return Content("\n").join(lines[1:]) if lines else Content.styled("No key does that", "$foreground 60%")

    def action_scroll(self, rows: int) -> None:
        """Scroll while the search line keeps the focus."""
        self.query_one("#help-scroll").scroll_relative(y=rows, animate=False)


def _entry_lines(entry: HelpEntry, room: int) -> list[Content]:
    """Keys and text side by side, or one below the other where there are fewer than ``_NARROW`` cells for the text."""
    if room < _NARROW:
        texts = textwrap.wrap(entry.text, max(10, room + _KEY_COLUMN - 1))
        return [Content.styled(f"  {entry.keys}", "bold"), *(Content(f"    {text}") for text in texts)]
    first, *more = textwrap.wrap(entry.text, room) or [""]
    head = Content.assemble((f"  {entry.keys:<{_KEY_COLUMN}} ", "bold"), first)
    return [head, *(Content(" " * (_KEY_COLUMN + 3) + text) for text in more)]
