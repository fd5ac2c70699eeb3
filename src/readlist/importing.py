"""What an import would bring, worked out before anything is written; the command line and the app both go this way."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from readlist.errors import UsageError
from readlist.intake.duplicates import sort_out
from readlist.intake.listing.reader import read_listing
from readlist.intake.result import Reject
from readlist.library.library import Library
from readlist.paper import Paper


class ImportPlan(NamedTuple):
    """What was found in a text: new papers, papers that the library knows, and lines that could not be read."""

    found: tuple[Paper, ...]
    new: tuple[Paper, ...]
    known: tuple[Paper, ...]
    rejects: tuple[Reject, ...]

    @property
    def summary(self) -> str:
        """One sentence: "32 papers: 30 new, 2 known, 1 to check; 1 line could not be read"."""
        if not self.found:
            text = "No paper was recognised"
        else:
            doubtful = sum(paper.needs_review for paper in self.new)
            parts = [f"{len(self.new):,} new"]
            parts += [f"{len(self.known):,} known"] if self.known else []
            parts += [f"{doubtful:,} to check"] if doubtful else []
            text = f"{counted(len(self.found), 'paper')}: {', '.join(parts)}"
        return f"{text}; {counted(len(self.rejects), 'line')} could not be read" if self.rejects else text


def read_page(path: Path) -> tuple[str, dt.date]:
    """The text of the file ``path``, and the day it was last written.

    Raises:
        UsageError: it cannot be read, or is no UTF-8 text; the message names the file and the line.
    """
    try:
        written = dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    return decode_page(content, str(path)), written


def decode_page(content: bytes, name: str) -> str:
    """The text of a page; ``name`` says in a message where it comes from.

    Raises:
        UsageError: it is no UTF-8 text.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UsageError(f"{name}:{line}: no UTF-8 text") from None


def plan_import(library: Library, text: str, retrieved: dt.date | None = None) -> ImportPlan:
    """Read ``text``, a listing page taken on the day ``retrieved`` (default: today), and compare it with ``library``.

    A paper that lies in the trash does not count as known: importing it again brings it back as a new one.
    """
    intake = read_listing(text, retrieved=retrieved or dt.datetime.now().astimezone().date())
    parted = sort_out(intake.papers, library.papers.values())
    return ImportPlan(intake.papers, parted.new, parted.known, intake.rejects)


def counted(number: int, noun: str) -> str:
    """``1 paper``, ``2 papers``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
