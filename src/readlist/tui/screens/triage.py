"""Triage: unread papers one at a time over the whole width, and one key for what becomes of each."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from readlist.library.library import Change, Library
from readlist.paper import Paper
from readlist.search.query import Query
from readlist.statuses import Role, current, meaning
from readlist.tui.commands.contexts import CONTEXT_KEYS, TRIAGE
from readlist.tui.commands.marking import Mark
from readlist.tui.commands.reading import Tags
from readlist.tui.style_sheets import style_sheet
from readlist.tui.toasts import TellsItself
from readlist.tui.triage_places import Beginning
from readlist.tui.widgets.bars import Key, KeyBar
from readlist.tui.widgets.detail_text import detail_text

if TYPE_CHECKING:
    from readlist.tui.screens.main import MainScreen

_DECISIONS = {"read": "Read", "drop": "Drop", "queue": "Later"}
_BARS = (24, 12, 6)
"""Cells of the progress bar, as there is room."""


class _Step(NamedTuple):
    """Something that was done here and can be taken back."""

    at: int
    """With which paper."""
    decides: bool
    """Whether it went on to the next one then."""


def _place(binding: Binding) -> int:
    """Where the key bar shows it: the statuses of the settings stand behind the other decisions."""
    order = [key.id for key in TRIAGE]
    return order.index(binding.id) if binding.id in order else order.index("triage-drop")


class TriageScreen(TellsItself):
    """Shows the papers in turn, and gives the id of the one at which it was left."""

    CSS_PATH = style_sheet("triage")
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in TRIAGE]

    def __init__(
        self,
        main: "MainScreen",
        ids: Sequence[str],
        start: Beginning,
        *,
        keep: Callable[[Sequence[str]], object] = tuple,
    ) -> None:
        """Go through the papers with these ids.

        Args:
            main: the screen below.
            ids: the papers.
            start: where to begin.
            keep: remembers the ids that are left over, from the place on at which it is left.
        """
        super().__init__()
        self._main = main
        self._ids = ids
        self._start = start
        self._keep = keep
        self._at = start.at
        self._decided: dict[int, str] = {}
        """What was decided, in the words of the screen."""
        self._steps: list[_Step] = []
        self._bind_marks()

    def _bind_marks(self) -> None:
        """Let the keys of statuses decide as well, as far as triage leaves them free."""
        keymap = self._main.app._keymap  # noqa: SLF001 - Textual offers no public way to ask
        taken = set(",".join(keymap.get(key.id, key.keys) for key in TRIAGE).split(","))
        marks = [command for command in self._main.commands.values() if issubclass(command, Mark)]
        self._bindings = BindingsMap.merge(
            [
                self._bindings,
                BindingsMap(
                    [
                        Binding(key, f"mark('{mark.value}')", mark.label, priority=True, tooltip=mark.tooltip())
                        for mark in marks
                        for key in self._main.keys_of(mark.id)
                        if key not in taken
                    ]
                ),
            ]
        )

    def compose(self) -> ComposeResult:
        """Progress above, the paper, the keys below."""
        yield Static(id="triage-progress", markup=False)
        yield Static(self._told_start(), id="triage-told", markup=False)
        with VerticalScroll(id="triage-paper", can_focus=False):
            yield Static(id="triage-text", markup=False)
        yield KeyBar(id="keys", lines=2)

    def on_mount(self) -> None:
        """Show the first."""
        bindings: dict[str, Binding] = {}
        for active in self.active_bindings.values():
            bindings.setdefault(active.binding.description, active.binding)
        keys = [
            Key(self.app.get_key_display(binding), binding.description, f"screen.{binding.action}", binding.tooltip)
            for binding in sorted(bindings.values(), key=_place)
            if binding.show and binding.priority and binding.tooltip
        ]
        self.query_one(KeyBar).show_keys(keys)
        self._main.changed.subscribe(self, lambda _: self._show())
        self._show()

    def on_unmount(self) -> None:
        """Remember the place, however the screen is left."""
        self._keep(self._ids[self._at :])

    def on_resize(self) -> None:
        """Fit the progress to the new width."""
        self._show()

    def tell(self, message: str) -> None:
        """Say it between progress and paper, until the next key that leads to another paper."""
        if self.query("#triage-told"):
            self.query_one("#triage-told", Static).update(message)

    def _told_start(self) -> str:
        """Where it begins, and the keys for where else it could."""
        start, keys = self._start, dict[str, str]()
        if start.at:
            keys["triage-top"] = "at the top"
        if start.cursor not in {0, start.at}:
            keys["triage-cursor"] = "at the list's cursor"
        begun = "Goes on where it was left" if start.goes_on else "Begins at the list's cursor" if start.at else ""
        return " · ".join([begun, *(f"{self._key_of(key)} {where}" for key, where in keys.items())]) if begun else ""

    def _key_of(self, identifier: str) -> str:
        """The first key that is bound to this one of `TRIAGE`."""
        keymap = self._main.app._keymap  # noqa: SLF001 - Textual offers no public way to ask
        keys = keymap.get(identifier, CONTEXT_KEYS[identifier].keys)
        return self._main.app.get_key_display(Binding(keys.split(",")[0], ""))

    @property
    def _paper(self) -> Paper | None:
        return self._main.session.papers.get(self._ids[self._at]) if self._at < len(self._ids) else None

    def _show(self) -> None:
        if not self.query("#triage-text"):  # a change was published while the screen was being left
            return
        number = len(self._ids)
        told = self._told("   ")
        self.query_one("#triage-progress", Static).update(self._progress(), layout=False)
        paper = self._paper
        if self._at >= number:
            text = Content.assemble(
                ("That was all of them.", "bold"), f"\n\n{told or 'Nothing was decided.'}\n\nesc goes back."
            )
        elif paper is None:
            text = Content.styled("Deleted in another window meanwhile; j goes on.", "$text-warning")
        else:
            decided = self._decided.get(self._at)
            sign = Content.styled(f"\n\n→ {decided}", "bold $text-accent") if decided else Content("")
            text = detail_text(paper, Query()) + sign
        self.query_one("#triage-text", Static).update(text)

    def _told(self, between: str) -> str:
        """What was decided, in numbers."""
        tally = Counter(self._decided.values())
        order = dict.fromkeys((*_DECISIONS.values(), *tally))
        return between.join(f"{tally[what]} {what.lower()}" for what in order if tally[what])

    def _progress(self) -> Content:
        """The place, and apart from it how much was decided; the bar is the first to go for want of room."""
        number, decided = len(self._ids), len(self._decided)
        width = self.size.width or self.app.size.width
        name = Content.styled(" Triage ", "bold reverse $primary")
        place = f"{min(self._at + 1, number):,} of {number:,}"
        told = self._told("   ")
        bars = [_bar(decided, number, cells) for cells in _BARS]
        forms = [
            *(
                Content.assemble(name, f"  paper {place}   ", bar, f" {decided:,} decided   {told}".rstrip())
                for bar in bars
            ),
            Content.assemble(name, f"  paper {place}   {told or 'nothing decided yet'}"),
            Content.assemble(name, f"  {place}  {self._told(' ') or '0 decided'}"),
            Content(f" {place}  {self._told(' ') or '0 decided'}"),
        ]
        return next((form for form in forms if form.cell_length <= width), forms[-1])

    def action_begin(self, where: str) -> None:
        """Begin elsewhere: at the top, or at the cursor of the list."""
        self._at = self._start.cursor if where == "cursor" else 0
        self.action_step(0)

    def action_step(self, step: int) -> None:
        """Go on, or back, without a decision."""
        self._at = min(max(self._at + step, 0), len(self._ids))
        self.tell("")
        self.query_one("#triage-paper").scroll_home(animate=False)
        self._show()

    def action_decide(self, decision: str) -> None:
        """Decide and go on."""
        paper = self._paper
        if paper is None:
            return
        if decision == "queue":
            if not paper.queue:
                self._main.command_on("queue", paper)
        else:
            status = current().first_in(Role.DONE if decision == "read" else Role.ASIDE)
            if status is None:
                self._main.say("The settings have no status for what is dropped")
                return
            self._give(paper, status.value)
        self._go_on(_DECISIONS[decision])

    def action_mark(self, status: str) -> None:
        """Give this status and go on."""
        paper = self._paper
        if paper is not None:
            self._give(paper, status)
            self._go_on(meaning(status).name.capitalize())

    def _give(self, paper: Paper, status: str) -> None:
        def act(library: Library) -> Change | None:
            return library.edit([paper.id], status=status)

        self._main.carry_out(act)

    def _go_on(self, decision: str) -> None:
        self._decided[self._at] = decision
        self._steps.append(_Step(self._at, decides=True))
        self.action_step(1)

    def action_command(self, name: str) -> None:
        """Do what this key does in the list, with this paper."""
        paper = self._paper
        if paper is None:
            return
        if name == "tags":
            step = _Step(self._at, decides=False)
            Tags(self._main).ask([paper], lambda: self._steps.append(step))
        else:
            self._main.command_on(name, paper)
            if name == "star":
                self._steps.append(_Step(self._at, decides=False))

    def action_undo(self) -> None:
        """Take back what was done last here."""
        if not self._steps:
            self._main.say("Nothing was decided here yet")
            return
        step = self._steps.pop()
        self._at = step.at
        if step.decides:
            self._decided.pop(self._at, None)
        self._main.carry_out(Library.undo, undoes=False)
        self._show()

    def action_scroll(self, rows: int) -> None:
        """Scroll a long abstract."""
        self.query_one("#triage-paper").scroll_relative(y=rows, animate=False)

    def action_help(self) -> None:
        """Show the keys, those of triage first."""
        from readlist.tui.screens.help import HelpScreen, help_entries  # noqa: PLC0415 - opened on demand

        self.app.push_screen(HelpScreen(help_entries(self._main, first="In triage")))

    def action_quit(self) -> None:
        """Quit from here."""
        self._main.leave()

    def action_leave(self) -> None:
        """Back to the list."""
        if not self.is_current:  # a key too many, typed faster than it closes
            return
        self.dismiss(self._ids[min(self._at, len(self._ids) - 1)])


def _bar(part: int, whole: int, cells: int) -> Content:
    """``part`` of ``whole`` as a bar; something shows of the first."""
    filled = max(round(cells * part / whole), 1) if part and whole else 0
    return Content.assemble(("━" * filled, "$primary"), ("╌" * (cells - filled), "$foreground 40%"))
