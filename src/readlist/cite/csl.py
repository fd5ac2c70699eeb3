"""Citations in CSL styles: items in, entries of a bibliography out."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from readlist.cite.csl_items import is_cut
from readlist.cite.styles import load_style

COMPARED = "en-US"
"""The dialect in which items are cited by themselves, so that English styles can be compared with each other."""


class Entry(NamedTuple):
    """One entry of a bibliography."""

    place: int
    """The place of its item in the list that was given."""
    text: str
    """Without markup."""
    html: str
    """A fragment: ``<i>``, ``<b>``, ``<sup>``, ``<sub>`` and ``<span style=…>``."""


def bibliography(items: Sequence[Mapping[str, Any]], style: str) -> list[Entry]:
    """The bibliography of ``items``: sorted and numbered as ``style`` demands.

    Args:
        items: CSL-JSON items; they are not changed. A name list that ends in the literal name "others" is known to be
            cut, and is printed in the style's own "et al." form.
        style: The id, short name, title or path of a CSL style.

    Raises:
        UnknownStyleError: there is no such style.
        StyleError: its file is broken.
    """
    parsed = load_style(style)
    entries = parsed.bibliography([_marked(item) for item in items])
    return [Entry(entry.place, entry.text, entry.html) for entry in entries]


def cite_items(items: Sequence[Mapping[str, Any]], style: str, english: str = COMPARED) -> dict[str, str]:
    """The bibliography entry of each item on its own, as plain text, by the item's id.

    Args:
        items: CSL-JSON items; they are not changed.
        style: As for `bibliography`.
        english: The dialect of an English style; the empty string is the style's own.

    Raises:
        UnknownStyleError: there is no such style.
        StyleError: its file is broken.
    """
    parsed = load_style(style, english)
    return {str(item.get("id", "")): parsed.bibliography([_marked(item)])[0].text for item in items}


def _marked(item: Mapping[str, Any]) -> Mapping[str, Any]:
    cut = {name: [*names[:-1], {"literal": "others", "cut": True}] for name, names in item.items() if is_cut(names)}
    return {**item, **cut} if cut else item
