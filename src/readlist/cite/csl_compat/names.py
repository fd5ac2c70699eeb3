"""``cs:names``, ``cs:name`` and ``cs:et-al``.

Restores: inheritance of name options, ``and``, ``delimiter-precedes-last`` and ``delimiter-precedes-et-al`` with all
their values, ``et-al-use-last``, the order of parts and affixes of ``cs:name-part``, labels of editors that are also
the translators, and lists whose end is not known (they end in the style's own et al.). citeproc-py joins with ", "
whatever the style's delimiter is, and never looks at ``initialize``. Only the names that are printed are arranged, so
that a list of thousands costs as much as the style shows.
"""

from typing import Any

from citeproc import model

from readlist.cite.csl_compat import marks
from readlist.cite.csl_compat.elements import Cite, Rich, terms_of
from readlist.cite.csl_compat.persons import NameForm, arrange, is_east_asian

_INHERITED = {"form": "name-form", "delimiter": "name-delimiter"}


class Names(Rich, model.Names):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:names``."""

    def render(self, item: Cite, context: Any = None, **kwargs: Any) -> str | None:
        """The names of all the variables that have any, else what ``cs:substitute`` finds."""
        is_first = item.in_citation and item.author_text is None and item.substituting is None
        text = self._all_roles(item, context, kwargs)
        if is_first and text:
            item.author_text = text
            if item.suppresses_author:
                return None
        return item.rendered(text)

    def _all_roles(self, item: Cite, context: Any, kwargs: dict[str, Any]) -> str | None:
        inherits = item.substituting is not None and self.find("cs:name", self.nsmap) is None
        pattern = item.substituting if inherits else self
        parts = []
        for role, names in self._roles(item):
            text = self._one_role(item, pattern, (role, names), context, kwargs.get("sort_options"))
            if text:
                parts.append(text)
        if parts and self._counts(pattern, context):
            return self.wrap(self.format(str(sum(int(marks.visible(part)) for part in parts))))
        if parts:
            delimiter = self.get("delimiter")
            if delimiter is None:
                delimiter = pattern.get("delimiter") or inherited(self, "names-delimiter", context) or ""
            return self.wrap(self.format(marks.join(parts, delimiter)))
        substitute = self.substitute()
        if substitute is None:
            return None
        # The affixes of cs:names belong to whatever stands in for the names.
        text = substitute.render(item, context=context, **kwargs)
        if text and item.first_names is None and item.substituting is None:
            item.first_names = text
            if item.same_names and item.same_names[0] == text:
                text = item.same_names[1]
        return self.wrap(self.format(text)) if text else None

    def _roles(self, item: Cite) -> list[tuple[str, list[dict[str, str]]]]:
        roles = self.get("variable", "").split()
        found = [(role, names) for role in roles if (names := item.value(role))]
        if sorted(roles) == ["editor", "translator"]:
            both = dict(found)
            same = len(both) == len(roles) and both["editor"] == both["translator"]
            if same and terms_of(self).get("editortranslator"):
                return [("editortranslator", both["editor"])]
        return [(role, names) for role, names in found if isinstance(names, list)]

    @staticmethod
    def _counts(pattern: Any, context: Any) -> bool:
        """Whether the names are only counted: all roles together, labels left out ("Name", form ``count``)."""
        name = pattern.find("cs:name", pattern.nsmap)
        return name is not None and inherited(name, "form", context) == "count"

    def _one_role(
        self,
        item: Cite,
        pattern: Any,
        role_names: tuple[str, list[dict[str, str]]],
        context: Any,
        sort_options: dict[str, str] | None,
    ) -> str | None:
        role, names = role_names
        name = pattern.find("cs:name", self.nsmap)
        if name is None:
            name = pattern.makeelement("{http://purl.org/net/xbiblio/csl}name")
            pattern.insert(0, name)
        text: str | None = name.render_list(item, names, context, sort_options)
        if item.first_names is None and text:
            item.first_names = text
            if item.same_names and item.same_names[0] == text:
                text = item.same_names[1]
        labelled = self if len(self) else pattern
        label = labelled.find("cs:label", self.nsmap)
        if not text or label is None or self._counts(pattern, context):
            return text
        word: str | None = label.for_role(role, plural=len(names) > 1)
        if not word:
            return text
        children = list(labelled)
        before = name in children and children.index(label) < children.index(name)
        return word + marks.SEAM + text if before else text + marks.SEAM + word


def inherited(element: Any, name: str, context: Any = None) -> str | None:
    """The value of a name option: the element's own, else its citation's or bibliography's, else the style's."""
    own = element.get(name)
    if own is not None:
        return str(own)
    name = _INHERITED.get(name, name)
    area = context.getparent() if context is not None else None
    for ancestor in (area, element.get_root()):
        if ancestor is not None and ancestor.get(name) is not None:
            return str(ancestor.get(name))
    return None


class _ListForm:
    """The attributes that say how a list of names is cut and joined."""

    __slots__ = (
        "and_word",
        "delimiter",
        "et_al_min",
        "first",
        "precedes_et_al",
        "precedes_last",
        "sort_order",
        "use_last",
    )

    def __init__(
        self, name: Any, context: Any, sort_options: dict[str, str] | None, *, is_subsequent: bool = False
    ) -> None:
        def option(attribute: str, default: str) -> str:
            if sort_options and attribute in sort_options:
                return sort_options[attribute]
            found = inherited(name, attribute, context)
            return default if found is None else found

        terms = terms_of(name)
        conjunction = option("and", "")
        self.and_word = {"text": terms.get("and"), "symbol": "&"}.get(conjunction, "")
        if sort_options:
            self.and_word = ""
        self.delimiter = option("delimiter", ", ")
        self.et_al_min = int(option("et-al-min", "0"))
        first = option("et-al-use-first", "")
        # Only both attributes together cut a list.
        self.first, self.et_al_min = (int(first), self.et_al_min) if first else (1, 0)
        if is_subsequent:
            self.et_al_min = int(option("et-al-subsequent-min", str(self.et_al_min)))
            self.first = int(option("et-al-subsequent-use-first", str(self.first)))
        self.use_last = option("et-al-use-last", "false") == "true"
        self.precedes_et_al = option("delimiter-precedes-et-al", "contextual")
        self.precedes_last = option("delimiter-precedes-last", "contextual")
        self.sort_order = option("name-as-sort-order", "")

    def delimits(self, rule: str, shown: int, *, after_inverted: bool) -> bool:
        """Whether the delimiter stands before the last name or before "et al." after ``shown`` names."""
        if rule == "after-inverted-name":
            return after_inverted
        return rule == "always" or (rule == "contextual" and shown > 1)


class Name(Rich, model.Name):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:name``."""

    def render_list(
        self,
        item: Cite,
        names: list[dict[str, str]],
        context: Any,
        sort_options: dict[str, str] | None = None,
    ) -> str | None:
        """The names of one role, cut and joined as the style asks."""
        form = _ListForm(self, context, sort_options, is_subsequent=item.position > 0)
        known = [name for name in names if "cut" not in name]
        is_cut = len(known) < len(names)
        place = len(item.lists)
        form.first = max(form.first, item.expansion.names.get(place, 0))
        cuts = form.et_al_min > 0 and len(names) >= form.et_al_min and len(known) > form.first
        shown = known[: form.first] if cuts else known
        item.lists.append((len(shown), known))
        if (inherited(self, "form", context) or "long") == "count":
            return str(len(shown))
        person = self._person_form(context, sort_options)
        texts, is_inverted = [], []
        for index, name in enumerate(shown):
            wants_inversion = form.sort_order == "all" or (form.sort_order == "first" and index == 0)
            level = item.expansion.givens.get((place, index), 0)
            text, inverted = self._one(item, name, person.expanded(level), wants_inversion=wants_inversion)
            # The affixes and the font of cs:name are those of each person; the reference engine spares groups.
            texts.append(text if "literal" in name else self.wrap(self.format(text)) or "")
            is_inverted.append(inverted)
        if not texts:
            return None
        if cuts and form.use_last and not is_cut and form.first <= len(known) - 2:
            last, _ = self._one(item, known[-1], person, wants_inversion=form.sort_order == "all")
            last = self.wrap(self.format(last)) or ""
            joined = marks.join(texts, form.delimiter) + marks.SEAM + form.delimiter + marks.SEAM + "\u2026 " + last
        elif cuts or is_cut:
            joined = self._with_et_al(texts, form, after_inverted=is_inverted[-1])
        else:
            if "literal" in shown[-1]:
                # The reference engine joins a group at the end by the default rule, not by the style's for persons.
                form.precedes_last = "contextual"
            joined = _with_and(texts, form, after_inverted=len(texts) > 1 and is_inverted[-2])
        return joined

    def _person_form(self, context: Any, sort_options: dict[str, str] | None) -> NameForm:
        separator = inherited(self, "sort-separator", context)
        root = self.get_root()
        demote = root.get("demote-non-dropping-particle", "display-and-sort")
        if sort_options and demote == "sort-only":
            demote = "display-and-sort"
        return NameForm(
            initialize_with=inherited(self, "initialize-with", context),
            initialize=inherited(self, "initialize", context) != "false",
            hyphen=root.get("initialize-with-hyphen") != "false",
            form=inherited(self, "form", context) or "long",
            sort_separator=", " if separator is None else separator,
            demote=demote,
        )

    def _one(self, item: Cite, name: dict[str, str], form: NameForm, *, wants_inversion: bool) -> tuple[str, bool]:
        if "literal" in name:
            return self._part("family", name["literal"]), False
        keeps_order = item.reference.get("language", "")[:2] in ("ja", "zh") and not is_east_asian(
            name.get("family", "")
        )
        if keeps_order and not wants_inversion:
            return " ".join(part for part in (name.get("family"), name.get("given")) if part), False
        parts = arrange(name, form, inverted=wants_inversion)
        given, family = self._part("given", parts.given), self._part("family", parts.family)
        if parts.inverted:
            text = marks.join([part for part in (family, given, parts.suffix) if part], parts.separator)
            return text, True
        family = family + parts.separator + parts.suffix if parts.suffix else family
        return " ".join(part for part in (given, family) if part), False

    def _part(self, which: str, text: str) -> str:
        if text:
            for element in self.iterfind("cs:name-part", self.nsmap):
                if element.get("name") == which:
                    return element.dress(text) or ""
        return text

    def _with_et_al(self, texts: list[str], form: _ListForm, *, after_inverted: bool) -> str:
        element = self.getparent().find("cs:et-al", self.nsmap)
        term = terms_of(self).get("et-al" if element is None else element.get("term", "et-al"))
        if element is not None:
            term = element.dress(term) or ""
        joined = marks.join(texts, form.delimiter)
        if not term:
            return joined
        delimits = form.delimits(form.precedes_et_al, len(texts), after_inverted=after_inverted)
        gap = form.delimiter if delimits else " "
        return joined + marks.SEAM + gap + marks.SEAM + term


def _with_and(texts: list[str], form: _ListForm, *, after_inverted: bool) -> str:
    if len(texts) < 2 or not form.and_word:  # noqa: PLR2004 - "and" stands between two
        return marks.join(texts, form.delimiter)
    delimits = form.delimits(form.precedes_last, len(texts) - 1, after_inverted=after_inverted)
    gap = form.delimiter if delimits else " "
    head = marks.join(texts[:-1], form.delimiter)
    return head + marks.SEAM + gap + marks.SEAM + form.and_word + " " + texts[-1]


class Name_Part(Rich, model.Name_Part):  # type: ignore[misc] # noqa: N801 - citeproc-py ships no types; its name maps to the XML name
    """``cs:name-part``."""


class Et_Al(Rich, model.Et_Al):  # type: ignore[misc] # noqa: N801 - citeproc-py ships no types; its name maps to the XML name
    """``cs:et-al``."""
