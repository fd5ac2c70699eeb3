"""The Atom feeds of arXiv's API (https://info.arxiv.org/help/api/user-manual.html)."""

from typing import TYPE_CHECKING, Any

from readlist.intake.fields import iso_date, one_line, people
from readlist.intake.gathering import Gathering
from readlist.intake.identifiers import arxiv_id
from readlist.intake.result import Intake
from readlist.intake.xml_text import XmlError, parse_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_EMPTY = "arXiv found no paper."
_ERROR = "arXiv says: {}."


def read_atom(text: str) -> Intake:
    """Read an answer of arXiv's API, or one entry of it."""
    found = Gathering("arXiv's Atom")
    try:
        root = parse_xml(text)
    except XmlError as error:
        found.reject(error.line, "", str(error))
        return found.intake()
    entries = [root] if root.tag == f"{_ATOM}entry" else root.findall(f"{_ATOM}entry")
    line = 1
    for entry in entries:
        identifier = _text(entry, f"{_ATOM}id")
        place = text.find(identifier) if identifier else -1
        line = text.count("\n", 0, place) + 1 if place >= 0 else line
        if "/api/errors" in identifier:
            found.reject(line, identifier, _ERROR.format(_text(entry, f"{_ATOM}summary").rstrip(".")))
        else:
            found.attempt(line, _text(entry, f"{_ATOM}title"), lambda entry=entry: _fields(entry))  # type: ignore[misc]  # a bound default
    if not entries:
        found.reject(1, "", _EMPTY)
    return found.intake()


def _fields(entry: "Element") -> tuple[dict[str, Any], dict[str, str]]:
    address = _text(entry, f"{_ATOM}id")
    authors, complete = people(one_line(name.text or "") for name in entry.iterfind(f"{_ATOM}author/{_ATOM}name"))
    primary = entry.find(f"{_ARXIV}primary_category")
    primary = entry.find(f"{_ATOM}category") if primary is None else primary
    venue = _text(entry, f"{_ARXIV}journal_ref")
    return {
        "title": _text(entry, f"{_ATOM}title"),
        "authors": authors,
        "authors_complete": complete,
        "category": primary.get("term", "") if primary is not None else "",
        "published": iso_date(_text(entry, f"{_ATOM}published")),
        "abstract": _text(entry, f"{_ATOM}summary"),
        "arxiv_id": arxiv_id(address),
        "url": address,
        "doi": _text(entry, f"{_ARXIV}doi"),
        "venue": venue,
        "type": "article-journal" if venue else "article",
    }, {"note": _text(entry, f"{_ARXIV}comment")}


def _text(entry: "Element", name: str) -> str:
    return one_line(entry.findtext(name) or "")
