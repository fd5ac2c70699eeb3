"""The figures of the reading."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from readlist.paper import Paper, Status
from readlist.statistics import WEEKS, bar, heat_map, monday_of, statistics_of

TODAY = dt.date(2026, 11, 24)


def read(day: str, added: str = "") -> Paper:
    return Paper(status=Status.READ, finished=f"{day}T12:00:00+00:00", added=f"{added}T12:00:00+00:00" if added else "")


def test_a_streak_goes_up_to_today_or_yesterday() -> None:
    days = ["2026-11-23", "2026-11-22", "2026-11-21", "2026-11-10", "2026-11-09", "2026-11-08", "2026-11-07"]
    figures = statistics_of([read(day) for day in days], TODAY)
    assert (figures.streak, figures.longest_streak) == (3, 4)
    assert statistics_of([read("2026-11-22")], TODAY).streak == 0


def test_the_weeks_begin_on_monday_and_end_with_this_one() -> None:
    figures = statistics_of([read("2026-11-23"), read("2026-11-22"), read("2020-01-01")], TODAY)
    assert figures.by_week[-2:] == [(dt.date(2026, 11, 16), 1), (dt.date(2026, 11, 23), 1)]
    assert len(figures.by_week) == WEEKS
    assert figures.read_since(dt.date(2026, 1, 1)) == 2


def test_the_median_wait_and_what_waits_longest() -> None:
    papers = [read("2026-11-20", "2026-11-10"), read("2026-11-20", "2026-11-19"), read("2026-11-20", "2026-11-16")]
    waiting = [Paper(title=str(day), added=f"2026-01-{day:02}T00:00:00Z") for day in range(9, 1, -1)]
    figures = statistics_of([*papers, *waiting], TODAY)
    assert figures.median_days == 4
    assert [paper.title for paper in figures.oldest_unread] == ["2", "3", "4", "5", "6"]


def test_a_date_that_is_none_is_passed_over() -> None:
    figures = statistics_of([Paper(status=Status.READ, finished="soon", added="later")], TODAY)
    assert (figures.read_by_day, figures.median_days) == ({}, None)


@given(st.lists(st.dates(dt.date(2024, 1, 1), TODAY), max_size=30))
def test_every_figure_counts_the_same_papers(days: list[dt.date]) -> None:
    figures = statistics_of([read(day.isoformat()) for day in days], TODAY)
    assert figures.total == sum(figures.by_status.values()) == len(days) == sum(figures.read_by_day.values())
    first = monday_of(TODAY) - dt.timedelta(weeks=52)
    shown = [number for row in heat_map(figures) for number in row if number is not None]
    assert len(shown) == (TODAY - first).days + 1
    assert sum(shown) == figures.read_since(first)
    assert 0 <= figures.streak <= figures.longest_streak <= len(days)


@given(st.integers(0, 1_000), st.integers(1, 1_000), st.integers(1, 60))
def test_a_bar_fits_and_shows_what_is_there(number: int, more: int, width: int) -> None:
    drawn = bar(number, number + more, width)
    assert len(drawn) <= width
    assert bool(drawn) == bool(number)
