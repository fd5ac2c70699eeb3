"""The subject codes of listings and the arXiv categories they mean.

A listing prints the part of a category after its dot, in capitals (``LG`` for cs.LG), or an archive that has no subject
classes (``QUANT-PH``). Several archives share some codes: CO is math.CO, stat.CO and astro-ph.CO.

The categories are arXiv's (https://arxiv.org/category_taxonomy), the archives that were closed and their months
included as arXiv's own taxonomy names them (github.com/arXiv/arxiv-base, ``arxiv/taxonomy/definitions.py``). The names
math.IT, math.MP and stat.TH are left out: they are second names of cs.IT, math-ph and math.ST under which no paper is
filed first. The second names cs.NA, cs.SY and q-fin.EC stay: papers were filed under them before they became that.

What is stored is never a guess; what is searched and counted may take a bare code for each category that it may mean.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

_CLASSES = {
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO SC "
    "SD SE SI SY",
    "econ": "EM GN TH",
    "eess": "AS IV SP SY",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO KT LO MG NA NT OA OC PR QA RA RT SG SP ST",
    "nlin": "AO CD CG PS SI",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph "
    "geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "stat": "AP CO ME ML OT",
}
"""The subject classes of each archive that has some."""

_ARCHIVES = "astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph"
"""Archives under which papers are filed without a class (astro-ph and cond-mat: before they had classes)."""

_CLOSED = {
    "acc-phys": "1996-09",
    "adap-org": "1999-12",
    "alg-geom": "1997-12",
    "ao-sci": "1996-09",
    "atom-ph": "1996-09",
    "bayes-an": "1996-11",
    "chao-dyn": "1999-12",
    "chem-ph": "1996-09",
    "cmp-lg": "1998-09",
    "comp-gas": "1999-12",
    "dg-ga": "1997-12",
    "funct-an": "1997-12",
    "mtrl-th": "1996-09",
    "patt-sol": "1999-12",
    "plasm-ph": "1996-09",
    "q-alg": "1997-12",
    "solv-int": "1999-12",
    "supr-con": "1996-09",
}
"""Closed archives and the last month in which papers were filed under them."""


def _by_code() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    full = [f"{archive}.{name}" for archive, names in _CLASSES.items() for name in names.split()]
    for category in [*full, *_ARCHIVES.split(), *_CLOSED]:
        code = category.rpartition(".")[2].upper()
        table[code] = (*table.get(code, ()), category)
    return table


_CATEGORIES = _by_code()


def is_archive(name: str) -> bool:
    """Whether arXiv has, or had, an archive of this name: ``hep-th``, ``math``, ``cs``."""
    return name in _CLASSES or name in _CLOSED or name in _ARCHIVES.split()


def categories_of(code: str) -> tuple[str, ...]:
    """All arXiv categories that a listing prints as ``code``; none when arXiv has no such code."""
    return _CATEGORIES.get(code, ())


def is_category(text: str) -> bool:
    """Whether ``text`` is the name of an arXiv category ("cs.LG", "quant-ph")."""
    return text in _CATEGORIES.get(text.rpartition(".")[2].upper(), ())


def is_subject(code: str) -> bool:
    """Whether a listing may print ``code``: a subject class, or an archive with or without classes ("MATH")."""
    return code in _CATEGORIES or code.lower() in _CLASSES


def category_of(code: str, published: str = "") -> str:
    """The arXiv category that a listing's code means.

    Args:
        code: As printed: ``LG``, ``QUANT-PH``.
        published: The paper's ISO date. It parts a closed archive from the class that took its place: CHEM-PH is
            chem-ph up to September 1996 and physics.chem-ph later.

    Returns:
        The category, or ``code`` as it is when several archives share it or arXiv does not know it: never a guess.
    """
    found = _CATEGORIES.get(code, ())
    if len(found) > 1 and published:
        month = published[:7]
        closed = [category for category in found if category in _CLOSED]
        if closed:
            found = tuple(category for category in found if (category in closed) == (month <= _CLOSED[closed[0]]))
    return found[0] if len(found) == 1 else code


@lru_cache(maxsize=64)
def codes_within(asked: str) -> frozenset[str]:
    """The bare codes, in lower case, that may mean a category that begins with ``asked``, in lower case as well."""
    return frozenset(
        code.lower()
        for code, categories in _CATEGORIES.items()
        if any(category.lower().startswith(asked) for category in categories)
    )


def answers(category: str, asked: str) -> bool:
    """Whether a search for ``asked`` finds papers of ``category``; both in lower case.

    It does when the category begins so (``cs`` finds ``cs.LG``), when ``asked`` is its bare code (``cv`` finds both
    ``cs.CV`` and ``math.CV``), and when the category is a bare code that may mean such a one (``cs.CV`` finds ``CV``).
    """
    is_code_of_it = "." not in asked and category.endswith(f".{asked}")
    return category.startswith(asked) or is_code_of_it or category in codes_within(asked)


def explained(category: str) -> str:
    """``category`` as it is shown; behind a bare code stands what it may mean."""
    meant = () if "." in category else categories_of(category.upper())
    return category if not meant or category in meant else f"{category} ({' or '.join(meant)})"


class Group(NamedTuple):
    """Papers that are shown under one category."""

    name: str
    """The category, or a bare code of which is not known what it means here."""
    listed_as: str
    """The bare code under which some of them are stored, where it may mean something else as well."""
    number: int

    @property
    def label(self) -> str:
        """What it is called on the screen."""
        return f"{self.name}, {self.listed_as}" if self.listed_as else self.name


def grouped(counts: Iterable[tuple[str, int]]) -> list[Group]:
    """Numbers of papers by category, each bare code with the one category of them that it may mean; most first.

    Where several of them are possible, or none is there, the code stands by itself.
    """
    given = dict(counts)
    groups: dict[str, Group] = {}
    for category, number in given.items():
        name, listed_as = _taken_for(category, given)
        before = groups.get(name, Group(name, "", 0))
        groups[name] = Group(name, listed_as or before.listed_as, before.number + number)
    return sorted(groups.values(), key=lambda group: (-group.number, group.name))


def _taken_for(category: str, there: Mapping[str, int]) -> tuple[str, str]:
    """Under which category ``category`` is shown among those that are ``there``; the code, where that is no more."""
    meant = () if "." in category else categories_of(category.upper())
    if len(meant) == 1:
        return meant[0], ""
    present = [one for one in meant if one in there]
    return (present[0], category) if len(present) == 1 and category not in meant else (category, "")
