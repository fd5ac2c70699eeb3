"""Commands that change what the user says about papers: status, star, note, tags, presence."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from readlist.library.errors import LibraryError
from readlist.library.wording import named
from readlist.paper import Paper, Status
from readlist.search.view import Shelf
from readlist.statuses import Role, current, role
from readlist.tui.commands.base import Command

if TYPE_CHECKING:
    from readlist.library.library import Change, Library


def present(library: "Library", ids: Sequence[str]) -> list[Paper]:
    """Those of the papers that are still in the list.

    Raises:
        LibraryError: none is; another window has deleted them.
    """
    papers = [library.papers[identifier] for identifier in ids if identifier in library.papers]
    if not papers:
        raise LibraryError("Deleted in another window meanwhile; nothing was changed")
    return papers


def ids_of(papers: Sequence[Paper]) -> list[str]:
    """The ids of ``papers``."""
    return [paper.id for paper in papers]


def _there_or_back(papers: Sequence[Paper], wanted: Role) -> str:
    """The first status of this role, or that of new papers where all ``papers`` have the role already."""
    first = current().first_in(wanted)
    have_it = all(role(paper.status) is wanted for paper in papers)
    return Status.UNREAD if first is None or have_it else first.value


class ReadingCommand(Command):
    """Something that is said of papers in the list."""

    group = "Reading"
    needs_paper = True

    def enabled(self) -> bool:
        # What has been thrown away is not being read: first it must be put back.
        return self.session.view.shelf is not Shelf.TRASH and super().enabled()

    def advance(self) -> None:
        """Go on to the next paper where the settings want it, unless the list moves up by itself."""
        stays = self.session.view.shelf in {Shelf.ALL, Shelf.STARRED, Shelf.QUEUE}
        if self.screen.config.advance and stays and not self.session.selection:
            self.screen.paper_list.move(1)


class ToggleRead(ReadingCommand):
    """Mark read, or unread again."""

    id, keys, label = "toggle-read", "r", "Read"
    repeats = True
    in_key_bar = True

    def run(self) -> None:
        ids = self.ids

        def act(library: "Library") -> "Change | None":
            papers = present(library, ids)
            return library.edit(ids_of(papers), status=_there_or_back(papers, Role.DONE))

        self.screen.carry_out(act)
        self.advance()


class NextStatus(ReadingCommand):
    """Go on to the next status: unread, reading, read."""

    id, keys, label = "next-status", "s", "Status"
    repeats = True

    def run(self) -> None:
        ids = self.ids

        def act(library: "Library") -> "Change | None":
            papers = present(library, ids)
            return library.edit(ids_of(papers), status=current().after(papers[0].status))

        self.screen.carry_out(act)
        self.advance()


class Drop(ReadingCommand):
    """Drop: it will not be read; once more makes it unread again."""

    id, keys, label = "drop", "minus", "Drop"
    repeats = True

    def enabled(self) -> bool:
        return super().enabled() and current().first_in(Role.ASIDE) is not None

    def run(self) -> None:
        ids = self.ids

        def act(library: "Library") -> "Change | None":
            papers = present(library, ids)
            return library.edit(ids_of(papers), status=_there_or_back(papers, Role.ASIDE))

        self.screen.carry_out(act)
        self.advance()


class Queue(ReadingCommand):
    """Put at the end of the reading queue, or take out of it."""

    id, keys, label = "queue", "Q", "Queue"
    repeats = True

    def run(self) -> None:
        ids = self.ids

        def act(library: "Library") -> "Change | None":
            papers = present(library, ids)
            queue = self.session.queue(library)
            if all(paper.queue for paper in papers):
                left = [paper for paper in queue if paper not in papers]
                return library.edit_each(_numbered(left, gone=papers), f"Took {named(papers)} out of the queue")
            added = [paper for paper in papers if not paper.queue]
            return library.edit_each(_numbered([*queue, *added]), f"Queued {named(added)}")

        self.screen.carry_out(act)


class QueueDown(ReadingCommand):
    """Move down in the reading queue: it is read later."""

    id, keys, label = "queue-down", "J", "Later"
    step = 1

    def enabled(self) -> bool:
        current = self.screen.paper_list.current
        queued = bool(self.session.selection) or (current is not None and bool(current.queue))
        return super().enabled() and queued

    def run(self) -> None:
        ids, step = self.ids, self.step * self.count

        def act(library: "Library") -> "Change | None":
            queue = self.session.queue(library)
            moved = [paper for paper in queue if paper.id in ids]
            if not moved:
                return None
            left = [paper for paper in queue if paper.id not in ids]
            # Several papers stay together: they stand where the first of them has got to.
            place = min(max(queue.index(moved[0]) + step, 0), len(left))
            return library.edit_each(
                _numbered([*left[:place], *moved, *left[place:]]), f"Moved {named(moved)} in the queue"
            )

        end = "last" if step > 0 else "first"
        stand = "They are" if len(ids) > 1 else "It is"
        self.screen.carry_out(act, otherwise=f"{stand} the {end} of the queue")


class QueueUp(QueueDown):
    """Move up in the reading queue: it is read sooner."""

    id, keys, label = "queue-up", "K", "Sooner"
    step = -1


def _numbered(queue: Sequence[Paper], gone: Sequence[Paper] = ()) -> dict[str, dict[str, str]]:
    """The places of ``queue`` as changes to its papers; ``gone`` stand in it no more."""
    return {paper.id: {"queue": f"{place:06}"} for place, paper in enumerate(queue, 1)} | {
        paper.id: {"queue": ""} for paper in gone
    }


class Star(ReadingCommand):
    """Star, or take the star away."""

    id, keys, label = "star", "asterisk", "Star"
    repeats = True

    def run(self) -> None:
        ids = self.ids

        def act(library: "Library") -> "Change | None":
            papers = present(library, ids)
            return library.edit(ids_of(papers), star=not all(paper.star for paper in papers))

        self.screen.carry_out(act)


class Note(ReadingCommand):
    """Write a note in Markdown; ctrl+s saves, leaving saves as well."""

    id, keys, label = "note", "n", "Note"
    in_key_bar = True
    hint = "esc saves and leaves; [[ links to another paper"

    def run(self) -> None:
        self.screen.open_note()


class Tags(ReadingCommand):
    """Give tags, or take them away."""

    id, keys, label = "tags", "t", "Tags"
    repeats = True

    def repeat(self) -> None:
        if self.screen.last_tagging:
            added, gone = self.screen.last_tagging
            self._tag(self.ids, added=added, gone=gone)

    def run(self) -> None:
        self.ask(self.papers)

    def ask(self, papers: Sequence[Paper], done: Callable[[], object] = tuple) -> None:
        """Ask for the tags of these papers; ``done`` is called when that changes some."""
        from readlist.tui.screens.tags import TagScreen  # noqa: PLC0415 - opened on demand

        ids = tuple(ids_of(papers))
        known = sorted({tag for paper in self.session.found("has:tag") for tag in paper.tags})
        shared = [tag for tag in papers[0].tags if all(tag in paper.tags for paper in papers)]

        def tag(wanted: tuple[str, ...] | None) -> None:
            if wanted is not None and set(wanted) != set(shared):
                self._tag(
                    ids, added=[t for t in wanted if t not in shared], gone=[t for t in shared if t not in wanted]
                )
                done()

        self.screen.app.push_screen(TagScreen(known, shared, len(ids)), tag)

    def _tag(self, ids: tuple[str, ...], *, added: list[str], gone: list[str]) -> None:
        def act(library: "Library") -> "Change | None":
            changes = {}
            for paper in present(library, ids):
                kept = [tag for tag in paper.tags if tag not in gone]
                changes[paper.id] = {"tags": tuple(dict.fromkeys([*kept, *added]))}
            return library.edit_each(changes)

        if added or gone:
            self.screen.last_tagging = added, gone
            self.screen.carry_out(act)


class CompleteAuthors(ReadingCommand):
    """Complete author lists that were cut with "et al.", as far as they are known offline."""

    id, keys, label = "complete-authors", "E", "Authors"

    def run(self) -> None:
        papers = [paper for paper in self.papers if not paper.authors_complete]
        if not papers:
            self.screen.say("No author list was cut here")
            return
        ids = ids_of(papers)

        def act(library: "Library") -> "Change | None":
            from readlist.intake.completion import complete_authors  # noqa: PLC0415 - reads the packaged identifiers

            cut = [paper for paper in present(library, ids) if not paper.authors_complete]
            found = {paper.id: authors for paper in cut if (authors := complete_authors(paper))}
            changes = {identifier: {"authors": all_, "authors_complete": True} for identifier, all_ in found.items()}
            completed = [paper for paper in cut if paper.id in found]
            left = f", {len(cut) - len(found):,} not known offline" if len(cut) > len(found) else ""
            return library.edit_each(changes, f"Completed the authors of {named(completed)}{left}") if found else None

        unknown = "The complete authors are not known offline" + (
            f" for any of these {len(papers):,} papers" if len(papers) > 1 else ""
        )
        self.screen.carry_out(act, otherwise=unknown)


class Delete(ReadingCommand):
    """Delete to the trash; undo brings back."""

    id, keys, label = "delete", "d", "Delete"
    repeats = True

    def enabled(self) -> bool:
        return Command.enabled(self)  # in the trash it changes nothing, and names the key for what may have been meant

    def run(self) -> None:
        ids = self.ids
        already = f"In the trash already; {self.screen.key_of('purge')} there removes for good"
        self.screen.carry_out(lambda library: library.delete(ids), otherwise=already)


class Repeat(Command):
    """Do the last action again, on the paper under the cursor or on the selected ones."""

    id, keys, label, group = "repeat", "full_stop", "Repeat", "Reading"
    needs_paper = True

    def run(self) -> None:
        self.screen.repeat_last()


class Undo(Command):
    """Undo the latest change, however long ago it was made."""

    id, keys, label, group = "undo", "u", "Undo", "Reading"
    in_sidebar = True

    def run(self) -> None:
        self.screen.carry_out(lambda library: library.undo(), otherwise="Nothing to undo", undoes=False)


class Redo(Command):
    """Redo what was undone."""

    id, keys, label, group = "redo", "ctrl+r", "Redo", "Reading"
    in_sidebar = True

    def run(self) -> None:
        self.screen.carry_out(lambda library: library.redo(), otherwise="Nothing to redo", undoes=False)
