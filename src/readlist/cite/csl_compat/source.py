"""CSL-JSON items as the objects that citeproc-py's elements read.

Restores: ids are compared as they are written (citeproc-py lowers their case), null and odd dates are no dates
instead of an exception, variables that citeproc-py does not know yet (CSL 1.0.2) raise no warning, the old and the
new name of a variable are one, and the item that is given is never changed.
"""

import re
from collections.abc import Mapping
from typing import Any

from citeproc import source

from readlist.cite.csl_compat import marks
from readlist.cite.csl_variables import DATE_VARIABLES, NAME_VARIABLES
from readlist.names import family_parts

# Names that were given up or are written otherwise by some programs, and the variable meant (CSL 1.0.2, appendix IV).
_SYNONYMS = {
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
}
_RAW = frozenset({"DOI", "URL", "ISBN", "ISSN", "PMID", "PMCID"})
_DOI_LINK = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)
_ISO_DATE = re.compile(r"(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?")
_OPEN_END = (0, 0, 0)
"""The end of a range that goes on ("1987–")."""
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")


class Reference(source.Reference):  # type: ignore[misc]  # citeproc-py ships no types
    """One item: a mapping from variable (with underscores) to string, list of names or date."""

    def __init__(self, key: str, item: Mapping[str, Any], *, curly: bool = True) -> None:
        super().__init__(key, str(item.get("type") or "document"))
        self.update(_variables(item, curly=curly))


class DateValue:
    """A date or a range of dates: each ``(year, month, day)`` with 0 for what is not known, or a literal text."""

    __slots__ = ("begin", "circa", "end", "literal", "season")

    def __init__(
        self,
        begin: tuple[int, int, int] = (0, 0, 0),
        end: tuple[int, int, int] | None = None,
        *,
        season: int = 0,
        literal: str = "",
        circa: bool = False,
    ) -> None:
        self.begin = begin
        self.end = end
        self.season = season
        self.literal = literal
        self.circa = circa

    def get(self, name: str, default: object = None) -> object:
        """What citeproc-py's condition ``is-uncertain-date`` asks for."""
        return self.circa if name == "circa" else default

    def sort_key(self) -> str:
        """A string that sorts by time; a literal sorts after all dates."""
        if self.literal:
            return "~" + self.literal
        parts = [self.begin] + ([self.end] if self.end else [])
        return "-".join(f"{year + 10000:05}{month:02}{day:02}" for year, month, day in parts)


def _variables(item: Mapping[str, Any], *, curly: bool) -> dict[str, Any]:
    variables: dict[str, Any] = {}
    for name, value in item.items():
        if name in ("id", "type", "key") or value is None or value in ("", [], {}):
            continue
        variable = _SYNONYMS.get(name, name)
        if variable != name and item.get(variable):
            continue
        read = _read(variable, value, curly=curly)
        if read:
            variables[variable.replace("-", "_")] = read
    if "page" in variables and "page_first" not in variables:
        variables["page_first"] = re.split(r"\s*[,;&\u2013-]", variables["page"], maxsplit=1)[0]
    return variables


def _read(variable: str, value: Any, *, curly: bool) -> Any:
    if variable in NAME_VARIABLES:
        return _names(value)
    if variable in DATE_VARIABLES:
        return read_date(value)
    if isinstance(value, (dict, list)):
        return ""
    text = marks.clean(str(value)).strip()
    if variable == "language":
        return text
    if variable == "DOI":
        return _DOI_LINK.sub("", text, count=1) if _DOI_LINK.match(text) else text
    return text if variable in _RAW else marks.field(text, curly=curly)


def _names(value: Any) -> list[dict[str, str]]:
    names = []
    for entry in value if isinstance(value, list) else ():
        if not isinstance(entry, Mapping):
            continue
        name = {part: marks.field(str(entry[part])).strip() for part in _NAME_PARTS if entry.get(part)}
        quoted = re.fullmatch(f"{marks.QUOTE_OPEN}(.*){marks.QUOTE_CLOSE}", name.get("family", ""))
        if quoted:
            name["family"] = quoted[1]  # citeproc-js' way to say that there is no particle to find
        else:
            _part_particles(name)
        literal = str(entry.get("literal") or "").strip()
        if literal and "family" not in name:
            name = {"literal": marks.field(literal)}
        elif "family" not in name and name.get("given"):
            name = {"family": name["given"]}
        if entry.get("comma-suffix"):
            name["comma-suffix"] = "1"
        if entry.get("cut"):
            name["cut"] = "1"
        if name:
            names.append(name)
    return names


def _part_particles(name: dict[str, str]) -> None:
    """Move particles inside ``family`` or ``given``, and a suffix after a comma, to their own parts."""
    family, given = name.get("family", ""), name.get("given", "")
    if not family or not given:
        return
    if "," in given and "suffix" not in name:
        given, _, suffix = (part.strip() for part in given.partition(","))
        if suffix.startswith("!"):
            name["comma-suffix"], suffix = "1", suffix[1:].strip()
        name["given"], name["suffix"] = given, suffix
    if "non-dropping-particle" not in name and not family[0].isupper():
        parts = family_parts(family)
        if parts.particle and not parts.suffix:
            name["non-dropping-particle"], name["family"] = parts.particle, parts.family
    trailing = re.fullmatch(r"(.*?[^\W\d_]\.?)\s+([^\W\d_A-Z][\w'\u2019 ]*)", given)
    if trailing and "dropping-particle" not in name and family_parts(f"{trailing[2]} X").particle == trailing[2]:
        name["given"], name["dropping-particle"] = trailing[1], trailing[2]


def read_date(value: Any) -> DateValue | None:
    """A CSL-JSON date (date-parts, raw or literal); None when it says nothing.

    Numbers may be strings; a null, a zero or a word in place of the year makes the date unknown, in place of the month
    or the day it ends the date there.
    """
    if isinstance(value, (str, int)):
        value = {"raw": str(value)}
    if not isinstance(value, Mapping):
        return None
    circa = bool(value.get("circa"))
    given = value.get("date-parts")
    days = given if isinstance(given, (list, tuple)) else ()
    parts = [_date_parts(day) for day in days if isinstance(day, (list, tuple))]
    is_open = len(parts) == 2 and bool(parts[0][0]) and parts[1] == _OPEN_END and list(days[1]) in ([0], ["0"])  # noqa: PLR2004 - a range
    parts = [part for part in parts if part[0]]
    season = _number(value.get("season"))
    if not parts and value.get("raw"):
        raw = str(value["raw"]).strip()
        found = [_ISO_DATE.fullmatch(day) for day in raw.split("/")]
        parts = [(int(day[1]), int(day[2] or 0), int(day[3] or 0)) for day in found if day]
        if len(parts) != len(found) or not all(part[0] for part in parts):
            literal = marks.field(raw).strip()
            return DateValue(literal=literal, circa=circa) if literal else None
    if parts:
        end = parts[1] if len(parts) > 1 and parts[1] != parts[0] else _OPEN_END if is_open else None
        return DateValue(parts[0], end, season=season, circa=circa)
    literal = marks.field(str(value.get("literal") or "")).strip()
    return DateValue(literal=literal, circa=circa) if literal else None


def _number(value: Any) -> int:
    text = str(value).strip()
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else 0


def _date_parts(values: Any) -> tuple[int, int, int]:
    numbers = [_number(value) for value in (*list(values)[:3], 0, 0, 0)][:3]
    year, month, day = numbers
    if not 1 <= abs(month) <= 24:  # noqa: PLR2004 - 12 months, and 13 to 24 name seasons in some programs' dates
        month = day = 0
    return year, month, day if 1 <= day <= 31 else 0  # noqa: PLR2004 - days of a month
