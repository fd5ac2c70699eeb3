"""Figures of the reading: by week, as a calendar, by category and year."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from readlist.statistics import Statistics
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.figures import figures_text
from readlist.tui.widgets.panel import Panel

_WIDEST = 118
"""Cells that the panel takes at most (max-width in its style sheet)."""
_MARGINS = 8
"""Cells of these for the frame, what is left free inside it, and the scrollbar with a cell before it."""


class StatisticsScreen(Dialog[None]):
    """Shows the figures of the library as it is when the screen is opened."""

    CSS_PATH = style_sheet("statistics")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,i,enter", "dismiss", "Close", priority=True),
        Binding("j,down", "scroll(1)", "Down", priority=True),
        Binding("k,up", "scroll(-1)", "Up", priority=True),
        Binding("pagedown,ctrl+d,space", "scroll(10)", "Page down", priority=True),
        Binding("pageup,ctrl+u", "scroll(-10)", "Page up", priority=True),
    ]

    def __init__(self, figures: Statistics) -> None:
        super().__init__()
        self._figures = figures

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        with Panel(id="statistics") as panel:
            panel.border_title = "Reading"
            panel.show_hints("j k scroll", "esc closes")
            with VerticalScroll(can_focus=False):
                yield Static(id="figures", markup=False)

    def on_mount(self) -> None:
        """Draw it for the width."""
        self._draw()

    def on_resize(self) -> None:
        """Draw it anew for another width."""
        self._draw()

    def _draw(self) -> None:
        frame = min(_WIDEST, self.app.size.width * 94 // 100)
        self.query_one("#figures", Static).update(figures_text(self._figures, frame - _MARGINS))

    def action_scroll(self, rows: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)
