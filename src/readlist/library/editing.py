"""A change that the user asks for, as operations on documents: what differs, and the dates that follow from it."""

from collections.abc import Mapping
from typing import Any

from readlist.library.errors import LibraryError
from readlist.library.history import Operation
from readlist.paper import Paper
from readlist.record import RecordError, paper_to_record, record_to_paper, value_to_json
from readlist.statuses import Role, role

_DEFAULTS = Paper()._asdict()
_EDITABLE = frozenset(_DEFAULTS) - {"id", "changed"}


def checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """``fields`` of a paper with their values in their own types (a status by its name, tags as a tuple).

    Raises:
        LibraryError: there is no such field, or it cannot have that value; the message names it.
    """
    if unknown := sorted(set(fields) - _EDITABLE):
        raise LibraryError(f"field '{unknown[0]}': a paper has no such field that can be edited; nothing was changed")
    try:
        paper = record_to_paper("", {name: value_to_json(name, value) for name, value in fields.items()})
    except (RecordError, TypeError, AttributeError) as error:  # the latter two: no iterable, no authors
        message = str(error) if isinstance(error, RecordError) else f"wrong type ({error})"
        raise LibraryError(f"{message}; nothing was changed") from error
    return {name: getattr(paper, name) for name in fields}


def edit_operation(paper: Paper, fields: Mapping[str, Any], now: str) -> Operation | None:
    """What gives ``paper`` the `checked` ``fields`` at the time ``now``; None when it has them already.

    The status takes its dates along, unless they are given: reading begins (``started`` stays if there is one), a read
    paper is ``finished``, one that is read no longer is not. What is read or dropped leaves the reading queue.
    """
    wanted = {name: value for name, value in fields.items() if value != getattr(paper, name)}
    if not wanted:
        return None
    dates = _dates(paper, wanted["status"], now) if "status" in wanted else {}
    values = {**dates, **wanted, "changed": now}
    return {
        "id": paper.id,
        "set": {name: _stored(name, value) for name, value in values.items() if value != getattr(paper, name)},
        "times": dict.fromkeys(wanted, now),
    }


def _dates(paper: Paper, status: str, now: str) -> dict[str, str]:
    stands_for = role(status)
    if stands_for is Role.DONE:
        still_done = role(paper.status) is Role.DONE and paper.finished
        return {"finished": paper.finished if still_done else now, "queue": ""}
    if stands_for is Role.ASIDE:
        return {"finished": "", "queue": ""}
    if stands_for is Role.BETWEEN:
        return {"started": paper.started or now, "finished": ""}
    return {"finished": ""} if stands_for is Role.NEW else {}


def _stored(name: str, value: Any) -> Any:
    return None if value == _DEFAULTS[name] else value_to_json(name, value)


def insert_operation(paper: Paper, now: str) -> Operation:
    """What adds ``paper``, whose id has been chosen, at the time ``now``; dates that it brings along are kept.

    Raises:
        LibraryError: a field of it has a wrong type.
    """
    dated = paper._replace(added=paper.added or now, changed=paper.changed or now)
    record = paper_to_record(dated)
    try:
        record_to_paper(paper.id, record)
    except RecordError as error:
        raise LibraryError(f"{error}; nothing was added") from error
    return {"id": paper.id, "insert": record}
