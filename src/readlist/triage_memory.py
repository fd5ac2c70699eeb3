"""At which paper triage was left, for the next start: one small file for each library in the state folder."""

from contextlib import suppress
from pathlib import Path

from readlist.config import state_folder
from readlist.library_names import lasting_name

_LONGEST = 64
"""Characters of an id; a file that holds more was made by other hands."""


def load(library: Path) -> str:
    """The id of that paper; the empty text where none is known."""
    with suppress(OSError, ValueError), _file(library).open(encoding="ascii") as file:
        return file.read(_LONGEST).strip()
    return ""


def keep(library: Path, identifier: str) -> None:
    """Remember this paper; the empty text forgets. That fails silently: nothing is lost that a few keys do not find."""
    with suppress(OSError):
        file = _file(library)
        if not identifier:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(f"{identifier}\n", encoding="ascii")


def _file(library: Path) -> Path:
    return state_folder() / "triage" / lasting_name(library)
