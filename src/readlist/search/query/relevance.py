"""How well a paper answers a query: title before authors before abstract, whole words before parts."""

import re
from collections.abc import Iterable

from readlist.search.query.conditions import Word
from readlist.search.text import FIELD_END, Field

_TELLING = 2
"""Letters from which on a word tells papers apart; one letter stands in nearly every title."""
_FIRST = {Field.TITLE: 0, Field.AUTHORS: 2, Field.ABSTRACT: 6}
_REST = 4
"""The rank of a word in any other field: tags, note, venue."""
_NOWHERE = 8


class Ranking:
    """Ranks papers by where the words of a query stand in them."""

    def __init__(self, words: Iterable[Word]) -> None:
        telling = [word for word in words if len(word.term) >= _TELLING]
        self._words = tuple(
            (word.term, word.field.field if word.field else None, re.compile(rf"(?<!\w){re.escape(word.term)}(?!\w)"))
            for word in telling
        )
        self._phrase = " ".join(word.term for word in telling if word.field is None) if len(telling) > 1 else ""

    @property
    def is_telling(self) -> bool:
        """Whether there is anything to rank by: a word that may stand in any field."""
        return any(only is None for _, only, _ in self._words)

    def rank(self, text: str) -> int:
        """The rank of the paper with this searchable text, from 0; the smaller, the better it answers."""
        title = text[: text.index(FIELD_END)]
        fields: list[str] = []
        rank = 0
        for term, only, whole in self._words:
            if term in title and only in {None, Field.TITLE}:  # nothing is better; most finds end here
                rank += whole.search(title) is None
                continue
            fields = fields or text.split(FIELD_END)
            rank += min(
                (
                    _FIRST.get(field, _REST) + (whole.search(fields[field]) is None)
                    for field in ((only,) if only is not None else _SEARCHED)
                    if term in fields[field]
                ),
                default=_NOWHERE,
            )
        # All words beside each other in the title: it is probably the paper whose title was typed.
        return rank * 2 + bool(self._phrase and self._phrase not in title)


_SEARCHED = tuple(field for field in Field if field < Field.DATE)
