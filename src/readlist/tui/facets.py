"""What the sidebar lists: saved searches with what they find, and what papers have in common, with counts."""

import heapq
from collections.abc import Callable, Mapping, Sequence

from readlist.latex import to_unicode
from readlist.saved_views import SavedView
from readlist.search.fold import fold
from readlist.search.query import Query
from readlist.search.query.completion import written
from readlist.search.tally import Tally
from readlist.statuses import current, meaning
from readlist.subjects import answers, grouped
from readlist.tui.widgets.sidebar import VIEWS, Entry

_ENTRIES = 12
"""Entries of each group."""


def facets(tally: Tally, views: Sequence[SavedView], number: Callable[[Query], int]) -> list[Entry]:
    """The entries of the sidebar for the papers of ``tally``; ``number`` counts what a query finds."""
    statuses = tally.counts("status")
    return [
        *(Entry(VIEWS, view.name, view.query, number(Query.parse(view.query)), view.sort) for view in views),
        *_statuses(statuses),
        *_most("Tags", "tag", tally.counts("tag")),
        *_years(tally.counts("year")),
        *_categories(tally.counts("category")),
        *_most("Authors", "author", tally.counts("author")),
    ]


def _statuses(counts: Mapping[str, int]) -> list[Entry]:
    names = [(meaning(value).name, counts[value]) for value in sorted(counts, key=current().rank)]
    return [Entry("Status", name, written("status", name), number) for name, number in names]


def _most(group: str, field: str, counts: Mapping[str, int]) -> list[Entry]:
    # Of equally many the first by name: the order must not depend on where papers lie in the file.
    most = heapq.nsmallest(_ENTRIES, counts.items(), key=lambda entry: (-entry[1], entry[0].casefold()))
    shown = [(to_unicode(value), number) for value, number in most]
    return [Entry(group, value, written(field, value), number) for value, number in shown]


def _years(counts: Mapping[str, int]) -> list[Entry]:
    """The latest of ``counts``, the latest first, and in one entry those before them."""
    latest = sorted(counts.items(), reverse=True)
    shown = latest if len(latest) <= _ENTRIES + 1 else latest[:_ENTRIES]
    entries = [Entry("Years", year, written("year", year), number) for year, number in shown]
    if earlier := latest[len(shown) :]:
        first = shown[-1][0]
        entries.append(Entry("Years", f"before {first}", f"year:<{first}", sum(number for _, number in earlier)))
    return entries


def _categories(counts: Mapping[str, int]) -> list[Entry]:
    """Those of ``counts`` as the sidebar lists them: what a search for one finds, bare codes included."""
    entries = []
    for group in grouped(counts.items())[:_ENTRIES]:
        finds = sum(number for name, number in counts.items() if answers(fold(name), fold(group.name)))
        entries.append(Entry("Categories", to_unicode(group.label), written("category", to_unicode(group.name)), finds))
    return entries
