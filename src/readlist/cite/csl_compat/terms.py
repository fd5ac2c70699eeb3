"""The terms, date forms and options of a style's locales, merged once.

Restores: "Locale fallback" (a term of the style's own ``cs:locale`` comes first, then the dialect, the primary
dialect and en-US), and the fallback of forms: ``verb-short`` to ``verb``, ``symbol`` to ``short``, ``verb`` and
``short`` to ``long``. citeproc-py searches the locales for one form only, so that a style's own long term never
stands in for its short form.
"""

from collections.abc import Iterable
from typing import Any

from readlist.cite.csl_compat import marks

_CS = "{http://purl.org/net/xbiblio/csl}"
_FALLBACK = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}


class Terms:
    """What the locales of one style say, the first that says anything."""

    __slots__ = ("_options", "_terms", "dates", "quotes")

    def __init__(self, locales: Iterable[Any]) -> None:
        self._terms: dict[tuple[str, str], tuple[str, str]] = {}
        self._options: dict[str, str] = {}
        self.dates: dict[str, Any] = {}
        for locale in locales:
            for element in locale:
                self._add(element)
        self.quotes = marks.Quotes(
            (self.get("open-quote"), self.get("close-quote")),
            (self.get("open-inner-quote"), self.get("close-inner-quote")),
            punctuation_inside=self._options.get("punctuation-in-quote") == "true",
        )

    def _add(self, element: Any) -> None:
        if element.tag == _CS + "terms":
            own: dict[tuple[str, str], tuple[str, str]] = {}
            for term in element.iterchildren(_CS + "term"):
                single, multiple = term.find(_CS + "single"), term.find(_CS + "multiple")
                text = term.text or ""
                key = (str(term.get("name")), str(term.get("form", "long")))
                if term.get("gender-form") and key in own:
                    continue
                own[key] = (
                    text if single is None else single.text or "",
                    text if multiple is None else multiple.text or "",
                )
                if term.get("match"):
                    own[(f"{key[0]}?match", term.get("match"))] = ("", "")
            if any(key[0].startswith("ordinal") for key in self._terms):
                # "Ordinal Suffixes": a locale that has any of these terms replaces all those of the locales below it.
                own = {key: value for key, value in own.items() if not key[0].startswith("ordinal")}
            for key, value in own.items():
                self._terms.setdefault(key, value)
        elif element.tag == _CS + "date":
            self.dates.setdefault(str(element.get("form")), element)
        elif element.tag == _CS + "style-options":
            for name, value in element.attrib.items():
                self._options.setdefault(str(name), str(value))

    def get(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        """The term, in the form asked for or the one it falls back to; the empty string when there is none."""
        while True:
            found = self._terms.get((name, form))
            if found is not None:
                return found[plural]
            if form not in _FALLBACK:
                return ""
            form = _FALLBACK[form]

    def option(self, name: str) -> bool:
        """A true-or-false option of the locale, such as ``limit-day-ordinals-to-day-1``."""
        return self._options.get(name) == "true"

    def ordinal(self, number: int) -> str:
        """``1st``: the number with the suffix that the locale gives it ("Ordinal Suffixes")."""
        last_two = f"ordinal-{number % 100:02}"
        last_one = f"ordinal-{number % 10:02}"
        if (last_two, "long") in self._terms and (number % 100 >= 10 or number < 10):  # noqa: PLR2004 - two digits
            whole_only = (f"{last_two}?match", "whole-number") in self._terms
            if not whole_only or number < 100:  # noqa: PLR2004 - the term names the whole number
                return f"{number}{self.get(last_two)}"
        if (last_one, "long") in self._terms and (f"{last_one}?match", "last-two-digits") not in self._terms:
            return f"{number}{self.get(last_one)}"
        return f"{number}{self.get('ordinal')}"
