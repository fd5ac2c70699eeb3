"""What the readers of bibliography formats share: dates, names, and what the fields of one paper say together."""

import re
from collections.abc import Iterable
from typing import Any

from readlist.intake.identifiers import arxiv_id, doi
from readlist.names import is_group, split_name
from readlist.paper import Author, Paper

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")
_MONTH = re.compile(rf"(?i)(?<![a-z])({'|'.join(_MONTHS)})[a-z]*\.?")
_DAY = re.compile(r"(?<![\d/-])(\d{1,2})(?:st|nd|rd|th)?(?![\d/-])")
_BACKWARDS = re.compile(r"(?:(?P<one>\d{1,2})[-/.])?(?P<two>\d{1,2})[-/.](?P<year>\d{4})(?!\d)")
_ONE_DATE = re.compile(
    rf"(?i)(?:\d{{1,2}}(?:st|nd|rd|th)?|(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?|of|[\s/,.-])*"
    rf"\d{{4}}(?:\d{{1,2}}|(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?|[\s/,.-])*"
)
_OTHERS = frozenset(("others", "et al", "et al.", "et. al.", "...", "\u2026"))
_ARXIV_VENUE = re.compile(r"(?i)(?:the )?(?:arxiv|corr)\b(?!.*\bjournal\b)")


def one_line(text: str) -> str:
    """``text`` with single blanks for all its white space."""
    return " ".join(text.split())


def iso_date(text: str) -> str:
    """The ISO date, maybe partial, that ``text`` says; the empty string when there is no year in it.

    Args:
        text: ``2019-05-12``, ``2019/05``, ``2019/05/12/``, ``12 May 2019``, ``May 2019``, ``1st of May, 2019``,
            ``2019-05-12T10:00:00Z``, ``8/2020``; of a range the beginning; of "Spring 2019" the year, and of 4/5/2020,
            which is another day in England than in America, too.
    """
    text = text.strip()
    found = _NUMERIC.match(text)
    if found and not _MONTH.search(text[found.end() :]):
        return _date(found["year"], found["month"], found["day"])
    if backwards := _BACKWARDS.match(text):
        day, month = backwards["one"], backwards["two"]
        if day and int(day) <= len(_MONTHS) and int(month) > len(_MONTHS):
            day, month = month, day  # 5/28/2020, as Americans write it
        is_open = day and int(day) <= len(_MONTHS) and day != month
        return backwards["year"] if is_open else _date(backwards["year"], month, day)
    year = _YEAR.search(text)
    if not year:
        return ""
    month = _MONTH.search(text)
    if not month:
        return year[0]
    day = _DAY.search(text[: year.start()] + " " + text[year.end() :])
    return _date(year[0], str(_MONTHS.index(month[1].lower()) + 1), day[1] if day else None)


def is_one_date(text: str) -> bool:
    """Whether ``text`` says a single date and nothing else: no range, season or doubt."""
    return _ONE_DATE.fullmatch(text.strip()) is not None


def _date(year: str, month: str | None, day: str | None) -> str:
    """The ISO date as far as it can be one: what is no month or no day ends it."""
    if not month or not 1 <= int(month) <= len(_MONTHS):
        return year
    longest = 31
    if not day or not 1 <= int(day) <= longest:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"


def people(names: Iterable[str]) -> tuple[tuple[Author, ...], bool]:
    """Persons and groups, and whether that are all.

    Args:
        names: Each "Family, Given", "Family, Jr., Given" or in reading order; one that says "et al." or "others" at
            the end tells that there are more.
    """
    found = []
    complete = True
    for name in map(one_line, names):
        if name.lower() in _OTHERS:
            complete = False
        elif name:
            found.append(person(name))
    return tuple(found), complete


def person(name: str) -> Author:
    """One name, "Family, Given", "Family, Jr., Given" or in reading order; a group is a literal name."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or is_group(name.replace(",", "").split()):
        return split_name(name)
    suffix, comma, rest = (part.strip() for part in given.partition(","))
    if comma and len(suffix) <= len("Jr..") and rest:
        return Author(family=f"{family} {suffix}", given=rest)
    return Author(family=family, given=given) if family else split_name(given)


def paper_of(fields: dict[str, Any], extra: "dict[str, str] | None" = None) -> Paper:
    """The paper with these fields, as every reader of a format gives it back.

    * identifiers are bare, and are found in ``url`` and in each other where they are missing;
    * what only appeared on arXiv has the type ``article``, CSL's word for a preprint, and no venue;
    * ``extra`` is sorted, and says nothing that a field says already.

    Args:
        fields: Fields of `Paper` by name; text with white space of any kind, ``published`` as `iso_date` gives it.
        extra: `Paper.extra` by name.
    """
    values: dict[str, Any] = {
        name: one_line(value) if isinstance(value, str) and name not in {"note", "abstract"} else value
        for name, value in fields.items()
    }
    paper = Paper(**values)
    bare = doi(paper.doi) or paper.doi
    identifier = arxiv_id(paper.arxiv_id) or arxiv_id(bare) or arxiv_id(paper.url)
    is_on_arxiv_alone = bool(identifier) and (not paper.venue or _ARXIV_VENUE.match(paper.venue) is not None)
    more = {name: one_line(value) if name != "note" else value.strip() for name, value in (extra or {}).items()}
    return paper._replace(
        arxiv_id=identifier,
        doi="" if arxiv_id(bare) else bare or doi(paper.url),
        url="" if identifier and arxiv_id(paper.url) else paper.url,
        type="article"
        if is_on_arxiv_alone and paper.type in {"article", "article-journal", "report", "manuscript"}
        else paper.type,
        venue="" if is_on_arxiv_alone else paper.venue,
        extra=tuple(sorted((name, value) for name, value in more.items() if value)),
    )
