"""What the user types to find papers: words, all of which must occur, and "exact phrases"."""

import re
from typing import NamedTuple

from readlist.latex import to_unicode
from readlist.paper import Paper
from readlist.search.fold import fold

_READABLE = 20_000
"""Characters of an abstract whose readable form is searched: no screen shows more."""
_TERM = re.compile(r'"([^"]*)"?|(\S+)')


class Query(NamedTuple):
    """A parsed query: the folded words and phrases that must all occur in a paper. The empty query finds everything."""

    terms: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Query":
        """Read what was typed; an opening quotation mark without its partner reaches to the end."""
        terms = (fold(phrase or word) for phrase, word in _TERM.findall(text))
        return cls(tuple(dict.fromkeys(" ".join(term.split()) for term in terms if term.strip())))

    def narrows(self, other: "Query") -> bool:
        """Whether every paper this query finds is also found by ``other``."""
        return all(any(old in term for term in self.terms) for old in other.terms)

    def finds(self, haystack: str) -> bool:
        """Whether all terms occur in ``haystack``, a text made by `searchable`."""
        return all(term in haystack for term in self.terms)


def searchable(paper: Paper) -> str:
    """The folded text in which ``paper`` is searched: title, authors, tags, note, identifiers and abstract.

    Where title, authors or abstract hold LaTeX, both what the source wrote and what the screen shows is found. A tag is
    found with and without its sign (#). Fields are parted by line breaks, so that no phrase is found across two fields.
    """
    authors = "\n".join(author.display for author in paper.authors)
    parts = [
        paper.title,
        _readable(paper.title),
        authors,
        "\n".join(_readable(author.display) for author in paper.authors) if _readable(authors) else "",
        "\n".join(paper.organisations),
        "\n".join(f"#{tag}" for tag in paper.tags),
        paper.note,
        paper.key,
        paper.arxiv_id,
        paper.doi,
        paper.venue,
        paper.category,
        paper.published,
        paper.abstract,
        _readable(paper.abstract[:_READABLE]),
    ]
    return fold("\n".join(part for part in parts if part))


def _readable(text: str) -> str:
    """``text`` as the screen shows it, or nothing where that is no different."""
    shown = to_unicode(text)
    return "" if shown == text else shown
