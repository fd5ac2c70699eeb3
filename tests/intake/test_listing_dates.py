import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.intake.listing.dates import DATE, MONTHS, DateError, is_relative, listing_date

days = st.dates(min_value=date(1991, 8, 1), max_value=date(2099, 12, 31))


def short(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}"


@given(days, days)
def test_a_full_date_is_what_it_says(day: date, retrieved: date) -> None:
    assert listing_date(f"{short(day)}, {day.year}", retrieved) == day.isoformat()


@given(days, st.integers(0, 364))
def test_a_date_without_a_year_is_the_latest_that_is_not_in_the_future(day: date, later: int) -> None:
    retrieved = day + timedelta(days=later)
    if (day.month, day.day) != (2, 29):
        assert listing_date(short(day), retrieved) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "retrieved", "meant"),
    [
        ("Mar 3", date(2026, 3, 3), "2026-03-03"),
        ("Mar 4", date(2026, 3, 3), "2025-03-04"),
        ("Dec 31", date(2026, 1, 1), "2025-12-31"),
        ("Feb 29", date(2026, 11, 23), "2024-02-29"),
        ("Feb 29", date(2024, 2, 28), "2020-02-29"),
        ("Feb 29", date(1903, 6, 1), "1896-02-29"),
    ],
)
def test_the_year_that_is_not_printed(text: str, retrieved: date, meant: str) -> None:
    assert listing_date(text, retrieved) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Today", "2026-03-01"),
        ("Just now", "2026-03-01"),
        ("5 minutes ago", "2026-03-01"),
        ("an hour ago", "2026-03-01"),
        ("3h ago", "2026-03-01"),
        ("Yesterday", "2026-02-28"),
        ("1 day ago", "2026-02-28"),
        ("2 days ago", "2026-02-27"),
        ("2d ago", "2026-02-27"),
        ("last week", "2026-02-22"),
        ("3 weeks ago", "2026-02-08"),
        ("1 month ago", "2026-02"),
        ("3 months ago", "2025-12"),
        ("last year", "2025"),
        ("2 years ago", "2024"),
    ],
)
def test_a_date_that_counts_from_the_day_of_retrieval(text: str, meant: str) -> None:
    assert listing_date(text, date(2026, 3, 1)) == meant
    assert re.fullmatch(DATE, text)
    assert is_relative(text)


@pytest.mark.parametrize(
    "text", ["October 11, 2022", "Oct. 11, 2022", "Oct 11 2022", "11 Oct 2022", "11 October, 2022", "2022-10-11"]
)
def test_other_ways_to_write_a_date(text: str) -> None:
    assert listing_date(text, date(2026, 3, 1)) == "2022-10-11"
    assert re.fullmatch(DATE, text)
    assert not is_relative(text)


@pytest.mark.parametrize("text", ["999 years ago", "2022-13-01"])
def test_a_day_that_no_calendar_has_is_named_in_the_message(text: str) -> None:
    with pytest.raises(DateError, match=text):
        listing_date(text, date(900, 1, 1))


@pytest.mark.parametrize("text", ["Feb 30, 2022", "Feb 29, 2023", "Feb 30", "Jan 0", "Oct 32, 2022", "soon", "Foo 3"])
def test_a_day_that_does_not_exist_is_named_in_the_message(text: str) -> None:
    with pytest.raises(DateError, match=text):
        listing_date(text, date(2026, 1, 1))
