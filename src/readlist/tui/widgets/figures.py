"""The figures of the reading as lines of text.

Drawn here and not by a plotting widget. Of the two kept ones for Textual, textual-plot brings numpy for the sake of a
few dozen bars, and textual-plotext draws with plotext, which chooses its own signs and colours; neither knows a
calendar. Here the bar of a week stands above the days of that week, every level has a sign of its own, so that nothing
is lost without colours or in ASCII, and the theme's one accent is the only colour.
"""

import datetime as dt

from rich.cells import cell_len
from textual.content import Content

from readlist.latex import plain, to_unicode
from readlist.statistics import Rows, Statistics, bar, heat_map, monday_of, told_apart
from readlist.statuses import Role, StatusMeaning, meaning
from readlist.subjects import grouped
from readlist.tui import glyphs
from readlist.tui.widgets.paper_row import pad, truncate

Lines = list[Content]

_LEVELS = "·░▒▓█"
"""The signs of a day by the number of papers finished on it: none, 1, 2, 3, more. They tell it without colour."""
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_DAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_ROWS = 8
"""Categories and years that are listed; the others are summed up."""
_HEIGHT = 5
"""Lines of the bars of the weeks."""
_YEAR = 53
"""Weeks of a year, begun ones included."""
_WIDE = 84
"""Cells from which on two groups stand side by side."""
_LONGEST_BAR = 60
_FAINT = "$foreground 60%"
_ROLE_COLOUR = {Role.NEW: "$primary", Role.BETWEEN: "$warning", Role.DONE: "$success"}
_LONGEST_NAME = 14
"""Cells of the name of a status."""


def figures_text(figures: Statistics, width: int) -> Content:
    """``figures`` in lines of at most ``width`` cells."""
    half = (width - 4) // 2 if width >= _WIDE else width
    categories = [(group.label, group.number) for group in grouped(figures.by_category)]
    groups = [
        *_side_by_side(_statuses(figures, half), _reading(figures, half), half, width),
        _weeks_and_days(figures, width),
        *_side_by_side(
            _bars("By category", categories, "others", half),
            _bars("By year of publication", figures.by_year, "earlier years", half),
            half,
            width,
        ),
        _waiting(figures),
    ]
    return Content("\n\n").join(Content("\n").join(lines) for lines in groups if lines)


def _side_by_side(left: Lines, right: Lines, half: int, width: int) -> list[Lines]:
    if half == width:
        return [left, right]
    height = max(len(left), len(right))
    left, right = ([*lines, *[Content("")] * (height - len(lines))] for lines in (left, right))
    gap = width - 2 * half
    return [[a.pad_right(half - a.cell_length + gap).append(b) for a, b in zip(left, right, strict=True)]]


def _head(text: str) -> Content:
    return Content.styled(text, "bold $primary")


def _statuses(figures: Statistics, width: int) -> Lines:
    most = max(figures.by_status.values(), default=0)
    statuses = [(meaning(value), number) for value, number in figures.by_status.items()]
    column = min(_LONGEST_NAME, max((cell_len(status.name) for status, _ in statuses), default=0))
    room = _room(width, column + 3, most)
    stars = f"   {glyphs.STAR} {figures.starred:,} starred" if figures.starred else ""
    papers = "1 paper" if figures.total == 1 else f"{figures.total:,} papers"
    head = Content.assemble((papers, "bold $primary"), (stars, _FAINT))
    return [
        head,
        *(
            Content.assemble(
                (status.glyph, _colour(status)),
                (f" {pad(status.name, column)} ", _FAINT),
                (bar(number, most, room), _colour(status)),
                _number(number),
            )
            for status, number in statuses
        ),
    ]


def _colour(status: StatusMeaning) -> str:
    """That of the settings, else that of what it stands for."""
    if not status.colour or status.colour == "muted":
        return _ROLE_COLOUR.get(status.role, "$foreground 50%")
    return status.colour if status.colour.startswith("#") else f"$text-{status.colour}"


def _reading(figures: Statistics, width: int) -> Lines:
    today = figures.today
    wait = "–"
    if figures.median_days is not None:
        wait = f"{figures.median_days:,.0f} (median)"
        longer = f"{wait}, from added to read"
        wait = longer if len(longer) + 15 <= width else wait
    entries = (
        ("This week", f"{figures.by_week[-1][1]:,}"),
        ("This month", f"{figures.read_since(today.replace(day=1)):,}"),
        ("This year", f"{figures.read_since(today.replace(month=1, day=1)):,}"),
        ("Days in a row", f"{figures.streak:,} (at most {figures.longest_streak:,})"),
        ("Days to read", wait),
    )
    return [_head("Read"), *(Content.assemble((f"{name:<15}", _FAINT), value) for name, value in entries)]


def _bars(title: str, rows: Rows, rest: str, width: int) -> Lines:
    rows, left_out = told_apart(rows, _ROWS, spare=1)
    names = [truncate(plain(name) or "–", max(8, width // 2)) for name, _ in rows]
    most = max((number for _, number in rows), default=0)
    column = max(map(cell_len, names), default=0)
    room = _room(width, column, most)
    return [
        _head(title),
        *(
            Content.assemble(
                (name + " " * (column - cell_len(name) + 1), _FAINT), (bar(number, most, room), "$primary")
            )
            + Content(_number(number))
            for name, (_, number) in zip(names, rows, strict=True)
        ),
        # Not as a bar: all together they would dwarf those that are worth a line.
        *([_rest(rest, left_out)] if left_out else []),
    ]


def _rest(what: str, rows: Rows) -> Content:
    papers = sum(number for _, number in rows)
    return Content.styled(f"and {papers:,} in {len(rows):,} {what}", _FAINT)


def _number(number: int) -> str:
    """What stands behind a bar."""
    return f" {number:,}" if number else "0"


def _room(width: int, column: int, most: int) -> int:
    """Cells for the longest bar, beside a column of names and the number."""
    return max(4, min(_LONGEST_BAR, width - column - len(f"{most:,}") - 2))


def _weeks_and_days(figures: Statistics, width: int) -> Lines:
    """A year, or as much of it as there is room for: a column for each week, its bar above its days."""
    head = _head("Read by week and day")
    if not figures.read_by_day:
        return [head, Content.styled("Nothing yet: r marks it read.", _FAINT)]
    margin = 4
    cell = 2 if width >= _YEAR * 2 + margin else 1
    weeks = min(_YEAR, (width - margin) // cell)
    days = heat_map(figures, weeks)
    numbers = [sum(day[week] or 0 for day in days) for week in range(weeks)]
    most = max(numbers)
    lines = [head]
    for row in reversed(range(_HEIGHT)):
        label = f"{most:,}" if row == _HEIGHT - 1 else "0" if row == 0 else ""
        filled = (_filled(number, most, row) for number in numbers)
        signs = "".join(_EIGHTHS[eighths] + " " * (cell - 1) for eighths in filled)
        lines.append(Content.assemble((f"{label:>{margin - 1}} ", _FAINT), (signs.rstrip(), "$primary")))
    lines.append(Content.styled(" " * margin + _months(figures.today, weeks, cell), _FAINT))
    for name, row_of_days in zip(_DAYS, days, strict=True):
        signs_of_days = Content("").join(
            Content.styled(_sign(number) + " " * (cell - 1), "$primary" if number else "$foreground 30%")
            for number in row_of_days
        )
        lines.append(Content.styled(f"{name:<{margin}}", _FAINT) + signs_of_days)
    legend = "  ".join(f"{_LEVELS[level]} {word}" for level, word in enumerate(("none", "1", "2", "3", "more")))
    indent = margin if margin + len(legend) <= width else 0
    return [*lines, Content.styled(" " * indent + legend, _FAINT)]


def _filled(number: int, most: int, row: int) -> int:
    """Eighths of the line ``row``, counted from below, that the bar of ``number`` fills; above 0 something shows."""
    eighths = max(round(number * _HEIGHT * 8 / most), 1) if number else 0
    return min(max(eighths - row * 8, 0), 8)


def _sign(number: int | None) -> str:
    return " " if number is None else _LEVELS[min(number, len(_LEVELS) - 1)]


def _months(today: dt.date, weeks: int, cell: int) -> str:
    """The names of the months, each above the week of its first Monday, as far as they leave each other room."""
    first = monday_of(today) - dt.timedelta(weeks=weeks - 1)
    months = ""
    for week in range(weeks):
        day = first + dt.timedelta(weeks=week)
        if day.day <= 7 and week * cell >= len(months) and week * cell + 3 <= weeks * cell:  # noqa: PLR2004 - of a week
            months += " " * (week * cell - len(months)) + f"{day:%b} "
    return months.rstrip()


def _waiting(figures: Statistics) -> Lines:
    if not figures.some_wait_longer:
        return []
    return [
        _head("Unread for longest"),
        *(
            Content.assemble((f"{plain(paper.added[:10])}  ", _FAINT), plain(to_unicode(paper.title)))
            for paper in figures.oldest_unread
        ),
    ]
