"""BibTeX and BibLaTeX entries as papers."""

import re
from collections.abc import Sequence
from typing import Any

from readlist.intake.bibtex.inheritance import completed, groups_of
from readlist.intake.bibtex.scanner import Entry, scan
from readlist.intake.bibtex.values import address, files, latex_text, names
from readlist.intake.csl_fields import item_fields
from readlist.intake.fields import one_line
from readlist.intake.gathering import Gathering, add_extra, citation_key, clean, serial_numbers, words
from readlist.intake.identifiers import arxiv_id
from readlist.intake.result import Intake
from readlist.paper import Status
from readlist.progress import told

TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "review": "review", "book": "book",
    "mvbook": "book", "booklet": "pamphlet", "collection": "book", "mvcollection": "book", "proceedings": "book",
    "mvproceedings": "book", "reference": "book", "mvreference": "book", "manual": "report", "inbook": "chapter",
    "bookinbook": "chapter", "suppbook": "chapter", "incollection": "chapter", "suppcollection": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "inreference": "entry-encyclopedia",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "webpage": "webpage", "patent": "patent",
    "periodical": "periodical", "unpublished": "manuscript", "dataset": "dataset", "software": "software",
    "standard": "standard", "artwork": "graphic", "image": "graphic", "movie": "motion_picture",
    "video": "motion_picture", "audio": "song", "music": "song", "letter": "personal_communication",
    "jurisdiction": "legal_case",
    "legislation": "legislation", "performance": "performance",
}  # fmt: skip
"""Entry types of BibTeX (btxdoc) and BibLaTeX (manual, section 2.1) as types of CSL; all others are documents."""

_NO_ENTRIES = "This is BibTeX that only defines strings or comments; it holds no entry."
_NO_PAPERS = frozenset(("xdata", "set", "control", "bibnote"))
_TEXTS = {
    "collection-title": ("series",), "edition": ("edition",), "publisher-place": ("address", "location"),
    "event-title": ("eventtitle",), "event-place": ("venue",), "version": ("version",), "chapter-number": ("chapter",),
    "number-of-pages": ("pagetotal",), "number-of-volumes": ("volumes",), "title-short": ("shorttitle",),
    "container-title-short": ("shortjournal",), "original-title": ("origtitle",), "volume": ("volume",),
    "language": ("langid", "language", "hyphenation"), "note": ("note", "addendum"), "PMID": ("pmid",),
    "PMCID": ("pmcid",),
    "source": ("library",), "call-number": ("lccn", "call-number"),
}  # fmt: skip
_PEOPLE = {"author": "author", "editor": "editor", "translator": "translator", "container-author": "bookauthor"}
_NOTES = ("annote", "annotation", "comment", "review", "notes")
_KEYWORDS = ("keywords", "keyword", "tags", "mendeley-tags", "mendeley-groups")
_ADDED = ("date-added", "added", "timestamp", "creationdate", "bdsk-date-added")
_READ = frozenset(
    """
    title subtitle titleaddon journal journaltitle journalsubtitle booktitle booksubtitle maintitle number issue pages
    eid publisher school institution organization howpublished doi url urldate type abstract isbn issn eprint
    archiveprefix eprinttype eprintclass primaryclass arxivid date year month day origdate file groups readstatus
    ranking crossref xref xdata options keywords
    """.split()  # noqa: SIM905 - a list of words
) | {name for names_ in _TEXTS.values() for name in names_}
_READ |= {*_PEOPLE.values(), *_NOTES, *_KEYWORDS, *_ADDED}
_TIME = re.compile(r"(\d{4})[-./](\d\d)[-./](\d\d)(?:[T ](\d\d:\d\d:\d\d))?")


def read_bibtex(text: str) -> Intake:
    """Read entries in any order and dialect; a broken one is rejected, and takes no other with it."""
    found = Gathering("BibTeX")
    scanned = scan(clean(text))
    groups = groups_of(scanned.comments)
    for broken in scanned.broken:
        found.reject(broken.line, broken.text, broken.reason)
    for entry in told("Reading", completed(scanned.entries)):
        if entry.kind not in _NO_PAPERS:
            found.attempt(entry.line, entry.text, lambda entry=entry: entry_fields(entry, groups.get(entry.key, ())))  # type: ignore[misc]  # a bound default
    intake = found.intake()
    if scanned.has_commands and not intake.papers and not intake.rejects:
        found.reject(1, text.lstrip()[:70], _NO_ENTRIES)
        intake = found.intake()
    return intake


def entry_fields(entry: Entry, groups: Sequence[str] = ()) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields of the paper that ``entry`` is, and its ``extra``; ``groups`` list it."""
    get = entry.fields.get
    kind = TYPES.get(entry.kind, "document")
    if entry.kind == "misc" and _arxiv(entry):
        kind = "article"
    item: dict[str, Any] = {
        "type": kind,
        "title": _titled(entry, "title", "subtitle") or latex_text(get("booktitle", "") if kind == "book" else ""),
        "container-title": _titled(entry, "journaltitle", "journalsubtitle")
        or latex_text(get("journal", ""))
        or ("" if kind == "book" else _titled(entry, "booktitle", "booksubtitle"))
        or (latex_text(get("maintitle", "")) if kind != "book" else ""),
        "page": re.sub(r"\s*(?:--+|\u2013|\u2014)\s*", "-", latex_text(get("pages", ""))) or latex_text(get("eid", "")),
        "abstract": latex_text(get("abstract", "")),
        "issued": _date(entry),
        "original-date": get("origdate", ""),
        "accessed": get("urldate", ""),
        "genre": _genre(entry),
        "DOI": address(get("doi", "")),
        "URL": address(get("url", "")) or _howpublished(entry),
        **{
            variable: "; ".join(filter(None, (latex_text(get(name, "")) for name in which)))
            for variable, which in _TEXTS.items()
        },
        **{variable: names(get(name, "")) for variable, name in _PEOPLE.items()},
        **_number(entry, kind),
        **_publisher(entry),
    }
    fields, extra = item_fields({name: value for name, value in item.items() if value})
    serial_numbers((get("isbn", ""), get("issn", "")), extra)
    fields["arxiv_id"] = _arxiv(entry)
    fields["category"] = get("primaryclass", "") or get("eprintclass", "") if fields["arxiv_id"] else ""
    _take_care(entry, fields, extra, groups)
    for name, value in entry.fields.items():
        if name not in _READ:
            add_extra(extra, name, [latex_text(value)])
    return fields, extra


def _genre(entry: Entry) -> str:
    """What kind of thesis or report it is; the words that stand for what the entry type says already are left out."""
    said = latex_text(entry.fields.get("type", ""))
    if said.lower() in {"mathesis", "mastersthesis"} or (not said and entry.kind == "mastersthesis"):
        return "Master's thesis"
    return "" if said.lower() in {"phdthesis", "report", "techreport"} else said


def _titled(entry: Entry, main: str, sub: str) -> str:
    title, subtitle = latex_text(entry.fields.get(main, "")), latex_text(entry.fields.get(sub, ""))
    separator = " " if title.endswith((":", "?", "!", ".")) else ": "
    return f"{title}{separator}{subtitle}" if title and subtitle else title or subtitle


def _date(entry: Entry) -> str:
    get = entry.fields.get
    if date := one_line(get("date", "")):
        return date
    year = latex_text(get("year", ""))
    month = latex_text(get("month", "")).replace("\u00a0", " ")
    if month.isdecimal() and year:
        day = get("day", "")
        return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day.isdecimal() else "")
    day = get("day", "") if not re.search(r"\d", month) else ""
    return " ".join(part for part in (day, month, year) if part)


def _number(entry: Entry, kind: str) -> dict[str, str]:
    """``number`` is the issue of a journal, the number in a series, or that of a report or patent."""
    number, issue = (latex_text(entry.fields.get(name, "")) for name in ("number", "issue"))
    if kind in {"article-journal", "periodical", "review", "article-magazine"}:
        return {"issue": number or issue}
    if kind in {"book", "chapter", "paper-conference"} and "series" in entry.fields:
        return {"collection-number": number, "issue": issue}
    return {"number": number, "issue": issue}


def _publisher(entry: Entry) -> dict[str, str]:
    known = [latex_text(entry.fields.get(name, "")) for name in ("publisher", "school", "institution", "organization")]
    first, *others = list(dict.fromkeys(filter(None, known))) or [""]
    how = latex_text(entry.fields.get("howpublished", ""))
    extra = {"organization": "; ".join(others)} if others else {}
    if how and not _howpublished(entry) and not (_arxiv(entry) and arxiv_id(how)):
        return {"publisher": first, "medium": how, **extra} if first else {"publisher": how}
    return {"publisher": first, **extra}


def _howpublished(entry: Entry) -> str:
    found = address(entry.fields.get("howpublished", ""))
    return found if re.match(r"https?://\S+$", found) else ""


def _arxiv(entry: Entry) -> str:
    get = entry.fields.get
    kind = (get("archiveprefix") or get("eprinttype") or "").lower()
    if kind in {"", "arxiv"} and (found := arxiv_id(address(get("eprint", "")))):
        return found
    for name in ("arxivid", "arxiv", "url", "howpublished", "note", "number", "journal", "volume"):
        value = one_line(address(get(name, "")) if name in {"url", "howpublished"} else get(name, ""))
        match = re.search(
            r"arxiv\.org/\S+|\barxiv:?\s*(?:preprint\s*)?(?:arxiv:)?\s*\S+|\babs/\S+", value, re.IGNORECASE
        )
        text = (
            re.sub(r"(?i)^(?:arxiv:?\s*preprint\s*(?:arxiv:)?|abs/)", "", match[0]).strip(" .,;()") if match else value
        )
        if (match or name.startswith("arxiv")) and (found := arxiv_id(text)):
            return found
    return ""


def _take_care(entry: Entry, fields: dict[str, Any], extra: dict[str, str], groups: Sequence[str]) -> None:
    """What the user has done with the entry in another program."""
    get = entry.fields.get
    if key := citation_key(entry.key):
        fields["key"] = key
    listed = [latex_text(get(name, "")) for name in _KEYWORDS]
    fields["tags"] = tuple(dict.fromkeys((*words(listed, ";,"), *words([latex_text(get("groups", ""))], ","), *groups)))
    fields["note"] = "\n\n".join(note for name in _NOTES if (note := _note(get(name, ""))))
    fields["files"] = files(get("file", ""))
    status = get("readstatus", "").strip().lower()
    fields["status"] = {"read": Status.READ, "skimmed": Status.READING}.get(status, Status.UNREAD)
    ranking = get("ranking", "").strip().lower()
    fields["star"] = ranking in {"rank4", "rank5"}
    add_extra(extra, "ranking", [ranking])
    for name in _ADDED:
        if match := _TIME.match(get(name, "").strip()):
            fields["added"] = f"{match[1]}-{match[2]}-{match[3]}T{match[4] or '00:00:00'}Z"
            break


def _note(value: str) -> str:
    """A note keeps its paragraphs."""
    paragraphs = re.split(r"\n[ \t]*\n|\\par\b", value)
    return "\n\n".join(text for paragraph in paragraphs if (text := latex_text(paragraph)))
