"""A note as it reads: Markdown laid out, with its links and the notes that link here."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Markdown, OptionList, Static
from textual.widgets.option_list import Option

from readlist.latex import plain, to_unicode
from readlist.note_links import SCHEME, as_markdown, back_links, linked, links
from readlist.paper import Paper
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.options import Options
from readlist.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from readlist.tui.session import Session


class NotePreview(Dialog[str | None]):
    """Shows the note of one paper; gives the id of the paper that a link was followed to."""

    CSS_PATH = style_sheet("note_preview")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,m", "dismiss(None)", "Close", priority=True),
        Binding("j", "scroll(1)", "Down", priority=True),
        Binding("k", "scroll(-1)", "Up", priority=True),
        Binding("pagedown,ctrl+d,space", "scroll(10)", "Page down", priority=True),
        Binding("pageup,ctrl+u", "scroll(-10)", "Page up", priority=True),
    ]

    def __init__(self, session: "Session", paper: Paper, browse: Callable[[str], object]) -> None:
        super().__init__()
        self._paper = paper
        self._browse = browse
        self._linked = linked(session.holding(links(paper.note)), paper.note)
        self._back = back_links(session.found("has:note"), paper)

    def compose(self) -> ComposeResult:
        """The title, the note, and where its links lead."""
        note = "\n".join(plain(line) for line in self._paper.note.splitlines())
        with Panel(id="note-preview") as panel:
            panel.border_title = "Note"
            leads = ["enter follows a link"] if self._linked or self._back else []
            panel.show_hints(*leads, "j k scroll", "esc closes")
            yield Static(Content.styled(plain(to_unicode(self._paper.title)), "bold"), id="note-title", markup=False)
            with VerticalScroll(id="note-text", can_focus=False):
                yield Markdown(as_markdown(note, self._linked) or "*No note yet: n writes one.*", open_links=False)
            options = [Option(Content(f"→ {_named(paper)}"), id=f"to\n{paper.id}") for paper in self._linked.values()]
            options += [Option(Content(f"← {_named(paper)}"), id=f"from\n{paper.id}") for paper in self._back]
            if options:
                yield Options(*options, compact=True)

    def on_mount(self) -> None:
        """Let enter follow the first link."""
        for options in self.query(OptionList):
            options.highlighted = 0
            options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the paper."""
        self.dismiss((event.option.id or "").partition("\n")[2])

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Follow a link that was clicked."""
        event.stop()
        if event.href.startswith(SCHEME):
            self.dismiss(event.href.removeprefix(SCHEME))
        else:
            self._browse(event.href)

    def action_scroll(self, rows: int) -> None:
        """Scroll the note."""
        self.query_one("#note-text").scroll_relative(y=rows, animate=False)


def _named(paper: Paper) -> str:
    author = plain(to_unicode(paper.authors[0].short)) if paper.authors else ""
    return " ".join(part for part in (author, paper.year, plain(to_unicode(paper.title))) if part)
