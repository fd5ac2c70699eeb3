"""What stands in for the main screen while a large library is read: its first rows, in which one can move already."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import BindingType

from readlist.library.errors import LibraryError
from readlist.search.view import View
from readlist.tui.commands.registry import COMMANDS
from readlist.tui.deserted import deserted
from readlist.tui.giving_way import giving_way
from readlist.tui.screens.list_frame import ListFrame
from readlist.tui.widgets.paper_list import PaperList

if TYPE_CHECKING:
    from readlist.library.library import Library
    from readlist.search.finder import Finder
    from readlist.tui.screens.main import MainScreen

_ROWS = {"down": 1.0, "up": -1.0}
_PAGES = {"half-page-down": 0.5, "half-page-up": -0.5, "page-down": 1.0, "page-up": -1.0}
_IN_TRASH = frozenset(command.id for command in COMMANDS.values() if command.group == "In the trash")
_PAUSE = 0.05
"""Seconds after which the library begins to be read: the rows are on the screen by then."""


class OpeningScreen(ListFrame):
    """Shows the rows that were kept, and hands over to the main screen when the library has been read.

    Keys that do more than move wait until then, and so do all that follow them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in COMMANDS.values()]

    def __init__(
        self,
        path: Path,
        view: View,
        *,
        show: "Callable[[Library, Finder], MainScreen]",
        give_up: Callable[[LibraryError], object],
    ) -> None:
        super().__init__()
        self._path = path
        self._view = view
        self._show = show
        self._give_up = give_up
        self._wanted = ""
        """The command that waits."""
        self._keys: list[events.Key | events.Paste] = []
        """What was typed after it."""

    @property
    def first_view(self) -> View:
        """The rows that were kept."""
        return self._view

    def on_mount(self) -> None:
        """Show them; then read the library."""
        self.fit()
        self.shelf_bar.show_view(self._view)
        self.empty_message.display = False
        self.paper_list.show_view(self._view, frozenset())
        self._show_place()
        self.show_keys()
        self.call_after_refresh(self.set_timer, _PAUSE, self._begin)

    def _begin(self) -> None:
        self.run_worker(self._open(), group="opening")

    @on(PaperList.Moved)
    def _show_place(self) -> None:
        view = self._view
        if self.has_class("-wide"):
            self.detail.show_paper(self.paper_list.current, view.query)
        place = f"{self.paper_list.row + 1:,} of {len(view.papers):,}"
        self.status_bar.show((place, view.order.label), self._path.name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command is looked for: once one waits, keys are kept as they come."""
        if action == "command":
            return not self._wanted and parameters[0] not in _IN_TRASH
        return super().check_action(action, parameters)

    def action_command(self, name: str) -> None:
        """Move, or let the command wait."""
        rows = self.paper_list
        if name in _ROWS:
            rows.move(int(_ROWS[name]))
        elif name in _PAGES:
            rows.move(int(_PAGES[name] * max(2, rows.size.height)))
        elif name in {"first", "last"}:
            rows.move_to_end(first=name == "first")
        elif name == "quit":
            self.app.exit()
        else:
            self._wanted = name

    def on_key(self, event: events.Key) -> None:
        """Keep what is typed after a command that waits."""
        if self._wanted:
            event.stop()
            self._keys.append(event)

    def on_paste(self, event: events.Paste) -> None:
        """Keep it as well."""
        event.stop()
        self._keys.append(event)

    async def _open(self) -> None:
        try:
            with giving_way():
                library, finder = await deserted(self._read)
        except LibraryError as error:
            self._give_up(error)
            return
        current, row = self.paper_list.current, self.paper_list.row
        main = self._show(library, finder)
        main.call_after_refresh(self._hand_over, main, current.id if current else "", row)

    def _read(self) -> "tuple[Library, Finder]":
        """The library, and what finds its papers: made of the texts that were kept where they are of this content.

        What a readlist that was killed, or another window, has in the journal besides is looked at paper by paper.
        """
        # What the first rows did not need.
        import readlist.tui.screens.main  # noqa: F401, PLC0415
        from readlist.library.library import Library  # noqa: PLC0415
        from readlist.search.finder import Finder  # noqa: PLC0415
        from readlist.search_texts import kept_digest, load_texts  # noqa: PLC0415

        library = Library.open(self._path, holds=True, verified=kept_digest(self._path))
        texts = load_texts(self._path, library.digest, without=library.unfolded)
        finder = Finder()
        finder.prepare(library.papers, self._view.order, texts)
        return library, finder

    def _hand_over(self, main: "MainScreen", identifier: str, row: int) -> None:
        """Put the cursor of the main screen where it is here, and let what waited happen there."""
        if main.session.view.position(identifier) is None:
            main.paper_list.go_to(row)
        else:
            main.paper_list.go_to_paper(identifier)
        if self._wanted:
            main.action_command(self._wanted)
        for event in self._keys:
            again = (
                events.Paste(event.text) if isinstance(event, events.Paste) else events.Key(event.key, event.character)
            )
            self.app.post_message(again)
