"""Initials and the order of the parts of one name.

Restores: ``initialize-with`` (hyphens, particles inside given names), ``initialize="false"`` (given names stay, only
initials are respaced), suffixes after the given name in inverted names, particles by
``demote-non-dropping-particle``, and East Asian names without a blank. citeproc-py ignores ``initialize`` and drops
an ``initialize-with-hyphen`` of false.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

_SEPARATOR = re.compile(r"(\s*-\s*|\s+)")
_JOINING = ("\u2019", "'", "-")


class NameForm(NamedTuple):
    """How a style wants each name: the values of the attributes of ``cs:name`` after inheritance."""

    initialize_with: str | None
    initialize: bool
    hyphen: bool
    form: str
    sort_separator: str
    demote: str

    def expanded(self, level: int) -> "NameForm":
        """The form with the given name as initials (1) or whole (2), where it shows less ("Disambiguation")."""
        if level == 0 or (self.form == "long" and self.initialize_with is None):
            return self
        whole = level > 1 or self.initialize_with is None
        return self._replace(form="long", initialize_with=None if whole else self.initialize_with)


class NameParts(NamedTuple):
    """The parts of a name to be joined; ``given_part`` and ``family_part`` are formatted as wholes by the style."""

    given: str
    family: str
    suffix: str
    separator: str
    inverted: bool


def is_east_asian(text: str) -> bool:
    """Whether ``text`` is written in Chinese, Japanese or Korean characters only."""
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and all(
        unicodedata.east_asian_width(character) in "WF" or "HANGUL" in unicodedata.name(character, "")
        for character in letters
    )


def initials(given: str, mark: str, *, hyphen: bool = True, normalize_only: bool = False) -> str:
    """``given`` as initials that end in ``mark``; with ``normalize_only`` just the initials in it are respaced.

    ``Li-Wei`` becomes ``L.-W.`` (mark ". "), or ``LW`` where the style drops hyphens; a word in lower case (a particle)
    stays whole.
    """
    if given.isascii() and given.isalpha() and given.istitle() and len(given) > 1 and given not in ("Lord", "Lady"):
        return given if normalize_only else (given[0] + mark).rstrip(" ")  # the common case, for lists of thousands
    if not given or not given[0].isalpha() or is_east_asian(given) or given in ("Lord", "Lady"):
        return given
    if not hyphen:
        given = given.replace("-", " ")
    given = re.sub(r"\s*-\s*", "-", given)
    given = re.sub(r"-(?=[a-z])", "\u2013", given)
    given = re.sub(r"\.(?=[^ ])", ". ", given)
    pieces = _SEPARATOR.split(given)
    if len(pieces[-1]) == 1 and pieces[-1].isupper():
        pieces[-1] += "."
    text = _respaced(pieces, mark) if normalize_only else _initialized(pieces, mark)
    text = re.sub(r"\s*-\s*", "-", text.rstrip(" \u00a0\ufeff\t\n"))
    return re.sub(r"[ \t\n]+", " ", text).replace("\u2013", "-")


def _respaced(pieces: list[str], mark: str) -> str:
    words, separators = pieces[0::2], [*pieces[1::2], ""]
    short = [(len(word) > 1 and word.endswith(".")) or (len(word) == 1 and word.isupper()) for word in words]
    words = [word.rstrip(".") if is_short else word for word, is_short in zip(words, short, strict=True)]
    out = ""
    for index, word in enumerate(words):
        out += word
        if not short[index]:
            out += separators[index]
        elif index == len(words) - 1:
            out += mark
        else:
            out += mark + ("" if short[index + 1] else " ")
    return out


def _initialized(pieces: list[str], mark: str) -> str:
    out = ""
    for index in range(0, len(pieces), 2):
        word = pieces[index]
        separator = pieces[index + 1] if index + 1 < len(pieces) else ""
        if not word:
            continue
        if word[0].isupper() and len(word) > 2 and word.endswith("."):  # noqa: PLR2004 - a letter and its period
            # An abbreviation ("Ph.") is no name to be shortened.
            out += word[:-1] + mark + ("-" if "-" in separator else "")
        elif word[0].isupper():
            rest = word[1:].rstrip(".")
            capitals = re.match(r"[^\W\d_]*?(?=[^A-Z]|$)", rest)
            extra = capitals[0].lower() if capitals and capitals[0].isupper() and len(capitals[0]) < len(rest) else ""
            out += word[0] + extra + mark + ("-" if "-" in separator else "")
        else:
            out += " " + word + separator
    return out


def _glue(*parts: str) -> str:
    """The parts joined by blanks, but for a part that ends in an apostrophe or a hyphen ("d'", "al-")."""
    out = ""
    for part in parts:
        if part:
            out += part if not out or out.endswith(_JOINING) else " " + part
    return out


def arrange(name: Mapping[str, str], style: NameForm, *, inverted: bool) -> NameParts:
    """The parts of a personal name in the order, and with the initials, that ``style`` asks for."""
    given, family = name.get("given", ""), name.get("family", "")
    dropping, particle = name.get("dropping-particle", ""), name.get("non-dropping-particle", "")
    suffix = name.get("suffix", "")
    if is_east_asian(family):
        return NameParts("", particle + family + given, "", "", inverted=False)
    if style.form == "short":
        return NameParts("", _glue(particle, family), "", "", inverted=False)
    if style.initialize_with is not None:
        mark = style.initialize_with
        given = initials(given, mark, hyphen=style.hyphen, normalize_only=not style.initialize)
        suffix = initials(suffix, mark, normalize_only=True) or suffix
        suffix = name.get("suffix", "") if not suffix.strip() else suffix
    if not given:
        return NameParts("", _glue(particle, family), "", "", inverted=False)
    if not inverted:
        if dropping.endswith(_JOINING) and not particle and dropping[:-1] != "de":
            family, dropping = dropping + family, ""
        separator = ", " if name.get("comma-suffix") else " "
        return NameParts(given, _glue(dropping, _glue(particle, family)), suffix, separator, inverted=False)
    if style.demote == "display-and-sort":
        return NameParts(_spaced(given, dropping, particle), family, suffix, style.sort_separator, inverted=True)
    return NameParts(_spaced(given, dropping), _glue(particle, family), suffix, style.sort_separator, inverted=True)


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)
