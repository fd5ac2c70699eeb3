"""``readlist list`` and ``readlist show``."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from readlist.latex import plain, to_unicode
from readlist.paper import Paper
from readlist.record import paper_to_json
from readlist.search.orders import Order
from readlist.statuses import current, meaning
from readlist.verbs.finding import find, find_meant, find_some, look_into_library, open_library, say_forgiven
from readlist.verbs.printing import print_json, warn

if TYPE_CHECKING:
    import argparse

    from readlist.library.library import Library

_AUTHOR_COLUMN = 16
_SPOKEN_AUTHORS = 3


def run_list(options: "argparse.Namespace") -> int:
    """Print the papers that match, one a line; on a terminal each line is cut to its width."""
    library = None if options.format is None else open_library(options)  # which may keep the keys that it prints
    reader = library or look_into_library(options)
    order = Order(options.sort) if options.sort else None
    found = find(reader, options.query, order, forgive=say_forgiven)
    holds = _shelf(options.show)
    papers = [paper for paper in found if holds(paper)]
    if options.json:
        _print_json(papers)
    elif library:
        _print_formatted(library, papers, options.format)
    elif options.plain:
        sys.stdout.writelines(f"{plain(_spoken(paper))}\n" for paper in papers)
    elif papers:
        width = _terminal_width()
        sys.stdout.write("".join(_row(paper)[:width] + "\n" for paper in papers))
    if papers:
        return 0
    if not options.json:
        find_some(reader, options.query)
        warn(f"readlist: no {options.show} paper matches")
    return 1


def _shelf(name: str) -> Callable[[Paper], bool]:
    """Whether a paper stands on the shelf of this name, or has the status of this name."""
    if name == "all":
        return lambda _: True
    from readlist.search.shelves import Shelf  # noqa: PLC0415 - most lists are of all papers

    if name in {shelf.value for shelf in Shelf}:
        return Shelf(name).holds
    status = current().find(name)
    return lambda paper: status is not None and paper.status == status.value


def run_show(options: "argparse.Namespace") -> int:
    """Print each paper that matches in full."""
    papers = find_meant(look_into_library(options), options.query)
    if options.json:
        _print_json(papers)
    else:
        sys.stdout.write("\n".join(map(_full, papers)))
    return 0


def _print_json(papers: list[Paper]) -> None:
    print_json([paper_to_json(paper) for paper in papers])


def _print_formatted(library: "Library", papers: Sequence[Paper], template: str) -> None:
    from readlist.verbs.templates import Template  # noqa: PLC0415 - for those who ask for it

    form = Template(template)
    if "key" in form.names:  # what is printed may be given back to us, or stand in a manuscript: it is kept
        from readlist.config import load_config  # noqa: PLC0415 - likewise
        from readlist.referencing import keyed  # noqa: PLC0415 - likewise

        papers = keyed(library, papers, load_config().key_pattern)
    clean = plain if sys.stdout.isatty() else str
    sys.stdout.writelines(f"{clean(form.line(paper))}\n" for paper in papers)


def _terminal_width() -> int | None:
    if not sys.stdout.isatty():
        return None
    import shutil  # noqa: PLC0415 - only a terminal has a width

    return shutil.get_terminal_size().columns


def _row(paper: Paper) -> str:
    author = to_unicode(paper.authors[0].short) if paper.authors else "–"
    if len(paper.authors) > 1 or not paper.authors_complete:
        author += " +"
    star = "★" if paper.star else " "
    sign = meaning(paper.status).glyph
    return (
        f"{sign}{star} {paper.year or '    '}  {author:<{_AUTHOR_COLUMN}.{_AUTHOR_COLUMN}}  {to_unicode(paper.title)}"
    )


def _spoken(paper: Paper) -> str:
    """One sentence after the other, without signs: for a screen reader."""
    authors = [to_unicode(author.display) for author in paper.authors[:_SPOKEN_AUTHORS]]
    more = len(paper.authors) - len(authors)
    others = f" and {more} more" if more else "" if paper.authors_complete else " and others"
    parts = [
        to_unicode(paper.title),
        f"By {', '.join(authors)}{others}" if authors else "",
        paper.year,
        meaning(paper.status).name.capitalize() + (", starred" if paper.star else ""),
        f"Tags: {', '.join(paper.tags)}" if paper.tags else "",
        "Has a note" if paper.note else "",
    ]
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def _full(paper: Paper) -> str:
    from readlist.subjects import explained  # noqa: PLC0415 - a list names no categories

    authors = ", ".join(to_unicode(author.display) for author in paper.authors)
    lines = [
        ("Title", to_unicode(paper.title)),
        ("Authors", authors + ("" if paper.authors_complete else " et al. (the list is cut)")),
        ("Published", paper.published),
        ("Venue", paper.venue),
        ("Category", explained(paper.category)),
        ("arXiv", paper.arxiv_id),
        ("DOI", paper.doi),
        ("Address", paper.abstract_page),
        ("Organisations", ", ".join(paper.organisations)),
        ("Code", "yes" if paper.has_code else ""),
        ("Key", paper.key),
        ("Status", meaning(paper.status).name + (", starred" if paper.star else "")),
        ("Tags", " ".join(paper.tags)),
        ("Check", paper.review_reason),
        ("Id", paper.id),
    ]
    text = "".join(f"{name + ':':<15}{plain(value)}\n" for name, value in lines if value)
    if paper.abstract:
        text += f"\n{to_unicode(paper.abstract)}\n"
    if paper.note:
        text += "\nNote:\n" + "".join(f"{plain(line)}\n" for line in paper.note.splitlines())
    return text
