"""Dated backups of the library file, in the folder ``<file>.backups`` beside it.

A backup is a second name (a hard link) of the file as it was: the file is replaced and never written to, so that this
costs no room until it changes. Where the file system has no hard links it is a copy. A program that writes into the
file in place, as stock TinyDB does, would write into the latest backup too, as long as readlist has not replaced the
file since.
"""

import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from readlist.lazy_pattern import lazy_pattern
from readlist.library import atomic

if TYPE_CHECKING:
    import datetime as dt

DAYS = 7
"""So many of the latest backups are kept,"""
MONTHS = 5
"""and of the older ones the latest of each of so many months."""

_NAME = lazy_pattern(r"(\d{4}-\d\d-\d\d)_(\d{6})(?:-\d+)?_([a-z-]+)\.json")


class Backup(NamedTuple):
    """One backup."""

    path: Path
    when: str
    """``2026-11-23 22:15:03``, in the time zone of the machine that made it."""
    reason: str
    """What it was made before: "first change of the day"."""

    @property
    def day(self) -> str:
        """``2026-11-23``."""
        return self.when[:10]


def folder_of(library: Path) -> Path:
    """Where the backups of the file ``library`` are."""
    return library.with_name(f"{library.name}.backups")


def backups_of(library: Path) -> list[Backup]:
    """The backups of the file ``library``, latest first; none when they cannot be looked at."""
    found = []
    with suppress(OSError):
        for path in folder_of(library).iterdir():
            if match := _NAME.fullmatch(path.name):
                day, time, reason = match.groups()
                found.append(Backup(path, f"{day} {time[:2]}:{time[2:4]}:{time[4:]}", reason.replace("-", " ")))
    return sorted(found, key=lambda backup: backup.path.name, reverse=True)


def has_backup_of_day(library: Path, now: "dt.datetime") -> bool:
    """Whether a backup was made on the day of the local time ``now``."""
    latest = backups_of(library)[:1]
    return bool(latest) and latest[0].day == f"{now:%Y-%m-%d}"


def bounds_of_day(now: "dt.datetime") -> tuple[int, int]:
    """The beginning and the end of the day of the local time ``now``, in microseconds since the epoch."""
    import datetime as dt  # noqa: PLC0415 - reading does not need the time

    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return round(midnight.timestamp() * 1e6), round((midnight + dt.timedelta(days=1)).timestamp() * 1e6)


def make_backup(library: Path, reason: str, now: "dt.datetime") -> Path:
    """Back the file ``library`` up, durably, and remove backups that are too many.

    Args:
        library: the file itself, no symbolic link to it.
        reason: what this is done before, in letters and blanks.
        now: the local time.

    Raises:
        OSError: there is no backup.
    """
    folder = folder_of(library)
    with suppress(FileExistsError):
        folder.mkdir(0o700)
        atomic.sync_folder(folder.parent)
    _check(folder, library)
    path = _free_name(folder, f"{now:%Y-%m-%d_%H%M%S}", reason.replace(" ", "-"))
    try:
        path.hardlink_to(library)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without hard links, or too many of them
        _copy(library, path)
    atomic.sync_folder(folder)
    kept = backups_of(library)
    for backup in too_many(kept):
        with suppress(OSError):
            backup.path.unlink()
    return path


def too_many(backups: Sequence[Backup]) -> list[Backup]:
    """Those of ``backups`` (latest first) that are not kept."""
    months: dict[str, Backup] = {}
    for backup in backups[DAYS:]:
        months.setdefault(backup.day[:7], backup)
    kept = {*backups[:DAYS], *list(months.values())[:MONTHS]}
    return [backup for backup in backups if backup not in kept]


def _check(folder: Path, library: Path) -> None:
    """Where everybody may make names, another user's folder of this name is not trusted with the papers."""
    status, owner = folder.lstat(), library.stat().st_uid
    if not stat.S_ISDIR(status.st_mode) or (hasattr(os, "geteuid") and status.st_uid not in {os.geteuid(), 0, owner}):
        raise OSError(0, f"{folder.name} belongs to another user, or is no folder")


def _free_name(folder: Path, time: str, reason: str) -> Path:
    path = folder / f"{time}_{reason}.json"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{time}-{number}_{reason}.json"
    return path


def _copy(source: Path, path: Path) -> None:
    import shutil  # noqa: PLC0415 - 2 ms for a file system without hard links

    temporary = path.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        with source.open("rb") as original, temporary.open("xb") as copy:
            temporary.chmod(stat.S_IMODE(os.fstat(original.fileno()).st_mode))
            shutil.copyfileobj(original, copy)
            copy.flush()
            atomic.sync(copy.fileno())
        temporary.rename(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
