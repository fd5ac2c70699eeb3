r"""BibTeX and BibLaTeX entries that bibtex, biber and pybtex read back as they were meant.

Files are UTF-8 (see ``texescape``). An arXiv preprint is ``@misc`` with ``eprint``, ``archiveprefix`` and
``primaryclass`` as arXiv recommends, and ``howpublished`` because the classic styles print nothing else of it; in
BibLaTeX it is ``@online`` with ``eprinttype`` and ``eprintclass``. Names are ``von Last, Jr, First``; a group is
braced so that "and" and commas in it join nothing; a list that is known to be cut ends in ``and others``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from readlist.cite.bibtex_further import further_fields
from readlist.cite.bibtex_names import write_names
from readlist.cite.csl_items import arxiv_number, issued_parts
from readlist.cite.texescape import escape_latex, escape_marked, escape_text, one_line, protect

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "paper-conference": "inproceedings",
    "book": "book",
    "chapter": "incollection",
    "entry": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
}
_BIBLATEX_TYPES = {
    **_TYPES,
    "thesis": "thesis",
    "report": "report",
    "webpage": "online",
    "post": "online",
    "post-weblog": "online",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "periodical": "periodical",
    "review": "review",
    "standard": "standard",
    "graphic": "artwork",
    "motion_picture": "movie",
    "song": "audio",
    "performance": "performance",
    "personal_communication": "letter",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_KEY_FORBIDDEN = re.compile(r"[\s{}(),=\"'#%~\\@\x00-\x1f\x7f]+")

Fields = dict[str, str]


def write(
    items: Sequence[Mapping[str, Any]], *, biblatex: bool = False, latex: bool = False, whole: bool = False
) -> str:
    """The entries of ``items``, with a blank line between them and a newline at the end of each.

    Args:
        items: CSL-JSON items; the id is the key.
        biblatex: Write BibLaTeX's types and fields instead of BibTeX's.
        latex: Titles are LaTeX, as papers have them, and not text with CSL's markup.
        whole: Write also what no bibliography prints: abstract, keywords, and fields that only some programs know.
    """
    return "\n".join(_entry(item, biblatex=biblatex, latex=latex, whole=whole) for item in items)


def _entry(item: Mapping[str, Any], *, biblatex: bool, latex: bool, whole: bool) -> str:
    kind = _entry_type(item, biblatex=biblatex)
    fields = _common_fields(item, latex=latex)
    fields.update(_biblatex_fields(item, kind) if biblatex else _bibtex_fields(item, kind))
    if whole:
        fields = {name: value for name, value in fields.items() if value}
        for name, value in further_fields(item, biblatex=biblatex, latex=latex).items():
            fields.setdefault(name, value)
    key = _KEY_FORBIDDEN.sub("", str(item.get("id") or "")) or "unknown"
    lines = [
        f"  {name} = {value if name == 'month' else '{' + value + '}'},\n" for name, value in fields.items() if value
    ]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _entry_type(item: Mapping[str, Any], *, biblatex: bool) -> str:
    kind = str(item.get("type") or "")
    if kind == "thesis" and not biblatex and "master" in str(item.get("genre", "")).lower():
        return "mastersthesis"
    if kind == "article" and item.get("container-title"):
        return "article"
    if biblatex:
        preprint = kind == "article" and (arxiv_number(item) or item.get("URL") or item.get("DOI"))
        return "online" if preprint else _BIBLATEX_TYPES.get(kind, "misc")
    return _TYPES.get(kind, "misc")


def _common_fields(item: Mapping[str, Any], *, latex: bool) -> Fields:
    title = str(item.get("title") or "")
    return {
        "title": protect(escape_latex(title)) if latex else escape_marked(title),
        "author": write_names(item.get("author")),
        "editor": write_names(item.get("editor")),
    }


def _text(item: Mapping[str, Any], *variables: str) -> str:
    value = next((item[name] for name in variables if item.get(name)), "")
    return escape_text(str(value))


def _raw(item: Mapping[str, Any], variable: str) -> str:
    """An identifier or address, as it is but for what would end the field."""
    return re.sub(r"[\s{}\\]", lambda found: f"%{ord(found[0]):02X}", one_line(str(item.get(variable) or "")))


def _pages(item: Mapping[str, Any]) -> str:
    return re.sub(r"\s*[-\u2013]+\s*", "--", _text(item, "page"))


def _bibtex_fields(item: Mapping[str, Any], kind: str) -> Fields:
    date = issued_parts(item)
    month = date[1] if len(date) > 1 and 1 <= date[1] <= len(_MONTHS) else 0
    arxiv = arxiv_number(item)
    container = {"article": "journal"}.get(kind, "booktitle")
    is_preprint = bool(arxiv) and kind == "misc"
    publisher = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}.get(kind, "publisher")
    return {
        container: _text(item, "container-title"),
        "year": str(date[0]) if date else "",
        "month": _MONTHS[month - 1] if month else "",
        "volume": _text(item, "volume"),
        "number": _number(item, kind),
        "pages": _pages(item),
        "edition": _text(item, "edition"),
        "series": _text(item, "collection-title"),
        publisher: "" if is_preprint else _text(item, "publisher"),
        "address": _text(item, "publisher-place"),
        "type": _text(item, "genre") if kind in ("phdthesis", "mastersthesis", "techreport") else "",
        "howpublished": f"arXiv:{arxiv}" if is_preprint else "",
        "eprint": arxiv,
        "archiveprefix": "arXiv" if arxiv else "",
        "primaryclass": _category(item) if arxiv else "",
        **_identifiers(item),
    }


def _biblatex_fields(item: Mapping[str, Any], kind: str) -> Fields:
    date = issued_parts(item)
    arxiv = arxiv_number(item)
    container = {"article": "journaltitle", "review": "journaltitle", "periodical": "journaltitle"}.get(
        kind, "booktitle"
    )
    publisher = {"thesis": "institution", "report": "institution", "online": "organization"}.get(kind, "publisher")
    return {
        container: _text(item, "container-title"),
        "date": "-".join(f"{part:02}" if place else f"{part:04}" for place, part in enumerate(date)),
        "volume": _text(item, "volume"),
        "number": _number(item, kind),
        "pages": _pages(item),
        "edition": _text(item, "edition"),
        "series": _text(item, "collection-title"),
        publisher: "" if arxiv and kind == "online" else _text(item, "publisher"),
        "location": _text(item, "publisher-place"),
        "type": (_text(item, "genre") or ("phdthesis" if kind == "thesis" else "report"))
        if kind in ("thesis", "report")
        else "",
        "eprint": arxiv,
        "eprinttype": "arxiv" if arxiv else "",
        "eprintclass": _category(item) if arxiv else "",
        **_identifiers(item),
    }


def _number(item: Mapping[str, Any], kind: str) -> str:
    if item.get("issue"):
        return _text(item, "issue")
    number = str(item.get("number") or "")
    if number and not number.lower().startswith("arxiv:"):
        return escape_text(number)
    return _text(item, "collection-number") if kind in ("book", "incollection", "inproceedings") else ""


def _identifiers(item: Mapping[str, Any]) -> Fields:
    return {
        "doi": _raw(item, "DOI"),
        "isbn": _text(item, "ISBN"),
        "issn": _text(item, "ISSN"),
        "url": _raw(item, "URL"),
        "note": _text(item, "note"),
    }


def _category(item: Mapping[str, Any]) -> str:
    custom = item.get("custom")
    return escape_text(str(custom.get("category") or "")) if isinstance(custom, Mapping) else ""
