"""``cs:date`` and its parts.

Restores: the delimiter and the order of localized dates (citeproc-py drops them: "2015May28"), ``date-parts``, the
style's overrides of single parts, ranges ("1-3 May 2020"), seasons, literal dates, the eras,
``limit-day-ordinals-to-day-1``; affixes of the first and the last part vanish with the parts beyond them; parsed
styles are not changed on the way.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from citeproc import model

from readlist.cite.csl_compat import marks
from readlist.cite.csl_compat.elements import Cite, Rich, terms_of
from readlist.cite.csl_compat.source import DateValue
from readlist.cite.csl_compat.textcase import apply_case

_PARTS = ("year", "month", "day")
_Day = tuple[int, int, int]
_Attributes = Mapping[str, str]


class _Written(NamedTuple):
    """The text of one part of a date, and the attributes that say what stands around it."""

    text: str
    part: _Attributes


class Date(Rich, model.Date):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:date``."""

    def render(self, item: Cite, context: Any = None, **kwargs: Any) -> str | None:  # noqa: ARG002 - citeproc-py's form
        """The date in the style's or the locale's form."""
        was_filled = item.filled
        value = item.value(self.get("variable"))
        text = self._written(item, value) if isinstance(value, DateValue) else None
        if not text:
            # "Group": a date without the parts that are asked for is as good as empty.
            item.filled = was_filled
        return item.rendered(text)

    def _written(self, item: Cite, value: DateValue) -> str | None:
        parts_given = [part.get("name") for part in self.iterchildren()]
        wants_year = "year" in (self.get("date-parts", "year") if self.get("form") else parts_given)
        if item.without_year and self.get("variable") == "issued":
            return None if self.get_root().prints_year_suffix else item.year_suffix
        if value.literal and wants_year:
            return self.dress(value.literal)
        if value.literal:
            return None  # a date in words is given once, with the year
        localized = terms_of(self).dates.get(self.get("form", ""))
        if localized is None:
            parts = [dict(part.attrib) for part in self.iterchildren()]
            delimiter = self.get("delimiter", "")
        else:
            parts = self._localized_parts(localized)
            delimiter = localized.get("delimiter", "")
        self._add_year_suffix(item, parts)
        text = self._range(value, parts, delimiter, trims=localized is not None)
        return self.wrap(self.format(self.case(text) if text else None))

    def _localized_parts(self, localized: Any) -> list[dict[str, str]]:
        wanted = self.get("date-parts", "year-month-day").split("-")
        own = {part.get("name"): part.attrib for part in self.iterchildren()}
        parts = [{**part.attrib, **own.get(part.get("name"), {})} for part in localized.iterchildren("{*}date-part")]
        if parts:
            parts[0]["opens"] = parts[-1]["closes"] = "1"
        return [part for part in parts if part["name"] in wanted]

    def _add_year_suffix(self, item: Cite, parts: list[dict[str, str]]) -> None:
        # A style that prints the suffix itself has a cs:text with the variable year-suffix.
        if item.year_suffix and not self.get_root().prints_year_suffix and self.get("variable") == "issued":
            for part in parts:
                if part.get("name") == "year":
                    part["year-suffix"] = item.year_suffix

    def _range(self, value: DateValue, parts: list[dict[str, str]], delimiter: str, *, trims: bool) -> str | None:
        begin = value.begin
        if value.end is None:
            return self._single(begin, value.season, parts, delimiter, trims=trims)
        # The parts up to the largest that differs are given twice, the others once.
        end = value.end
        if not end[0]:
            text = self._single(begin, value.season, parts, delimiter, trims=trims)
            dash = parts[-1].get("range-delimiter", "\u2013") if parts else ""
            return text + dash if text else None
        order = {"year": 0, "month": 1, "day": 2}
        changed = next((name for name in _PARTS if begin[order[name]] != end[order[name]]), "day")
        twice = {name for name in _PARTS if order[name] >= order[changed]}
        places = [index for index, part in enumerate(parts) if part.get("name") in twice and _has(part, begin, end)]
        if not places:
            return self._single(begin, value.season, parts, delimiter, trims=trims)
        first, last = places[0], places[-1]
        dash = parts[last].get("range-delimiter", "\u2013")
        # Of two years before Christ only the second names the era.
        shared_era = begin[0] < 0 and end[0] < 0 and parts[last].get("name") == "year"
        head = self._texts(
            begin, 0, [{**part, "no-era": "1"} if shared_era else part for part in parts[first : last + 1]]
        )
        tail = self._texts(end, 0, parts[first : last + 1])
        if head:
            head[-1] = head[-1]._replace(part={**head[-1].part, "suffix": ""})
        if tail:
            tail[0] = tail[0]._replace(part={**tail[0].part, "prefix": ""})
        before = self._texts(begin, 0, parts[:first])
        after = self._texts(begin, 0, parts[last + 1 :])
        middle = _glued(head, delimiter, trims=False) + dash + _glued(tail, delimiter, trims=trims and not after)
        whole = [*before, _Written(middle, {}), *after]
        return _glued(whole, delimiter, trims=trims)

    def _single(
        self, day: _Day, season: int, parts: list[dict[str, str]], delimiter: str, *, trims: bool
    ) -> str | None:
        return _glued(self._texts(day, season, parts), delimiter, trims=trims) or None

    def _texts(self, day: _Day, season: int, parts: list[dict[str, str]]) -> list[_Written]:
        texts = []
        for part in parts:
            text = self._part(part, day, season)
            if text:
                texts.append(_Written(text, part))
        return texts

    def _part(self, part: _Attributes, day: _Day, season: int) -> str:
        write = {"year": self._year, "month": self._month, "day": self._day}[part.get("name", "year")]
        text = write(part, day, season)
        if part.get("strip-periods") == "true":
            text = text.replace(".", "")
        if part.get("text-case"):
            text = apply_case(text, part["text-case"], english=True)
        return _styled(part, text) if text else ""

    def _year(self, part: _Attributes, day: _Day, _season: int) -> str:
        year = day[0]
        text = str(abs(year))
        if part.get("form") == "short" and len(text) == 4:  # noqa: PLR2004 - 1998 becomes 98
            text = text[2:]
        elif part.get("no-era"):
            pass
        elif year < 0:
            text += terms_of(self).get("bc")
        elif year < 1000:  # noqa: PLR2004 - "ad" is appended to years of up to three digits
            text += terms_of(self).get("ad")
        return text + part.get("year-suffix", "")

    def _month(self, part: _Attributes, day: _Day, season: int) -> str:
        month, form = day[1], part.get("form", "long")
        if not month or month > 12:  # noqa: PLR2004 - some programs write seasons as months 13 to 24
            season = season or ((month - 1) % 4 + 1 if month else 0)
            return terms_of(self).get(f"season-{season:02}") if season else ""
        if form == "numeric":
            return str(month)
        if form == "numeric-leading-zeros":
            return f"{month:02}"
        return terms_of(self).get(f"month-{month:02}", form)

    def _day(self, part: _Attributes, day: _Day, _season: int) -> str:
        number, form = day[2], part.get("form", "numeric")
        if not number:
            return ""
        if form == "numeric-leading-zeros":
            return f"{number:02}"
        if form == "ordinal" and (number == 1 or not terms_of(self).option("limit-day-ordinals-to-day-1")):
            return terms_of(self).ordinal(number)
        return str(number)


class Date_Part(Rich, model.Date_Part):  # type: ignore[misc] # noqa: N801 - citeproc-py ships no types; its name maps to the XML name
    """``cs:date-part``: read by ``Date`` alone."""


def _has(part: _Attributes, begin: _Day, end: _Day) -> bool:
    index = _PARTS.index(part.get("name", "year"))
    return bool(begin[index] or end[index])


def _styled(part: _Attributes, text: str) -> str:
    if part.get("font-style") == "italic":
        text = marks.ITALIC + text + marks.ITALIC_END
    if part.get("font-weight") == "bold":
        text = marks.BOLD + text + marks.BOLD_END
    return text


def _glued(texts: list[_Written], delimiter: str, *, trims: bool) -> str:
    """The parts with their affixes.

    With ``trims`` punctuation before the first and after the last is left out where the locale's form has another part
    there; a word, such as the character for "year", stays.
    """
    out = []
    for index, (text, part) in enumerate(texts):
        before, after = part.get("prefix", ""), part.get("suffix", "")
        if trims and index == 0 and "opens" not in part and not _has_letter(before):
            before = ""
        if trims and index == len(texts) - 1 and "closes" not in part and not _has_letter(after):
            after = ""
        out.append(marks.wrap(before, text, after))
    return marks.join(out, delimiter)


def _has_letter(text: str) -> bool:
    return any(character.isalpha() for character in text)
