"""The dates of listings: "Oct 11, 2022", or "Mar 3" where the year was the current one when the page was taken."""

import re
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The names that listings print, January first."""

DATE = rf"(?:{'|'.join(MONTHS)}) \d{{1,2}}(?:, \d{{4}})?"
"""Regular expression of a listing's date; no groups."""

_PARTS = re.compile(r"([A-Z][a-z]{2}) (\d{1,2})(?:, (\d{4}))?")

_LEAP_ROUND = 8
"""From one 29 February to the next are at most eight years (1896 to 1904)."""


class DateError(ValueError):
    """A text is no date; the message says why in one sentence."""


def listing_date(text: str, retrieved: date) -> str:
    """The ISO date that a listing means.

    Args:
        text: As printed, see `DATE`.
        retrieved: When the page was taken. A date without its year is in the latest year for which it does not lie
            after this day.

    Returns:
        ``YYYY-MM-DD``.

    Raises:
        DateError: There is no such day.
    """
    found = _PARTS.fullmatch(text)
    if not found or found[1] not in MONTHS:
        raise DateError(f"'{text}' is no date of a listing such as 'Oct 11, 2022' or 'Mar 3'.")
    month, day = MONTHS.index(found[1]) + 1, int(found[2])
    years = [int(found[3])] if found[3] else range(retrieved.year, max(retrieved.year - _LEAP_ROUND - 1, 0), -1)
    for year in years:
        try:
            meant = date(year, month, day)
        except ValueError:
            continue  # no such day in this year: 29 February waits for a leap year
        if found[3] or meant <= retrieved:
            return meant.isoformat()
    raise DateError(f"The date '{text}' does not exist.")
