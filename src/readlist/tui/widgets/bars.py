"""The one-line bars of the main screen: shelves with their counts, the status line, the keys that matter here."""

from collections.abc import Sequence

from textual.content import Content

from readlist.search.view import Shelf, View
from readlist.tui import glyphs
from readlist.tui.widgets.clickable import ClickableText, clickable

_SHELF_KEYS = {shelf: str(number) for number, shelf in enumerate(Shelf, start=1)}
_SHELF_SIGNS = {
    Shelf.ALL: "All",
    **{Shelf(status.value): sign for status, sign in glyphs.STATUS.items()},
    Shelf.STARRED: glyphs.STAR,
}


class ShelfBar(ClickableText):
    """The shelves with their keys and counts, the one that is shown standing out."""

    _view = View()

    def show_view(self, view: View) -> None:
        """Take shelf and counts from ``view``."""
        self._view = view
        self._fit()

    def on_resize(self) -> None:
        """Fit the entries to the new width."""
        self._fit()

    def _fit(self) -> None:
        whole = Content.assemble((" readlist ", "bold $primary"), *self._entries(signs=False))
        width = self.size.width or self.app.size.width
        self.update(whole if whole.cell_length <= width else Content("").join(self._entries(signs=True)))

    def _entries(self, *, signs: bool) -> list[Content]:
        """An entry for each shelf; with ``signs``, for want of room, the others are named by their sign alone."""
        entries = []
        for shelf, key in _SHELF_KEYS.items():
            count, name = f"{self._view.counts.of(shelf):,}", shelf.value.capitalize()
            if shelf is self._view.shelf:
                # Reverse video rather than a colour alone: it also shows in monochrome.
                entry = Content.assemble((f" {key} {name} {count} ", "bold reverse $primary"))
            else:
                name = _SHELF_SIGNS[shelf] if signs else name
                entry = Content.assemble((f" {key} ", "$foreground 60%"), name, (f" {count} ", "$foreground 60%"))
            entries.append(clickable(entry, f"screen.command('show-{shelf.value}')"))
        return entries


class StatusBar(ClickableText):
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
        gap = (self.size.width or self.app.size.width) - left.cell_length - right.cell_length
        self.update(left.pad_right(gap).append(right) if gap > 1 else left)


class KeyBar(ClickableText):
    """The few keys that matter here, as they are bound now; each can be clicked."""

    def show_keys(self, keys: Sequence[tuple[str, str, str]]) -> None:
        """Show (key, label, action) for each of ``keys``."""
        self.update(
            Content.assemble(
                *(
                    clickable(Content.assemble((f" {key}", "bold $primary"), f" {label} "), action)
                    for key, label, action in keys
                )
            )
        )
