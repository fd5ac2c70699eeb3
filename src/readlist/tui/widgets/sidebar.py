"""The sidebar: saved views, and what the papers have in common, each with the number of papers it finds."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from readlist.latex import plain
from readlist.tui.commands.contexts import SIDEBAR
from readlist.tui.widgets.options import Options


class Entry(NamedTuple):
    """One line of the sidebar."""

    group: str
    name: str
    query: str
    finds: int
    """How many papers."""
    sort: str = ""


class Sidebar(Options):
    """Lists the entries under their groups; enter shows what an entry finds."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding(priority=False) for key in SIDEBAR]

    def __init__(
        self,
        *,
        choose: Callable[[Entry], object],
        rename: Callable[[str], object],
        remove: Callable[[str], object],
        restore: Callable[[], object],
        other: Callable[[str], object],
    ) -> None:
        super().__init__(id="sidebar", compact=True)
        self._choose = choose
        self._rename = rename
        self._remove = remove
        self._restore = restore
        self._other = other
        self._entries: dict[str, Entry] = {}

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show ``entries``, grouped as they come; the cursor stays on its entry where that is still there."""
        at = self.highlighted
        before = self.get_option_at_index(at).id if at is not None else None
        self._entries = {f"{entry.group}\n{entry.name}": entry for entry in entries}
        options: list[Option] = []
        if not any(entry.group == VIEWS for entry in entries):
            options += [Option(Content.styled(VIEWS, "bold $primary"), disabled=True)]
            options += [Option(Content(" B saves one"), disabled=True)]
        group = ""
        for identifier, entry in self._entries.items():
            if entry.group != group:
                group = entry.group
                options.append(Option(Content.styled(group, "bold $primary"), disabled=True))
            name = Content.assemble(f" {plain(entry.name)} ", (f"{entry.finds:,}", "$foreground 60%"))
            options.append(Option(name, id=identifier))
        self.clear_options()
        self.add_options(options)
        places = {option.id: place for place, option in enumerate(options) if option.id}
        self.highlighted = places[before] if before in places else next(iter(places.values()), None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click chooses."""
        event.stop()
        if event.option.id in self._entries:
            self._choose(self._entries[event.option.id])

    def action_remove(self) -> None:
        """Forget the saved view under the cursor."""
        self._with_view(self._remove)

    def action_restore(self) -> None:
        """Bring back the view that was forgotten last."""
        self._restore()

    def action_rename(self) -> None:
        """Give the saved view under the cursor another name."""
        self._with_view(self._rename)

    def _with_view(self, act: Callable[[str], object]) -> None:
        at = self.highlighted
        identifier = self.get_option_at_index(at).id if at is not None else None
        entry = self._entries.get(identifier or "")
        if entry and entry.group == VIEWS:
            act(entry.name)
        else:
            self._other("That can be done with saved views alone")


VIEWS = "Views"
"""The group of what the user has saved himself."""
