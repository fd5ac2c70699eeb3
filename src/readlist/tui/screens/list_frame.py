"""The frame of the main screen: bars above and below, list and detail between them."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap
from textual.containers import Horizontal, Vertical
from textual.dom import DOMNode
from textual.getters import query_one
from textual.screen import Screen

from readlist.search.view import Shelf, View
from readlist.tui.commands.base import Command
from readlist.tui.commands.contexts import CONTEXT_KEYS
from readlist.tui.commands.registry import COMMANDS
from readlist.tui.widgets.bars import Key, KeyBar, ShelfBar, StatusBar
from readlist.tui.widgets.detail import PaperDetail
from readlist.tui.widgets.empty_message import EmptyMessage
from readlist.tui.widgets.paper_list import PaperList
from readlist.tui.widgets.paper_row import RowOptions

_WIDE = 110
"""From this width on, in cells, list and detail stand side by side."""


_TURNS = 3
"""Turns of the event loop in which widgets that were changed tell the screen so, and their parents after them."""


class ListFrame(Screen[None]):
    """What the main screen has in common with the one that stands in for it while a large library is read."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - an instance variable to Textual
    AUTO_FOCUS = "#papers"

    row_options = RowOptions()
    """What the settings say of the rows; set before the screen is shown."""
    commands: Mapping[str, type[Command]] = COMMANDS
    """What there is to do, by its id."""
    _shown_keys: dict[str, Key] | None = None
    """Of each command its key as it is bound, its label, and its action; bindings do not change while the app runs."""

    _has_shown = False
    _chain_of_list: list[tuple[DOMNode, BindingsMap]] | None = None

    shelf_bar = query_one("#shelves", ShelfBar)
    status_bar = query_one("#status", StatusBar)
    key_bar = query_one("#keys", KeyBar)
    paper_list = query_one("#papers", PaperList)
    empty_message = query_one("#empty", EmptyMessage)
    detail = query_one("#detail", PaperDetail)

    @property
    def first_view(self) -> View:
        """What the list shows to begin with."""
        raise NotImplementedError

    @property
    def _binding_chain(self) -> list[tuple[DOMNode, BindingsMap]]:
        """What the keys are bound to by what has the focus, and by what holds that.

        In the list that is always the same, and asked for by each key; Textual would gather it each time from some two
        hundred bindings.
        """
        if not isinstance(self.focused, PaperList):
            return super()._binding_chain
        if self._chain_of_list is None:
            self._chain_of_list = super()._binding_chain
        return self._chain_of_list

    def take_commands(self, commands: Mapping[str, type[Command]]) -> None:
        """Bind those that the settings add; done before the screen is shown."""
        self.commands = commands
        more = BindingsMap([command.binding() for name, command in commands.items() if name not in COMMANDS])
        if more.key_to_bindings:
            self._bindings = BindingsMap.merge([self._bindings, more])

    def bound_keys(self) -> dict[str, list[str]]:
        """The keys of each command as they are bound now, as Textual names them.

        Those that do nothing just now are among them, and those that are text while something is being typed.
        """
        bindings = self._bindings.copy()
        bindings.apply_keymap(self.app._keymap)  # noqa: SLF001 - Textual offers no public way to ask
        keys: dict[str, list[str]] = {name: [] for name in self.commands}
        for key, binding in bindings:
            if binding.id in keys:
                keys[binding.id].append(key)
        return keys

    def keys_of(self, command: str) -> list[str]:
        """The keys of one command."""
        return self.bound_keys()[command]

    def compose(self) -> ComposeResult:
        """Bars above and below, list and detail between them."""
        self._take_form()  # now, while there is nothing yet that would have to be styled anew
        yield ShelfBar(id="shelves")
        with Horizontal(id="panes"):
            with Vertical(id="list-pane"):
                yield PaperList(self.first_view, id="papers", options=self.row_options)
                yield EmptyMessage(id="empty", markup=False)
            with Vertical(id="detail-pane"):
                yield PaperDetail(id="detail")
        yield StatusBar(id="status")
        yield KeyBar(id="keys")

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Do not style once more what has just been styled, when the screen shows for the first time."""
        if not self._has_shown:
            self._has_shown = True
            event.refresh_styles = False

    def one_frame(self) -> AbstractContextManager[None]:
        """Draw all that is changed inside in one frame.

        Each widget tells the screen for itself, in a turn of its own, that it wants to be drawn; the first to do so
        would get a frame alone, and the others would wait for the next one.
        """
        return self._held_back()

    @contextmanager
    def _held_back(self) -> Iterator[None]:
        held = self.app.batch_update()
        held.__enter__()
        try:
            yield
        finally:
            asyncio.get_running_loop().call_soon(self._release, held, _TURNS)

    def _release(self, held: AbstractContextManager[None], turns: int) -> None:
        if turns:
            asyncio.get_running_loop().call_soon(self._release, held, turns - 1)
            return
        held.__exit__(None, None, None)
        if self.is_running:
            self.check_idle()  # which draws what has gathered

    def _take_form(self) -> None:
        """Take the form that fits the width.

        Textual looks at the breakpoints after the first layout, which would flash on the screen in the wrong form.
        """
        narrow = self.app.size.width < _WIDE
        self.set_class(narrow, "-narrow").set_class(not narrow, "-wide")

    def fit(self) -> None:
        """Have the bar of the shelves show the keys that they have."""
        keys = self.bound_keys()
        self.shelf_bar.keyless = [
            shelf for n, shelf in enumerate(Shelf, 1) if str(n) not in keys[f"show-{shelf.value}"]
        ]

    @property
    def detail_visible(self) -> bool:
        """Whether the detail pane is on the screen: always when wide, on demand when narrow."""
        return self.has_class("-wide") or self.has_class("-detail")

    def show_keys(self) -> None:
        """Show the keys that matter here."""
        in_list = self.focused is None or self.focused in {self.paper_list, self.detail}
        self.key_bar.show_keys(self._keys_of_commands() if in_list else self._keys_of_focused())

    def _keys_of_commands(self) -> list[Key]:
        # Textual's active_bindings asks every command of every screen below; that would take longer than a frame.
        if self._shown_keys is None:
            self._shown_keys = {
                binding.id: Key(
                    self.app.get_key_display(binding), binding.description, f"screen.{binding.action}", binding.tooltip
                )
                for _, bindings in reversed(self._binding_chain)
                for _, binding in reversed(list(bindings))
                if binding.id
            }
        return [
            self._shown_keys[command.id]
            for command in self.commands.values()
            if command.in_key_bar and command.id in self._shown_keys and self.check_action("command", (command.id,))
        ]

    def _keys_of_focused(self) -> list[Key]:
        """What matters in a text field are the keys with which it is left."""
        keys: dict[str, Key] = {}
        for active in self.active_bindings.values():
            binding = active.binding
            command = self.commands.get(binding.id or "")
            # While a text field has the focus, what matters are the keys with which it is left.
            of_focused = active.node is self.focused and binding.show
            if (
                command.in_key_bar
                if command
                else of_focused and ((self.typing and binding.priority) or binding.id in CONTEXT_KEYS)
            ):
                key, action = (
                    self.app.get_key_display(binding),
                    f"{'screen' if command else 'focused'}.{binding.action}",
                )
                keys.setdefault(binding.description, Key(key, binding.description, action, binding.tooltip))
        # Textual begins with the keys that the field's base classes have as well.
        own = [binding.description for binding in type(self.focused or self).BINDINGS if isinstance(binding, Binding)]
        return sorted(keys.values(), key=lambda entry: own.index(entry.label)) if self.typing else list(keys.values())

    @property
    def typing(self) -> bool:
        """Whether the keys go into a text field."""
        return self.focused is not None and self.focused.check_consume_key("a", "a")
