"""Triage: unread papers one at a time over the whole width, and one key for what becomes of each."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from readlist.library.library import Change, Library
from readlist.paper import Paper, Status
from readlist.search.query import Query
from readlist.tui.style_sheets import style_sheet
from readlist.tui.widgets.bars import KeyBar
from readlist.tui.widgets.detail_text import detail_text

if TYPE_CHECKING:
    from readlist.tui.screens.main import MainScreen

_DECISIONS = {"read": "Read", "drop": "Drop", "queue": "Later"}
_BAR = 24
"""Cells of the progress bar."""


class TriageScreen(Screen[str | None]):
    """Shows the papers in turn, and gives the id of the one at which it was left."""

    CSS_PATH = style_sheet("triage")
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "decide('read')", "Read", priority=True, tooltip="It is read; on to the next."),
        Binding("l,Q", "decide('queue')", "Later", priority=True, tooltip="Into the reading queue; on to the next."),
        Binding("x,minus,d", "decide('drop')", "Drop", priority=True, tooltip="It will not be read; on to the next."),
        Binding("asterisk", "command('star')", "Star", priority=True, tooltip="Star it; it stays here."),
        Binding("t", "command('tags')", "Tags", priority=True, tooltip="Give it tags; it stays here."),
        Binding("j,space,down,right", "step(1)", "Skip", priority=True, tooltip="Leave it as it is."),
        Binding("k,up,left", "step(-1)", "Back", priority=True, tooltip="To the one before."),
        Binding("u", "undo", "Undo", priority=True, tooltip="Take back the last decision and show its paper again."),
        Binding("o", "command('open-page')", "Page", priority=True, show=False),
        Binding("p", "command('open-pdf')", "PDF", priority=True, show=False),
        Binding("pagedown,ctrl+d", "scroll(10)", "Scroll", priority=True, show=False),
        Binding("pageup,ctrl+u", "scroll(-10)", "Scroll", priority=True, show=False),
        Binding("escape,q,T", "leave", "Leave", priority=True, tooltip="Back to the list, at this paper."),
    ]

    def __init__(self, main: "MainScreen", ids: Sequence[str], start: int) -> None:
        super().__init__()
        self._main = main
        self._ids = ids
        self._at = start
        self._decided: dict[int, str] = {}
        self._undoable: list[int] = []

    def compose(self) -> ComposeResult:
        """Progress above, the paper, the keys below."""
        yield Static(id="triage-progress", markup=False)
        with VerticalScroll(id="triage-paper", can_focus=False):
            yield Static(id="triage-text", markup=False)
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show the first."""
        bindings: dict[str, Binding] = {}
        for active in self.active_bindings.values():
            bindings.setdefault(active.binding.description, active.binding)
        keys = [
            (self.app.get_key_display(binding), binding.description, f"screen.{binding.action}")
            for binding in bindings.values()
            if binding.show and binding.priority and binding.tooltip
        ]
        self.query_one(KeyBar).show_keys(keys)
        self._main.changed.subscribe(self, lambda _: self._show())
        self._show()

    @property
    def _paper(self) -> Paper | None:
        return self._main.session.papers.get(self._ids[self._at]) if self._at < len(self._ids) else None

    def _show(self) -> None:
        if not self.query("#triage-text"):  # a change was published while the screen was being left
            return
        number = len(self._ids)
        done = min(self._at, number)
        bar = "━" * round(_BAR * done / number) if number else ""
        tally = Counter(self._decided.values())
        told = "   ".join(f"{tally[name]} {_DECISIONS[name].lower()}" for name in _DECISIONS if tally[name])
        place = f"{min(done + 1, number):,} of {number:,}"
        self.query_one("#triage-progress", Static).update(
            Content.assemble(
                (" Triage ", "bold reverse $primary"), f"  {place}  ", (f"{bar:<{_BAR}}", "$primary"), f"  {told}"
            )
        )
        paper = self._paper
        if self._at >= number:
            text = Content.assemble(
                ("That was all of them.", "bold"), f"\n\n{told or 'Nothing was decided.'}\n\nesc goes back."
            )
        elif paper is None:
            text = Content.styled("Deleted in another window meanwhile; j goes on.", "$text-warning")
        else:
            decided = self._decided.get(self._at)
            sign = Content.styled(f"\n\n→ {_DECISIONS[decided]}", "bold $text-accent") if decided else Content("")
            text = detail_text(paper, Query()) + sign
        self.query_one("#triage-text", Static).update(text)

    def action_step(self, step: int) -> None:
        """Go on, or back, without a decision."""
        self._at = min(max(self._at + step, 0), len(self._ids))
        self.query_one("#triage-paper").scroll_home(animate=False)
        self._show()

    def action_decide(self, decision: str) -> None:
        """Decide and go on."""
        paper = self._paper
        if paper is None:
            return
        identifier = paper.id
        if decision == "queue":
            if not paper.queue:
                self._main.command_on("queue", identifier)
        else:
            status = Status.READ if decision == "read" else Status.DROPPED

            def act(library: Library) -> Change | None:
                return library.edit([identifier], status=status)

            self._main.carry_out(act)
        self._decided[self._at] = decision
        self._undoable.append(self._at)
        self.action_step(1)

    def action_command(self, name: str) -> None:
        """Do what this key does in the list, with this paper."""
        paper = self._paper
        if paper is not None:
            self._main.command_on(name, paper.id)

    def action_undo(self) -> None:
        """Take back the last decision that was made here."""
        if not self._undoable:
            self._main.say("Nothing was decided here yet")
            return
        self._at = self._undoable.pop()
        self._decided.pop(self._at, None)
        self._main.carry_out(Library.undo, undoes=False)
        self._show()

    def action_scroll(self, rows: int) -> None:
        """Scroll a long abstract."""
        self.query_one("#triage-paper").scroll_relative(y=rows, animate=False)

    def action_leave(self) -> None:
        """Back to the list."""
        if not self.is_current:  # a key too many, typed faster than it closes
            return
        self.dismiss(self._ids[min(self._at, len(self._ids) - 1)])
