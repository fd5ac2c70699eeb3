"""Papers of the library written to files; the command line and the app both go this way.

A file is written under another name beside its place and takes the place when it is whole: a full disk, or the end of
the program, leaves what was there before.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from readlist import referencing
from readlist.cite.formats import EXPORT_FORMATS, export_pieces
from readlist.config import load_config
from readlist.errors import UsageError
from readlist.importing import counted
from readlist.library.atomic import sync, take_after
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.progress import told

if TYPE_CHECKING:
    from readlist.cite.obsidian.note import Note

NOTES = "obsidian"
"""The format that is a folder of notes and not a file."""

FORMATS = (*EXPORT_FORMATS, NOTES)
"""All formats."""

_BYTE_ORDER_MARK = "\ufeff"


class Written(NamedTuple):
    """What was written to a folder of notes, and why some of it was not."""

    new: int
    updated: int
    unchanged: int
    refusals: tuple[str, ...]
    """A sentence for each note that could not be written; the first word is its file."""

    @property
    def summary(self) -> str:
        """A clause: "12 notes written, 3 updated, 1 unchanged"."""
        more = [f"{number:,} {what}" for number, what in ((self.updated, "updated"), (self.unchanged, "unchanged"))]
        parts = [counted(self.new, "note") + " written", *(part for part in more if not part.startswith("0 "))]
        return ", ".join(parts) + (f"; {len(self.refusals):,} left alone" if self.refusals else "")


def pieces(library: Library, papers: Sequence[Paper], format: str, *, mark: bool = False) -> Iterator[str]:  # noqa: A002 - the option's name on the command line
    """``papers`` of ``library`` as text in a format that is a file, in pieces of whole lines.

    Args:
        library: Keeps the citation keys that are handed out.
        papers: What to write, in this order.
        format: One of ``cite.formats.EXPORT_FORMATS``.
        mark: Begin with a byte order mark, by which Excel knows UTF-8.

    Raises:
        UnknownStyleError: there is no such format.
    """
    text = export_pieces(referencing.keyed(library, papers, load_config().key_pattern), format)
    return chain([_BYTE_ORDER_MARK], text) if mark else text


def write_file(library: Library, papers: Sequence[Paper], format: str, path: Path, *, mark: bool = False) -> None:  # noqa: A002 - as above
    """Write the file ``path``, in UTF-8, with what `pieces` gives; a file that is there keeps its mode.

    Symbolic links are followed; what is no ordinary file (``/dev/stdout``, a named pipe) is written to as it is.

    Raises:
        UsageError: it could not be written, and an ordinary file is as it was; the message names it and says why.
    """
    try:
        if path.is_dir():
            raise UsageError(f"{path}: this is a folder; name a file")
        if path.exists() and library.path.exists() and path.samefile(library.path):
            raise UsageError(f"{path}: this is the library itself; name another file")
        text = pieces(library, papers, format, mark=mark)
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                _write(file, text)
        else:
            _replace(Path(os.path.realpath(path)), text)
    except BrokenPipeError:
        raise
    except OSError as error:
        missing = isinstance(error, FileNotFoundError) and not path.parent.is_dir()
        reason = f"there is no folder {path.parent}" if missing else error.strerror
        raise UsageError(f"{path}: {reason}") from None


def write_notes(library: Library, papers: Sequence[Paper], folder: Path) -> Written:
    """Write a note for each of ``papers`` to ``folder``, or bring the one that is there up to date.

    The folder is made when the one above it exists. Notes are known again under any name, in this folder itself. What
    cannot be written is left out and told.

    Raises:
        UsageError: nothing can be written there; the message says why.
    """
    from readlist.cite.obsidian.note import note_of  # noqa: PLC0415 - for this format alone

    try:
        folder.mkdir(exist_ok=True)
        shelf = _Notes(folder)
    except FileExistsError:
        raise UsageError(f"{folder}: this is a file; name a folder for the notes") from None
    except FileNotFoundError:
        raise UsageError(f"{folder}: there is no folder {folder.parent}") from None
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror}") from None
    counts = {"new": 0, "updated": 0, "unchanged": 0}
    refusals = []
    for paper in told("Writing", referencing.keyed(library, papers, load_config().key_pattern)):
        path = shelf.path_for(paper)
        try:
            counts[_write_note(path, note_of(paper))] += 1
        except OSError as error:
            refusals.append(f"{path}: {error.strerror}")
        except ValueError as error:
            refusals.append(f"{path}: {error}; it was left alone")
    return Written(**counts, refusals=tuple(refusals))


class _Notes:
    """The Markdown files of a folder: which paper's note each is, and which names are taken."""

    def __init__(self, folder: Path) -> None:
        from readlist.cite.obsidian.merging import identifier_in  # noqa: PLC0415 - for this format alone
        from readlist.cite.obsidian.names import folded  # noqa: PLC0415 - likewise

        self._folder = folder
        self._of: dict[str, list[Path]] = {}
        self._taken: set[str] = set()
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() != ".md" or path.name.startswith("."):
                continue
            content = b""
            with suppress(OSError):  # a folder of that name, or a file of somebody else's: the name is taken
                content = path.read_bytes()
            identifier = identifier_in(content)
            if identifier:
                self._of.setdefault(identifier, []).append(path)
                self._taken.add(folded(path.stem))

    def path_for(self, paper: Paper) -> Path:
        """The note of ``paper`` that is there, or the file that is to become it."""
        from readlist.cite.obsidian.names import file_stem, folded, free_stem  # noqa: PLC0415 - as above

        mine = self._of.get(paper.id, [])
        if mine:
            # Of a note and its copies, the one with the name that we would give.
            return next((path for path in mine if path.stem == file_stem(paper.key)), mine[0])
        stem = free_stem(paper.key, paper.id, self._taken)
        self._taken.add(folded(stem))
        return self._folder / f"{stem}.md"


def _write_note(path: Path, note: "Note") -> str:
    from readlist.cite.obsidian.merging import NoteError, identifier_in, new_text, updated_text  # noqa: PLC0415 - as above

    try:
        content = path.read_bytes()
    except FileNotFoundError:
        _replace(path, [new_text(note)], durable=False)
        return "new"
    if not content.strip():  # what a click on a link to a note that does not exist yet makes
        _replace(Path(os.path.realpath(path)), [new_text(note)])
        return "new"
    if identifier_in(content) != note.identifier:
        raise NoteError("this file is not a note of readlist's")
    try:
        old = content.decode()
    except UnicodeDecodeError:
        raise NoteError("it is no UTF-8 text") from None
    text = updated_text(old, note)
    if text == old:
        return "unchanged"
    _replace(Path(os.path.realpath(path)), [text])
    return "updated"


def _replace(path: Path, text: Iterable[str], *, durable: bool = True) -> None:
    """Replace the ordinary file ``path``, or make it; with ``durable`` it is on the disk before it gets its name."""
    temporary = path.with_name(f".{os.urandom(8).hex()}.readlist.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            take_after(descriptor, path)
            _write(file, text)
            file.flush()
            if durable:
                sync(descriptor)
        temporary.replace(path)
    finally:
        with suppress(OSError):  # in the common case it has become the file
            temporary.unlink()


def _write(file: BinaryIO, text: Iterable[str]) -> None:
    # A lone surrogate, which a damaged source may have brought, is no text.
    file.writelines(piece.encode("utf-8", "replace") for piece in text)
