"""Where triage begins: where it was left, in each list of papers for itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from readlist import triage_memory
from readlist.search.view import Shelf


class Beginning(NamedTuple):
    """Where triage begins, among the papers that it goes through."""

    at: int = 0
    cursor: int = 0
    """The place of the paper under the cursor of the list, or of the next one."""
    goes_on: bool = False
    """Whether it was left there."""


class TriagePlaces:
    """Remembers what was next when triage was left: of the whole list also for the next start."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._next: dict[str, Sequence[str]] = {}
        """The ids that were next, by the list of papers."""

    def beginning(self, shown: str, ids: Sequence[str], cursor: int) -> Beginning:
        """Where to begin with ``ids``: where it was left, as far as that is known, else at the place ``cursor``.

        Args:
            shown: which list they are, as `list_of` names it.
            ids: the papers to go through.
            cursor: the place of the list's cursor among them.
        """
        known = self._next.get(shown)
        if known is None:
            known = triage_memory.load(self._library) if not shown else ()
        places = {identifier: place for place, identifier in enumerate(ids)}
        left = next((places[identifier] for identifier in known if identifier in places), None)
        return Beginning(cursor, cursor) if left is None else Beginning(left, cursor, goes_on=True)

    def keep(self, shown: str, ids: Sequence[str]) -> None:
        """Remember that ``ids`` are next in the list ``shown``."""
        self._next[shown] = tuple(ids[: triage_memory.FOLLOWING])
        if not shown:
            triage_memory.keep(self._library, self._next[shown])


def list_of(shelf: Shelf, query: str) -> str:
    """A name for the unread papers that a search finds on a shelf; the empty text for all that there are."""
    return f"{'' if shelf in {Shelf.ALL, Shelf.UNREAD} else shelf.value} {query.strip()}".strip()
