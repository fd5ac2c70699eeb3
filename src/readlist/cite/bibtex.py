r"""BibTeX and BibLaTeX entries that bibtex, biber and pybtex read back as they were meant.

Files are UTF-8 (see ``texescape``). An arXiv preprint is ``@misc`` with ``eprint``, ``archiveprefix`` and
``primaryclass`` as arXiv recommends, and ``howpublished`` because the classic styles print nothing else of it; in
BibLaTeX it is ``@online`` with ``eprinttype`` and ``eprintclass``. Names are ``von Last, Jr, First``; a group is
braced so that "and" and commas in it join nothing; a list that is known to be cut ends in ``and others``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from readlist.cite.csl_items import arxiv_number, is_cut
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
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_KEY_FORBIDDEN = re.compile(r"[\s{}(),=\"'#%~\\@\x00-\x1f\x7f]+")

Fields = dict[str, str]


def write(items: Sequence[Mapping[str, Any]], *, biblatex: bool = False, latex: bool = False) -> str:
    """The entries of ``items``, with a blank line between them and a newline at the end of each.

    Args:
        items: CSL-JSON items; the id is the key.
        biblatex: Write BibLaTeX's types and fields instead of BibTeX's.
        latex: Titles are LaTeX, as papers have them, and not text with CSL's markup.
    """
    return "\n".join(_entry(item, biblatex=biblatex, latex=latex) for item in items)


def _entry(item: Mapping[str, Any], *, biblatex: bool, latex: bool) -> str:
    kind = _entry_type(item, biblatex=biblatex)
    fields = _common_fields(item, latex=latex)
    fields.update(_biblatex_fields(item, kind) if biblatex else _bibtex_fields(item, kind))
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
        "author": _names(item.get("author")),
        "editor": _names(item.get("editor")),
    }


def _text(item: Mapping[str, Any], *variables: str) -> str:
    value = next((item[name] for name in variables if item.get(name)), "")
    return escape_text(str(value))


def _raw(item: Mapping[str, Any], variable: str) -> str:
    """An identifier or address, as it is but for what would end the field."""
    return re.sub(r"[\s{}\\]", lambda found: f"%{ord(found[0]):02X}", one_line(str(item.get(variable) or "")))


def issued_parts(item: Mapping[str, Any]) -> list[int]:
    """Year, month and day of an item as far as they are known; empty without a year."""
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [int(part) for part in first if re.fullmatch(r"-?\d+", str(part).strip())]
    if not numbers and isinstance(issued, Mapping):
        found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(issued.get("raw") or issued.get("literal") or ""))
        numbers = [int(part) for part in found.groups() if part] if found else []
    return numbers


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
    container = {"article": "journaltitle"}.get(kind, "booktitle")
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


def _names(names: Any) -> str:
    if not isinstance(names, list) or not names:
        return ""
    known = names[:-1] if is_cut(names) else names
    written = [text for text in (_name(name) for name in known if isinstance(name, Mapping)) if text]
    if not written:
        return ""
    return " and ".join([*written, "others"] if is_cut(names) else written)


def _name(name: Mapping[str, Any]) -> str:
    literal = escape_text(str(name.get("literal") or ""))
    parts = {part: escape_text(str(name.get(part) or "")) for part in ("family", "given", "suffix")}
    particle = " ".join(
        escape_text(str(name.get(part) or "")) for part in ("dropping-particle", "non-dropping-particle")
    ).strip()
    if not parts["family"]:
        literal = literal or parts["given"]
    if literal:
        return "{" + literal + "}"
    family = _braced(parts["family"], " " in parts["family"] and parts["family"][0].islower())
    von_last = f"{particle} {family}".strip()
    if not parts["given"]:
        # Without a comma BibTeX would take the last word for the whole family name.
        return "{" + von_last + "}" if " " in von_last or "others" in von_last.lower() else von_last
    suffix = f"{_braced(parts['suffix'])}, " if parts["suffix"] else ""
    return f"{von_last}, {suffix}{_braced(parts['given'])}"


def _braced(part: str, forced: bool = False) -> str:  # noqa: FBT001, FBT002 - one flag, spelt at its only use
    """``part`` in braces where BibTeX would read a comma or the word "and" in it as its own."""
    return "{" + part + "}" if forced or "," in part or re.search(r"(?:^|\s)and(?:\s|$)", part, re.IGNORECASE) else part
