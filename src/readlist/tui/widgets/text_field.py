"""Textual's text area, made safe to draw at any moment."""

from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import TextArea


class TextField(TextArea):
    """A text area that may be drawn before its styles have been worked out.

    Textual's own raises KeyError then, which ends the app: it happens where one is mounted while much is going on.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines; blank ones, and another look later, as long as there are no styles."""
        try:
            return super().render_lines(crop)
        except KeyError:
            self.call_later(self.refresh)
            return [Strip.blank(crop.width)] * crop.height
