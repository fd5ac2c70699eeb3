"""Citation keys such as ``fort2022multiattacks``: family name, year, first word that says something."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence

from readlist.cite.csl_items import cited_date, readable
from readlist.names import family_parts
from readlist.paper import Paper

# Words that open many titles and tell nothing: English articles, prepositions, conjunctions and auxiliaries.
_WORDS_STOP_WORDS = """
    a an and are as at be by can do does for from how in into is it its of on onto or our over so that the
    their there these this those through to toward towards under upon via was we what when where which while
    who why will with within without
"""
_STOP_WORDS = frozenset(_WORDS_STOP_WORDS.split())

# Letters that Unicode does not decompose, and how libraries write them in ASCII.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    | {"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ŋ": "n", "ħ": "h", "Ħ": "H"},
)


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS)).lower()
    return "".join(character for character in decomposed if character.isascii() and character.isalnum())


def _author(paper: Paper) -> str:
    for author in paper.authors:
        family = family_parts(author.family).family if author.family else ""
        words = (author.literal or author.given).split()
        # A group goes by its first word that says something ("The ATLAS Collaboration": atlas).
        group = next((word for word in words if _ascii(word) and word.lower() not in _STOP_WORDS), "")
        folded = _ascii(family) or _ascii(group)
        if folded:
            return folded
    return "anonymous"


def _word(title: str) -> str:
    words = [_ascii(word) for word in readable(title).split()]
    says_something = (word for word in words if word and word not in _STOP_WORDS and not word.isdigit())
    return next(says_something, "") or next((word for word in words if word), "")


def _suffix(number: int) -> str:
    """The letters for 1, 2, …: a, b, … z, aa, ab, and so on."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


def citation_key(paper: Paper, taken: Collection[str] = ()) -> str:
    """The citation key of ``paper``.

    A key that the paper has already is its key, whoever else has it. Otherwise it is made from the first author's
    family name, the year of the first public version (else of the publication) and the first significant word of the
    title, in lower-case ASCII letters and digits; what is not known is left out. The same paper always gives the same.

    Args:
        paper: The paper.
        taken: The keys of other papers; compared without regard to case, as BibTeX does. A clash gets a, b, … z, aa.
    """
    return paper.key or _free_key(paper, {key.lower() for key in taken}, {})


def with_keys(papers: Sequence[Paper], taken: Iterable[str] = ()) -> list[Paper]:
    """``papers`` with a citation key each; those made here differ from all others, and from ``taken``.

    As `citation_key` one after the other, in a time that grows with the number of the papers and not with its square.
    """
    used = {key.lower() for key in taken} | {paper.key.lower() for paper in papers if paper.key}
    numbers: dict[str, int] = {}
    done = []
    for paper in papers:
        key = paper.key or _free_key(paper, used, numbers)
        used.add(key.lower())
        done.append(paper._replace(key=key))
    return done


def _free_key(paper: Paper, used: Collection[str], numbers: dict[str, int]) -> str:
    """The first key for ``paper`` that is not ``used``; ``numbers`` keeps how far each clash has been counted."""
    year = paper.year or cited_date(paper)[:4]
    base = f"{_author(paper)}{year}{_word(paper.title)}"
    number = numbers.get(base, 0)
    key = base + _suffix(number)
    while key in used:
        number += 1
        key = base + _suffix(number)
    numbers[base] = number
    return key
