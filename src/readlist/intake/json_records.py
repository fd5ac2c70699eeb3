"""The records of a JSON text one by one, each with its line: one that is broken does not take the others with it.

``json.loads`` gives a whole text or nothing, and no positions. Here each element of the list is decoded on its own, by
the same C scanner, which costs a tenth more (10,000 papers: 0.2 s) and tells where each begins. After a broken one
reading goes on at the next line that begins like it, or, where records share lines, behind its closing bracket.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from readlist.intake.gathering import excerpt

_BLANK = re.compile(r"[ \t\r\n,]*")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
_LONE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_MOST_TOKENS = 2_000_000
"""Brackets and strings looked at to find the end of a broken record; it bounds the time to a second."""
_MOST_BROKEN = 10_000
"""Broken records after which the rest of the text is one more."""


class JsonRecord(NamedTuple):
    """One record of a JSON text."""

    line: int
    """Where it begins; the first line is 1."""
    value: Any
    shown: str
    """How it begins, for a message."""
    reason: str = ""
    """Why it could not be decoded; ``value`` is None then."""


class _Walk:
    """A place in a text, its line, and the records found on the way."""

    def __init__(self, text: str, inside: frozenset[str]) -> None:
        self.text = text
        self.inside = inside
        self.at = 1 if text.startswith("\ufeff") else 0
        self._line = 1
        self._counted = 0
        self._has_surrogates = bool(_ESCAPED_SURROGATE.search(text) or _LONE.search(text))
        self._decode = json.JSONDecoder(parse_constant=_no_number, strict=False).raw_decode

    def blank(self) -> str:
        """Step over blanks and commas; the character that follows, empty at the end."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def line(self, at: int) -> int:
        self._line += self.text.count("\n", self._counted, at) if at >= self._counted else -self._back(at)
        self._counted = at
        return self._line

    def _back(self, at: int) -> int:
        return self.text.count("\n", at, self._counted)

    def decoded(self) -> JsonRecord:
        """The value that begins here; the place moves behind it, or to where the next record may begin."""
        start = self.at
        line = self.line(start)
        shown = self.text[start : start + 400]
        try:
            value, self.at = self._decode(self.text, start)
        except json.JSONDecodeError as error:
            reason = f"The JSON is broken in line {self.line(error.pos)}."
        except RecursionError:
            reason = "The JSON is nested too deeply."
        except ValueError:  # a number of more than 4,300 digits
            reason = "The JSON holds a number that is too long."
        else:
            return JsonRecord(line, _mended(value) if self._has_surrogates else value, shown)
        self._recover(start)
        return JsonRecord(line, None, shown, reason)

    def _recover(self, start: int) -> None:
        begin = self.text.rfind("\n", 0, start) + 1
        indent = self.text[begin:start]
        if not indent.strip(" \t"):
            following = re.compile(rf"^{re.escape(indent)}\{{", re.MULTILINE).search(self.text, start + 1)
            self.at = following.end() - 1 if following else len(self.text)
            return
        self.at = _behind(self.text, start)

    def elements(self) -> Iterator[JsonRecord]:
        """The elements of the list, or of the bare sequence, that begins here."""
        is_list = self.blank() == "["
        self.at += is_list
        broken = 0
        while (first := self.blank()) and not (first == "]" and is_list):
            record = self.decoded()
            yield record
            broken += bool(record.reason)
            if broken > _MOST_BROKEN:
                yield JsonRecord(
                    self.line(self.at), None, self.text[self.at : self.at + 400], "Too much is broken here."
                )
                return

    def enter(self) -> bool:
        """Step into the list that holds the records of the object that begins here; False where there is none."""
        start = self.at
        self.at += 1
        while self.blank() == '"':
            key = self.decoded()
            found = re.compile(r"\s*:\s*").match(self.text, self.at)
            if key.reason or not found:
                break
            self.at = found.end()
            opening = self.text[self.at : self.at + 1]
            if key.value in self.inside and (opening == "[" or (opening == "{" and self.enter())):
                return True
            if self.decoded().reason:
                break
        self.at = start
        return False


def json_records(text: str, *inside: str) -> Iterator[JsonRecord]:
    """The records of ``text``.

    Args:
        text: A list of records, one record, records one after another (JSON Lines), or an object that holds the list.
        inside: The names under which an object holds the list, or the object that holds it (``message``, ``items``).

    Yields:
        Each record, broken ones with their reason. A text that is no JSON at all is one broken record. Numbers that
        are no numbers (``NaN``) are None; a lone surrogate is U+FFFD.
    """
    walk = _Walk(text, frozenset(inside))
    first = walk.blank()
    if first == "[" or (first == "{" and (walk.enter() or first)):
        yield from walk.elements()
    else:
        yield JsonRecord(walk.line(walk.at), None, excerpt(text[walk.at : walk.at + 400]), "This is no JSON.")


def _no_number(_name: str) -> None:
    return None


def _behind(text: str, start: int) -> int:
    """The place behind the bracket that closes the one at ``start``; the end of the text when none does."""
    depth = 0
    for number, token in enumerate(_TOKEN.finditer(text, start)):
        first = token[0][0]
        if first in "[{":
            depth += 1
        elif first in "]}":
            depth -= 1
        if depth <= 0:
            return token.end()
        if number > _MOST_TOKENS:
            break
    return len(text)


def _mended(value: Any) -> Any:
    """``value`` with U+FFFD for lone surrogates, which no file could hold."""
    if isinstance(value, str):
        return _LONE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_mended(part) for part in value]
    if isinstance(value, dict):
        return {_mended(name): _mended(part) for name, part in value.items()}
    return value
