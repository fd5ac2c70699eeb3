"""Telling cites apart that would look the same.

Restores: "Disambiguation" (CSL 1.0.2), of which citeproc-py has nothing: ``disambiguate-add-names``,
``disambiguate-add-givenname`` with each ``givenname-disambiguation-rule``, the condition ``disambiguate`` and
``disambiguate-add-year-suffix``, in this order, each only for the cites that the ones before left alike.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from readlist.cite.csl_compat.elements import Cite, Expansion
from readlist.cite.csl_compat.persons import initials

_INITIALS, _WHOLE = 1, 2

Make = Callable[[int, Expansion], tuple[str, Cite]]
"""Renders the item at a place with an expansion: the visible text of its cite, and the cite after rendering."""


class Settled:
    """What each item, by its place, needs to be told from the others."""

    def __init__(self, count: int) -> None:
        self.expansions = [Expansion()] * count
        self.year_suffixes = [""] * count


def settle_cites(citation: Any, count: int, make: Make, names: Sequence[Sequence[dict[str, str]]]) -> Settled:
    """Tell ``count`` items apart as ``citation``, the style's ``cs:citation``, asks.

    Args:
        citation: The element with the attributes of disambiguation.
        count: How many items there are; they come in the order in which year suffixes are given.
        make: Renders one of them.
        names: The names of each item that its cite would print, for the rules that look at all names.
    """
    settled = Settled(count)
    rule = citation.get("givenname-disambiguation-rule", "by-cite")
    wants_givens = citation.get("disambiguate-add-givenname") == "true"
    if wants_givens and rule != "by-cite":
        settled.expansions = _expand_alike(citation, names, rule)
    adds_names = citation.get("disambiguate-add-names") == "true"
    adds_givens = wants_givens and rule == "by-cite"
    adds_suffix = citation.get("disambiguate-add-year-suffix") == "true"
    has_condition = citation.getroottree().find(".//{*}if[@disambiguate]") is not None or (
        citation.getroottree().find(".//{*}else-if[@disambiguate]") is not None
    )
    for group in _alike(range(count), settled.expansions, make):
        if adds_names or adds_givens:
            _expand(group, settled, make, names=adds_names, givens=adds_givens)
        for still in _alike(group, settled.expansions, make):
            if has_condition:
                for place in still:
                    settled.expansions[place] = settled.expansions[place]._replace(disambiguate=True)
        if adds_suffix:
            for still in _alike(group, settled.expansions, make):
                for number, place in enumerate(sorted(still), 1):
                    settled.year_suffixes[place] = letters(number)
    return settled


def _alike(places: Sequence[int], expansions: Sequence[Expansion], make: Make) -> list[list[int]]:
    """The groups of places, of two or more, whose cites look the same."""
    groups: dict[str, list[int]] = {}
    for place in places:
        groups.setdefault(make(place, expansions[place])[0], []).append(place)
    return [group for group in groups.values() if len(group) > 1]


def _steps(cites: Sequence[Cite], *, names: bool, givens: bool) -> Iterator[tuple[str, int, int, int]]:
    """What can be shown more, name after name: one more name, then more of its given name.

    Names that are the same in all cites tell nothing apart and are passed over: a list may have thousands of them.
    """
    for place in range(max(len(cite.lists) for cite in cites)):
        lists = [cite.lists[place] for cite in cites if place < len(cite.lists)]
        shown, longest = min(count for count, _ in lists), max(len(known) for _, known in lists)
        for index in range(longest if names else shown):
            here = [known[index] if index < len(known) else None for _, known in lists]
            if len(lists) == len(cites) and all(name == here[0] for name in here):
                continue
            if index >= shown:
                yield ("name", place, index, index + 1)
            if givens:
                yield ("given", place, index, _INITIALS)
                yield ("given", place, index, _WHOLE)


def _with(base: Expansion, step: tuple[str, int, int, int]) -> Expansion:
    kind, place, index, amount = step
    if kind == "name":
        return base._replace(names={**base.names, place: amount})
    return base._replace(givens={**base.givens, (place, index): amount})


def _expand(group: list[int], settled: Settled, make: Make, *, names: bool, givens: bool) -> None:
    """Show more of the names of ``group`` until its cites differ, and no more than helps."""
    start = settled.expansions[group[0]]
    cites = [make(place, settled.expansions[place])[1] for place in group]
    pending: list[tuple[list[int], Expansion]] = [(group, start)]
    probe = start
    for step in _steps(cites, names=names, givens=givens):
        probe = _with(probe, step)
        left: list[tuple[list[int], Expansion]] = []
        for members, best in pending:
            parts: dict[str, list[int]] = {}
            for place in members:
                parts.setdefault(make(place, probe)[0], []).append(place)
            if len(parts) > 1:
                shown = {**best.names, step[1]: probe.names[step[1]]} if step[1] in probe.names else best.names
                best = _with(best._replace(names=shown), step)  # noqa: PLW2901 - this part's own, from here on
            for part in parts.values():
                if len(part) == 1:
                    settled.expansions[part[0]] = best
                else:
                    left.append((part, best))
        pending = left
        if not pending:
            return
    for members, best in pending:
        for place in members:
            settled.expansions[place] = best


def _expand_alike(citation: Any, names: Sequence[Sequence[dict[str, str]]], rule: str) -> list[Expansion]:
    """Given names for all names, in all cites, that look like another person's name ("all-names" and its kin)."""
    only_first = rule.startswith("primary-name")
    most = _INITIALS if rule.endswith("-with-initials") else _WHOLE
    mark = _option(citation, "initialize-with")
    people: dict[str, set[tuple[str, str]]] = {}
    for listed in names:
        for name in listed[:1] if only_first else listed:
            people.setdefault(_family(name), set()).add(_person(name, mark))
    out = []
    for listed in names:
        givens = {}
        for index, name in enumerate(listed[:1] if only_first else listed):
            same = people[_family(name)]
            if len(same) < 2 or "given" not in name:  # noqa: PLR2004 - one person is never ambiguous
                continue
            short, _ = _person(name, mark)
            clashes = sum(other == short for other, _ in same) > 1
            level = _WHOLE if clashes and mark is not None else _INITIALS
            if level <= most:
                givens[0, index] = level
            elif len({other for other, _ in same}) > 1:
                givens[0, index] = most
        out.append(Expansion(givens=givens))
    return out


def _option(citation: Any, name: str) -> str | None:
    for element in (citation, citation.getparent()):
        if element.get(name) is not None:
            return str(element.get(name))
    found = citation.getroottree().find(f".//{{*}}name[@{name}]")
    return None if found is None else str(found.get(name))


def _family(name: dict[str, str]) -> str:
    return " ".join(
        name.get(part, "") for part in ("literal", "dropping-particle", "non-dropping-particle", "family")
    ).strip()


def _person(name: dict[str, str], mark: str | None) -> tuple[str, str]:
    given = name.get("given", "")
    return (initials(given, mark or "") if mark is not None else given, given)


def letters(number: int) -> str:
    """a, b, … z, aa, … for 1, 2, and so on."""
    text = ""
    while number:
        number, place = divmod(number - 1, 26)
        text = chr(ord("a") + place) + text
    return text
