"""Keys that are bound elsewhere than in the list: in triage and in the sidebar. They have ids, as commands have."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.binding import Binding


class ContextKey(NamedTuple):
    """What a key does on one screen, or while one part of it has the focus."""

    id: str
    """The name by which the settings file binds other keys to it."""
    keys: str
    """Its keys as Textual names them, comma-separated."""
    action: str
    label: str
    """For the key bar."""
    text: str
    """Its tooltip and help text."""
    shown: bool = True
    """Whether the key bar shows it."""

    def tooltip(self) -> str:
        """What it does, in one sentence."""
        return self.text

    def binding(self, *, priority: bool = True) -> Binding:
        """Its key binding."""
        return Binding(
            self.keys, self.action, self.label, show=self.shown, priority=priority, tooltip=self.text, id=self.id
        )


TRIAGE: Sequence[ContextKey] = (
    ContextKey("triage-read", "r", "decide('read')", "Read", "It is read; on to the next."),
    ContextKey("triage-later", "l,Q", "decide('queue')", "Later", "Into the reading queue; on to the next."),
    ContextKey("triage-drop", "x,minus,d", "decide('drop')", "Drop", "It will not be read; on to the next."),
    ContextKey("triage-star", "asterisk", "command('star')", "Star", "Star it; it stays here."),
    ContextKey("triage-tags", "t", "command('tags')", "Tags", "Give it tags; it stays here."),
    ContextKey("triage-undo", "u", "undo", "Undo", "Take back what was done last, and show its paper again."),
    ContextKey("triage-skip", "j,space,down,right", "step(1)", "Skip", "Leave it as it is; on to the next."),
    ContextKey("triage-back", "k,up,left", "step(-1)", "Back", "To the one before."),
    ContextKey("triage-top", "g,home", "begin('top')", "Top", "Begin at the first of these papers.", shown=False),
    ContextKey(
        "triage-cursor", "c", "begin('cursor')", "Cursor", "Begin at the paper under the list's cursor.", shown=False
    ),
    ContextKey(
        "triage-page", "o", "command('open-page')", "Page", "Open the abstract page in the browser.", shown=False
    ),
    ContextKey("triage-pdf", "p", "command('open-pdf')", "PDF", "Open the PDF.", shown=False),
    ContextKey("triage-down", "pagedown,ctrl+d", "scroll(10)", "Down", "Scroll a long abstract down.", shown=False),
    ContextKey("triage-up", "pageup,ctrl+u", "scroll(-10)", "Up", "Scroll it up.", shown=False),
    ContextKey("triage-quit", "ctrl+q", "quit", "Quit", "Quit; the next triage goes on at this paper.", shown=False),
    ContextKey("triage-help", "question_mark,f1", "help", "Help", "Show every key and what it does."),
    ContextKey("triage-leave", "escape,q,T", "leave", "Leave", "Back to the list, at this paper."),
)
SIDEBAR: Sequence[ContextKey] = (
    ContextKey("sidebar-show", "enter", "select", "Show", "Show what the entry finds."),
    ContextKey("sidebar-down", "j", "cursor_down", "Down", "To the next entry.", shown=False),
    ContextKey("sidebar-up", "k", "cursor_up", "Up", "To the entry before.", shown=False),
    ContextKey("sidebar-first", "g", "first", "First", "To the first entry.", shown=False),
    ContextKey("sidebar-last", "G", "last", "Last", "To the last entry.", shown=False),
    ContextKey("view-rename", "r", "rename", "Rename", "Give the saved view another name."),
    ContextKey("view-forget", "d,delete", "remove", "Forget", "Forget the saved view."),
    ContextKey("view-restore", "U", "restore", "Restore", "Bring back the view that was forgotten last.", shown=False),
)
CONTEXTS: Mapping[str, Sequence[ContextKey]] = {"In triage": TRIAGE, "In the sidebar": SIDEBAR}
"""The heading of each in the help, and its keys."""
CONTEXT_KEYS: Mapping[str, ContextKey] = {key.id: key for keys in CONTEXTS.values() for key in keys}
