"""Links between papers in notes: ``[[key]]``, where a key is a citation key, an arXiv id, a DOI or an id."""

import re
from collections.abc import Iterable, Mapping

from readlist.paper import Paper

_LINK = re.compile(r"\[\[([^\[\]\n|]+)(\|[^\[\]\n]*)?\]\]")
_BEGUN = re.compile(r"\[\[([^\[\]|]{0,80})$")
SCHEME = "readlist:"
"""How an address begins that leads to a paper."""


def begun(before: str) -> str | None:
    """What has been typed of a link at the end of ``before``, a line up to the cursor; None where none is open."""
    match = _BEGUN.search(before)
    return match[1] if match else None


def name_of(paper: Paper) -> str:
    """The key by which a new link leads to ``paper``."""
    return paper.key or paper.arxiv_id or paper.doi or paper.id


def link_to(paper: Paper) -> str:
    """A link to ``paper``; where its id alone names it, with the title to be read by people."""
    name = name_of(paper)
    if name != paper.id:
        return f"[[{name}]]"
    title = " ".join(re.sub(r"[\[\]|]", " ", paper.title).split())
    return f"[[{name}|{title}]]" if title else f"[[{name}]]"


def links(note: str) -> list[str]:
    """The keys that ``note`` links to, each once, in their order."""
    return list(dict.fromkeys(match[1].strip() for match in _LINK.finditer(note)))


def names(paper: Paper) -> set[str]:
    """The keys by which ``paper`` can be linked to, in lower case."""
    return {name.lower() for name in (paper.key, paper.arxiv_id, paper.doi, paper.id) if name}


def linked(papers: Mapping[str, Paper], note: str) -> dict[str, Paper]:
    """The papers that ``note`` links to, by the key as it is written there; what leads nowhere is left out."""
    wanted = {key.lower(): key for key in links(note)}
    found: dict[str, Paper] = {}
    for paper in papers.values() if wanted else ():
        for name in names(paper) & wanted.keys():
            found.setdefault(wanted[name], paper)
    return found


def back_links(papers: Iterable[Paper], paper: Paper) -> list[Paper]:
    """The papers whose notes link to ``paper``."""
    mine = names(paper)
    return [
        other
        for other in papers
        if "[[" in other.note and other.id != paper.id and mine & {key.lower() for key in links(other.note)}
    ]


def as_markdown(note: str, found: Mapping[str, Paper]) -> str:
    """``note`` with its links as Markdown has them, leading to ``readlist:`` and the id of a paper."""

    def written(match: re.Match[str]) -> str:
        key, shown = match[1].strip(), (match[2] or "").removeprefix("|").strip()
        paper = found.get(key)
        return f"[{shown or key}](<{SCHEME}{paper.id}>)" if paper else f"{shown or key} (no such paper)"

    return _LINK.sub(written, note)
