"""``cs:sort``: the order of a bibliography.

Restores: keys are compared by the letters of the language (case and accents last), empty keys sort at the end in
either direction, names sort by family and particles as ``demote-non-dropping-particle`` says, dates by time.
"""

import unicodedata
from functools import cmp_to_key
from typing import Any

from citeproc import model

from readlist.cite.csl_compat import marks
from readlist.cite.csl_compat.elements import Cite
from readlist.cite.csl_compat.labels import citation_label
from readlist.cite.csl_compat.source import DateValue
from readlist.cite.csl_variables import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES

_SortKey = tuple[int, str] | None


class Key(model.Key):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:key``."""

    def key_of(self, item: Cite, layout: Any) -> _SortKey:
        """What ``item`` is sorted by; None when it has no such thing."""
        return self._by_macro(item, layout) if "macro" in self.attrib else self._by_variable(item)

    def _by_macro(self, item: Cite, layout: Any) -> _SortKey:
        options = {"name-as-sort-order": "all"}
        for option in ("names-min", "names-use-first", "names-use-last"):
            if self.get(option) is not None:
                options[option.replace("names", "et-al")] = self.get(option)
        text = self.get_root().macros[self.get("macro")].render(_fresh(item), context=layout, sort_options=options)
        return _text_key(text)

    def _by_variable(self, item: Cite) -> _SortKey:
        variable = self.get("variable")
        is_label = variable == "citation-label"
        value: Any = citation_label(item.reference) if is_label else item.reference.get(variable.replace("-", "_"))
        if variable == "citation-number":
            return (item.number, "")
        if not value:
            return None
        if variable in DATE_VARIABLES and isinstance(value, DateValue):
            return (0, value.sort_key())
        if variable in NAME_VARIABLES:
            demotes = self.get_root().get("demote-non-dropping-particle", "display-and-sort") != "never"
            return _text_key("; ".join(_name_key(name, demotes=demotes) for name in value))
        if variable in NUMBER_VARIABLES and str(value).isdecimal():
            return (int(value), "")
        return _text_key(str(value))


def _fresh(item: Cite) -> Cite:
    return Cite(item.reference, item.number, text_is_english=item.text_is_english)


def _name_key(name: dict[str, str], *, demotes: bool) -> str:
    if "literal" in name:
        return name["literal"]
    particle = name.get("non-dropping-particle", "")
    family = name.get("family", "")
    given = name.get("given", "")
    if demotes:
        given = " ".join(part for part in (given, name.get("dropping-particle", ""), particle) if part)
    else:
        family = f"{particle} {family}".strip()
    return ", ".join(part for part in (family, given, name.get("suffix", "")) if part)


def _text_key(text: str | None) -> _SortKey:
    if not text:
        return None
    visible = marks.visible(text)
    if visible.isdecimal():
        return (int(visible), "")
    folded = "".join(c for c in unicodedata.normalize("NFKD", visible.casefold()) if not unicodedata.combining(c))
    return (0, " ".join("".join(c if c.isalnum() else " " for c in folded.replace("\u2019", "")).split()))


def sort(element: Any, items: list[Cite], layout: Any) -> list[Cite]:
    """``items`` in the order that the ``cs:sort`` element asks for; equal ones stay as they came."""
    keys = [key for key in element.iterchildren() if isinstance(key, Key)]
    descending = [key.get("sort") == "descending" for key in keys]
    rows = [([key.key_of(item, layout) for key in keys], item) for item in items]

    def compare(left: tuple[list[_SortKey], Cite], right: tuple[list[_SortKey], Cite]) -> int:
        for one, other, falls in zip(left[0], right[0], descending, strict=True):
            if one == other:
                continue
            if one is None or other is None:
                return 1 if one is None else -1
            return (1 if one > other else -1) * (-1 if falls else 1)
        return 0

    return [item for _, item in sorted(rows, key=cmp_to_key(compare))]
