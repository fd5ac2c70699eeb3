"""How the tables of older library files become those of today: one function a version.

A file is migrated in memory when it is read, and on the disk, after a backup, by the first change that is made to it.
"""

from collections.abc import Callable

from readlist.library.schema import META, META_ID, VERSION, Document, Tables, version_of


def migrated(tables: Tables) -> Tables:
    """The checked ``tables`` of a library of any version as those of the present one; the argument is not changed."""
    if META not in tables:
        return tables
    for version in range(version_of(tables), VERSION):
        tables = _with_version(_MIGRATIONS[version](tables), version + 1)
    return tables


def _with_version(tables: Tables, version: int) -> Tables:
    about: Document = tables[META][META_ID]
    return {**tables, META: {**tables[META], META_ID: {**about, "schema": version}}}


def _journal(tables: Tables) -> Tables:
    """Version 2 may have a journal beside the file; a readlist that knows none must not write past it."""
    return tables


_MIGRATIONS: dict[int, Callable[[Tables], Tables]] = {1: _journal}
"""By the version that they start from."""
