"""What a CSL-JSON item cannot say of a paper, kept in its variable ``custom`` as CSL allows, and read back from there.

The item says for other programs what they understand. Under ``custom.readlist`` stand the record as the library has it
and a checksum of the item as it was written. An item that another program has changed since is read as any other: its
title, not ours, is the newer one. What is the user's own (status, star, tags, note) is taken even then.
"""

import json
import zlib
from collections.abc import Mapping
from typing import Any

from readlist.paper import Paper
from readlist.record import Record, RecordError, paper_to_record, record_to_paper

NAME = "readlist"
"""Our name under ``custom``."""

_SAID = {"title": "title", "abstract": "abstract"}
"""Long fields, which are not written twice where the variable of the item says just the same."""


def with_custom(item: Mapping[str, Any], paper: Paper) -> dict[str, Any]:
    """``item``, which was made of ``paper``, with everything that is needed to make the same paper of it again."""
    record = paper_to_record(paper)
    for field, variable in _SAID.items():
        if field in record and record[field] == item.get(variable):
            del record[field]
    own = {"id": paper.id, "record": record, "of": _checksum(item)}
    return {**item, "custom": {**_custom(item), NAME: own}}


def record_in(item: Mapping[str, Any]) -> Record:
    """The record that `with_custom` put into ``item``; empty where there is none."""
    own = _custom(item).get(NAME)
    record = own.get("record") if isinstance(own, Mapping) else None
    return dict(record) if isinstance(record, Mapping) else {}


def paper_in(item: Mapping[str, Any]) -> Paper | None:
    """The paper that `with_custom` made ``item`` of; None where the item holds none, or has been changed since."""
    own = _custom(item).get(NAME)
    if not isinstance(own, Mapping) or own.get("of") != _checksum(item):
        return None
    said = {field: item[variable] for field, variable in _SAID.items() if variable in item}
    identifier = own.get("id")
    try:
        return record_to_paper(identifier if isinstance(identifier, str) else "", {**said, **record_in(item)})
    except RecordError:
        return None


def _custom(item: Mapping[str, Any]) -> Mapping[str, Any]:
    custom = item.get("custom")
    return custom if isinstance(custom, Mapping) else {}


def _checksum(item: Mapping[str, Any]) -> str:
    """Of everything in ``item`` but what `with_custom` adds, whatever the order of the names."""
    others = {name: value for name, value in _custom(item).items() if name != NAME}
    rest = {name: value for name, value in item.items() if name != "custom"} | ({"custom": others} if others else {})
    text = json.dumps(rest, sort_keys=True, ensure_ascii=True, default=str)
    return f"{zlib.crc32(text.encode()):08x}"
