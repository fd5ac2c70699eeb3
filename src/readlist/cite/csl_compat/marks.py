"""Rich text as one string with invisible marks, and how such a string becomes plain text or HTML.

Restores the CSL rules on quotation marks and affixes: "Rendered text that already ends in the punctuation of the
suffix does not get it twice", the locale option ``punctuation-in-quote``, nested quotation marks, and the markup that
CSL-JSON allows in fields (``<i>``, ``<b>``, ``<sup>``, ``<sub>``, ``<span class="nocase">``, small capitals).
citeproc-py glues strings together at once and so forgets where a field ends and a suffix begins.

The marks are Unicode noncharacters (U+FDD0 to U+FDEF), which no text may hold; ``clean`` removes them from data.
"""

import re
from html import escape

SEAM = "\ufdd0"
QUOTE_OPEN, QUOTE_CLOSE = "\ufdd1", "\ufdd2"
SINGLE_OPEN, SINGLE_CLOSE = "\ufdd3", "\ufdd4"
NOCASE, NOCASE_END = "\ufdd5", "\ufdd6"
ITALIC, ITALIC_END = "\ufdd7", "\ufdd8"
BOLD, BOLD_END = "\ufdd9", "\ufdda"
SMALL_CAPS, SMALL_CAPS_END = "\ufddb", "\ufddc"
SUP, SUP_END = "\ufddd", "\ufdde"
SUB, SUB_END = "\ufddf", "\ufde0"
UNDERLINE, UNDERLINE_END = "\ufde1", "\ufde2"
BLOCK = "\ufde3"
VERBATIM = "\ufde4"
DISPLAY = {"block": "\ufde5", "left-margin": "\ufde6", "right-inline": "\ufde7", "indent": "\ufde8"}
DISPLAY_END = "\ufde9"
OBLIQUE, OBLIQUE_END = "\ufdea", "\ufdeb"

MARK = re.compile("[\ufdd0-\ufdef]")
_NOT_TEXT = re.compile("[\ufdd0-\ufdef\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_TAGS = (
    (re.compile(r"<i>(.*?)</i>", re.IGNORECASE | re.DOTALL), ITALIC, ITALIC_END),
    (re.compile(r"<b>(.*?)</b>", re.IGNORECASE | re.DOTALL), BOLD, BOLD_END),
    (re.compile(r"<sup>(.*?)</sup>", re.IGNORECASE | re.DOTALL), SUP, SUP_END),
    (re.compile(r"<sub>(.*?)</sub>", re.IGNORECASE | re.DOTALL), SUB, SUB_END),
    (re.compile(r"<sc>(.*?)</sc>", re.IGNORECASE | re.DOTALL), SMALL_CAPS, SMALL_CAPS_END),
    (
        re.compile(r"<span\s+style=\"font-variant:\s*small-caps;?\">(.*?)</span>", re.IGNORECASE | re.DOTALL),
        SMALL_CAPS,
        SMALL_CAPS_END,
    ),
    (re.compile(r"<span\s+class=\"nocase\">(.*?)</span>", re.IGNORECASE | re.DOTALL), NOCASE, NOCASE_END),
    (re.compile(r"<span\s+class=\"nodecor\">(.*?)</span>", re.IGNORECASE | re.DOTALL), "", ""),
)

_BEFORE = r"(?:(?<=[\s(\[\u2014\u2013\ufdd0-\ufdef])|^)"
_DOUBLE = re.compile(_BEFORE + r"\"(?=\S)([^\"]*?\S)\"")
_SINGLE = re.compile(_BEFORE + r"'(?=\S)((?:[^']|(?<=\w)'(?=\w))*?[^\s'])'(?!\w)")
_CURLY_SINGLE = re.compile(r"\u2018((?:[^\u2018\u2019]|(?<=\w)\u2019(?=\w))*?)\u2019(?!\w)")

# What two punctuation characters that meet at a seam become; pairs that are not listed stay as they are.
_MERGED = {
    **{(mark, mark): mark for mark in ".,;:!?"},
    ("!", "."): "!",
    ("!", ":"): "!",
    ("?", "."): "?",
    ("?", ":"): "?",
    (":", "!"): "!",
    (":", "?"): "?",
    (":", "."): ":",
    (";", "!"): "!",
    (";", "?"): "?",
    (";", ":"): ";",
    (";", "."): ";",
}
_INTO_QUOTE = frozenset(".,!?")

_HTML = {
    ITALIC: ("i", "<i>", "</i>", '<span style="font-style:normal;">', "</span>"),
    BOLD: ("b", "<b>", "</b>", '<span style="font-weight:normal;">', "</span>"),
    SMALL_CAPS: ("sc", '<span style="font-variant:small-caps;">', "</span>", "", ""),
    SUP: ("sup", "<sup>", "</sup>", "<sup>", "</sup>"),
    SUB: ("sub", "<sub>", "</sub>", "<sub>", "</sub>"),
    UNDERLINE: ("u", '<span style="text-decoration:underline;">', "</span>", "", ""),
    OBLIQUE: ("em", "<em>", "</em>", "<em>", "</em>"),
}
_ENDS = {
    ITALIC_END: ITALIC,
    BOLD_END: BOLD,
    SMALL_CAPS_END: SMALL_CAPS,
    SUP_END: SUP,
    SUB_END: SUB,
    UNDERLINE_END: UNDERLINE,
    OBLIQUE_END: OBLIQUE,
}
_BLOCKS = re.compile(f"{SEAM}*(?:[{BLOCK}{''.join(DISPLAY.values())}{DISPLAY_END}]{SEAM}*)+")
_DIVS = {mark: f'<div class="csl-{name}">' for name, mark in DISPLAY.items()} | {DISPLAY_END: "</div>"}


def clean(text: str) -> str:
    """``text`` without marks and control characters."""
    return _NOT_TEXT.sub("", text)


def field(text: str, *, curly: bool = True) -> str:
    """A field of an item with its markup and quotation marks turned into marks; straight apostrophes become curly.

    Args:
        text: The field.
        curly: The style's own quotation marks are “ ” and ‘ ’, so that these in the text take part in their nesting; in
            a style with others they are left as they are.
    """
    text = clean(text)
    if "<" in text:
        for pattern, start, end in _TAGS:
            while pattern.search(text):
                text = pattern.sub(lambda found, start=start, end=end: start + found[1] + end, text)  # type: ignore[misc]  # mypy cannot type a lambda's default arguments
    if "'" in text:
        # Straight quotation marks say nothing of their level: those that come first are the outer ones.
        single, double = _SINGLE.search(text), _DOUBLE.search(text)
        is_outer = single and not (double and double.start() < single.start())
        pair = (QUOTE_OPEN, QUOTE_CLOSE) if is_outer else (SINGLE_OPEN, SINGLE_CLOSE)
        text = _SINGLE.sub(pair[0] + VERBATIM + r"\1" + pair[1], text).replace("'", "\u2019")
    if '"' in text:
        text = _DOUBLE.sub(QUOTE_OPEN + r"\1" + QUOTE_CLOSE, text)
    if not curly:
        return text
    if "\u2018" in text:
        text = _CURLY_SINGLE.sub(SINGLE_OPEN + r"\1" + SINGLE_CLOSE, text)
    if "\u201c" in text and text.count("\u201c") == text.count("\u201d"):
        text = text.replace("\u201c", QUOTE_OPEN).replace("\u201d", QUOTE_CLOSE)
    return text


def visible(text: str) -> str:
    """``text`` without its marks."""
    return MARK.sub("", text)


def wrap(prefix: str, text: str, suffix: str) -> str:
    """``text`` between its affixes, with seams between the parts."""
    before = prefix + SEAM if prefix else ""
    after = SEAM + suffix if suffix else ""
    return f"{before}{text}{after}"


def join(parts: list[str], delimiter: str) -> str:
    """The parts with ``delimiter`` between them, and seams between all of these."""
    return f"{SEAM}{delimiter}{SEAM}".join(parts)


class Quotes:
    """The quotation marks of a locale."""

    __slots__ = ("inner", "outer", "punctuation_inside")

    def __init__(self, outer: tuple[str, str], inner: tuple[str, str], *, punctuation_inside: bool) -> None:
        self.outer = outer
        self.inner = inner
        self.punctuation_inside = punctuation_inside


def settle(text: str, quotes: Quotes) -> str:
    """``text`` with the punctuation at its seams merged and its quotation marks written; other marks stay."""
    return _write_quotes(_merge_seams(text, punctuation_inside=quotes.punctuation_inside), quotes)


def _merge_seams(text: str, *, punctuation_inside: bool) -> str:
    pieces = re.split("([\ufdd0-\ufdef]+)", text)  # text at even, marks at odd places
    left = 0
    for right in range(2, len(pieces), 2):
        if not pieces[right]:
            continue
        between = "".join(pieces[left + 1 : right : 2])
        if pieces[left] and SEAM in between:
            _merge_pair(pieces, left, right, closing=_closes_quote(between), inside=punctuation_inside)
        if pieces[right]:
            left = right
    return "".join(pieces)


def _closes_quote(marks: str) -> bool:
    return QUOTE_CLOSE in marks or SINGLE_CLOSE in marks


def _merge_pair(pieces: list[str], left: int, right: int, *, closing: bool, inside: bool) -> None:
    """Merge the end of piece ``left`` with the beginning of piece ``right``, in place."""
    first, second = pieces[left][-1], pieces[right][0]
    if first == second == " " or (first == "\u00a0" and second == " "):
        pieces[right] = pieces[right][1:]
    elif closing:
        if inside and second in _INTO_QUOTE:
            merged = _MERGED.get((first, second), first + second)
            pieces[left] = pieces[left][:-1] + merged
            pieces[right] = pieces[right][1:]
        elif second == "." and first in ".!?":
            pieces[right] = pieces[right][1:]
    elif (first, second) in _MERGED:
        pieces[left] = pieces[left][:-1] + _MERGED[first, second]
        pieces[right] = pieces[right][1:]


def _write_quotes(text: str, quotes: Quotes) -> str:
    inner_open: list[bool] = []

    def write(found: re.Match[str]) -> str:
        mark = found[0]
        if mark in (QUOTE_OPEN, SINGLE_OPEN):
            # A quotation inside another takes the other pair; a single quotation that stands alone keeps its form.
            is_inner = not inner_open[-1] if inner_open else mark == SINGLE_OPEN
            inner_open.append(is_inner)
            return (quotes.inner if is_inner else quotes.outer)[0]
        was_inner = inner_open.pop() if inner_open else mark == SINGLE_CLOSE
        return (quotes.inner if was_inner else quotes.outer)[1]

    return re.sub(f"[{QUOTE_OPEN}{QUOTE_CLOSE}{SINGLE_OPEN}{SINGLE_CLOSE}]", write, text)


def plain(settled: str) -> str:
    """The text without its marks; blocks are separated by one blank, white space is folded."""
    return re.sub(r"[ \t\n]+", " ", visible(_BLOCKS.sub(" ", settled))).strip()


def html(settled: str, *, blocks: bool = False) -> str:
    """The text as an HTML fragment; italics inside italics turn upright.

    Args:
        settled: The text with marks.
        blocks: Write what the style displays as blocks and columns as ``div`` elements of the classes that citeproc-js
            gives them, and keep white space; otherwise a blank stands between them.
    """
    if not blocks:
        settled = re.sub(r"[ \t\n]+", " ", _BLOCKS.sub(" ", settled)).strip()
    depth: dict[str, int] = {}
    out: list[str] = []
    for piece in re.split("([\ufdd0-\ufdef])", settled):
        if piece in _HTML:
            _, start, _, again, _ = _HTML[piece]
            depth[piece] = depth.get(piece, 0) + 1
            out.append(start if depth[piece] % 2 else again)
        elif piece in _ENDS:
            _, _, end, _, again_end = _HTML[_ENDS[piece]]
            out.append(end if depth[_ENDS[piece]] % 2 else again_end)
            depth[_ENDS[piece]] -= 1
        elif piece in _DIVS:
            out.append(_DIVS[piece])
        elif not MARK.fullmatch(piece):
            out.append(escape(piece, quote=False))
    return "".join(out)
