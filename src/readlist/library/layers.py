"""A mapping that is never changed and of which a changed copy costs only what changes."""

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from typing import Generic, TypeVar

from readlist.library.lazy import LazyMapping

_Value = TypeVar("_Value")

_THIN = 64
"""So many entries, and one for each so many below, the upper layer may have."""


class Layers(LazyMapping[_Value], Generic[_Value]):
    """An unchanging mapping, sorted by key: many entries below, the few that have changed since above.

    Between the two lies what was changed earlier, so that the lowest layer, whose values may have to be made first,
    stays what it is. Getting an entry, the length, and `with_changes` take no longer for 100,000 entries than for 32.
    Any thread may do any of it.

    Args:
        entries: the mapping, sorted by key; it must not be changed any more.
    """

    __slots__ = ("_length", "above", "below", "middle")

    def __init__(self, entries: Mapping[str, _Value]) -> None:
        self.below = entries
        """None of the layers is ever changed."""
        self.middle: dict[str, _Value | None] = {}
        """In both layers of changes, None takes a key away."""
        self.above: dict[str, _Value | None] = {}
        self._length = len(entries)

    def with_changes(self, changes: "Mapping[str, _Value | None]") -> "Layers[_Value]":
        """A copy in which the keys of ``changes`` have these values; None takes a key away."""
        if not changes:
            return self
        middle, above = self.middle, self.above
        if len(above) > _THIN + max(len(self.below), len(middle)) // _THIN:
            # Copying it each time would cost more than doing this at times.
            middle, above = {**middle, **above}, {}
        copy = Layers(self.below)
        copy.middle, copy.above = middle, {**above, **changes}
        length = self._length
        for key, value in changes.items():
            length += (value is not None) - (key in self)
        copy._length = length
        return copy

    def changes_since(self, older: "Layers[_Value]") -> set[str] | None:
        """The keys at which this one may have another value than ``older``, or only one of them has any.

        At all other keys both have the same. This takes as long as there were changes, whatever the size, and makes no
        value. None when it is not known: the two have not come about from one mapping by changes.
        """
        if self is older:
            return set()
        if self.below is not older.below:
            return None
        if self.middle is older.middle:
            keys = {*self.above, *older.above}
        else:
            keys = {*self.above, *older.above, *self.middle, *older.middle}
        return {key for key in keys if self.change_of(key) is not older.change_of(key)}

    def change_of(self, key: str) -> object:
        """The value that ``key`` was given, None where it was taken away, the lowest layer where it was let be."""
        return self.above[key] if key in self.above else self.middle.get(key, self.below)

    def parts(self) -> "tuple[Mapping[str, _Value], dict[str, _Value | None]]":
        """The lowest layer, and what has been changed since; None: taken away."""
        if not self.middle:
            return self.below, self.above
        return self.below, {**self.middle, **self.above}

    def __getitem__(self, key: str) -> _Value:
        for layer in (self.above, self.middle):
            if key in layer:
                value = layer[key]
                if value is None:
                    raise KeyError(key)
                return value
        return self.below[key]

    def peek(self, key: str) -> _Value:
        """See `LazyMapping`."""
        below = self.below
        if key in self.above or key in self.middle or not isinstance(below, LazyMapping):
            return self[key]
        value: _Value = below.peek(key)
        return value

    def __contains__(self, key: object) -> bool:
        for layer in (self.above, self.middle):
            if key in layer:
                return layer[key] is not None
        return key in self.below

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        below, changes = self.parts()
        return _together(below, changes) if changes else iter(below)

    def __repr__(self) -> str:
        return f"Layers({dict(self.items())!r})"

    def values(self) -> ValuesView[_Value]:
        """The values in the order of their keys."""
        return super().values() if self.above or self.middle else self.below.values()

    def items(self) -> ItemsView[str, _Value]:
        """Keys and values in the order of the keys."""
        return super().items() if self.above or self.middle else self.below.items()


def _together(below: Mapping[str, _Value], changes: Mapping[str, _Value | None]) -> Iterator[str]:
    """The keys that there are, sorted."""
    new = sorted((key for key, value in changes.items() if value is not None and key not in below), reverse=True)
    for key in below:
        while new and new[-1] < key:
            yield new.pop()
        if key not in changes or changes[key] is not None:
            yield key
    yield from reversed(new)


def layers_of(table: "Mapping[str, _Value]") -> Layers[_Value]:
    """``table`` as layers."""
    if isinstance(table, Layers):
        return table
    return Layers(table if isinstance(table, LazyMapping) else dict(sorted(table.items())))
