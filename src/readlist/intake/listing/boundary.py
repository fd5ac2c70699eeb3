"""Part the title from the authors of a listing line: weigh the candidates and say how sure the choice is."""

from math import exp
from typing import NamedTuple

from readlist.intake.listing.candidates import Candidate, Shown, all_candidates, candidates, shown, split_authors
from readlist.intake.listing.features import Evidence
from readlist.intake.listing.statistics import Statistics, load
from readlist.names import is_group

_STRANGE = frozenset(
    (
        "name has lower case",
        "name has title words",
        "name has odd",
        "name has capitals",
        "name of 1",
        "name of 5",
        "name of 6",
        "before capitals",
        "before letter",
        "before lower case",
        "before other",
    ),
)
"""Features of a first author who may begin elsewhere: then every place inside a word is weighed."""

_MALFORMED = frozenset(("before lower case", "before other"))


class Split(NamedTuple):
    """A title and its authors, with the second-best way to part them."""

    title: str
    authors: tuple[str, ...]
    doubt: bool
    """Whether the user should look at it."""
    probability: float
    """Of this split among all candidates, 0 to 1."""
    alternative: tuple[str, tuple[str, ...]] | None
    """Title and authors of the second-best split; None when there is only one."""


def split_body(text: str, abstract: str, *, cut: bool, statistics: Statistics | None = None) -> Split:
    """Part title and authors.

    Args:
        text: Title and authors as printed, without " et al." and organisations.
        abstract: The abstract; may be empty.
        cut: Whether " et al." followed the authors.
        statistics: Tables and weights; the shipped ones when left out.

    Returns:
        The best split. When no author can be found, the whole text is the title.
    """
    tables = statistics or load()
    page = shown(text, cut=cut)
    places = candidates(page)
    scored = _weigh(page, places, abstract, tables)
    if not scored or _is_strange(scored[0].found):
        scored = _weigh(page, [*places, *all_candidates(page, abstract, tables)], abstract, tables)
    if not scored:
        return Split(text, (), doubt=True, probability=0.0, alternative=None)
    best = scored[0]
    probability = 1 / sum(exp(each.score - best.score) for each in scored)
    title, authors = _apart(page, best.place)
    alternative = _apart(page, scored[1].place) if len(scored) > 1 else None
    malformed = not _MALFORMED.isdisjoint(best.found) and not is_group(authors[0].split())
    return Split(title, authors, malformed or probability < tables.doubt, probability, alternative)


class _Scored(NamedTuple):
    """A candidate with its score and the features that gave it."""

    score: float
    place: Candidate
    found: dict[str, float]


def _is_strange(found: dict[str, float]) -> bool:
    """Whether even the best candidate has no likely name, or an unlikely last word."""
    return (
        not _STRANGE.isdisjoint(found)
        or ("given unseen" in found and "family unseen" in found)
        or ("word unseen" in found and "abstract has word" not in found)
    )


def _weigh(page: Shown, places: list[Candidate], abstract: str, tables: Statistics) -> list[_Scored]:
    """Score and sort candidates, the best first; of equals the one that leaves the longer title."""
    if not places:
        return []
    evidence = Evidence(page, abstract, tables, min(place.at for place in places))
    weight = tables.weights.get
    scored = []
    for place in sorted(set(places), reverse=True):
        found = evidence.features(place)
        scored.append(_Scored(sum([weight(name, 0.0) * value for name, value in found.items()]), place, found))
    scored.sort(key=_score, reverse=True)
    return scored


def _score(each: _Scored) -> float:
    return each.score


def _apart(page: Shown, place: Candidate) -> tuple[str, tuple[str, ...]]:
    return page.text[: place.at], tuple(split_authors(page.text[place.at :]))
