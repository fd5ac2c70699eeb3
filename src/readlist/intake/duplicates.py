"""Telling which incoming papers the library holds already."""

from collections.abc import Iterable
from typing import NamedTuple

from readlist.paper import Paper


class Sorted(NamedTuple):
    """Incoming papers, parted into new ones and those that are known (in the library, or earlier in the same text)."""

    new: tuple[Paper, ...]
    known: tuple[Paper, ...]


def sort_out(incoming: Iterable[Paper], library: Iterable[Paper]) -> Sorted:
    """Part ``incoming`` by what ``library`` holds.

    Two records are the same paper when they share an arXiv id or a DOI, or when their titles are equal but for case,
    blanks and punctuation and they share an author's family name (or one of them names no author).
    """
    known = _Known()
    for paper in library:
        known.add(paper)
    new: list[Paper] = []
    again: list[Paper] = []
    for paper in incoming:
        if paper in known:
            again.append(paper)
        else:
            new.append(paper)
            known.add(paper)
    return Sorted(tuple(new), tuple(again))


class _Known:
    def __init__(self) -> None:
        self._identifiers: set[str] = set()
        self._families: dict[str, list[set[str]]] = {}

    def add(self, paper: Paper) -> None:
        self._identifiers |= _identifiers(paper)
        self._families.setdefault(_bare(paper.title), []).append(_family_names(paper))

    def __contains__(self, paper: object) -> bool:
        if not isinstance(paper, Paper):
            return False
        if self._identifiers & _identifiers(paper):
            return True
        names = _family_names(paper)
        return any(not names or not others or names & others for others in self._families.get(_bare(paper.title), ()))


def _identifiers(paper: Paper) -> set[str]:
    found = set()
    if paper.arxiv_id:
        found.add(f"arxiv:{paper.arxiv_id.lower()}")
    if paper.doi:
        found.add(f"doi:{paper.doi.lower()}")
    return found


def _family_names(paper: Paper) -> set[str]:
    return {_bare(author.family or author.literal) for author in paper.authors}


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
