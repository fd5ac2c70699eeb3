"""The screen without a single colour, as `NO_COLOR <https://no-color.org>`_ asks for it.

Textual would show greys. Here the terminal's own colours stay, and what stood out by a colour stands out by an
attribute: another ground (the row of the cursor, what is chosen in a window) is reversed, faint letters are dim.
"""

from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_OTHER_GROUND = 0.12
"""Difference in brightness, from 0 to 1, from which on a ground stands out; stripes and resting cursors have less."""
_FAINT = 0.43
"""Difference in brightness between letters and ground below which letters are faint."""


class ColourlessFilter(LineFilter):
    """Takes all colours away and gives attributes in their place."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without colours; ``background`` is that of the widget they belong to."""
        return [
            segment
            if segment.control or segment.style is None
            else Segment(segment.text, _without_colours(segment.style, background))
            for segment in segments
        ]


@lru_cache(2_048)
def _without_colours(style: Style, background: Color) -> Style:
    usual = background.brightness
    letters, ground = _brightness(style.color, 1 - usual), _brightness(style.bgcolor, usual)
    stands_out = abs(ground - usual) >= _OTHER_GROUND
    plain = Style(
        bold=style.bold,
        italic=style.italic,
        underline=style.underline,
        strike=style.strike,
        blink=style.blink,
        dim=style.dim or (not stands_out and not style.reverse and abs(letters - ground) < _FAINT) or None,
        reverse=True if style.reverse or stands_out else None,
        link=style.link,
    )
    return plain + Style.from_meta(style.meta) if style.meta else plain


def _brightness(colour: RichColor | None, otherwise: float) -> float:
    return otherwise if colour is None or colour.is_default else Color.from_rich_color(colour).brightness
