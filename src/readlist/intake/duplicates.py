"""Telling which incoming papers the library holds already, and what they know besides.

Two records are of the same paper when they share an arXiv id (versions and arXiv's own DOI mean the same) or a DOI; or
when their titles are equal, or nearly so, they share an author, and at most two years lie between them, as between a
preprint and its published form. Different arXiv ids, or different DOIs of publishers, are different papers.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from readlist.intake.gathering import UNTITLED
from readlist.intake.identifiers import arxiv_id
from readlist.intake.links import NOT_FETCHED
from readlist.latex import to_unicode
from readlist.paper import Paper
from readlist.progress import told

_NEARLY = 94.0
"""Similarity (normalised indel, per cent) of titles that differ in a hyphen, an article or a misprint."""

_FEWEST_LETTERS = 20
"""Shorter titles are compared exactly: a letter more is another word."""

_YEARS_APART = 2
_MOST_CANDIDATES = 200
_LONGEST_LIST = 5_000
_COMPARED = 1_000
"""Characters of a title that are compared: no title is longer, and comparing costs its square."""
_TELLING = re.compile(
    r"\d+|[ivx]{1,4}|part|erratum|errata|corrigendum|correction|reply|comment|supplement|supplementary"
)
"""Words by which titles of a series differ."""

_FILLED = (
    "published", "issued", "abstract", "arxiv_id", "doi", "url", "code_url", "venue", "volume", "issue", "pages",
    "publisher", "editors", "organisations", "category", "subject", "key", "files",
)  # fmt: skip
_PREPRINT = "article"


class Sorted(NamedTuple):
    """Incoming papers, parted into new ones and those that are known (in the library, or earlier in the same text)."""

    new: tuple[Paper, ...]
    known: tuple[Paper, ...]
    completed: Mapping[str, Mapping[str, Any]]
    """What papers of the library lack and the incoming ones know: {id: {field: value}}."""


def sort_out(incoming: Iterable[Paper], library: Iterable[Paper]) -> Sorted:
    """Part ``incoming`` by what ``library`` holds; a paper that comes twice completes itself."""
    known = _Known()
    for paper in library:
        known.add(paper, paper.id)
    new: list[Paper] = []
    again: list[Paper] = []
    completed: dict[str, dict[str, Any]] = {}
    for paper in told("Comparing", tuple(incoming)):
        place = known.find(paper)
        if place is None:
            known.add(paper, len(new))
            new.append(paper)
            continue
        again.append(paper)
        if isinstance(place, int):
            new[place] = new[place]._replace(**completion(new[place], paper))
            known.replace(place, new[place])
        elif fields := completion(known.paper(place), paper):
            known.replace(place, known.paper(place)._replace(**fields))
            completed.setdefault(place, {}).update(fields)
    return Sorted(tuple(new), tuple(again), completed)


class Suspicion(NamedTuple):
    """Two papers of the library that may be one."""

    kept: Paper
    """The one that was there first."""
    other: Paper
    reason: str
    """Why they may be one: "the same arXiv id", "the same title"."""


def suspects(papers: Iterable[Paper]) -> list[Suspicion]:
    """The pairs of ``papers`` that may be of one paper: what an import would recognise, and what it leaves in doubt.

    In doubt are equal titles whose years, authors or identifiers do not fit, since people mistype those too, but not
    those that share nothing else. Takes about 40 microseconds a paper.
    """
    known = _Known()
    found = []
    for paper in sorted(papers, key=lambda paper: (paper.added, paper.id)):
        place = known.find(paper)
        reason = _reason(paper, known.paper(place)) if place is not None else ""
        if place is None:
            place = known.namesake(paper)
            reason = "the same title"
        if place is not None:
            found.append(Suspicion(known.paper(place), paper, reason))
        else:
            known.add(paper, paper.id)
    return found


def _reason(one: Paper, other: Paper) -> str:
    shared = {identifier.partition(":")[0] for identifier in {*_identifiers(one)} & {*_identifiers(other)}}
    names = {"arxiv": "the same arXiv id", "doi": "the same DOI", "url": "the same address"}
    by_title = "the same title" if bare_title(one) == bare_title(other) else "nearly the same title"
    return next((name for kind, name in names.items() if kind in shared), by_title)


def completion(known: Paper, incoming: Paper) -> dict[str, Any]:
    """The fields that ``known`` lacks and ``incoming`` has; never a status, star, tag or note, nor a fuller list."""
    fields: dict[str, Any] = {
        name: value for name in _FILLED if not getattr(known, name) and (value := getattr(incoming, name))
    }
    if not known.authors or (
        not known.authors_complete and incoming.authors_complete and len(incoming.authors) >= len(known.authors)
    ):
        fields |= {"authors": incoming.authors, "authors_complete": incoming.authors_complete}
    if known.type == _PREPRINT and incoming.type != _PREPRINT and incoming.venue:
        fields["type"] = incoming.type
    if incoming.has_code and not known.has_code:
        fields["has_code"] = True
    if more := dict(incoming.extra).keys() - dict(known.extra).keys():
        fields["extra"] = tuple(
            sorted({**{name: dict(incoming.extra)[name] for name in more}, **dict(known.extra)}.items())
        )
    if known.review_reason == NOT_FETCHED != incoming.review_reason:
        fields |= {"title": incoming.title, "review_reason": incoming.review_reason, "type": incoming.type}
    return {name: value for name, value in fields.items() if value != getattr(known, name)}


Place = str | int
"""The id of a paper of the library, or the number of an incoming one."""


class _Known:
    """Papers by all that they can be recognised by."""

    def __init__(self) -> None:
        self._papers: dict[Place, Paper] = {}
        self._identifiers: dict[str, Place] = {}
        self._titles: dict[str, list[Place]] = {}
        self._words: dict[str, list[str]] = {}
        """Titles by their words; made when a title is not there as it is."""
        self._indexed: list[str] | None = None

    def paper(self, place: Place) -> Paper:
        return self._papers[place]

    def add(self, paper: Paper, place: Place) -> None:
        self._papers[place] = paper
        for identifier in _identifiers(paper):
            self._identifiers.setdefault(identifier, place)
        title = bare_title(paper)
        if not title:
            return
        if title not in self._titles and self._indexed is not None:
            self._index(title)
        self._titles.setdefault(title, []).append(place)

    def replace(self, place: Place, paper: Paper) -> None:
        """Know ``paper`` by what it has come to say, and by what it said before."""
        self.add(paper, place)

    def find(self, paper: Paper) -> Place | None:
        """The known paper that ``paper`` is; None when there is none."""
        for identifier in _identifiers(paper):
            if identifier in self._identifiers:
                return self._identifiers[identifier]
        title = bare_title(paper)
        if not title:
            return None
        same = self._fitting(paper, [title])
        return same if same is not None else self._fitting(paper, self._near(title))

    def namesake(self, paper: Paper) -> Place | None:
        """A known paper with the same title and a shared author, whatever else tells them apart."""
        names = _family_names(paper)
        places = self._titles.get(bare_title(paper), ())
        return next((place for place in places if names & _family_names(self._papers[place])), None)

    def _fitting(self, paper: Paper, titles: Iterable[str]) -> Place | None:
        places = (place for title in titles for place in self._titles.get(title, ()))
        return next((place for place in places if may_be_same(paper, self._papers[place])), None)

    def _near(self, title: str) -> list[str]:
        """Known titles that are nearly ``title``, the nearest first."""
        if len(title) < _FEWEST_LETTERS:
            return []
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - most papers are recognised without it

        if self._indexed is None:
            self._indexed = []
            for known in self._titles:
                self._index(known)
        lists = sorted((self._words.get(word, []) for word in _words(title)), key=len)
        candidates = _candidates([found for found in lists if found][:3])
        near = process.extract(title, candidates, scorer=fuzz.ratio, score_cutoff=_NEARLY, limit=5)
        return [other for other, _, _ in near if _telling(other) == _telling(title)]

    def _index(self, title: str) -> None:
        if len(title) >= _FEWEST_LETTERS:
            for word in _words(title):
                self._words.setdefault(word, []).append(title)


def _candidates(lists: list[list[str]]) -> list[str]:
    """The titles of the short lists; where all are long, what all of them hold."""
    short = [found for found in lists if len(found) <= _MOST_CANDIDATES]
    if short or not lists or len(lists[0]) > _LONGEST_LIST:
        return list(dict.fromkeys(title for found in short for title in found))
    common = set(lists[0]).intersection(*lists[1:])
    return [title for title in lists[0] if title in common]


def may_be_same(one: Paper, other: Paper) -> bool:
    """Whether two records with (nearly) the same title can be of one paper: identifiers, authors and years allow it."""
    if one.arxiv_id and other.arxiv_id and one.arxiv_id.lower() != other.arxiv_id.lower():
        return False
    first, second = _publishers_doi(one), _publishers_doi(other)
    if first and second and first != second:
        return False
    names, others = _family_names(one), _family_names(other)
    if names and others and not names & others:
        return False
    years = [paper.year for paper in (one, other) if paper.year.isdecimal()]
    return len(years) < len((one, other)) or abs(int(years[0]) - int(years[1])) <= _YEARS_APART


def bare_title(paper: Paper) -> str:
    """The title without LaTeX, case, accents and punctuation, words parted by blanks; empty where there is none."""
    if paper.title == UNTITLED or paper.review_reason == NOT_FETCHED:
        return ""
    return _bare(to_unicode(paper.title[:_COMPARED]))


def _bare(text: str) -> str:
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _words(title: str) -> set[str]:
    return {word for word in title.split() if len(word) > 3}  # noqa: PLR2004 - "with", the shortest that tells anything


def _telling(title: str) -> list[str]:
    return sorted(word for word in title.split() if _TELLING.fullmatch(word))


def _identifiers(paper: Paper) -> list[str]:
    found = []
    identifier = paper.arxiv_id.lower() or arxiv_id(paper.doi)
    if identifier:
        found.append(f"arxiv:{identifier}")
    if bare := _publishers_doi(paper):
        found.append(f"doi:{bare}")
    if paper.url and paper.review_reason == NOT_FETCHED:
        found.append(f"url:{paper.url}")
    return found


def _publishers_doi(paper: Paper) -> str:
    return "" if arxiv_id(paper.doi) else paper.doi.lower()


def _family_names(paper: Paper) -> set[str]:
    names = {_bare(author.family or author.literal) for author in paper.authors}
    return names - {""}
