"""The papers of the list, or of the trash, as they are searched and sorted: by their texts, without a look at them.

What is kept follows the library in the time that a change takes, not in the time that the library takes: after one mark
one text is made anew, and the paper goes to its new place in every order that is known.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Protocol, runtime_checkable

from readlist.paper import Paper
from readlist.search.orders import Order
from readlist.search.shelves import Counts, Shelf
from readlist.search.text import FLAG_END, Field, flag, own_fields, searchable, status_flag
from readlist.search.text_orders import KEYS, Place, place_of, sort_by_title, sort_ids
from readlist.search.word_index import WordIndex
from readlist.statuses import Role, StatusSet, current

_FEW = 64
"""Changed papers that are put in their places one by one; with more, everything is sorted anew."""
_INDEXED = 2_000
"""Texts from which on their words are indexed; fewer are searched within a frame."""
_COUNTED = {flag("isstarred"): "starred", flag("isqueued"): "queue"}
"""What is counted besides the statuses, by its flag."""
_FLAGS = Field.FLAGS - Field.FIRST_AUTHOR


@runtime_checkable
class Followed(Protocol):
    """A mapping that is never changed and knows what it was made from."""

    def changes_since(self, older: Any) -> "set[str] | None":
        """The keys at which this mapping may differ from an ``older`` one; None where that is not known."""


def changes_between(older: Mapping[str, Paper], newer: Mapping[str, Paper]) -> set[str] | None:
    """The ids at which ``newer`` holds something else; None where one has not come about from the other."""
    return newer.changes_since(older) if isinstance(newer, Followed) and type(newer) is type(older) else None


class Pile:
    """Papers by their searchable texts, sorted and parted."""

    def __init__(self) -> None:
        self.papers: Mapping[str, Paper] = {}
        self.texts: dict[str, str] = {}
        self.version = 0
        """Grows with every change."""
        self.changed: frozenset[str] | None = None
        """What the latest change was about; None where it may have been anything."""
        self.index: WordIndex | None = None
        """Of the words of the texts, once `unindexed` has been done."""
        self._copy: dict[str, Paper] = {}
        """The papers as they were, where the mapping itself may be changed."""
        self._orders: dict[Order, list[str]] = {}
        self._alike: dict[str, set[str]] = {}
        """The ids of the papers of which the same is said, by all their flags; there are few different ones."""
        self._shelved: dict[Shelf, frozenset[str]] = {}
        """The ids of those on a shelf, as far as that has been asked."""

    def take(self, papers: Mapping[str, Paper], known: Mapping[str, str] | None = None) -> bool:
        """Make ``papers`` (id to paper) those of the pile; False when they are what they were.

        Args:
            papers: the papers.
            known: searchable texts of some of them.
        """
        changed = self._changes(papers)
        if changed is not None and not changed:
            self.papers = papers
            return False
        self.papers = papers
        self.version += 1
        if changed is None or len(changed) > max(_FEW, len(papers) // 4):
            self._begin_anew(known or {})
        else:
            self.changed = frozenset(changed)
            for identifier in changed:
                self._follow(identifier, keep_orders=len(changed) <= _FEW)
            if len(changed) > _FEW:
                self._orders.clear()
        return True

    def _changes(self, papers: Mapping[str, Paper]) -> "set[str] | None":
        if isinstance(papers, Followed):
            return papers.changes_since(self.papers) if type(self.papers) is type(papers) else None
        before, self._copy = self._copy, dict(papers)
        if not before and not self._copy:
            return set()
        changed = {key for key, paper in self._copy.items() if before.get(key) is not paper}
        return changed | (before.keys() - self._copy.keys())

    def _begin_anew(self, known: Mapping[str, str]) -> None:
        self.changed = None
        self._orders.clear()
        self._alike.clear()
        self._shelved.clear()
        self.index = None
        papers = self.papers
        kept = {identifier: text for identifier, text in known.items() if identifier in papers}  # in its order
        if not kept:  # all papers are gone through as a whole, which a library does without keeping each
            kept = {identifier: searchable(paper) for identifier, paper in papers.items()}
        elif len(kept) < len(papers):
            kept |= {identifier: searchable(papers[identifier]) for identifier in papers if identifier not in kept}
        self.texts = kept
        for identifier, text in self.texts.items():
            self._alike.setdefault(own_fields(text)[_FLAGS], set()).add(identifier)
        for flags, alike in self._alike.items() if known else ():
            if _role(flags) is Role.UNKNOWN:
                _ = self.papers[next(iter(alike))]  # whose reading makes its status known to queries

    def _follow(self, identifier: str, *, keep_orders: bool) -> None:
        before, paper = self.texts.get(identifier), self.papers.get(identifier)
        after = searchable(paper) if paper else None
        if before == after:
            return
        if self.index is not None:
            self.index.forget(identifier)
        if keep_orders:
            for order, ids in list(self._orders.items()):
                self._orders[order] = self.moved(ids, identifier, before, after, order)
        if after is None:
            del self.texts[identifier]
        else:
            self.texts[identifier] = after
        was, now = (own_fields(text)[_FLAGS] if text is not None else "" for text in (before, after))
        if was != now:
            self._alike.get(was, set()).discard(identifier)
            self._shelved.clear()
            if now:
                self._alike.setdefault(now, set()).add(identifier)

    # Looking

    def sorted(self, order: Order, *, gently: bool = False) -> Sequence[str]:
        """The ids in ``order``: the same list for as long as nothing has changed; it is never changed itself.

        ``gently`` lets other threads have their turn while it is sorted for the first time.
        """
        if order is Order.QUEUE:
            by_title, queued = self.sorted(Order.TITLE), self._standing_on(Shelf.QUEUE)
            return [*self.queue(), *(identifier for identifier in by_title if identifier not in queued)]
        known = self._orders.get(order)
        if known is None:
            if order is Order.TITLE:
                known = sort_by_title(self.texts, gently=gently)
            else:
                known = sort_ids(self.texts, self.sorted(Order.TITLE, gently=gently), order, gently=gently)
            self._orders[order] = known
        return known

    def unsorted(self) -> Iterator[Callable[[], Callable[[], None]]]:
        """The orders that are not known yet, as work.

        What is yielded may be called in a thread; what that returns takes over its outcome, if nothing has changed.
        """
        for order in KEYS:
            if order not in self._orders:
                yield partial(self._sort_ahead, order, dict(self.texts), self.sorted(Order.TITLE), self.version)

    def _sort_ahead(
        self, order: Order, texts: Mapping[str, str], by_title: Sequence[str], version: int
    ) -> Callable[[], None]:
        ids = sort_ids(texts, by_title, order, gently=True)

        def take() -> None:
            if self.version == version:
                self._orders.setdefault(order, ids)

        return take

    def unindexed(self, order: Order, goes_on: Callable[[], bool]) -> Callable[[], Callable[[], None]] | None:
        """The work of indexing the words of many texts, as `unsorted` has it; None where there is no need.

        Args:
            order: the one in which the papers are searched most.
            goes_on: asked by the thread; False gives up.
        """
        if len(self.texts) < _INDEXED or (self.index is not None and not self.index.is_worn):
            return None
        ids, texts, version = self.sorted(order), dict(self.texts), self.version

        def work() -> Callable[[], None]:
            index = WordIndex({identifier: texts[identifier] for identifier in ids}, goes_on)
            return partial(self._take_index, index, texts, version) if goes_on() else _nothing

        return work

    def _take_index(self, index: WordIndex, texts: Mapping[str, str], version: int) -> None:
        if self.version != version:
            for identifier, text in texts.items():
                if self.texts.get(identifier) is not text:
                    index.forget(identifier)
        self.index = index

    def _standing_on(self, shelf: Shelf) -> frozenset[str]:
        """The ids of the papers on ``shelf``, one that leaves something out."""
        known = self._shelved.get(shelf)
        if known is None:
            known = frozenset().union(*(alike for flags, alike in self._alike.items() if _stands_on(shelf, flags)))
            self._shelved[shelf] = known
        return known

    def on(self, shelf: Shelf, ids: Iterable[str]) -> list[str]:
        """Those of ``ids`` that stand on ``shelf``, in their order."""
        if shelf.is_whole:
            return list(ids)
        marked = self._standing_on(shelf)
        return [identifier for identifier in ids if identifier in marked]

    def holds(self, shelf: Shelf, identifier: str) -> bool:
        """Whether this paper of the pile stands on ``shelf``."""
        return identifier in self.texts and (shelf.is_whole or identifier in self._standing_on(shelf))

    def queue(self) -> list[str]:
        """The ids of the reading queue, in its order."""
        return sorted(
            self._standing_on(Shelf.QUEUE), key=lambda identifier: (self.papers[identifier].queue, identifier)
        )

    def counts(self) -> Counts:
        """How many papers stand on each shelf; the trash is not counted here."""
        tally = dict.fromkeys([*Role, *_COUNTED.values()], 0)
        for flags, alike in self._alike.items():
            tally[_role(flags)] += len(alike)
            for name in flags.split(FLAG_END):
                if name in _COUNTED:
                    tally[_COUNTED[name]] += len(alike)
        return Counts(all=len(self.texts), **tally)

    def moved(
        self, ids: Sequence[str], identifier: str, before: str | None, after: str | None, order: Order
    ) -> list[str]:
        """``ids``, sorted by ``order``, with one paper at the place that its new text gives it.

        Args:
            ids: the others must have the texts of the pile.
            identifier: the paper.
            before: its text when ``ids`` were sorted; None: it was not among them.
            after: its text now; None: it is not to be among them.
            order: one that texts can tell.
        """
        if before is not None and after is not None and before is not after:
            old, new = place_of(identifier, before, order), place_of(identifier, after, order)
            if old == new:
                return ids if isinstance(ids, list) else list(ids)
        copy = list(ids)
        if before is not None:
            copy.remove(identifier)
        if after is not None:
            copy.insert(self._row(copy, place_of(identifier, after, order), order), identifier)
        return copy

    def _row(self, ids: Sequence[str], place: Place, order: Order) -> int:
        low, high = 0, len(ids)
        while low < high:
            middle = (low + high) // 2
            there = ids[middle]
            if place_of(there, self.texts[there], order).is_before(place):
                low = middle + 1
            else:
                high = middle
        return low


def _nothing() -> None:
    """Work was given up."""


def _role(flags: str) -> Role:
    """What the status among ``flags`` stands for."""
    return _roles(current()).get(status_flag(flags), Role.UNKNOWN)


@lru_cache(maxsize=1)
def _roles(statuses: StatusSet) -> dict[str, Role]:
    return {flag(f"is{one.name}"): one.role for one in statuses.meanings}


def _stands_on(shelf: Shelf, flags: str) -> bool:
    sign = {Shelf.STARRED: "isstarred", Shelf.QUEUE: "isqueued"}.get(shelf)
    return f"{FLAG_END}{flag(sign)}{FLAG_END}" in flags if sign else _role(flags) == shelf.value
