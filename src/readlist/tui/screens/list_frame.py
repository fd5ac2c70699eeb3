"""The frame of the main screen: bars above and below, list and detail between them."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.screen import Screen

from readlist.search.view import View
from readlist.tui.commands.registry import COMMANDS
from readlist.tui.widgets.bars import KeyBar, ShelfBar, StatusBar
from readlist.tui.widgets.detail import PaperDetail
from readlist.tui.widgets.empty_message import EmptyMessage
from readlist.tui.widgets.paper_list import PaperList
from readlist.tui.widgets.paper_row import RowOptions

_WIDE = 110
"""From this width on, in cells, list and detail stand side by side."""


class ListFrame(Screen[None]):
    """What the main screen has in common with the one that stands in for it while a large library is read."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - an instance variable to Textual
    AUTO_FOCUS = "#papers"

    row_options = RowOptions()
    """What the settings say of the rows; set before the screen is shown."""

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

    def compose(self) -> ComposeResult:
        """Bars above and below, list and detail between them."""
        yield ShelfBar(id="shelves")
        with Horizontal(id="panes"):
            with Vertical(id="list-pane"):
                yield PaperList(self.first_view, id="papers", options=self.row_options)
                yield EmptyMessage(id="empty", markup=False)
            with Vertical(id="detail-pane"):
                yield PaperDetail(id="detail")
        yield StatusBar(id="status")
        yield KeyBar(id="keys")

    def fit(self) -> None:
        """Take the form that fits the width.

        Textual looks at the breakpoints after the first layout, which would flash on the screen in the wrong form.
        """
        narrow = self.app.size.width < _WIDE
        self.set_class(narrow, "-narrow").set_class(not narrow, "-wide")

    @property
    def detail_visible(self) -> bool:
        """Whether the detail pane is on the screen: always when wide, on demand when narrow."""
        return self.has_class("-wide") or self.has_class("-detail")

    def show_keys(self) -> None:
        """Show the keys that matter here."""
        keys: dict[str, tuple[str, str, str]] = {}
        for active in self.active_bindings.values():
            binding = active.binding
            command = COMMANDS.get(binding.id or "")
            # While a text field has the focus, what matters are the keys with which it is left.
            if (
                command.in_key_bar
                if command
                else active.node is self.focused and self.typing and binding.priority and binding.show
            ):
                key, action = (
                    self.app.get_key_display(binding),
                    f"{'screen' if command else 'focused'}.{binding.action}",
                )
                keys.setdefault(binding.description, (key, binding.description, action))
        # Textual begins with the keys that the field's base classes have as well.
        own = [binding.description for binding in type(self.focused or self).BINDINGS if isinstance(binding, Binding)]
        order = own.index if self.typing else lambda _: 0
        self.key_bar.show_keys(sorted(keys.values(), key=lambda entry: order(entry[1])))

    @property
    def typing(self) -> bool:
        """Whether the keys go into a text field."""
        return self.focused is not None and self.focused.check_consume_key("a", "a")
