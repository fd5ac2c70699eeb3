r"""Values of BibTeX fields as the rest of readlist holds them.

A title stays LaTeX only where it has to: mathematics, and the characters that would be LaTeX if they stood alone
(``\$ \{ \} \textbackslash``). Accents and symbols become Unicode, and braces that protect capitals are dropped: what
must keep its capitals is worked out anew when a paper is cited.
"""

import re

from readlist.intake.fields import one_line
from readlist.latex import to_unicode
from readlist.names import split_name
from readlist.paper import Author

_KEPT = re.compile(
    r"\\(?P<bare>[${}])|\\text(?P<name>backslash|braceleft|braceright)(?:\{\}|(?![a-zA-Z])\s?)"
    r"|(?P<math>(?<!\\)\$[^$\\]*(?:\\.[^$\\]*)*\$|\\\(.*?\\\)|\\ensuremath\{[^{}]*\})",
    re.DOTALL,
)
_NAMED = {"backslash": "\\textbackslash{}", "braceleft": "\\{", "braceright": "\\}"}
_FIRST = 0xE000
_MOST = 6_000
"""There are so many characters for private use."""

_URL = re.compile(r"\\(?:url|href|path|nolinkurl)\s*\{([^{}]*)\}")
_WORD = re.compile(r"[^\s{}~]*(?:\{[^{}]*\}[^\s{}~]*)*")


def latex_text(value: str) -> str:
    """The text of a title, an abstract or a name."""
    if "\\" not in value and "{" not in value and "$" not in value and "~" not in value and "`" not in value:
        return one_line(value)
    kept: list[str] = []

    def keep(match: "re.Match[str]") -> str:
        if len(kept) >= _MOST:
            return match[0]
        kept.append(_NAMED[match["name"]] if match["name"] else match[0])
        return chr(_FIRST + len(kept) - 1)

    text = to_unicode(_KEPT.sub(keep, value))
    if kept:
        text = re.sub(
            f"[{chr(_FIRST)}-{chr(_FIRST + _MOST - 1)}]",
            lambda place: kept[ord(place[0]) - _FIRST] if ord(place[0]) - _FIRST < len(kept) else "",
            text,
        )
    if text.count("$") == 1:  # one alone opens no formula: it needs no backslash
        text = text.replace("\\$", "$")
    return one_line(text)


def address(value: str) -> str:
    r"""A link or DOI: without ``\url{}``, and without the backslashes that keep LaTeX from ``_`` and ``%``."""
    found = _URL.search(value)
    return re.sub(r"\\([_%&#~{}$])", r"\1", found[1] if found else value).strip().strip("{}")


def names(value: str) -> list[dict[str, str]]:
    """The persons of an author or editor field, as CSL has them; ``others`` becomes the literal name of that."""
    return [_csl(person) for person in _split(value, " and ") if person]


def _csl(person: str) -> dict[str, str]:
    if person.lower().rstrip(".") in {"others", "et al"}:
        return {"literal": "others"}
    author = name(person)
    return {part: text for part, text in author._asdict().items() if text}


def name(text: str) -> Author:
    """One name by BibTeX's rules: "First von Last", "von Last, First", "von Last, Jr, First", or all in braces."""
    text = one_line(text)
    if text.startswith("{") and _closes(text) == len(text) - 1:
        return Author(literal=latex_text(text))
    parts = [latex_text(part) for part in _split(text, ",")]
    if len(parts) > 2:  # noqa: PLR2004 - family, suffix, given
        return Author(family=f"{parts[0]} {parts[1]}".strip(), given=", ".join(parts[2:]))
    if len(parts) == 2:  # noqa: PLR2004 - family, given
        return Author(family=parts[0], given=parts[1]) if parts[0] else Author(family=parts[1])
    words = _split(text, " ")
    low = next((index for index, word in enumerate(words[:-1]) if word[:1].islower()), 0)
    if low or (len(words) > 1 and words[-1].startswith("{")):
        start = low or len(words) - 1
        given, family = (latex_text(" ".join(part)) for part in (words[:start], words[start:]))
        return Author(family=family, given=given)
    return split_name(latex_text(text))


def _split(text: str, separator: str) -> list[str]:
    """The parts of ``text`` between separators that stand in no braces."""
    text = one_line(text)
    parts, depth, start, at = [], 0, 0, 0
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 2
            continue
        depth += (sign == "{") - (sign == "}")
        if depth <= 0 and text.startswith(separator, at):
            parts.append(text[start:at].strip())
            at += len(separator) - (separator == " and ")  # "A and and B": the blank belongs to the next one too
            start = at
            continue
        at += 1
    return [part for part in [*parts, text[start:].strip()] if part or separator == ","]


def _closes(text: str) -> int:
    """Where the brace that ``text`` begins with is closed; -1 when it is not."""
    depth = 0
    for found in re.finditer(r"\\.|[{}]", text):
        depth += (found[0] == "{") - (found[0] == "}")
        if depth == 0:
            return found.start()
    return -1


def files(value: str) -> tuple[str, ...]:
    r"""The paths in a ``file`` field: "description:path:type;…" of JabRef, Zotero and Mendeley, or bare paths."""
    found = []
    for part in re.split(r"(?<!\\);", value):
        pieces = [re.sub(r"\\([\\:;_%&#{}$])", r"\1", piece) for piece in re.split(r"(?<!\\):(?!\\|//)", part.strip())]
        path = pieces[1] if len(pieces) > 2 else pieces[0] or pieces[-1]  # noqa: PLR2004 - description, path, type
        if path.strip():
            found.append(path.strip())
    return tuple(dict.fromkeys(found))
