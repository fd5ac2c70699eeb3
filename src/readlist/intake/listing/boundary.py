"""Part the title from the authors of a listing line: weigh the candidates and say how sure the choice is."""

import re
from math import exp
from typing import NamedTuple

from readlist.intake.listing.candidates import (
    EDGE,
    SHOWN_AUTHORS,
    Candidate,
    Shown,
    all_candidates,
    candidates,
    shown,
    split_authors,
)
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
        "abstract has longer",
    ),
)
"""Features of a first author who may begin elsewhere: then every place inside a word is weighed."""

_MALFORMED = frozenset(("before lower case", "before other", "before capitals", "abstract has longer"))
"""Features of a first author who is to be looked at, however likely: "john cotter", "HASIDA Koiti", or "Benchen Liu"
after "Health" where the abstract has "HealthBench"."""

_GLUED_INITIALS = re.compile(r"[A-Z]{2,}[a-z]{2,}$")
"""One word that is rather "J. K. Rowling" than the name of a company."""

_GLUED_NAME = re.compile(r"[a-z?!)][A-Z][a-z]+(?: [A-Z]\.)*(?: [A-Z][a-z]+)+(?=$|,)")
"""The end of a title with an author behind it, when it stands before a comma."""

_SHORTEST = 4
_COMMON = 2.5
"""What `_begins_with_word` calls a common word: it stands a dozen times in the 20,000 titles."""

_UNLIKELY_NAME = 1.35
"""`Evidence.name_odds` of a first author who may begin elsewhere: two of a hundred public ones have less."""


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
    if not scored or _is_strange(scored[0]):
        scored = _weigh(page, [*places, *all_candidates(page, abstract, tables)], abstract, tables)
    if not scored:
        return Split(text, (), doubt=True, probability=0.0, alternative=None)
    best = scored[0]
    probability = 1 / sum(exp(each.score - best.score) for each in scored)
    title, authors = _apart(page, best.place)
    alternative = _apart(page, scored[1].place) if len(scored) > 1 else None
    doubt = (
        probability < tables.doubt
        or _is_malformed(page, best, authors[0], tables)
        or _holds_author(title, many=len(authors) > SHOWN_AUTHORS)
    )
    return Split(title, authors, doubt, probability, alternative)


def _is_malformed(page: Shown, best: "_Scored", author: str, tables: Statistics) -> bool:
    """Whether the first author is printed as no name is, or may have lost the first letter."""
    if is_group(author.split()):
        return _GLUED_INITIALS.match(author) is not None or "abstract has longer" in best.found
    if not _MALFORMED.isdisjoint(best.found):
        return True
    if "given unseen" not in best.found:
        return False
    at = best.place.at
    left = page.text[page.text.rfind(" ", 0, at) + 1 : at]
    if left[-1].isupper() and author[1:2].islower() and (left + author[0]).strip(EDGE).lower() in tables.words:
        return True
    return "name has lower case" in best.found or _begins_with_word(author.split(maxsplit=1)[0], tables)


def _holds_author(title: str, *, many: bool) -> bool:
    """Whether the first author may stand in the title already, so that this is a later one.

    A listing shows three authors; where ``many`` are printed, a capital after the title's last comma is enough.
    """
    comma = title.rfind(", ")
    return comma > 0 and ((many and not title[comma + 2].islower()) or _GLUED_NAME.search(title, 0, comma) is not None)


def _begins_with_word(first: str, tables: Statistics) -> bool:
    """Whether a given name is a common word of titles with something behind it: "Workflowmarendra"."""
    stops = range(_SHORTEST, len(first) - _SHORTEST + 1)
    return any(tables.words.get(first[:stop].lower(), 0.0) > _COMMON for stop in stops)


class _Scored(NamedTuple):
    """A candidate with its score, the features that gave it, and what they were taken from."""

    score: float
    place: Candidate
    found: dict[str, float]
    evidence: Evidence


def _is_strange(best: _Scored) -> bool:
    """Whether even the best candidate has no likely name, or an unlikely last word."""
    found = best.found
    if not _STRANGE.isdisjoint(found) or ("word unseen" in found and "abstract has word" not in found):
        return True
    unseen = ("given unseen" in found) + ("family unseen" in found)
    return unseen > 1 or (unseen > 0 and best.evidence.name_odds(best.place) < _UNLIKELY_NAME)


def _weigh(page: Shown, places: list[Candidate], abstract: str, tables: Statistics) -> list[_Scored]:
    """Score and sort candidates, the best first; of equals the one that leaves the longer title."""
    if not places:
        return []
    distinct = sorted(set(places), reverse=True)
    evidence = Evidence(page, abstract, tables, distinct)
    weight = tables.weights.get
    scored = []
    for place in distinct:
        found = evidence.features(place)
        scored.append(
            _Scored(sum([weight(name, 0.0) * value for name, value in found.items()]), place, found, evidence)
        )
    scored.sort(key=_score, reverse=True)
    return scored


def _score(each: _Scored) -> float:
    return each.score


def _apart(page: Shown, place: Candidate) -> tuple[str, tuple[str, ...]]:
    return page.text[: place.at], tuple(split_authors(page.text[place.at :]))
