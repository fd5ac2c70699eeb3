"""The box in the lower right corner that tells what has just happened."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

_SEVERITIES = ("information", "warning", "error")
_WIDEST = 72
"""Cells; what is longer is wrapped."""
_AROUND = 4
"""Cells of the screen's width that the box does not take: its line, its padding and its distance from the edge."""

_BARS = 2
"""Rows at the end of the screen that stay in sight."""


class Toast(NamedTuple):
    """One message."""

    message: str
    severity: str
    """"information", "warning" or "error"."""
    until: float
    """When it goes, as `time.monotonic`."""


class ToastBox(Static):
    """Shows the toasts that there are; nothing while there is none.

    One box that stays, where Textual mounts a widget for each: showing a text takes one layout, mounting takes three
    frames.
    """

    def __init__(self) -> None:
        super().__init__(markup=False, id="toasts")
        self.display = False

    def show(self, toasts: Sequence[Toast]) -> None:
        """Show ``toasts``, the oldest first; their texts are taken literally."""
        if not toasts:
            self.display = False
            return
        written = self.screen.focused if self.screen.focused and self.screen.focused.has_class("written") else None
        if written is not None and not written.region:  # it says so itself when it has its place
            self.display = False
            return
        content = Content("\n").join(Content(toast.message) for toast in toasts)
        screen = self.screen.size
        width = min(_WIDEST, screen.width - _AROUND, max(line.cell_length for line in content.split()))
        severity = max((toast.severity for toast in toasts), key=_SEVERITIES.index)
        for name in _SEVERITIES:
            if self.has_class(f"-{name}") is not (name == severity):
                self.set_class(name == severity, f"-{name}")
        left = screen.width - width - _AROUND
        self.styles.width = width + 3
        self.styles.margin = (0, 1, self._below(written), max(0, left))
        self.update(content)
        self.display = True

    def _below(self, written: Widget | None) -> int:
        """Rows below the box: two bars; while something is written at the end of the screen, that as well."""
        return _BARS if written is None else max(_BARS, self.screen.size.height - written.region.y)

    def on_click(self) -> None:
        """Who clicks on it has read it."""
        self.app.clear_notifications()


def prepare_box(screen: Screen[Any]) -> None:
    """Have the box of ``screen`` there, so that the first toast is as fast as any."""
    if not screen.query("#toasts"):
        screen.mount(ToastBox())
