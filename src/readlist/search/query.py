"""What the user types to find papers: words, all of which must occur, and "exact phrases"."""

import re
from typing import NamedTuple

from readlist.paper import Paper
from readlist.search.fold import fold

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


def searchable(paper: Paper, readable_title: str = "") -> str:
    """The folded text in which ``paper`` is searched: title, authors, tags, note, identifiers and abstract.

    ``readable_title`` is the title as the screen shows it; both forms are found where they differ. Fields are parted by
    line breaks, so that no phrase is found across two fields.
    """
    parts = [
        paper.title,
        readable_title if readable_title != paper.title else "",
        "\n".join(author.display for author in paper.authors),
        "\n".join(paper.organisations),
        "\n".join(paper.tags),
        paper.note,
        paper.key,
        paper.arxiv_id,
        paper.doi,
        paper.venue,
        paper.category,
        paper.published,
        paper.abstract,
    ]
    return fold("\n".join(part for part in parts if part))
