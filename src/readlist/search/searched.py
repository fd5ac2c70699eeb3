"""Papers among which is searched, and how they are searched fast."""

from collections.abc import Mapping, Sequence
from itertools import compress, repeat
from operator import contains

from readlist.search.query import Query
from readlist.search.word_index import LOOK, SHORTEST, WordIndex

_PAYS = 1 / 20
"""Share of the papers of the index from which on it is quicker to ask it than to search their texts."""


class Searched:
    """Papers in an order, and at the same places their searchable texts, or what the index knows them by.

    To look each of these up takes longer than to search, and to call a function for each paper takes longer still.

    Args:
        ids: the papers; must not be changed any more.
        texts: their texts; None where they are to be looked up when they are needed.
        index: of their words, where there is one.
        numbers: what the index knows them by; None as well.
    """

    __slots__ = ("_index", "_numbers", "_texts", "ids")

    def __init__(
        self,
        ids: Sequence[str],
        texts: Sequence[str] | None = None,
        index: WordIndex | None = None,
        numbers: Sequence[int] | None = None,
    ) -> None:
        self.ids = ids
        self._texts = texts
        self._index = index
        self._numbers = numbers

    def prepare(self, texts: Mapping[str, str], index: WordIndex | None) -> None:
        """Look up in ``texts`` or ``index`` what `matching` will ask for, where that has not been done."""
        if index is not self._index:
            self._index, self._numbers = index, None
        if index is not None and self._pays(index):
            self._numbers = self._numbers or index.numbers(self.ids)
        else:
            self.texts(texts)

    def texts(self, texts: Mapping[str, str]) -> Sequence[str]:
        """The texts of the papers, looked up in ``texts`` the first time."""
        if self._texts is None:
            self._texts = list(map(texts.__getitem__, self.ids))
        return self._texts

    def matching(self, query: Query, texts: Mapping[str, str], index: WordIndex | None = None) -> "Searched":
        """Those that ``query`` finds; what has not been looked up is looked up in ``texts`` and ``index``."""
        found = self
        for needle in query.needles:
            found.prepare(texts, index)
            found = found.holding(needle, texts)
        return found if query.is_plain else found.at(list(map(query.finds, found.texts(texts))))

    def ranked(self, query: Query, texts: Mapping[str, str]) -> list[str]:
        """The ids, those that answer ``query`` best first."""
        ranks = list(map(query.relevance, self.texts(texts)))
        return [self.ids[place] for place in sorted(range(len(ranks)), key=ranks.__getitem__)]

    def holding(self, needle: str, texts: Mapping[str, str]) -> "Searched":
        """Those in whose texts ``needle`` occurs."""
        index = self._index
        parts = [part for part in needle.split() if len(part) >= SHORTEST]
        if index is None or not parts or not self._pays(index):
            return self.at(list(map(contains, self.texts(texts), repeat(needle))))
        if parts == [needle]:
            return self._by_word(index, needle, texts)
        found = self
        for part in parts:
            found = found.at(index.hits(part, found.numbers(index)))
        return found.at(list(map(contains, found.texts(texts), repeat(needle))))

    def numbers(self, index: WordIndex) -> Sequence[int]:
        """What ``index``, the one of these papers, knows them by."""
        if self._numbers is None:
            self._numbers = index.numbers(self.ids)
        return self._numbers

    def at(self, hits: Sequence[int]) -> "Searched":
        """Those at whose places ``hits`` says so."""
        if all(hits):
            return self
        ids = list(compress(self.ids, hits))
        # Either of the two will do; what is not carried along costs nothing.
        if self._numbers is not None:
            return Searched(ids, None, self._index, list(compress(self._numbers, hits)))
        return Searched(ids, list(compress(self._texts or (), hits)), self._index)

    def _by_word(self, index: WordIndex, word: str, texts: Mapping[str, str]) -> "Searched":
        hits = index.hits(word, self.numbers(index))
        if LOOK in hits:
            hits = [
                word in texts[identifier] if hit == LOOK else hit
                for hit, identifier in zip(hits, self.ids, strict=True)
            ]
        return self.at(hits)

    def _pays(self, index: WordIndex) -> bool:
        """Whether these are so many that the index is asked."""
        return len(self.ids) >= len(index) * _PAYS
