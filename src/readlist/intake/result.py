"""What a reader gives back: the papers it found, and every line that it could not use."""

from typing import NamedTuple

from readlist.paper import Paper


class Reject(NamedTuple):
    """Text that did not become a paper, and why."""

    line: int
    """Where it begins; the first line of the text is 1."""
    text: str
    """The line as it was read, without the white space around it."""
    reason: str
    """One sentence for the user."""


class Intake(NamedTuple):
    """All that one text held."""

    papers: tuple[Paper, ...]
    """Without ``id`` and ``added``; ``review_reason`` is set where a look by the user is needed."""
    rejects: tuple[Reject, ...] = ()
    lines: tuple[int, ...] = ()
    """For each paper the line where it begins; the first line of the text is 1."""
    format: str = ""
    """What the text was read as, as a message calls it: "BibTeX"; empty when it was not recognised."""
