"""Changes that the disk did not take: they are kept in memory, shown, and made again."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from readlist.library.drafting import Act, Draft, Moment
from readlist.library.errors import LibraryError
from readlist.library.snapshot import Snapshot


class Held(NamedTuple):
    """A change to be made again."""

    act: Act
    name: str
    ids: tuple[str, ...]
    backup: str
    """What the library is backed up before; empty when it is not."""


class LaidOver(NamedTuple):
    """What there is to see with the changes on top of what is on the disk."""

    shown: Snapshot
    kept: tuple[Held, ...]
    """The changes that can still be made."""
    gone: tuple[tuple[Held, LibraryError], ...]
    """The others, and why not."""


def laid_over(
    on_disk: Snapshot, changes: Sequence[Held], moment: Moment, after: Callable[[Snapshot, Draft], Snapshot]
) -> LaidOver:
    """``changes`` made on ``on_disk``, in memory alone.

    Args:
        on_disk: What has been confirmed.
        changes: What is held, in its order.
        moment: When they are made now.
        after: Makes the snapshot that follows on a draft.
    """
    shown = on_disk
    kept = []
    gone = []
    for held in changes:
        try:
            draft = held.act(shown, moment)
        except LibraryError as error:
            gone.append((held, error))
            continue
        kept.append(held)
        if draft is not None:
            shown = after(shown, draft)
    return LaidOver(shown, tuple(kept), tuple(gone))


def lost(held: Held, error: LibraryError, before: Snapshot) -> str:
    """Says that a change cannot be made any more, its paper having gone, and which note it would have kept.

    Args:
        held: The change.
        error: Why it cannot be made.
        before: The snapshot in which it could still be seen.
    """
    papers = (before.papers.get(key) or before.trash.get(key) for key in held.ids)
    notes = "".join(f"; the note was: {paper.note}" for paper in papers if paper and paper.note)
    return f"{held.name} could not be kept: {error}{notes}"
