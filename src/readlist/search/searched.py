"""Papers among which is searched, and how they are searched fast."""

from collections.abc import Mapping, Sequence
from itertools import compress, repeat
from operator import contains

from readlist.search.query import Query


class Searched:
    """Papers in an order, and the searchable text of each at the same place.

    To look each text up takes longer than to search it, and to call a function for each takes longer still.

    Args:
        ids: the papers; must not be changed any more.
        texts: theirs; None where they are to be looked up when they are needed.
    """

    __slots__ = ("_texts", "ids")

    def __init__(self, ids: Sequence[str], texts: Sequence[str] | None = None) -> None:
        self.ids = ids
        self._texts = texts

    def prepare(self, texts: Mapping[str, str]) -> Sequence[str]:
        """Look the texts up in ``texts``, where that has not been done; returns those of the papers."""
        if self._texts is None:
            self._texts = list(map(texts.__getitem__, self.ids))
        return self._texts

    def matching(self, query: Query, texts: Mapping[str, str]) -> "Searched":
        """Those that ``query`` finds; what has not been looked up is looked up in ``texts``."""
        ids, within = self.ids, self.prepare(texts)
        for needle in query.needles:
            ids, within = _kept(ids, within, list(map(contains, within, repeat(needle))))
        if not query.is_plain:
            ids, within = _kept(ids, within, list(map(query.finds, within)))
        return Searched(ids, within)


def _kept(ids: Sequence[str], texts: Sequence[str], hits: list[bool]) -> tuple[Sequence[str], Sequence[str]]:
    """Those of ``ids`` and ``texts`` at whose places ``hits`` says so."""
    return (ids, texts) if all(hits) else (list(compress(ids, hits)), list(compress(texts, hits)))
