r"""Papers through the user's template, for ``readlist list --format``: ``{key}\t{title}``."""

import json
import string
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from readlist.errors import UsageError
from readlist.latex import to_unicode
from readlist.paper import Paper
from readlist.record import paper_to_json

_MORE: Mapping[str, Callable[[Paper], str]] = {
    "author": lambda paper: to_unicode(paper.authors[0].short) if paper.authors else "",
    "authors": lambda paper: "; ".join(to_unicode(author.display) for author in paper.authors),
    "editors": lambda paper: "; ".join(to_unicode(editor.display) for editor in paper.editors),
    "title": lambda paper: to_unicode(paper.title),
    "abstract": lambda paper: to_unicode(paper.abstract),
    "year": lambda paper: paper.year,
    "tags": lambda paper: " ".join(paper.tags),
    "page": lambda paper: paper.abstract_page,
    "pdf": lambda paper: paper.pdf_page,
}
_ESCAPES = {"t": "\t", "n": "\n", "\\": "\\", "0": "\0"}
FIELDS = tuple(sorted({*paper_to_json(Paper()), *_MORE}))
"""The names that a template may hold in braces."""


class Template:
    r"""A line for each paper, with fields in braces.

    ``{{`` is a brace; ``\t``, ``\n`` and ``\0`` are a tab, a line end and a NUL.

    A format may follow the name as in Python: ``{year:>6}``, ``{title:.40}``.

    Raises:
        UsageError: the template cannot be read, or names a field that there is not.
    """

    def __init__(self, text: str) -> None:
        try:
            self._parts = list(string.Formatter().parse(_unescaped(text)))
        except ValueError as error:
            raise UsageError(f"--format: {error}") from None
        for _, name, _, conversion in self._parts:
            if name is not None and (name not in FIELDS or conversion):
                raise UsageError(f"--format: there is no field {{{name}}}{_nearest(name)}")
        self._line(_Fields(Paper()))  # a wrong format is told of before the first line

    @property
    def names(self) -> set[str]:
        """The fields that the template holds."""
        return {name for _, name, _, _ in self._parts if name is not None}

    def line(self, paper: Paper) -> str:
        """The line of ``paper``; blanks stand for line ends and tabs within its fields."""
        return self._line(_Fields(paper))

    def _line(self, fields: "_Fields") -> str:
        found = []
        for text, name, layout, _ in self._parts:
            found.append(text)
            if name is not None:
                try:
                    found.append(format(fields[name], layout or ""))
                except ValueError as error:
                    raise UsageError(f"--format: {{{name}:{layout}}}: {error}") from None
        return "".join(found)


class _Fields:
    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    @cached_property
    def _record(self) -> dict[str, Any]:
        return paper_to_json(self._paper)

    def __getitem__(self, name: str) -> str:
        if name in _MORE:
            return " ".join(_MORE[name](self._paper).split())
        value = self._record[name]
        if isinstance(value, str | None):
            return " ".join((value or "").split())
        return json.dumps(value, ensure_ascii=False)


def _unescaped(text: str) -> str:
    head, *tails = text.split("\\")
    found, at = [head], 0
    while at < len(tails):
        tail = tails[at]
        if tail[:1] in _ESCAPES:
            found.append(_ESCAPES[tail[0]] + tail[1:])
        elif not tail and at + 1 < len(tails):  # two of them are one
            at += 1
            found.append("\\" + tails[at])
        else:
            found.append("\\" + tail)
        at += 1
    return "".join(found)


def _nearest(name: str) -> str:
    import difflib  # noqa: PLC0415 - for a mistyped name alone

    near = difflib.get_close_matches(name, FIELDS, 1)
    return f"; did you mean {{{near[0]}}}?" if near else f"; there are {', '.join(FIELDS)}"
