"""Case- and accent-blind comparison of text, with the way back to the positions in the text as it is shown."""

import unicodedata
from typing import NamedTuple

# Letters whose decomposition does not end in a plain one, though a reader types the plain one.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "œ": "oe", "æ": "ae", "þ": "th"})


class _Folded(dict[int, str]):
    """What each character folds to, by code point; a character is looked at when it is met for the first time.

    Folding knows no context, so `str.translate` can fold a text of any length without running Python for each
    character.
    """

    def __missing__(self, code: int) -> str:
        folded = chr(code)
        # Twice, because a decomposition can be a capital: that of U+210B, a script H, is "H".
        for _ in range(2):
            decomposed = unicodedata.normalize("NFKD", folded.casefold())
            folded = "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_STROKES)
        self[code] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """``text`` without case and accents: "Jastrzębski" and "JASTRZEBSKI" give the same."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


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
    folded = fold(text)
    found = []
    for word in words:
        start = folded.find(word)
        while start >= 0:
            end = start + len(word)
            found.append(Span(start, end))
            start = folded.find(word, end)
    return original_spans(text, found)


def original_spans(text: str, found: list[Span]) -> list[Span]:
    """Positions in the folded ``text`` as positions in ``text`` itself, in order, overlapping ones joined."""
    origin = _origin(text) if found else None
    if origin is not None:
        found = [Span(origin[start], origin[end - 1] + 1) for start, end in found]
    return joined(sorted(found))


def _origin(text: str) -> list[int] | None:
    """For each character of the folded ``text`` the position it comes from; None where every one kept its own."""
    if text.isascii() or all(len(_FOLDED[ord(char)]) == 1 for char in set(text)):
        return None
    return [position for position, char in enumerate(text) for _ in _FOLDED[ord(char)]]


def joined(spans: list[Span]) -> list[Span]:
    """``spans``, which are in order, with those that touch or overlap as one."""
    together: list[Span] = []
    for span in spans:
        if together and span.start <= together[-1].end:
            together[-1] = Span(together[-1].start, max(span.end, together[-1].end))
        else:
            together.append(span)
    return together
