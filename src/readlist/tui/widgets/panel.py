"""The frame of a window, on which its keys stand: as many as there is room for."""

from collections.abc import Sequence

from textual.containers import Vertical
from textual.widget import Widget

_FRAME = 6
"""Cells of a bordered widget's width that its labels cannot have: corners, and a stroke and a blank on both sides."""
_BETWEEN = " · "


class KeysOnBorder(Widget):
    """Mixed into a widget with a border, as the last base: the hints stand on its lower edge.

    The last hint says how the window is left, and stands there always; the others give way from the end.
    """

    _hints: Sequence[str] = ()

    def show_hints(self, *hints: str) -> None:
        """Show these, the most important first and the way out last."""
        self._hints = hints
        self._fit_hints()

    def on_resize(self) -> None:
        """Show as many as fit now."""
        self._fit_hints()

    def _fit_hints(self) -> None:
        room = (self.outer_size.width or self.app.size.width) - _FRAME
        *others, last = self._hints or [""]
        while others and len(_BETWEEN.join([*others, last])) > room:
            others.pop()
        self.border_subtitle = _BETWEEN.join([*others, last])


class Panel(Vertical, KeysOnBorder):
    """The frame of a window with other widgets in it."""
