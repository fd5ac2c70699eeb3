"""What the reading list says about the reading: how much, when, of what, and how long a paper waits.

All of it is made of the dates that each paper keeps. A step that is undone takes its dates back, so that the figures
are true after an undo; and they reach further back than the history, which forgets its oldest steps.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

from readlist.paper import Paper, Status
from readlist.statuses import Role, current, meaning

WEEKS = 12
"""Weeks of reading that are shown one by one."""
_OLDEST = 5
_DAY = len("2026-11-28")


Rows = Sequence[tuple[str, int]]
"""Names, and how many papers there are of each."""


class Statistics(NamedTuple):
    """Figures of one library on one day."""

    today: dt.date
    total: int
    by_status: Mapping[str, int]
    """Of each status of the settings, and of others that there are."""
    starred: int
    read_by_day: Mapping[dt.date, int]
    """Papers finished on each day on which there were any, oldest day first; in the local time zone."""
    by_category: Sequence[tuple[str, int]]
    """The most frequent first; papers without a category stand under the empty text."""
    by_year: Sequence[tuple[str, int]]
    """By year of publication, the latest first; likewise."""
    median_days: float | None
    """From added to read, of the papers of which both are known."""
    oldest_unread: Sequence[Paper]
    """Those that wait longest, at most five."""
    some_wait_longer: bool
    """Whether some have been waiting for more days than others, so that there is anything to tell of it."""

    @property
    def by_week(self) -> list[tuple[dt.date, int]]:
        """The Mondays of the last `WEEKS` weeks and how many papers were finished in each, oldest first."""
        this = monday_of(self.today)
        counted = Counter[dt.date]()
        for day, number in self.read_by_day.items():
            counted[monday_of(day)] += number
        return [(monday := this - dt.timedelta(weeks=back), counted[monday]) for back in reversed(range(WEEKS))]

    @property
    def streak(self) -> int:
        """Days in a row, up to today or yesterday, on each of which a paper was finished."""
        last = self.today if self.today in self.read_by_day else self.today - dt.timedelta(days=1)
        return self._days_up_to(last)

    @property
    def longest_streak(self) -> int:
        """The most days in a row on each of which a paper was finished."""
        ends = [day for day in self.read_by_day if day + dt.timedelta(days=1) not in self.read_by_day]
        return max(map(self._days_up_to, ends), default=0)

    def _days_up_to(self, day: dt.date) -> int:
        number = 0
        while day - dt.timedelta(days=number) in self.read_by_day:
            number += 1
        return number

    def read_since(self, day: dt.date) -> int:
        """Papers finished on ``day`` or later."""
        return sum(number for when, number in self.read_by_day.items() if when >= day)


def today() -> dt.date:
    """The day it is here."""
    return dt.datetime.now().astimezone().date()


def monday_of(day: dt.date) -> dt.date:
    """The first day of the week of ``day`` (ISO 8601)."""
    return day - dt.timedelta(days=day.weekday())


def statistics_of(papers: Iterable[Paper], today: dt.date) -> Statistics:
    """The figures of ``papers``, those in the list, on the day ``today``."""
    papers = list(papers)
    days, waits = Counter[dt.date](), []
    known = current()
    for paper in papers:
        finished = _day(paper.finished) if known.roles[paper.status] is Role.DONE else None
        if finished:
            days[finished] += 1
            added = _day(paper.added)
            if added:
                waits.append(max(0, (finished - added).days))
    years = Counter(paper.year for paper in papers)
    waiting = sorted(
        (paper for paper in papers if paper.status == Status.UNREAD and paper.added), key=lambda paper: paper.added
    )
    statuses = Counter(paper.status for paper in papers)
    return Statistics(
        today,
        len(papers),
        {**{one.value: statuses[one.value] for one in known.meanings}, **statuses},
        sum(paper.star for paper in papers),
        dict(sorted(days.items())),
        sorted(Counter(paper.category for paper in papers).items(), key=lambda pair: (-pair[1], pair[0])),
        sorted(years.items(), reverse=True),
        median(waits) if waits else None,
        waiting[:_OLDEST],
        bool(waiting) and waiting[0].added[:_DAY] != waiting[-1].added[:_DAY],
    )


def _day(time: str) -> dt.date | None:
    """The local day of an ISO 8601 time; None where it is none."""
    try:
        moment = dt.datetime.fromisoformat(time)
    except ValueError:
        return None
    return (moment.astimezone() if moment.tzinfo else moment).date()


def statistics_to_json(figures: Statistics) -> dict[str, Any]:
    """``figures`` as a JSON object."""
    return {
        "today": figures.today.isoformat(),
        "papers": figures.total,
        "by_status": {meaning(status).name: number for status, number in figures.by_status.items()},
        "starred": figures.starred,
        "read_by_day": {day.isoformat(): number for day, number in figures.read_by_day.items()},
        "read_by_week": {monday.isoformat(): number for monday, number in figures.by_week},
        "by_category": dict(figures.by_category),
        "by_year": dict(figures.by_year),
        "streak_days": figures.streak,
        "longest_streak_days": figures.longest_streak,
        "median_days_to_read": figures.median_days,
        "oldest_unread": [
            {"id": paper.id, "added": paper.added, "title": paper.title} for paper in figures.oldest_unread
        ],
    }


def heat_map(figures: Statistics, weeks: int = 53) -> list[list[int | None]]:
    """Papers finished on each day: a list of ``weeks`` for each weekday from Monday on; None: a day still to come."""
    first = monday_of(figures.today) - dt.timedelta(weeks=weeks - 1)

    def number(day: dt.date) -> int | None:
        return figures.read_by_day.get(day, 0) if day <= figures.today else None

    return [[number(first + dt.timedelta(weeks=week, days=weekday)) for week in range(weeks)] for weekday in range(7)]


def told_apart(rows: Rows, most: int, spare: int) -> tuple[Rows, Rows]:
    """The ``rows`` that have a bar each, and those that are summed up below them.

    What is not known, the row without a name, keeps its bar wherever it stands: it is no other category, and no
    earlier year. ``spare`` rows more than ``most`` have theirs before any are summed up.
    """
    named = [row for row in rows if row[0]]
    left_out = named[most:] if len(named) > most + spare else []
    return [row for row in rows if row not in left_out], left_out


def bar(number: int, most: int, width: int) -> str:
    """``number`` as a bar of at most ``width`` cells, where ``most`` fills them; above 0 something shows."""
    eighths = round(number * width * 8 / most) if most else 0
    eighths = max(eighths, 1) if number else 0
    whole, part = divmod(eighths, 8)
    return "█" * whole + (" ▏▎▍▌▋▊▉"[part] if part else "")
