"""The immutable, filtered and sorted view of the papers that the list shows and the command line prints."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from readlist.latex import to_unicode
from readlist.paper import Paper
from readlist.search.fold import fold
from readlist.search.query import Query
from readlist.search.query.forgiving import Forgiven, forgive
from readlist.search.related import Related, related
from readlist.search.text import searchable
from readlist.statuses import current, role


class Shelf(StrEnum):
    """The fixed views of the library, in the order of their keys 1 to 7.

    Unread, reading and read are what statuses stand for (see `Role`), whatever the settings call them.
    """

    ALL = "all"
    UNREAD = "unread"
    READING = "reading"
    READ = "read"
    STARRED = "starred"
    TRASH = "trash"
    """Beside the library: what is deleted stands on no other shelf."""
    QUEUE = "queue"
    """What is to be read next, in the user's order."""

    @property
    def is_whole(self) -> bool:
        """Whether it leaves nothing out: all of the list, or all of the trash."""
        return self in {Shelf.ALL, Shelf.TRASH}

    @property
    def label(self) -> str:
        """What it is called on the screen: a single status by its name in the settings."""
        names = [one.name for one in current().meanings if one.role == self.value]
        return names[0] if len(names) == 1 else self.value

    @property
    def meaning(self) -> str:
        """What stands on it, in a sentence."""
        sentences = {
            Shelf.ALL: "All papers.",
            Shelf.STARRED: "The starred papers.",
            Shelf.TRASH: "The trash, from which papers can be put back.",
            Shelf.QUEUE: "The reading queue: what is to be read next, in your order.",
        }
        names = [one.name for one in current().meanings if one.role == self.value]
        return sentences.get(self) or f"The papers that are {' or '.join(names)}."

    def holds(self, paper: Paper) -> bool:
        """Whether ``paper``, one of the list (on the shelf of the trash: one of the trash), stands on this shelf."""
        if self is Shelf.STARRED:
            return paper.star
        if self is Shelf.QUEUE:
            return bool(paper.queue)
        return self.is_whole or role(paper.status) == self.value


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


def _title_key(paper: Paper) -> str:
    return fold(to_unicode(paper.title)).lstrip("\"'“‘(«")


def _author_key(paper: Paper) -> str:
    return fold(paper.authors[0].short) if paper.authors else "\uffff"


# Each order is a sort by title made stable by a further sort by its own key; True stands for descending.
_KEYS: dict[Order, tuple[Callable[[Paper], Any], bool]] = {
    Order.DATE: (lambda paper: paper.published, True),
    Order.ADDED: (lambda paper: (paper.added, paper.published), True),
    Order.TITLE: (_title_key, False),
    Order.AUTHOR: (lambda paper: (_author_key(paper), paper.published), False),
    Order.STATUS: (lambda paper: current().rank(paper.status), False),
    Order.CHANGED: (lambda paper: paper.changed or paper.added, True),
    Order.QUEUE: (lambda paper: paper.queue or "~", False),
}
_KEYS[Order.RELEVANCE] = _KEYS[Order.DATE]
_RANKED = 5_000
"""Finds that are sorted by relevance: a query that finds more tells too little, and a letter must not wait for it."""


_VALUES: dict[str, Callable[[Paper], Sequence[str]]] = {
    "author": lambda paper: [to_unicode(author.display) for author in paper.authors],
    "editor": lambda paper: [to_unicode(editor.display) for editor in paper.editors],
    "tag": lambda paper: paper.tags,
    "venue": lambda paper: [paper.venue],
    "category": lambda paper: [paper.category],
    "org": lambda paper: paper.organisations,
    "key": lambda paper: [paper.key],
}


class Counts(NamedTuple):
    """How many papers stand on each shelf."""

    all: int = 0
    unread: int = 0
    reading: int = 0
    read: int = 0
    starred: int = 0
    trash: int = 0
    dropped: int = 0
    queue: int = 0
    unknown: int = 0
    """Of a status that the settings do not know."""

    def of(self, shelf: Shelf) -> int:
        """The number of papers on ``shelf``."""
        return int(getattr(self, shelf.value))


def count(papers: Iterable[Paper]) -> Counts:
    """Count ``papers`` a shelf."""
    tally, roles = dict.fromkeys(Counts._fields, 0), current().roles
    for paper in papers:
        tally["all"] += 1
        tally[roles[paper.status]] += 1
        tally["starred"] += paper.star
        tally["queue"] += bool(paper.queue)
    return Counts(**tally)


def queue_of(papers: Iterable[Paper]) -> list[Paper]:
    """Those of ``papers`` that stand in the reading queue, in its order."""
    return sorted((paper for paper in papers if paper.queue), key=lambda paper: paper.queue)


class _Pile:
    """Papers as they were when they were last looked at, and sorted as they were last shown."""

    def __init__(self) -> None:
        self._papers: list[Paper] = []
        self._order: Order | None = None
        self._sorted: list[Paper] = []

    def take(self, papers: Mapping[str, Paper]) -> bool:
        """Make ``papers`` those of the pile; False when they are what they were."""
        now = list(papers.values())
        # Lists compare their items by identity first: 10,000 unchanged papers take a tenth of a millisecond.
        if now == self._papers:
            return False
        self._papers, self._order = now, None
        return True

    def sorted(self, order: Order, title_key: Callable[[Paper], str]) -> list[Paper]:
        """The papers in ``order``: the same list for as long as neither papers nor order have changed."""
        if order is not self._order:
            self._order, self._sorted = order, sort_papers(self._papers, order, title_key)
        return self._sorted


class Finder:
    """Finds and sorts papers; keeps what that takes for as long as the papers do not change."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[Paper, str]] = {}
        self._titles: dict[str, tuple[Paper, str]] = {}
        self._listed, self._trashed = _Pile(), _Pile()
        self._counts = Counts()
        self._next_up: Paper | None = None
        self._found: tuple[list[Paper], Shelf, Query, list[Paper]] | None = None
        """The sorted papers among which was searched last, for what, and what was found."""

    def text(self, paper: Paper) -> str:
        """The searchable text of ``paper``, made once for as long as the paper stays the same."""
        known = self._texts.get(paper.id)
        if known is None or known[0] is not paper:
            known = self._texts[paper.id] = (paper, searchable(paper))
        return known[1]

    def title_key(self, paper: Paper) -> str:
        """By what ``paper`` is sorted by title, made once for as long as the paper stays the same."""
        known = self._titles.get(paper.id)
        if known is None or known[0] is not paper:
            known = self._titles[paper.id] = (paper, _title_key(paper))
        return known[1]

    def find(self, papers: Iterable[Paper], query: Query) -> list[Paper]:
        """Those of ``papers`` that ``query`` finds, in their order."""
        if query.is_empty:
            return list(papers)
        text, finds = self.text, query.finds
        return [paper for paper in papers if finds(text(paper))]

    def rank(self, papers: list[Paper], query: Query) -> list[Paper]:
        """``papers``, all found by ``query``, with those first that answer it best; equal ones in their order."""
        return sorted(papers, key=lambda paper: query.relevance(self.text(paper)))

    def forgive(self, papers: Iterable[Paper], query: Query) -> Forgiven | None:
        """What ``query``, which finds none of ``papers``, was probably meant to be; may take a second."""
        return forgive(query, [self.text(paper) for paper in papers])

    def view(
        self, papers: Mapping[str, Paper], trash: Mapping[str, Paper], *, shelf: Shelf, query: Query, order: Order
    ) -> "View":
        """The view of ``papers`` (id to paper), or on its shelf of the ``trash``, that the other arguments describe.

        The sorted papers are filtered, and of those only what the query before found, if it can.
        """
        if self._listed.take(papers):
            self._counts = count(papers.values())
            queued = queue_of(papers.values()) if self._counts.queue else ()
            self._next_up = queued[0] if queued else None
            self._forget(papers, trash)
        # Whoever looks at the list pays nothing for the trash.
        if shelf is Shelf.TRASH and self._trashed.take(trash):
            self._forget(papers, trash)
        pile = self._trashed if shelf is Shelf.TRASH else self._listed
        in_order = pile.sorted(Order.DATE if order is Order.RELEVANCE else order, self.title_key)
        before = self._found
        if before and before[0] is in_order and before[1] is shelf and query.narrows(before[2]):
            found = self.find(before[3], query)
        else:
            found = self.find(in_order if shelf.is_whole else filter(shelf.holds, in_order), query)
        self._found = (in_order, shelf, query, found)
        if order is Order.RELEVANCE:
            if query.ranks and len(found) <= _RANKED:
                found = self.rank(found, query)
            else:
                order = Order.DATE
        return View(tuple(found), shelf, query, order, self._counts._replace(trash=len(trash)), next_up=self._next_up)

    def on_shelf(self, papers: Mapping[str, Paper], trash: Mapping[str, Paper], shelf: Shelf) -> list[Paper]:
        """All papers that a view of ``shelf`` searches."""
        if shelf is Shelf.TRASH:
            return list(trash.values())
        return [paper for paper in papers.values() if shelf.holds(paper)]

    def related(self, papers: Mapping[str, Paper], identifier: str) -> list[Related]:
        """The ten of ``papers`` that are nearest to the one with this id; takes a second or two with 100,000."""
        if identifier not in papers:
            return []
        return related(identifier, {key: self.text(paper) for key, paper in papers.items()})

    def values(self, papers: Iterable[Paper], field: str) -> list[str]:
        """What ``papers`` have in the field of this name of the query language, the most frequent first."""
        if field not in _VALUES:
            return []
        counted = Counter(value for paper in papers for value in _VALUES[field](paper) if value)
        return [value for value, _ in counted.most_common()]

    def _forget(self, papers: Mapping[str, Paper], trash: Mapping[str, Paper]) -> None:
        """Keep nothing of papers that are neither among ``papers`` nor in the ``trash`` any more."""
        for kept in (self._texts, self._titles):
            for gone in kept.keys() - papers.keys():
                if gone not in trash:
                    del kept[gone]


class View(NamedTuple):
    """What the list shows: papers on one shelf that a query finds, in one order. Never changed, only made anew."""

    papers: Sequence[Paper] = ()
    shelf: Shelf = Shelf.ALL
    query: Query = Query()
    order: Order = Order.DATE
    counts: Counts = Counts()
    forgiven: Forgiven | None = None
    """What the query was taken for, since it finds nothing itself."""
    next_up: Paper | None = None
    """The first paper of the reading queue, whatever is shown."""

    def position(self, identifier: str) -> int | None:
        """The row of the paper with this id, or None where it is not shown."""
        if not identifier:  # papers of which nothing is known yet have no id
            return None
        return next((row for row, paper in enumerate(self.papers) if paper.id == identifier), None)


def sort_papers(papers: Iterable[Paper], order: Order, title_key: Callable[[Paper], str] = _title_key) -> list[Paper]:
    """``papers`` in ``order``; equal ones by title (``title_key`` may give remembered keys)."""
    by_title = sorted(papers, key=title_key)
    key, descending = _KEYS[order]
    return by_title if order is Order.TITLE else sorted(by_title, key=key, reverse=descending)
