"""How far long work has come: told by whoever does it, shown by whoever has somebody watching."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Thing = TypeVar("Thing")
Tell = Callable[[str, int, int], object]
"""Is told what is being done, how much of it is done, and how much there is."""

_WATCHER: ContextVar[Tell | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(tell: Tell) -> Iterator[None]:
    """Let ``tell`` know of all work that is done inside."""
    before = _WATCHER.set(tell)
    try:
        yield
    finally:
        _WATCHER.reset(before)


def told(what: str, things: Collection[Thing]) -> Iterable[Thing]:
    """``things``, one after the other; who watches is told how many have been dealt with. Unwatched, this is free."""
    tell = _WATCHER.get()
    return things if tell is None else _telling(tell, what, things)


def _telling(tell: Tell, what: str, things: Collection[Thing]) -> Iterator[Thing]:
    number = len(things)
    for done, thing in enumerate(things):
        tell(what, done, number)
        yield thing
    tell(what, number, number)
