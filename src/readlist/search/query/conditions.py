"""The tree that a query is parsed into; each node decides on the searchable text of a paper.

Equal nodes are written alike: the text of a node is the query that parses to it.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from readlist.search.fold import Span, find_words
from readlist.search.query.fields import Named
from readlist.search.query.patterns import Pattern
from readlist.search.text import FIELD_END, FLAG_END, Field, field_of, flag, stamp

if TYPE_CHECKING:
    from readlist.search.query.dates import DateRange

_OWN_FIELDS = len(Field) - Field.DATE


class Condition:
    """What a paper must fulfil."""

    __slots__ = ()

    @property
    def needles(self) -> tuple[str, ...]:
        """Strings that occur in every text this finds."""
        return ()

    @property
    def is_plain(self) -> bool:
        """Whether a text in which all `needles` occur is found, without a further look."""
        return False

    def finds(self, text: str) -> bool:
        """Whether it holds for the paper with this searchable text."""
        raise NotImplementedError

    def implies(self, other: "Condition") -> bool:
        """Whether all that this finds is found by ``other`` as well; False when in doubt."""
        if isinstance(other, All):
            return all(self.implies(part) for part in other.parts)
        if isinstance(other, AnyOf):
            return self == other or any(self.implies(part) for part in other.parts)
        return self == other

    def leaves(self) -> Iterator["Condition"]:
        """The conditions without parts that speak for a paper; none that is negated."""
        yield self

    def replacing(self, meant: Mapping[str, str]) -> "Condition":
        """The same with other words: those that are keys of ``meant`` become its values."""
        del meant
        return self

    def spans(self, field: Field, text: str) -> list[Span]:
        """Where in ``text``, the shown form of ``field``, that is which was searched for."""
        del field, text
        return []

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class All(Condition):
    """All parts hold; without parts, everything is found."""

    __slots__ = ("_is_plain", "_needles", "parts")

    def __init__(self, parts: tuple[Condition, ...] = ()) -> None:
        self.parts = parts
        self._needles = tuple(dict.fromkeys(needle for part in parts for needle in part.needles))
        self._is_plain = all(part.is_plain for part in parts)

    @property
    def needles(self) -> tuple[str, ...]:
        """Those of all parts."""
        return self._needles

    @property
    def is_plain(self) -> bool:
        """Whether all parts are."""
        return self._is_plain

    def finds(self, text: str) -> bool:
        """Whether all parts hold; the cheap ones are asked first."""
        for needle in self._needles:
            if needle not in text:
                return False
        return self._is_plain or all(part.is_plain or part.finds(text) for part in self.parts)

    def implies(self, other: Condition) -> bool:
        """One part that implies it is enough."""
        return super().implies(other) or any(part.implies(other) for part in self.parts)

    def leaves(self) -> Iterator[Condition]:
        """Those of all parts."""
        for part in self.parts:
            yield from part.leaves()

    def replacing(self, meant: Mapping[str, str]) -> Condition:
        """The same with other words."""
        return All(tuple(part.replacing(meant) for part in self.parts))

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, AnyOf) else str(part) for part in self.parts)


class AnyOf(Condition):
    """At least one part holds."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Condition, ...]) -> None:
        self.parts = parts

    def finds(self, text: str) -> bool:
        """Whether a part holds."""
        return any(part.finds(text) for part in self.parts)

    def implies(self, other: Condition) -> bool:
        """Each part must imply it."""
        return super().implies(other) or all(part.implies(other) for part in self.parts)

    def leaves(self) -> Iterator[Condition]:
        """Those of all parts."""
        for part in self.parts:
            yield from part.leaves()

    def replacing(self, meant: Mapping[str, str]) -> Condition:
        """The same with other words."""
        return AnyOf(tuple(part.replacing(meant) for part in self.parts))

    def __str__(self) -> str:
        return " or ".join(f"({part})" if isinstance(part, AnyOf) else str(part) for part in self.parts)


class Not(Condition):
    """The part does not hold."""

    __slots__ = ("part",)

    def __init__(self, part: Condition) -> None:
        self.part = part

    def finds(self, text: str) -> bool:
        """Whether the part does not hold."""
        return not self.part.finds(text)

    def implies(self, other: Condition) -> bool:
        """What is wider, when negated, is narrower."""
        return super().implies(other) or (isinstance(other, Not) and other.part.implies(self.part))

    def leaves(self) -> Iterator[Condition]:
        """None: what is not there cannot be shown."""
        yield from ()

    def __str__(self) -> str:
        grouped = isinstance(self.part, AnyOf) or (isinstance(self.part, All) and len(self.part.parts) != 1)
        return f"-({self.part})" if grouped else f"-{self.part}"


class Word(Condition):
    """A word or a phrase occurs, in one field or in any."""

    __slots__ = ("field", "term")

    def __init__(self, term: str, field: Named | None = None) -> None:
        """Look for ``term``, which is folded already and not empty."""
        self.term = term
        self.field = field

    @property
    def needles(self) -> tuple[str, ...]:
        """The term."""
        return (self.term,)

    @property
    def is_plain(self) -> bool:
        """Whether any field will do."""
        return self.field is None

    def finds(self, text: str) -> bool:
        """Whether the term occurs."""
        return self.term in text and (self.field is None or self.term in field_of(text, self.field.field))

    def implies(self, other: Condition) -> bool:
        """A longer word implies its parts."""
        if isinstance(other, Word) and other.field in (None, self.field):
            return other.term in self.term
        return super().implies(other)

    def replacing(self, meant: Mapping[str, str]) -> Condition:
        """Another word in the same field, where it is one of them."""
        return Word(meant[self.term], self.field) if self.term in meant else self

    def spans(self, field: Field, text: str) -> list[Span]:
        """Where the term occurs."""
        return find_words(text, (self.term,)) if self.field is None or self.field.field is field else []

    def __str__(self) -> str:
        return _named(self.field) + _quoted(self.term)


class Item(Condition):
    """A field has an item that is the word, or begins with it."""

    __slots__ = ("begins", "field", "term")

    def __init__(self, term: str, field: Named, *, begins: bool) -> None:
        self.term = term
        self.field = field
        self.begins = begins

    @property
    def needles(self) -> tuple[str, ...]:
        """The term."""
        return (self.term,)

    def finds(self, text: str) -> bool:
        """Whether there is such an item."""
        if self.term not in text:
            return False
        sign = "\n#" if self.field.field is Field.TAGS else "\n"
        items = f"\n{field_of(text, self.field.field)}\n"
        return f"{sign}{self.term}{'' if self.begins else chr(10)}" in items

    def implies(self, other: Condition) -> bool:
        """A longer beginning implies a shorter one, and an item that it occurs."""
        if isinstance(other, Item) and other.field == self.field and other.begins:
            return self.term.startswith(other.term)
        if isinstance(other, Word) and other.field in (None, self.field):
            return other.term in self.term
        return super().implies(other)

    def spans(self, field: Field, text: str) -> list[Span]:
        """Where the term occurs."""
        return find_words(text, (self.term,)) if self.field.field is field else []

    def __str__(self) -> str:
        star = "*" if self.begins and self.field.field is Field.TAGS else ""
        return _named(self.field) + (f"{self.term}*" if star else _quoted(self.term))


class Flag(Condition):
    """readlist itself says something of the paper: its status, a star, what it has."""

    __slots__ = ("_needle", "name", "value")

    def __init__(self, name: str, value: str, *, begins: bool = False) -> None:
        """``name`` is ``is`` or ``has``; where it ``begins``, ``value`` is only the beginning of what is said."""
        self.name = name
        self.value = value
        self._needle = FLAG_END + flag(name + value) + ("" if begins else FLAG_END)

    @property
    def needles(self) -> tuple[str, ...]:
        """What stands in the text."""
        return (self._needle,)

    @property
    def is_plain(self) -> bool:
        """Nothing else needs to be looked at."""
        return True

    def finds(self, text: str) -> bool:
        """Whether it is said."""
        return self._needle in text

    def implies(self, other: Condition) -> bool:
        """What is said in full implies its beginning."""
        return super().implies(other) or (isinstance(other, Flag) and self._needle.startswith(other.needles[0]))

    def __str__(self) -> str:
        return f"{self.name}:{self.value}" + ("" if self._needle.endswith(FLAG_END) else "…")


class Dated(Condition):
    """A date is known and lies in a range."""

    __slots__ = ("_back", "_first", "_last", "dates", "field")

    def __init__(self, field: Named, dates: "DateRange") -> None:
        self.field = field
        self.dates = dates
        self._first, self._last = stamp(dates.first), stamp(dates.last)
        self._back = len(Field) - field.field

    def finds(self, text: str) -> bool:
        """Whether it does."""
        value = text.rsplit(FIELD_END, self._back)[-self._back]
        if not value or value < self._first:
            return False
        return not self._last or value[: len(self._last)] <= self._last

    def __str__(self) -> str:
        return f"{self.field.name}:{self.dates}"


class Matching(Condition):
    """A regular expression matches, in one field or within any."""

    __slots__ = ("field", "pattern")

    def __init__(self, pattern: Pattern, field: Named | None = None) -> None:
        self.pattern = pattern
        self.field = field

    def finds(self, text: str) -> bool:
        """Whether it matches; a field ends where a line does."""
        if self.field:
            searched = field_of(text, self.field.field)
        else:
            searched = text.rsplit(FIELD_END, _OWN_FIELDS)[0].replace(FIELD_END, "\n")
        return self.pattern.finds(searched)

    def spans(self, field: Field, text: str) -> list[Span]:
        """Where it matches."""
        return self.pattern.spans(text) if self.field is None or self.field.field is field else []

    def __str__(self) -> str:
        return f"{_named(self.field)}/{self.pattern.source}/"


def _named(field: Named | None) -> str:
    return f"{field.name}:" if field else ""


def _quoted(term: str) -> str:
    return f'"{term}"' if '"' not in term else term
