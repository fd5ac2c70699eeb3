"""What mappings have in common whose values are made when they are looked at, and a small memory for such values."""

from abc import abstractmethod
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class LazyMapping(Mapping[str, _Value], Generic[_Value]):
    """An unchanging mapping, sorted by key, whose values may have to be made first.

    Getting a value may keep it for the next time. Going through all of them keeps none: each is made when its turn
    comes, so that this takes no room, and its time each time.
    """

    __slots__ = ()

    @abstractmethod
    def peek(self, key: str) -> _Value:
        """The value at ``key``, which is not kept for the next time.

        Raises:
            KeyError: there is none.
        """

    def values(self) -> ValuesView[_Value]:
        """The values in the order of their keys."""
        return _Values(self)

    def items(self) -> ItemsView[str, _Value]:
        """Keys and values in the order of the keys."""
        return _Items(self)


class _Values(ValuesView[_Value]):
    _mapping: LazyMapping[_Value]

    def __iter__(self) -> Iterator[_Value]:
        return map(self._mapping.peek, self._mapping)


class _Items(ItemsView[str, _Value]):
    _mapping: LazyMapping[_Value]

    def __iter__(self) -> Iterator[tuple[str, _Value]]:
        peek = self._mapping.peek
        return ((key, peek(key)) for key in self._mapping)


class Recent(Generic[_Value]):
    """The values that were asked for last, by key. Any thread may use it.

    Args:
        number: so many at least are kept, and twice as many at most.
    """

    __slots__ = ("_number", "_old", "_young")

    def __init__(self, number: int) -> None:
        self._number = number
        self._young: dict[str, _Value] = {}
        self._old: dict[str, _Value] = {}

    def get(self, key: str) -> _Value | None:
        """The value kept for ``key``; None when there is none."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                return self.keep(key, found)
        return found

    def keep(self, key: str, value: _Value) -> _Value:
        """Keep ``value``; returns the one that is kept, which another thread may have made."""
        young = self._young
        if len(young) >= self._number:
            self._old, self._young = young, {}
            young = self._young
        return young.setdefault(key, value)
