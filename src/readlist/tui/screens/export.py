"""Writing papers to a file: which papers, in which format, under which name."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from readlist import exporting
from readlist.config import user_path
from readlist.errors import UsageError
from readlist.importing import counted
from readlist.latex import plain
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.options import Options
from readlist.tui.widgets.panel import Panel

_FOLDER = Path("~")
_NAME = "readlist-export"


class Extent(NamedTuple):
    """Papers that can be written, and what they are to the user."""

    label: str
    number: int
    papers: Callable[[], Sequence[Paper]]
    """Called off the event loop: to put a large library in order takes a while."""


class _Form(NamedTuple):
    """A format, and how it is offered."""

    format: str
    label: str
    suffix: str


_FORMS = (
    _Form("bibtex", "BibTeX", ".bib"),
    _Form("biblatex", "BibLaTeX", ".bib"),
    _Form("ris", "RIS, for Zotero and EndNote", ".ris"),
    _Form("csl-json", "CSL-JSON, for Pandoc and Zotero", ".json"),
    _Form("markdown", "Markdown, a list of links", ".md"),
    _Form("csv", "CSV, a table for spreadsheets", ".csv"),
    _Form("json", "JSON, all that readlist knows", ".json"),
    _Form(exporting.NOTES, "Obsidian, a note for each paper", ""),
)
_SUFFIXES = frozenset(form.suffix for form in _FORMS if form.suffix)


class ExportScreen(Dialog[str | None]):
    """Asks for format and file name, writes, and gives the sentence that tells what was written."""

    CSS_PATH = style_sheet("export")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", priority=True),
        Binding("enter", "write", "Write", priority=True),
        Binding("down,ctrl+n", "step(1)", "Next format", priority=True),
        Binding("up", "step(-1)", "Format before", priority=True),
        Binding("tab", "widen", "Which papers", priority=True),
    ]

    def __init__(self, library: Library, extents: Sequence[Extent]) -> None:
        """``extents``, one at least, in the order in which they are offered."""
        super().__init__()
        self._library = library
        self._extents = extents
        self._extent = 0
        self._confirmed: Path | None = None
        self._writing = False

    def compose(self) -> ComposeResult:
        """Which papers, the formats, the name, and what has gone wrong."""
        with Panel(id="export") as panel:
            panel.border_title = "Export"
            panel.show_hints("enter writes", "↓ ↑ format", "tab which papers", "esc cancels")
            yield Static(id="export-papers", markup=False)
            forms = Options(*(Option(form.label) for form in _FORMS))
            forms.can_focus = False
            yield forms
            yield Input(str(_FOLDER / f"{_NAME}{_FORMS[0].suffix}"), compact=True, select_on_focus=False)
            yield Static(id="export-problem", markup=False)

    def on_mount(self) -> None:
        """Start with the first format and the smallest set of papers."""
        self.query_one(OptionList).highlighted = 0
        self._show_extent()

    def _show_extent(self) -> None:
        chosen = self._extents[self._extent]
        others = " or ".join(f"{extent.number:,} {extent.label}" for extent in self._extents if extent is not chosen)
        parts = [(f"{counted(chosen.number, 'paper')} {chosen.label}", "bold")]
        parts += [(f"   tab: {others}", "$text-muted")] if others else []
        self.query_one("#export-papers", Static).update(Content.assemble(*parts))

    @property
    def _form(self) -> _Form:
        return _FORMS[self.query_one(OptionList).highlighted or 0]

    def action_widen(self) -> None:
        """Take the next set of papers: selected, shown, all."""
        if len(self._extents) == 1:
            self.notify("These are all papers: nothing is selected, searched or left out", markup=False)
        self._extent = (self._extent + 1) % len(self._extents)
        self._show_extent()

    def action_step(self, rows: int) -> None:
        """Take another format; the name's suffix follows."""
        forms = self.query_one(OptionList)
        (forms.action_cursor_down if rows > 0 else forms.action_cursor_up)()

    def on_option_list_option_highlighted(self) -> None:
        """Let the name fit the format, as long as it has a suffix that a format brought."""
        field = self.query_one(Input)
        path = Path(field.value)
        if path.suffix in _SUFFIXES or (path.name == _NAME and not path.suffix):
            field.value = str(path.with_suffix(self._form.suffix))
            field.cursor_position = len(field.value)

    def on_option_list_option_selected(self) -> None:
        """A click on a format writes nothing yet: the name may be another."""
        self.query_one(Input).focus()

    def on_input_changed(self) -> None:
        """Forget what was said of another name."""
        self._confirmed = None
        self._complain("")

    def _complain(self, text: str, style: str = "$text-error") -> None:
        if self.is_left:
            return
        self.query_one("#export-problem", Static).update(Content.styled(plain(text), style))

    def action_write(self) -> None:
        """Write, or say why not; a file that exists is replaced at the second time of asking."""
        if not self._writing:
            self._write(self.query_one(Input).value.strip(), self._form.format, self._extents[self._extent])

    @work(group="exporting")
    async def _write(self, named: str, form: str, extent: Extent) -> None:
        self._writing = True
        try:
            path = user_path(named)
            if form != exporting.NOTES and self._confirmed != path and await asyncio.to_thread(path.is_file):
                self._confirmed = path
                self._complain(f"{named} exists. Enter once more replaces it.", "$text-warning")
                return
            self._complain("Writing …", "$text-muted")
            self.dismiss(await asyncio.to_thread(_write, self._library, extent.papers, form, path, named))
        except (UsageError, ValueError, OSError) as error:
            self._complain(error.strerror if isinstance(error, OSError) and error.strerror else str(error))
        finally:
            self._writing = False


def _write(library: Library, chosen: Callable[[], Sequence[Paper]], form: str, path: Path, named: str) -> str:
    """Write, and say what was written."""
    papers = chosen()
    if form != exporting.NOTES:
        exporting.write_file(library, papers, form, path)
        return f"{counted(len(papers), 'paper')} written to {named}"
    written = exporting.write_notes(library, papers, path)
    return "\n".join([f"{written.summary} in {named}", *written.refusals[:1]])
