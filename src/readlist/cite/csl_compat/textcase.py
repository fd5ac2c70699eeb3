"""The CSL attribute ``text-case``.

Restores: title case leaves words with capitals, stop words and ``nocase`` spans alone, capitalises the first and the
last word, the word after a colon, and both halves of a compound; it is applied to English items only. citeproc-py
folds white space, forgets the last word and compounds, and breaks marked-up text.
"""

import re
from collections.abc import Callable

from readlist.cite.csl_compat import marks

# The stop words of the CSL 1.0.2 specification ("Text-case"), and the further prepositions of the reference engine.
_WORDS_STOP_WORDS = """
    a an and as at but by down for from in into nor of on onto or over so the till to up via with yet about
    above across afore after against al along alongside amid amidst among amongst anenst apropos apud around
    aside astride athwart atop barring before behind below beneath beside besides between beyond c ca circa d'
    de despite during et except forenenst given inside lest like modulo near next notwithstanding off out per
    plus pro qua sans since than through throughout thruout toward towards under underneath until unto upon v
    v. van versus vis-à-vis von vs vs. within without
"""
STOP_WORDS = frozenset(_WORDS_STOP_WORDS.split())

_MARKS = "\ufdd1-\ufdef"
_BREAK = re.compile(f"([-\u2013\u2014/.,;?!:\\[\\]()\u2019'\"{_MARKS}])")
_BLANKS = re.compile("([ \u00a0\u2000-\u200b\u205f\u3000]+)")
_SHIELDS = {
    marks.NOCASE: marks.NOCASE_END,
    marks.SUP: marks.SUP_END,
    marks.SUB: marks.SUB_END,
    marks.SMALL_CAPS: marks.SMALL_CAPS_END,
}
# After these a word keeps its first letter: the second half of "don't" is no word, nor is it one in straight quotes.
_APOSTROPHES = ("'", "\u2019", marks.VERBATIM)


def _capitalise(word: str) -> str:
    is_greek_letter = len(word) == 1 and "\u0370" <= word <= "\u03ff"  # a symbol in titles of science, not a word
    return word if is_greek_letter else word[:1].upper() + word[1:]


def apply_case(text: str, name: str, *, english: bool) -> str:
    """``text`` in the case ``name`` (the value of a ``text-case`` attribute); an unknown name changes nothing."""
    if name == "title":
        return title_case(text) if english else text
    function = _CASES.get(name)
    return function(text) if function else text


def _outside_shields(text: str, change: Callable[[str], str]) -> str:
    out: list[str] = []
    closing: list[str] = []
    for piece in re.split(f"([{_MARKS}])", text):
        if piece in _SHIELDS:
            closing.append(_SHIELDS[piece])
        elif closing and piece == closing[-1]:
            closing.pop()
        out.append(piece if closing else change(piece))
    return "".join(out)


def lower_case(text: str) -> str:
    """All lower case, but for ``nocase`` spans."""
    return _outside_shields(text, str.lower)


def upper_case(text: str) -> str:
    """All upper case, but for ``nocase`` spans."""
    return _outside_shields(text, str.upper)


def capitalize_first(text: str) -> str:
    """The first word capitalised, if it is all lower case."""
    first = re.search(f"[^\\s{_MARKS}\ufdd0\u2019\"'(\\[]+", text)
    if not first or first[0] != first[0].lower() or _is_shielded(text, first.start()):
        return text
    return text[: first.start()] + _capitalise(text[first.start() :])


def _is_shielded(text: str, position: int) -> bool:
    before = text[:position]
    return any(before.count(start) > before.count(end) for start, end in _SHIELDS.items())


def capitalize_all(text: str) -> str:
    """Every word that is all lower case capitalised."""
    return _outside_shields(
        text,
        lambda piece: "".join(_capitalise(word) if word == word.lower() else word for word in _BLANKS.split(piece)),
    )


def sentence_case(text: str) -> str:
    """The first word capitalised, everything else in lower case, but for ``nocase`` spans."""
    return capitalize_first(lower_case(text))


class _TitleState:
    """What the title-case rules remember from one word to the next."""

    __slots__ = ("after_punctuation", "is_first", "last_word")

    def __init__(self) -> None:
        self.is_first = True
        self.after_punctuation = False
        self.last_word: tuple[int, int] | None = None


def title_case(text: str) -> str:
    """English title case."""
    segments = _BREAK.split(text)
    state = _TitleState()
    words = [_BLANKS.split(segment) if index % 2 == 0 else [segment] for index, segment in enumerate(segments)]
    shields: list[str] = []
    for index, segment in enumerate(segments):
        if index % 2:
            _pass_break(segment, shields, state)
            continue
        if not segment.strip():
            continue
        after_apostrophe = index > 0 and segments[index - 1] in _APOSTROPHES and not segment[0].isspace()
        if shields:
            state.last_word = None
            state.is_first = state.after_punctuation = False
            continue
        # Only the first segment looks at the hyphen that follows it: the reference engine's reading of compounds.
        before_hyphen = index == 0 and len(segments) > 1 and segments[1] == "-"
        first = words[index][0]
        _capitalise_words(words, index, state, before_hyphen=before_hyphen)
        if after_apostrophe:
            words[index][0] = first
            state.last_word = None
    _capitalise_last(words, state)
    return "".join("".join(row) for row in words)


def _pass_break(mark: str, shields: list[str], state: _TitleState) -> None:
    if mark in _SHIELDS:
        shields.append(_SHIELDS[mark])
    elif shields and mark == shields[-1]:
        shields.pop()
    if mark in "!?:":
        state.after_punctuation = True


def _capitalise_last(words: list[list[str]], state: _TitleState) -> None:
    if state.last_word is not None:
        row, column = state.last_word
        word = words[row][column]
        if len(word) > 1 and word.lower() in STOP_WORDS:
            words[row][column] = _capitalise(word)


def _capitalise_words(words: list[list[str]], row: int, state: _TitleState, *, before_hyphen: bool) -> None:
    line = words[row]
    for column in range(0, len(line), 2):
        word = line[column]
        if not word:
            continue
        lowered = word.lower()
        wanted = (
            (len(word) > 1 and lowered not in STOP_WORDS)
            or (before_hyphen and column == len(line) - 1)
            or state.is_first
            or state.after_punctuation
        )
        if wanted and word == lowered:
            line[column] = _capitalise(word)
        state.is_first = state.after_punctuation = False
        state.last_word = (row, column)


_CASES: dict[str, Callable[[str], str]] = {
    "lowercase": lower_case,
    "uppercase": upper_case,
    "capitalize-first": capitalize_first,
    "capitalize-all": capitalize_all,
    "sentence": sentence_case,
}
