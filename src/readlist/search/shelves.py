"""The shelves of the library, and how many papers stand on each."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from readlist.paper import Paper


class Shelf(StrEnum):
    """The fixed views of the library, in the order of their keys 1 to 7."""

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
    def flag(self) -> str:
        """What the searchable text says of the papers on it (``is:``…); empty where it leaves nothing out."""
        return "" if self.is_whole else "queued" if self is Shelf.QUEUE else self.value

    def holds(self, paper: Paper) -> bool:
        """Whether ``paper``, one of the list (on the shelf of the trash: one of the trash), stands on this shelf."""
        if self is Shelf.STARRED:
            return paper.star
        if self is Shelf.QUEUE:
            return bool(paper.queue)
        return paper.status == self.value or self.is_whole


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

    def of(self, shelf: Shelf) -> int:
        """The number of papers on ``shelf``."""
        return int(getattr(self, shelf.value))


def queue_of(papers: Iterable[Paper]) -> list[Paper]:
    """Those of ``papers`` that stand in the reading queue, in its order."""
    return sorted((paper for paper in papers if paper.queue), key=lambda paper: paper.queue)
