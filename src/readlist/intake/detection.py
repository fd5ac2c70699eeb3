"""The door of the intake: content from outside as papers. Its text tells what it is, not the name of its file."""

import datetime as dt
import re
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from readlist.intake.decoding import decode
from readlist.intake.result import Intake, Reject

LARGEST = 10**9
"""Bytes; a bibliography with a million entries is smaller."""

_BEGINNING = 200_000
"""Characters that are looked at; a preamble of strings may be long."""

NOTHING = (
    "No paper was found: readlist reads pages copied from alphaXiv, BibTeX, RIS, CSL-JSON, Zotero, PubMed, EndNote, "
    "arXiv, YAML and its own exports, and text with arXiv ids, DOIs or links."
)

EXPORTED_NOTE = "This is a note that readlist has written for Obsidian; nothing is read back from such notes."
# YAML would take its properties for those of a paper, and its Markdown for more of them.
_EXPORTED_NOTE = re.compile(r"---[ \t]*\r?\n(?:(?!---)[^\n]*\n)*?readlist-id:")

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"


class _Format(NamedTuple):
    """A format by which content can be told from others."""

    name: str
    module: str
    function: str
    sign: "re.Pattern[str]"
    """Stands at the beginning of a record."""
    opening: str = ""
    """What the text, but for white space, begins with, if it must."""

    def find(self, beginning: str) -> int | None:
        """Where the first record seems to begin; None where there is none."""
        if self.opening and not beginning.startswith(tuple(self.opening)):
            return None
        match = self.sign.search(beginning)
        return match.start() if match else None


def _lines(pattern: str) -> "re.Pattern[str]":
    return re.compile(pattern, re.MULTILINE)


_JSON, _XML = "{[", "<"
_FORMATS = (
    _Format("readlist's JSON", "own_json", "read_own_json", re.compile(r'"needs_review"\s*:'), _JSON),
    _Format("Semantic Scholar", "semantic_scholar", "read_semantic_scholar", re.compile(r'"paperId"\s*:'), _JSON),
    _Format(
        "Crossref", "crossref", "read_crossref",
        re.compile(r'"message-type"\s*:|"reference-count"\s*:|"is-referenced-by-count"\s*:'), _JSON,
    ),
    _Format(
        "CSL-JSON", "csl_json", "read_csl_json",
        re.compile(r'"(?:type|title|author|issued|citation-key|container-title|DOI|URL)"\s*:'), _JSON,
    ),
    _Format("arXiv's Atom", "atom", "read_atom", re.compile(r"<(?:\w+:)?(?:feed|entry)[\s>]"), _XML),
    _Format("Zotero RDF", "zotero_rdf", "read_zotero_rdf", re.compile(r"<rdf:RDF[\s>]"), _XML),
    _Format("Zotero CSV", "zotero_csv", "read_zotero_csv", re.compile(r'\A"?Key"?,"?Item Type"?,')),
    _Format("BibTeX", "bibtex", "read_bibtex", _lines(r"^[^%\n]{0,200}?@[A-Za-z]\w*\s*[{(]")),
    _Format("RIS", "ris", "read_ris", _lines(r"^[ \t]?(?:TY|ER|T1|TI|A1|AU|JO|JF) {1,2}-(?: |$)")),
    _Format("Web of Science", "web_of_science", "read_web_of_science", _lines(r"^PT [A-Z]$")),
    _Format("PubMed", "nbib", "read_nbib", _lines(r"^PMID ?- ?\d")),
    _Format("EndNote", "enw", "read_enw", _lines(r"^%0 \S")),
    _Format(
        "YAML", "yaml_formats", "read_yaml",
        _lines(r"^(?:references:|  ?ENTRYTYPE: |- id: |(?:author|author_list|papis_id|ref|title|doi): ?)"),
    ),
    _Format(
        "listing", "listing.reader", "read_listing",
        _lines(rf"^[ \t]*[A-Z]+(?:-[A-Z]+)* ?(?:{_MONTHS}) \d{{1,2}}\b"),
    ),
)  # fmt: skip


def read(content: bytes, *, retrieved: dt.date) -> Intake:
    """Read papers from any content.

    Args:
        content: A file, or what was pasted (in UTF-8).
        retrieved: When it was taken from its page, for dates without a year.

    Returns:
        The papers, and all that did not become one; `Intake.format` says what it was taken for. Content in which
        nothing can be found gives one reject that says what it is, or what can be read.
    """
    if len(content) > LARGEST:
        return Intake((), (Reject(1, "", f"This is larger than {LARGEST // 10**9} GB, and was not read."),))
    decoded = decode(content)
    if not decoded.text.strip():
        return Intake((), decoded.notices)
    found = _read(decoded.text, retrieved)
    return found._replace(rejects=(*decoded.notices, *found.rejects))


def _read(text: str, retrieved: dt.date) -> Intake:
    beginning = text[: _BEGINNING + 1_000].lstrip("\ufeff \t\r\n")[:_BEGINNING]
    if _EXPORTED_NOTE.match(beginning):
        return Intake((), (Reject(1, beginning.partition("\n")[0], EXPORTED_NOTE),))
    best = Intake((), ())
    for form in _candidates(beginning):
        found = _reader(form, retrieved)(text)
        if found.papers:
            return found
        best = best if best.rejects else found
    if not best.rejects:
        links = _links(text)
        if links.papers:
            return links
        if beginning.startswith("<"):
            return Intake((), (Reject(1, beginning[:70], f"This is {_markup(beginning)}. {NOTHING}"),))
        return Intake((), (Reject(1, beginning.partition("\n")[0][:70], NOTHING),))
    links = _links(text)
    return links if links.papers and best.format in {"listing", "YAML"} else best


def _candidates(beginning: str) -> list[_Format]:
    """The formats that the text may have: the most telling ones first, else what begins first."""
    places = [(place, form) for form in _FORMATS if (place := form.find(beginning)) is not None]
    fixed = [form for _, form in places if form.opening]
    if fixed:
        return fixed
    return [form for _, form in sorted(places, key=lambda found: found[0])]


def _reader(form: _Format, retrieved: dt.date) -> Callable[[str], Intake]:
    function = getattr(import_module(f"readlist.intake.{form.module}"), form.function)
    return (lambda text: function(text, retrieved=retrieved)) if form.name == "listing" else function


def _links(text: str) -> Intake:
    from readlist.intake.links import read_links  # noqa: PLC0415 - for text that is nothing else

    return read_links(text)


def _markup(beginning: str) -> str:
    return (
        "a web page" if re.search(r"<(?:!doctype html|html|head|body)\b", beginning[:2_000], re.IGNORECASE) else "XML"
    )
