"""Zotero RDF: items, what they are part of, their notes and attachments, tied together by addresses."""

import re
from typing import TYPE_CHECKING, Any

from readlist.intake.csl_fields import item_fields
from readlist.intake.fields import one_line
from readlist.intake.gathering import Gathering, serial_numbers, words
from readlist.intake.identifiers import doi
from readlist.intake.result import Intake
from readlist.intake.xml_text import XmlError, parse_xml
from readlist.intake.zotero import TYPES, plain_note

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_Z = "{http://www.zotero.org/namespaces/export#}"
_TERMS = "{http://purl.org/dc/terms/}"
_BIB = "{http://purl.org/net/biblio#}"
_FOAF = "{http://xmlns.com/foaf/0.1/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PRISM = "{http://prismstandard.org/namespaces/1.2/basic/}"
_LINK = "{http://purl.org/rss/1.0/modules/link/}"
_VCARD = "{http://nwalsh.com/rdf/vCard#}"

_NO_PAPER = frozenset(("note", "attachment", "annotation"))
_LOOSE_NOTE = "A note that belongs to no paper."
_LOOSE_FILE = "A file that belongs to no paper."
_ROLES = {
    "authors": "author",
    "editors": "editor",
    "seriesEditors": "collection-editor",
    "translators": "translator",
    "contributors": "contributor",
}


def read_zotero_rdf(text: str) -> Intake:
    """Read Zotero RDF. Notes go to their papers, and so do the paths of attached files; loose ones are rejected."""
    found = Gathering("Zotero RDF")
    try:
        root = parse_xml(text)
    except XmlError as error:
        found.reject(error.line, "", str(error))
        return found.intake()
    by_address = {address: element for element in root if (address := element.get(f"{_RDF}about"))}
    tied = {
        element.get(f"{_RDF}resource", "")
        for item in root
        for name in (f"{_TERMS}isReferencedBy", f"{_LINK}link")
        for element in item.iterfind(name)
    }
    lines = _lines(text)
    for element in root:
        kind = _text(element, f"{_Z}itemType")
        address = element.get(f"{_RDF}about", "")
        line = lines.get(address, 1)
        if element.tag == f"{_BIB}Memo" or kind in _NO_PAPER:
            is_note = element.tag == f"{_BIB}Memo"
            if address not in tied:
                shown = plain_note(element.findtext(f"{_RDF}value") or "") or _text(element, f"{_DC}title")
                found.reject(line, shown, _LOOSE_NOTE if is_note else _LOOSE_FILE)
        elif kind:
            make = lambda element=element, kind=kind: _fields(element, kind, by_address)  # noqa: E731 - a bound default
            found.attempt(line, _text(element, f"{_DC}title"), make)
    return found.intake()


def _lines(text: str) -> dict[str, int]:
    """The line in which each address is described."""
    found: dict[str, int] = {}
    line, place = 1, 0
    for match in re.finditer(r'rdf:about="([^"]*)"', text):
        line += text.count("\n", place, match.start())
        place = match.start()
        found.setdefault(match[1].replace("&amp;", "&"), line)
    return found


def _fields(element: "Element", kind: str, others: "dict[str, Element]") -> tuple[dict[str, Any], dict[str, str]]:
    item: dict[str, Any] = {
        "type": TYPES.get(kind, "document"),
        "title": _text(element, f"{_DC}title"),
        "title-short": _text(element, f"{_Z}shortTitle"),
        "issued": _text(element, f"{_DC}date"),
        "abstract": _text(element, f"{_TERMS}abstract"),
        "page": _text(element, f"{_BIB}pages"),
        "language": _text(element, f"{_Z}language"),
        "genre": _text(element, f"{_Z}type"),
        "edition": _text(element, f"{_PRISM}edition"),
        "number": _text(element, f"{_PRISM}number"),
        "publisher": _text(element, f"{_DC}publisher/{_FOAF}Organization/{_FOAF}name"),
        "publisher-place": _text(
            element, f"{_DC}publisher/{_FOAF}Organization/{_VCARD}adr/{_VCARD}Address/{_VCARD}locality"
        ),
        "source": _text(element, f"{_Z}libraryCatalog"),
        "event-title": _text(element, f"{_BIB}presentedAt/{_BIB}Conference/{_DC}title"),
        "accessed": _text(element, f"{_TERMS}dateSubmitted"),
        "keyword": list(words(_subjects(element))),
        "note": element.findtext(f"{_DC}description") or "",
    }
    for role, variable in _ROLES.items():
        item[variable] = [
            _person(person) for person in element.iterfind(f"{_BIB}{role}/{_RDF}Seq/{_RDF}li/{_FOAF}Person")
        ]
    serials: list[str] = []
    _identify(element, item, serials)
    for part in element.iterfind(f"{_TERMS}isPartOf"):
        whole = others.get(part.get(f"{_RDF}resource", ""))
        for container in [whole] if whole is not None else list(part):
            _contained(container, item, serials)
    fields, extra = item_fields({name: value for name, value in item.items() if value})
    serial_numbers(serials, extra)
    tied = [others.get(tie.get(f"{_RDF}resource", "")) for tie in element.iterfind(f"{_TERMS}isReferencedBy")]
    notes = (plain_note(note.findtext(f"{_RDF}value") or "") for note in tied if note is not None)
    fields["note"] = "\n\n".join(note for note in notes if note)
    files = [others.get(tie.get(f"{_RDF}resource", "")) for tie in element.iterfind(f"{_LINK}link")]
    paths = (file.find(f"{_RDF}resource") for file in files if file is not None)
    fields["files"] = tuple(path.get(f"{_RDF}resource", "") for path in paths if path is not None)
    return fields, extra


def _contained(container: "Element", item: dict[str, Any], serials: list[str]) -> None:
    """What the journal, book or series says that the item is part of."""
    if container.tag == f"{_BIB}Series":
        item["collection-title"] = _text(container, f"{_DC}title")
        item["collection-number"] = _text(container, f"{_DC}identifier")
        return
    item["container-title"] = item.get("container-title") or _text(container, f"{_DC}title")
    item["container-title-short"] = _text(container, f"{_TERMS}alternative")
    item["volume"] = item.get("volume") or _text(container, f"{_PRISM}volume")
    item["issue"] = _text(container, f"{_PRISM}number")
    _identify(container, item, serials)


def _identify(element: "Element", item: dict[str, Any], serials: list[str]) -> None:
    for identifier in element.iterfind(f"{_DC}identifier"):
        address = identifier.find(f".//{_RDF}value")
        if address is not None:
            item.setdefault("URL", one_line(address.text or ""))
            continue
        kind, _, value = one_line(identifier.text or "").partition(" ")
        if kind == "DOI":
            item["DOI"] = doi(value) or value
        elif value:
            serials.append(value)


def _subjects(element: "Element") -> list[str]:
    return [
        one_line(subject.findtext(f"{_Z}AutomaticTag/{_RDF}value") or subject.text or "").replace(";", ",")
        for subject in element.iterfind(f"{_DC}subject")
    ]


def _person(person: "Element") -> dict[str, str]:
    family, given = (
        _text(person, f"{_FOAF}surname"),
        _text(person, f"{_FOAF}givenName") or _text(person, f"{_FOAF}givenname"),
    )
    return {"family": family, "given": given} if given else {"literal": family} if " " in family else {"family": family}


def _text(element: "Element", name: str) -> str:
    return one_line(element.findtext(name) or "")
