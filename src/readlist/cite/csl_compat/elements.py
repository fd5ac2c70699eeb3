"""citeproc-py's rendering elements with the rules of CSL 1.0.2 that they lack.

Each class takes the place of the class of the same name in citeproc-py while a style is parsed (``engine.py``), so
that citeproc-py itself is not changed. What is restored:

* affixes and delimiters keep seams, so that punctuation and quotation marks meet as they should (``marks.py``);
* ``text-case``, ``strip-periods`` (``textcase.py``);
* numbers, page ranges, ordinals, labels (``numbers.py``);
* "Group": suppressed when variables were called and all were empty, counting what was called, not what could be;
* "Choose": ``disambiguate``, ``is-numeric``, ``variable`` by content, ``position`` in bibliographies;
* "Substitute": what was substituted is empty for the rest of the entry;
* terms by their forms (``terms.py``); a term that opens an entry is capitalised.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from citeproc import model
from citeproc.source import VariableError

from readlist.cite.csl_compat import marks, numbers
from readlist.cite.csl_compat.labels import citation_label
from readlist.cite.csl_compat.source import Reference
from readlist.cite.csl_compat.terms import Terms
from readlist.cite.csl_compat.textcase import apply_case, capitalize_first
from readlist.cite.csl_variables import NUMBER_VARIABLES

_FORMATS = (
    ("font-style", {"italic": (marks.ITALIC, marks.ITALIC_END), "oblique": (marks.OBLIQUE, marks.OBLIQUE_END)}),
    ("font-variant", {"small-caps": (marks.SMALL_CAPS, marks.SMALL_CAPS_END)}),
    ("font-weight", {"bold": (marks.BOLD, marks.BOLD_END)}),
    ("text-decoration", {"underline": (marks.UNDERLINE, marks.UNDERLINE_END)}),
    ("vertical-align", {"sup": (marks.SUP, marks.SUP_END), "sub": (marks.SUB, marks.SUB_END)}),
)


FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR = range(4)
"""The positions of a cite, each of which includes the ones below it, but for the first."""


class Expansion(NamedTuple):
    """What tells a cite from others that would look the same ("Disambiguation")."""

    names: Mapping[int, int] = MappingProxyType({})
    """The least number of names shown of each list, by the place of the list in the cite."""
    givens: Mapping[tuple[int, int], int] = MappingProxyType({})
    """How much is shown of a given name (1: initials, 2: all), by the places of list and name."""
    disambiguate: bool = False
    """What ``cs:if`` with ``disambiguate`` is told."""


NO_EXPANSION = Expansion()


class Cite:
    """One item on its way through a style: its reference, its number, and what has been rendered of it so far."""

    __slots__ = (
        "author_only",
        "author_text",
        "called",
        "done",
        "expansion",
        "filled",
        "first_names",
        "given",
        "has_output",
        "in_citation",
        "lists",
        "near_note",
        "number",
        "opens_sentence",
        "position",
        "recording",
        "reference",
        "same_names",
        "substituting",
        "suppresses_author",
        "text_is_english",
        "without_year",
        "year_suffix",
    )

    has_locator = False
    key = ""

    def __init__(self, reference: Reference, number: int, *, text_is_english: bool, year_suffix: str = "") -> None:
        self.reference = reference
        self.number = number
        self.text_is_english = text_is_english
        self.year_suffix = year_suffix
        self.called = False
        """Whether the group that is being rendered has called a variable."""
        self.filled = False
        """Whether one of these variables was not empty."""
        self.done: set[str] = set()
        """The variables that ``cs:substitute`` has used up."""
        self.recording: list[str] | None = None
        """The variables rendered inside the ``cs:substitute`` that is being tried."""
        self.substituting: Any = None
        """The ``cs:names`` whose ``cs:substitute`` is being tried: names inside take its form."""
        self.first_names: str | None = None
        """The first list of names that was rendered, without its label."""
        self.same_names: tuple[str, str] | None = None
        """The first list of names of the entry before, and what stands for it here when it is the same."""
        self.has_output = False
        """Whether anything of the entry has been rendered."""
        self.opens_sentence = True
        """Whether a term at the beginning begins with a capital."""
        self.in_citation = False
        """Whether this is a cite in the text or in a note, and no bibliography entry."""
        self.position = FIRST
        self.near_note = False
        self.given: dict[str, str] = {}
        """What the cite adds to its item: ``locator`` and its ``label``, ``first-reference-note-number``."""
        self.expansion = NO_EXPANSION
        self.lists: list[tuple[int, list[dict[str, str]]]] = []
        """How many names each list rendered so far shows, and the names."""
        self.author_text: str | None = None
        """What the first ``cs:names`` rendered, or what stood in for the names."""
        self.suppresses_author = False
        self.author_only = False
        self.without_year = False
        """Whether the year was given by the cite before ("collapse")."""

    def __contains__(self, name: str) -> bool:
        """Whether the cite has a locator or the like."""
        return name in self.given

    def peek(self, variable: str) -> Any:
        """The value of ``variable`` (with hyphens), or None; calling it is not noted."""
        found = self.given.get(variable) if variable != "label" else None
        return found or self.reference.get(variable.replace("-", "_"))

    def value(self, variable: str) -> Any:
        """The value of ``variable`` (with hyphens), or None when it is empty or used up; notes that it was called."""
        self.called = True
        found = self.peek(variable)
        if not found or variable in self.done:
            return None
        self.filled = True
        if self.recording is not None:
            self.recording.append(variable)
        return found

    def rendered(self, text: str | None) -> str | None:
        """``text``, after noting whether there is any; None in place of the empty string."""
        if text:
            self.has_output = True
            return text
        return None


def terms_of(element: Any) -> Terms:
    """The terms of the style that ``element`` belongs to."""
    terms: Terms = element.get_root().terms
    return terms


def form_of(element: Any) -> str:
    """The attribute ``form``, ``long`` where it is missing."""
    return str(element.get("form", "long"))


class Rich:
    """What all rendering elements share: affixes, formatting, quotes, case and periods, in strings with marks."""

    def format(self: Any, text: str | None) -> str | None:
        """``text`` in the element's font."""
        if not text:
            return None
        for attribute, values in _FORMATS:
            pair = values.get(self.get(attribute))
            if pair:
                text = pair[0] + text + pair[1]
        return text

    def wrap(self: Any, text: str | None) -> str | None:
        """``text`` between the element's affixes, as a block where it asks for one (``display``)."""
        if not text:
            return None
        text = marks.wrap(self.get("prefix", ""), text, self.get("suffix", ""))
        display = marks.DISPLAY.get(self.get("display"))
        return display + text + marks.DISPLAY_END if display else text

    def join(self: Any, parts: Iterable[str | None], default_delimiter: str = "") -> str:
        """The parts that are not empty, with the element's delimiter between them."""
        return marks.join([part for part in parts if part], self.get("delimiter", default_delimiter))

    def quote(self: Any, text: str) -> str:
        """``text`` in quotation marks where the element asks for them."""
        return marks.QUOTE_OPEN + text + marks.QUOTE_CLOSE if self.get("quotes") == "true" else text

    def strip_periods(self: Any, text: str) -> str:
        """``text`` without its periods where the element asks for that."""
        return text.replace(".", "") if self.get("strip-periods") == "true" else text

    def case(self: Any, text: str, *, english: bool = True) -> str:
        """``text`` in the element's ``text-case``."""
        name = self.get("text-case")
        return apply_case(text, name, english=english) if name else text

    def dress(self: Any, text: str | None, *, english: bool = True) -> str | None:
        """``text`` with everything the element's attributes ask for."""
        if not text:
            return None
        text = self.strip_periods(self.case(text, english=english))
        result: str | None = self.wrap(self.quote(self.format(text) or ""))
        return result


class Container(Rich):
    """An element with children that are rendered one after the other."""

    def render_children(self: Any, item: Cite, delimiter: str = "", **kwargs: Any) -> str | None:
        """The children's texts with ``delimiter`` (that of the group around) between them, or None."""
        parts = []
        for child in self.iterchildren():
            if isinstance(child, model.Choose):
                text = child.render(item, delimiter=delimiter, **kwargs)
            else:
                text = child.render(item, **kwargs)
            if text:
                parts.append(text)
        return marks.join(parts, delimiter) if parts else None

    def render_group(self: Any, item: Cite, delimiter: str, context: Any, kwargs: dict[str, Any]) -> str | None:
        """The children, or None where variables were called and all were empty.

        What is rendered counts as a filled variable for the group around: a term alone keeps that group alive.
        """
        outer_called, outer_filled, had_output = item.called, item.filled, item.has_output
        item.called = item.filled = False
        text: str | None = self.render_children(item, delimiter, context=context, **kwargs)
        is_kept = bool(text) and (item.filled or not item.called)
        item.called = outer_called or item.called
        item.filled = outer_filled or is_kept
        if is_kept:
            return text
        item.has_output = had_output
        return None


class Macro(Container, model.Macro):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:macro``: a group as well since CSL 1.0.2."""

    def render(self, item: Cite, context: Any = None, **kwargs: Any) -> str | None:
        """The children, as a group's."""
        return self.render_group(item, "", context, kwargs)


class Text(Rich, model.Text):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:text``."""

    def render(self, item: Cite, context: Any = None, **kwargs: Any) -> str | None:
        """The text of a variable, macro, term or value."""
        if "variable" in self.attrib:
            text = self._value(item)
        elif "macro" in self.attrib:
            text = self.get_root().macros[self.get("macro")].render(item, context=context, **kwargs)
        elif "term" in self.attrib:
            text = terms_of(self).get(self.get("term"), form_of(self), plural=self.get("plural") == "true")
            if text and not item.has_output and item.opens_sentence:
                text = capitalize_first(text)
        else:
            text = marks.field(self.get("value", ""))
        if (
            self.get("variable") in NUMBER_VARIABLES
            and self.get("text-case")
            and text
            and item.reference.type != "legal_case"
        ):
            text = numbers.each_number(text, lambda part: self.case(part, english=item.text_is_english))
        return item.rendered(self.dress(text, english=item.text_is_english))

    def _value(self, item: Cite) -> str | None:
        variable = self.get("variable")
        if variable in ("citation-number", "citation-label"):
            item.called = item.filled = True
            is_number = variable == "citation-number"
            return str(item.number) if is_number else citation_label(item.reference) + item.year_suffix
        if variable == "year-suffix":
            return item.year_suffix
        if self.get("form") == "short":
            short = item.value(f"{variable}-short")
            if short:
                return str(short)
        value = item.value(variable)
        if not isinstance(value, str):
            return None
        if variable in NUMBER_VARIABLES:
            return ranges(self, variable, value)
        return value


def ranges(element: Any, variable: str, value: str) -> str:
    """``value`` with its ranges as the style and its locale write them."""
    delimiter = terms_of(element).get("page-range-delimiter") or "\u2013"
    if variable in ("page", "locator"):
        return numbers.page_range(value, element.get_root().get("page-range-format", ""), delimiter)
    if variable in ("volume", "issue", "edition", "number", "collection-number", "chapter-number", "page-first"):
        return numbers.number_range(value, delimiter)
    return value


class Number(Rich, model.Number):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:number``."""

    def render(self, item: Cite, context: Any = None, **kwargs: Any) -> str | None:  # noqa: ARG002 - citeproc-py's form
        """The number in the form the style wants."""
        variable = self.get("variable")
        value = item.value(variable)
        if not isinstance(value, str):
            return None
        text = self._in_form(variable, value)
        if self.get("text-case"):
            text = numbers.each_number(text, lambda part: self.case(part, english=item.text_is_english))
        return item.rendered(self.dress(text, english=item.text_is_english))

    def _in_form(self, variable: str, value: str) -> str:
        form = self.get("form", "numeric")
        if form != "numeric" and value.isdecimal() and value.isascii():
            number = int(value)
            if form == "long-ordinal" and 1 <= number <= 10:  # noqa: PLR2004 - terms exist for first to tenth
                return terms_of(self).get(f"long-ordinal-{number:02}") or terms_of(self).ordinal(number)
            if form == "roman" and number < 6000:  # noqa: PLR2004 - Roman numerals end there
                return numbers.roman(number)
            if form in ("ordinal", "long-ordinal"):
                return terms_of(self).ordinal(number)
        return ranges(self, variable, value)


class Label(Rich, model.Label):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:label`` outside names."""

    def render(self, item: Cite, *args: Any, **kwargs: Any) -> str | None:  # noqa: ARG002 - citeproc-py's form
        """The term for the variable, plural for several numbers; nothing without a value."""
        variable = self.get("variable")
        value = item.peek(variable)
        if not isinstance(value, str) or variable in item.done:
            return None
        counts = variable.startswith("number-of")
        plural = value.isdecimal() and int(value) > 1 if counts else numbers.is_several(value)
        # The terms of CSL 1.0.2 have hyphens ("sub-verbo") where older labels have blanks.
        role = item.given.get("label", "page").replace(" ", "-") if variable == "locator" else variable
        return item.rendered(self.for_role(role, plural=plural))

    def for_role(self, variable: str, *, plural: bool) -> str | None:
        """The term for ``variable``, dressed as the style wants."""
        wanted = self.get("plural", "contextual")
        plural = wanted == "always" or (wanted == "contextual" and plural)
        return self.dress(terms_of(self).get(variable, form_of(self), plural=plural))


class Group(Container, model.Group):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:group``."""

    def render(self, item: Cite, context: Any = None, **kwargs: Any) -> str | None:
        """The children, or nothing where all variables that were called are empty."""
        text = self.render_group(item, self.get("delimiter", ""), context, kwargs)
        return self.wrap(self.format(text))


class Condition(Container):
    """The tests of ``cs:if`` and ``cs:else-if``."""

    def render(self: Any, item: Cite, context: Any = None, delimiter: str = "", **kwargs: Any) -> str | None:
        """The children; ConditionFailed when the tests do not hold."""
        if not self._holds(item):
            raise model.ConditionFailed
        text: str | None = self.render_children(item, delimiter, context=context, **kwargs)
        return text

    def _holds(self: Any, item: Cite) -> bool:
        results: list[bool] = []
        for attribute, test in _TESTS.items():
            names = self.get(attribute)
            if names is not None:
                found = [test(item, name) for name in names.split()]
                # An item has one type: several types in one test are alternatives, whatever ``match`` says.
                results += [any(found)] if attribute in ("type", "locator", "position") else found
        match = self.get("match", "all")
        if match == "any":
            return any(results)
        return not any(results) if match == "none" else all(results)


def _has_value(item: Cite, variable: str) -> bool:
    return bool(item.peek(variable))


def _is_numeric(item: Cite, variable: str) -> bool:
    value = item.peek(variable)
    return isinstance(value, str) and numbers.is_numeric(value)


def _is_uncertain(item: Cite, variable: str) -> bool:
    value = item.reference.get(variable.replace("-", "_"))
    return bool(value and value.get("circa"))


def _is_locator(item: Cite, label: str) -> bool:
    return "locator" in item and item.given.get("label", "page").replace(" ", "-") == label.replace(" ", "-")


def _is_position(item: Cite, name: str) -> bool:
    if not item.in_citation:
        return False
    if name == "near-note":
        return item.near_note
    if name == "first":
        return item.position == FIRST
    least = {"subsequent": SUBSEQUENT, "ibid": IBID, "ibid-with-locator": IBID_WITH_LOCATOR}.get(name)
    return least is not None and item.position >= least


def _is_ambiguous(item: Cite, wanted: str) -> bool:
    return item.expansion.disambiguate == (wanted == "true")


_TESTS = {
    "type": lambda item, name: bool(item.reference.type == name),
    "variable": _has_value,
    "is-numeric": _is_numeric,
    "is-uncertain-date": _is_uncertain,
    "locator": _is_locator,
    "position": _is_position,
    "disambiguate": _is_ambiguous,
}


class If(Condition, model.If):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:if``."""


class Else_If(Condition, model.Else_If):  # type: ignore[misc] # noqa: N801 - citeproc-py ships no types; its name maps to the XML name
    """``cs:else-if``."""


class Else(Container, model.Else):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:else``."""

    def render(self, item: Cite, context: Any = None, delimiter: str = "", **kwargs: Any) -> str | None:
        """The children."""
        return self.render_children(item, delimiter, context=context, **kwargs)


class Substitute(Container, model.Substitute):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:substitute``."""

    def render(self, item: Cite, context: Any = None, **kwargs: Any) -> str | None:
        """The first child that renders anything; its variables are used up for the rest of the entry."""
        outer, outer_names = item.recording, item.substituting
        item.substituting = self.getparent()
        for child in self.iterchildren():
            item.recording = []
            try:
                text = child.render(item, context=context, **kwargs)
            except VariableError:
                text = None
            if text:
                item.done.update(item.recording)
                item.recording, item.substituting = outer, outer_names
                return str(text)
        item.recording, item.substituting = outer, outer_names
        return None
