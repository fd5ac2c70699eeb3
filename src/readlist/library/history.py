"""What was done, and how it is taken back.

The table ``history`` holds one document a step::

    {"when": "2026-11-23T19:42:19Z", "who": "ada", "name": "Starred “…”", "undone": false, "inverse": [operation, …]}

An operation is one of

* ``{"id", "set": {field: value or null}, "times": {field: time or null}, "left": {field: value or null}}``: give fields
  of a paper other values (null: none), where they still have the value that the step left;
* ``{"id", "insert": document}``: put a paper into the table;
* ``{"id", "remove": true, "left": digest}``: take it out, if it is still as the step left it.

Carrying out operations gives the operations that take them back, so that an undone step holds in ``inverse`` what does
it again. Long values in ``left`` are digests: a note is not kept twice.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from readlist.library.ids import is_document_id
from readlist.library.schema import Document

Operation = dict[str, Any]
"""See the module's text."""

MOST_STEPS = 2_000
"""How many steps can be undone; the oldest are forgotten."""

FEWEST_STEPS = 1_000
"""So many of the latest can always be undone, however large they are."""

LEAST_BYTES = 8 * 2**20
"""The history may take this much of the file, or as much as the papers take where that is more."""

TIMES = "times"
"""The field of a document that says when each field was changed last: {field: time}; needed to merge field by field."""

_FOLLOWS_STATUS = frozenset({"started", "finished", "queue"})
_LONGEST_PLAIN = 64


class Step(NamedTuple):
    """One step of the history, as it is shown."""

    id: str
    when: str
    """ISO 8601 in UTC, ending in ``Z``."""
    who: str
    name: str
    """What was done: "Marked 12 papers read"."""
    undone: bool
    ids: tuple[str, ...]
    """The papers that it changed, in the order in which they were given."""


class Conflict(NamedTuple):
    """Something that could not be taken back because it was changed since."""

    id: str
    field: str
    """Empty when it is the paper as a whole: gone, or changed since it was added."""


def apply(papers: dict[str, Any], operations: Iterable[Operation]) -> tuple[list[Operation], list[Conflict]]:
    """Carry out ``operations`` on the table ``papers``; documents are replaced, not changed.

    Returns:
        The operations that take it back, in their order, and what was left alone since it has been changed meanwhile.
    """
    inverse: list[Operation] = []
    conflicts: list[Conflict] = []
    for operation in operations:
        back, refused = _apply_one(papers, operation)
        conflicts += refused
        if back is not None:
            inverse.append(back)
    inverse.reverse()
    return inverse, conflicts


def removal(identifier: str, document: Any) -> Operation:
    """The operation that takes ``document`` out of the table, if it is still the same then."""
    return {"id": identifier, "remove": True, "left": _digest(_content(document))}


def _apply_one(papers: dict[str, Any], operation: Operation) -> tuple[Operation | None, list[Conflict]]:
    identifier = operation["id"]
    present = papers.get(identifier)
    if "insert" in operation:
        if present is not None:
            return None, [Conflict(identifier, "")]
        papers[identifier] = operation["insert"]
        return {"id": identifier, "remove": True, "left": _digest(_content(operation["insert"]))}, []
    if "remove" in operation:
        return _remove(papers, operation)
    if not isinstance(present, dict) or not isinstance(present.get(TIMES, {}), dict):  # gone, or damaged
        return None, [Conflict(identifier, "")]
    papers[identifier], back, conflicts = _set(present, operation)
    return back, conflicts


def _remove(papers: dict[str, Any], operation: Operation) -> tuple[Operation | None, list[Conflict]]:
    identifier = operation["id"]
    if identifier not in papers:
        return None, []
    if not isinstance(papers[identifier], dict) or operation.get("left") != _digest(_content(papers[identifier])):
        return None, [Conflict(identifier, "")]
    return {"id": identifier, "insert": papers.pop(identifier)}, []


def _set(present: Document, operation: Operation) -> tuple[Document, Operation | None, list[Conflict]]:
    wanted, times = operation["set"], operation.get("times", {})
    kept = {name for name in wanted if not _as_left(operation, name, present.get(name))}
    conflicts = [Conflict(operation["id"], name) for name in wanted if name in kept and _is_chosen(name, wanted)]
    if "status" in kept:
        kept |= _FOLLOWS_STATUS
    if not any(name not in kept and _is_chosen(name, wanted) for name in wanted):
        return present, None, conflicts
    fields = {name: value for name, value in wanted.items() if name not in kept}
    before = present.get(TIMES, {})
    moments = {name: time for name, time in times.items() if name in fields}
    done = _with(present, fields)
    done = _with(done, {TIMES: _with(before, moments) or None}) if moments else done
    back = {
        "id": operation["id"],
        "set": {name: present.get(name) for name in fields},
        "times": {name: before.get(name) for name in moments},
        "left": {name: _trace(done.get(name)) for name in fields},
    }
    return done, back, conflicts


def _as_left(operation: Operation, name: str, value: Any) -> bool:
    left = operation.get("left")
    return left is None or (name in left and left[name] == _trace(value))


def _is_chosen(name: str, wanted: Mapping[str, Any]) -> bool:
    """Whether the user set the field, rather than the library along with another."""
    return name != "changed" and not (name in _FOLLOWS_STATUS and "status" in wanted)


def _with(document: Mapping[str, Any], fields: Mapping[str, Any]) -> Document:
    merged = {**document, **fields}
    return {name: value for name, value in merged.items() if value is not None or name not in fields}


def _trace(value: Any) -> Any:
    """Enough of ``value`` to recognise it: itself when it is short."""
    short = value is None or isinstance(value, bool) or (isinstance(value, str) and len(value) <= _LONGEST_PLAIN)
    return value if short else {"digest": _digest(value)}


def _content(document: Document) -> Document:
    """A document without its citation key, which papers get along the way (`Library.assign_keys`)."""
    return {name: value for name, value in document.items() if name != "key"}


def _digest(value: Any) -> str:
    from hashlib import blake2b  # noqa: PLC0415 - 4 ms of import, for changes alone

    return blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=8).hexdigest()


def step_document(when: str, who: str, name: str, inverse: list[Operation]) -> Document:
    """The document of a step just done."""
    return {"when": when, "who": who, "name": name, "inverse": inverse, "undone": False}


def step_of(identifier: str, document: Document) -> Step:
    """The step that a sound document describes."""
    inverse = document["inverse"]  # in the order in which it is carried out
    ids = dict.fromkeys(operation["id"] for operation in (inverse if document["undone"] else reversed(inverse)))
    return Step(identifier, document["when"], document["who"], document["name"], document["undone"], tuple(ids))


def flaw_of(identifier: str, document: Any) -> str:
    """What is wrong with a document of the table ``history``; empty when nothing is."""
    if not is_document_id(identifier):
        return "its id is no decimal number"
    if not isinstance(document, dict):
        return "a JSON object was expected"
    for name, kind in (("when", str), ("who", str), ("name", str), ("inverse", list), ("undone", bool)):
        if type(document.get(name)) is not kind:
            return f"field '{name}': {kind.__name__} expected, {type(document.get(name)).__name__} found"
    if not all(_is_operation(operation) for operation in document["inverse"]):
        return "field 'inverse': an operation that this version does not know"
    return ""


def _is_operation(operation: Any) -> bool:
    if not isinstance(operation, dict) or not isinstance(operation.get("id"), str):
        return False
    if "insert" in operation:
        return isinstance(operation["insert"], dict)
    if "remove" in operation:
        return True
    return isinstance(operation.get("set"), dict) and all(
        isinstance(operation.get(name, {}), dict) for name in ("times", "left")
    )


def sound_steps(history: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the steps that can be worked with, oldest first."""
    return tuple(sorted((name for name in history if not flaw_of(name, history[name])), key=int))


def step_to_undo(history: Mapping[str, Document], steps: Sequence[str], who: str) -> str | None:
    """The latest step of ``who`` that is not undone."""
    return next((step for step in _of(who, history, steps) if not history[step]["undone"]), None)


def step_to_redo(history: Mapping[str, Document], steps: Sequence[str], who: str) -> str | None:
    """The step of ``who`` that was undone last: the first of the undone ones, which are the latest."""
    found = None
    for step in _of(who, history, steps):
        if not history[step]["undone"]:
            break
        found = step
    return found


def undone_steps(history: Mapping[str, Document], steps: Sequence[str], who: str) -> list[str]:
    """The steps of ``who`` that a new change makes impossible to do again: the latest, up to one that is not undone."""
    undone = []
    for step in _of(who, history, steps):
        if not history[step]["undone"]:
            break
        undone.append(step)
    return undone


def _of(who: str, history: Mapping[str, Document], steps: Sequence[str]) -> Iterator[str]:
    return (step for step in reversed(steps) if history[step]["who"] == who)


def steps_to_forget(
    history: Mapping[str, Document], steps: Sequence[str], sizes: Sequence[int], room: int
) -> list[str]:
    """The oldest steps, so many that `MOST_STEPS` and ``room`` bytes are kept to; none undone, none of the latest.

    What is undone may hold the only copy of a paper, so it is given up by the user's next change and not by size.

    Args:
        history: the table.
        steps: the ids of its sound steps, oldest first.
        sizes: the bytes that each of ``steps`` takes.
        room: how many bytes there are for all; the latest `FEWEST_STEPS` are kept whatever they take.
    """
    forgotten = []
    number, total = len(steps), sum(sizes)
    for step, size in zip(steps[:-FEWEST_STEPS], sizes, strict=False):
        if number <= MOST_STEPS and total <= room:
            break
        if not history[step]["undone"]:
            forgotten.append(step)
            number, total = number - 1, total - size
    return forgotten
