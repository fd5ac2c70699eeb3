"""Commands that bring papers in and out: copy, open in the browser, add."""

from readlist.paper import Paper
from readlist.search.view import Shelf, sort_papers
from readlist.tui.commands.base import Command


class Copy(Command):
    """Copy a citation: one more key says which."""

    id, keys, label, group = "copy", "y", "Copy", "Sharing"
    in_key_bar = True
    needs_paper = True

    def run(self) -> None:
        from readlist.tui.screens.copy_menu import CopyMenu  # noqa: PLC0415 - opened on demand

        papers = tuple(self.papers)
        menu = CopyMenu(self.screen.config.cite_style, len(papers))
        self.screen.app.push_screen(menu, lambda style: self._copy(papers, style))

    def _copy(self, papers: tuple[Paper, ...], style: str | None) -> None:
        from readlist.tui.screens.copy_menu import ANY_STYLE  # noqa: PLC0415 - as above

        if style == ANY_STYLE:
            PickStyle(self.screen).pick(papers)
        elif style:
            self.screen.copy(papers, style)


class PickStyle(Command):
    """Copy in any citation style, chosen from a list with a live preview."""

    id, keys, label, group = "pick-style", "Y", "Pick style", "Sharing"
    needs_paper = True

    def run(self) -> None:
        self.pick(tuple(self.papers))

    def pick(self, papers: tuple[Paper, ...]) -> None:
        """Offer all styles for ``papers``."""
        from readlist.tui.screens.style_picker import StylePicker  # noqa: PLC0415 - opened on demand

        picker = StylePicker(papers, self.session.library)
        self.screen.app.push_screen(picker, lambda style: self.screen.copy(papers, style) if style else None)


class OpenPage(Command):
    """Open the abstract page in the browser."""

    id, keys, label, group = "open-page", "o", "Open page", "Sharing"
    needs_paper = True

    def run(self) -> None:
        self.screen.browse([paper.abstract_page for paper in self.papers], "page")


class OpenPdf(Command):
    """Open the PDF in the browser."""

    id, keys, label, group = "open-pdf", "p", "Open PDF", "Sharing"
    needs_paper = True

    def run(self) -> None:
        self.screen.browse([paper.pdf_page for paper in self.papers], "PDF")


class Add(Command):
    """Add papers: paste a listing page, or name a file."""

    id, keys, label, group = "add", "a", "Add", "Sharing"

    def run(self) -> None:
        self.screen.open_add("")


class Export(Command):
    """Write papers to a file, or as notes for Obsidian."""

    id, keys, label, group = "export", "w", "Export…", "Sharing"

    def enabled(self) -> bool:
        return bool(self.session.view.papers or self.session.papers)

    def run(self) -> None:
        from readlist.tui.screens.export import ExportScreen, Extent  # noqa: PLC0415 - opened on demand

        view, papers = self.session.view, self.session.papers
        selected = self.papers if self.session.selection else []
        extents = [Extent("selected", len(selected), lambda: selected)] if selected else []
        if len(view.papers) > len(selected):
            extents.append(Extent("shown", len(view.papers), lambda: view.papers))
        if papers and (view.shelf is Shelf.TRASH or len(papers) > len(view.papers)):
            extents.append(Extent("in the list", len(papers), lambda: sort_papers(papers.values(), view.order)))
        self.screen.app.push_screen(ExportScreen(self.session.library, extents), self._told)

    def _told(self, message: str | None) -> None:
        if message:
            self.session.look()  # citation keys have been handed out
            self.screen.show_view()
            self.screen.say(message)
