"""The tables of a library file and the version of their schema."""

from collections.abc import Mapping
from typing import Any

from readlist.library.errors import DamagedError

Document = dict[str, Any]
"""A TinyDB document: a JSON object. Once it is part of some `Tables` it is never changed, only replaced."""

Tables = dict[str, Any]
"""What a TinyDB storage reads and writes: table name to {document id: `Document`}; unknown tables may be any JSON."""

PAPERS = "papers"
HISTORY = "history"
META = "meta"

APPLICATION = "readlist"
VERSION = 2
"""The schema this version of readlist writes, and the newest that it reads; see `readlist.library.migrations`."""

META_ID = "1"
"""The one document of the table ``meta``."""


def new_tables(created: str) -> Tables:
    """The tables of an empty library made at the time ``created``."""
    return {
        PAPERS: {},
        HISTORY: {},
        META: {META_ID: {"application": APPLICATION, "created": created, "schema": VERSION}},
    }


def completed(tables: Tables, created: str) -> Tables:
    """``tables`` with every table of ours there; only an empty file (as TinyDB makes one) has some to add."""
    return {**new_tables(created), **tables}


def check(tables: Mapping[str, Any], where: str) -> None:
    """Make sure that ``tables``, read from the file ``where``, is a library that this version can change.

    An empty object passes: it is what stock TinyDB leaves of a file whose tables were dropped.

    Raises:
        DamagedError: the file belongs to another program or to a newer readlist, or a table is none.
    """
    if not tables:
        return
    meta = tables.get(META)
    about = meta.get(META_ID) if isinstance(meta, dict) else None
    if not isinstance(about, dict) or about.get("application") != APPLICATION:
        raise DamagedError(f"{where}: this is no readlist library (its table '{META}' does not say so); left untouched")
    version = about.get("schema")
    if type(version) is not int or version < 1:
        raise DamagedError(
            f"{where}: table '{META}', field 'schema': a version number expected, {version!r} found; left untouched"
        )
    if version > VERSION:
        raise DamagedError(
            f"{where}: written by a newer readlist (schema {version}, this one knows {VERSION}); "
            "left untouched, please update readlist"
        )
    for name in (PAPERS, HISTORY):
        if name not in tables:
            raise DamagedError(f"{where}: the table '{name}' is missing; left untouched")
        if not isinstance(tables[name], Mapping):
            raise DamagedError(f"{where}: table '{name}' is no JSON object; left untouched")


def version_of(tables: Mapping[str, Any]) -> int:
    """The version of the schema of tables that have been checked; the present one where there is nothing yet."""
    return int(tables[META][META_ID]["schema"]) if META in tables else VERSION
