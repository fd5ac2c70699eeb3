"""The orders of papers that are known by their searchable texts alone.

What papers are sorted by stands in these texts, so that a large library is sorted without decoding a paper.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from readlist.search.orders import DESCENDING, LAST, QUOTES, Order
from readlist.search.text import FIELD_END, Field, flag, own_fields, status_flag
from readlist.statuses import StatusSet, current

_RUN = 4_000
"""Ids that are sorted in a few milliseconds."""


def title_of_text(text: str) -> str:
    """By what the paper with this searchable text is sorted by title."""
    return text[: text.index(FIELD_END)].rpartition("\n")[2].lstrip(QUOTES)


def _own(text: str, field: Field) -> str:
    return own_fields(text)[field - Field.FIRST_AUTHOR]


def _of_author(text: str) -> tuple[str, str]:
    own = own_fields(text)
    return own[0] or LAST, own[Field.DATE - Field.FIRST_AUTHOR]


def _of_added(text: str) -> tuple[str, str]:
    own = own_fields(text)
    return own[Field.ADDED - Field.FIRST_AUTHOR], own[Field.DATE - Field.FIRST_AUTHOR]


@lru_cache(maxsize=1)
def _ranks(statuses: StatusSet) -> dict[str, int]:
    """The place of each status in their order, by its flag."""
    return {flag(f"is{one.name}"): rank for rank, one in enumerate(statuses.meanings)}


KEYS: dict[Order, Callable[[str], Any]] = {
    Order.DATE: lambda text: _own(text, Field.DATE),
    Order.ADDED: _of_added,
    Order.TITLE: title_of_text,
    Order.AUTHOR: _of_author,
    Order.STATUS: lambda text: _ranks(current()).get(status_flag(_own(text, Field.FLAGS)), len(current().meanings)),
    Order.CHANGED: lambda text: _own(text, Field.CHANGED),
}
"""What a paper is sorted by, from its searchable text; equal papers stand by title, and equal titles by id."""


def sort_by_title(texts: Mapping[str, str], *, gently: bool = False) -> list[str]:
    """The ids of papers with these searchable texts, by title.

    Args:
        texts: by id.
        gently: let other threads have their turn every few milliseconds.
    """
    titles = {identifier: (title_of_text(text), identifier) for identifier, text in texts.items()}
    return (_sorted_gently if gently else sorted)(titles, key=titles.__getitem__)


def sort_ids(texts: Mapping[str, str], by_title: Sequence[str], order: Order, *, gently: bool = False) -> list[str]:
    """The ids of papers with these searchable texts, in ``order``, which their texts must be able to tell.

    Args:
        texts: by id.
        by_title: the ids in the order of titles.
        order: the order.
        gently: let other threads have their turn every few milliseconds.
    """
    key = KEYS[order]
    values = {identifier: key(text) for identifier, text in texts.items()}
    return (_sorted_gently if gently else sorted)(by_title, key=values.__getitem__, reverse=order in DESCENDING)


def _sorted_gently(ids: Iterable[str], *, key: Callable[[str], Any], reverse: bool = False) -> list[str]:
    """As `sorted`, which does not let go of the interpreter before all is sorted."""
    every = list(ids)
    runs = [sorted(every[at : at + _RUN], key=key, reverse=reverse) for at in range(0, len(every), _RUN)]
    return list(heapq.merge(*runs, key=key, reverse=reverse))


class Place(NamedTuple):
    """Where a paper belongs in an order, to be compared with the places of other papers in the same order."""

    key: Any
    title: str
    id: str
    descending: bool

    def is_before(self, other: "Place") -> bool:
        """Whether the paper stands before the other one."""
        if self.key != other.key:
            return bool(self.key > other.key if self.descending else self.key < other.key)
        return (self.title, self.id) < (other.title, other.id)


def place_of(identifier: str, text: str, order: Order) -> Place:
    """The place of the paper with this id and searchable text."""
    return Place(KEYS[order](text), title_of_text(text), identifier, order in DESCENDING)
