"""Where a title might end and the first author begin, and what speaks for each place.

Title and authors of a listing are printed without a separator, so the boundary lies inside a word: "…boundariesStanislav
Fort, Ekin Dogus Cubuk". `candidates` finds the places, `features` describes one of them in figures; ``boundary.py``
weighs them. The training script uses the same two functions, so that training and reading cannot drift apart.
"""

import re
from typing import NamedTuple

from readlist.intake.statistics import BEGIN, END, ORDER, Statistics, log_probability
from readlist.names import is_group

SHOWN_AUTHORS = 3
"""A listing prints at most this many authors of a paper."""

LONGEST_NAME = 7
"""The most words that a first author is looked for in; collaborations ("for the Belle II TOP group") need six."""

_PARTICLE_AHEAD = re.compile(
    r"(?<=\S)(?:(?:de|van|von|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ten|ter|for the|on behalf of|the) "
    r"|(?:d|al|el)['\u2019-](?=\w))(?=\S)",
)
_PARTICLE = frozenset(
    ["de", "van", "von", "der", "den", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le", "el", "al", "bin", "ibn", "ten", "ter", "zu", "zur", "zum", "het", "y", "e", "i", "v.", "und"],
)
_TITLE_WORDS = frozenset(
    ["of", "for", "the", "a", "an", "and", "in", "on", "with", "to", "by", "from", "via", "as", "at", "is", "are", "or", "its", "using", "under", "over", "through", "into", "between", "without", "beyond", "towards", "toward", "based", "how", "what"],
)
_PREFIX = re.compile(
    r"(?:^|[^A-Za-z])(?:Mc|Mac|De|Del|Di|Da|Du|La|Le|Van|Von|Vander|Al|El|O['\u2019]|D['\u2019]|Fitz|Ben)$"
)
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{1,3}|IV|Ph\.?D\.?|M\.?D\.?")
_CAMEL = re.compile(r"(?!(?:Mc|Mac|De|Di|Da|Du|La|Le|O['\u2019]|D['\u2019]|Fitz|Van|Von|Al|El)[A-Z])[^\W\d_]*[^\W\d_A-Z][A-Z]")
_INNER = re.compile(r"[^\W\d_A-Z][A-Z]|[?!)\]$\"'\u201d][^\W\d_]")
_GROUP_OPENERS = frozenset(("for", "on", "the", "The"))
_ODD_IN_GROUP = re.compile(r"[:;()\[\]{}$?!\"\\/=+<>_^|*]")
_ODD = re.compile(r"[\d:;()\[\]{}$?!\"\\/=+<>_^|]")
_EDGE = " \t.,:;?!()[]{}'\"`\u2018\u2019\u201c\u201d$*-\u2013\u2014"
_CLOSERS = frozenset(")]}'\"\u2019\u201d")
_LOGS = 0.1
"""Log probabilities run to -100: scaled so that all features are of the same order."""


class Shown(NamedTuple):
    """A title with its authors, as one text without a separator, and where its authors' commas are."""

    text: str
    """Title and authors; " et al." and organisations are cut off."""
    ends: tuple[int, ...]
    """Where the first author may end: offsets into ``text`` of the last commas that part authors, and its length."""
    cut: bool
    """Whether the list of authors was cut (" et al.")."""


class Candidate(NamedTuple):
    """One place where the title may end."""

    at: int
    """Offset into the text: the title is ``text[:at]``."""
    end: int
    """Where the first author's name ends."""


def shown(text: str, *, cut: bool) -> Shown:
    """Find the commas that can part authors.

    Args:
        text: Title and authors without " et al." and organisations.
        cut: Whether " et al." followed. Then exactly three authors are shown, else one to three.

    Returns:
        The text with the possible ends of the first author, the latest first.
    """
    ends = [len(text)]
    at = len(text)
    while len(ends) < SHOWN_AUTHORS and (at := text.rfind(", ", 0, at)) > 0:
        if not _SUFFIX.fullmatch(text[at + 2 : ends[-1]]):
            ends.append(at)
    return Shown(text, tuple(ends[-1:] if cut else ends), cut)


def candidates(page: Shown) -> list[Candidate]:
    """The places inside words before a capital, a letter of a script without case, or a lower-case particle."""
    found: list[Candidate] = []
    text = page.text
    for end in page.ends:
        start = _first_offset(text, end)
        for at in range(start, end):
            letter = text[at]
            if text[at - 1] != " " and letter.isalpha() and not letter.islower():
                found.append(Candidate(at, end))
        found.extend(Candidate(match.start(), end) for match in _PARTICLE_AHEAD.finditer(text, start, end))
    return found


def all_candidates(page: Shown, abstract: str, statistics: Statistics) -> list[Candidate]:
    """Every place after a known word: for first authors printed in lower case or without their first letter.

    A word is known when titles or the abstract hold it; a title that ends in another one is found by `candidates` alone.
    """
    text = page.text
    lower = abstract.lower()
    found = []
    for end in page.ends:
        for at in range(_first_offset(text, end), end):
            if text[at] == " " or text[at - 1] == " ":
                continue
            word = text[text.rfind(" ", 0, at) + 1 : at].strip(_EDGE).lower()
            if not word or word in statistics.words or word in statistics.last_words or holds_word(lower, word):
                found.append(Candidate(at, end))
    return found


def _first_offset(text: str, end: int) -> int:
    """Where the longest possible first author that ends at ``end`` may begin: never before the second character."""
    comma = text.rfind(", ", 0, end)
    if comma >= 0 and _SUFFIX.fullmatch(text, comma + 2, end):
        comma = text.rfind(", ", 0, comma)
    at = end
    for _ in range(LONGEST_NAME):
        at = text.rfind(" ", 0, at)
        if at < 0:
            break
    return max(at + 1, comma + 2, 1)


class Evidence:
    """What is known of one line: its text, its abstract and the statistics, and sums that its candidates share."""

    __slots__ = ("_abstract", "_abstract_lower", "_names", "_origin", "_page", "_statistics", "_titles", "_upto")

    def __init__(self, page: Shown, abstract: str, statistics: Statistics, origin: int) -> None:
        """Prepare to describe candidates that lie at ``origin`` or behind it."""
        self._page = page
        self._abstract = abstract
        self._abstract_lower = abstract.lower()
        self._statistics = statistics
        self._origin = origin
        self._titles = {origin: 0.0}
        self._upto = origin
        self._names: dict[str, float] = {}

    def features(self, candidate: Candidate) -> dict[str, float]:
        """The features of one candidate that are not zero, by name."""
        at, end = candidate
        text = self._page.text
        left = text[text.rfind(" ", 0, at) + 1 : at]
        name = text[at:end]
        words = name.split()
        found = {
            "title": self._title(at) * _LOGS,
            "names": (self._name(name) + sum(self._name(other) for other in self.others(end))) * _LOGS,
        }
        self._word_features(found, left, words)
        self._abstract_features(found, left, words)
        _left_features(found, left, words[0])
        _name_features(found, words)
        _title_features(found, text, at)
        if not self._page.cut:
            found[f"authors {1 + len(self.others(end))}"] = 1.0
        return found

    def others(self, end: int) -> list[str]:
        """The authors after the first, when that one's name ends at ``end``."""
        text, ends = self._page.text, self._page.ends
        if self._page.cut:
            return split_authors(text[end + 2 :])
        stops = [stop for stop in ends[::-1] if stop >= end]
        return [text[a + 2 : b] for a, b in zip(stops, stops[1:], strict=False)]

    def _title(self, at: int) -> float:
        """Log probability of the title's end at ``at``, the part before ``origin`` left out."""
        text, grams = self._page.text, self._statistics.title_grams
        for stop in range(self._upto + 1, at + 1):
            piece = text[max(0, stop - ORDER) : stop]
            self._titles[stop] = self._titles[stop - 1] + log_probability(grams, piece, len(piece) - 1)
        self._upto = max(self._upto, at)
        tail = text[max(0, at - ORDER + 1) : at]
        return self._titles[at] + log_probability(grams, tail + END, len(tail))

    def _name(self, name: str) -> float:
        if name not in self._names:
            self._names[name] = log_probability(self._statistics.name_grams, BEGIN + name + END, 1)
        return self._names[name]

    def _word_features(self, found: dict[str, float], left: str, words: list[str]) -> None:
        statistics = self._statistics
        word = left.strip(_EDGE).lower()
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
        whole = (left + first).strip(_EDGE)
        found["whole word"] = statistics.words.get(whole.lower(), 0.0)
        found["whole name"] = statistics.given.get(whole, 0.0) + statistics.family.get(whole, 0.0)

    def _abstract_features(self, found: dict[str, float], left: str, words: list[str]) -> None:
        if not self._abstract:
            return
        word = left.strip(_EDGE)
        first = words[0]
        if len(word) > 1:
            whole, longer = self._look_up(left.lstrip(_EDGE), first)
            if not whole and word != left:
                whole = holds_word(self._abstract_lower, word.lower())
            found["abstract has word" if whole else "abstract lacks word"] = 1.0
            if longer:
                found["abstract goes on"] = 1.0
            if not whole and _INNER.search(left):
                found["abstract lacks inner capital"] = 1.0
        if holds_word(self._abstract, (left + first).strip(_EDGE)):
            found["abstract has whole"] = 1.0
        if len(first) > 2 and holds_word(self._abstract, first):  # noqa: PLR2004 - initials and "Li" say nothing
            found["abstract has name"] = 1.0

    def _look_up(self, left: str, first: str) -> tuple[bool, bool]:
        """Whether the abstract has ``left`` as a word, and whether it has a word that goes on as ``first`` begins."""
        lower, word = self._abstract_lower, left.lower()
        whole = longer = False
        at = lower.find(word)
        while at >= 0:
            stop = at + len(word)
            if not (at and lower[at - 1].isalnum()):
                if not (stop < len(lower) and lower[stop].isalnum()):
                    whole = True
                elif self._abstract[stop : stop + 1] == first[0]:
                    longer = True
            at = lower.find(word, stop)
        return whole, longer


def split_authors(text: str) -> list[str]:
    """The authors of a list parted by commas; "Jr." and the like stay with their name."""
    authors: list[str] = []
    for piece in text.split(", "):
        if authors and _SUFFIX.fullmatch(piece):
            authors[-1] += ", " + piece
        else:
            authors.append(piece)
    return authors


def holds_word(text: str, word: str) -> bool:
    """Whether ``word`` stands in ``text`` with no letter or digit beside it."""
    at = text.find(word)
    while at >= 0:
        stop = at + len(word)
        if not (at and text[at - 1].isalnum()) and not (stop < len(text) and text[stop].isalnum()):
            return True
        at = text.find(word, at + 1)
    return False


def _left_features(found: dict[str, float], left: str, first: str) -> None:
    """The character before the boundary, and the two after it."""
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
    if _INNER.search(left):
        found["word has inner capital"] = 1.0
    if _PREFIX.search(left):
        found["after Mc"] = 1.0
    found[f"before {_shape(first)}"] = 1.0


def _shape(word: str) -> str:
    """The shape of the first word of a name."""
    letter, rest = word[0], word[1:]
    if letter.islower():
        if _CAMEL.match(word):
            return "capital inside"
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


def _name_features(found: dict[str, float], words: list[str]) -> None:
    """How the words look as a name."""
    group = is_group(words)
    opened = group and words[0] in _GROUP_OPENERS
    if group:
        found["group"] = 1.0
    if opened:
        found["group opened"] = 1.0
    else:
        found[f"name of {min(len(words), 6)}"] = 1.0
    if words[0][0].isupper() and _CAMEL.match(words[0]):
        found["name has inner capital"] = 1.0
    lower = odd = title = capitals = 0
    for word in words:
        if word in _TITLE_WORDS:
            title += not opened
        elif word[0].islower() and word not in _PARTICLE:
            lower += not group
        if (_ODD_IN_GROUP if group else _ODD).search(word):
            odd += 1
        if not group and len(word) > 2 and word.isupper() and word.isalpha():  # noqa: PLR2004 - "XU" is a name
            capitals += 1
    for label, value in (("lower case", lower), ("odd", odd), ("title words", title), ("capitals", capitals)):
        if value:
            found[f"name has {label}"] = float(min(value, 3))


def _title_features(found: dict[str, float], text: str, at: int) -> None:
    """Brackets, quotes and dollars that the title would leave open; very short titles."""
    title = text[:at]
    if title.count("(") > title.count(")") or title.count("[") > title.count("]"):
        found["bracket open"] = 1.0
    if title.count("$") % 2:
        found["dollar open"] = 1.0
    if title.count('"') % 2 or title.count("\u201c") > title.count("\u201d") or title.count("``") > title.count("''"):
        found["quote open"] = 1.0
    blanks = title.count(" ")
    if blanks < 2:  # noqa: PLR2004 - titles of one and two words
        found[f"title of {blanks + 1}"] = 1.0
