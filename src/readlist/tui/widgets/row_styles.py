"""The colours of the rows, as Textual writes styles: `https://textual.textualize.io/guide/content/#markup`.

They are no component classes: Textual works those out anew, all of them, whenever a widget is styled, which for the
many of the list would take longer than its rows take to draw. Every meaning has a sign of its own as well, so that
nothing is lost without colour.
"""

from rich.style import Style as RichStyle
from textual.app import App
from textual.color import Color
from textual.style import Style

_STYLES = {
    "bar": "$primary",
    "unread": "bold $primary",
    "reading": "bold $warning",
    "read": "$success",
    "dropped": "$foreground 50%",
    "unknown": "$foreground 60%",
    "title-unread": "$foreground",
    "title-reading": "$foreground",
    "title-read": "$foreground 65%",
    "title-dropped": "strike $foreground 50%",
    "title-unknown": "$foreground",
    "star": "$warning",
    "year": "$foreground 55%",
    "author": "$foreground 75%",
    "marks": "$foreground 55%",
    "match": "bold underline $warning",
    "selected-mark": "bold $accent",
    "cursor": "on $panel",
    "cursor-focus": "on $primary 30%",
    "selected": "on $secondary 18%",
    "zebra": "on $foreground 4%",
    "rule": "$foreground 20%",
    "label": "bold $background on $accent",
}
"""By what a part of a row means."""
_IN_FEW_COLOURS = {
    **dict.fromkeys(("year", "author", "marks", "title-read"), "$foreground"),
    "cursor": "on $background",
    "cursor-focus": "",
}
"""Of 16 colours there are no shades."""
_CURSOR_IN_FEW_COLOURS = {True: "on #0000aa", False: "on #00aaaa"}
"""In dark and in light themes: every text can be read on them."""


def row_style(app: App[object], name: str, ground: Color) -> RichStyle:
    """The style of the part of a row that is called ``name``, on ``ground``, with which half-transparent colours mix.

    Behind a colon the name may say in which colour the settings show a status.
    """
    known, _, chosen = name.partition(":")
    style = Style.parse(_written(app, known))
    colour = _chosen(app, chosen) or style.foreground
    return RichStyle(
        color=(ground + colour).rich_color if colour else None,
        bgcolor=(ground + style.background).rich_color if style.background else None,
        bold=style.bold,
        underline=style.underline,
        strike=style.strike,
    )


def _chosen(app: App[object], colour: str) -> Color | None:
    if colour == "muted":
        return Style.parse(_STYLES["dropped"]).foreground
    value = colour if colour.startswith("#") else app.theme_variables.get(colour, "")
    return Color.parse(value) if value else None


def _written(app: App[object], name: str) -> str:
    if not app.has_class("-few-colours"):
        return _STYLES[name]
    if name == "cursor-focus":
        return _CURSOR_IN_FEW_COLOURS[app.current_theme.dark]
    return _IN_FEW_COLOURS.get(name, _STYLES[name])
