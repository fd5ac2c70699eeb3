"""How often each value of a field occurs in a library: what completions offer and the sidebar counts."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from readlist.latex import to_unicode
from readlist.paper import Paper
from readlist.search.pile import changes_between

_OFFERED = 20_000
"""Values of a field that are ranked; nobody types the beginning of a rarer one by chance."""
_FEW = 1_000
"""Changed papers that are followed one by one; with more, all are counted anew."""

_FIELDS: dict[str, Callable[[Paper], Sequence[str]]] = {
    "author": lambda paper: [to_unicode(author.display) for author in paper.authors],
    "editor": lambda paper: [to_unicode(editor.display) for editor in paper.editors],
    "tag": lambda paper: paper.tags,
    "venue": lambda paper: [paper.venue],
    "category": lambda paper: [paper.category],
    "org": lambda paper: paper.organisations,
    "key": lambda paper: [paper.key],
    "status": lambda paper: [paper.status],
    "year": lambda paper: [paper.year],
}
"""By the names of the query language."""


class Tally:
    """The counts of one state of the papers. Never changed: any thread may read them."""

    def __init__(self, papers: Mapping[str, Paper], counts: Mapping[str, Counter[str]]) -> None:
        self._papers = papers
        self._counts = counts
        self._ranked: dict[str, Sequence[str]] = {}

    @classmethod
    def of(cls, papers: Mapping[str, Paper], is_wanted: Callable[[], bool] = lambda: True) -> "Tally":
        """The counts of ``papers``; each is looked at once, which takes seconds with 100,000.

        It ends early, with whatever has been counted, when it is not wanted any more: nobody who quits waits for it.
        """
        counts: dict[str, Counter[str]] = {field: Counter() for field in _FIELDS}
        for paper in papers.values():
            if not is_wanted():
                break
            for field, values in _FIELDS.items():
                counts[field].update(values(paper))
        return cls(papers, counts)

    def after(self, papers: Mapping[str, Paper]) -> "Tally | None":
        """The counts of ``papers``, which come from those counted by changes; None where all must be counted anew."""
        changed = changes_between(self._papers, papers)
        if changed is None or len(changed) > _FEW:
            return None
        counts = dict(self._counts)
        for field, values in _FIELDS.items():
            change: Counter[str] = Counter()
            for identifier in changed:
                if (before := self._papers.get(identifier)) is not None:
                    change.subtract(values(before))
                if (now := papers.get(identifier)) is not None:
                    change.update(values(now))
            if any(change.values()):
                counts[field] = +_sum(counts[field], change)
        after = Tally(papers, counts)
        same = [field for field in self._ranked if counts[field] is self._counts[field]]
        after._ranked = {field: self._ranked[field] for field in same}
        return after

    def counts(self, field: str) -> dict[str, int]:
        """How often each value of the field of this name occurs; the empty one is none."""
        return {value: number for value, number in self._counts[field].items() if value}

    def values(self, field: str) -> Sequence[str]:
        """What occurs in the field of this name of the query language, the most frequent first."""
        if field not in self._counts:
            return ()
        if field not in self._ranked:
            self._ranked[field] = [value for value, _ in self._counts[field].most_common(_OFFERED) if value]
        return self._ranked[field]


def _sum(counts: Counter[str], change: Counter[str]) -> Counter[str]:
    changed = counts.copy()
    changed.update(change)
    return changed
