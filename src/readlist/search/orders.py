"""The orders that the list can have."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from readlist.latex import to_unicode
from readlist.paper import Paper
from readlist.search.fold import fold
from readlist.statuses import current

QUOTES = "\"'“‘(«"
LAST = "\uffff"
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


def title_key(title: str) -> str:
    """By what a paper with this title is sorted by title."""
    return fold(to_unicode(_one_line(title))).lstrip(QUOTES)


def _title_of_paper(paper: Paper) -> str:
    return title_key(paper.title)


def _one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text else text


def _author(paper: Paper) -> str:
    return fold(_one_line(paper.authors[0].short)) or LAST if paper.authors else LAST


def _date(paper: Paper) -> str:
    return paper.published or paper.issued


DESCENDING = frozenset({Order.DATE, Order.ADDED, Order.CHANGED})
"""The orders in which the greatest stands first."""

_KEYS: dict[Order, Callable[[Paper], Any]] = {
    Order.DATE: _date,
    Order.ADDED: lambda paper: (paper.added, _date(paper)),
    Order.AUTHOR: lambda paper: (_author(paper), _date(paper)),
    Order.STATUS: lambda paper: current().rank(paper.status),
    Order.CHANGED: lambda paper: paper.changed or paper.added,
    Order.QUEUE: lambda paper: paper.queue or "~",
}


def sort_papers(papers: Iterable[Paper], order: Order) -> list[Paper]:
    """``papers`` in ``order``; equal ones by title, then by id."""
    in_order = sorted(sorted(papers, key=lambda paper: paper.id), key=_title_of_paper)
    if order is Order.TITLE:
        return in_order
    order = Order.DATE if order is Order.RELEVANCE else order
    return sorted(in_order, key=_KEYS[order], reverse=order in DESCENDING)
