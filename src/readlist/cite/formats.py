"""The one door of this room: papers, or CSL-JSON items, as text in any format or citation style.

A format is BibTeX, RIS and the like; a style is one of the official CSL styles, or a .csl file. Heavy libraries are
imported for styles alone, when the first one is used.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any, NamedTuple

from readlist.cite import bibtex, ris
from readlist.cite.csl_items import Item, arxiv_number, paper_to_item, readable, whole_item
from readlist.cite.keys import with_keys
from readlist.cite.markdown import link, reference
from readlist.cite.short_forms import in_text, latex_citation, org_link, typst_citation
from readlist.cite.styles import StyleError, UnknownStyleError, style_choices, style_title
from readlist.paper import Paper
from readlist.progress import told

__all__ = [
    "COPY_FORMATS",
    "EXPORT_FORMATS",
    "Citation",
    "StyleError",
    "UnknownStyleError",
    "cite",
    "cite_items",
    "export",
    "export_pieces",
    "style_choices",
    "style_label",
]

COPY_FORMATS = {
    "bibtex": "BibTeX",
    "biblatex": "BibLaTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
    "markdown": "Markdown link",
    "markdown-reference": "Markdown reference",
    "org": "Org link",
    "latex": "LaTeX \\cite",
    "typst": "Typst @key",
    "short": "Author (year)",
    "key": "citation key",
    "url": "URL",
    "title": "title",
}
"""The formats that are no CSL styles, and what a message calls them."""

EXPORT_FORMATS = ("bibtex", "biblatex", "ris", "csl-json", "markdown", "csv", "json")
"""What ``export`` writes."""

_PIECE = 500
"""How many papers `export_pieces` writes at a time: a piece stays below a few megabytes."""

_SINGLE_QUOTES = re.compile(r"(?<![^\s(\[])'(?=\S)([^']*\S)'(?!\w)")


class Citation(NamedTuple):
    """Papers as text to be copied."""

    text: str
    html: str
    """The same with italics and the like; empty where the format has no such thing."""
    cut: tuple[str, ...]
    """The titles of the papers whose author list is known to be incomplete, where the format prints authors."""


def cite(papers: Sequence[Paper], style: str) -> Citation:
    """``papers`` as text to be copied.

    Args:
        papers: The papers, cited in this order; a CSL bibliography is sorted and numbered as its style demands.
        style: A format of `COPY_FORMATS`, or the id, short name, title or path of a CSL style.

    Raises:
        UnknownStyleError: there is no such style; the message names the nearest ones.
        StyleError: the style's file is broken; the message says how.
    """
    name = style.strip().lower()
    cut = tuple(readable(paper.title) for paper in papers if not paper.authors_complete)
    if name in _SHORT:
        separator, short = _SHORT[name]
        texts = [short(paper) for paper in with_keys(papers)]
        return Citation(separator.join(text for text in texts if text), "", ())
    if name in _BY_KEYS:
        return Citation(_BY_KEYS[name]([paper.key for paper in with_keys(papers)]), "", ())
    if name in _LINKS:
        links = "\n".join(_LINKS[name](readable(paper.title), _address(paper)) for paper in papers)
        return Citation(links, "<br>\n".join(_anchor(paper) for paper in papers), ())
    if name in _WRITERS:
        return Citation(_WRITERS[name](papers), "", cut)
    full = name == "markdown-reference"
    from readlist.cite.csl import bibliography  # noqa: PLC0415 - for CSL styles alone

    entries = bibliography([_printed(paper_to_item(paper)) for paper in papers], _FULL_REFERENCE if full else style)
    html = entries[0].html if len(entries) == 1 else "\n".join(f"<p>{entry.html}</p>" for entry in entries)
    if full:
        # Without a blank line between them Markdown would make one paragraph of all references.
        return Citation("\n\n".join(reference(entry.html) for entry in entries), html, cut)
    return Citation("\n".join(entry.text for entry in entries), html, cut)


def cite_items(items: Sequence[Mapping[str, Any]], style: str) -> dict[str, str]:
    """Each CSL-JSON item on its own, by its id: the plain text of its bibliography entry, or its BibTeX and the like.

    Raises:
        UnknownStyleError: there is no such style.
        StyleError: the style's file is broken.
    """
    name = style.strip().lower()
    write = _ITEM_WRITERS.get(name)
    if write:
        return {str(item.get("id", "")): write(item) for item in items}
    from readlist.cite.csl import cite_items as cite_in_style  # noqa: PLC0415 - for CSL styles alone

    return cite_in_style(items, style)


def export(papers: Sequence[Paper], format: str) -> str:  # noqa: A002 - the option's name on the command line
    """``papers`` as a file in one of `EXPORT_FORMATS`; ends with a newline, unless there is nothing to write.

    Raises:
        UnknownStyleError: there is no such format.
    """
    return "".join(export_pieces(papers, format))


def export_pieces(papers: Sequence[Paper], format: str) -> Iterator[str]:  # noqa: A002 - as above
    """The text of `export` in pieces of whole lines, made as they are asked for; however many papers, none is large.

    Raises:
        UnknownStyleError: there is no such format.
    """
    name = format.strip().lower()
    if name == "markdown":
        return (f"- {_link(paper)}\n" for paper in told("Writing", papers))
    if name == "json":
        from readlist.record import paper_to_json  # noqa: PLC0415 - for this format alone

        return _json_list(paper_to_json(paper) for paper in told("Writing", papers))
    if name == "csv":
        from readlist.cite.table import table_lines  # noqa: PLC0415 - for this format alone

        return table_lines(told("Writing", papers))
    if name == "csl-json":
        from readlist.csl_custom import with_custom  # noqa: PLC0415 - for this format alone

        return _json_list(with_custom(paper_to_item(paper), paper) for paper in told("Writing", with_keys(papers)))
    write = _FILE_WRITERS.get(name)
    if write is None:
        raise UnknownStyleError(f"there is no export format '{format}'; there are {', '.join(EXPORT_FORMATS)}")
    return _entries(with_keys(papers), write)


def _entries(papers: Sequence[Paper], write: Callable[[Sequence[Paper]], str]) -> Iterator[str]:
    """The entries of a format that parts them by a blank line."""
    for start in told("Writing", range(0, len(papers), _PIECE)):
        text = write(papers[start : start + _PIECE])
        yield ("\n" if start else "") + text + ("" if text.endswith("\n") else "\n")


def _json_list(values: Iterator[Any]) -> Iterator[str]:
    """What `json.dumps` writes of a list with an indent of 2, and a newline."""
    text = ""
    for value in values:
        yield f"{text},\n" if text else "[\n"
        # A line break inside a text is escaped: those that are seen are the layout's own.
        text = "  " + json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    yield f"{text}\n]\n" if text else "[]\n"


def style_label(style: str) -> str:
    """What to call a format or style in a message: "BibTeX", "APA", or the style's title.

    Raises:
        UnknownStyleError: there is no such style.
    """
    return COPY_FORMATS.get(style.strip().lower()) or style_title(style)


def _printed(item: Item) -> Item:
    # What was published is cited as published: where its preprint lies, which the files we write do say, styles such
    # as APA would print behind the venue.
    item.pop("archive", None)
    item.pop("archive_location", None)
    # Styles put numbers in title case; "arXiv:hep-th/9901001" is an identifier and must stay as it is.
    if arxiv_number(item) and "number" in item:
        item["number"] = f'<span class="nocase">{item["number"]}</span>'
    # Straight quotation marks hide from title case what is quoted; curly ones do not.
    item["title"] = _SINGLE_QUOTES.sub("\u2018\\1\u2019", str(item.get("title", "")))
    return item


def _address(paper: Paper) -> str:
    return paper.abstract_page


def _link(paper: Paper) -> str:
    return link(readable(paper.title), _address(paper))


def _anchor(paper: Paper) -> str:
    title, address = escape(readable(paper.title), quote=False), _address(paper)
    return f'<a href="{escape(address)}">{title}</a>' if address else title


def _latex_items(papers: Sequence[Paper]) -> list[Item]:
    return [paper_to_item(paper, latex=True) for paper in with_keys(papers)]


def _bibtex(papers: Sequence[Paper]) -> str:
    return bibtex.write(_latex_items(papers), latex=True)


def _biblatex(papers: Sequence[Paper]) -> str:
    return bibtex.write(_latex_items(papers), biblatex=True, latex=True)


def _ris(papers: Sequence[Paper]) -> str:
    return ris.write([paper_to_item(paper) for paper in with_keys(papers)])


def _bibtex_file(papers: Sequence[Paper], *, biblatex: bool = False) -> str:
    items = [whole_item(paper, latex=True) for paper in with_keys(papers)]
    return bibtex.write(items, biblatex=biblatex, latex=True, whole=True)


def _ris_file(papers: Sequence[Paper]) -> str:
    return ris.write([whole_item(paper) for paper in with_keys(papers)], whole=True)


def _csl_json(papers: Sequence[Paper]) -> str:
    return json.dumps([paper_to_item(paper) for paper in with_keys(papers)], ensure_ascii=False, indent=2) + "\n"


def _item_address(item: Mapping[str, Any]) -> str:
    doi = str(item.get("DOI") or "")
    return str(item.get("URL") or "") or (f"https://doi.org/{doi}" if doi else "")


def _linked(write: Callable[[str, str], str], item: Mapping[str, Any]) -> str:
    return write(str(item.get("title") or ""), _item_address(item))


def _keyed_item(write: Callable[[Sequence[str]], str], item: Mapping[str, Any]) -> str:
    return write([str(item.get("id", ""))])


def _item_reference(item: Mapping[str, Any]) -> str:
    from readlist.cite.csl import bibliography  # noqa: PLC0415 - for CSL styles alone

    return reference(bibliography([item], _FULL_REFERENCE)[0].html)


_FULL_REFERENCE = "apa"
"""The style of a full reference in Markdown: it prints all that is known, and does not number."""

_LINKS: dict[str, Callable[[str, str], str]] = {"markdown": link, "org": org_link}
_BY_KEYS: dict[str, Callable[[Sequence[str]], str]] = {"latex": latex_citation, "typst": typst_citation}
_SHORT: dict[str, tuple[str, Callable[[Paper], str]]] = {
    "key": (",", lambda paper: paper.key),
    "short": ("; ", lambda paper: in_text(paper_to_item(paper))),
    "url": ("\n", _address),
    "title": ("\n", lambda paper: readable(paper.title)),
}
_WRITERS: dict[str, Callable[[Sequence[Paper]], str]] = {
    "bibtex": _bibtex,
    "biblatex": _biblatex,
    "ris": _ris,
    "csl-json": _csl_json,
}
_FILE_WRITERS: dict[str, Callable[[Sequence[Paper]], str]] = {
    "bibtex": _bibtex_file,
    "biblatex": partial(_bibtex_file, biblatex=True),
    "ris": _ris_file,
}
"""What is exported holds abstract, keywords and the like; what is copied does not."""
_ITEM_WRITERS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "bibtex": lambda item: bibtex.write([item]),
    "biblatex": lambda item: bibtex.write([item], biblatex=True),
    "ris": lambda item: ris.write([item]),
    **{name: partial(_linked, write) for name, write in _LINKS.items()},
    **{name: partial(_keyed_item, write) for name, write in _BY_KEYS.items()},
    "markdown-reference": _item_reference,
    "short": in_text,
    "csl-json": lambda item: json.dumps([item], ensure_ascii=False, indent=2),
    "key": lambda item: str(item.get("id", "")),
    "url": lambda item: str(item.get("URL") or ""),
    "title": lambda item: str(item.get("title") or ""),
}
