r"""Reads LaTeX from left to right and says it in Unicode.

Text and mathematics call each other (``\text{if $x>0$}`` inside mathematics). How deep they may do so is bounded:
what is nested deeper is shown as it stands. Every character is read once, so that the time is proportional to the
length of the input.
"""
# ruff: noqa: RUF001 - the dashes, quotation marks and primes that TeX sets

import re
from functools import lru_cache

from readlist.latex.macros import (
    HANDLERS,
    LITERAL,
    MATH_ENVIRONMENTS,
    PLAIN_ALPHABETS,
    SILENT,
    SPACES,
    WORDS,
    WORDY_ACCENTS,
    Place,
    Result,
    optional,
)
from readlist.latex.pairs import Pairs
from readlist.latex.scripts import AFTER_LETTER, SOFT, fraction, script, settle, settle_formula
from readlist.latex.symbols import ACCENTS, ALPHABETS, FUNCTIONS, MATH_LETTERS, TEXT_LETTERS, accented, letter, symbol
from readlist.lazy_pattern import lazy_pattern

_DEEPEST = 24
"""Levels of nesting that are read; mathematics in abstracts has at most six."""

_TEXT_SIGN = lazy_pattern(r"https?://[^\s{}$\\]+|[\\{}$~]|-{2,3}|``|''")
_TEXT_LIGATURES = {"--": "–", "---": "—"}
_MATH_RUN = lazy_pattern(r"[^\\{}^_~&'\s$]+")
_NAME = lazy_pattern(r"\\([A-Za-z]+|.)", re.DOTALL)
_INFIX = lazy_pattern(r"\\(over|choose)(?![A-Za-z])")
_BLANKS = lazy_pattern(r"\s*")
_LETTERS = lazy_pattern(r"\s*[A-Za-z]+\s*")
_STAR = lazy_pattern(r"\*(?=\s*\{)")
_SMALL_SET = lazy_pattern(r"\{\s*[\w.…-]{1,3}(?:\s*,\s*[\w.…-]{1,3})+\s*\}")
_ENVIRONMENT = lazy_pattern(r"\\(?:begin|end)\s*\{([A-Za-z]{1,30})\*?\}")
_SEVERAL_BLANKS = lazy_pattern(r" {2,}")
_SCRIPTS = ("^", "_")


@lru_cache(maxsize=1024)
def convert(source: str) -> str:
    """``source``, which is ``plain``, with its LaTeX as Unicode."""
    return _SEVERAL_BLANKS.sub(" ", Reader(source).text(0, len(source), 0))


class Reader:
    """Reads one source; ``text`` and ``math`` take a stretch of it and the depth of nesting reached."""

    __slots__ = ("_open_quotes", "_pairs", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._pairs = Pairs(source)
        self._open_quotes = 0

    # Text.

    def text(self, start: int, stop: int, depth: int) -> str:
        """The stretch as running text: braces dropped, quotation marks and dashes as TeX sets them."""
        place = Place(stop, depth, math=False)
        out: list[str] = []
        index = start
        while match := _TEXT_SIGN.search(self.source, index, stop):
            out.append(self.source[index : match.start()])
            piece, index = self._text_sign(match, place)
            out.append(piece)
        out.append(self.source[index:stop])
        return settle("".join(out))

    def _text_sign(self, match: re.Match[str], place: Place) -> Result:
        sign, index, after = match[0], match.start(), match.end()
        match sign:
            case "\\":
                return self._macro(index, place)
            case "$":
                return self._mathematics(index, after, place)
            case "{":
                return self._text_brace(index, place)
            case "}":
                sign = "" if index in self._pairs.closed else sign
            case "~":
                sign = self._tie(index, place)
            case "``" | "''":
                sign = self._quote(sign)
        return _TEXT_LIGATURES.get(sign, sign), after

    def _text_brace(self, index: int, place: Place) -> Result:
        # {0,1} outside mathematics is a set typed without LaTeX; {Deep} protects a capital.
        if small_set := _SMALL_SET.match(self.source, index, place.stop):
            return small_set[0], small_set.end()
        return ("" if index in self._pairs.braces else "{"), index + 1

    def _tie(self, index: int, place: Place) -> str:
        """A blank where "~" ties two words; "~" where it means "about" (" ~5"), a range (10~20) or a home folder."""
        before = self.source[max(index - 1, 0) : index]
        after = self.source[index + 1 : min(index + 2, place.stop)]
        tied = before and after and not before.isspace() and not after.isspace() and before not in "/([~"
        return "~" if not tied or (before.isdigit() and after.isdigit()) else " "

    def _quote(self, sign: str) -> str:
        if sign == "``":
            self._open_quotes += 1
            return "“"
        if not self._open_quotes:
            return sign
        self._open_quotes -= 1
        return "”"

    # Mathematics.

    def _mathematics(self, index: int, otherwise: int, place: Place) -> Result:
        span = self._pairs.maths.get(index)
        if span is None or span.after > place.stop:
            return self.source[index:otherwise], otherwise
        return self.math(span.start, span.stop, place.depth + 1).strip(), span.after

    def math(self, start: int, stop: int, depth: int) -> str:
        """The stretch as mathematics."""
        if depth > _DEEPEST:
            return self.source[start:stop]
        place = Place(stop, depth, math=True)
        out: list[str] = []
        index = start
        while index < stop:
            if run := _MATH_RUN.match(self.source, index, stop):
                out.append(run[0])
                index = run.end()
            elif infix := _INFIX.match(self.source, index, stop):
                return self._infix(infix, settle_formula("".join(out)).strip(), place)
            else:
                piece, index = self._math_sign(index, place)
                out.append(piece)
        return settle_formula("".join(out))

    def _infix(self, infix: re.Match[str], left: str, place: Place) -> str:
        right = self.math(infix.end(), place.stop, place.depth + 1).strip()
        return fraction(left, right) if infix[1] == "over" else f"({left} choose {right})"

    def _math_sign(self, index: int, place: Place) -> Result:
        sign = self.source[index]
        match sign:
            case "\\":
                return self._macro(index, place)
            case "{":
                return self._group(index, place)
            case "^" | "_":
                return self._script(index, place)
            case "'":
                return "′", index + 1
            case "}" | "$":
                return sign, index + 1
        after = self._skip_blanks(index + 1, place)  # a blank, "~", or "&" of an alignment
        # "\mathbb{R} ^n" is one symbol, "1s2s ^3S" are two.
        joined = self.source.startswith(_SCRIPTS, after) and not self.source[index - 1].isalnum()
        return ("" if joined else " "), after

    def _script(self, index: int, place: Place) -> Result:
        sign = self.source[index]
        start = self._skip_blanks(index + 1, place)
        if start >= place.stop or self.source[start] in "^_}$(":  # "^(1)" is meant as a group, but TeX has none there
            return sign, index + 1
        inner = self._skip_blanks(start + 1, place) if self.source[start] == "{" else start
        name = _NAME.match(self.source, inner, place.stop)
        text, after = self.argument(start, place)
        while self.source[after - 1].isspace():
            after -= 1  # a blank swallowed by a macro divides: "∇_θ J", where "∇_θJ" would be unclear
        raised = script(sign, text.strip(), word=name is not None and name[1] in WORDS)
        blank = self._skip_blanks(after, place)
        if blank > after and self.source.startswith(_SCRIPTS, blank):
            return f"{raised} ", blank  # the next script belongs to what follows: "1s^2 ^1S"
        return raised, after

    # Groups and arguments.

    def _skip_blanks(self, index: int, place: Place) -> int:
        blanks = _BLANKS.match(self.source, index, place.stop)
        return blanks.end() if blanks else index

    def group_end(self, index: int, place: Place) -> int:
        """The index of the brace that closes the group opening at ``index``; 0 when no group opens there."""
        closing = self._pairs.braces.get(index, 0)
        return closing if closing < place.stop else 0

    def _group(self, index: int, place: Place) -> Result:
        closing = self.group_end(index, place)
        if not closing:
            return "{", index + 1
        if place.depth >= _DEEPEST:
            return self.source[index : closing + 1], closing + 1
        mode = self.math if place.math else self.text
        return mode(index + 1, closing, place.depth + 1), closing + 1

    def argument(self, index: int, place: Place) -> Result:
        """The next group, macro or single character, as a macro takes its argument; empty where nothing is left."""
        index = self._skip_blanks(index, place)
        if index >= place.stop or self.source[index] in "}$":
            return "", index
        if self.source[index] == "{":
            return self._group(index, place)
        if self.source[index] == "\\":
            text, after = self._macro(index, place._replace(depth=place.depth + 1))
            return settle(text), after
        return self.source[index], index + 1

    def verbatim(self, index: int, place: Place) -> Result:
        """The next group as it stands in the source; empty where none opens."""
        start = self._skip_blanks(index, place)
        closing = self.group_end(start, place)
        return (self.source[start + 1 : closing], closing + 1) if closing else ("", index)

    # Macros.

    def _macro(self, index: int, place: Place) -> Result:
        match = _NAME.match(self.source, index, place.stop)
        if match is None:
            return "\\", index + 1
        name, after = match[1], match.end()
        if place.depth > _DEEPEST:
            return match[0], after
        if name in LITERAL:
            return name, after
        if name in {"(", "["}:
            return self._mathematics(index, after, place)
        if name in {"begin", "end"}:
            return self._environment(index, after, place)
        return self._named(name, after, place)

    def _named(self, name: str, after: int, place: Place) -> Result:  # noqa: PLR0911 - one return a kind of macro
        if name in SPACES:
            found = optional(self, after, place) if name == "\\" else None  # \\[2pt]
            return " ", found[1] if found else after
        if name in SILENT:
            return self._silent(name, after, place)
        if name in ALPHABETS:
            return self._alphabet(ALPHABETS[name], after, place)
        if name in ACCENTS and not (place.math and name in WORDY_ACCENTS):
            return self._accent(name, after, place)
        star = _STAR.match(self.source, after, place.stop)
        after = star.end() if star else after
        if name in HANDLERS:
            return HANDLERS[name](self, after, place)
        if place.math and name in PLAIN_ALPHABETS:
            return self.argument(after, place)
        return self._symbol(name, after, place)

    def _environment(self, index: int, after: int, place: Place) -> Result:
        environment = _ENVIRONMENT.match(self.source, index, place.stop)
        if environment is None:
            return self.source[index:after], after
        span = self._pairs.environments.get(index)
        if span and span.after <= place.stop and environment[1] in MATH_ENVIRONMENTS:
            return f" {self.math(span.start, span.stop, place.depth + 1).strip()} ", span.after
        return " ", environment.end()

    def _silent(self, name: str, after: int, place: Place) -> Result:
        if name in {"left", "right", "middle"} and self.source.startswith(".", after, place.stop):
            return "", after + 1  # an invisible delimiter
        if name == "item":
            label, after = optional(self, after, place) or ("•", after)
            return f" {label} ", after
        return "", self._skip_blanks(after, place) if name.isalpha() else after

    def _alphabet(self, alphabet: str, after: int, place: Place) -> Result:
        if letters := _LETTERS.fullmatch(self.source, after, place.stop):
            text, after = letters[0].strip(), place.stop  # {\cal KP}
        else:
            text, after = self.argument(after, place.in_math())
        return "".join(letter(alphabet, character) for character in text), after

    def _accent(self, name: str, after: int, place: Place) -> Result:
        start = self._skip_blanks(after, place)
        following = self.source[start : start + 1] if start < place.stop else ""
        if not (following in {"{", "\\"} or following.isalpha() or (following and place.math)):
            return name, after
        text, end = self.argument(start, place)
        text = {"ı": "i", "ȷ": "j"}.get(text, text).strip()
        return (accented(ACCENTS[name], text), end) if text else (name, end)

    def _symbol(self, name: str, after: int, place: Place) -> Result:  # noqa: PLR0911 - one return a kind of symbol
        if not place.math and name in TEXT_LETTERS:
            empty = self.source.startswith("{}", after, place.stop)
            return TEXT_LETTERS[name], after + 2 if empty else self._skip_blanks(after, place)
        known = (MATH_LETTERS.get(name) if place.math else None) or symbol(name)
        if known is None and self.group_end(after, place):
            arguments, after = self._arguments(after, place)
            if arguments.strip():
                return arguments, after
        text = known or name
        if not place.math:
            return text, after
        if name in FUNCTIONS or (known is None and len(name) > 1):
            return f"{SOFT}{text}{SOFT}", after
        blank = self._skip_blanks(after, place)
        if blank > after and self.source.startswith(_SCRIPTS, blank):
            return text, blank
        if blank > after and (text[-1].isalpha() or text in "∂∇"):
            return text + AFTER_LETTER, blank
        return text, after

    def _arguments(self, index: int, place: Place) -> Result:
        """All the groups that stand here without a blank between, for a macro that nobody knows."""
        out: list[str] = []
        while self.group_end(index, place):
            text, index = self._group(index, place)
            out.append(text)
        return " ".join(out), index
