"""The one-line bars of the main screen: shelves with their counts, the status line, the keys that matter here."""

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from readlist.search.view import Shelf, View

_SHELF_KEYS = {shelf: str(number) for number, shelf in enumerate(Shelf, start=1)}


def _clickable(action: str) -> Style:
    return Style.from_meta({"@click": action})


class ShelfBar(Static):
    """The shelves with their keys and counts, the one that is shown standing out."""

    def show_view(self, view: View) -> None:
        """Take shelf and counts from ``view``."""
        self.update(Content.assemble((" readlist ", "bold $primary"), *self._entries(view)))

    @staticmethod
    def _entries(view: View) -> list[Content]:
        entries = []
        for shelf, key in _SHELF_KEYS.items():
            entry = Content.assemble(
                (f" {key} ", "$text-muted"), shelf.value.capitalize(), (f" {view.counts.of(shelf):,} ", "$text-muted")
            )
            if shelf is view.shelf:
                # Reverse video rather than a colour: it also shows in monochrome.
                entry = Content.assemble(
                    (f" {key} {shelf.value.capitalize()} {view.counts.of(shelf):,} ", "bold reverse")
                )
            entries.append(entry.stylize(_clickable(f"screen.command('show-{shelf.value}')")))
        return entries


class StatusBar(Static):
    """Where the cursor is, what is selected, searched and sorted, and which library this is."""

    def show(self, left: Sequence[str], right: str) -> None:
        """Show the parts of ``left``, and ``right`` at the other end where there is room for it."""
        text = "  ·  ".join(part for part in left if part)
        self._left, self._right = text, right
        self._fit()

    def on_resize(self) -> None:
        """Fit both ends to the new width."""
        self._fit()

    _left = ""
    _right = ""

    def _fit(self) -> None:
        left = Content(f" {self._left}")
        right = Content(f"{self._right} ")
        gap = self.size.width - left.cell_length - right.cell_length
        self.update(left.pad_right(gap).append(right) if gap > 1 else left)


class KeyBar(Static):
    """The few keys that matter here, as they are bound now; each can be clicked."""

    def show_keys(self, keys: Sequence[tuple[str, str, str]]) -> None:
        """Show (key, label, action) for each of ``keys``."""
        self.update(
            Content.assemble(
                *(
                    Content.assemble((f" {key}", "bold $primary"), f" {label} ").stylize(_clickable(action))
                    for key, label, action in keys
                )
            )
        )
