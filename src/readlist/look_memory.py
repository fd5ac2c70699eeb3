"""How the user has set the screen: the theme chosen in the app, and how list and detail share the width.

One small file in the state folder. A theme in the settings that has been changed since is the newer word.
"""

import json
from contextlib import suppress
from typing import NamedTuple

from readlist.config import state_folder

SMALLEST, LARGEST = 20, 80
"""Percent of the width that the list may have."""


class Look(NamedTuple):
    """What is remembered."""

    theme: str = ""
    """Chosen in the app; empty when none was."""
    instead_of: str = ""
    """The theme of the settings at that time."""
    split: int = 60
    """Percent of the width for the list."""
    hints: tuple[str, ...] = ()
    """Which hints have been given: each is given once."""

    def theme_after(self, setting: str) -> str:
        """The theme to show, where the settings name ``setting``."""
        return self.theme if self.theme and self.instead_of == setting else setting


def load() -> Look:
    """What is remembered; the defaults where nothing is, or nothing that can be read."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        found = json.loads((state_folder() / "look.json").read_bytes())
        look = Look(str(found["theme"]), str(found["instead_of"]), int(found["split"]), tuple(map(str, found["hints"])))
        return look._replace(split=min(max(look.split, SMALLEST), LARGEST))
    return Look()


def keep(look: Look) -> None:
    """Remember ``look``. That fails silently: nothing is lost that one key does not bring back."""
    from readlist.library.atomic import make_folder, replace_file  # noqa: PLC0415 - to read takes none of it

    with suppress(OSError):
        path = state_folder() / "look.json"
        make_folder(path.parent)
        replace_file(path.resolve(), (json.dumps(look._asdict(), indent=1) + "\n").encode())
