"""``readlist stats``."""

import argparse

from readlist.latex import to_unicode
from readlist.statistics import Rows, Statistics, bar, statistics_of, statistics_to_json, today, told_apart
from readlist.statuses import meaning
from readlist.subjects import grouped
from readlist.verbs.finding import find, look_into_library
from readlist.verbs.printing import print_json, write_text

_WIDTH = 40
"""Cells of the longest bar."""
_ROWS = 10
"""Categories and years that are listed; the others are summed up."""


def run_stats(options: argparse.Namespace) -> int:
    """Print figures of the reading: of the whole list, or of what a query finds."""
    library = look_into_library(options)
    papers = find(library, options.query) if options.query else list(library.papers.values())
    figures = statistics_of(papers, today())
    if options.json:
        print_json(statistics_to_json(figures))
    else:
        write_text("\n".join(_lines(figures)) + "\n")
    return 0 if figures.total else 1


def _lines(figures: Statistics) -> list[str]:
    statuses = ", ".join(f"{number:,} {meaning(status).name}" for status, number in figures.by_status.items())
    week = figures.by_week[-1][1]
    month = figures.read_since(figures.today.replace(day=1))
    year = figures.read_since(figures.today.replace(month=1, day=1))
    lines = [
        f"Papers          {figures.total:,}: {statuses}; {figures.starred:,} starred",
        f"Read            {week:,} this week, {month:,} this month, {year:,} this year",
        f"Days in a row   {figures.streak:,}, at most {figures.longest_streak:,}",
    ]
    if figures.median_days is not None:
        lines.append(f"Added to read   {figures.median_days:,.0f} days (median)")
    lines += [
        f"{'Oldest unread' if place == 0 else '':<14}  {paper.added[:10]}  {to_unicode(paper.title)}"
        for place, paper in enumerate(figures.oldest_unread if figures.some_wait_longer else ())
    ]
    if any(number for _, number in figures.by_week):
        weeks = [(day.isoformat(), number) for day, number in figures.by_week]
        lines += _bars("Read by week", "earlier weeks", weeks)
    lines += _bars("By category", "others", [(group.label, group.number) for group in grouped(figures.by_category)])
    return lines + _bars("By year of publication", "earlier years", figures.by_year)


def _bars(title: str, rest: str, rows: Rows) -> list[str]:
    shown, left_out = told_apart(rows, _ROWS, spare=2)
    most = max((number for _, number in shown), default=0)
    column = max((len(name) for name, _ in shown), default=0)
    lines = ["", title, *(f"  {name or '–':<{column}}  {bar(n, most, _WIDTH)} {n:,}" for name, n in shown)]
    # Not as a bar: all together they would dwarf those that are worth a line.
    papers = sum(number for _, number in left_out)
    return [*lines, f"  and {papers:,} in {len(left_out):,} {rest}"] if left_out else lines
