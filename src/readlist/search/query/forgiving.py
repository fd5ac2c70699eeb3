"""One typing error in a word is forgiven when nothing is found as it was typed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from readlist.search.text import FIELD_END, Field

if TYPE_CHECKING:
    from readlist.search.query.query import Query

SHORTEST = 5
"""Letters of a word in which an error is forgiven; shorter words have too many neighbours."""
_ABSTRACTS = 20_000
"""Texts up to which the words of the abstracts are known as well; of more, those of titles, authors, tags and notes."""
_WORD = re.compile(r"[^\W\d_]{4,}")


class Forgiven(NamedTuple):
    """A query that finds something, and the words it has in the place of those typed."""

    query: "Query"
    words: tuple[tuple[str, str], ...]
    """(typed, taken for) pairs, folded."""

    def __str__(self) -> str:
        return "; ".join(f"No “{typed}”; showing “{taken}”" for typed, taken in self.words)


def forgive(query: "Query", texts: Sequence[str]) -> Forgiven | None:
    """What ``query``, which finds nothing among the searchable ``texts``, was probably meant to be.

    Each of its words that occurs nowhere is taken for the most frequent word that is one letter (changed, missing,
    superfluous, or swapped with the next) away. None when that does not help.
    """
    wrong = [
        word
        for word in query.all_words
        if len(word) >= SHORTEST and word.isalpha() and not any(word in text for text in texts)
    ]
    if not wrong:
        return None
    known = Counter(_words(texts))
    meant = {word: best for word in wrong if (best := _nearest(word, known))}
    if not meant:
        return None
    forgiven = query.replacing(meant)
    if not any(forgiven.finds(text) for text in texts):
        return None
    return Forgiven(forgiven, tuple(meant.items()))


def _words(texts: Sequence[str]) -> Iterable[str]:
    fields = Field.DATE if len(texts) <= _ABSTRACTS else Field.KEY
    for text in texts:
        yield from _WORD.findall(" ".join(text.split(FIELD_END, fields)[:fields]))


def _nearest(word: str, known: Counter[str]) -> str:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - for searches that find nothing
    from rapidfuzz.process import extract  # noqa: PLC0415 - likewise

    near = [
        candidate
        for candidate, _, _ in extract(
            word, known.keys(), scorer=OSA.distance, score_cutoff=1, limit=None, processor=None
        )
    ]
    return max(near, key=lambda candidate: (known[candidate], candidate), default="")
