"""Citation labels such as ``RoNo78``, for the styles that cite by them ("Standard Variables": ``citation-label``).

CSL leaves the form to the processor; this is the one of citeproc-js and of the style DIN 1505-2: letters of up to four
family names and two digits of the year.
"""

from collections.abc import Mapping
from typing import Any

from readlist.cite.csl_compat import marks
from readlist.cite.csl_compat.source import DateValue

_LETTERS = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}
_MOST = (1, 1, 1, 1)


def citation_label(reference: Mapping[str, Any]) -> str:
    """The label of an item: its own where it has one, else made from its names (or title) and year."""
    own = reference.get("citation_label")
    if own:
        return str(own)
    names: list[dict[str, str]] = next(
        (reference[role] for role in ("author", "editor", "translator") if reference.get(role)), []
    )
    words = [_letters(name.get("family") or name.get("literal") or "") for name in names]
    words = [word for word in words if word] or [_letters(str(reference.get("title") or ""))]
    counts = _LETTERS.get(len(words), _MOST)
    label = "".join(word[:count] for word, count in zip(words, counts, strict=False))
    issued = reference.get("issued")
    year = f"{abs(issued.begin[0]) % 100:02}" if isinstance(issued, DateValue) and issued.begin[0] else ""
    return label + year


def _letters(text: str) -> str:
    return "".join(character for character in marks.visible(text) if character.isalpha())
