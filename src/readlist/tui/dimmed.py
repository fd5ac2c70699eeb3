"""The screen below a window, dimmed."""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.css.styles import RulesMap
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_NO_STYLE = RichStyle()


@lru_cache(maxsize=4096)
def _dimmed(style: RichStyle | None, shade: Color, base: RichStyle) -> RichStyle:
    """What becomes of a style under a shade, upon the ``base`` of the window; links and the like are gone."""
    bare = _NO_STYLE if style is None else style.clear_meta_and_links()
    if not shade.a:
        return base + bare
    colour, ground = (
        None if one is None else (Color.from_rich_color(one) + shade).rich_color for one in (bare.color, bare.bgcolor)
    )
    return base + bare + RichStyle.from_color(colour, ground)


class Dimmed(Visual):
    """Draws the same as Textual's `BackgroundScreen`, in a third of the time.

    That one mixes the colours of every piece of text anew, whenever anything below the window has changed: on a large
    terminal it took most of the time of opening a window or of changing its size.
    """

    def __init__(self, below: BackgroundScreen) -> None:
        self._screen = below.screen
        self._shade = below.color

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:  # noqa: ARG002 - the shape that Textual asks for
        """The lines of the screen below."""
        lines = self._screen._compositor.render_strips()[:height]  # noqa: SLF001 - there is no other way to them
        return [self._shaded(line.crop(0, width), style.rich_style) for line in lines]

    def _shaded(self, line: Strip, base: RichStyle) -> Strip:
        shade = self._shade
        return Strip(
            [Segment(text, _dimmed(style, shade, base), control) for text, style, control in line], line.cell_length
        )

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - likewise
        """All there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - likewise
        """That of the screen below."""
        return self._screen.size.height
