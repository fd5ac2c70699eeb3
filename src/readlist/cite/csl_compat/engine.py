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
from readlist.cite.csl_compat.checking import fault_of
from readlist.cite.csl_compat.clusters import Cluster, ClusterWriter, Placed, place_cites
from readlist.cite.csl_compat.disambiguation import Settled, settle_cites
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
    blocks: str
    """The HTML with what the style displays as blocks and columns in ``div`` elements."""


class Layout(elements.Container, model.Layout):  # type: ignore[misc]  # citeproc-py ships no types
    """``cs:layout``."""

    def body(self, item: elements.Cite) -> str:
        """One item, with marks, without the affixes and the font of the layout."""
        aligned = self.getparent().get("second-field-align")
        parts = []
        for child in self.iterchildren():
            text = child.render(item, context=self)
            if text:
                parts.append(text)
        if aligned and len(parts) > 1:
            column = marks.DISPLAY["left-margin"], marks.DISPLAY["right-inline"]
            rest = marks.SEAM.join(parts[1:])
            parts = [column[0] + parts[0] + marks.DISPLAY_END, column[1] + rest + marks.DISPLAY_END]
        return marks.SEAM.join(parts)

    def entry(self, item: elements.Cite) -> str:
        """The entry of one item, with marks; the layout's affixes stand inside its columns and blocks."""
        text = self.body(item)
        opening = text[:1] if text[:1] in marks.DISPLAY.values() else ""
        closing = marks.DISPLAY_END if text.endswith(marks.DISPLAY_END) else ""
        inside = text[len(opening) : len(text) - len(closing)]
        return self.format(opening + (self.wrap(inside) or "") + closing) or "" if inside else ""


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

    def __init__(self, path: Path, english: str = "") -> None:
        """Parse the file.

        Args:
            path: The file of the style.
            english: The dialect of terms, dates and quotation marks in an English style ("en-US"); without it the
                style's own, its ``default-locale``.

        Raises:
            BrokenStyleError: the file is no usable style.
        """
        self._parser = _parser()
        try:
            self.root: Any = etree.parse(str(path), self._parser).getroot()
        except (etree.XMLSyntaxError, OSError) as error:
            reason = str(error).splitlines()[0] if str(error) else "it is empty"
            raise BrokenStyleError(f"the style {path.name} cannot be read: {reason}") from error
        if self.root is None or self.root.tag != f"{{{_NAMESPACE}}}style":
            raise BrokenStyleError(f"the style {path.name} is no CSL style: its root element is not <style>")
        locale = self.root.get("default-locale", "en-US")
        self.root.terms = Terms(self._locales(english if english and locale.startswith("en") else locale))
        self.root.macros = {macro.get("name"): macro for macro in self.root.iterchildren(f"{{{_NAMESPACE}}}macro")}
        self.root.prints_year_suffix = any(
            self.root.find(f".//cs:text[@variable='{variable}']", model.CitationStylesElement.nsmap) is not None
            for variable in ("year-suffix", "citation-label")
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
        return self.area("bibliography") is not None

    def _check(self, path: Path) -> None:
        if self.parent:
            return
        if self.area("citation") is None and self.area("bibliography") is None:
            raise BrokenStyleError(f"the style {path.name} is no CSL style: it has neither citation nor bibliography")
        fault = fault_of(self.root)
        if fault:
            raise BrokenStyleError(f"the style {path.name} is broken: {fault}")

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
        return Document(self, items).bibliography()

    def area(self, name: str) -> Any:
        """The element ``citation`` or ``bibliography``; None where the style has none."""
        return self.root.find(f"cs:{name}", model.CitationStylesElement.nsmap)


class Document:
    """Items that are cited together in one style."""

    def __init__(self, style: Style, items: Sequence[Mapping[str, Any]]) -> None:
        self._style = style
        self._citation = style.area("citation")
        self._bibliography = style.area("bibliography")
        quotes = style.root.terms.quotes
        curly = quotes.outer == ("\u201c", "\u201d")
        self._references = [Reference(str(place), item, curly=curly) for place, item in enumerate(items)]
        self._places: dict[str, int] = {}
        for place, item in enumerate(items):
            self._places.setdefault(str(item.get("id", "")), place)
        self._order = self._sorted()
        self._numbers = {place: number for number, place in enumerate(self._order, 1)}
        self._settled = self._told_apart()

    def _sorted(self) -> list[int]:
        area = self._bibliography if self._bibliography is not None else self._citation
        places = {id(reference): place for place, reference in enumerate(self._references)}
        cites = [self._cite(reference, place + 1) for place, reference in enumerate(self._references)]
        sort = None if self._bibliography is None else area.find("cs:sort", model.CitationStylesElement.nsmap)
        if sort is not None and len(cites) > 1:
            cites = sorting.sort(sort, cites, _layout(area))
        return [places[id(cite.reference)] for cite in cites]

    def bibliography(self) -> list[Entry]:
        """The entries, sorted and numbered as the style demands."""
        area = self._bibliography if self._bibliography is not None else self._citation
        layout = _layout(area)
        substitute = area.get("subsequent-author-substitute")
        quotes = self._style.root.terms.quotes
        previous: str | None = None
        entries = []
        for number, place in enumerate(self._order, 1):
            fresh = self._cite(self._references[place], number, self._settled.year_suffixes[place])
            fresh.expansion = elements.Expansion(disambiguate=self._settled.expansions[place].disambiguate)
            if substitute is not None and previous:
                fresh.same_names = (previous, marks.clean(substitute))
            settled = marks.settle(layout.entry(fresh), quotes)
            previous = fresh.first_names
            entries.append(_entry(place, settled))
        return entries

    def citations(self, clusters: Sequence[Cluster]) -> list[Entry]:
        """The citations of ``clusters`` in their order; those whose items are unknown are left out."""
        known = [
            cluster._replace(cites=[cite for cite in cluster.cites if str(cite.get("id")) in self._places])
            for cluster in clusters
        ]
        writer = ClusterWriter(self._citation, _layout(self._citation), self._prepared)
        near = int(self._citation.get("near-note-distance", "5"))
        quotes = self._style.root.terms.quotes
        entries = []
        for place, (cluster, placed) in enumerate(zip(known, place_cites(known, near), strict=True)):
            if cluster.note is None:
                placed = [_own_position(cite) for cite in cluster.cites]  # noqa: PLW2901 - as the cites themselves say
            settled = marks.settle(writer.write(cluster, placed), quotes)
            entries.append(_entry(place, settled))
        return entries

    def _prepared(self, request: Mapping[str, Any], placed: Placed) -> elements.Cite:
        place = self._places[str(request.get("id"))]
        cite = self._cite(self._references[place], self._numbers[place], self._settled.year_suffixes[place])
        cite.in_citation = True
        cite.expansion = self._settled.expansions[place]
        cite.position, cite.near_note = placed.position, placed.near_note
        if placed.first_note:
            cite.given["first-reference-note-number"] = str(placed.first_note)
        locator = marks.field(str(request.get("locator") or "")).strip()
        if locator:
            cite.given["locator"] = locator
            cite.given["label"] = str(request.get("label") or "page")
        cite.suppresses_author = bool(request.get("suppress-author"))
        cite.author_only = bool(request.get("author-only"))
        return cite

    def _cite(self, reference: Reference, number: int, year_suffix: str = "") -> elements.Cite:
        # "Title case": an item that does not say its language is taken to be in the style's.
        language = str(reference.get("language") or self._style.root.get("default-locale", "en")).lower()
        return elements.Cite(reference, number, text_is_english=language.startswith("en"), year_suffix=year_suffix)

    def _told_apart(self) -> Settled:
        """What tells each item's cite from the others', by the place of the item."""
        count = len(self._references)
        settled = Settled(count)
        if self._citation is None or count < 2:  # noqa: PLR2004 - one is never ambiguous
            return settled
        layout = _layout(self._citation)
        position = elements.SUBSEQUENT if self._shortens_later() else elements.FIRST

        def make(rank: int, expansion: elements.Expansion) -> tuple[str, elements.Cite]:
            place = self._order[rank]
            cite = self._cite(self._references[place], 1)
            cite.in_citation = True
            cite.expansion, cite.position = expansion, position
            return marks.visible(layout.body(cite)), cite

        names = [self._references[place].get("author") or [] for place in self._order]
        ranked = settle_cites(self._citation, count, make, names)
        for rank, place in enumerate(self._order):
            settled.expansions[place] = ranked.expansions[rank]
            settled.year_suffixes[place] = ranked.year_suffixes[rank]
        return settled

    def _shortens_later(self) -> bool:
        names = ("et-al-subsequent-min", "et-al-subsequent-use-first")
        return any(self._style.root.get(name) or self._citation.get(name) for name in names)


def _own_position(cite: Mapping[str, Any]) -> Placed:
    position = cite.get("position")
    note = str(cite.get("first-reference-note-number") or 0)
    return Placed(
        position if isinstance(position, int) and elements.FIRST <= position <= elements.IBID_WITH_LOCATOR else 0,
        bool(cite.get("near-note")),
        int(note) if note.isdecimal() else 0,
    )


def _entry(place: int, settled: str) -> Entry:
    return Entry(place, marks.plain(settled), marks.html(settled), marks.html(settled, blocks=True))


def _layout(area: Any) -> Any:
    return area.find("cs:layout", model.CitationStylesElement.nsmap)
