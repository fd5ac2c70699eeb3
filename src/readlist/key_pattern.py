"""Patterns of citation keys: text with fields in braces, such as ``{author}{year}{title}``."""

import re

DEFAULT = "{author}{year}{title}"
"""``fort2022multiattacks``."""

FIELDS = {
    "author": "the family name of the first author: fort",
    "authors": "the family names of up to three authors, and etal for more: forthuganguli",
    "year": "the year: 2022",
    "yy": "its last two digits: 22",
    "title": "the first word of the title that says something: multiattacks",
    "words": "the first three such words: multiattackslimitsadversarial",
    "arxiv": "the arXiv id: 2210.05546",
}
"""What may stand in braces. With a capital first letter (``{Author}``) each name or word begins with a capital."""

_FIELD = re.compile(r"\{([^{}]*)\}")
# What BibTeX, biber, Typst and a \cite command read as part of a key; a comma or a brace would end it.
_OTHER = re.compile(r"[^A-Za-z0-9_:.+/-]")


class PatternError(ValueError):
    """The pattern makes no keys; the message says why."""


def check(pattern: str) -> None:
    """See that ``pattern`` makes keys.

    Raises:
        PatternError: it has an unknown field, a character that no key may hold, or nothing that tells papers apart.
    """
    fields = _FIELD.findall(pattern)
    for field in fields:
        if _plain(field) not in FIELDS:
            known = ", ".join(f"{{{name}}}" for name in FIELDS)
            raise PatternError(f"there is no field {{{field}}}; there are {known}")
    rest = _FIELD.sub("", pattern)
    if "{" in rest or "}" in rest:
        raise PatternError("a brace is not closed, or was never opened")
    if wrong := _OTHER.search(rest):
        raise PatternError(f"a citation key cannot hold {wrong[0]!r}; letters, digits and _ : . + / - can stand in it")
    if not {"author", "authors", "title", "words", "arxiv"} & {_plain(field) for field in fields}:
        raise PatternError("it needs a field that tells papers apart: {author}, {authors}, {title}, {words} or {arxiv}")


def fields_of(pattern: str) -> list[tuple[str, str, bool]]:
    """The pieces of a good pattern: the text before a field, the field ("" at the end), whether it is capitalised."""
    pieces, at = [], 0
    for found in _FIELD.finditer(pattern):
        pieces.append((pattern[at : found.start()], _plain(found[1]), found[1] != _plain(found[1])))
        at = found.end()
    return [*pieces, (pattern[at:], "", False)]


def _plain(field: str) -> str:
    return field[:1].lower() + field[1:]
