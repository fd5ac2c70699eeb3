"""The query language: ``Query.parse`` reads it, a `Query` decides on the searchable text of a paper."""

from readlist.search.query.problem import QueryProblem
from readlist.search.query.query import Query

__all__ = ["Query", "QueryProblem"]
