"""People's and groups' names: the name as a source prints it, taken apart into ``family`` and ``given``, or left whole.

The rule is BibTeX's for "First von Last" (Patashnik, *BibTeXing*, section 4): the family name begins with its first
particle, else it is the last word. BibTeX takes every lower-case word for a particle; here it must be one of a list,
because the sources also print names such as "Haoyi jiang ma". What BibTeX does not know is added: capitalised particles
("Luc Van Gool"), suffixes without a comma ("Luther King Jr."), Iberian connectors ("Ortega y Gasset"), and groups.
"""

import re
from typing import NamedTuple

from readlist.paper import Author


def _word_set(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_PARTICLES = _word_set(
    "van von der den de het 't \u2019t t ten ter te op ver v. d. zu zum zur vom am im an auf aus in und",
    "la le les du des d' d\u2019 della delle dello dei degli del di da dal dalla dalle do dos das lo los las",
    "af av bin bint ben ibn abu al el ul ur ud uz ap ab",
)

# These are particles only next to another one ("in der Smitten").
_WEAK = _word_set("in an am und auf aus op t te ab")

_CAPITAL_PARTICLES = _word_set(
    "Van Von Vander Vanden De Del Della Delle Dello Dei Degli Di Da Dal Dalla Dos Das La Le Los Las El Al Ten Ter",
)

# These follow a capitalised particle and belong to it ("Van Der Berg", "De La Cruz").
_CAPITAL_FOLLOWERS = _CAPITAL_PARTICLES | _word_set("Der Den 'T")

_VIETNAMESE_MIDDLE = _word_set("Van Le La")

# Where one of these stands in the name, "Van" and "Le" are Vietnamese middle names, not particles.
_VIETNAMESE = _word_set(
    "Nguyen Nguyễn Tran Trần Le Lê Pham Phạm Hoang Hoàng Huynh Huỳnh Phan Vu Vũ Vo Võ Dang Đặng Bui Bùi Do Đỗ Ho Hồ",
    "Ngo Ngô Duong Dương Ly Lý Dinh Đinh Trinh Trịnh Truong Trương Doan Đoàn Luong Lương Mai Dao Đào Ta Tạ Cao Chu Ha",
)

_SUFFIXES = _word_set("jr jr. sr sr. ii iii iv 2nd 3rd")

# Portuguese suffixes that bibliographies keep as part of the family name (ABNT NBR 10520): "Silva Filho, José".
_FAMILY_TAILS = _word_set("Filho Neto Netto Júnior Sobrinho")

_CONNECTORS = _word_set("y e i")

_GROUP_ANYWHERE = _word_set("collaboration collaborations consortium consortia")

_GROUP_LAST = _word_set(
    "team teams group groups project committee council network alliance initiative society foundation association",
    "community institute university laboratory laboratories company corporation organization organisation inc.",
    "observatory survey members contributors participants developers research telescope",
)

_GROUP_OPENERS = _word_set("for on")

_GROUP_FIRST = re.compile(r"(?:[Ff]or|[Oo]n behalf of) the ")

_INITIAL = re.compile(r"\w\.?")

# One word that is no personal name: an acronym (NVIDIA), a digit inside (KM3NeT), a capital inside (OpenAI, DeepMind).
_BRAND = re.compile(r"[^\W\d_]*\d|[A-Z]{3}|(?!Mc|Mac|De|Di|Da|Du|La|Le|O['\u2019])[A-Z][a-z]+[A-Z]|.*-AI$")


class FamilyParts(NamedTuple):
    """A family name in BibTeX's parts; ``particle``, ``family`` and ``suffix`` joined by blanks are the name again."""

    particle: str
    """The lower-case particles it begins with (``van den``): CSL's non-dropping particle."""
    family: str
    """The rest: never empty where the name is not."""
    suffix: str
    """``Jr.``, ``Sr.``, ``III`` as printed."""


def split_name(display: str) -> Author:
    """Take apart a name in reading order ("Given von Family Jr.").

    Particles and suffixes stay inside ``family``; a personal name of one word is a ``family``; a group ("ATLAS
    Collaboration", "OpenAI", "for the NOvA Collaboration") is a ``literal``. No text is lost or changed but white
    space: ``split_name(s).display`` is ``s`` with single blanks between its words.

    Args:
        display: The name as printed. A name in the order "Family, Given" is not turned round.

    Returns:
        The author; all parts are empty when ``display`` holds nothing but white space.
    """
    words = display.split()
    if is_group(words):
        return Author(literal=" ".join(words))
    start = _family_start(words)
    return Author(family=" ".join(words[start:]), given=" ".join(words[:start]))


def family_parts(family: str) -> FamilyParts:
    """Take apart a family name: "van den Driessche" is ``("van den", "Driessche", "")``.

    A capitalised particle belongs to the name itself ("Van Gool", "de La Clergerie" has the particle "de"). A comma
    before the suffix is left out.

    Args:
        family: A family name as `split_name` gives it.

    Returns:
        The parts, as printed.
    """
    words = family.split()
    end = len(words)
    if end > 1 and words[-1].lower() in _SUFFIXES:
        end -= 1
    start = 0
    while start < end - 1 and words[start] in _PARTICLES:
        start += 1
    name = " ".join(words[start:end])
    suffix = " ".join(words[end:])
    return FamilyParts(" ".join(words[:start]), name.rstrip(",") if suffix else name, suffix)


def is_group(words: list[str]) -> bool:
    """Whether the words are the name of a group rather than of a person."""
    if len(words) == 1:
        return bool(_BRAND.match(words[0]))
    lower = [word.lower() for word in words]
    if not words or not _GROUP_ANYWHERE.isdisjoint(lower):
        return bool(words)
    return lower[-1] in _GROUP_LAST or (lower[0] in _GROUP_OPENERS and bool(_GROUP_FIRST.match(" ".join(words))))


def _family_start(words: list[str]) -> int:
    """The index of the first word of the family name."""
    last = _last_name(words)
    for index in range(last):
        word = words[index]
        if word in _CONNECTORS and index:
            return index - 1
        if _opens_family(words, index, last):
            return index
    return max(last, 0)


def _last_name(words: list[str]) -> int:
    """The index of the last word that is not a suffix, one earlier where a Portuguese tail needs its name."""
    last = len(words) - 1
    if last > 0 and words[last].lower() in _SUFFIXES:
        last -= 1
    if last > 1 and words[last] in _FAMILY_TAILS and not _INITIAL.fullmatch(words[last - 1]):
        last -= 1
    return last


def _opens_family(words: list[str], index: int, last: int) -> bool:
    """Whether the particle at ``index``, if it is one, begins the family name."""
    word, following = words[index], words[index + 1]
    if _INITIAL.fullmatch(following) and following not in _PARTICLES:
        return False  # "Noronha de A. Freitas": the particle belongs to a given name
    if word in _PARTICLES:
        return word not in _WEAK or following in _PARTICLES
    if index == 0 or word not in _CAPITAL_PARTICLES or following in _PARTICLES:
        return index > 0 and word in _CAPITAL_PARTICLES
    may_be_vietnamese = not _VIETNAMESE.isdisjoint(words[:index] + words[index + 1 :])
    if word in _VIETNAMESE_MIDDLE and may_be_vietnamese:
        return False
    if index == last - 1 or following in _CAPITAL_FOLLOWERS:
        return True
    # "De" before two family names ("De Balle Pigem"). "Del" is not taken so: it joins given names ("Maria Del Mar").
    initials = any(_INITIAL.fullmatch(later) for later in words[index + 1 : last + 1])
    return word == "De" and not may_be_vietnamese and not initials
