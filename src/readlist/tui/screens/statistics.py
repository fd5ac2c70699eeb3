"""Figures of the reading: by week, as a calendar, by category and year."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from readlist.latex import plain, to_unicode
from readlist.statistics import Statistics, bar, heat_map, monday_of
from readlist.statuses import meaning
from readlist.tui import glyphs
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet

_LEVELS = "·░▒▓█"
"""The signs of a day by the number of papers finished on it: none, 1, 2, 3, more. They tell it without colour."""
_DAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_ROWS = 8
_WEEK = 2
"""Cells of a week of the calendar where there is room, else 1."""


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
        with Vertical(id="statistics") as panel:
            panel.border_title = "Reading"
            panel.border_subtitle = "j k scroll · esc closes"
            with VerticalScroll(can_focus=False):
                yield Static(id="figures", markup=False)

    def on_mount(self) -> None:
        """Draw it for the width."""
        self._draw()

    def on_resize(self) -> None:
        """Draw it anew for another width."""
        self._draw()

    def _draw(self) -> None:
        width = min(116, self.app.size.width * 94 // 100) - 8
        self.query_one("#figures", Static).update(figures_text(self._figures, width))

    def action_scroll(self, rows: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)


def figures_text(figures: Statistics, width: int) -> Content:
    """``figures`` in lines of at most ``width`` cells."""
    blocks = [
        _summary(figures),
        _block("Read by week", [(f"{day:%d %b}", number) for day, number in figures.by_week], width),
        _calendar(figures, width),
        _block("By category", _top(figures.by_category), width),
        _block("By year of publication", _top(figures.by_year), width),
    ]
    if figures.oldest_unread:
        lines = [
            Content.assemble((f"{plain(paper.added[:10])}  ", "$foreground 60%"), plain(to_unicode(paper.title)))
            for paper in figures.oldest_unread
        ]
        blocks.append(Content("\n").join([_head("Unread for longest"), *lines]))
    return Content("\n\n").join(blocks)


def _head(text: str) -> Content:
    return Content.styled(text, "bold $primary")


def _summary(figures: Statistics) -> Content:
    today = figures.today
    statuses = "   ".join(
        f"{meaning(status).glyph} {number:,} {meaning(status).name}" for status, number in figures.by_status.items()
    )
    wait = "" if figures.median_days is None else f"   {figures.median_days:,.0f} days from added to read (median)"
    week, month = figures.by_week[-1][1], figures.read_since(today.replace(day=1))
    year = figures.read_since(today.replace(month=1, day=1))
    days = "day" if figures.streak == 1 else "days"
    lines = [
        f"{figures.total:,} papers, {glyphs.STAR} {figures.starred:,} starred",
        statuses,
        f"Read: {week:,} this week, {month:,} this month, {year:,} this year",
        f"{figures.streak:,} {days} in a row, at most {figures.longest_streak:,}{wait}",
    ]
    return Content("\n").join(Content(line) for line in lines)


def _top(rows: Sequence[tuple[str, int]]) -> Sequence[tuple[str, int]]:
    if len(rows) <= _ROWS + 1:
        return rows
    return [*rows[:_ROWS], ("others", sum(number for _, number in rows[_ROWS:]))]


def _block(title: str, rows: Sequence[tuple[str, int]], width: int) -> Content:
    most = max((number for _, number in rows), default=0)
    column = max((len(name) for name, _ in rows), default=0)
    room = max(8, min(60, width - column - len(f"{most:,}") - 3))
    lines = [
        Content.assemble(
            (f"{plain(name) or '–':<{column}} ", "$foreground 60%"), (bar(n, most, room), "$primary"), f" {n:,}"
        )
        for name, n in rows
    ]
    return Content("\n").join([_head(title), *lines])


def _calendar(figures: Statistics, width: int) -> Content:
    """A year as a column for each week, or as many weeks as there is room for."""
    cell = _WEEK if width >= 53 * _WEEK + 4 else 1
    weeks = min(53, (width - 4) // cell)
    first = monday_of(figures.today) - dt.timedelta(weeks=weeks - 1)
    months, end = "", 0
    for week in range(weeks):
        day = first + dt.timedelta(weeks=week)
        if day.day <= 7 and week * cell >= end:  # noqa: PLR2004 - the first Monday of a month
            months += " " * (week * cell - len(months)) + f"{day:%b}"
            end = week * cell + 4
    lines = [Content.styled("    " + months, "$foreground 60%")]
    for name, row in zip(_DAYS, heat_map(figures, weeks), strict=True):
        signs = "".join(
            (" " if number is None else _LEVELS[min(number, len(_LEVELS) - 1)]) + " " * (cell - 1) for number in row
        )
        lines.append(Content.assemble((f"{name:<4}", "$foreground 60%"), (signs, "$primary")))
    legend = Content.styled(
        f"    {_LEVELS[0]} none  " + "  ".join(f"{_LEVELS[n]} {n}" for n in (1, 2, 3)), "$foreground 60%"
    )
    return Content("\n").join(
        [_head("The year"), *lines, legend + Content.styled(f"  {_LEVELS[4]} more", "$foreground 60%")]
    )
