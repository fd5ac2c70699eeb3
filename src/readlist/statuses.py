"""The statuses that a paper can have: four by themselves, or those of the settings.

A paper keeps the bare name, so that a library reads the same everywhere; what a name means is looked up here. Names
that these settings do not know (another computer may have other ones) stay as they are: they belong to no shelf, keep
the dates of the paper, and are found, shown and counted by their name.

The set is the program's language for one run, as a locale is: taken from the settings once, before the first paper.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from readlist.paper import Status


class Role(StrEnum):
    """What a status stands for; the values are those of the shelves on which such papers stand."""

    NEW = "unread"
    BETWEEN = "reading"
    """Begun, and not done: ``started`` is kept."""
    DONE = "read"
    """Counts as done: ``finished`` is kept."""
    ASIDE = "dropped"
    """Will not be read."""
    UNKNOWN = "unknown"
    """Not one of the settings."""


class StatusMeaning(NamedTuple):
    """A status as the user sees it."""

    name: str
    """What it is called on the screen and in queries."""
    glyph: str
    role: Role
    colour: str = ""
    """A colour of the theme or ``#rrggbb``; empty for that of its role."""
    key: str = ""
    """The key that gives it, as Textual names keys; empty for none."""
    stored: str = ""
    """What the library file says, where that is not the name."""

    @property
    def value(self) -> str:
        """What the library file says."""
        return self.stored or self.name


_UNKNOWN_GLYPH = "○"


class StatusSet:
    """The statuses in their order; the first is that of new papers, which the file calls ``unread`` in every set."""

    def __init__(self, meanings: Iterable[StatusMeaning]) -> None:
        first, *others = meanings
        self.meanings: tuple[StatusMeaning, ...] = (first._replace(stored=Status.UNREAD, role=Role.NEW), *others)
        self.roles: Mapping[str, Role] = _Roles({one.value: one.role for one in self.meanings})
        """The role of each status by what the file says of it; also of those that are not known."""
        self._by_value = {one.value: one for one in self.meanings}
        self._ranks = {one.value: rank for rank, one in enumerate(self.meanings)}

    @property
    def names(self) -> tuple[str, ...]:
        """What they are called."""
        return tuple(one.name for one in self.meanings)

    @property
    def all_names(self) -> tuple[str, ...]:
        """The same, and the unknown ones that have been met in a library."""
        return (*self.names, *(value for value in _met if value not in self._by_value))

    def of(self, value: str) -> StatusMeaning:
        """What the file means by ``value``."""
        return self._by_value.get(value) or StatusMeaning(value, _UNKNOWN_GLYPH, Role.UNKNOWN)

    def find(self, word: str) -> StatusMeaning | None:
        """The one that the user calls ``word``, in any case; ``unread`` always is the first."""
        word = word.lower()
        for value in (*self._by_value, *_met):
            meaning = self.of(value)
            if word == meaning.name.lower() or (word == value.lower() and meaning.role is Role.NEW):
                return meaning
        return None

    def in_role(self, role: Role) -> tuple[StatusMeaning, ...]:
        """Those that stand for this."""
        return tuple(one for one in self.meanings if one.role is role)

    def first_in(self, role: Role) -> StatusMeaning | None:
        """The first of them, which is what the key of the role gives."""
        return next((one for one in self.meanings if one.role is role), None)

    def rank(self, value: str) -> int:
        """The place in the order; unknown ones come last."""
        return self._ranks.get(value, len(self._ranks))

    def after(self, value: str) -> str:
        """The one that follows in the round of those that are not put aside; after any other comes the first."""
        ring = [one.value for one in self.meanings if one.role is not Role.ASIDE]
        return ring[(ring.index(value) + 1) % len(ring)] if value in ring else ring[0]


class _Roles(dict[str, Role]):
    def __missing__(self, value: str) -> Role:
        return Role.UNKNOWN


DEFAULT = StatusSet(
    (
        StatusMeaning("unread", "●", Role.NEW),
        StatusMeaning("reading", "◐", Role.BETWEEN),
        StatusMeaning("read", "✓", Role.DONE),
        StatusMeaning("dropped", "–", Role.ASIDE),
    )
)
_current = [DEFAULT]
_met: dict[str, None] = {}


def current() -> StatusSet:
    """The statuses of this run."""
    return _current[0]


def use(statuses: StatusSet) -> None:
    """Make these the statuses of this run."""
    _current[0] = statuses


def meet(value: str) -> None:
    """Remember that a library holds this status, so that a query can name it."""
    _met[value] = None


def meaning(value: str) -> StatusMeaning:
    """What the file means by ``value``, a status."""
    return _current[0].of(value)


def role(value: str) -> Role:
    """What the status ``value`` stands for."""
    return _current[0].roles[value]
