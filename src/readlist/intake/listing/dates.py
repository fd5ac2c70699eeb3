"""The dates of listings: "Oct 11, 2022", or "Mar 3" where the year was the current one when the page was taken.

Other pages write "11 October 2022", "2022-10-11", "Yesterday" or "2 days ago"; they are read too.
"""

import re
from datetime import date, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The names that listings print, January first."""

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_UNITS = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?)"
_RELATIVE = (
    rf"(?:(?:\d{{1,3}}|[Aa]n?|[Oo]ne) {_UNITS} ago|\d{{1,3}} ?[smhdwy] ago|[Jj]ust now|[Tt]oday|[Yy]esterday"
    r"|[Ll]ast week|[Ll]ast month|[Ll]ast year)"
)
DATE = rf"(?:{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}}|{_RELATIVE})"
"""Regular expression of a date; no groups."""

_MONTH_FIRST = re.compile(rf"({_MONTH}) (\d{{1,2}})(?:,? (\d{{4}}))?")
_DAY_FIRST = re.compile(rf"(\d{{1,2}}) ({_MONTH})(?:,? (\d{{4}}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FROM_TODAY = re.compile(_RELATIVE)
_AGO = re.compile(r"(\d{1,3}|an?|one) ?([a-z]+) ago")

_NAMED = {"just now": (0, "day"), "today": (0, "day"), "yesterday": (1, "day"), "last week": (1, "week")}
_NAMED |= {"last month": (1, "month"), "last year": (1, "year")}
_LETTERS = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "y": "year"}
_LETTERS |= {"sec": "second", "min": "minute", "hr": "hour", "wk": "week", "mo": "month", "yr": "year"}
_DAYS = {"second": 0, "minute": 0, "hour": 0, "day": 1, "week": 7}

_LEAP_ROUND = 8
"""From one 29 February to the next are at most eight years (1896 to 1904)."""


class DateError(ValueError):
    """A text is no date; the message says why in one sentence."""


def is_relative(text: str) -> bool:
    """Whether a date counts from the day on which the page was taken: "Yesterday", "2 days ago"."""
    return _FROM_TODAY.fullmatch(text) is not None


def listing_date(text: str, retrieved: date) -> str:
    """The ISO date that a listing means.

    Args:
        text: As printed, see `DATE`.
        retrieved: When the page was taken. A date without its year is in the latest year for which it does not lie
            after this day, and "2 days ago" counts from this day.

    Returns:
        ``YYYY-MM-DD``; for "3 months ago" ``YYYY-MM`` and for "2 years ago" ``YYYY``, because no more was said.

    Raises:
        DateError: There is no such day.
    """
    found = _ISO.fullmatch(text)
    if found:
        return _latest(int(found[2]), int(found[3]), [int(found[1])], date.max, text)
    found = _MONTH_FIRST.fullmatch(text)
    if found:
        month, day, year = found.groups()
    else:
        found = _DAY_FIRST.fullmatch(text)
        if not found:
            return _relative(text, retrieved)
        day, month, year = found.groups()
    years = [int(year)] if year else list(range(retrieved.year, max(retrieved.year - _LEAP_ROUND - 1, 0), -1))
    return _latest(MONTHS.index(month[:3]) + 1, int(day), years, date.max if year else retrieved, text)


def _latest(month: int, day: int, years: list[int], last: date, text: str) -> str:
    """The first of these years' days that exists and does not lie after ``last``."""
    for year in years:
        try:
            meant = date(year, month, day)
        except ValueError:
            continue  # no such day in this year: 29 February waits for a leap year
        if meant <= last:
            return meant.isoformat()
    raise DateError(f"The date '{text}' does not exist.")


def _relative(text: str, retrieved: date) -> str:
    """The date that lies so long before ``retrieved``: "Yesterday", "2 days ago", "an hour ago", "3w ago"."""
    words = text.lower()
    found = _AGO.fullmatch(words)
    number, unit = _NAMED.get(words, (0, ""))
    if found:
        number = int(found[1]) if found[1].isdigit() else 1
        unit = found[2] if len(found[2]) == 1 else found[2].rstrip("s")
        unit = _LETTERS.get(unit, unit)
    try:
        if unit in _DAYS:
            return (retrieved - timedelta(days=number * _DAYS[unit])).isoformat()
        if unit == "month":
            months = retrieved.year * 12 + retrieved.month - 1 - number
            return date(months // 12, months % 12 + 1, 1).isoformat()[:7]
        if unit == "year":
            return date(retrieved.year - number, 1, 1).isoformat()[:4]
    except (OverflowError, ValueError):
        raise DateError(f"The date '{text}' does not exist.") from None
    raise DateError(f"'{text}' is no date of a listing such as 'Oct 11, 2022' or 'Mar 3'.")
