"""The last resort for what cannot be saved when the terminal goes away: a file of its own."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from readlist.library.errors import LibraryError
from readlist.library.library import Library
from readlist.paper import Paper


def rescue_note(text: str, library: Path) -> Path:
    """Write ``text`` to a new file beside ``library``, or where that fails in another folder.

    Returns:
        The file, which only the user can read.

    Raises:
        OSError: no folder takes it.
    """
    refusal: OSError | None = None
    for folder in _folders(library):
        try:
            return _write(text, folder)
        except OSError as error:
            refusal = refusal or error
    raise refusal or FileNotFoundError(f"{library.parent}: there is no folder to write to")


def rescue_changes(library: Library) -> Path:
    """Write down what of ``library`` is in memory alone: the names of the changes, and the notes in full.

    Which notes those are tells a look at the disk; where it cannot be read, all notes are written down.

    Returns:
        The file, which only the user can read.

    Raises:
        OSError: no folder takes it.
    """
    lines = [f"# Not saved: {library.trouble}", "", f"Changes to {library.path}:", ""]
    lines += [f"- {name}" for name in library.held]
    for paper in _unsaved_notes(library):
        lines += ["", f"## {paper.title or paper.id}", "", paper.note]
    return rescue_note("\n".join(lines) + "\n", library.path)


def _unsaved_notes(library: Library) -> list[Paper]:
    there: Mapping[str, Paper] = {}
    with suppress(LibraryError):
        stored = Library.open(library.path)
        there = {**stored.trash, **stored.papers}
    papers = {**library.trash, **library.papers}
    return [
        paper for key, paper in papers.items() if paper.note and (key not in there or there[key].note != paper.note)
    ]


def _folders(library: Path) -> Iterator[Path]:
    yield library.parent
    yield Path(tempfile.gettempdir())
    with suppress(RuntimeError):  # a user without a home
        yield Path.home()
    yield Path("/dev/shm")  # noqa: S108 - in memory: when every disk is full; the name of the file cannot be guessed


def _write(text: str, folder: Path) -> Path:
    number, name = tempfile.mkstemp(".md", "readlist-note-", folder)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(number)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return Path(name)
