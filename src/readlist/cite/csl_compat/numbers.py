"""Numbers: page ranges, ordinals, plural labels, and the test whether a value is numeric.

Restores: "Page ranges" (appendix V: ``expanded``, ``minimal``, ``minimal-two``, ``chicago-15``, ``chicago-16``),
where citeproc-py turns 1-29 into 1-9 and 5-12 into 5-2; the ``page-range-delimiter``; "is-numeric"; and "Label": no
label without a value, plural for several numbers.
"""

import re
from collections.abc import Callable

from readlist.cite.csl_compat import marks

_RANGE = re.compile(
    r"(?P<head>\d*[A-Za-z]+0*)?(?P<first>\d+[a-z]*)\s*[-\u2013]\s*(?P<tail>\d*[A-Za-z]+0*)?(?P<last>\d+[a-z]*)"
)
_SIMPLE_RANGE = re.compile(
    r"(?<![\w.:/-])(\d+[a-z]*|[ivxlcm]+)\s*[-\u2013]\s*(\d+[a-z]*|[ivxlcm]+)(?![\w:/-])", re.IGNORECASE
)
_NUMERIC_PART = r"[A-Za-z]*\d+(?:[A-Za-z]*|[,A-Za-z-]+)"
_NUMERIC = re.compile(rf"\s*{_NUMERIC_PART}(?:\s*(?:[,;&\u2013-]|and)\s*{_NUMERIC_PART})*\s*")
_PLAIN_PART = r"(?:[A-Za-z]*\d+[A-Za-z]*|[ivxlcmIVXLCM]+)"
_SEVERAL = re.compile(rf"\s*{_PLAIN_PART}(?:\s*(?:,?\s+and\b|,?\s+et\b|[,;&\u2013-])\s*{_PLAIN_PART})+\s*")


def is_numeric(text: str) -> bool:
    """Whether ``text`` is a number or a list of numbers, each with letters before or after ("D2", "2nd", "12-14")."""
    return bool(_NUMERIC.fullmatch(marks.visible(text)))


def is_several(text: str) -> bool:
    """Whether ``text`` names more than one number, so that its label is plural."""
    return bool(_SEVERAL.fullmatch(marks.visible(text)))


def _last_of_chicago(first: int, last: str, *, fifteenth: bool) -> str:
    end = int(last)
    if first <= 100 or first % 100 == 0:  # noqa: PLR2004 - the tables of the Chicago Manual (9.61, 9.64)
        return last
    if fifteenth:
        if first // 100 == end // 100:
            return str(end % 100)
        return str(end % 1000) if first >= 10000 else last  # noqa: PLR2004 - likewise
    for digits in range(2, len(last)):
        power = 10**digits
        if first // power == end // power:
            return str(end % power)
    return last


def _last_of_minimal(first: str, last: str, least: int) -> str:
    if len(first) != len(last):
        return last
    common = 0
    while common < len(last) - max(least, 1) and first[common] == last[common]:
        common += 1
    return last[common:]


def _range_end(head: str, first: str, last: str, form: str) -> str:
    if form == "minimal":
        return _last_of_minimal(first, last, 1)
    if form == "minimal-two":
        return _last_of_minimal(first, last, 2)
    if form.startswith("chicago"):
        return _last_of_chicago(int(first), last, fifteenth=form != "chicago-16")
    return head + last


def page_range(text: str, form: str, delimiter: str) -> str:
    """``text`` with each range of pages in the ``page-range-format`` ``form`` (empty: as it is) and ``delimiter``."""

    def write(found: re.Match[str]) -> str:
        head, first, tail, last = (found[name] or "" for name in ("head", "first", "tail", "last"))
        if tail != head:
            # Only numbers with the same letters before them are a range of one kind.
            return found[0] if form else f"{head}{first}{delimiter}{tail}{last}"
        expanded = first[: max(len(first) - len(last), 0)] + last if len(last) < len(first) else last
        if not form or not (first.isdigit() and expanded.isdigit() and int(first) < int(expanded)):
            return f"{head}{first}{delimiter}{tail}{last}"
        return f"{head}{first}{delimiter}{_range_end(head, first, expanded, form)}"

    text, count = _RANGE.subn(write, text)
    return text if count else _SIMPLE_RANGE.sub(rf"\1{delimiter}\2", text)


def number_range(text: str, delimiter: str) -> str:
    """``text`` with ``delimiter`` in place of the hyphen where it is a range of plain numbers ("7-8")."""
    if re.fullmatch(r"[\s\divxlcmIVXLCM,;&a-z\u2013-]+", text):
        return re.sub(r"(?<=[\da-zIVXLCM])\s*[-\u2013]\s*(?=\d|[ivxlcmIVXLCM]+\b)", delimiter, text)
    return re.sub(r"\s+-\s+", "-", text)


def each_number(text: str, change: Callable[[str], str]) -> str:
    """``text`` with ``change`` applied to each part of a list or range, as the reference engine cases numbers."""
    if marks.NOCASE in text:
        return change(text)
    pieces = re.split(r"(\s*&\s*|[,;]\s+|\s*[-\u2013]\s*)", text)
    return "".join(piece if index % 2 else change(piece) for index, piece in enumerate(pieces))


def roman(number: int) -> str:
    """The number in small Roman numerals, as CSL's form ``roman`` asks."""
    numerals = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"))
    small = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    out = ""
    for value, letters in numerals + small:
        count, number = divmod(number, value)
        out += letters * count
    return out
