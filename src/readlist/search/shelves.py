"""The shelves of the library, and how many papers stand on each."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from readlist.paper import Paper
from readlist.statuses import current, role


class Shelf(StrEnum):
    """The fixed views of the library, in the order of their keys 1 to 7.

    Unread, reading and read are what statuses stand for (see `Role`), whatever the settings call them.
    """

    ALL = "all"
    UNREAD = "unread"
    READING = "reading"
    READ = "read"
    STARRED = "starred"
    TRASH = "trash"
    """Beside the library: what is deleted stands on no other shelf."""
    QUEUE = "queue"
    """What is to be read next, in the user's order."""

    @property
    def is_whole(self) -> bool:
        """Whether it leaves nothing out: all of the list, or all of the trash."""
        return self in {Shelf.ALL, Shelf.TRASH}

    @property
    def label(self) -> str:
        """What it is called on the screen: a single status by its name in the settings."""
        names = [one.name for one in current().meanings if one.role == self.value]
        return names[0] if len(names) == 1 else self.value

    @property
    def meaning(self) -> str:
        """What stands on it, in a sentence."""
        sentences = {
            Shelf.ALL: "All papers.",
            Shelf.STARRED: "The starred papers.",
            Shelf.TRASH: "The trash, from which papers can be put back.",
            Shelf.QUEUE: "The reading queue: what is to be read next, in your order.",
        }
        names = [one.name for one in current().meanings if one.role == self.value]
        return sentences.get(self) or f"The papers that are {' or '.join(names)}."

    def holds(self, paper: Paper) -> bool:
        """Whether ``paper``, one of the list (on the shelf of the trash: one of the trash), stands on this shelf."""
        if self is Shelf.STARRED:
            return paper.star
        if self is Shelf.QUEUE:
            return bool(paper.queue)
        return self.is_whole or role(paper.status) == self.value


class Counts(NamedTuple):
    """How many papers stand on each shelf."""

    all: int = 0
    unread: int = 0
    reading: int = 0
    read: int = 0
    starred: int = 0
    trash: int = 0
    dropped: int = 0
    queue: int = 0
    unknown: int = 0
    """Of a status that the settings do not know."""

    def of(self, shelf: Shelf) -> int:
        """The number of papers on ``shelf``."""
        return int(getattr(self, shelf.value))


def queue_of(papers: Iterable[Paper]) -> list[Paper]:
    """Those of ``papers`` that stand in the reading queue, in its order."""
    return sorted((paper for paper in papers if paper.queue), key=lambda paper: paper.queue)
