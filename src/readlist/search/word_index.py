"""Which papers of a large library hold which words, so that a letter typed need not search every text.

A word is what stands between blanks in a searchable text. Whatever is looked for without a blank in it stands within
one word, so that the papers that hold it are exactly those of the words that hold it.
"""

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress, repeat
from operator import contains

SHORTEST = 2
"""Letters from which on it pays to ask the index: a single one stands in nearly every text, and near its beginning."""
LOOK = 2
"""The hit of a paper whose text has to be looked at."""

_SELDOM = 4
"""Papers below which a word is kept with its papers: most words of a library occur in one or two."""
_OFTEN = 1 / 64
"""Share of the papers from which on those of a word are kept as the bits of a number."""
_WORN = 0.9
"""Share of the papers below which so many have been forgotten that another index is of use."""
_LOOKING = 15
"""Papers that are named one by one in the time that it takes to look at the text of one."""
_FROM_DIGITS = bytes.maketrans(b"01", b"\x00\x01")
_TO_DIGITS = bytes.maketrans(b"\x00\x01", b"01")
_NONE_TO_LOOK = bytes.maketrans(b"\x00", bytes([LOOK]))
_Words = tuple[str, Sequence[str], Sequence[str], Sequence[int]]
"""A part, the words that occur often and those that do not in which it is found, and papers with one in seldom ones."""


class WordIndex:
    """The words of texts. A text that changes afterwards has to be forgotten, and is looked at from then on.

    For 100,000 papers it takes some 20 MiB; to make it takes three seconds, and 100 MiB more meanwhile.

    Args:
        texts: by id, in the order in which they are searched most.
        goes_on: asked now and then; False gives up, and what there is then finds too little.
    """

    def __init__(self, texts: Mapping[str, str], goes_on: Callable[[], bool] = lambda: True) -> None:
        self._ids = list(texts)
        self._number = {identifier: number for number, identifier in enumerate(texts)}
        papers = _papers_by_word(texts.values(), goes_on)
        self._often: dict[str, int] = {}
        self._others: dict[str, array[int]] = {}
        seldom: list[list[str]] = [[] for _ in self._ids]
        while papers:
            word, numbers = papers.popitem()
            if len(numbers) < _SELDOM:
                for number in numbers:
                    seldom[number].append(word)
            elif len(numbers) < len(self) * _OFTEN:
                self._others[word] = numbers
            else:
                self._often[word] = _as_bits(numbers, len(self))
        self._seldom = ["\n".join(words) for words in seldom]
        every: _Words = ("", list(self._often), list(self._others), range(len(self)))
        self._every = self._asked = every

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def is_worn(self) -> bool:
        """Whether so much has been forgotten that another index would be of use."""
        return len(self._number) < len(self) * _WORN

    def forget(self, identifier: str) -> None:
        """Know nothing any more of the paper with this id, whose text is another one now."""
        self._number.pop(identifier, None)

    def numbers(self, ids: Sequence[str]) -> Sequence[int]:
        """What `hits` knows the papers with these ids by."""
        if len(ids) == len(self._ids) == len(self._number) and self._ids == ids:
            return range(len(ids))
        return list(map(self._number.get, ids, repeat(len(self))))

    def hits(self, part: str, numbers: Sequence[int]) -> Sequence[int]:
        """For each of ``numbers`` whether that paper holds ``part``, which has no blank in it: 0, 1 or `LOOK`."""
        marks = self._marks(part)
        if isinstance(numbers, range):
            return marks
        marks.append(LOOK)  # those of which nothing is known
        return list(map(marks.__getitem__, numbers))

    def _marks(self, part: str) -> bytearray:
        """The hits of all papers, by number."""
        before, often, others, seldom = self._asked if self._asked[0] in part else self._every
        if before != part:  # the words of what was typed before hold those of one letter more
            often = [word for word in often if part in word]
            others = [word for word in others if part in word]
            texts = self._seldom if isinstance(seldom, range) else map(self._seldom.__getitem__, seldom)
            seldom = list(compress(seldom, map(contains, texts, repeat(part))))
            self._asked = part, often, others, seldom
        bits = 0
        for word in often:
            bits |= self._often[word]
        marks = _as_marks(bits, len(self))
        named = [self._others[word] for word in others]
        if sum(map(len, named)) > (len(self) - bits.bit_count()) * _LOOKING:
            return marks.translate(_NONE_TO_LOOK)
        for numbers in (*named, seldom):
            deque(map(marks.__setitem__, numbers, repeat(1)), maxlen=0)
        return marks


class _Papers(dict[str, "array[int]"]):
    def __missing__(self, word: str) -> "array[int]":
        found = self[word] = array("I")
        return found


def _papers_by_word(texts: Iterable[str], goes_on: Callable[[], bool]) -> _Papers:
    papers = _Papers()
    of_word, append = papers.__getitem__, array.append
    for number, text in enumerate(texts):
        deque(map(append, map(of_word, set(text.split())), repeat(number)), maxlen=0)
        if number % 1_000 == 0 and not goes_on():
            break
    return papers


def _as_bits(numbers: Iterable[int], size: int) -> int:
    """A number whose bits are set at ``numbers``, all below ``size``."""
    marks = bytearray(size)
    deque(map(marks.__setitem__, numbers, repeat(1)), maxlen=0)
    marks.reverse()
    return int(marks.translate(_TO_DIGITS), 2)


def _as_marks(bits: int, size: int) -> bytearray:
    """One byte for each of the ``size`` lowest bits: 0 or 1."""
    marks = bytearray(f"{bits:0{size}b}".encode() if size else b"").translate(_FROM_DIGITS)
    marks.reverse()
    return marks
