"""Where a title might end and the first author begin: the places that ``features.py`` and ``boundary.py`` compare.

Title and authors of a listing are printed without a separator, so the boundary lies inside a word:
"…boundariesStanislav Fort, Ekin Dogus Cubuk".
"""

import re
from typing import NamedTuple

from readlist.intake.listing.statistics import Statistics

SHOWN_AUTHORS = 3
"""A listing prints at most this many authors of a paper; other pages print more."""

LONGEST_NAME = 7
"""The most words that a first author is looked for in; collaborations ("for the Belle II TOP group") need six."""

_PARTICLE_AHEAD = re.compile(
    r"(?<=\S)(?:(?:de|van|von|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ten|ter|for the|on behalf of|the) "
    r"|(?:d|al|el)['\u2019-](?=\w))(?=\S)",
)
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{1,3}|IV|Ph\.?D\.?|M\.?D\.?")
_TORN = re.compile(r"[^\W\d_A-Z]+[A-Z]")
_LETTER = re.compile(r"(?<=[^ ])[^\W\d_a-z]")

_PARTICLES = r"(?:de|van|von|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ten|ter|y|e|d['\u2019])"
_TAIL = r"(?:,? (?:Jr|Sr|I{1,3}|IV)\.?)?"
_MAYBE_NAME = re.compile(
    rf"(?:{_PARTICLES} |-?[^\W\d_a-z][^\s\d:;()\[\]{{}}$?!\"/\\=+<>|*]* ){{1,5}}"
    rf"[^\W\d_][^\s\d:;()\[\]{{}}$?!\"/\\=+<>|*]*{_TAIL}",
)
_SMALL = r"[^\W\d_A-Z\u00c0-\u00d6\u00d8-\u00de]"
_PURE_PART = (
    r"(?:Mc|Mac|De|Di|Da|Du|La|Le|Van|Von|Al|El|O['\u2019]|D['\u2019])?[^\W\d_a-z]"
    rf"(?:{_SMALL}*['\u2019]?{_SMALL}+|)\.?"
)
_PURE_WORD = rf"-?{_PURE_PART}(?:-(?:{_PURE_PART}|{_SMALL}+))*"
_PURE_NAME = re.compile(rf"(?:(?:{_PARTICLES}|{_PURE_WORD}) ){{1,5}}{_PURE_WORD}{_TAIL}")

EDGE = " \t.,:;?!()[]{}'\"`\u2018\u2019\u201c\u201d$*-\u2013\u2014"
"""What is left out at both ends of a word before it is looked up."""


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
        cut: Whether " et al." followed. Then exactly three authors are shown, else one to three. A page that prints
            more is recognised by what stands between the commas: names, and none with a title before it.

    Returns:
        The text with the possible ends of the first author, the latest first.
    """
    ends = [len(text)]
    at = len(text)
    while (at := text.rfind(", ", 0, at)) > 0:
        if _SUFFIX.fullmatch(text, at + 2, ends[-1]):
            continue
        if len(ends) >= SHOWN_AUTHORS and not _goes_on(text, at + 2, ends, cut=cut):
            break
        ends.append(at)
    if cut:
        first = (
            SHOWN_AUTHORS
            if len(ends) > SHOWN_AUTHORS and is_pure_name(text[ends[SHOWN_AUTHORS] + 2 : ends[SHOWN_AUTHORS - 1]])
            else SHOWN_AUTHORS - 1
        )
        return Shown(text, tuple(ends[first:] or ends[-1:]), cut)
    return Shown(text, tuple(ends), cut)


def _goes_on(text: str, at: int, ends: list[int], *, cut: bool) -> bool:
    """Whether the list is longer than a listing's: the name that begins at ``at`` is not its first one."""
    if len(ends) > SHOWN_AUTHORS:
        return _MAYBE_NAME.fullmatch(text, at, ends[-1]) is not None
    if cut:
        before = text.rfind(", ", 0, at - 2)
        return is_pure_name(text[at : ends[-1]]) or (
            before > 0
            and is_pure_name(text[before + 2 : at - 2])
            and _MAYBE_NAME.fullmatch(text, at, ends[-1]) is not None
        )
    starts = [at, *(end + 2 for end in ends[:0:-1])]
    return all(_MAYBE_NAME.fullmatch(text, start, end) for start, end in zip(starts, ends[::-1], strict=True))


def is_pure_name(text: str) -> bool:
    """Whether a text is a personal name of ordinary form, in which no end of a title can hide."""
    return _PURE_NAME.fullmatch(text) is not None


def candidates(page: Shown) -> list[Candidate]:
    """The places inside words before a capital, a letter of a script without case, or a lower-case particle."""
    found: list[Candidate] = []
    text = page.text
    for end in page.ends:
        start = _first_offset(text, end)
        found.extend(
            Candidate(match.start(), end) for match in _LETTER.finditer(text, start, end) if not match[0].islower()
        )
        found.extend(Candidate(match.start(), end) for match in _PARTICLE_AHEAD.finditer(text, start, end))
    return found


def all_candidates(page: Shown, abstract: str, statistics: Statistics) -> list[Candidate]:
    """Every place after a known word: for first authors printed in lower case or without their first letter.

    A word is known when titles or the abstract hold it; a title that ends in another one is left to `candidates`.
    """
    text = page.text
    lower = abstract.lower()
    found = []
    for end in dict.fromkeys((*page.ends[:SHOWN_AUTHORS], page.ends[-1])):
        for at in range(_first_offset(text, end), end):
            if text[at] == " " or text[at - 1] == " " or _tears(text, at):
                continue
            word = text[text.rfind(" ", 0, at) + 1 : at].strip(EDGE).lower()
            if not word or word in statistics.words or word in statistics.last_words or holds_word(lower, word):
                found.append(Candidate(at, end))
    return found


def _tears(text: str, at: int) -> bool:
    """Whether a boundary would tear a word apart: "NeutrinoS|anjib" loses its capital, "Input|sMothilal" a letter."""
    if text[at].islower():
        return bool(_TORN.match(text, at)) or (text[at - 1].isupper() and not text[max(at - 2, 0)].isupper())
    return False


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
