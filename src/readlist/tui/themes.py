"""The two themes of our own: a calm dark and a calm light one, with one accent."""

from textual.theme import Theme


def _variables(*, accent: str, bar: str, ground: str) -> dict[str, str]:
    """What Textual would else derive less calmly: above all scrollbars, which it puts on black."""
    return {
        "block-cursor-text-style": "none",
        "footer-key-foreground": accent,
        "scrollbar": bar,
        "scrollbar-hover": accent,
        "scrollbar-active": accent,
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
        "scrollbar-corner-color": ground,
    }


DARK = Theme(
    name="readlist-dark",
    primary="#7aa2c8",
    secondary="#8f9bb3",
    accent="#e0af68",
    success="#8fb573",
    warning="#e0af68",
    error="#e06c75",
    foreground="#d5d9e0",
    background="#16181d",
    surface="#1b1e24",
    panel="#242830",
    dark=True,
    variables=_variables(accent="#7aa2c8", bar="#3a414d", ground="#1b1e24"),
)
LIGHT = Theme(
    name="readlist-light",
    primary="#2a5d8c",
    secondary="#5c6773",
    accent="#9a5b00",
    success="#3d7a2a",
    warning="#9a5b00",
    error="#b3261e",
    foreground="#22262b",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e7e4dc",
    dark=False,
    variables=_variables(accent="#2a5d8c", bar="#c9c5ba", ground="#f3f1ec"),
)
OURS = (DARK, LIGHT)
