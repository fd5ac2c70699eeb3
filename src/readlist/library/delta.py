"""What differs between two states of the tables, as JSON: the content of the journal.

A delta is ``{table: {id: change}}``, where a change is ``null`` (the document is gone), ``{"put": document}`` (it is
new, or another one) or ``{"set": {field: value}, "unset": [field, …]}``. Carried out a second time it changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from readlist.library.layers import layers_of
from readlist.library.schema import Tables

Delta = dict[str, dict[str, Any]]


def difference(before: Mapping[str, Any], after: Mapping[str, Any], ids: Iterable[str]) -> dict[str, Any]:
    """What makes of the table ``before`` the table ``after``, if they differ at ``ids`` alone: {id: change}."""
    changes: dict[str, Any] = {}
    for identifier in ids:
        if identifier not in after:
            if identifier in before:
                changes[identifier] = None
        elif identifier not in before:
            changes[identifier] = {"put": after[identifier]}
        elif before[identifier] is not after[identifier]:
            changes[identifier] = _document_difference(before[identifier], after[identifier])
    return changes


def _document_difference(before: Any, after: Any) -> dict[str, Any]:
    if not isinstance(before, dict) or not isinstance(after, dict):
        return {"put": after}
    # Unequal is not enough: to Python, True is 1 and 1.0 is 1.
    changed = {
        name: value
        for name, value in after.items()
        if name not in before or (before[name] is not value and repr(before[name]) != repr(value))
    }
    return {"set": changed, "unset": [name for name in before if name not in after]}


def is_delta(value: Any) -> bool:
    """Whether ``value``, read from somewhere, is a delta."""
    return isinstance(value, dict) and all(
        isinstance(changes, dict) and all(_is_change(change) for change in changes.values())
        for changes in value.values()
    )


def _is_change(change: Any) -> bool:
    if change is None:
        return True
    if not isinstance(change, dict):
        return False
    return "put" in change or (isinstance(change.get("set"), dict) and isinstance(change.get("unset"), list))


def touched(deltas: Iterable[Delta], table: str) -> list[str]:
    """The ids of the documents of ``table`` that ``deltas`` are about, each once."""
    return list(dict.fromkeys(identifier for delta in deltas for identifier in delta.get(table, ())))


def carried_out(tables: Tables, deltas: Iterable[Delta]) -> Tables:
    """``tables`` after ``deltas``; documents and tables are replaced, not changed.

    Fields of a document that is not there (any more) are passed over.
    """
    done = dict(tables)
    for delta in deltas:
        for name, changes in delta.items():
            table = done.get(name, {})
            if not isinstance(table, Mapping):
                continue
            table = layers_of(table)
            documents = {identifier: _changed(table, identifier, change) for identifier, change in changes.items()}
            kept = {identifier: document for identifier, (document, fits) in documents.items() if fits}
            done[name] = table.with_changes(kept)
    return done


def _changed(table: Mapping[str, Any], identifier: str, change: Any) -> tuple[Any, bool]:
    """The document after ``change`` (None: gone), and whether the change is one for it."""
    if change is None:
        return None, True
    if "put" in change:
        return change["put"], True
    present = table.get(identifier)
    if not isinstance(present, dict):
        return None, False
    merged = {**present, **change["set"]}
    for name in change["unset"]:
        merged.pop(name, None)
    return merged, True
