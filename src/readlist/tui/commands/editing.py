"""Commands that open a paper or its note for more than one key."""

from typing import TYPE_CHECKING, Any

from readlist.library.errors import LibraryError
from readlist.tui.commands.base import Command

if TYPE_CHECKING:
    from readlist.library.library import Change, Library


class Edit(Command):
    """Edit the paper in a form: title, authors one a line, venue, identifiers, abstract."""

    id, keys, label, group = "edit", "e", "Edit", "Reading"
    needs_paper = True

    def run(self) -> None:
        from readlist.tui.screens.edit import EditScreen  # noqa: PLC0415 - opened on demand

        paper = self.screen.paper_list.current
        if paper is None:
            return
        identifier = paper.id

        async def save(changed: dict[str, Any]) -> bool:
            def act(library: "Library") -> "Change | None":
                if identifier not in library.papers and identifier not in library.trash:
                    raise LibraryError("The paper has been removed in another window; nothing was changed")
                key = changed.get("key")
                for other in library.papers.values() if key else ():
                    if other.key == key and other.id != identifier:
                        raise LibraryError(f"“{key}” is the citation key of “{other.title[:60]}” already")
                return library.edit([identifier], **changed)

            return await self.screen.change(act)

        self.screen.app.push_screen(EditScreen(paper, save))


class PreviewNote(Command):
    """Show the note as it reads, with its links to other papers and theirs to it."""

    id, keys, label, group = "preview-note", "m", "Preview", "Reading"
    needs_paper = True

    def run(self) -> None:
        from readlist.tui.screens.note_preview import NotePreview  # noqa: PLC0415 - Markdown is slow to import

        paper = self.screen.paper_list.current
        if paper is None:
            return

        def go(identifier: str | None) -> None:
            if identifier:
                self.screen.show_paper(identifier)

        preview = NotePreview(self.session, paper, lambda address: self.screen.browse([address], "page"))
        self.screen.app.push_screen(preview, go)


class EditNoteOutside(Command):
    """Write the note in your own editor ($VISUAL or $EDITOR)."""

    id, keys, label, group = "note-outside", "ctrl+e", "In editor", "Reading"
    needs_paper = True

    def run(self) -> None:
        from readlist.tui.outside_editor import write_outside  # noqa: PLC0415 - few use it

        paper = self.screen.paper_list.current
        if paper is not None:
            self.screen.leave_note()
            write_outside(self.screen, paper)
