r"""The entries, strings and comments of a BibTeX file, each with its line, whatever stands around them.

The grammar is BibTeX's (Patashnik, *BibTeXing*; ``bibtex.web``): ``@kind{key, name = value, …}`` with braces or
parentheses outside, a value being pieces in braces, in quotation marks, bare numbers and names of strings joined by
``#``; braces count wherever they stand, ``\{`` too; what is between entries is a comment. Read are besides: names of
fields of any characters (``author+an``), a missing comma before the next field, an entry without a key, a string that
is defined further down, a name that no ``@string`` defines (it stands for itself).

A broken entry ends where the next one begins, so that it takes no other with it. Each part of the text is read once,
or twice where an entry was broken; after too much rereading a line that begins an entry ends every value.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_LONGEST_ENTRY = 5_000_000
"""Characters; the entry of 3,303 authors has 100,000."""

_LONGEST_TEXT = 200
"""Characters of a line that a message quotes."""

_HEAD = re.compile(r"@[ \t]*(?P<kind>[A-Za-z][\w.:+-]{0,60})\s*(?P<open>[{(])")
_NEXT = re.compile(r"(?:^[ \t]*|(?<=[})]))@[ \t]*[A-Za-z][\w.:+-]{0,60}\s*[{(]", re.MULTILINE)
_BARE_HEAD = re.compile(
    r"^[ \t]*@[ \t]*(?:article|book|booklet|inbook|incollection|inproceedings|conference|manual|mastersthesis|misc|"
    r"online|phdthesis|proceedings|report|techreport|thesis|unpublished)\b(?!\s*[{(])",
    re.IGNORECASE | re.MULTILINE,
)
_BLANK = re.compile(r"\s*")
_KEY = re.compile(r"\s*(?P<key>[^,={}\n\"]*?)\s*(?=[,={}\n\"]|\Z)")
_KEY_IN_PARENTHESES = re.compile(r"\s*(?P<key>[^,={}\n\")]*?)\s*(?=[,={}\n\")]|\Z)")
_NAME = re.compile(r"(?P<name>[^\s\"#%'(),={}]+)\s*=\s*")
_BARE = re.compile(r"[^\s\"#%'(),={}]+")
_JOIN = re.compile(r"\s*#\s*")
_SIMPLE = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}\"]")
_ONE_TOO_MANY = re.compile(r"\s*,\s*[A-Za-z][\w+:-]*\s*=\s*[\"{\w]")

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class Entry(NamedTuple):
    """One entry as it is written."""

    kind: str
    """The entry type in lower case: ``article``."""
    key: str
    fields: dict[str, str]
    """Values by name in lower case, strings put in; of a field that is there twice the first, as BibTeX takes it; the
    others as ``name (2)``."""
    line: int
    text: str
    """Its first line."""


class Broken(NamedTuple):
    """An entry, or another command, that could not be read."""

    line: int
    text: str
    reason: str


class Scan(NamedTuple):
    """All that a text holds."""

    entries: list[Entry]
    broken: list[Broken]
    comments: list[str]
    """What stands between the braces of each ``@comment``."""
    has_commands: bool
    """Whether there is anything of BibTeX at all, a string for instance."""


class _SyntaxError(ValueError):
    """An entry cannot be read; the message is a sentence, ``position`` is where that was seen."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


class _Name(str):
    """The name of a string that no ``@string`` has defined so far."""

    __slots__ = ()


def scan(text: str) -> Scan:
    """Read ``text`` from its beginning to its end; never raises."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._strings: dict[str, str] = {month[:3].lower(): month for month in _MONTHS}
        self._entries: list[tuple[str, str, dict[str, list[str]], int, str]] = []
        self._broken: list[Broken] = []
        self._comments: list[str] = []
        self._counted = (0, 1)
        self._wasted = 0
        self._room = 10 * len(text) + 10_000_000  # characters that strings may be put in with, all together
        self._limit = len(text)

    def scan(self) -> Scan:
        position = 0
        has_commands = False
        while head := _HEAD.search(self._text, position):
            has_commands = True
            self._refuse_bare_heads(position, head.start())
            position = self._command(head)
        self._refuse_bare_heads(position, len(self._text))
        self._broken.sort()
        entries = [entry for entry in map(self._finished, self._entries) if entry]
        return Scan(entries, self._broken, self._comments, has_commands)

    def _refuse_bare_heads(self, start: int, stop: int) -> None:
        """What looks like the beginning of an entry and has no brace."""
        for found in _BARE_HEAD.finditer(self._text, start, stop):
            self._refuse(found.start() + found[0].index("@"), "No brace follows the type of the entry.")

    def _command(self, head: re.Match[str]) -> int:
        """Read what ``head`` begins; the position where to go on."""
        kind = head["kind"].lower()
        # Of a text of hundreds of megabytes an entry looks at its own part.
        self._limit = min(len(self._text), head.start() + _LONGEST_ENTRY)
        try:
            if kind == "comment":
                return self._comment(head)
            if kind == "preamble":
                return self._closed(head, self._value(head.end())[1])
            if kind == "string":
                return self._string(head)
            return self._entry(head, kind)
        except _SyntaxError as error:
            if kind != "comment":
                reason = "No entry has more than 5 million characters." if self._is_cut(error) else str(error)
                self._refuse(head.start(), reason)
            following = _NEXT.search(self._text, head.end())
            resume = following.start() if following and kind != "comment" else head.end() if kind == "comment" else -1
            if resume < 0:
                return len(self._text)
            self._wasted += max(0, error.position - resume)
            return resume

    def _is_cut(self, error: _SyntaxError) -> bool:
        return error.position >= self._limit < len(self._text)

    def _refuse(self, start: int, reason: str) -> None:
        self._broken.append(Broken(self._line(start), self._first_line(start), reason))

    def _line(self, position: int) -> int:
        counted, line = self._counted
        if position < counted:
            counted, line = 0, 1
        line += self._text.count("\n", counted, position)
        self._counted = (position, line)
        return line

    def _first_line(self, position: int) -> str:
        end = self._text.find("\n", position, position + _LONGEST_TEXT)
        return self._text[position : end if end >= 0 else position + _LONGEST_TEXT].strip()

    def _comment(self, head: re.Match[str]) -> int:
        if head["open"] == "(" or "\n" in head[0]:
            return head.end() - 1  # "@Comment Len (…": BibTeX ignores the word alone
        content, position = self._braced(head.end() - 1)
        self._comments.append(content)
        return position

    def _string(self, head: re.Match[str]) -> int:
        name, value, position = self._field(self._skip(head.end()))
        position = self._closed(head, position)
        text = self._put_together(value)
        if len(text) > _LONGEST_ENTRY // 50:
            raise _SyntaxError("No string has more than 100,000 characters.", position)
        self._strings[name] = text
        return position

    def _entry(self, head: re.Match[str], kind: str) -> int:
        closing = "}" if head["open"] == "{" else ")"
        found = (_KEY if closing == "}" else _KEY_IN_PARENTHESES).match(self._text, head.end(), self._limit)
        position = found.end() if found else head.end()
        key = found["key"] if found else ""
        if self._text[position : position + 1] == "=":
            position, key = head.end(), ""
        fields: dict[str, list[str]] = {}
        while True:
            position = self._skip(position)
            sign = self._text[position : position + 1] if position < self._limit else ""
            if sign == ",":
                position += 1
            elif sign == closing:
                break
            else:
                name, value, position = self._field(position)
                fields.setdefault(_free_name(name, fields), value)
        if _ONE_TOO_MANY.match(self._text, position + 1, position + 1 + _LONGEST_TEXT):
            raise _SyntaxError("A closing brace too many ends the entry before its last field.", position)
        self._entries.append((kind, key, fields, self._line(head.start()), self._first_line(head.start())))
        return position + 1

    def _closed(self, head: re.Match[str], position: int) -> int:
        closing = "}" if head["open"] == "{" else ")"
        position = self._skip(position)
        if self._text[position : position + 1] == ",":
            position = self._skip(position + 1)
        if self._text[position : position + 1] != closing:
            raise _SyntaxError(f"Its closing '{closing}' is missing.", position)
        return position + 1

    def _skip(self, position: int) -> int:
        found = _BLANK.match(self._text, position, self._limit)
        return found.end() if found else position

    def _field(self, position: int) -> tuple[str, list[str], int]:
        found = _NAME.match(self._text, position, self._limit)
        if not found:
            if position >= self._limit or _NEXT.match(self._text, position):
                raise _SyntaxError("The entry has no end: its closing brace is missing.", position)
            what = self._first_line(position)[:20]
            raise _SyntaxError(f"A field 'name = value' is expected where '{what}' stands.", position)
        value, position = self._value(found.end())
        return found["name"].lower(), value, position

    def _value(self, position: int) -> tuple[list[str], int]:
        pieces: list[str] = []
        while True:
            sign = self._text[position : position + 1] if position < self._limit else ""
            if sign == "{":
                piece, position = self._braced(position)
            elif sign == '"':
                piece, position = self._quoted(position)
            else:
                found = _BARE.match(self._text, position, self._limit)
                if not found:
                    raise _SyntaxError("A field has no value.", position)
                piece, position = found[0], found.end()
                if not piece.isdigit():
                    piece = self._strings.get(piece.lower(), _Name(piece))
                    self._room -= len(piece)
                    if self._room < 0:
                        raise _SyntaxError("The strings that it names are too long when put in.", position)
            pieces.append(piece)
            join = _JOIN.match(self._text, position, self._limit)
            if not join:
                return pieces, position
            position = join.end()

    def _braced(self, position: int) -> tuple[str, int]:
        simple = _SIMPLE.match(self._text, position, self._limit)
        if simple:
            end = simple.end()
        else:
            depth = 0
            end = -1
            for found in _BRACE.finditer(self._text, position, self._limit):
                depth += 1 if found[0] == "{" else -1
                if depth == 0:
                    end = found.end()
                    break
        self._check(position, end)
        return self._text[position + 1 : end - 1], end

    def _quoted(self, position: int) -> tuple[str, int]:
        depth = 0
        end = -1
        for found in _BRACE_OR_QUOTE.finditer(self._text, position + 1, self._limit):
            sign = found[0]
            if sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
                if depth < 0:
                    raise _SyntaxError("A value in quotation marks has a closing brace too many.", found.start())
            elif not depth:
                end = found.end()
                break
        self._check(position, end)
        return self._text[position + 1 : end - 1], end

    def _check(self, position: int, end: int) -> None:
        if end < 0:
            raise _SyntaxError("A value has no end: a closing brace or quotation mark is missing.", self._limit)
        if self._wasted > 4 * len(self._text) + 1_000_000 and _NEXT.search(self._text, position, end):
            raise _SyntaxError("A value runs into the next entry: a closing brace is missing.", end)

    def _put_together(self, pieces: list[str]) -> str:
        if len(pieces) > 1 or isinstance(pieces[0], _Name):
            text = "".join(self._strings.get(p.lower(), str(p)) if isinstance(p, _Name) else p for p in pieces)
        else:
            text = pieces[0]
        return text

    def _finished(self, entry: tuple[str, str, dict[str, list[str]], int, str]) -> "Entry | None":
        kind, key, fields, line, text = entry
        values = {name: self._put_together(pieces) for name, pieces in fields.items()}
        if sum(map(len, values.values())) > _LONGEST_ENTRY:
            self._broken.append(Broken(line, text, "No entry has more than 5 million characters."))
            return None
        return Entry(kind, key, values, line, text)


def _free_name(name: str, taken: dict[str, list[str]]) -> str:
    """``name``, or ``name (2)`` and so on where it is taken."""
    if name not in taken:
        return name
    return next(numbered for numbered in _numbered(name) if numbered not in taken)


def _numbered(name: str) -> Iterator[str]:
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1
