"""The figures of the reading on the screen."""

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from support.effort import examples

from readlist.library.library import Library
from readlist.paper import Paper, Status
from readlist.statistics import statistics_of
from readlist.tui.screens.statistics import StatisticsScreen
from readlist.tui.widgets.figures import figures_text

Open = Any
TODAY = dt.date(2026, 11, 24)  # a Tuesday


def read(day: dt.date, number: int = 1) -> list[Paper]:
    return [Paper(title="T", status=Status.READ, finished=f"{day}T12:00:00+00:00", category="cs.LG")] * number


async def figures(app: Any) -> dict[str, str]:
    """What the screen says of each status and of the reading, by the name that stands before it."""
    await app.press("i")
    text = app.text_of("#figures")
    await app.press("escape")
    lines = [line.split() for line in text.splitlines() if line.strip()]
    return {" ".join(line[:-1]).rstrip("█▏▎▍▌▋▊▉ "): line[-1] for line in lines}


async def test_figures_are_true_after_undo_and_redo(opened: Open, library: Library) -> None:
    async with opened(on=library, size=(80, 60)) as app:
        before = await figures(app)
        assert (before["● unread"], before["✓ read"], before["This week"]) == ("6", "1", "0")
        await app.press("r", "j", "r")
        after = await figures(app)
        assert (after["● unread"], after["✓ read"], after["This week"], after["This year"]) == ("4", "3", "2", "3")
        await app.press("u", "u")
        assert await figures(app) == before
        await app.press("ctrl+r")
        assert (await figures(app))["This week"] == "1"


async def test_a_key_that_comes_as_the_window_opens_waits_for_what_it_scrolls(opened: Open) -> None:
    async with opened(size=(80, 24)) as app:
        textual = app.pilot.app
        window = StatisticsScreen(statistics_of([], TODAY))
        textual.push_screen(window)
        await textual._check_bindings("j", priority=True)  # where a key arrives that was pressed in the list
        await app.settle()
        assert textual.screen is window


async def test_nothing_read_yet_says_the_key(opened: Open, tmp_path: Any) -> None:
    fresh = Library.open(tmp_path / "fresh.json")
    fresh.create([Paper(title="One"), Paper(title="Two")])
    async with opened(on=fresh, size=(80, 24)) as app:
        await app.press("i")
        assert "Nothing yet: r marks it read." in app.text_of("#figures")


def test_what_has_no_line_of_its_own_is_no_bar_that_dwarfs_the_others() -> None:
    papers = [Paper(title="T", category=f"x.{n:02}", published=str(2000 + n)) for n in range(40)]
    text = figures_text(statistics_of(papers, TODAY), 60).plain
    assert "and 32 in 32 others" in text
    assert "and 32 in 32 earlier years" in text
    bars = [line.count("█") for line in text.splitlines() if line.startswith(("x.", "20"))]
    assert len(set(bars)) == 1


def test_papers_without_a_year_are_no_earlier_year() -> None:
    papers = [Paper(title="T", published=str(2000 + n)) for n in range(20)] + [Paper(title="When?")] * 3
    years = figures_text(statistics_of(papers, TODAY), 60).plain.partition("By year of publication\n")[2].splitlines()
    assert [years[8].split()[0], years[8].split()[-1]] == ["–", "3"]
    assert years[9] == "and 12 in 12 earlier years"


def test_nothing_waits_longest_where_all_came_on_one_day() -> None:
    papers = [Paper(id=str(n), title=f"T{n}", added=f"2026-11-01T0{n}:00:00Z") for n in range(3)]
    assert "Unread for longest" not in figures_text(statistics_of(papers, TODAY), 80).plain
    later = Paper(id="9", title="Late", added="2026-11-02T00:00:00Z")
    text = figures_text(statistics_of([*papers, later], TODAY), 80).plain
    assert "Unread for longest\n2026-11-01  T0" in text


def test_the_bar_of_a_week_stands_above_its_days() -> None:
    day = dt.date(2026, 10, 14)
    lines = figures_text(statistics_of(read(day, 4), TODAY), 110).plain.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Read by week")) + 1
    bars, days = lines[start : start + 5], lines[start + 6 : start + 13]
    place = bars[0].index("█")
    assert all(line[place] == "█" for line in bars)
    assert days[day.weekday()][place] == "█"
    assert "".join(days).count("█") == 1
    assert lines[start + 13].strip() == "· none  ░ 1  ▒ 2  ▓ 3  █ more"


@settings(max_examples=examples(50), deadline=None)
@given(
    st.lists(st.dates(dt.date(2025, 1, 1), TODAY), max_size=20),
    st.integers(24, 130),
    st.lists(st.sampled_from(["cs.LG", "", "深度学习", "q-bio.NC", "a very long name of a category"]), max_size=12),
)
def test_every_line_of_bars_fits(days: list[dt.date], width: int, categories: list[str]) -> None:
    papers = [paper for day in days for paper in read(day)] + [Paper(category=name) for name in categories]
    lines = figures_text(statistics_of(papers, TODAY), width).plain.splitlines()
    longest = max(map(cell_len, lines))
    assert longest <= max(width, 29)
