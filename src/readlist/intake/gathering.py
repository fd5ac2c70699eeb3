"""What every reader of a format does with a record: clean its text, make the paper, or say why there is none."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from readlist.intake.fields import one_line, paper_of
from readlist.intake.result import Intake, Reject
from readlist.paper import Paper

NO_TITLE = "The record has no title."
TITLE_MISSING = "The title is missing."
UNTITLED = "[no title]"
"""Stands for the title of a record that says other things of its paper."""
NO_OBJECT = "This is no record with named fields."
UNREADABLE = "The record could not be read."
TOO_LONG = "No record has more than 5 million characters."
_LONGEST_RECORD = 5_000_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SHOWN = 200
"""Characters of a rejected text that a message can use."""


def clean(text: str) -> str:
    """``text`` without its byte order mark and without characters that are no text; its lines stay where they are.

    Removed are the control characters but tab, line feed and carriage return, lone surrogates (no file could hold
    them), and the two noncharacters that a wrong byte order leaves.
    """
    return _CONTROL.sub("", text.removeprefix("\ufeff"))


def lines_of(text: str) -> list[str]:
    """The lines of ``text``, ended by LF, CRLF or CR alone: U+2028 and the like are part of a title."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def excerpt(text: str) -> str:
    """The beginning of a rejected text on one line."""
    return one_line(text[: 2 * _SHOWN])[:_SHOWN]


class Gathering:
    """The papers and rejects of one text while it is read."""

    def __init__(self, form: str) -> None:
        """``form`` is what a message calls the format."""
        self._form = form
        self._papers: list[Paper] = []
        self._lines: list[int] = []
        self._rejects: list[Reject] = []

    def add(self, line: int, fields: dict[str, Any], extra: dict[str, str], shown: str = "") -> None:
        """Take the paper with these fields (see `fields.paper_of`), unless nothing tells which paper it is.

        Args:
            line: Where the record begins.
            fields: Fields of `Paper`.
            extra: `Paper.extra`.
            shown: The text of the record, for the reject.
        """
        texts = (text for text in (*fields.values(), *extra.values()) if isinstance(text, str))
        if sum(map(len, texts)) > _LONGEST_RECORD:
            self.reject(line, shown[: 2 * _SHOWN], TOO_LONG)
            return
        paper = paper_of(fields, extra)
        if paper.title:
            self.keep(line, paper)
        elif paper.arxiv_id or paper.doi or paper.authors or paper.venue or paper.url:
            reasons = (paper.review_reason, TITLE_MISSING)
            reason = " ".join(reason for reason in reasons if reason)
            self.keep(line, paper._replace(title=UNTITLED, review_reason=reason))
        else:
            self.reject(line, shown, NO_TITLE)

    def keep(self, line: int, paper: Paper) -> None:
        """Take ``paper`` as it is."""
        self._papers.append(paper)
        self._lines.append(line)

    def reject(self, line: int, text: str, reason: str) -> None:
        """Say why the text that begins in ``line`` is no paper."""
        self._rejects.append(Reject(line, excerpt(text), reason))

    def attempt(self, line: int, shown: str, make: Callable[[], "tuple[dict[str, Any], dict[str, str]]"]) -> None:
        """Add what ``make`` gives; a record too deep or too odd for it is rejected and takes no other with it."""
        try:
            self.add(line, *make(), shown)
        except (RecursionError, ValueError, TypeError, OverflowError):
            self.reject(line, shown, UNREADABLE)

    def intake(self) -> Intake:
        """All that was found, rejects by line."""
        return Intake(tuple(self._papers), tuple(sorted(self._rejects)), tuple(self._lines), self._form)


def citation_key(text: str) -> str:
    """``text`` where it can be a citation key, else the empty string.

    A key holds a letter and none of the characters that BibTeX, biber or pandoc would end it at; addresses and running
    numbers, which other programs put in its place, are none.
    """
    text = text.strip()
    is_key = re.fullmatch(r"[^\s{},%#\\~\"]{1,200}", text) and "//" not in text and any(map(str.isalpha, text))
    return text if is_key else ""


def add_extra(extra: dict[str, str], name: str, values: Iterable[str], separator: str = "; ") -> None:
    """Add the ``values`` that say something to ``extra`` under ``name``."""
    known = [extra[name]] if extra.get(name) else []
    extra[name] = separator.join(dict.fromkeys([*known, *(value for value in values if value)]))


def words(values: Iterable[str], separators: str = ";") -> tuple[str, ...]:
    """Keywords, each once, of texts that hold one each or several with one of ``separators`` between them."""
    parts = (one_line(part) for value in values for part in re.split(f"[{separators}\n]", value))
    return tuple(dict.fromkeys(part for part in parts if part))


def serial_numbers(texts: Iterable[str], extra: dict[str, str]) -> None:
    """Put ISBNs and ISSNs where they belong; what is neither stays under ``serial``.

    An ISSN has eight digits, an ISBN ten or thirteen (the last may be X), with hyphens or without; what is said behind
    one ("(electronic)") is left out.
    """
    for text in texts:
        rest = text
        for found in re.finditer(r"(?<![\w-])(?:\d[ -]?){7,12}[\dXx](?![\w-])", text):
            length = len(re.sub(r"[ -]", "", found[0]))
            name = {8: "ISSN", 10: "ISBN", 13: "ISBN"}.get(length)
            if name:
                add_extra(extra, name, [found[0].strip()], " ")
                rest = rest.replace(found[0], "")
        if rest == text and text.strip():
            add_extra(extra, "serial", [one_line(text)], " ")
