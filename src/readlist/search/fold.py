"""Case- and accent-blind comparison of text, with the way back to the positions in the text as it is shown."""

import unicodedata
from typing import NamedTuple

# Letters whose decomposition does not end in a plain one, though a reader types the plain one.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "œ": "oe", "æ": "ae", "þ": "th"})


def fold(text: str) -> str:
    """``text`` without case and accents: "Jastrzębski" and "JASTRZEBSKI" give the same."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_STROKES)


class Span(NamedTuple):
    """A half-open range of positions in a text."""

    start: int
    end: int


def find_words(text: str, words: tuple[str, ...]) -> list[Span]:
    """Where each of ``words`` (folded already) occurs in ``text``, as positions in ``text`` itself, in order.

    Overlapping finds are joined, so that the ranges never overlap.
    """
    if not words or not text:
        return []
    if text.isascii():
        folded, origin = text.lower(), None
    else:
        folded, origin = _fold_with_origin(text)
    found = []
    for word in words:
        start = folded.find(word)
        while start >= 0:
            end = start + len(word)
            found.append(Span(start, end) if origin is None else Span(origin[start], origin[end - 1] + 1))
            start = folded.find(word, end)
    return _joined(sorted(found))


def _fold_with_origin(text: str) -> tuple[str, list[int]]:
    pieces = [fold(char) for char in text]
    origin = [position for position, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), origin


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined
