"""The immutable, filtered and sorted view of the papers that the list shows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from readlist.paper import Paper
from readlist.search.orders import Order, sort_papers, start_order
from readlist.search.query import Query
from readlist.search.shelves import Counts, Shelf, queue_of

if TYPE_CHECKING:
    from readlist.search.query.forgiving import Forgiven

__all__ = ["Counts", "Listed", "Order", "Shelf", "View", "queue_of", "sort_papers", "start_order"]


class Listed(Sequence[Paper]):
    """Papers by their ids: a paper is looked up in the library when it is looked at.

    Args:
        ids: in the order of the list; must not be changed any more.
        papers: those of the library as it was then, by id.
    """

    __slots__ = ("_papers", "ids")

    def __init__(self, ids: Sequence[str], papers: Mapping[str, Paper]) -> None:
        self.ids = ids
        self._papers = papers

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Paper: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Paper, ...]: ...
    def __getitem__(self, place: int | slice) -> Paper | tuple[Paper, ...]:
        if isinstance(place, slice):
            return tuple([self._papers[identifier] for identifier in self.ids[place]])
        return self._papers[self.ids[place]]

    def __iter__(self) -> Iterator[Paper]:
        papers = self._papers
        return (papers[identifier] for identifier in self.ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(Paper.__eq__, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self.ids))

    def __repr__(self) -> str:
        return f"Listed({list(self.ids)!r})"


class View(NamedTuple):
    """What the list shows: papers on one shelf that a query finds, in one order. Never changed, only made anew."""

    papers: Sequence[Paper] = ()
    shelf: Shelf = Shelf.ALL
    query: Query = Query()
    order: Order = Order.DATE
    counts: Counts = Counts()
    forgiven: "Forgiven | None" = None
    """What the query was taken for, since it finds nothing itself."""
    next_up: Paper | None = None
    """The first paper of the reading queue, whatever is shown."""

    @property
    def ids(self) -> Sequence[str]:
        """The ids of the papers, in their order."""
        return self.papers.ids if isinstance(self.papers, Listed) else [paper.id for paper in self.papers]

    def position(self, identifier: str, near: int = 0) -> int | None:
        """The row of the paper with this id, or None where it is not shown; it is looked for at row ``near`` first."""
        if not identifier:  # papers of which nothing is known yet have no id
            return None
        ids = self.ids
        if near < len(ids) and ids[near] == identifier:
            return near
        try:
            return ids.index(identifier)
        except ValueError:
            return None
