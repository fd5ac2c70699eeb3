"""What entries take over from others: ``crossref`` and ``xdata``, and the groups that JabRef keeps in comments."""

import re
from collections.abc import Iterable, Mapping

from readlist.intake.bibtex.scanner import Entry

_PARTS = frozenset(
    ("inproceedings", "conference", "incollection", "inbook", "suppbook", "suppcollection", "bookinbook", "inreference")
)
_ARTICLES = frozenset(("article", "suppperiodical", "review"))
_RENAMED = {
    **{key: {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"} for key in _PARTS},
    **{key: {"title": "journaltitle", "subtitle": "journalsubtitle"} for key in _ARTICLES},
}
"""BibLaTeX's default rules (manual, appendix B): what the title of the whole is to its part."""

_OWN = frozenset(
    """
    crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions relatedstring
    relatedtype shorthand shorthandintro sortkey ids abstract annote annotation comment file keywords groups
    readstatus ranking priority owner timestamp author shorttitle pages doi eprint
    """.split()  # noqa: SIM905 - a list of words
)
"""Fields that say something of one entry alone."""

_DEEPEST = 5
_GROUP = re.compile(r"\d+ (\w+Group):((?:\\.|[^;\\])*);", re.DOTALL)


def completed(entries: Iterable[Entry]) -> list[Entry]:
    """``entries`` with what they inherit, in their order."""
    listed = list(entries)
    by_key: dict[str, Entry] = {}
    for entry in listed:
        by_key.setdefault(entry.key.lower(), entry)
    return [_completed(entry, by_key, _DEEPEST) for entry in listed]


def _completed(entry: Entry, by_key: Mapping[str, Entry], depth: int) -> Entry:
    keys = [key.strip().lower() for key in entry.fields.get("xdata", "").split(",") if key.strip()]
    parents = [by_key[key] for key in keys if key in by_key]
    whole = by_key.get(entry.fields.get("crossref", "").strip().lower())
    if not depth or (not parents and whole is None):
        return entry
    fields = dict(entry.fields)
    for parent in parents:
        if parent is not entry:
            fields = {**_completed(parent, by_key, depth - 1).fields, **fields}
    if whole is not None and whole is not entry:
        names = _RENAMED.get(entry.kind, {})
        for name, value in _completed(whole, by_key, depth - 1).fields.items():
            if name not in _OWN:
                fields.setdefault(names.get(name, name), value)
    fields.pop("xdata", None)
    return entry._replace(fields=fields)


def groups_of(comments: Iterable[str]) -> dict[str, list[str]]:
    """The names of the groups that list each key, by key: JabRef up to version 3 keeps them in a comment."""
    found: dict[str, list[str]] = {}
    for comment in comments:
        head, _, tree = comment.lstrip().partition(":")
        name, _, rest = tree.lstrip().partition(":")
        if head.strip() != "jabref-meta" or name not in {"groupstree", "grouping"}:
            continue
        for kind, described in _GROUP.findall(rest.replace("\n", "").replace("\r", "")):
            title, *listed = re.split(r"(?<!\\)\\;|(?<=\\\\)\\;", described)
            if kind == "ExplicitGroup":
                for key in listed[1:]:
                    if key:
                        found.setdefault(_unescaped(key), []).append(_unescaped(title))
    return found


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", re.sub(r"\\(.)", r"\1", text)).strip()
