from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.intake.listing.dates import MONTHS, DateError, listing_date

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


@pytest.mark.parametrize("text", ["Feb 30, 2022", "Feb 29, 2023", "Feb 30", "Jan 0", "Oct 32, 2022", "soon", "Foo 3"])
def test_a_day_that_does_not_exist_is_named_in_the_message(text: str) -> None:
    with pytest.raises(DateError, match=text):
        listing_date(text, date(2026, 1, 1))
