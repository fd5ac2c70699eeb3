"""What an import would bring, worked out before anything is written; the command line and the app both go this way."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from readlist.errors import UsageError
from readlist.intake.detection import read
from readlist.intake.duplicates import sort_out
from readlist.intake.result import Reject
from readlist.library.library import Change, Library
from readlist.paper import Paper


class ImportPlan(NamedTuple):
    """What was found in a text: new papers, papers that the library knows, and lines that could not be read."""

    found: tuple[Paper, ...]
    new: tuple[Paper, ...]
    known: tuple[Paper, ...]
    completed: Mapping[str, Mapping[str, Any]]
    """What is known only now of papers of the library: {id: {field: value}}."""
    rejects: tuple[Reject, ...]
    format: str
    """What the text was read as."""

    @property
    def is_empty(self) -> bool:
        """Whether it would change nothing."""
        return not self.new and not self.completed

    @property
    def summary(self) -> str:
        """One sentence: "32 papers: 30 new, 2 known, of which 1 completed, 1 to check; 1 line could not be read"."""
        if not self.found:
            text = "No paper was recognised"
        else:
            doubtful = sum(paper.needs_review for paper in self.new)
            parts = [f"{len(self.new):,} new"]
            parts += [f"{len(self.known):,} known"] if self.known else []
            parts += [f"of which {len(self.completed):,} completed"] if self.completed else []
            parts += [f"{doubtful:,} to check"] if doubtful else []
            text = f"{counted(len(self.found), 'paper')}: {', '.join(parts)}"
        return f"{text}; {counted(len(self.rejects), 'line')} could not be read" if self.rejects else text


def read_page(path: Path) -> tuple[bytes, dt.date]:
    """The content of the file ``path``, and the day it was last written.

    Raises:
        UsageError: it cannot be read; the message names the file.
    """
    try:
        written = dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
        return path.read_bytes(), written
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None


def plan_import(library: Library, content: bytes | str, retrieved: dt.date | None = None) -> ImportPlan:
    """Read ``content``, taken from its page on the day ``retrieved`` (default: today), and compare it with ``library``.

    A paper that lies in the trash does not count as known: importing it again brings it back as a new one.
    """
    if isinstance(content, str):
        content = content.encode(errors="replace")
    intake = read(content, retrieved=retrieved or dt.datetime.now().astimezone().date())
    parted = sort_out(intake.papers, library.papers.values())
    return ImportPlan(intake.papers, parted.new, parted.known, parted.completed, intake.rejects, intake.format)


def carry_out(library: Library, papers: tuple[Paper, ...]) -> Change | None:
    """Bring ``papers``, as one step: new ones are added, known ones completed; None when nothing is to do.

    They are compared with what the library holds by then: others may have written since the plan was made.
    """
    parted = sort_out(papers, library.papers.values())
    return library.bring(parted.new, parted.completed)


def counted(number: int, noun: str) -> str:
    """``1 paper``, ``2 papers``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
