"""The command that changes what is known of a paper."""

from typing import Any

from readlist.library.errors import LibraryError
from readlist.library.library import Change, Library
from readlist.tui.commands.base import Command


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
            def act(library: Library) -> Change | None:
                if identifier not in library.papers and identifier not in library.trash:
                    raise LibraryError("The paper has been removed in another window; nothing was changed")
                key = changed.get("key")
                for other in library.papers.values() if key else ():
                    if other.key == key and other.id != identifier:
                        raise LibraryError(f"“{key}” is the citation key of “{other.title[:60]}” already")
                return library.edit([identifier], **changed)

            return await self.screen.change(act)

        self.screen.app.push_screen(EditScreen(paper, save))
