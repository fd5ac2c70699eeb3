"""Columns that stay where they are, however wide the terminal draws a letter.

Terminals do not agree on the width of flags and of emoji of several parts: what follows one in its line would stand too
far to the left or to the right, borders included. Of scripts whose vowels are letters of their own they think
differently too; those are left as they come: to hold them would cut letters off where a terminal takes them for wider.
"""

import re
from functools import cache

from rich.cells import cell_len

_EMOJI = "\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff"
_SIGNS = frozenset("\ufe0f\u200d\u20e3") | {chr(code) for code in (*range(0x1F3FB, 0x1F400), *range(0x1F1E6, 0x1F200))}
"""One of them is in every uncertain part."""


@cache
def _uncertain() -> re.Pattern[str]:
    # Compiled when it is needed, which takes longer than to draw the first screen without it.
    return re.compile(
        rf"[{_EMOJI}](?:\ufe0f|[\U0001f3fb-\U0001f3ff]|\u200d[{_EMOJI}])+"  # with a variation, a skin, joined to others
        "|[\U0001f1e6-\U0001f1ff]{2}"  # flags
        "|[0-9#*]\ufe0f?\u20e3"  # keys
    )


def steady(text: str) -> str:
    """``text`` for the terminal, each uncertain part of it held to the width that the layout has given it.

    The place before it is remembered (DECSC), its cells are cleared, it is drawn, and the cursor goes from the place
    that was remembered (DECRC) as far to the right as the layout says.
    """
    return text if text.isascii() or _SIGNS.isdisjoint(text) else _uncertain().sub(_held, text)


def _held(found: re.Match[str]) -> str:
    part = found[0]
    cells = cell_len(part)
    return f"\x1b7{' ' * cells}\x1b8{part}\x1b8\x1b[{cells}C" if cells else part
