"""What speaks for and against a boundary between title and authors, in figures that ``boundary.py`` weighs.

The training script describes its lines by the same class, so that training and reading cannot drift apart.
"""

import re
from collections.abc import Collection
from itertools import pairwise

from readlist.intake.listing.candidates import (
    EDGE,
    LONGEST_NAME,
    SHOWN_AUTHORS,
    Candidate,
    Shown,
    holds_word,
    split_authors,
)
from readlist.intake.listing.statistics import BEGIN, END, ORDER, Statistics, log_probabilities, log_probability
from readlist.names import is_group

_PARTICLE = frozenset(
    (
        "de", "van", "von", "der", "den", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le", "el", "al",
        "bin", "ibn", "ten", "ter", "zu", "zur", "zum", "het", "y", "e", "i", "v.", "und",
    ),
)  # fmt: skip
_TITLE_WORDS = frozenset(
    (
        "of", "for", "the", "a", "an", "and", "in", "on", "with", "to", "by", "from", "via", "as", "at", "is", "are",
        "or", "its", "using", "under", "over", "through", "into", "between", "without", "beyond", "towards", "toward",
        "based", "how", "what",
    ),
)  # fmt: skip
_PREFIX = re.compile(
    r"(?:^|[^A-Za-z])(?:Mc|Mac|De|Del|Di|Da|Du|La|Le|Van|Von|Vander|Al|El|O['\u2019]|D['\u2019]|Fitz|Ben)$"
)
_CAMEL = re.compile(
    r"(?!(?:Mc|Mac|De|Di|Da|Du|La|Le|O['\u2019]|D['\u2019]|Fitz|Van|Von|Al|El)[A-Z])[^\W\d_]*[^\W\d_A-Z][A-Z]",
)
_CAPITALS = re.compile(r"[^\W\d_a-z]{3,}")
_INNER = re.compile(r"[^\W\d_A-Z][A-Z]|[?!)\]$\"'\u201d][^\W\d_]")
_HIDDEN_NAME = re.compile(r"(?<=[^\W\d_])[A-Z][^\W\d_A-Z]+$")
_PLAIN = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.| [A-Z][a-z]+){1,3}")
"""Names of which there is nothing more to say; most are such."""
_GROUP_OPENERS = frozenset(("for", "on", "the", "The"))
_ODD_IN_GROUP = re.compile(r"[:;()\[\]{}$?!\"\\/=+<>_^|*]")
_ODD = re.compile(r"[\d:;()\[\]{}$?!\"\\/=+<>_^|]")
_CAPITAL_SHAPES = frozenset(("letter", "capitals"))
_OPENERS = re.compile(r"[(\[$\"\u201c`]")
_CLOSERS = frozenset(")]}'\"\u2019\u201d")
_LOGS = 0.1
"""Log probabilities run to -100: scaled so that all features are of the same order."""


class Evidence:
    """What is known of one line: its text, its abstract and the statistics, and sums that its candidates share."""

    __slots__ = (
        "_abstract",
        "_abstract_lower",
        "_has_one_end",
        "_is_alone",
        "_names",
        "_origin",
        "_page",
        "_rests",
        "_statistics",
        "_tails",
        "_titles",
    )

    def __init__(self, page: Shown, abstract: str, statistics: Statistics, places: Collection[Candidate]) -> None:
        """Prepare to describe the candidates ``places``, and no others.

        What they all share is left out, because it does not change which is the likeliest: the probability of the
        text when there is only one, of the other authors when all first authors end at the same place.
        """
        self._page = page
        self._abstract = abstract
        self._abstract_lower = abstract.lower()
        self._statistics = statistics
        self._origin = min(place.at for place in places)
        self._is_alone = len(places) == 1
        self._has_one_end = len({place.end for place in places}) == 1
        self._titles = [0.0]
        self._names: dict[str, float] = {}
        self._tails: dict[int, dict[int, float]] = {}
        self._rests: dict[int, tuple[int, float, int]] = {}

    def features(self, candidate: Candidate) -> dict[str, float]:
        """The features of one candidate that are not zero, by name."""
        at, end = candidate
        text = self._page.text
        left = text[text.rfind(" ", 0, at) + 1 : at]
        name = text[at:end]
        words = name.split()
        found: dict[str, float] = {}
        likely = 0.0 if self._has_one_end else self._add_others(found, end)
        if not self._is_alone:
            found["title"] = self._title(at) * _LOGS
            found["names"] = (self._first_name(at, end) + likely) * _LOGS
        self._word_features(found, left, words)
        self._abstract_features(found, left, words)
        group = is_group(words)
        _left_features(found, left, words[0], group=group)
        _name_features(found, words, group=group)
        _title_features(found, text, at)
        return found

    def _add_others(self, found: dict[str, float], end: int) -> float:
        """Describe the authors after the first; the log probability of their names."""
        count, likely, strange = self._others(end)
        if strange:
            found["other names strange"] = float(strange)
        if count >= SHOWN_AUTHORS:
            found["authors more"] = 1.0
        elif not self._page.cut:
            found[f"authors {1 + count}"] = 1.0
        return likely

    def name_odds(self, candidate: Candidate) -> float:
        """How much likelier the first author is as a name than as the title's next words: a logarithm a character."""
        at, end = candidate
        before = max(0, at - ORDER + 1)
        as_title = log_probability(self._statistics.title_grams, self._page.text[before:end], at - before)
        return (self._first_name(at, end) - as_title) / (end - at)

    def _others(self, end: int) -> tuple[int, float, int]:
        """The authors after the first, when that one's name ends at ``end``.

        Returns:
            How many, the log probability of their names, and how many look like pieces of a title.
        """
        if end not in self._rests:
            text, ends = self._page.text, self._page.ends
            if self._page.cut:
                names = split_authors(text[end + 2 :])
            else:
                stops = [stop for stop in ends[::-1] if stop >= end]
                names = [text[a + 2 : b] for a, b in pairwise(stops)]
            likely = sum([self._name(name) for name in names])
            self._rests[end] = len(names), likely, sum(map(_is_strange, names))
        return self._rests[end]

    def _title(self, at: int) -> float:
        """Log probability of the title's end at ``at``, the part before ``origin`` left out."""
        text, grams = self._page.text, self._statistics.title_grams
        done = self._origin + len(self._titles) - 1
        if done < at:
            before = min(done, ORDER - 1)
            total = self._titles[-1]
            for value in log_probabilities(grams, text[done - before : at], before):
                total += value
                self._titles.append(total)
        tail = text[max(0, at - ORDER + 1) : at]
        return self._titles[at - self._origin] + log_probability(grams, tail + END, len(tail))

    def _first_name(self, at: int, end: int) -> float:
        """Log probability of the name between two offsets; what follows its first characters is summed only once."""
        text, grams = self._page.text, self._statistics.name_grams
        joint = at + ORDER - 1
        if joint >= end:
            return self._name(text[at:end])
        tails = self._tails.get(end)
        if tails is None:
            tails = self._tails[end] = self._sum_tails(end)
        return log_probability(grams, BEGIN + text[at:joint], 1) + tails[joint]

    def _sum_tails(self, end: int) -> dict[int, float]:
        """For each offset the log probability of ``text[offset:end]`` as the end of a name."""
        first = self._origin + ORDER - 1
        piece = self._page.text[self._origin : end] + END
        values = log_probabilities(self._statistics.name_grams, piece, ORDER - 1)
        total = 0.0
        sums = {}
        for offset in range(len(values) - 1, -1, -1):
            total += values[offset]
            sums[first + offset] = total
        return sums

    def _name(self, name: str) -> float:
        if name not in self._names:
            self._names[name] = log_probability(self._statistics.name_grams, BEGIN + name + END, 1)
        return self._names[name]

    def _word_features(self, found: dict[str, float], left: str, words: list[str]) -> None:
        statistics = self._statistics
        word = left.strip(EDGE).lower()
        first = words[0]
        if word:
            known = statistics.words.get(word, 0.0)
            found["word"] = known
            if not known:
                found["word unseen"] = 1.0
            found["last word"] = statistics.last_words.get(word, 0.0)
        given = statistics.given.get(first, 0.0)
        found["given"] = given
        if not given:
            found["given unseen"] = 1.0
        family = statistics.family.get(words[-1], 0.0) if len(words) > 1 else 0.0
        found["family"] = family
        if not family:
            found["family unseen"] = 1.0
        hidden = _HIDDEN_NAME.search(left)
        if hidden:
            found["word ends in given"] = statistics.given.get(hidden[0], 0.0)
        whole = (left + first).strip(EDGE)
        found["whole word"] = statistics.words.get(whole.lower(), 0.0)
        found["whole name"] = statistics.given.get(whole, 0.0) + statistics.family.get(whole, 0.0)

    def _abstract_features(self, found: dict[str, float], left: str, words: list[str]) -> None:
        if not self._abstract:
            return
        word = left.strip(EDGE)
        first = words[0]
        if len(word) > 1:
            self._last_word_features(found, left, word, first)
        if holds_word(self._abstract, (left + first).strip(EDGE)):
            found["abstract has whole"] = 1.0
        if len(first) > 2 and holds_word(self._abstract, first):  # noqa: PLR2004 - initials and "Li" say nothing
            found["abstract has name"] = 1.0

    def _last_word_features(self, found: dict[str, float], left: str, word: str, first: str) -> None:
        """What the abstract says of the title's last word, ``left``, which is ``word`` with what stands around it."""
        whole, longer, torn = self._look_up(left.lstrip(EDGE), first)
        if not whole and word != left:
            whole = holds_word(self._abstract_lower, word.lower())
        if not whole and len(word) > 4 and word[-1] == "s":  # noqa: PLR2004 - "Networks" of "network"
            if holds_word(self._abstract_lower, word[:-1].lower()):
                found["abstract has singular"] = 1.0
            else:
                found["abstract lacks word"] = 1.0
        else:
            found["abstract has word" if whole else "abstract lacks word"] = 1.0
        if longer:
            found["abstract goes on"] = 1.0
        if torn:
            found["abstract has longer"] = 1.0
        if not whole and _INNER.search(left):
            found["abstract lacks inner capital"] = 1.0

    def _look_up(self, left: str, first: str) -> tuple[bool, bool, bool]:
        """Look for ``left`` in the abstract.

        Returns:
            Whether it stands there as a word, whether a word goes on as ``first`` begins, and whether a whole word is
            ``left`` with a part of ``first``: then the boundary may tear that word apart.
        """
        abstract, lower, word = self._abstract, self._abstract_lower, left.lower()
        whole = longer = torn = False
        at = lower.find(word)
        while at >= 0:
            stop = at + len(word)
            if not (at and lower[at - 1].isalnum()):
                if not (stop < len(lower) and lower[stop].isalnum()):
                    whole = True
                elif abstract[stop : stop + 1] == first[0]:
                    longer = True
                    torn = torn or _stops_within(abstract[stop : stop + len(first)], first)
            at = lower.find(word, stop)
        return whole, longer, torn


def _stops_within(text: str, first: str) -> bool:
    """Whether the word that ``text`` begins with is a true part of ``first`` from its start."""
    size = 0
    while size < len(text) and text[size] == first[size]:
        size += 1
    return 0 < size < len(text) and not text[size].isalnum()


def _is_strange(name: str) -> bool:
    """Whether an author after the first looks like a piece of a title."""
    if _PLAIN.fullmatch(name):
        return False
    words = name.split()
    if is_group(words):
        return False
    return len(words) > LONGEST_NAME - 2 or any(
        word in _TITLE_WORDS or _ODD.search(word) or (_INNER.search(word) and _CAMEL.match(word)) for word in words
    )


def _left_features(found: dict[str, float], left: str, first: str, *, group: bool) -> None:
    """The character before the boundary, and the two after it."""
    _last_features(found, left)
    if _INNER.search(left):
        found["word has inner capital"] = 1.0
    if _PREFIX.search(left):
        found["after Mc"] = 1.0
    shape = _shape(first)
    found[f"group {shape}" if group and shape in _CAPITAL_SHAPES else f"before {shape}"] = 1.0
    if left[-1].isupper() and shape in _CAPITAL_SHAPES:
        found["capitals torn"] = 1.0


def _last_features(found: dict[str, float], left: str) -> None:
    """The last character of the title."""
    last = left[-1]
    if last.isupper():
        found["after capital"] = 1.0
        if len(left) == 1:
            found["after one capital"] = 1.0
    elif last.isdigit():
        found["after digit"] = 1.0
    elif last in _CLOSERS:
        found["after closing"] = 1.0
    elif last in "?!":
        found["after question"] = 1.0
    elif not last.isalpha():
        found[f"after {last}" if last in "$-.:,/" else "after other"] = 1.0
    elif len(left) == 1:
        found["after one letter"] = 1.0


def _shape(word: str) -> str:
    """The shape of the first word of a name."""
    letter, rest = word[0], word[1:]
    if letter.islower():
        return "particle" if word in _PARTICLE else "lower case"
    if not letter.isupper():
        return "other"
    if not rest:
        return "letter"
    if rest[0] == ".":
        return "initial"
    if rest[0].isupper():
        return "capitals"
    return "name" if rest[0].islower() else "mixed"


def _name_features(found: dict[str, float], words: list[str], *, group: bool) -> None:
    """How the words look as a name."""
    opened = group and words[0] in _GROUP_OPENERS
    if group:
        found["group"] = 1.0
    if opened:
        found["group opened"] = 1.0
    else:
        found[f"name of {min(len(words), 6)}"] = 1.0
    if not group and _PLAIN.fullmatch(" ".join(words)):
        return
    if words[0][0].isupper() and _CAMEL.match(words[0]):
        found["name has inner capital"] = 1.0
    lower = odd = title = capitals = 0
    for word in words:
        if word in _TITLE_WORDS:
            title += not opened
        elif word[0].islower() and word not in _PARTICLE:
            lower += not group
        odd += (_ODD_IN_GROUP if group else _ODD).search(word) is not None
        capitals += not group and _CAPITALS.fullmatch(word) is not None
    for label, value in (("lower case", lower), ("odd", odd), ("title words", title), ("capitals", capitals)):
        if value:
            found[f"name has {label}"] = float(min(value, 3))


def _title_features(found: dict[str, float], text: str, at: int) -> None:
    """Brackets, quotes and dollars that the title would leave open; very short titles."""
    title = text[:at]
    blanks = title.count(" ")
    if blanks < 2:  # noqa: PLR2004 - titles of one and two words
        found[f"title of {blanks + 1}"] = 1.0
    if not _OPENERS.search(title):
        return
    if title.count("(") > title.count(")") or title.count("[") > title.count("]"):
        found["bracket open"] = 1.0
    if title.count("$") % 2:
        found["dollar open"] = 1.0
    if title.count('"') % 2 or title.count("\u201c") > title.count("\u201d") or title.count("``") > title.count("''"):
        found["quote open"] = 1.0
