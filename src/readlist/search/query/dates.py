"""Dates in a query: ``2021``, ``2026-10``, ``2021..2023``, ``>2020``, ``<30d``, ``today``."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from readlist.search.query.tokens import comparison_of

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGE = re.compile(r"(\d{1,5})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
"""A month is 30 days here and a year 365: who asks for “less than 2 months ago” does not count them."""
_PART = r"\d{0,4}(?:-\d{0,2}){0,2}"
_BEGUN = re.compile(rf"(?:[<>]=?)?{_PART}|{_PART}\.\.?(?:{_PART})?")


class DateRange(NamedTuple):
    """From one ISO 8601 date to another, both inclusive; an empty one is no bound. A shorter one means all of it."""

    first: str = ""
    last: str = ""

    @property
    def is_reversed(self) -> bool:
        """Whether nothing can lie in it, since it ends before it begins."""
        return bool(self.last) and self.first[: len(self.last)] > self.last

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first}..{self.last}"


def parse_dates(text: str, today: date) -> DateRange | None:  # noqa: PLR0911 - one for each way to write it
    """The range that ``text`` means, or None where it means none."""
    sign, value = comparison_of(text.lower())
    if age := _AGE.fullmatch(value):
        return _aged(sign, int(age[1]) * _DAYS[age[2]], today)
    if not sign and ".." in value:
        first, _, last = value.partition("..")
        ends = [_one(end, today) if end else "" for end in (first, last)]
        return None if None in ends or not any(ends) else DateRange(ends[0] or "", ends[1] or "")
    day = _one(value, today)
    if not day:
        return None
    match sign:
        case "":
            return DateRange(day, day)
        case ">=":
            return DateRange(day, "")
        case "<=":
            return DateRange("", day)
        case ">":
            return DateRange(_after(day), "")
        case _:
            return DateRange("", _before(day))


def is_begun(text: str) -> bool:
    """Whether ``text`` may be the beginning of a date that is still being typed."""
    return bool(_BEGUN.fullmatch(text)) or any(word.startswith(text.lower()) for word in ("today", "yesterday"))


def _one(text: str, today: date) -> str | None:
    if text in {"today", "yesterday"}:
        return (today - timedelta(days=text == "yesterday")).isoformat()
    found = _DATE.fullmatch(text)
    if not found:
        return None
    parts = [int(part) for part in found.groups() if part]
    try:
        date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        return None
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])


def _aged(sign: str, days: int, today: date) -> DateRange:
    """What is at most so old, or at least with ``>``."""
    try:
        then = (today - timedelta(days=days)).isoformat()
    except OverflowError:
        then = date.min.isoformat()
    if sign.startswith(">"):
        return DateRange("", then if sign == ">=" else _before(then))
    return DateRange(then if sign != "<" else _after(then), "")


def _after(day: str) -> str:
    """The next year, month or day, as exactly as ``day`` is given."""
    year, month, date_ = (*(int(part) for part in day.split("-")), 0, 0)[:3]
    try:
        if date_:
            return (date(year, month, date_) + timedelta(days=1)).isoformat()
    except OverflowError:
        return "9999-13"
    if month:
        return f"{year + month // 12:04}-{month % 12 + 1:02}"
    return f"{year + 1:04}"


def _before(day: str) -> str:
    """The year, month or day before, as exactly as ``day`` is given."""
    year, month, date_ = (*(int(part) for part in day.split("-")), 0, 0)[:3]
    try:
        if date_:
            return (date(year, month, date_) - timedelta(days=1)).isoformat()
    except OverflowError:
        return "0000-00"
    if month:
        return f"{year - (month == 1):04}-{(month - 2) % 12 + 1:02}"
    return f"{year - 1:04}"
