"""Completing a cut author list from the packaged identifiers, without a connection."""

import json
from functools import lru_cache

from readlist.intake.seed import DATA, Identifiers, normal_title
from readlist.names import split_name
from readlist.paper import Author, Paper


def complete_authors(paper: Paper) -> tuple[Author, ...] | None:
    """All authors of ``paper``, whose list is cut; None when the packaged identifiers do not know them.

    A paper is known by its arXiv id, its DOI or its title. The authors that it has already stay as they are, since the
    user may have corrected them; where they are not the first ones of the known list, it is another paper.
    """
    entry = _entry(paper)
    if entry is None:
        return None
    known = tuple(split_name(name) for name in entry["authors"])
    given = paper.authors
    if len(known) < len(given) or any(not _same(*pair) for pair in zip(given, known, strict=False)):
        return None
    return (*given, *known[len(given) :])


def _same(one: Author, other: Author) -> bool:
    return normal_title(one.short) == normal_title(other.short) or normal_title(one.display) == normal_title(
        other.display
    )


def _entry(paper: Paper) -> Identifiers | None:
    names = _index()
    keys = (_arxiv(paper.arxiv_id), _doi(paper.doi), _title(paper.title))
    return next((names[key] for key in keys if key in names), None)


@lru_cache(maxsize=1)
def _index() -> dict[str, Identifiers]:
    known: list[Identifiers] = json.loads((DATA / "identifiers.json").read_text(encoding="utf-8"))
    index: dict[str, Identifiers] = {}
    for entry in known:
        for key in (_arxiv(entry["arxiv_id"]), _doi(entry["doi"]), _title(entry["title"])):
            if key:
                index.setdefault(key, entry)
    return index


def _arxiv(identifier: str | None) -> str:
    return f"arxiv:{identifier}" if identifier else ""


def _doi(doi: str | None) -> str:
    return f"doi:{doi.lower()}" if doi else ""


def _title(title: str) -> str:
    normal = normal_title(title)
    return f"title:{normal}" if normal else ""
