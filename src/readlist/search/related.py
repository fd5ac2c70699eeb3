"""The papers of a library that are nearest to one of them by what title and abstract say.

Nearness is the cosine of tf-idf vectors (Salton and Buckley, "Term-weighting approaches in automatic text retrieval",
1988: logarithmic frequency, inverse document frequency). There is no index to keep: which papers hold a word at all is
found by ``in``, some milliseconds a word for 10,000 papers, and only the best of those are compared exactly.
"""

import math
import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from readlist.search.text import FIELD_END, Field

_WORD = re.compile(r"[^\W\d_][^\W_]{2,}")
_TITLE = 3
"""How often a word of the title counts."""
_ASKED = 40
"""Words of a paper, the rarest, by which candidates are found."""
_SAMPLE = 2_000
"""Papers in which the rarity of all words is estimated, to choose those."""
_COMPARED = 300
"""Candidates that are compared exactly."""
_SHARED = 6
"""Words told that two papers have in common."""
_PLURAL = 5
"""Letters from which on an s may be that of a plural: "gas" is none."""
_FUNCTION = """
about above across after again against all also although among and another any approach are around based because
been before being below between both but can cannot could demonstrate demonstrates did does doing done down during
each either find finding for found from further give given gives had has have having hence here how however into
introduce its itself just less let like made make makes many may method methods might more most much must near
neither new non nor not novel now off often one only onto other our ours out over own paper per perhaps present
problem propose proposed quite rather recent result results same several shall she should show showed shown shows
since some study such than that the their them then there therefore these they this those three through thus too two
under until upon use used uses using very via was well were what when where whether which while who whom whose why
will with within without work would yet you your
"""
_FUNCTION_WORDS = frozenset(_FUNCTION.split())
"""Words that say nothing of what an English paper is about."""


class Related(NamedTuple):
    """A paper that is near to another one."""

    id: str
    nearness: float
    """The cosine, from 0 to 1."""
    shared: tuple[str, ...]
    """The words that bring them together, the weightiest first; folded, in the singular."""


def related(identifier: str, texts: Mapping[str, str], number: int = 10) -> list[Related]:
    """The papers nearest to the one with this id, the nearest first; fewer where no more share a word with it.

    May take a second or two with 100,000 papers; it lets other threads run in between.

    Args:
        identifier: the paper.
        texts: the searchable text of every paper, the one itself among them, by id.
        number: how many are wanted at most.
    """
    asked = _words(texts[identifier])
    others = [(key, text) for key, text in texts.items() if key != identifier]
    if not asked or not others:
        return []
    rarest = _rarest(asked, [text for _, text in others])
    held: list[list[int]] = []
    for word in rarest:
        held.append([place for place, (_, text) in enumerate(others) if _within(word) in text])
        time.sleep(0)
    rarity = {word: math.log((len(others) + 2) / (len(places) + 1)) for word, places in zip(rarest, held, strict=True)}
    scores: Counter[int] = Counter()
    for word, places in zip(rarest, held, strict=True):
        weight = rarity[word] * _weight(asked[word])
        for place in places:
            scores[place] += weight  # type: ignore[assignment]  # the stub of Counter knows whole numbers only
    candidates = {place: _words(others[place][1]) for place, _ in scores.most_common(_COMPARED)}
    rarities = _Rarities(rarity, [*candidates.values(), asked], len(others))
    mine = rarities.vector(asked)
    found = [_compared(others[place][0], mine, rarities.vector(words)) for place, words in candidates.items()]
    return sorted((near for near in found if near.shared), key=lambda near: -near.nearness)[:number]


class _Rarities:
    """How rare each word is: as counted in all papers where it was, else as estimated from the candidates."""

    def __init__(self, counted: Mapping[str, float], candidates: Sequence[Mapping[str, int]], papers: int) -> None:
        self._counted = counted
        among = Counter(word for words in candidates for word in words)
        # Of a large library the candidates are a small part, in which the words asked for are common and others not.
        share = max(1.0, papers / len(candidates) / 2)
        self._estimated = {word: math.log((papers + 2) / (count * share + 1)) for word, count in among.items()}

    def vector(self, words: Mapping[str, int]) -> dict[str, float]:
        """The tf-idf vector of a paper with these words, of length 1."""
        raw = {
            word: _weight(count) * max(0.01, self._counted.get(word, self._estimated.get(word, 0.0)))
            for word, count in words.items()
        }
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {word: weight / length for word, weight in raw.items()}


def _compared(identifier: str, mine: Mapping[str, float], others: Mapping[str, float]) -> Related:
    products = {word: weight * others[word] for word, weight in mine.items() if word in others}
    shared = sorted(products, key=lambda word: -products[word])[:_SHARED]
    return Related(identifier, sum(products.values()), tuple(shared))


def _weight(count: int) -> float:
    return 1 + math.log(count)


def _rarest(asked: Mapping[str, int], texts: Sequence[str]) -> list[str]:
    """The words of ``asked`` that tell most; all of them where they are few."""
    if len(asked) <= _ASKED:
        return list(asked)
    sample = texts[:: max(1, len(texts) // _SAMPLE)]
    known = {word: sum(_within(word) in text for text in sample) for word in asked}
    telling = {word: math.log((len(sample) + 2) / (known[word] + 1)) * _weight(asked[word]) for word in asked}
    return sorted(asked, key=lambda word: (-telling[word], word))[:_ASKED]


def _words(text: str) -> Counter[str]:
    """How often each word stands in title and abstract of a searchable text."""
    fields = text.split(FIELD_END)
    counted: Counter[str] = Counter()
    for field, times in ((Field.TITLE, _TITLE), (Field.ABSTRACT, 1)):
        # Of a title with LaTeX both forms stand in the text; the last is what is read.
        for word in _WORD.findall(fields[field].rpartition("\n")[2]):
            if word not in _FUNCTION_WORDS:
                counted[_stem(word)] += times
    return counted


def _stem(word: str) -> str:
    """``word`` in the singular: "ensembles" is "ensemble", "properties" is "property", "loss" stays."""
    if len(word) < _PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def _within(word: str) -> str:
    """What stands in every form of the stemmed ``word``."""
    return word.removesuffix("y")
