"""Citations in the text and in notes: clusters of cites, their positions, grouping and collapsing.

Restores: "Citation-specific Options" (CSL 1.0.2): ``cite-group-delimiter``, ``collapse`` with its delimiters,
``near-note-distance``, and "Choose": ``position`` (citeproc-py never says ``ibid`` of a cite in the same cluster);
prefixes and suffixes of single cites keep their blanks.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from citeproc import model

from readlist.cite.csl_compat import marks, sorting
from readlist.cite.csl_compat.disambiguation import letters
from readlist.cite.csl_compat.elements import FIRST, IBID, IBID_WITH_LOCATOR, SUBSEQUENT, Cite

_NO_BLANK_AFTER = " \u00a0([{\u2018\u201c'\"-\u2013\u2014/\u2019"
_NO_BLANK_BEFORE = " \u00a0,.;:!?)]}'\"\u2019\u201d/-\u2013\u2014"
_LEAST_RANGE = 3


class Cluster(NamedTuple):
    """One citation: its cites as citeproc-js writes them ("citation items"), and where it stands."""

    cites: Sequence[Mapping[str, Any]]
    """Each with the ``id`` of an item and perhaps locator, label, prefix, suffix, suppress-author, author-only."""
    note: int | None = None
    """The number of its note, 0 in the text; None takes the positions that the cites themselves name."""


class Placed(NamedTuple):
    """Where a cite stands among the others."""

    position: int
    near_note: bool
    first_note: int


def place_cites(clusters: Sequence[Cluster], near: int) -> list[list[Placed]]:
    """The position of each cite: whether, how and where its item was cited before.

    Args:
        clusters: The citations in their order.
        near: How many notes away a cite is still near: ``near-note-distance``.
    """
    first_note: dict[str, int] = {}
    last_note: dict[str, int] = {}
    before: list[Cluster] = []
    out = []
    for cluster in clusters:
        note = cluster.note or 0
        row = []
        for index, cite in enumerate(cluster.cites):
            identifier = str(cite.get("id"))
            if identifier not in first_note:
                first_note[identifier] = note
                row.append(Placed(FIRST, near_note=False, first_note=0))
            else:
                previous = cluster.cites[index - 1] if index else _only_cite(before, cluster)
                is_near = note - last_note[identifier] <= near
                row.append(Placed(_position(cite, previous), is_near, first_note[identifier]))
            last_note[identifier] = note
        if cluster.cites:
            before = [*(other for other in before if note and (other.note or 0) == note), cluster]
        out.append(row)
    return out


def _only_cite(before: Sequence[Cluster], here: Cluster) -> Mapping[str, Any] | None:
    """The cite that "ibid." at the beginning of ``here`` would mean: the only one of the note before.

    Args:
        before: The last citation, after the others of its note.
        here: The citation in question.
    """
    if not before:
        return None
    note = before[-1].note or 0
    if here.note and here.note - note > 1:
        return None
    same_note = before[-1:] if here.note == note else before
    cites = [cite for cluster in same_note for cite in cluster.cites]
    return cites[-1] if len({str(cite.get("id")) for cite in cites}) == 1 else None


def _position(cite: Mapping[str, Any], previous: Mapping[str, Any] | None) -> int:
    if previous is None or str(previous.get("id")) != str(cite.get("id")):
        return SUBSEQUENT
    here, there = _locator(cite), _locator(previous)
    if here == there:
        return IBID
    return IBID_WITH_LOCATOR if here[0] else SUBSEQUENT


def _locator(cite: Mapping[str, Any]) -> tuple[str, str]:
    text = str(cite.get("locator") or "").strip()
    return (text, str(cite.get("label") or "page")) if text else ("", "")


Prepare = Callable[[Mapping[str, Any], Placed], Cite]


class _Piece:
    """One cite of a cluster on its way."""

    def __init__(self, request: Mapping[str, Any], placed: Placed, cite: Cite, text: str) -> None:
        self.request = request
        self.placed = placed
        self.cite = cite
        self.text = text
        self.delimiter = ""
        self.year = ""

    @property
    def is_bare(self) -> bool:
        return not any(self.request.get(name) for name in ("prefix", "suffix", "locator"))


class ClusterWriter:
    """Writes the clusters of one style."""

    def __init__(self, citation: Any, layout: Any, prepare: Prepare) -> None:
        self._citation = citation
        self._layout = layout
        self._prepare = prepare
        self._delimiter = layout.get("delimiter", "")

    def write(self, cluster: Cluster, places: Sequence[Placed]) -> str:
        """The text of one cluster, with marks."""
        pieces = self._sorted(
            [
                self._piece(cite, placed, is_first=not index)
                for index, (cite, placed) in enumerate(zip(cluster.cites, places, strict=True))
            ]
        )
        for piece in pieces[1:]:
            piece.delimiter = self._delimiter
        pieces = self._collapsed(pieces)
        text = ""
        for piece in pieces:
            if not piece.text:
                continue
            whole = self._with_affixes(piece)
            delimiter = self._between(text, piece)
            text = text + marks.SEAM + delimiter + marks.SEAM + whole if text else whole
        if any(request.get("author-only") for request in cluster.cites):
            return text
        return str(self._layout.format(self._layout.wrap(text)) or "")

    def _sorted(self, pieces: list[_Piece]) -> list[_Piece]:
        sort = self._citation.find("cs:sort", model.CitationStylesElement.nsmap)
        if sort is None or len(pieces) < 2:  # noqa: PLR2004 - one needs no order
            return pieces
        order = sorting.sort(sort, [piece.cite for piece in pieces], self._layout)
        ranks = {id(cite): rank for rank, cite in enumerate(order)}
        return sorted(pieces, key=lambda piece: ranks[id(piece.cite)])

    def _collapsed(self, pieces: list[_Piece]) -> list[_Piece]:
        collapse = self._citation.get("collapse", "")
        within = self._citation.get("cite-group-delimiter")
        if collapse == "citation-number":
            return self._collapse_numbers(pieces)
        if collapse == "year" or (not collapse and within is not None):
            pieces = _grouped(pieces)
            for number, piece in enumerate(pieces):
                piece.delimiter = self._delimiter if number else ""
        if collapse.startswith("year"):
            return self._collapse_years(pieces, collapse)
        if within is not None:
            for before, piece in pairwise(pieces):
                if before.cite.author_text and before.cite.author_text == piece.cite.author_text:
                    piece.delimiter = within
        return pieces

    def _opens_sentence(self, request: Mapping[str, Any], *, is_first: bool) -> bool:
        """Whether a term such as "ibid." begins with a capital: where a note, or a sentence in it, begins."""
        if self._citation.getparent().get("class") == "in-text":
            return False
        prefix = str(request.get("prefix") or "").strip().rstrip("\"'\u2019\u201d")
        return (prefix[-1] in ".!?" and " " in prefix) if prefix else is_first

    @staticmethod
    def _between(text: str, piece: _Piece) -> str:
        """The delimiter before ``piece``: none where its prefix, or the suffix before it, brings punctuation."""
        if str(piece.request.get("prefix") or "").lstrip()[:1] in tuple(",.;:"):
            return ""
        return " " if marks.visible(text)[-1:] == "," and piece.delimiter[:1] in tuple(",.;:") else piece.delimiter

    def _piece(self, request: Mapping[str, Any], placed: Placed, *, is_first: bool = False, **changes: Any) -> _Piece:
        cite = self._prepare(request, placed)
        cite.opens_sentence = self._opens_sentence(request, is_first=is_first)
        for name, value in changes.items():
            setattr(cite, name, value)
        text = self._layout.body(cite)
        if cite.author_only:
            text = cite.author_text or ""
        return _Piece(request, placed, cite, text)

    def _with_affixes(self, piece: _Piece) -> str:
        prefix = marks.field(str(piece.request.get("prefix") or ""))
        suffix = marks.field(str(piece.request.get("suffix") or ""))
        if prefix and prefix[-1] not in _NO_BLANK_AFTER:
            prefix += " "
        if suffix and suffix[0] not in _NO_BLANK_BEFORE:
            suffix = " " + suffix
        return marks.wrap(prefix, piece.text, suffix)

    def _collapse_numbers(self, pieces: list[_Piece]) -> list[_Piece]:
        after = self._citation.get("after-collapse-delimiter", self._delimiter)
        out: list[_Piece] = []
        for run in _runs(pieces, lambda one, two: one.is_bare and two.is_bare and _follows(one.cite, two.cite)):
            if out and out[-1].delimiter == "\u2013":
                run[0].delimiter = after
            if len(run) >= _LEAST_RANGE:
                run[-1].delimiter = "\u2013"
                out += [run[0], run[-1]]
            else:
                out += run
        return out

    def _collapse_years(self, pieces: list[_Piece], collapse: str) -> list[_Piece]:
        within = self._within_groups()
        after = self._citation.get("after-collapse-delimiter")
        out: list[_Piece] = []
        groups = _runs(
            pieces,
            lambda one, two: (
                one.cite.author_text == two.cite.author_text
                and not two.request.get("prefix")
                and not one.request.get("suffix")
            ),
        )
        for index, group in enumerate(groups):
            short = [group[0]]
            for before, piece in pairwise(group):
                shorter = self._piece(piece.request, piece.placed, suppresses_author=True)
                shorter.cite.author_text = piece.cite.author_text
                shorter.delimiter = within if after is None or not before.request.get("locator") else after
                short.append(shorter)
            if collapse.startswith("year-suffix") and len(short) > 1:
                short = self._collapse_suffixes(short, ranged=collapse.endswith("ranged"))
            if index and after is not None:
                short[0].delimiter = after
            out += short
        return out

    def _within_groups(self) -> str:
        """What stands between the cites of a group: by default a comma; where cites are not sorted, as between all."""
        is_sorted = self._citation.find("cs:sort", model.CitationStylesElement.nsmap) is not None
        return str(self._citation.get("cite-group-delimiter", ", " if is_sorted else self._delimiter))

    def _collapse_suffixes(self, pieces: list[_Piece], *, ranged: bool) -> list[_Piece]:
        delimiter = self._citation.get("year-suffix-delimiter", self._within_groups())
        for piece in pieces:
            piece.year = self._piece(piece.request, piece.placed, suppresses_author=True, year_suffix="").text
        out: list[_Piece] = []
        for run in _runs(
            pieces,
            lambda one, two: (
                bool(one.cite.year_suffix and two.cite.year_suffix)
                and one.year == two.year
                and one.is_bare
                and two.is_bare
            ),
        ):
            short = [run[0]]
            for piece in run[1:]:
                shorter = self._piece(piece.request, piece.placed, suppresses_author=True, without_year=True)
                shorter.text = piece.cite.year_suffix
                shorter.delimiter = delimiter
                short.append(shorter)
            for part in _runs(short, lambda one, two: _next_letter(one.cite) == two.cite.year_suffix):
                if ranged and len(part) >= _LEAST_RANGE:
                    part[-1].delimiter = "\u2013"
                    out += [part[0], part[-1]]
                else:
                    out += part
        return out


def _grouped(pieces: list[_Piece]) -> list[_Piece]:
    """Cites of the same names one after the other, where the first of them stands."""
    groups: dict[str, list[_Piece]] = {}
    for index, piece in enumerate(pieces):
        groups.setdefault(piece.cite.author_text or f"{marks.SEAM}{index}", []).append(piece)
    return [piece for group in groups.values() for piece in group]


def _runs(pieces: Sequence[_Piece], belongs: Callable[[_Piece, _Piece], bool]) -> list[list[_Piece]]:
    runs: list[list[_Piece]] = []
    for piece in pieces:
        if runs and belongs(runs[-1][-1], piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _follows(one: Cite, two: Cite) -> bool:
    return two.number == one.number + 1


def _next_letter(cite: Cite) -> str:
    number = 0
    for letter in cite.year_suffix:
        number = number * 26 + ord(letter) - ord("a") + 1
    return letters(number + 1)
