"""Adding papers: a pasted listing page or a file, with a preview before anything is written."""

import asyncio
import datetime as dt
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from readlist.config import user_path
from readlist.errors import UsageError
from readlist.importing import ImportPlan, plan_import, read_page
from readlist.latex import plain, to_unicode
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.tui.screens.dialog import Dialog
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.panel import Panel

_SHOWN = 200
"""How many papers the preview names; the summary counts them all."""


class _PasteInput(Input):
    """A line for a path, which hands on a paste of several lines instead of cutting it."""

    def _on_paste(self, event: events.Paste) -> None:
        if len(event.text.splitlines()) > 1:
            event.stop()
            event.prevent_default()
            self.screen.post_message(events.Paste(event.text))


class AddScreen(Dialog[ImportPlan | None]):
    """Shows what a text would bring; enter adds it, esc leaves everything as it was."""

    CSS_PATH = style_sheet("add")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", priority=True),
        Binding("enter", "go_on", "Read or add", priority=True),
        Binding("down,pagedown", "scroll(1)", "Down", priority=True),
        Binding("up,pageup", "scroll(-1)", "Up", priority=True),
    ]

    def __init__(self, library: Library, text: str = "") -> None:
        super().__init__()
        self._library = library
        self._text = text
        self._plan: ImportPlan | None = None

    def compose(self) -> ComposeResult:
        """A line for a path, what was recognised, and the papers."""
        with Panel(id="add") as panel:
            panel.border_title = "Add papers"
            panel.show_hints("enter adds", "↓ ↑ scroll", "esc cancels")
            yield _PasteInput(
                placeholder="Paste a page, a bibliography or links, or name a file",
                compact=True,
                id="add-path",
            )
            yield Static(id="add-summary", markup=False)
            with VerticalScroll(id="add-scroll", can_focus=False):
                yield Static(id="add-preview", markup=False)

    def on_mount(self) -> None:
        """Read what was pasted, if anything was."""
        if self._text:
            self._read(self._text)

    def on_paste(self, event: events.Paste) -> None:
        """Read what is pasted."""
        event.stop()
        self._read(event.text)

    @work(exclusive=True, group="reading")
    async def _read(self, text: bytes | str, retrieved: dt.date | None = None) -> None:
        self._say("Reading …")
        plan = await asyncio.to_thread(plan_import, self._library, text, retrieved)
        if self.is_left:
            return
        self._plan = plan
        self.query_one("#add-path", Input).display = False
        does = "adds" if self._plan.new else "completes"
        number = len(self._plan.new or self._plan.completed)
        action = "   nothing to add: esc goes back" if self._plan.is_empty else f"   enter {does} {number:,}"
        self._say(self._plan.summary + action)
        self.query_one("#add-preview", Static).update(_preview(self._plan))

    def _say(self, text: str, style: str = "bold") -> None:
        if self.is_left:
            return
        self.query_one("#add-summary", Static).update(Content.styled(text, style))

    def action_go_on(self) -> None:
        """Add what is shown; or read what is typed: arXiv ids, DOIs and links, or the name of a file."""
        if self._plan is not None:
            self.dismiss(None if self._plan.is_empty else self._plan)
            return
        named = self.query_one("#add-path", Input).value.strip()
        if not named:
            return
        from readlist.intake.links import read_links  # noqa: PLC0415 - for what is typed here alone

        if read_links(named).papers and not _is_file(named):
            self._read(named)
        else:
            self._read_file(named)

    @work(exclusive=True, group="reading")
    async def _read_file(self, named: str) -> None:
        try:
            content, written = await asyncio.to_thread(lambda: read_page(user_path(named)))
        except UsageError as error:
            self._say(str(error), "$text-error")
        else:
            self._read(content, written)

    def action_scroll(self, rows: int) -> None:
        """Scroll the preview."""
        self.query_one("#add-scroll").scroll_relative(y=rows, animate=False)


def _is_file(named: str) -> bool:
    try:
        return user_path(named).exists()
    except UsageError:
        return False


def _preview(plan: ImportPlan) -> Content:
    lines = [
        Content.styled(f"line {reject.line}: {reject.reason.rstrip('.')}: {plain(reject.text)[:60]}", "$text-error")
        for reject in plan.rejects[:_SHOWN]
    ]
    for paper in plan.new[:_SHOWN]:
        lines.append(_entry(paper, "new  "))
        if paper.needs_review:
            lines.append(Content.styled(f"      check: {plain(paper.review_reason)}", "$text-warning"))
    lines += [_entry(paper, "known") for paper in plan.known[:_SHOWN]]
    return Content("\n").join(lines)


def _entry(paper: Paper, mark: str) -> Content:
    authors = ", ".join(author.short for author in paper.authors) + ("" if paper.authors_complete else " et al.")
    return Content.assemble(
        (f"{mark} ", "$foreground 60%"),
        to_unicode(paper.title),
        (f"  {plain(authors)} {paper.year}", "$foreground 60%"),
    )
