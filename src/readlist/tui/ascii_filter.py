"""The screen in ASCII alone, for fonts and terminals that lack signs and lines."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SIGNS = {
    "●": "o", "◐": "~", "✓": "+", "★": "*", "✗": "x", "▌": ">", "◆": "@", "‹": "<", "›": ">", "✎": "n", "»": "q",
    "…": ".", "·": "-", "–": "-", "—": "-", "−": "-", "×": "x", "“": '"', "”": '"', "‘": "'", "’": "'", "„": '"',
    "↑": "^", "↓": "v", "←": "<", "→": ">", "⏎": "=", "•": "*", "░": ".", "▒": ":", "▓": "%", "⭘": "o", "▶": ">",
    "▼": "v", "◀": "<", "▲": "^", "▪": "*", "☐": "-", "☑": "+", "○": "u", "◯": "o", "⌕": "?", "🔎": "/ ",
    "◔": "c", "◑": "d", "◕": "e", "◒": "w", "◓": "m", "✔": "V", "■": "H", "▣": "H", "∅": "/", "◇": "0", "□": "0",
    "▤": "=", "\xa0": " ",
}  # fmt: skip
_TABLE = {ord(sign): plain for sign, plain in _SIGNS.items()}
_HORIZONTAL, _VERTICAL = "─━┄┅┈┉═╌╍╴╶╸╺", "│┃┆┇┊┋║╎╏╵╷╹╻"


class _Table(dict[int, str]):
    """What each character becomes: lines and blocks by their place in Unicode, one cell for one cell."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if 0x2500 <= code <= 0x257F:  # noqa: PLR2004 - Box Drawing
            plain = "-" if letter in _HORIZONTAL else "|" if letter in _VERTICAL else "+"
        elif 0x2580 <= code <= 0x259F or 0x1FB00 <= code <= 0x1FBFF:  # noqa: PLR2004 - Block Elements, Legacy Computing
            plain = "#" if code == 0x2588 else "|" if letter in "▏▎▍▌▋▊▉▐▕" else "_"  # noqa: PLR2004 - the full block
        else:
            plain = letter
        self[code] = plain
        return plain


_ALL = _Table(_TABLE)


class AsciiFilter(LineFilter):
    """Gives every sign that readlist draws by itself a form in ASCII of the same width; letters of papers stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with their signs replaced."""
        del background
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(segment.text.translate(_ALL), segment.style)
            for segment in segments
        ]
