"""Commands that bring papers in and out: copy, open in the browser, add."""

import asyncio
from typing import TYPE_CHECKING

from readlist import style_memory
from readlist.paper import Paper
from readlist.search.view import Shelf, sort_papers
from readlist.tui.commands.base import Command

if TYPE_CHECKING:
    from readlist.tui.screens.copy_menu import Answer
    from readlist.tui.screens.style_picker import Picked


class Copy(Command):
    """Copy a citation: one more key says which."""

    id, keys, label, group = "copy", "y", "Copy", "Sharing"
    repeats = True
    in_key_bar = True
    needs_paper = True

    def run(self) -> None:
        from readlist.tui.screens.copy_menu import CopyMenu  # noqa: PLC0415 - opened on demand

        papers = tuple(self.papers)
        # Another window may have made another one the default.
        default = style_memory.load().default_style(self.screen.config)
        self.screen.app.push_screen(CopyMenu(default, len(papers)), lambda answer: self._copy(papers, answer))

    def repeat(self) -> None:
        if self.screen.last_copy:
            style, rich = self.screen.last_copy
            self.screen.copy(tuple(self.papers), style, rich=rich)

    def _copy(self, papers: tuple[Paper, ...], answer: "Answer | None") -> None:
        if answer is None:
            return
        if answer.style is None:
            PickStyle(self.screen).pick(papers)
        else:
            self.screen.copy(papers, answer.style, rich=answer.rich)


class PickStyle(Command):
    """Copy in any citation style, chosen from a list with a live preview."""

    id, keys, label, group = "pick-style", "Y", "Pick style", "Sharing"
    needs_paper = True

    def run(self) -> None:
        self.pick(tuple(self.papers))

    def pick(self, papers: tuple[Paper, ...]) -> None:
        """Offer all styles for ``papers``."""
        from readlist.tui.screens.style_picker import StylePicker  # noqa: PLC0415 - opened on demand

        def copy(picked: "Picked | None") -> None:
            if picked:
                self.screen.copy(papers, picked.style, rich=picked.rich, remember=True)

        self.screen.app.push_screen(StylePicker(papers, self.session.library, self.screen.config), copy)


class OpenMenu(Command):
    """Choose what to open: page, PDF, DOI, alphaXiv, code, or a file on this computer."""

    id, keys, label, group = "open-menu", "O", "Open…", "Sharing"
    needs_paper = True

    def run(self) -> None:
        from readlist.tui.screens.choice import Choice, ChoiceScreen  # noqa: PLC0415 - opened seldom

        paper = self.screen.paper_list.current
        if paper is None:
            return
        known = dict(paper.addresses)
        files = {f"file {number}": path for number, path in enumerate(paper.files, 1)}
        column = max(map(len, (*known, *files)), default=0)
        choices = [Choice(name, f"{name:<{column}}  {address}") for name, address in {**known, **files}.items()]
        if not choices:
            self.screen.say("Nothing is known that could be opened", severity="warning")
            return

        def go(chosen: str | None) -> None:
            if chosen in known:
                self.screen.browse([known[chosen]], chosen)
            elif chosen in files:
                self.screen.open_file(files[chosen])

        self.screen.app.push_screen(ChoiceScreen("Open", choices, current=""), go)


class Attach(Command):
    """Attach a file on this computer, a PDF for instance."""

    id, keys, label, group = "attach", "A", "Attach", "Sharing"
    needs_paper = True

    def run(self) -> None:
        from readlist.tui.screens.attach import AttachScreen  # noqa: PLC0415 - opened seldom

        paper = self.screen.paper_list.current
        if paper is None:
            return

        def attach(path: str | None) -> None:
            if path and path not in paper.files:
                self.screen.carry_out(
                    lambda library: library.edit([paper.id], f"Attached {path}", files=(*paper.files, path))
                )

        self.screen.app.push_screen(AttachScreen(self.session.library.path), attach)


class OpenPage(Command):
    """Open the abstract page in the browser."""

    id, keys, label, group = "open-page", "o", "Open page", "Sharing"
    needs_paper = True

    def run(self) -> None:
        self.screen.browse([paper.abstract_page for paper in self.papers], "page")


class OpenPdf(Command):
    """Open the PDF: the one that is attached, else the one in the browser."""

    id, keys, label, group = "open-pdf", "p", "Open PDF", "Sharing"
    needs_paper = True

    def run(self) -> None:
        attached = [next((file for file in paper.files if file.lower().endswith(".pdf")), "") for paper in self.papers]
        if len(attached) == 1 and attached[0]:
            self.screen.open_file(attached[0])
        else:
            self.screen.browse([paper.pdf_page for paper in self.papers], "PDF")


class Add(Command):
    """Add papers: paste a listing page, or name a file."""

    id, keys, label, group = "add", "a", "Add", "Sharing"

    def run(self) -> None:
        self.screen.open_add("")


class Duplicates(Command):
    """Look through papers that may be one, side by side, and merge them."""

    id, keys, label, group = "duplicates", "D", "Duplicates", "Sharing"

    def enabled(self) -> bool:
        return len(self.session.papers) > 1

    def run(self) -> None:
        self.screen.start(self._look_through(), "duplicates")

    async def _look_through(self) -> None:
        from readlist.intake.duplicates import suspects  # noqa: PLC0415 - costs nothing before it is asked for
        from readlist.tui.screens.duplicates import DuplicatesScreen  # noqa: PLC0415 - opened on demand

        papers = self.session.papers
        found = await asyncio.to_thread(lambda: suspects(tuple(papers.values())))
        if found:
            self.screen.app.push_screen(DuplicatesScreen(found, self._merge))
        else:
            self.screen.say("No paper stands in the list twice")

    def _merge(self, kept: Paper, other: Paper) -> None:
        self.screen.carry_out(lambda library: library.merge(kept.id, [other.id]))


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
