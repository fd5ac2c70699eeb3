"""Maps of keys to begin with, besides the one that the commands have themselves (``vim``).

What a preset does not name keeps the keys of the command.
"""

from collections.abc import Mapping

from readlist.search.view import Shelf

PRESETS: Mapping[str, Mapping[str, str]] = {
    "vim": {},
    "emacs": {
        "down": "down,ctrl+n",
        "up": "up,ctrl+p",
        "page-down": "pagedown,ctrl+v",
        "page-up": "pageup,alt+v",
        "half-page-down": "ctrl+d",
        "half-page-up": "ctrl+u",
        "first": "home,less_than_sign",  # which is what most terminals send for alt+<
        "last": "end,greater_than_sign",
        "narrow-list": "left_curly_bracket",
        "widen-list": "right_curly_bracket",
        "search": "ctrl+s,slash",
        "save": "f2",
        "back": "escape,ctrl+g",
        "undo": "ctrl+underscore,u",
        "redo": "underscore,ctrl+r",
        "palette": "alt+x",
    },
    "arrows": {
        "down": "down",
        "up": "up",
        "page-down": "pagedown",
        "page-up": "pageup",
        "half-page-down": "ctrl+down",
        "half-page-up": "ctrl+up",
        "first": "home",
        "last": "end",
        "search": "f3,slash",
        "note": "f4,n",
        "edit": "f2,e",
        "delete": "delete,d",
        "select": "insert,space",
        "undo": "ctrl+z,u",
        "redo": "ctrl+y,ctrl+r",
    },
}
"""Name of the preset: command id: its keys as Textual names them, comma-separated."""

COUNTING: Mapping[str, str] = {f"show-{shelf.value}": f"f{number}" for number, shelf in enumerate(Shelf, start=5)}
"""The keys of the shelves where their digits begin counts; alt and a digit reach few terminals' programs."""
