"""A paper as a form that the user fills in: each field as text, and back, with what is wrong in it.

Only fields whose text was changed are read back: what the source wrote is never rewritten by merely looking at it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum, auto
from typing import Any, NamedTuple

from readlist.intake.identifiers import arxiv_id, doi
from readlist.names import split_name
from readlist.paper import Author, Paper
from readlist.statuses import current, meaning
from readlist.tags import parse_tags

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_URL = re.compile(r"https?://\S+")
_KEY = re.compile(r"[^\s{}\"#%'(),=~\\]+")
_CATEGORY = re.compile(r"\S+")
CSL_TYPES = (
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter"),
    *("classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event"),
    *("figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture"),
    *("musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication"),
    *("post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard"),
    *("thesis", "treaty", "webpage"),
)
"""The types of CSL 1.0.2, https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types."""


class FormError(Exception):
    """A field cannot have that value; the message says why and how it is written."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Shape(Enum):
    """How a field is shown."""

    LINE = auto()
    TEXT = auto()
    """Several lines, which are one text."""
    ITEMS = auto()
    """One item a line."""
    FLAG = auto()


class FormField(NamedTuple):
    """A field of the form: that of `Paper` called ``name``."""

    name: str
    label: str
    shape: Shape = Shape.LINE
    hint: str = ""


FORM = (
    FormField("title", "Title", Shape.TEXT),
    FormField("authors", "Authors", Shape.ITEMS, "one a line: Family, Given or {Group}"),
    FormField("authors_complete", "All authors are named", Shape.FLAG),
    FormField("published", "Published", hint="2022, 2022-10 or 2022-10-11: the first public version"),
    FormField("venue", "Venue", hint="journal or conference"),
    FormField("issued", "Issued", hint="the date of the formal publication there"),
    FormField("volume", "Volume"),
    FormField("issue", "Issue"),
    FormField("pages", "Pages"),
    FormField("publisher", "Publisher"),
    FormField("editors", "Editors", Shape.ITEMS, "one a line: Family, Given"),
    FormField("type", "Type", hint="a CSL type: article (a preprint), article-journal, paper-conference, book …"),
    FormField("arxiv_id", "arXiv", hint="an id, or a link with one"),
    FormField("doi", "DOI", hint="10.…, or a link with one"),
    FormField("url", "URL", hint="https://…"),
    FormField("code_url", "Code", hint="https://… of the source code"),
    FormField("category", "Category", hint="cs.LG"),
    FormField("key", "Citation key"),
    FormField("organisations", "Organisations", Shape.ITEMS, "one a line"),
    FormField("abstract", "Abstract", Shape.TEXT),
    FormField("has_code", "Code is available", Shape.FLAG),
    FormField("status", "Status"),
    FormField("star", "Starred", Shape.FLAG),
    FormField("tags", "Tags", hint="words, separated by blanks"),
    FormField("started", "Started", hint="2026-11-28: when you began to read it"),
    FormField("finished", "Finished", hint="2026-11-28: when you had read it; statistics count by it"),
    FormField("files", "Files", Shape.ITEMS, "one a line: paths of files on this computer"),
    FormField("extra", "Further", Shape.ITEMS, "one a line: name: value, such as ISBN: 978-3-16-148410-0"),
)
_BY_NAME = {field.name: field for field in FORM}
REVIEWED = "review_reason"
"""The flag by which the user says that a record which needed a look is right now."""


def form_text(paper: Paper, name: str) -> str:
    """The field ``name`` of ``paper`` as it stands in the form."""
    value = getattr(paper, name)
    if name in {"authors", "editors"}:
        return "\n".join(map(author_text, value))
    if name == "extra":
        return "\n".join(f"{word}: {text}" for word, text in value)
    if name == "tags":
        return " ".join(value)
    if name == "status":
        return meaning(value).name
    return "\n".join(value) if _BY_NAME[name].shape is Shape.ITEMS else str(value)


def author_text(author: Author) -> str:
    """An author on a line of the form: ``Family, Given``, or ``{Group}`` for a name that nobody should split."""
    if author.literal:
        return f"{{{author.literal}}}"
    return f"{author.family}, {author.given}" if author.given else author.family


def read_form(paper: Paper, texts: Mapping[str, str], flags: Mapping[str, bool]) -> dict[str, Any]:
    """What the user has changed in the form of ``paper``: {field: new value}.

    Args:
        paper: as the form was filled from it.
        texts: what stands in the fields of the form, by their names.
        flags: those that are ticked or not; with `REVIEWED`, whether the record is right now.

    Raises:
        FormError: a field cannot have the value.
    """
    changed: dict[str, Any] = {}
    for name, text in texts.items():
        if text == form_text(paper, name):
            continue
        value = _read(paper, name, text)
        if value != getattr(paper, name):
            changed[name] = value
    known_flags = {field.name for field in FORM if field.shape is Shape.FLAG}
    changed |= {name: flag for name, flag in flags.items() if name in known_flags and flag != getattr(paper, name)}
    if flags.get(REVIEWED) and paper.review_reason:
        changed["review_reason"] = ""
    if changed.get("code_url"):
        changed["has_code"] = True
    return changed


def _read(paper: Paper, name: str, text: str) -> Any:
    field = _BY_NAME[name]
    if field.shape is Shape.ITEMS:
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if name in {"organisations", "files"}:
            return tuple(dict.fromkeys(lines))
        if name == "extra":
            return tuple(sorted(dict(_pair(line) for line in lines).items()))
        known = {author_text(author): author for author in getattr(paper, name)}
        return tuple(known.get(line) or _author(name, line) for line in lines)
    if name == "tags":
        return parse_tags(text)
    text = " ".join(text.split()) if name != "abstract" else text.strip()
    if not text:
        if name == "title":
            raise FormError(name, "A paper must have a title")
        return {"type": "article", "status": paper.status}.get(name, "")
    return _CHECKS[name](name, text) if name in _CHECKS else text


def _pair(line: str) -> tuple[str, str]:
    word, colon, text = (part.strip() for part in line.partition(":"))
    if not (word and colon and text):
        raise FormError("extra", f"“{line}”: write name: value, such as ISBN: 978-3-16-148410-0")
    return word, text


def _status(name: str, text: str) -> str:
    if found := current().find(text):
        return found.value
    raise FormError(name, f"There is no status “{text}”; there are {', '.join(current().names)}")


def _moment(name: str, text: str) -> str:
    try:
        if len(text) == len("2026-11-28"):
            return f"{date.fromisoformat(text).isoformat()}T12:00:00Z"
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        raise FormError(name, f"“{text}” is no day; write 2026-11-28") from None


def _author(name: str, line: str) -> Author:
    if line.startswith("{") or line.endswith("}"):
        literal = line[1:-1].strip()
        if not (line.startswith("{") and line.endswith("}") and literal):
            raise FormError(name, f"“{line}”: a group is written {{Group}}, in two braces")
        return Author(literal=literal)
    family, comma, given = (part.strip() for part in line.partition(","))
    if not comma:
        return split_name(line)
    if not family:
        raise FormError(name, f"“{line}”: the family name is missing before the comma")
    return Author(family=family, given=given)


def _date(name: str, text: str) -> str:
    found = _DATE.fullmatch(text)
    try:
        if found:
            parts = [int(part) for part in found.groups() if part]
            date(*parts, *[1] * (3 - len(parts)))
            return text
    except ValueError:
        pass
    raise FormError(name, f"“{text}” is no date; write 2022, 2022-10 or 2022-10-11")


def _arxiv(name: str, text: str) -> str:
    if found := arxiv_id(text):
        return found
    raise FormError(name, f"“{text}” is no arXiv id; write 2210.05546 or hep-th/9711200")


def _doi(name: str, text: str) -> str:
    if found := doi(text):
        return found
    raise FormError(name, f"“{text}” is no DOI; write 10.1038/s41534-021-00436-9")


def _csl_type(name: str, text: str) -> str:
    if text in CSL_TYPES:
        return text
    within = [kind for kind in CSL_TYPES if text.lower() in kind]
    near = sorted(within, key=lambda kind: not kind.startswith(text.lower()))
    raise FormError(name, f"There is no CSL type “{text}”; did you mean {', '.join(near[:4] or CSL_TYPES[:2])}?")


def _matching(pattern: re.Pattern[str], message: str) -> Callable[[str, str], str]:
    def check(name: str, text: str) -> str:
        if pattern.fullmatch(text):
            return text
        raise FormError(name, f"“{text}” {message}")

    return check


_CHECKS: dict[str, Callable[[str, str], str]] = {
    "published": _date,
    "issued": _date,
    "arxiv_id": _arxiv,
    "doi": _doi,
    "type": _csl_type,
    "status": _status,
    "started": _moment,
    "finished": _moment,
    "url": _matching(_URL, "is no address; it begins with https:// or http://"),
    "code_url": _matching(_URL, "is no address; it begins with https:// or http://"),
    "key": _matching(_KEY, "cannot be a citation key: no blanks, brackets, commas or quotation marks"),
    "category": _matching(_CATEGORY, "is no category; it is one word such as cs.LG"),
}
