"""Names for changes, short enough for a toast: "Marked 12 papers read", "Starred “Deep learning”"."""

from collections.abc import Mapping, Sequence
from typing import Any

from readlist.paper import Paper
from readlist.statuses import meaning

_LONGEST_TITLE = 40


def named(papers: Sequence[Paper]) -> str:
    """One paper by its title in quotation marks, several by their number."""
    return f"“{short_title(papers[0])}”" if len(papers) == 1 else counted(len(papers))


def counted(number: int) -> str:
    """``1 paper``, ``2,325 papers``."""
    return f"{number:,} paper" if number == 1 else f"{number:,} papers"


def short_title(paper: Paper) -> str:
    """The title as it is read, cut at the end of a word."""
    from readlist.latex import to_unicode  # noqa: PLC0415 - only a change has a name

    title = to_unicode(paper.title).strip() or "Untitled"
    if len(title) <= _LONGEST_TITLE:
        return title
    cut = title[: _LONGEST_TITLE - 1]
    head, blank, _ = cut.rpartition(" ")
    return (head if blank and len(head) > _LONGEST_TITLE // 2 else cut).rstrip(" ,.:;") + "…"


def added(papers: Sequence[Paper]) -> str:
    """What adding ``papers`` is called."""
    return f"Added {named(papers)}"


def brought(papers: Sequence[Paper], completed: int) -> str:
    """What adding ``papers`` and completing others is called."""
    if not completed:
        return added(papers)
    return f"Added {counted(len(papers))}, completed {completed:,}" if papers else f"Completed {counted(completed)}"


def edited(papers: Sequence[Paper], fields: Mapping[str, Any]) -> str:
    """What giving ``papers`` (as they were before) the values ``fields`` is called."""
    which = named(papers)
    if len(fields) != 1:
        return f"Edited {which}"
    ((field, value),) = fields.items()
    if field == "status":
        return f"Marked {which} {meaning(str(value)).name}"
    if field == "star":
        return f"{'Starred' if value else 'Unstarred'} {which}"
    if field == "note":
        return _about_note(papers, str(value))
    if field == "tags":
        return _about_tags(papers, value)
    return f"Changed the {field.replace('_', ' ')} of {which}"


def _about_note(papers: Sequence[Paper], note: str) -> str:
    which = named(papers)
    if not note:
        return f"Removed the note on {which}"
    return f"Changed the note on {which}" if any(paper.note for paper in papers) else f"Wrote a note on {which}"


def _about_tags(papers: Sequence[Paper], tags: Sequence[str]) -> str:
    before = {tag for paper in papers for tag in paper.tags}
    new, gone = [tag for tag in tags if tag not in before], before - set(tags)
    if new and not gone:
        return f"Tagged {named(papers)} {', '.join(new)}"
    return f"Changed the tags of {named(papers)}"


def edited_each(papers: Sequence[Paper], changes: Sequence[Mapping[str, Any]]) -> str:
    """What giving each of ``papers`` its own ``changes`` is called: by the field, where it is the same for all."""
    if all(change == changes[0] for change in changes):
        return edited(papers, changes[0])
    fields = {name for change in changes for name in change}
    return (
        f"Changed the {fields.pop().replace('_', ' ')} of {named(papers)}"
        if len(fields) == 1
        else (f"Edited {named(papers)}")
    )


def deleted(papers: Sequence[Paper]) -> str:
    """What putting ``papers`` in the trash is called."""
    return f"Deleted {named(papers)}"


def restored(papers: Sequence[Paper]) -> str:
    """What taking ``papers`` out of the trash is called."""
    return f"Restored {named(papers)}"


def purged(papers: Sequence[Paper], *, everything: bool) -> str:
    """What taking ``papers`` out of the trash for good is called; ``everything``: the trash is empty then."""
    return f"Emptied the trash ({counted(len(papers))})" if everything else f"Removed {named(papers)} from the trash"


def merged(paper: Paper, others: int) -> str:
    """What merging ``others`` papers into ``paper`` is called."""
    return f"Merged {counted(others)} into “{short_title(paper)}”"


def taken_back(name: str, verb: str, kept: int, done: int) -> str:
    """What undoing or redoing (``verb``: "Undid", "Redid") the step ``name`` is called.

    Args:
        name: of the step.
        verb: what was done to it.
        kept: how many papers were (in part) left alone, because they were changed since.
        done: how many papers were changed.
    """
    if kept and not done:
        return f"{verb} nothing, {counted(kept)} changed since: {name}"
    return f"{verb}: {name}" + (f" ({kept:,} kept, changed since)" if kept else "")
