"""Commands that change what the user says about papers: status, star, note, tags, presence."""

from readlist.library.library import Change, Library
from readlist.paper import Status
from readlist.tui.commands.base import Command


class _Reading(Command):
    group = "Reading"
    needs_paper = True


class ToggleRead(_Reading):
    """Mark read, or unread again."""

    id, keys, label = "toggle-read", "r", "Read"
    in_key_bar = True

    def run(self) -> None:
        ids = self.ids

        def act(library: Library) -> Change | None:
            papers = [library.papers[i] for i in ids if i in library.papers]
            read = all(paper.status is Status.READ for paper in papers)
            return library.edit(ids, status=Status.UNREAD if read else Status.READ)

        self.screen.carry_out(act)


class NextStatus(_Reading):
    """Go on to the next status: unread, reading, read."""

    id, keys, label = "next-status", "s", "Status"
    in_key_bar = True

    def run(self) -> None:
        ids = self.ids

        def act(library: Library) -> Change | None:
            first = library.papers.get(ids[0])
            return library.edit(ids, status=first.status.next) if first else None

        self.screen.carry_out(act)


class Star(_Reading):
    """Star, or take the star away."""

    id, keys, label = "star", "asterisk", "Star"
    in_key_bar = True

    def run(self) -> None:
        ids = self.ids

        def act(library: Library) -> Change | None:
            papers = [library.papers[i] for i in ids if i in library.papers]
            return library.edit(ids, star=not all(paper.star for paper in papers))

        self.screen.carry_out(act)


class Note(_Reading):
    """Write a note in Markdown; ctrl+s saves, leaving saves as well."""

    id, keys, label = "note", "n", "Note"
    in_key_bar = True

    def run(self) -> None:
        self.screen.open_note()


class Tags(_Reading):
    """Give tags, or take them away."""

    id, keys, label = "tags", "t", "Tags"
    in_key_bar = True

    def run(self) -> None:
        from readlist.tui.screens.tags import TagScreen  # noqa: PLC0415 - opened on demand

        ids = self.ids
        known = sorted({tag for paper in self.session.papers.values() for tag in paper.tags})
        shared = [tag for tag in self.papers[0].tags if all(tag in paper.tags for paper in self.papers)]

        def tag(wanted: tuple[str, ...] | None) -> None:
            if wanted is not None:
                self._tag(
                    ids, added=[t for t in wanted if t not in shared], gone=[t for t in shared if t not in wanted]
                )

        self.screen.app.push_screen(TagScreen(known, shared, len(ids)), tag)

    def _tag(self, ids: tuple[str, ...], *, added: list[str], gone: list[str]) -> None:
        def act(library: Library) -> Change | None:
            changes = {}
            for paper in (library.papers[i] for i in ids if i in library.papers):
                kept = [tag for tag in paper.tags if tag not in gone]
                changes[paper.id] = {"tags": tuple(dict.fromkeys([*kept, *added]))}
            return library.edit_each(changes)

        if added or gone:
            self.screen.carry_out(act)


class Delete(_Reading):
    """Delete to the trash; undo brings back."""

    id, keys, label = "delete", "d", "Delete"

    def run(self) -> None:
        ids = self.ids
        self.screen.carry_out(lambda library: library.delete(ids))


class Undo(Command):
    """Undo the latest change, however long ago it was made."""

    id, keys, label, group = "undo", "u", "Undo", "Reading"

    def run(self) -> None:
        self.screen.carry_out(Library.undo, follow=True, otherwise="Nothing to undo", undoes=False)


class Redo(Command):
    """Redo what was undone."""

    id, keys, label, group = "redo", "ctrl+r", "Redo", "Reading"

    def run(self) -> None:
        self.screen.carry_out(Library.redo, follow=True, otherwise="Nothing to redo", undoes=False)
