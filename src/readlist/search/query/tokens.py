"""What was typed, cut into words, phrases, patterns, field names and signs."""

import re
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    PATTERN = auto()
    FIELD = auto()
    """A word and the colon that follows it; a value follows without a blank between."""
    NOT = auto()
    OR = auto()
    OPEN = auto()
    CLOSE = auto()


class Token(NamedTuple):
    """A piece of the text that was typed, from ``start`` to ``end``."""

    kind: Kind
    text: str
    """Without quotation marks, slashes or the colon."""
    start: int
    end: int
    closed: bool = True
    """Whether the second quotation mark, or slash, was there."""


_BLANK = re.compile(r"\s+")
_PHRASE = re.compile(r'"([^"]*)("?)|“([^”"]*)([”"]?)')
_PATTERN = re.compile(r"/((?:\\.|[^/\\])+)(?:(/)(?=[\s)]|$)|$)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z]+):(?!//)")
_WORD = re.compile(r"\S+")
_BRACKETED = re.compile(r"\([^\s()]*\)[^\s()]")
"""The beginning of a word of a title whose first part alone stands in brackets: “(1+ε)-approximation”."""
_COMPARISON = re.compile(r"[<>]=?")


def tokenise(text: str) -> list[Token]:
    """The tokens of ``text``; nothing in it but blanks is left out."""
    tokens: list[Token] = []
    depth = at = 0
    while at < len(text):
        blank = _BLANK.match(text, at)
        if blank:
            at = blank.end()
            continue
        token = _next(text, at, depth, after_field=bool(tokens) and _is_field_before(tokens[-1], at))
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE and depth > 0)
        tokens.append(token)
        at = token.end
    return tokens


def _is_field_before(token: Token, at: int) -> bool:
    return token.kind is Kind.FIELD and token.end == at


def _next(text: str, at: int, depth: int, *, after_field: bool) -> Token:  # noqa: PLR0911 - one for each kind
    char = text[at]
    if char == "(" and not _BRACKETED.match(text, at):
        return Token(Kind.OPEN, char, at, at + 1)
    if char == ")" and (depth or text[at:].split(maxsplit=1)[0] == ")"):
        return Token(Kind.CLOSE, char, at, at + 1)
    if char == "-" and not after_field and re.match(r"-[^\s\-]", text[at : at + 2]):
        return Token(Kind.NOT, char, at, at + 1)
    if phrase := _PHRASE.match(text, at):
        content, mark = (phrase[1], phrase[2]) if phrase[1] is not None else (phrase[3], phrase[4])
        return Token(Kind.PHRASE, content, at, phrase.end(), closed=bool(mark))
    if pattern := _PATTERN.match(text, at):
        return Token(Kind.PATTERN, pattern[1], at, pattern.end(), closed=bool(pattern[2]))
    if not after_field and (field := _FIELD.match(text, at)):
        return Token(Kind.FIELD, field[1], at, field.end())
    return _word(text, at, depth, after_field=after_field)


def _word(text: str, at: int, depth: int, *, after_field: bool) -> Token:
    found = _WORD.match(text, at)
    word = found[0] if found else text[at:]
    # Inside a group the brackets that the word did not open itself are the group's.
    while depth and word.endswith(")") and word.count(")") > word.count("(") and len(word) > 1:
        word = word[:-1]
    end = at + len(word)
    if not after_field and word in {"or", "OR"}:
        return Token(Kind.OR, word, at, end)
    if not after_field and word == "NOT":
        return Token(Kind.NOT, word, at, end)
    return Token(Kind.WORD, word, at, end)


def comparison_of(word: str) -> tuple[str, str]:
    """The sign (``<``, ``<=``, ``>``, ``>=`` or none) that ``word`` begins with, and the rest."""
    sign = _COMPARISON.match(word)
    return (sign[0], word[sign.end() :]) if sign else ("", word)
