"""CSL-JSON items as fields of papers: what CSL-JSON, CSL-YAML and the answers of Crossref have in common.

The variables are those of the specification (CSL 1.0.2, appendix IV) and of the schema of its data
(github.com/citation-style-language/schema, ``csl-data.json``); what programs write besides is taken too:
``journalAbbreviation`` and ``shortTitle`` of Zotero, date parts that are texts, dates that are texts or (pandoc's
CSL-YAML) lists, and Zotero's "Extra" lines in ``note``.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from readlist.csl_custom import NAME as CUSTOM_NAME
from readlist.csl_custom import record_in
from readlist.intake.fields import is_one_date, iso_date, one_line, people, person
from readlist.intake.gathering import add_extra, citation_key, clean, words
from readlist.intake.identifiers import arxiv_id, doi
from readlist.paper import Author

Fields = tuple[dict[str, Any], dict[str, str]]
"""Fields of a paper, and its ``extra``."""

TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
    """.split()  # noqa: SIM905 - a table that is read as words
)
"""The item types of CSL 1.0.2 (appendix III)."""
_OTHER_TYPES = {
    "journal-article": "article-journal",
    "conference-paper": "paper-conference",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "preprint": "article",
    "dissertation": "thesis",
    "blog": "post-weblog",
}
_NAMES = frozenset(
    """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editor-translator editorial-director executive-producer guest host illustrator interviewer narrator organizer
    original-author performer producer recipient reviewed-author script-writer series-creator translator
    """.split()  # noqa: SIM905 - likewise
)
_DATES = frozenset(
    "accessed available-date container event-date issued original-date submitted".split()  # noqa: SIM905 - likewise
)
_FIELDS = {
    "title": "title",
    "container-title": "venue",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "publisher": "publisher",
    "abstract": "abstract",
    "DOI": "doi",
    "URL": "url",
    "annote": "note",
}
_SECOND_NAMES = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
    "pages": "page",
    "journal": "container-title",
    "doi": "DOI",
    "url": "URL",
}
_EXTRA_NAMES = {
    name.lower(): name
    for name in (
        *_FIELDS,
        *_NAMES,
        *_DATES,
        *("archive", "archive-place", "archive_location", "call-number", "chapter-number", "citation-key", "edition"),
        *("collection-title", "collection-number", "container-title-short", "event-place", "event-title", "genre"),
        *("ISBN", "ISSN", "keyword", "language", "license", "medium", "number", "number-of-pages", "PMID", "PMCID"),
        *("number-of-volumes", "original-publisher", "original-title", "part-number", "publisher-place", "section"),
        *("reviewed-title", "scale", "source", "status", "supplement-number", "title-short", "type", "version"),
    )
    if name not in ("title", "abstract", "annote")
} | {"pages": "page"}
_EXTRA_LINE = re.compile(r"\s*(?:\{:)?(?P<name>[A-Za-z][A-Za-z _-]{1,28}?)\s*:\s*(?P<value>[^\s/].*?)\}?\s*")
_MARKED = re.compile(
    r"<(i|b|sc|em|strong|span|sub|sup)(?:\s[^<>]*)?>((?:(?!<\1[\s>]).)*?)</\1>", re.IGNORECASE | re.DOTALL
)
_SCRIPT = re.compile(r"<(sub|sup)>([^<>]{1,20})</\1>", re.IGNORECASE)
_SCRIPTS = {
    "sub": str.maketrans("0123456789+-=()n", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ"),
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
}
_SUBJECT = re.compile(r"\[([a-z-]+(?:\.[A-Za-z-]+)?)\]\s*\Z")
_DEEPEST = 8
"""So many levels of markup in markup are looked for."""
_LONGEST_OTHER = 4000
_TEXTS = ("note", "category", "subject", "code_url", "review_reason", "added", "started", "finished")


def item_fields(item: Mapping[str, Any]) -> Fields:
    """The fields of the paper that a CSL-JSON item is.

    Titles lose the markup of CSL (``<i>``, ``<sub>``, ``<span class="nocase">``); what cannot be mapped is kept in
    ``extra``, a value that is no text as JSON.
    """
    item = {_SECOND_NAMES.get(name, name): value for name, value in _with_extra_lines(item).items()}
    fields: dict[str, Any] = {"type": _type(item)}
    extra: dict[str, str] = {}
    for name, value in item.items():
        _take(name, value, fields, extra)
    _dates(item, fields, extra)
    _arxiv(fields, extra)
    if fields.get("doi", "").startswith("10/") and doi(fields.get("url", "")):
        fields["doi"] = doi(fields["url"])  # a shortDOI beside the DOI itself
    custom = item.get("custom")
    if isinstance(custom, Mapping):
        _custom(custom, fields, extra)
    return fields, extra


def _take(name: str, value: Any, fields: dict[str, Any], extra: dict[str, str]) -> None:
    """One variable, but for the dates and what ``item_fields`` looks at itself."""
    if name in ("author", "editor"):
        fields[f"{name}s"], complete = _names(value)
        if name == "author":
            fields["authors_complete"] = complete
    elif name in _FIELDS:
        text = scalar(value)
        fields[_FIELDS[name]] = plain_text(text) if name in ("title", "container-title", "abstract") else text
    elif name == "keyword":
        listed = [scalar(part) for part in value] if isinstance(value, list) else [scalar(value)]
        fields["tags"] = words(listed, ",;")
    elif name in ("citation-key", "id"):
        if key := citation_key(scalar(value)):
            fields["key"] = key if name == "citation-key" else fields.get("key") or key
    elif name in _NAMES:
        add_extra(extra, name, ["; ".join(inverted(author) for author in _names(value)[0])])
    elif name not in _DATES and name not in ("type", "custom"):
        add_extra(extra, name, [scalar(value) or other(value)])


def scalar(value: Any) -> str:
    """The text of a string or a number; of a list of one, of that; else the empty string."""
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, list) and len(value) == 1:
        return scalar(value[0]) if not isinstance(value[0], list) else ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def other(value: Any) -> str:
    """What is no text, as JSON; a list of texts joined by "; ". The empty string for what says nothing, or too much."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        text = "; ".join(scalar(part) for part in value)
    else:
        text = clean(json.dumps(value, ensure_ascii=False, default=str))
    return text if len(text) <= _LONGEST_OTHER else text[:_LONGEST_OTHER] + "\u2026"


def plain_text(text: str) -> str:
    """``text`` without the markup that CSL allows in titles; digits and signs become raised and lowered ones.

    A tag without its partner is no markup and stays.
    """
    if "</" not in text:
        return text
    text = _SCRIPT.sub(_scripted, text)
    for _ in range(_DEEPEST):
        text, found = _MARKED.subn(r"\2", text)
        if not found:
            break
    return text


def _scripted(found: re.Match[str]) -> str:
    table = _SCRIPTS[found[1].lower()]
    return found[2].translate(table) if all(ord(letter) in table for letter in found[2]) else found[2]


def _type(item: Mapping[str, Any]) -> str:
    kind = scalar(item.get("type")).lower()
    kind = _OTHER_TYPES.get(kind, kind)
    if kind in TYPES:
        return kind
    return "article-journal" if scalar(item.get("container-title")) else "document"


def _with_extra_lines(item: Mapping[str, Any]) -> dict[str, Any]:
    """``item`` with the variables that lines of its note name ("PMID: 123"), unless it has them itself.

    Zotero keeps what its own fields cannot hold in "Extra", which CSL-JSON exports as ``note``.
    """
    known = dict(item)
    note = item.get("note")
    if not isinstance(note, str) or ":" not in note:
        return known
    rest, found = extra_lines(note)
    for name, value in found.items():
        if name == "type" or not known.get(name):
            known[name] = value
        elif scalar(known[name]) != value:
            rest.append(f"{name}: {value}")
    known["note"] = "\n".join(rest)
    return known


def extra_lines(note: str) -> tuple[list[str], dict[str, Any]]:
    """Lines of Zotero's "Extra": those that are just text, and the CSL variables that the others set."""
    rest: list[str] = []
    found: dict[str, Any] = {}
    for line in note.split("\n"):
        match = _EXTRA_LINE.fullmatch(line) if len(line) <= _LONGEST_OTHER else None
        name = match["name"].strip().lower().replace(" ", "-") if match else ""
        variable = "arxiv" if name == "arxiv" else _EXTRA_NAMES.get(name, "")
        if not match or not variable or (variable in found and variable not in _NAMES):
            rest += [line] if line.strip() else []
        elif variable == "arxiv":
            found["arxiv"] = match["value"]
        elif variable in _NAMES:
            family, _, given = match["value"].partition("||")
            name_found = {"family": family.strip(), "given": given.strip()} if given else {"literal": family.strip()}
            found.setdefault(variable, []).append(name_found)
        else:
            found[variable] = match["value"]
    if found.get("type", "").lower() not in (*TYPES, *_OTHER_TYPES) and "type" in found:
        rest.append(f"type: {found.pop('type')}")
    return rest, found


def _names(value: Any) -> tuple[tuple[Author, ...], bool]:
    """The names of a name variable, and whether that are all."""
    if isinstance(value, str):
        return people(clean(value).split(";"))
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list):
        return (), True
    found: list[Author] = []
    complete = True
    for name in value:
        authors, all_of_them = people([clean(name)]) if isinstance(name, str) else _name(name)
        found += authors
        complete = complete and all_of_them
    return tuple(found), complete


def _name(name: Any) -> tuple[tuple[Author, ...], bool]:
    if not isinstance(name, Mapping):
        return (), True
    part = {key: one_line(scalar(value)) for key, value in name.items() if isinstance(key, str)}
    order = ("dropping-particle", "non-dropping-particle", "family", "suffix")
    family = " ".join(part[key] for key in order if part.get(key))
    given = part.get("given", "")
    literal = part.get("literal") or part.get("name") or ""
    if not (family or given):
        if literal.lower().rstrip(".") in ("others", "et al"):
            return (), False
        return ((Author(literal=literal),) if literal else ()), True
    if family and not given and part.get("isInstitution", part.get("is-institution")):
        return (Author(literal=family),), True
    return (Author(family=family, given=given) if family else Author(family=given),), True


def inverted(author: Author) -> str:
    """A name as `Paper.extra` holds it: "Family, Given", or the literal name."""
    return author.literal or (f"{author.family}, {author.given}" if author.given else author.family)


def _dates(item: Mapping[str, Any], fields: dict[str, Any], extra: dict[str, str]) -> None:
    for name in _DATES & item.keys():
        date, said = csl_date(item[name])
        if name == "issued":
            fields["published"] = date
            if fields["type"] != "article":
                fields["issued"] = date
            # What the ISO date does not say: a range, a season, "circa", words.
            said = "" if said == date else said
        add_extra(extra, name, [said])
    first = extra.get("available-date", "")
    if first and first == iso_date(first):
        # When the paper was first available is what `Paper.published` is.
        fields["published"] = extra.pop("available-date")


def csl_date(value: Any) -> tuple[str, str]:
    """A CSL date in any of its forms.

    Returns:
        The ISO date, maybe partial, of its beginning (empty where there is none or the year has not four digits), and
        all that it says: the same, or a range, season or doubt in the notation of EDTF (ISO 8601-2:
        ``2014-12-31/2015-01-01``, ``2017-24~``), or the words of the source.
    """
    if isinstance(value, str | int | float):
        text = one_line(scalar(value))
        date = _iso(text)
        return date, date if date and is_one_date(text) else text
    if isinstance(value, list):
        value = _of_list(value)
    if isinstance(value, Mapping) and "year" in value:
        value = _of_list([value])
    if not isinstance(value, Mapping):
        return "", ""
    ranged = value.get("date-parts")
    parts = [text for part in ranged[:2] if (text := _parts(part))] if isinstance(ranged, list) else []
    if not parts and isinstance(ranged, list) and (text := _parts(ranged)):
        parts = [text]
    words_of_it = next((text for name in ("literal", "raw", "edtf") if (text := one_line(scalar(value.get(name))))), "")
    if not parts:
        return _iso(words_of_it), words_of_it
    date = parts[0]
    season = scalar(value.get("season"))
    if season.isdecimal() and season.isascii() and len(date.lstrip("-")) == len("2017"):
        number = int(season[:2])
        parts[0] += f"-{number + 20 if number <= 4 else number:02}"  # noqa: PLR2004 - seasons of CSL are 1 to 4
    elif season and season.lower() != "false":
        parts[0] += f" {season}"
    circa = value.get("circa")
    doubt = "~" if circa not in (None, False, 0, "", "0", "false") else ""
    return (date if _iso(date) == date else ""), "/".join(part + doubt for part in parts)


def _iso(text: str) -> str:
    """As `iso_date`; years before our era have none."""
    return "" if text.startswith("-") else iso_date(text)


def _of_list(parts: list[Any]) -> Any:
    """Pandoc's list of one or two dates, or bare date parts, as one date of CSL-JSON."""
    dates = [part for part in parts if isinstance(part, Mapping)]
    if not dates:
        return {"date-parts": parts}
    if any(name in dates[0] for name in ("literal", "raw", "date-parts")):
        return dates[0]
    order = ("year", "month", "day")
    listed = [[date[name] for name in order if scalar(date.get(name))] for date in dates[:2]]
    seasons = [scalar(date.get("season")) for date in dates[:2]]
    for date_parts, season in zip(listed, seasons, strict=True):
        if season.isdecimal() and season.isascii() and len(date_parts) == 1 and len(dates) > 1:
            date_parts.append(int(season[:2]) + 20)
    return {"date-parts": listed, "season": seasons[0] if len(dates) == 1 else "", "circa": dates[0].get("circa")}


def _parts(parts: Any) -> str:
    """``[2014, "12", 31]`` as ``2014-12-31``; a month from 21 on is a season, which stays behind the year."""
    if not isinstance(parts, list):
        return ""
    numbers = []
    for part in parts[:3]:
        text = scalar(part)
        if not re.fullmatch(r"-?[0-9]{1,6}", text):
            break
        numbers.append(int(text))
    if not numbers or not numbers[0]:
        return ""
    year = f"-{-numbers[0]:04}" if numbers[0] < 0 else f"{numbers[0]:04}"
    date = year
    for number, most in zip(numbers[1:], (41, 31), strict=False):
        if not 1 <= number <= most:
            break
        date += f"-{number:02}"
    return date


def _arxiv(fields: dict[str, Any], extra: dict[str, str]) -> None:
    """Find the arXiv id, and leave out what says it a second time."""
    said = extra.pop("arxiv", "")
    if subject := _SUBJECT.search(said):
        fields["category"] = subject[1]
    fields["arxiv_id"] = arxiv_id(said) or arxiv_id(said.partition(" ")[0])
    for name in ("number", "archive_location"):
        text = extra.get(name, "")
        found = arxiv_id(plain_text(text))
        if found and (text.lower().startswith("arxiv") or extra.get("archive", "").lower() == "arxiv"):
            fields["arxiv_id"] = fields["arxiv_id"] or found
            del extra[name]
    if said and not fields["arxiv_id"]:
        add_extra(extra, "arxiv", [said])
    identifier = fields["arxiv_id"] or arxiv_id(fields.get("doi", "")) or arxiv_id(fields.get("url", ""))
    if identifier and extra.get("archive", "").lower() in ("arxiv", "arxiv.org"):
        del extra["archive"]
    if identifier and fields.get("publisher", "").lower() in ("arxiv", "arxiv.org"):
        fields["publisher"] = ""


def _custom(custom: Mapping[str, Any], fields: dict[str, Any], extra: dict[str, str]) -> None:
    """What the exports of readlist add, and what other programs keep under ``custom``."""
    own = record_in({"custom": custom})
    for name in _TEXTS:
        value = own.get(name, custom.get(name) if name == "category" else None)
        if isinstance(value, str) and value:
            fields[name] = clean(value)
    status = own.get("status")
    if isinstance(status, str) and (status := one_line(status)):
        fields["status"] = status
    fields.update({name: True for name in ("star", "has_code") if own.get(name) is True})
    for name in ("organisations", "tags"):
        listed = own.get(name)
        if isinstance(listed, list) and all(isinstance(part, str) for part in listed):
            fields[name] = tuple(clean(part) for part in listed)
    more = own.get("extra")
    said = more.items() if isinstance(more, Mapping) else ()
    for name, text in (pair for pair in said if isinstance(pair[1], str)):
        extra.setdefault(name, clean(text))
    for name, value in custom.items():
        if name not in (CUSTOM_NAME, "category"):
            add_extra(extra, f"custom.{name}", [scalar(value) or other(value)])


__all__ = ["Fields", "csl_date", "extra_lines", "inverted", "item_fields", "other", "person", "plain_text", "scalar"]
