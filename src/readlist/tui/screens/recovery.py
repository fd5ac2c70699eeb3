"""What the app shows when the library file is damaged or not ours: what is wrong, and the ways on."""

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from readlist.latex import plain
from readlist.library.errors import DamagedError
from readlist.library.library import Library
from readlist.tui.beginning import Damage
from readlist.tui.widgets.options import Options
from readlist.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from readlist.library.backups import Backup

Result = TypeVar("Result")
Opened = Callable[[Library, str], None]
"""Goes on with a library that could be opened, and with what there is to say of it."""


class _Way(NamedTuple):
    """One way on: what it is called, what it does, and what then happens."""

    label: str
    about: str
    take: Callable[[], None]


class RecoveryScreen(Screen[None]):
    """Lets the user choose how to go on with a library that cannot be opened; nothing happens without a choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step(1)", "Down", priority=True),
        Binding("k", "step(-1)", "Up", priority=True),
        Binding("pagedown,ctrl+d", "scroll(1)", "Scroll down", priority=True),
        Binding("pageup,ctrl+u", "scroll(-1)", "Scroll up", priority=True),
        Binding("escape", "back", "Back", priority=True),
        Binding("q,ctrl+q", "leave", "Quit", priority=True),
    ]
    AUTO_FOCUS = "#recovery-ways"

    def __init__(self, damage: Damage, opened: Opened) -> None:
        super().__init__()
        self._damage = damage
        self._opened = opened
        self._backups: list[Backup] = []
        self._can_repair = False
        self._ways: list[_Way] = []
        self._is_busy = False
        self._back: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """What is wrong above, the ways on below."""
        with Panel(id="recovery") as dialog:
            dialog.show_hints("enter or number chooses", "q quits")
            with VerticalScroll(id="recovery-scroll", can_focus=False):
                yield Static(id="recovery-text", markup=False)
            yield Options(id="recovery-ways", markup=False)

    def on_mount(self) -> None:
        """Say what is wrong, and look what there is to go on from."""
        self._show(self._damage.explanation, [])
        self._do("Looking what can be saved…", self._look, lambda _: self._offer())

    # What is offered

    def _look(self) -> None:
        from readlist.library import backups, repair  # noqa: PLC0415 - for damaged files alone

        path = self._damage.path
        self._backups = backups.backups_of(Path(os.path.realpath(path)))
        self._can_repair = repair.can_repair(path)

    def _offer(self, trouble: str = "") -> None:
        """Show the explanation (and ``trouble`` with the way that was tried last) and all ways on."""
        path = self._damage.path
        ways = [_Way("Look at what can be read", "Read-only; the file stays as it is", self._read)]
        if self._backups:
            ways.append(_Way("Go on from a backup", f"The latest: {_named(self._backups[0])}", self._offer_backups))
        if self._can_repair:
            ways.append(_Way("Repair", "Whole papers stay; backups give the others", self._repair))
        ways.append(_Way("Quit", "The file stays as it is", self.action_leave))
        told = [self._damage.explanation]
        if not self._backups:
            told.append("There is no backup of it.")
        if self._backups or self._can_repair:
            told.append(f"Whatever you choose, this file is kept: beside the new one as {_kept(path)}.")
        self._show("\n".join([*told, *(["", trouble] if trouble else [])]), ways)

    def _offer_backups(self) -> None:
        def way(backup: "Backup") -> _Way:
            return _Way(backup.when, backup.reason, lambda: self._restore(backup))

        path = self._damage.path
        told = f"Which backup takes the place of {path}? The damaged file is kept beside it as {_kept(path)}."
        self._show(f"{told}\n\nEsc goes back.", [way(backup) for backup in self._backups], back=self._offer)

    # What is done

    def _read(self) -> None:
        news = "Read-only: this is what could be read of the damaged file"
        self._do(
            "Reading what can be read…",
            lambda: Library.open_damaged(self._damage.path),
            lambda library: self._opened(library, news),
        )

    def _restore(self, backup: "Backup") -> None:
        from readlist.library import repair  # noqa: PLC0415 - for damaged files alone

        self._do(
            "Putting the backup in place…",
            lambda: repair.restore_backup(self._damage.path, backup),
            lambda kept: self._open(f"This is the backup of {_named(backup)}{_kept_as(kept)}"),
        )

    def _repair(self) -> None:
        from readlist.library import repair  # noqa: PLC0415 - for damaged files alone

        def report(done: repair.Report) -> None:
            papers = "1 paper" if done.papers == 1 else f"{done.papers:,} papers"
            told = [f"The library holds {papers}{_kept_as(done.kept)}.", ""]
            told += [f"· {sentence}" for sentence in done.sentences]
            ways = [
                _Way("Open the library", "", lambda: self._open(f"Repaired: {papers}{_kept_as(done.kept)}")),
                _Way("Quit", "The library stays repaired", self.action_leave),
            ]
            self._show("\n".join(told), ways, title="Repaired")

        self._do("Repairing…", lambda: repair.repair(self._damage.path), report)

    def _open(self, news: str = "") -> None:
        self._do(
            "Opening…",
            lambda: Library.open(self._damage.path, holds=True),
            lambda library: self._opened(library, news),
        )

    def _do(self, doing: str, work: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """Do ``work`` in a thread, then go on; when it fails, say so and offer all ways again."""

        async def done() -> None:
            try:
                result = await asyncio.to_thread(work)
            except DamagedError as error:
                self._damage = self._damage._replace(explanation=str(error))
                trouble = ""
            except Exception as error:  # noqa: BLE001 - the user is told; there are other ways to choose
                trouble = f"That did not work: {str(error) or type(error).__name__}"
            else:
                self._is_busy = False
                then(result)
                return
            self._is_busy = False
            self._offer(trouble)

        if not self._is_busy:
            self._is_busy = True
            self.query_one("#recovery-text", Static).update(Content(doing))
            self.run_worker(done(), group="recovery")

    # How it looks

    def _show(
        self,
        text: str,
        ways: Sequence[_Way],
        *,
        back: Callable[[], None] | None = None,
        title: str = "This library cannot be opened",
    ) -> None:
        self._ways, self._back = list(ways), back
        self.query_one("#recovery").border_title = title
        self.query_one("#recovery-text", Static).update(Content("\n".join(plain(line) for line in text.split("\n"))))
        self.query_one("#recovery-scroll", VerticalScroll).scroll_home(animate=False)
        options = self.query_one("#recovery-ways", OptionList)
        options.clear_options()
        options.add_options([Option(_prompt(number, way)) for number, way in enumerate(ways, 1)])
        options.highlighted = 0 if ways else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click chooses."""
        event.stop()
        self._take(event.option_index)

    def on_key(self, event: events.Key) -> None:
        """A number chooses."""
        if event.character and event.character.isdecimal() and event.character.isascii():
            event.stop()
            self._take(int(event.character) - 1)

    def _take(self, index: int) -> None:
        if 0 <= index < len(self._ways) and not self._is_busy:
            self._ways[index].take()

    def action_step(self, rows: int) -> None:
        """Move as in the list."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if rows > 0 else options.action_cursor_up)()

    def action_scroll(self, pages: int) -> None:
        """Scroll what is told, when it is longer than its place."""
        scroll = self.query_one("#recovery-scroll", VerticalScroll)
        (scroll.scroll_page_down if pages > 0 else scroll.scroll_page_up)(animate=False)

    def action_back(self) -> None:
        """Go back to all ways."""
        if self._back is not None and not self._is_busy:
            self._back()

    def action_leave(self) -> None:
        """Quit; what is under way in a thread is finished first."""
        self.app.exit()


def _kept(path: Path) -> str:
    return f"{path.name}.damaged-1 (or -2, -3 …)"


def _kept_as(kept: Path) -> str:
    return f"; the damaged file is kept as {kept.name}" if kept.exists() else ""  # it may have been missing


def _named(backup: "Backup") -> str:
    return f"{backup.when} ({backup.reason})"


def _prompt(number: int, way: _Way) -> Content:
    about = [("\n  ", ""), (plain(way.about), "$foreground 60%")] if way.about else []
    return Content.assemble((f"{number} ", "bold $primary"), (plain(way.label), "bold"), *about)
