"""Citations of papers in the library: gives each paper its citation key first, so that a key once handed out stays."""

from collections.abc import Sequence

from readlist.cite.csl_items import as_preprint
from readlist.cite.formats import Citation
from readlist.cite.formats import cite as cite_papers
from readlist.library.errors import LibraryError
from readlist.library.library import Library
from readlist.paper import Paper

WITH_KEY = frozenset({"bibtex", "biblatex", "key", "csl-json", "ris", "latex", "typst"})
"""The formats that hand out citation keys."""


def cite(
    library: Library, papers: Sequence[Paper], style: str, key_pattern: str = "", *, preprint: bool = False
) -> Citation:
    """``papers`` of ``library`` as text in ``style``, a format or the id, name or path of a CSL style.

    Keys that the papers do not have yet are made by ``key_pattern``, that of the settings. With ``preprint`` what is on
    arXiv is cited as a preprint even where it was published.

    Raises:
        ValueError: there is no such style, or it cannot be read; the message says which styles are near.
    """
    needs_keys = style.strip().lower() in WITH_KEY
    papers = keyed(library, papers, key_pattern) if needs_keys else papers
    return cite_papers([as_preprint(paper) for paper in papers] if preprint else papers, style)


def keyed(library: Library, papers: Sequence[Paper], key_pattern: str = "") -> list[Paper]:
    """``papers`` with a citation key each; keys made here are kept in the library, so that they never change again.

    A library that cannot be written gives the keys all the same: they follow from the papers and come out alike.
    """
    # The papers may have been looked at before the last key was handed out.
    papers = [_latest(library, paper) for paper in papers]
    if all(paper.key for paper in papers):
        return papers
    taken = {paper.key for paper in (*library.papers.values(), *library.trash.values()) if paper.key}
    from readlist.cite.keys import with_keys  # noqa: PLC0415 - most copies find their keys already given

    done = with_keys(papers, taken, key_pattern)
    try:
        library.assign_keys({new.id: new.key for new, old in zip(done, papers, strict=True) if not old.key})
    except LibraryError:
        return done
    # Another process may have been first, with another key.
    return [_latest(library, paper) for paper in done]


def _latest(library: Library, paper: Paper) -> Paper:
    return library.papers.get(paper.id) or library.trash.get(paper.id, paper)


def preview(library: Library, papers: Sequence[Paper], style: str, key_pattern: str = "") -> Citation:
    """What `cite` would give, without handing out keys for good.

    Raises:
        ValueError: as `cite`.
    """
    if style.strip().lower() not in WITH_KEY:
        return cite_papers(papers, style)
    from readlist.cite.keys import with_keys  # noqa: PLC0415 - as above

    taken = {paper.key for paper in (*library.papers.values(), *library.trash.values()) if paper.key}
    return cite_papers(with_keys(papers, taken, key_pattern), style)
