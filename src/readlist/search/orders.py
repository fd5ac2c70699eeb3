"""The orders that the list can have.

What papers are sorted by stands in their searchable texts, so that a large library is sorted without decoding a paper.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from readlist.latex import to_unicode
from readlist.paper import Paper
from readlist.search.fold import fold
from readlist.search.text import FIELD_END, Field, flag, own_fields, status_flag
from readlist.statuses import StatusSet, current

_QUOTES = "\"'“‘(«"
_RUN = 4_000
"""Ids that are sorted in a few milliseconds."""
_LAST = "\uffff"
"""Stands behind every name."""


class Order(StrEnum):
    """The orders the list can have."""

    DATE = "date"
    ADDED = "added"
    TITLE = "title"
    AUTHOR = "author"
    STATUS = "status"
    CHANGED = "changed"
    QUEUE = "queue"
    """As the reading queue has it; what is not in it stands behind."""
    RELEVANCE = "relevance"
    """How well they answer the query; where nothing tells them apart by that, the newest first."""

    @property
    def label(self) -> str:
        """What the order is called on the screen."""
        return _LABELS[self]


def start_order(setting: str) -> Order:
    """The order that the settings ask for; the newest first where they ask for none that there is."""
    return Order(setting) if setting in {order.value for order in Order} else Order.DATE


_LABELS = {
    Order.DATE: "newest first",
    Order.ADDED: "last added first",
    Order.TITLE: "by title",
    Order.AUTHOR: "by first author",
    Order.STATUS: "unread first",
    Order.CHANGED: "last changed first",
    Order.QUEUE: "next up first",
    Order.RELEVANCE: "best match first",
}


class SortKey(NamedTuple):
    """How one order sorts; equal papers stand by title, and equal titles by id."""

    of_paper: Callable[[Paper], Any]
    of_text: Callable[[str], Any]
    """The same, from the searchable text of a paper."""
    descending: bool = False


def title_key(title: str) -> str:
    """By what a paper with this title is sorted by title."""
    return fold(to_unicode(_one_line(title))).lstrip(_QUOTES)


def _title_of_paper(paper: Paper) -> str:
    return title_key(paper.title)


def title_of_text(text: str) -> str:
    """By what the paper with this searchable text is sorted by title."""
    return text[: text.index(FIELD_END)].rpartition("\n")[2].lstrip(_QUOTES)


def _one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text else text


def _author(paper: Paper) -> str:
    return fold(_one_line(paper.authors[0].short)) or _LAST if paper.authors else _LAST


def _own(text: str, field: Field) -> str:
    return own_fields(text)[field - Field.FIRST_AUTHOR]


def _of_author(text: str) -> tuple[str, str]:
    own = own_fields(text)
    return own[0] or _LAST, own[Field.DATE - Field.FIRST_AUTHOR]


def _of_added(text: str) -> tuple[str, str]:
    own = own_fields(text)
    return own[Field.ADDED - Field.FIRST_AUTHOR], own[Field.DATE - Field.FIRST_AUTHOR]


@lru_cache(maxsize=1)
def _ranks(statuses: StatusSet) -> dict[str, int]:
    """The place of each status in their order, by its flag."""
    return {flag(f"is{one.name}"): rank for rank, one in enumerate(statuses.meanings)}


def _date(paper: Paper) -> str:
    return paper.published or paper.issued


KEYS: dict[Order, SortKey] = {
    Order.DATE: SortKey(_date, lambda text: _own(text, Field.DATE), descending=True),
    Order.ADDED: SortKey(lambda paper: (paper.added, _date(paper)), _of_added, descending=True),
    Order.TITLE: SortKey(_title_of_paper, title_of_text),
    Order.AUTHOR: SortKey(lambda paper: (_author(paper), _date(paper)), _of_author),
    Order.STATUS: SortKey(
        lambda paper: current().rank(paper.status),
        lambda text: _ranks(current()).get(status_flag(_own(text, Field.FLAGS)), len(current().meanings)),
    ),
    Order.CHANGED: SortKey(
        lambda paper: paper.changed or paper.added, lambda text: _own(text, Field.CHANGED), descending=True
    ),
}


def sort_papers(papers: Iterable[Paper], order: Order) -> list[Paper]:
    """``papers`` in ``order``; equal ones by title, then by id."""
    in_order = sorted(sorted(papers, key=lambda paper: paper.id), key=_title_of_paper)
    if order is Order.TITLE:
        return in_order
    if order is Order.QUEUE:
        return sorted(in_order, key=lambda paper: paper.queue or "~")
    key = KEYS[Order.DATE if order is Order.RELEVANCE else order]
    return sorted(in_order, key=key.of_paper, reverse=key.descending)


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
    values = {identifier: key.of_text(text) for identifier, text in texts.items()}
    return (_sorted_gently if gently else sorted)(by_title, key=values.__getitem__, reverse=key.descending)


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
    key = KEYS[order]
    return Place(key.of_text(text), title_of_text(text), identifier, key.descending)
