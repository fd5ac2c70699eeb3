"""Mends a damaged library from what is whole in it, its journal and its backups. What was there is always kept.

The damaged file stays under another name, ``<file>.damaged-1``, and the journal under ``<journal>.kept-1``.
"""

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from readlist.library import atomic, schema
from readlist.library.backups import Backup, backups_of
from readlist.library.delta import carried_out
from readlist.library.errors import LibraryError, NotWrittenError, reason_of
from readlist.library.file import LibraryFile
from readlist.library.ids import new_paper_ids
from readlist.library.layers import layers_of
from readlist.library.papers import paper_of
from readlist.library.salvage import Salvaged, salvage
from readlist.library.schema import Document, Tables
from readlist.library.store import changes_in_journal, journal_of
from readlist.record import RecordError


class Report(NamedTuple):
    """What a repair has done."""

    papers: int
    """How many papers the mended library holds, those in the trash too."""
    sentences: tuple[str, ...]
    """What came from where, and what could not be saved."""
    kept: Path
    """The damaged file."""


def can_repair(path: Path) -> bool:
    """Whether `repair` would find anything: the file, or a backup of it, is a library that this version may write."""
    target = Path(os.path.realpath(path))
    found = salvage(_content(target))
    if found.is_newer or _is_foreign(target, found):
        return False
    return bool(found.papers or backups_of(target))


def readable_tables(path: Path) -> Tables:
    """What can be read of the damaged library ``path`` and its journal, as tables; nothing is written."""
    target = Path(os.path.realpath(path))
    found = salvage(_content(target))
    return _mended(target, found, {}, [])


def repair(path: Path) -> Report:
    """Mend the library ``path``.

    Documents that are whole are taken from the damaged file. One that is not, or that is missing and that no step of
    the history has removed, comes from the latest backup that has it. What the journal holds is done again on top.

    Raises:
        LibraryError: nothing was changed: the file is no library, belongs to a newer readlist, or cannot be written.
    """
    file = LibraryFile(path)
    if not can_repair(path):
        raise LibraryError(f"{path}: nothing here can be repaired; left untouched")
    with file.locked():
        target = file.target
        found = salvage(_content(target))
        sentences: list[str] = []
        tables = _mended(target, found, _backed_up(target, found), sentences)
        file.check_writable()
        kept = _keep(target)
        file.write(tables)
        _set_journal_aside(target)
    file.close()
    return Report(len(tables[schema.PAPERS]), tuple(sentences), kept)


def restore_backup(path: Path, backup: Backup) -> Path:
    """Put ``backup`` in the place of the library ``path``; returns the name under which the present file is kept.

    Raises:
        LibraryError: nothing was changed, and why.
    """
    file = LibraryFile(path)
    with file.locked():
        target = file.target
        try:
            content = backup.path.read_bytes()
        except OSError as error:
            raise LibraryError(f"{backup.path}: cannot be read ({reason_of(error)}); nothing was changed") from error
        kept = _keep(target)
        try:
            atomic.replace_file(target, content)
        except OSError as error:
            raise NotWrittenError(f"{path}: cannot be written", reason_of(error)) from error
        _set_journal_aside(target)
    file.close()
    return kept


def _content(target: Path) -> bytes:
    try:
        return target.read_bytes() if target.is_file() else b""
    except OSError as error:
        raise LibraryError(f"{target}: cannot be read ({reason_of(error)})") from error


def _is_foreign(target: Path, found: Salvaged) -> bool:
    """Whether the file is another program's, which must not be replaced even where there are backups of ours."""
    if found.is_ours:
        return False
    with suppress(ValueError, RecursionError):
        return bool(json.loads(_content(target)))
    return False


def _mended(target: Path, found: Salvaged, spare: Mapping[str, tuple[Document, str]], sentences: list[str]) -> Tables:
    held, changes = changes_in_journal(target)
    earlier = {schema.PAPERS: layers_of({key: document for key, (document, _) in spare.items()}), schema.HISTORY: {}}
    earlier = carried_out(earlier, held)  # what the file held once makes up for what it has lost, and no more
    papers: dict[str, Any] = {**earlier[schema.PAPERS], **found.papers}
    _tell(sentences, len(found.papers), "taken from the damaged file")
    for identifier, (document, when) in spare.items():
        papers[identifier] = earlier[schema.PAPERS].get(identifier, document)
        sentences.append(f"{_title(document)} was taken from the backup of {when}")
    lost = [identifier for identifier in found.damaged if identifier not in papers]
    sentences += [f"document {identifier} is damaged, and no backup has it" for identifier in lost]
    for identifier, document in found.twins:
        (fresh,) = new_paper_ids(1, papers)
        papers[fresh] = {**document, "review_reason": f"It had the same id as another paper ({identifier})"}
        sentences.append(f"{_title(document)} had the id of another paper and was given one of its own")
    created = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    about = {"created": created, **found.about, "application": schema.APPLICATION, "schema": schema.VERSION}
    tables: Tables = {
        **found.others,
        schema.PAPERS: layers_of(papers),
        schema.HISTORY: layers_of({**earlier[schema.HISTORY], **found.steps}),
        schema.META: {schema.META_ID: about},
    }
    if changes:
        _tell(sentences, len(changes), "done again from the journal", "change")
    return carried_out(tables, changes)


def _tell(sentences: list[str], number: int, what: str, noun: str = "paper") -> None:
    sentences.append(f"{number:,} {noun} was {what}" if number == 1 else f"{number:,} {noun}s were {what}")


def _title(document: Mapping[str, Any]) -> str:
    return f"“{str(document.get('title') or 'Untitled')[:60]}”"


def _backed_up(target: Path, found: Salvaged) -> dict[str, tuple[Document, str]]:
    """What backups have of papers that are damaged or missing: document, and date of the backup."""
    removed = {
        operation["id"] for step in found.steps.values() for operation in step["inverse"] if "insert" in operation
    }
    spare: dict[str, tuple[Document, str]] = {}
    for backup in backups_of(target):
        with suppress(LibraryError):
            for identifier, document in salvage(_content(backup.path)).papers.items():
                if identifier not in spare and identifier not in removed and _is_better(identifier, document, found):
                    spare[identifier] = (document, backup.when)
    return spare


def _is_better(identifier: str, document: Document, found: Salvaged) -> bool:
    return _is_paper(identifier, document) and not _is_paper(identifier, found.papers.get(identifier))


def _is_paper(identifier: str, document: Any) -> bool:
    try:
        paper_of(identifier, document)
    except RecordError:
        return False
    return True


def _keep(target: Path) -> Path:
    """Give the present file a second name, under which it stays."""
    kept = _free(target.with_name(f"{target.name}.damaged"))
    try:
        try:
            kept.hardlink_to(target)
        except FileNotFoundError:
            return kept
        except OSError:
            shutil.copy2(target, kept)
        atomic.sync_folder(target.parent)
    except OSError as error:
        raise NotWrittenError(f"{kept}: cannot be written", reason_of(error)) from error
    return kept


def _set_journal_aside(target: Path) -> None:
    journal = journal_of(target)
    with suppress(FileNotFoundError):
        journal.rename(_free(journal.with_name(f"{journal.name}.kept")))


def _free(path: Path) -> Path:
    names: Iterable[Path] = (path.with_name(f"{path.name}-{number}") for number in range(1, 10**6))
    return next(name for name in names if not name.exists())
