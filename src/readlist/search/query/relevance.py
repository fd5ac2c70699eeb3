"""How well a paper answers a query: title before authors before abstract, whole words before parts."""

import re
from collections.abc import Iterable

from readlist.search.query.conditions import Word
from readlist.search.text import FIELD_END, Field

_TELLING = 2
"""Letters from which on a word tells papers apart; one letter stands in nearly every title."""
_TITLE, _AUTHORS, _REST, _ABSTRACT, _NOWHERE = 0, 2, 4, 6, 8
"""The rank of a word by where it stands; one more where it is part of a longer word there. The rest: tags, note …"""


class Ranking:
    """Ranks papers by where the words of a query stand in them."""

    def __init__(self, words: Iterable[Word]) -> None:
        telling = [word for word in words if len(word.term) >= _TELLING]
        self._words = tuple(
            (word.term, word.field.field if word.field else None, _alone(word.term)) for word in telling
        )
        self._phrase = " ".join(word.term for word in telling if word.field is None) if len(telling) > 1 else ""

    @property
    def is_telling(self) -> bool:
        """Whether there is anything to rank by: a word that may stand in any field."""
        return any(only is None for _, only, _ in self._words)

    def rank(self, text: str) -> int:
        """The rank of the paper with this searchable text, from 0; the smaller, the better it answers."""
        rank = 0
        for term, only, alone in self._words:
            rank += _rank(text, term, alone) if only is None else _rank_in_field(text, term, only, alone)
        # All words beside each other in the title: it is probably the paper whose title was typed.
        return rank * 2 + bool(self._phrase and self._phrase not in text[: text.index(FIELD_END)])


def _alone(term: str) -> re.Pattern[str]:
    """Finds ``term`` where it is a whole word; written so that it is looked for as quickly as any fixed string."""
    fixed = re.escape(term)
    return re.compile(rf"{fixed}(?<!\w{fixed})(?!\w)")


def _rank(text: str, term: str, alone: re.Pattern[str]) -> int:
    """That of a word that may stand in any field: what the first field that it stands in gives it.

    That one is told by the ends of fields before it, since taking the text apart would take ten times as long.
    """
    place = text.find(term)
    if place < 0:
        return _NOWHERE
    field = text.count(FIELD_END, 0, place)
    if field >= Field.ABSTRACT:
        return _ABSTRACT + (alone.search(text, place) is None)
    end = text.index(FIELD_END, place)
    if field <= Field.AUTHORS:
        return (_AUTHORS if field else _TITLE) + (alone.search(text, place, end) is None)
    for _ in range(field + 1, Field.ABSTRACT):
        end = text.index(FIELD_END, end + 1)
    return _REST + (alone.search(text, place, end) is None)


def _rank_in_field(text: str, term: str, field: Field, alone: re.Pattern[str]) -> int:
    there = text.split(FIELD_END)[field]
    if term not in there:
        return _NOWHERE
    return {Field.TITLE: _TITLE, Field.AUTHORS: _AUTHORS, Field.ABSTRACT: _ABSTRACT}.get(field, _REST) + (
        alone.search(there) is None
    )
