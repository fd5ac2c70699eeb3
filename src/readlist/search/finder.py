"""Finds and sorts the papers of a library, and keeps what that takes."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from readlist.paper import Paper
from readlist.search.fold import fold
from readlist.search.orders import Order
from readlist.search.pile import Followed, Pile, changes_between
from readlist.search.query import Query
from readlist.search.query.conditions import All, Word
from readlist.search.searched import Searched
from readlist.search.shelves import Counts, Shelf, queue_of
from readlist.search.text import Field, field_of, own_fields
from readlist.search.view import Listed, View

if TYPE_CHECKING:
    from readlist.search.query.forgiving import Forgiven
    from readlist.search.related import Related

FORGIVEN_AT_ONCE = 200
"""Papers up to which a typing error is looked for within the time that a key may take."""

_RANKED = 5_000
"""Finds that are sorted by relevance: a query that finds more tells too little, and a letter must not wait for it."""
_FEW = 64
"""Changed papers up to which what was found is corrected rather than looked for again."""


class _Found(NamedTuple):
    """What was found last, and among what."""

    found: Searched
    pile: Pile
    version: int
    shelf: Shelf
    query: Query
    order: Order


class Finder:
    """Finds and sorts papers; keeps what that takes for as long as the papers do not change."""

    def __init__(self) -> None:
        self._listed, self._trashed = Pile(), Pile()
        self._found: _Found | None = None
        self._counts = Counts()
        self._next_up: Paper | None = None

    def prepare(self, papers: Mapping[str, Paper], order: Order, texts: Mapping[str, str] | None = None) -> None:
        """Do what takes long with many ``papers``, ahead of the first view; may run in a thread.

        Args:
            papers: those in the list.
            order: the one in which they will be shown.
            texts: searchable texts of some of them.
        """
        if self._listed.take(papers, texts):
            self._count()
        self._listed.sorted(order, gently=True)

    def unsorted(self) -> Iterator[Callable[[], Callable[[], None]]]:
        """See `Pile.unsorted`."""
        return self._listed.unsorted()

    def unindexed(self, goes_on: Callable[[], bool]) -> Callable[[], Callable[[], None]] | None:
        """See `Pile.unindexed`; the order is the one that the list is shown in."""
        return self._listed.unindexed(self._found.order if self._found else Order.DATE, goes_on)

    @property
    def texts(self) -> Mapping[str, str]:
        """The searchable texts of the papers in the list, by id."""
        return self._listed.texts

    def by_title(self) -> Sequence[str]:
        """The papers in the list by title, from which every other order is made in the least time."""
        return self._listed.sorted(Order.TITLE)

    def changed_since(self, papers: Mapping[str, Paper]) -> "set[str] | None":
        """The papers that may be other than they are in ``papers``, or in one of both alone; None: any."""
        return changes_between(papers, self._listed.papers)

    def view(
        self, papers: Mapping[str, Paper], trash: Mapping[str, Paper], *, shelf: Shelf, query: Query, order: Order
    ) -> View:
        """The view of ``papers`` (id to paper), or on its shelf of the ``trash``, that the other arguments describe.

        The sorted papers are filtered, and of those only what the query before found, if it can.
        """
        if self._listed.take(papers):
            self._count()
        # Whoever looks at the list pays nothing for the trash.
        if shelf is Shelf.TRASH:
            self._trashed.take(trash)
        pile = self._trashed if shelf is Shelf.TRASH else self._listed
        by = Order.DATE if order is Order.RELEVANCE else order
        ids = self._corrected(pile, shelf, query, by)
        found = Searched(ids) if ids is not None else self._searched(pile, shelf, query, by)
        self._found = _Found(found, pile, pile.version, shelf, query, by)
        ids = found.ids
        if order is Order.RELEVANCE:
            if query.ranks and len(ids) <= _RANKED:
                ids = found.ranked(query, pile.texts)
            else:
                order = Order.DATE
        return View(
            Listed(ids, pile.papers),
            shelf,
            query,
            order,
            self._counts._replace(trash=len(trash)),
            next_up=self._next_up,
        )

    def expect_search(self) -> None:
        """Do ahead what would take as long as the first letter of a search itself."""
        found = self._found
        if found is not None and found.version == found.pile.version:
            found.found.texts(found.pile.texts)  # for the first letter
            found.found.prepare(found.pile.texts, found.pile.index)  # for the others

    def _searched(self, pile: Pile, shelf: Shelf, query: Query, order: Order) -> Searched:
        before = self._found
        is_same = before and (before.pile, before.version, before.shelf) == (pile, pile.version, shelf)
        if before and is_same and before.order is order and query.narrows(before.query):
            within = before.found
        else:
            ids = pile.sorted(order)
            within = Searched(ids if shelf.is_whole else pile.on(shelf, ids))
        return within if query.is_empty else within.matching(query, pile.texts, pile.index)

    def _corrected(self, pile: Pile, shelf: Shelf, query: Query, order: Order) -> Sequence[str] | None:
        """What was found before, where only the latest change must be looked at; None where more has changed."""
        before = self._found
        if (
            before is None
            or (before.pile, before.version + 1, before.shelf) != (pile, pile.version, shelf)
            or before.query != query
            or before.order is not order
            or order is Order.QUEUE
            or pile.changed is None
            or len(pile.changed) > _FEW
        ):
            return None
        if shelf.is_whole and query.is_empty:
            return pile.sorted(order)
        ids = list(before.found.ids)
        # Out with all of them first: what stays must be in order when the others find their places.
        shown = {identifier for identifier in ids if identifier in pile.changed}
        ids = [identifier for identifier in ids if identifier not in shown]
        for identifier in pile.changed:
            if pile.holds(shelf, identifier) and query.finds(pile.texts[identifier]):
                ids = pile.moved(ids, identifier, None, pile.texts[identifier], order)
        return ids

    def _count(self) -> None:
        self._counts = self._listed.counts()
        queued = self._listed.queue() if self._counts.queue else ()
        self._next_up = self._listed.papers[queued[0]] if queued else None

    def on_shelf(self, shelf: Shelf) -> list[str]:
        """The ids of the papers of the list that stand on ``shelf``, in no order."""
        return self._listed.on(shelf, self._listed.texts)

    def ids(self, query: Query) -> list[str]:
        """The ids of the papers of the list that ``query`` finds, in no order."""
        return list(self._matching(query).ids)

    def _matching(self, query: Query) -> Searched:
        texts = self._listed.texts
        return Searched(list(texts), list(texts.values())).matching(query, texts, self._listed.index)

    def added_last(self) -> list[str]:
        """The ids of the papers of the list that were added last, together."""
        ids, texts, place = self._listed.sorted(Order.ADDED), self._listed.texts, Field.ADDED - Field.FIRST_AUTHOR
        latest = own_fields(texts[ids[0]])[place] if ids else ""
        return list(takewhile(lambda key: own_fields(texts[key])[place] == latest, ids)) if latest else []

    def best(self, words: str, number: int) -> list[str]:
        """The ids of the papers of the list in which all ``words`` occur; of these no sign has a meaning.

        First stand those whose key or first author begins with the first word, then those that answer best.
        """
        asked = fold(words).split()
        query = Query(All(tuple(map(Word, asked))))
        texts = self._listed.texts
        found = [key for key in self._listed.sorted(Order.DATE) if query.finds(texts.get(key, ""))]

        def rank(identifier: str) -> tuple[bool, int]:
            text = texts[identifier]
            names = (field_of(text, Field.KEY), field_of(text, Field.FIRST_AUTHOR)) if asked else ()
            return not any(name.startswith(asked[0]) for name in names), query.relevance(text)

        return heapq.nsmallest(number, found, key=rank)

    def holding(self, words: Iterable[str]) -> list[str]:
        """The ids of the papers of the list in whose texts one of ``words`` occurs, in no order."""
        needles = [fold(word) for word in words]
        return [key for key, text in self._listed.texts.items() if any(needle in text for needle in needles)]

    def queued(self, papers: Mapping[str, Paper]) -> list[Paper]:
        """The reading queue of ``papers``, which may be some changes ahead of what was looked at last."""
        changed = papers.changes_since(self._listed.papers) if isinstance(papers, Followed) else None
        known = papers if changed is None else {*self._listed.queue(), *changed}
        return queue_of(papers[key] for key in known if key in papers)

    def begins_anew(self, papers: Mapping[str, Paper]) -> bool:
        """Whether nothing is known of ``papers`` that could be followed, so that each must be looked at."""
        return isinstance(papers, Followed) and papers.changes_since(self._listed.papers) is None

    def number(self, query: Query) -> int:
        """How many papers of the list ``query`` finds."""
        return len(self._listed.texts) if query.is_empty else len(self._matching(query).ids)

    def forgive(self, shelf: Shelf, query: Query) -> "Forgiven | None":
        """What ``query``, which finds nothing on ``shelf``, was probably meant to be; may take a second."""
        from readlist.search.query.forgiving import forgive  # noqa: PLC0415 - for typing errors alone

        pile = self._trashed if shelf is Shelf.TRASH else self._listed
        return forgive(query, [pile.texts[identifier] for identifier in pile.on(shelf, list(pile.texts))])

    def related(self, identifier: str) -> "list[Related]":
        """The ten papers of the list nearest to the one with this id; takes a second or two with 100,000."""
        from readlist.search.related import related  # noqa: PLC0415 - asked for seldom

        return related(identifier, self._listed.texts) if identifier in self._listed.texts else []
