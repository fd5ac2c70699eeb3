"""The one-line bars of the main screen: shelves with their counts, the status line, the keys that matter here."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from textual.content import Content

from readlist.latex import plain, to_unicode
from readlist.paper import Paper
from readlist.search.view import Counts, Shelf, View
from readlist.statuses import Role, current
from readlist.tui import glyphs
from readlist.tui.widgets.clickable import ClickableText, clickable
from readlist.tui.widgets.paper_row import truncate

_LAST_KEYS = 2
"""Keys at the end of the key bar that are never left out."""
_WAY_OUT = "esc"
_LEAST_NEXT = 24
"""Cells from which on the first paper of the queue is named."""
_SHELF_KEYS = {shelf: str(number) for number, shelf in enumerate(Shelf, start=1)}
_SHELF_SIGNS = {
    Shelf.ALL: "All",
    Shelf.STARRED: glyphs.STAR,
    Shelf.TRASH: glyphs.TRASH,
    Shelf.QUEUE: glyphs.QUEUE,
}


def shelf_sign(shelf: Shelf) -> str:
    """What stands for ``shelf`` where its name has no room."""
    role = next((role for role in Role if role == shelf.value), None)
    status = current().first_in(role) if role else None
    return status.glyph if status else _SHELF_SIGNS.get(shelf, shelf.label)


class ShelfBar(ClickableText):
    """The shelves with their keys and counts, the one that is shown standing out."""

    _view = View()
    _shown: tuple[Shelf, Counts, Paper | None] | None = None
    keyless: Collection[Shelf] = ()
    """The shelves whose keys have been given to something else."""

    def show_view(self, view: View) -> None:
        """Take shelf and counts from ``view``."""
        shown = view.shelf, view.counts, view.next_up
        self._view = view
        if shown != self._shown:
            self._shown = shown
            self._fit()

    def on_resize(self) -> None:
        """Fit the entries to the new width."""
        self._fit()

    def _fit(self) -> None:
        """Give up, for want of room, first the name of the app, then what each entry says beyond its sign.

        The first paper of the queue is worth the names of the shelves, and no more than that.
        """
        width = self.size.width or self.app.size.width
        paper = self._view.next_up
        shown = Content.assemble((" readlist ", "bold $primary"), self._entries(names=True))
        for narrower, gives_room in (
            ({"names": True}, True),
            ({"names": False}, True),
            ({"names": False, "keys": False}, False),
            ({"names": False, "keys": False, "counts": False}, False),
        ):
            if shown.cell_length <= width - (_LEAST_NEXT if paper and gives_room else 0):
                break
            shown = self._entries(**narrower)
        left_over = width - shown.cell_length
        if paper and left_over > _LEAST_NEXT:
            text = truncate(f"{glyphs.QUEUE} {plain(to_unicode(paper.title))}", left_over - 4)
            following = clickable(Content.styled(text, "$text-accent"), "screen.command('show-queue')")
            shown = shown.pad_right(left_over - following.cell_length - 1).append(following)
        self.update(shown, layout=False)

    def _entries(self, *, names: bool, keys: bool = True, counts: bool = True) -> Content:
        """An entry for each shelf: its key, its name or else its sign, its count; the one shown has them all."""
        entries = []
        for shelf, digit in _SHELF_KEYS.items():
            key = "" if shelf in self.keyless else digit
            count, name = f"{self._view.counts.of(shelf):,}", shelf.label.capitalize()
            if shelf is self._view.shelf:
                # Reverse video rather than a colour alone: it also shows in monochrome.
                entry = Content.assemble((f"{f' {key}' if key else ''} {name} {count} ", "bold reverse $primary"))
            else:
                entry = Content.assemble(
                    (f" {key} " if keys and key else " ", "$foreground 60%"),
                    name if names else shelf_sign(shelf),
                    (f" {count} " if counts else " ", "$foreground 60%"),
                )
            entries.append(clickable(entry, f"screen.command('show-{shelf.value}')", shelf.meaning))
        return Content("").join(entries)


class StatusBar(ClickableText):
    """Where the cursor is, what is selected, searched and sorted, and which library this is."""

    def show(self, left: Sequence[str], right: str) -> None:
        """Show the parts of ``left``, and ``right`` at the other end where there is room for it."""
        text = "  ·  ".join(part for part in left if part)
        if (text, right) != (self._left, self._right):
            self._left, self._right = text, right
            self._fit()

    def on_resize(self) -> None:
        """Fit both ends to the new width."""
        self._fit()

    def show_sign(self, *wordings: str) -> None:
        """Show a warning at the very left as long as it is true; the first of ``wordings`` that fits, none: no more."""
        if wordings != self._sign:
            self._sign = wordings
            self._fit()

    _left = ""
    _right = ""
    _sign: tuple[str, ...] = ()

    def _fit(self) -> None:
        width = self.size.width or self.app.size.width
        left, right = Content(f" {self._left}"), Content(f"{self._right} ")
        if self._sign:
            signs = [Content(f" {wording} ") for wording in self._sign]
            sign = next((sign for sign in signs if sign.cell_length <= width), signs[-1])
            # Reverse video rather than a colour alone: it also shows in monochrome.
            left = Content.assemble(clickable(sign.stylize("bold reverse $error"), "screen.command('save')"), left)
        gap = width - left.cell_length - right.cell_length
        if left.cell_length > width:
            left = left.truncate(width, ellipsis=True)
        self.update(left.pad_right(gap).append(right) if gap > 1 else left, layout=False)


class Key(NamedTuple):
    """An entry of the key bar."""

    key: str
    """As it is written on the keyboard."""
    label: str
    action: str
    """What a click on it runs."""
    tooltip: str = ""


class KeyBar(ClickableText):
    """The few keys that matter here, as they are bound now; each can be clicked."""

    def __init__(self, *, id: str, lines: int = 1) -> None:  # noqa: A002 - the name Textual gives this argument
        """Show them in so many ``lines`` at most, where one has not room for all."""
        super().__init__(id=id)
        self._lines = lines

    def show_keys(self, keys: Sequence[Key]) -> None:
        """Show ``keys``, as many as there is room for."""
        if keys == self._keys:
            return
        self._keys = list(keys)
        self._fit()

    def on_resize(self) -> None:
        """Show as many as fit the new width."""
        self._fit()

    def _fit(self) -> None:
        """Leave out, for want of room, keys from the end; the last two, which lead on and out, and esc stay."""
        width = self.size.width or self.app.size.width
        shown = self._entries()
        for lines, gap in ((1, " "), (1, ""), (self._lines, " "), (self._lines, "")) if self._lines > 1 else ():
            shown = self._entries(gap)
            if len(_rows([entry for entry, _ in shown], width)) <= lines:
                break
        kept = {key for _, key in shown[-_LAST_KEYS:]} | {_WAY_OUT}
        while len(rows := _rows([entry for entry, _ in shown], width)) > self._lines:
            place = next((at for at in reversed(range(len(shown))) if shown[at][1] not in kept), None)
            if place is None and _WAY_OUT in [key for _, key in shown[:-1]]:
                place = len(shown) - 1
            if place is None:
                break
            del shown[place]
        content = Content("\n").join(Content.assemble(*row) for row in rows)
        if self._lines > 1:
            self.styles.height = max(1, len(rows))
        self.update(content, layout=False)

    def _entries(self, gap: str = " ") -> list[tuple[Content, str]]:
        """What stands in the bar, and its keys; ``gap`` parts an entry from the next one's blank."""
        entries = []
        for key in self._keys:
            text = Content.assemble((f" {key.key}", "bold $primary"), f" {key.label}{gap}")
            entries.append((clickable(text, key.action, key.tooltip), key.key))
        return entries

    _keys: Sequence[Key] = ()


def _rows(entries: Sequence[Content], width: int) -> list[list[Content]]:
    """``entries`` in rows of at most ``width`` cells."""
    rows: list[list[Content]] = [[]]
    room = width
    for entry in entries:
        if entry.cell_length > room and rows[-1]:
            rows.append([])
            room = width
        rows[-1].append(entry)
        room -= entry.cell_length
    return rows
