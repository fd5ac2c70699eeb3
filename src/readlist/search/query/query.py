"""A parsed query: what the user asked for, what is wrong with it, and how well a paper answers it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from readlist.search.fold import Span, joined
from readlist.search.query.conditions import All, Condition, Matching, Word
from readlist.search.query.problem import QueryProblem
from readlist.search.query.relevance import Ranking
from readlist.search.text import Field

if TYPE_CHECKING:
    from datetime import date


class Query:
    """What is to be found. The empty query finds everything. Queries are equal when they ask for the same."""

    __slots__ = ("_condition", "_problem", "_ranking", "needles", "pending")

    def __init__(
        self,
        condition: Condition | None = None,
        problem: QueryProblem | None = None,
        pending: QueryProblem | None = None,
    ) -> None:
        self._condition = condition or All()
        self._problem = problem
        self.pending = pending
        """What is missing for as long as nothing follows, of a query that is still being typed."""
        self._ranking = Ranking(leaf for leaf in self._condition.leaves() if isinstance(leaf, Word))
        self.needles: tuple[str, ...] = self._condition.needles

    @classmethod
    def parse(cls, text: str, today: "date | None" = None, *, unfinished: bool = False) -> "Query":
        """Read what was typed; nothing that can be typed is an error, but there may be a `problem`.

        Args:
            text: the query.
            today: what ages (``added:<30d``) are counted from; the day it is, in UTC as all times of the library.
            unfinished: whether it is still being typed, so that its last word may be only a beginning.
        """
        if not text.strip():  # what nearly every start asks for
            return cls()
        from datetime import UTC, datetime  # noqa: PLC0415 - as the next

        from readlist.search.query.parser import parse  # noqa: PLC0415 - 6 ms, when something is asked for

        return cls(*parse(text, today or datetime.now(UTC).date(), unfinished=unfinished))

    @property
    def problem(self) -> QueryProblem | None:
        """What is not understood of it; the rest of it holds."""
        if self._problem:
            return self._problem
        for leaf in self._condition.leaves():
            if isinstance(leaf, Matching) and leaf.pattern.given_up:
                return QueryProblem(f"/{leaf.pattern.source}/ takes too long and was given up", 0, 0)
        return None

    @property
    def is_empty(self) -> bool:
        """Whether it finds everything."""
        return isinstance(self._condition, All) and not self._condition.parts

    @property
    def is_plain(self) -> bool:
        """Whether a text in which all `needles` occur is found, without a further look."""
        return self._condition.is_plain

    @property
    def all_words(self) -> tuple[str, ...]:
        """The folded words and phrases asked for, with a field or without; none that is negated."""
        return tuple(leaf.term for leaf in self._condition.leaves() if isinstance(leaf, Word))

    @property
    def ranks(self) -> bool:
        """Whether some of what it finds answers it better than the rest."""
        return self._ranking.is_telling

    def replacing(self, meant: Mapping[str, str]) -> "Query":
        """The same query with other words: those that are keys of ``meant`` become its values."""
        return Query(self._condition.replacing(meant), self._problem, self.pending)

    def finds(self, text: str) -> bool:
        """Whether it finds the paper with this searchable text."""
        return self._condition.finds(text)

    def narrows(self, other: "Query") -> bool:
        """Whether every paper this query finds is also found by ``other``; False when in doubt."""
        return self._condition.implies(other._condition)  # noqa: SLF001 - of the same class

    def relevance(self, text: str) -> int:
        """How well the paper with this searchable text answers the query; less is better."""
        return self._ranking.rank(text)

    def spans(self, text: str, *fields: Field) -> list[Span]:
        """Where ``text``, which shows ``fields``, holds what was searched for; in order, without overlaps."""
        found = [span for leaf in self._condition.leaves() for field in fields for span in leaf.spans(field, text)]
        return joined(sorted(found))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Query) and self._condition == other._condition

    def __hash__(self) -> int:
        return hash(self._condition)

    def __str__(self) -> str:
        return str(self._condition)

    def __repr__(self) -> str:
        return f"Query({str(self)!r})"
