"""Notes that are being written, kept on the disk while they are: a killed terminal loses no more than a second of them.

Each lies in a file of its own in the state folder until the note is in the library. What another readlist has left
there when it was killed is taken up by the next one; what a living one is writing is let alone.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from readlist.config import state_folder
from readlist.library_names import lasting_name


class KeptNote(NamedTuple):
    """A note that was being written."""

    paper_id: str
    before: str
    """The note as it was in the library when the writing began."""
    text: str
    file: Path


def keep(library: Path, paper_id: str, before: str, text: str) -> None:
    """Keep what has been written so far.

    Raises:
        OSError: it could not be kept.
    """
    from readlist.library.atomic import make_folder, replace_file  # noqa: PLC0415 - needed by writers alone

    path = _file(library, paper_id)
    make_folder(path.parent)
    body = {"library": str(library), "paper": paper_id, "before": before, "text": text, "pid": os.getpid()}
    replace_file(path, json.dumps(body).encode())


def forget(library: Path, paper_id: str) -> None:
    """The note is in the library now."""
    with suppress(OSError):
        _file(library, paper_id).unlink(missing_ok=True)


def left_behind(library: Path) -> list[KeptNote]:
    """The notes of ``library`` that a readlist was writing when it was killed."""
    from readlist.library.store import is_alive  # noqa: PLC0415 - loaded by whoever has opened the library

    found = []
    with suppress(OSError):
        for file in sorted(_folder(library).glob("*.json")):
            with suppress(OSError, ValueError, KeyError, TypeError):
                body = json.loads(file.read_bytes())
                note = KeptNote(str(body["paper"]), str(body["before"]), str(body["text"]), file)
                if body["pid"] == os.getpid() or not is_alive(body["pid"]):
                    found.append(note)
    return found


def _folder(library: Path) -> Path:
    return state_folder() / "notes" / lasting_name(library)


def _file(library: Path, paper_id: str) -> Path:
    return _folder(library) / f"{paper_id}.json"
