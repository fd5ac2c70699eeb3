"""How the query that is being typed may go on: names of fields, and the values that the library holds."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from readlist.search.fold import fold
from readlist.search.query.fields import FIELDS, Sort, choices, named
from readlist.search.query.tokens import Kind, Token, tokenise

_LETTERS = 2
"""Letters after which the name of a field is offered."""
_MOST = 30
"""Values offered; more would not be read."""

Values = Callable[[str], Sequence[str]]
"""The values of the field of this name that the library holds, the most frequent first."""


class Completion(NamedTuple):
    """What may stand in the text from ``start`` to the cursor."""

    label: str
    insert: str
    start: int


def complete(before: str, values: Values) -> list[Completion]:
    """How ``before``, the text before the cursor, may go on, the best first; nothing where nothing fits."""
    tokens = tokenise(before)
    if not tokens or tokens[-1].end != len(before):
        return []
    last = tokens[-1]
    if last.kind is Kind.FIELD:
        return _of_values(last, Token(Kind.WORD, "", last.end, last.end), values)
    if last.kind not in {Kind.WORD, Kind.PHRASE} or (last.kind is Kind.PHRASE and last.closed):
        return []
    if len(tokens) > 1 and tokens[-2].kind is Kind.FIELD and tokens[-2].end == last.start:
        return _of_values(tokens[-2], last, values)
    typed = last.text.lower()
    if last.kind is Kind.PHRASE or len(typed) < _LETTERS:
        return []
    return [Completion(f"{name}:", f"{name}:", last.start) for name in FIELDS if name.startswith(typed)]


def _of_values(name: Token, typed: Token, values: Values) -> list[Completion]:
    field = named(name.text)
    if field is None or field.sort is Sort.DATE or field.name in {"title", "abstract", "note"}:
        return []
    known = choices(field.name) if field.sort is Sort.CHOICE else values(field.name)
    wanted = fold(typed.text.lstrip("#"))
    # Any word of it may be what was begun: of authors it is mostly the second.
    offered = [value for value in known if f" {wanted}" in f" {fold(value)}"][:_MOST]
    if offered == [typed.text]:
        return []
    return [Completion(value, f"{_quoted(value)} ", typed.start) for value in offered]


def written(field: str, value: str) -> str:
    """A query for ``value`` in the field of this name."""
    return f"{field}:{_quoted(value)}"


def _quoted(value: str) -> str:
    value = value.replace('"', "")
    return value if value and not set(value) & set(' ()"/') else f'"{value}"'
