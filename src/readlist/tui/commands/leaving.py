"""Commands of the app as a whole: help, palette, save, quit."""

from readlist.search.view import Shelf
from readlist.tui.commands.base import Command


class Help(Command):
    """Show every key and what it does."""

    id, keys, label, group = "help", "question_mark,f1", "Help", "readlist"
    in_sidebar = True
    in_key_bar = True

    def run(self) -> None:
        from readlist.tui.screens.help import HelpScreen, help_entries  # noqa: PLC0415 - opened on demand

        self.screen.app.push_screen(HelpScreen(help_entries(self.screen, first=self._context())))

    def _context(self) -> str:
        """The heading of what the user is doing."""
        if self.session.view.shelf is Shelf.TRASH:
            return "In the trash"
        return "In the sidebar" if self.screen.focused is self.screen.sidebar is not None else ""


class Palette(Command):
    """Find any command by its name."""

    id, keys, label, group = "palette", "ctrl+p", "Palette", "readlist"
    in_sidebar = True
    while_typing = True

    def run(self) -> None:
        from readlist.tui.commands.palette import Palette as PaletteScreen  # noqa: PLC0415 - opened on demand

        if self.screen.is_current:
            self.screen.app.push_screen(PaletteScreen())


class Save(Command):
    """Try again to write what the disk has refused; all else is saved without asking."""

    id, keys, label, group = "save", "ctrl+s", "Save", "readlist"
    in_sidebar = True
    while_typing = True

    def enabled(self) -> bool:
        return not self.screen.is_writing  # the note editor has its own

    def run(self) -> None:
        self.screen.retry()


class Quit(Command):
    """Quit; everything is saved already."""

    id, keys, label, group = "quit", "q", "Quit", "readlist"
    in_sidebar = True

    def run(self) -> None:
        self.screen.leave()


class QuitAnyway(Command):
    """Quit, also while a text field has the focus; a note being written is saved first."""

    id, keys, label, group = "quit-anyway", "ctrl+q", "Quit", "readlist"
    in_sidebar = True
    while_typing = True

    def run(self) -> None:
        self.screen.leave()
