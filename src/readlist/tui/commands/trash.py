"""Commands of the trash: what lies there is put back or removed for good. They act only where the trash is seen."""

from readlist.search.view import Shelf
from readlist.tui.commands.base import Command


class _InTrash(Command):
    group = "In the trash"
    needs_paper = True

    def enabled(self) -> bool:
        return self.session.view.shelf is Shelf.TRASH and super().enabled()


class Restore(_InTrash):
    """Put the paper back in the list."""

    id, keys, label = "restore", "P", "Put back"
    in_key_bar = True

    def run(self) -> None:
        ids = self.ids
        self.screen.carry_out(lambda library: library.restore(ids), otherwise="Put back in another window meanwhile")


class Purge(_InTrash):
    """Remove the paper for good; even that can be undone."""

    id, keys, label = "purge", "X", "Remove"
    in_key_bar = True

    def run(self) -> None:
        ids = self.ids
        self.screen.carry_out(lambda library: library.purge(ids), otherwise=_GONE)


class EmptyTrash(_InTrash):
    """Remove all that lies in the trash; this can be undone as well."""

    id, keys, label = "empty-trash", "ctrl+x", "Empty trash"
    in_key_bar = True
    needs_paper = False

    def enabled(self) -> bool:
        return super().enabled() and bool(self.session.view.counts.trash)

    def run(self) -> None:
        self.screen.carry_out(lambda library: library.purge(), otherwise=_GONE)


_GONE = "Nothing of it is in the trash any more"
