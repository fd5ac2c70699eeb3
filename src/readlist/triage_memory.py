"""Where triage was left, for the next start: one small file for each library in the state folder.

Kept is the paper and some that follow it: what is decided elsewhere meanwhile does not lose the place.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from readlist.config import state_folder
from readlist.library_names import lasting_name

FOLLOWING = 20
"""Papers that are kept, the one at which triage was left first."""
_LONGEST = 4_000
"""Characters of the file; one that holds more was made by other hands."""


def load(library: Path) -> list[str]:
    """The ids of the papers that were next; none where none is known."""
    with suppress(OSError, ValueError), _file(library).open(encoding="ascii") as file:
        return file.read(_LONGEST).split()[:FOLLOWING]
    return []


def keep(library: Path, identifiers: Sequence[str]) -> None:
    """Remember what is next; nothing forgets. That fails silently: nothing is lost that a few keys do not find."""
    with suppress(OSError, ValueError):
        file = _file(library)
        if not identifiers:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text("".join(f"{identifier}\n" for identifier in identifiers[:FOLLOWING]), encoding="ascii")


def _file(library: Path) -> Path:
    return state_folder() / "triage" / lasting_name(library)
