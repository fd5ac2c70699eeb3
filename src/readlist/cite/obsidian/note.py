"""What readlist has to say of a paper in its note: properties, and a part of Markdown."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from readlist.cite.csl_items import readable
from readlist.cite.markdown import link
from readlist.cite.obsidian.names import obsidian_tags, short_hash
from readlist.paper import Paper

Value = str | int | bool | list[str]
"""Of a property."""

ID = "readlist-id"
"""The property by which a note is known again, whatever its name has become."""

PROPERTIES = (
    *("title", "aliases", "authors", "year", "published", "venue", "doi", "arxiv", "url", "citekey"),
    *("status", "star", "tags", "added", "started", "finished", ID),
)
"""What readlist writes at the top of a note, in this order, each where it is known."""

# What JSON leaves as it is and YAML 1.2 (section 5.1) forbids, or takes for a line break or a byte order mark.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Note(NamedTuple):
    """What readlist writes in a note."""

    identifier: str
    """The paper's id."""
    properties: Mapping[str, Value]
    part: str
    """Markdown; ends with a newline."""


def note_of(paper: Paper) -> Note:
    """The note of ``paper``, which has its citation key."""
    title = readable(paper.title)
    authors = [readable(author.display) for author in paper.authors]
    known: dict[str, Value] = {
        "title": title,
        "aliases": [title] if title else [],
        "authors": authors + ([] if paper.authors_complete else ["et al."]),
        "year": int(paper.year) if paper.year.isascii() and paper.year.isdigit() else paper.year,
        "published": paper.published or paper.issued,
        "venue": readable(paper.venue),
        "doi": paper.doi,
        "arxiv": paper.arxiv_id,
        "url": paper.url or paper.abstract_page,
        "citekey": paper.key,
        "status": str(paper.status),
        "star": paper.star,
        "tags": obsidian_tags(paper.tags),
        "added": paper.added[:10],
        "started": paper.started[:10],
        "finished": paper.finished[:10],
        ID: paper.id,
    }
    properties = {name: known[name] for name in PROPERTIES if known[name] not in ("", [])}
    return Note(paper.id, properties, _part(paper))


def digest(value: object) -> str:
    """Eight letters that tell whether a property is as it was written, however it is quoted in the file."""
    return short_hash(json.dumps(_as_read(value), ensure_ascii=False, sort_keys=True))


def text_digest(text: str) -> str:
    """The same for Markdown, in which blanks and line ends are no change."""
    return short_hash(" ".join(text.split()))


def yaml_property(name: str, value: Value) -> str:
    """The lines of a property; texts are quoted, so that nothing in them means anything to YAML."""
    if isinstance(value, list):
        return f"{name}:\n" + "".join(f"  - {_quoted(entry)}\n" for entry in value)
    if isinstance(value, str):
        # A whole date stands bare, as Obsidian writes it itself: quoted, it would be a text that cannot be sorted by.
        return f"{name}: {value if _is_date(value) else _quoted(value)}\n"
    return f"{name}: {str(value).lower()}\n"


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _quoted(text: str) -> str:
    text = _SURROGATE.sub("\ufffd", text)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _as_read(value: object) -> object:
    """``value`` as a reader gives it that takes every scalar for a text."""
    if isinstance(value, list):
        return [_as_read(entry) for entry in value]
    if isinstance(value, dict):
        return {str(name): _as_read(entry) for name, entry in value.items()}
    return str(value).lower() if isinstance(value, bool) else _SURROGATE.sub("\ufffd", str(value))


def _part(paper: Paper) -> str:
    blocks = [f"# {_escaped(paper.title) or 'Untitled'}"]
    if paper.abstract.strip():
        blocks += ["## Abstract", *map(_escaped, re.split(r"\n\s*\n", paper.abstract.strip()))]
    if paper.note.strip():
        # The user's own Markdown stays as it is, unless it could be taken for the end of this part.
        blocks += ["## Note", re.sub(r"<!--(?=\s*readlist:)", "&lt;!--", _lines(paper.note).strip("\n"))]
    return _SURROGATE.sub("\ufffd", "\n\n".join(blocks) + "\n")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _escaped(text: str) -> str:
    """``text`` on one line, of which nothing is markup to Markdown or Obsidian (which hides what ``%%`` encloses)."""
    text = link(readable(text), "").replace("%%", "\\%\\%").replace("==", "\\=\\=")
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    return re.sub(r"^(\d*)(?=[.)]|[-+=])", r"\1\\", text)
