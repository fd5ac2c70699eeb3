"""From the QUERY of a command line to papers."""

import atexit
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from readlist.config import library_path
from readlist.errors import NothingFoundError, UsageError
from readlist.lazy_pattern import lazy_pattern
from readlist.library.reader import LibraryReader
from readlist.paper import Paper
from readlist.search.orders import Order, sort_papers
from readlist.verbs.printing import warn

if TYPE_CHECKING:
    import argparse

    from readlist.library.library import Library
    from readlist.search.query import Query, QueryProblem
    from readlist.search.query.forgiving import Forgiven

_ARXIV_FRONT = lazy_pattern(
    r"(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format|e-print|src)/|arxiv:\s*"
    r"|(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\."
)
_ARXIV_TAIL = lazy_pattern(r"(?:v\d+)?(?:\.pdf)?/?(?:[?#].*)?$")
_DOI_FRONT = lazy_pattern(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*")
_VERSION = lazy_pattern(r"^(\d{4}\.\d{4,5}|[a-z.-]+/\d{7})v\d+$")
_NAMED = 4
"""How many papers the complaint about an ambiguous query names."""


def open_library(options: "argparse.Namespace") -> "Library":
    """The library that the options or the environment name."""
    from readlist.library.library import Library  # noqa: PLC0415 - not to look alone

    library = Library.open(library_path(options.library))
    atexit.register(library.close)  # which folds the changes of this call into the file
    _say_warnings(library)
    return library


def look_into_library(options: "argparse.Namespace") -> LibraryReader:
    """As `open_library`, for verbs that change nothing, which saves a tenth of their time."""
    reader = LibraryReader.look_into(library_path(options.library))
    if reader.has_unfolded:  # perhaps by a readlist that was killed: whoever comes next folds it
        return open_library(options)
    _say_warnings(reader)
    return reader


def _say_warnings(library: LibraryReader) -> None:
    for sentence in (*library.warnings, *library.damaged):
        warn(f"readlist: {sentence}")


class QueryError(UsageError):
    """A query is wrong; nothing is found by it, so that nothing is done to papers that were not meant."""

    def __init__(self, text: str, problem: "QueryProblem") -> None:
        super().__init__(problem.message)
        self.place = f"{text}\n{' ' * problem.start}{'^' * (problem.end - problem.start)}" if problem.end else text


def find(
    library: LibraryReader,
    words: Sequence[str],
    order: Order | None = None,
    *,
    in_trash: bool = False,
    forgive: "Callable[[Forgiven], object] | None" = None,
) -> list[Paper]:
    """The papers that ``words`` mean: the one with that id, key, arXiv id or DOI, else all that they find as a query.

    An arXiv id may carry a version, and both it and a DOI may be written as web addresses; their case is no matter.

    Args:
        library: where.
        words: the query, as the shell has cut it.
        order: that of the papers; None is by relevance when there are words, else by date.
        in_trash: whether the trash is meant.
        forgive: what to do with a typing error that was forgiven; None forgives none.

    Raises:
        QueryError: the query is wrong.
    """
    papers = (library.trash if in_trash else library.papers).values()
    text = " ".join(word.strip() for word in words)
    if not text:
        return sort_papers(papers, order or Order.DATE)
    identifier = _identifier(text)
    named = [
        paper
        for paper in papers
        if text in _names(paper) or (identifier and identifier in (paper.arxiv_id.lower(), paper.doi.lower()))
    ]
    if named:
        return sort_papers(named, order or Order.DATE)
    from readlist.search.text import searchable  # noqa: PLC0415 - most lists are made without a query

    query = _query(text)
    if query.problem:
        raise QueryError(text, query.problem)
    if query.is_empty:
        return sort_papers(papers, order or Order.DATE)
    texts = {paper.id: searchable(paper) for paper in papers}
    found = [paper for paper in papers if query.finds(texts[paper.id])]
    if not found and forgive and (forgiven := _forgiven(query, list(texts.values()))):
        forgive(forgiven)
        query = forgiven.query
        found = [paper for paper in papers if query.finds(texts[paper.id])]
    if query.problem:  # known only after the search: it took too long
        raise QueryError(text, query.problem)
    found = sort_papers(found, order or Order.DATE)
    by_relevance = order in {None, Order.RELEVANCE} and query.ranks
    return sorted(found, key=lambda paper: query.relevance(texts[paper.id])) if by_relevance else found


def find_some(library: LibraryReader, words: Sequence[str], *, in_trash: bool = False) -> list[Paper]:
    """As `find`, but finding nothing is an error.

    Raises:
        NothingFoundError: no paper is meant.
    """
    found = find(library, words, in_trash=in_trash)
    if not found:
        if in_trash:
            raise NothingFoundError(
                f"no paper in the trash matches {' '.join(words)!r}" if words else "the trash is empty"
            )
        if library.is_new:
            raise NothingFoundError(f"there is no library at {library.path} yet; readlist without a verb starts one")
        raise NothingFoundError(f"no paper matches {' '.join(words)!r}" if words else "the library is empty")
    return found


def say_forgiven(forgiven: "Forgiven") -> None:
    """Say on standard error for what words the query was taken."""
    warn(f"readlist: {forgiven}")


def find_meant(library: LibraryReader, words: Sequence[str], *, in_trash: bool = False) -> list[Paper]:
    """As `find_some`, but when one paper alone has all the words in its title, that one is meant."""
    found = find_some(library, words, in_trash=in_trash)
    from readlist.search.text import searchable  # noqa: PLC0415 - as in `find`

    query = _query(" ".join(words))
    titled = [paper for paper in found if query.finds(searchable(Paper(title=paper.title)))]
    return titled if len(titled) == 1 else found


def find_one(library: LibraryReader, words: Sequence[str]) -> Paper:
    """The one paper that ``words`` mean.

    Raises:
        NothingFoundError: there is none.
        UsageError: there are several.
    """
    found = find_meant(library, words)
    if len(found) > 1:
        raise UsageError(f"{' '.join(words)!r} matches {len(found)} papers: {_titles(found)}; say it more exactly")
    return found[0]


def find_targets(library: LibraryReader, options: "argparse.Namespace", *, in_trash: bool = False) -> tuple[str, ...]:
    """The ids of the papers a verb changes: one, or with ``--all`` as many as match.

    Raises:
        NothingFoundError: there is none.
        UsageError: there are several and ``--all`` was not given.
    """
    find_them = find_some if options.all else find_meant
    found = find_them(library, options.query, in_trash=in_trash)
    if len(found) > 1 and not options.all:
        raise UsageError(
            f"{' '.join(options.query)!r} matches {len(found)} papers: {_titles(found)}; --all takes them all"
        )
    return tuple(paper.id for paper in found)


def _query(text: str) -> "Query":
    from readlist.search.query import Query  # noqa: PLC0415 - most lists are made without one

    return Query.parse(text)


def _forgiven(query: "Query", texts: Sequence[str]) -> "Forgiven | None":
    from readlist.search.query.forgiving import forgive  # noqa: PLC0415 - where nothing was found

    return forgive(query, texts)


def _names(paper: Paper) -> tuple[str, ...]:
    return tuple(name for name in (paper.id, paper.key, paper.title) if name)


def _identifier(text: str) -> str:
    """The arXiv id without its version, or the DOI, that ``text`` is or leads to, in lower case; else ``text`` so."""
    text = text.strip().lower()
    address = _ARXIV_FRONT.match(text)
    if address:
        return _ARXIV_TAIL.sub("", text[address.end() :])
    doi = _DOI_FRONT.match(text)
    if doi:
        return text[doi.end() :].rstrip("/")
    return _VERSION.sub(r"\1", text)


def _titles(papers: Sequence[Paper]) -> str:
    shown = ", ".join(f"“{paper.title[:40]}”" for paper in papers[:_NAMED])
    return shown + (", …" if len(papers) > _NAMED else "")
