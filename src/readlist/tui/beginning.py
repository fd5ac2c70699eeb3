"""What the app may begin with where there is no library to be had yet."""

from pathlib import Path
from typing import NamedTuple

from readlist.search.view import View


class Unread(NamedTuple):
    """A library that is still to be read, and its first rows, which are shown meanwhile."""

    path: Path
    view: View


class Damage(NamedTuple):
    """A library that cannot be opened."""

    path: Path
    explanation: str
    """What is wrong with it, in the words of the error that said so."""
