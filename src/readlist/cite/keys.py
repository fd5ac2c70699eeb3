"""Citation keys such as ``fort2022multiattacks``: family name, year, first word that says something.

The user may have another pattern (``key_pattern``).
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice

from readlist.cite.csl_items import cited_date, readable
from readlist.key_pattern import DEFAULT, fields_of
from readlist.names import family_parts
from readlist.paper import Author, Paper

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


def _family(author: Author) -> str:
    family = family_parts(author.family).family if author.family else ""
    words = (author.literal or author.given).split()
    # A group goes by its first word that says something ("The ATLAS Collaboration": atlas).
    group = next((word for word in words if _ascii(word) and word.lower() not in _STOP_WORDS), "")
    return _ascii(family) or _ascii(group)


def _families(paper: Paper) -> Iterator[str]:
    return (folded for author in paper.authors if (folded := _family(author)))


def _author(paper: Paper) -> list[str]:
    return [next(_families(paper), "anonymous")]


def _authors(paper: Paper) -> list[str]:
    found = list(islice(_families(paper), _LISTED + 1))
    if len(found) > _LISTED or not paper.authors_complete:
        return [*found[:_LISTED], "etal"]
    return found or ["anonymous"]


def _words(paper: Paper, number: int) -> list[str]:
    words = [_ascii(word) for word in readable(paper.title).split()]
    says_something = (word for word in words if word and word not in _STOP_WORDS and not word.isdigit())
    return list(islice(says_something, number)) or [word for word in words if word][:1]


def _year(paper: Paper) -> str:
    return paper.year or cited_date(paper)[:4]


_LISTED = 3
_FIELDS: dict[str, Callable[[Paper], list[str]]] = {
    "author": _author,
    "authors": _authors,
    "year": lambda paper: [_year(paper)],
    "yy": lambda paper: [_year(paper)[2:]],
    "title": lambda paper: _words(paper, 1),
    "words": lambda paper: _words(paper, _LISTED),
    # BibTeX takes the slash of hep-th/9711200, Typst's @ does not.
    "arxiv": lambda paper: [paper.arxiv_id.replace("/", "-")],
}
"""What each field of a pattern stands for, as words."""


def _filled(paper: Paper, pattern: str) -> str:
    key = ""
    for before, field, capital in fields_of(pattern):
        words = _FIELDS[field](paper) if field else []
        key += before + "".join(word[:1].upper() + word[1:] if capital else word for word in words)
    # Of a key that lacks its first or last field the signs between the fields are left over.
    return key.strip("_:.+/-") or _author(paper)[0]


def _suffix(number: int) -> str:
    """The letters for 1, 2, …: a, b, … z, aa, ab, and so on."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


def citation_key(paper: Paper, taken: Collection[str] = (), pattern: str = "") -> str:
    """The citation key of ``paper``.

    A key that the paper has already is its key, whoever else has it. Otherwise it is made by the pattern: of the first
    author's family name, the year of the first public version (else of the publication) and the first significant word
    of the title, in lower-case ASCII letters and digits. What is not known is left out. The same paper always gives the
    same.

    Args:
        paper: The paper.
        taken: The keys of other papers; compared without regard to case, as BibTeX does. A clash gets a, b, … z, aa.
        pattern: Another pattern than readlist's own, which `key_pattern.check` has found good.
    """
    return paper.key or _free_key(_filled(paper, pattern or DEFAULT), {key.lower() for key in taken}, {})


def with_keys(papers: Sequence[Paper], taken: Iterable[str] = (), pattern: str = "") -> list[Paper]:
    """``papers`` with a citation key each; those made here differ from all others, and from ``taken``.

    As `citation_key` one after the other, in a time that grows with the number of the papers and not with its square.
    """
    used = {key.lower() for key in taken} | {paper.key.lower() for paper in papers if paper.key}
    numbers: dict[str, int] = {}
    done = []
    for paper in papers:
        key = paper.key or _free_key(_filled(paper, pattern or DEFAULT), used, numbers)
        used.add(key.lower())
        done.append(paper._replace(key=key))
    return done


def _free_key(base: str, used: Collection[str], numbers: dict[str, int]) -> str:
    """The first key from ``base`` on that is not ``used``; ``numbers`` keeps how far each clash has been counted."""
    number = numbers.get(base, 0)
    key = base + _suffix(number)
    while key.lower() in used:
        number += 1
        key = base + _suffix(number)
    numbers[base] = number
    return key
