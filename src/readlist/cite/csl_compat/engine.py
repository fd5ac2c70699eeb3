"""Parses a style with the classes of this package, and renders a bibliography with it.

Restores: several bibliographies from one parsed style (citeproc-py changes its style objects while it renders),
sorting by macros with several names, ``second-field-align`` (a blank between the label and the entry),
``subsequent-author-substitute``, year suffixes, and "Locale fallback". A style that is no XML or no CSL gives one
sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from citeproc import LOCALES_PATH, PRIMARY_DIALECTS, model
from lxml import etree

from readlist.cite.csl_compat import dates, elements, marks, names, sorting
from readlist.cite.csl_compat.source import Reference
from readlist.cite.csl_compat.terms import Terms

_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_OURS = (
    elements.Macro,
    elements.Text,
    elements.Number,
    elements.Label,
    elements.Group,
    elements.If,
    elements.Else_If,
    elements.Else,
    elements.Substitute,
    names.Names,
    names.Name,
    names.Name_Part,
    names.Et_Al,
    dates.Date,
    dates.Date_Part,
    sorting.Key,
)


class BrokenStyleError(ValueError):
    """A style file cannot be used; the message says why in one sentence."""


class Entry(NamedTuple):
    """One entry of a bibliography."""

    place: int
    """The place of its item in the list that was given."""
    text: str
    html: str


class Layout(elements.Container, model.Layout):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:layout``."""

    def entry(self, item: elements.Cite) -> str:
        """The entry of one item, with marks."""
        aligned = self.getparent().get("second-field-align")
        parts = []
        for child in self.iterchildren():
            text = child.render(item, context=self)
            if text:
                parts.append(text)
        if aligned and len(parts) > 1:
            parts[0] += marks.BLOCK
        return self.format(self.wrap(marks.SEAM.join(parts))) or ""


def _parser() -> etree.XMLParser:
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(_NAMESPACE)
    namespace[None] = model.CitationStylesElement
    classes = {
        kind.__name__: kind
        for kind in model.CitationStylesElement.__subclasses__()
        if kind.__module__ == model.__name__
    }
    classes.update({kind.__name__: kind for kind in (*_OURS, Layout)})
    namespace.update({name.replace("_", "-").lower(): kind for name, kind in classes.items()})
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, no_network=True, resolve_entities=False)
    parser.set_element_class_lookup(lookup)
    return parser


class Style:
    """A parsed style in one locale."""

    __slots__ = ("_parser", "root")

    def __init__(self, path: Path, locale: str = "") -> None:
        self._parser = _parser()
        try:
            self.root: Any = etree.parse(str(path), self._parser).getroot()
        except (etree.XMLSyntaxError, OSError) as error:
            reason = str(error).splitlines()[0] if str(error) else "it is empty"
            raise BrokenStyleError(f"the style {path.name} cannot be read: {reason}") from error
        if self.root is None or self.root.tag != f"{{{_NAMESPACE}}}style":
            raise BrokenStyleError(f"the style {path.name} is no CSL style: its root element is not <style>")
        default = self.root.get("default-locale", "en-US")
        if not locale:
            # One dialect for all English text, so that two styles do not quote in two ways.
            locale = "en-US" if default.startswith("en") else default
        self.root.terms = Terms(self._locales(locale))
        self.root.macros = {macro.get("name"): macro for macro in self.root.iterchildren(f"{{{_NAMESPACE}}}macro")}
        self.root.prints_year_suffix = (
            self.root.find(".//cs:text[@variable='year-suffix']", model.CitationStylesElement.nsmap) is not None
        )
        self._check(path)

    @property
    def parent(self) -> str:
        """The id of the style that a dependent style points to, or the empty string."""
        for link in self.root.iterfind("cs:info/cs:link[@rel='independent-parent']", model.CitationStylesElement.nsmap):
            return str(link.get("href", "")).rstrip("/").rsplit("/", 1)[-1]
        return ""

    @property
    def has_bibliography(self) -> bool:
        """Whether the style says how a bibliography looks; some styles for notes do not."""
        return self._area("bibliography") is not None

    def _area(self, name: str) -> Any:
        return self.root.find(f"cs:{name}", model.CitationStylesElement.nsmap)

    def _check(self, path: Path) -> None:
        if self.parent:
            return
        if self._area("citation") is None and self._area("bibliography") is None:
            raise BrokenStyleError(f"the style {path.name} is no CSL style: it has neither citation nor bibliography")
        for area in ("citation", "bibliography"):
            element = self._area(area)
            if element is not None and element.find("cs:layout", model.CitationStylesElement.nsmap) is None:
                raise BrokenStyleError(f"the style {path.name} is broken: its {area} has no layout")
        for text in self.root.iterfind(".//cs:text[@macro]", model.CitationStylesElement.nsmap):
            if text.get("macro") not in self.root.macros:
                raise BrokenStyleError(f"the style {path.name} is broken: it has no macro '{text.get('macro')}'")

    def _locales(self, locale: str) -> Iterator[Any]:
        language = locale.partition("-")[0]
        own = {
            element.get("{http://www.w3.org/XML/1998/namespace}lang", ""): element
            for element in self.root.iterchildren(f"{{{_NAMESPACE}}}locale")
        }
        yield from (own[name] for name in dict.fromkeys((locale, language, "")) if name in own)
        for name in dict.fromkeys((locale, PRIMARY_DIALECTS.get(language, language), "en-US")):
            path = Path(LOCALES_PATH) / f"locales-{name}.xml"
            if path.exists():
                yield etree.parse(str(path)).getroot()

    def bibliography(self, items: Sequence[Mapping[str, Any]]) -> list[Entry]:
        """The entries of ``items``, sorted and numbered as the style demands."""
        area = self._area("bibliography")
        if area is None:
            area = self._area("citation")
        layout = area.find("cs:layout", model.CitationStylesElement.nsmap)
        curly = self.root.terms.quotes.outer == ("\u201c", "\u201d")
        references = [Reference(str(place), item, curly=curly) for place, item in enumerate(items)]
        places = {id(reference): place for place, reference in enumerate(references)}
        cites = [self._cite(reference, place + 1) for place, reference in enumerate(references)]
        sort = area.find("cs:sort", model.CitationStylesElement.nsmap)
        if sort is not None and len(cites) > 1:
            cites = sorting.sort(sort, cites, layout)
        ordered = [cite.reference for cite in cites]
        suffixes = self._year_suffixes(ordered)
        substitute = area.get("subsequent-author-substitute")
        previous: str | None = None
        entries = []
        for number, (reference, suffix) in enumerate(zip(ordered, suffixes, strict=True), 1):
            fresh = self._cite(reference, number, suffix)
            if substitute is not None and previous:
                fresh.same_names = (previous, marks.clean(substitute))
            settled = marks.settle(layout.entry(fresh), self.root.terms.quotes)
            previous = fresh.first_names
            entries.append(Entry(places[id(reference)], marks.plain(settled), marks.html(settled)))
        return entries

    def _cite(self, reference: Reference, number: int, year_suffix: str = "") -> elements.Cite:
        # "Title case": an item that does not say its language is taken to be in the style's.
        language = str(reference.get("language") or self.root.get("default-locale", "en")).lower()
        return elements.Cite(reference, number, text_is_english=language.startswith("en"), year_suffix=year_suffix)

    def _year_suffixes(self, references: Sequence[Reference]) -> list[str]:
        """a, b, … for the references that a citation in the text could not tell apart, where the style wants that."""
        citation = self._area("citation")
        wanted = citation is not None and citation.get("disambiguate-add-year-suffix") == "true"
        if not wanted or len(references) < 2:  # noqa: PLR2004 - one is never ambiguous
            return [""] * len(references)
        layout = citation.find("cs:layout", model.CitationStylesElement.nsmap)
        texts = [marks.visible(layout.entry(self._cite(reference, 1))) for reference in references]
        counts: dict[str, int] = {}
        suffixes = []
        for text in texts:
            counts[text] = counts.get(text, 0) + 1
            suffixes.append(_letters(counts[text]) if texts.count(text) > 1 else "")
        return suffixes


def _letters(number: int) -> str:
    """a, b, … z, aa, … for 1, 2, and so on."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters
