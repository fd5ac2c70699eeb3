"""What is wrong with a query, and where."""

from typing import NamedTuple


class QueryProblem(NamedTuple):
    """Why a query is not understood, and where: from ``start`` to ``end`` in what was typed."""

    message: str
    start: int
    end: int
    is_pending: bool = False
    """Whether the user is still typing, so that what follows may mend it."""
