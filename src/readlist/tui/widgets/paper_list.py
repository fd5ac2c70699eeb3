"""The list of papers, drawn line by line: a row is made when it is seen, so that length costs nothing."""

from collections.abc import Callable, Mapping
from itertools import islice, zip_longest

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from readlist.paper import Paper
from readlist.search.view import Order, View
from readlist.tui.widgets.paper_row import RowLayout, RowOptions, row_pieces
from readlist.tui.widgets.row_styles import row_style


class PaperList(ScrollView, can_focus=True):
    """Shows a `View`, one paper a line, with a cursor that stays on its paper when the view changes."""

    class Moved(Message):
        """The cursor stands on another paper (or on none)."""

        def __init__(self, paper: Paper | None) -> None:
            super().__init__()
            self.paper = paper

    class Opened(Message):
        """The paper under the cursor was clicked on again: show it in full."""

    def __init__(self, view: View, *, id: str, options: RowOptions) -> None:  # noqa: A002 - the name Textual gives this argument
        super().__init__(id=id)
        self._view = view
        self._selection: frozenset[str] = frozenset()
        self._options = options
        self._labels: Mapping[int, str] = {}
        self._row = 0
        self._home = ""
        self._rich_styles: dict[str, Style] = {}
        self._piece_styles: dict[tuple[bool, ...], dict[str, Style]] = {}
        """Of the pieces of a row, by what the row is and by the name of the piece."""
        self._strips: dict[tuple[int, bool, bool, int], tuple[Paper, Strip]] = {}

    @property
    def row(self) -> int:
        """The row of the cursor, from 0; 0 as well when the list is empty."""
        return self._row

    @property
    def current(self) -> Paper | None:
        """The paper under the cursor, if the list holds any."""
        return self._view.papers[self._row] if self._row < len(self._view.papers) else None

    def settle(self) -> None:
        """Make the paper under the cursor the one it stays on."""
        current = self.current
        if current is not None:
            self._home = current.id

    def show_view(self, view: View, selection: frozenset[str]) -> None:
        """Show ``view``; the cursor stays on its paper.

        Its paper is the one the user moved to or acted on last. While a search hides it, or has better ones to offer,
        the cursor rests on another one, and returns when the search ends. What is gone for good leaves the cursor on
        its row.
        """
        before = self.current
        best_first = view.order is Order.RELEVANCE and view.query != self._view.query
        row = 0 if best_first and view.papers else view.position(self._home, self._row)
        if row is None and before is not None:
            row = view.position(before.id, self._row)
        top = self._row - self.scroll_offset.y
        drawn = self._drawn()
        same_look = (view.query, view.shelf, view.order) == (
            self._view.query,
            self._view.shelf,
            self._view.order,
        )
        if view.query != self._view.query or selection != self._selection:
            self._strips.clear()
        self._view, self._selection = view, selection
        self.virtual_size = Size(self.size.width, len(view.papers))
        if self.size.height:  # now rather than after the layout, which would draw all rows a second time
            self.show_vertical_scrollbar = len(view.papers) > self.size.height
        last = max(0, len(view.papers) - 1)
        self._row = min(self._row, last) if row is None else row
        if not same_look:
            # Another list: as much of it above the cursor as there is room for.
            self._scroll_to_row(self._row - self.size.height + 1)
        elif row is not None:
            # The row keeps its place on the screen where the length of the list allows it.
            self._scroll_to_row(self._row - top)
        self._reveal()
        self._refresh_changed(drawn)
        if self.current != before:
            self.post_message(self.Moved(self.current))

    def _drawn(self) -> tuple[object, list[tuple[Paper, bool]]]:
        """What is on the screen: what all rows depend on, and of each row its paper and whether the cursor is on it."""
        rows = self.visible_rows
        papers = self._view.papers[rows.start : rows.stop]
        shared = (rows.start, self.size, self._view.query, self._selection, self._labels)
        return shared, [(paper, row == self._row) for row, paper in zip(rows, papers, strict=True)]

    def _refresh_changed(self, before: tuple[object, list[tuple[Paper, bool]]]) -> None:
        """Draw anew what differs from what was drawn ``before``: after most changes that is one row."""
        now = self._drawn()
        if now[0] != before[0]:
            self.refresh()
            return
        for place, (old, new) in enumerate(zip_longest(before[1], now[1])):
            if old != new:
                self.refresh(Region(0, place, self.size.width, 1))

    def go_to(self, row: int) -> None:
        """Put the cursor on ``row``, or on the nearest row that exists."""
        row = max(0, min(row, len(self._view.papers) - 1))
        if row == self._row:
            return
        old, self._row = self._row, row
        self.settle()
        self._refresh_row(old)
        self._refresh_row(row)
        self._reveal()
        self.post_message(self.Moved(self.current))

    def move(self, rows: int) -> None:
        """Move the cursor by ``rows``."""
        self.go_to(self._row + rows)

    def move_to_end(self, *, first: bool) -> None:
        """Put the cursor on the first or on the last paper."""
        self.go_to(0 if first else len(self._view.papers) - 1)

    def go_to_paper(self, identifier: str) -> None:
        """Put the cursor on the paper with this id, if it is shown."""
        row = self._view.position(identifier, self._row)
        if row is not None:
            self.go_to(row)

    def place(self, share: float) -> None:
        """Scroll so that the cursor stands at this share of the height: 0 at the top, 1 at the bottom."""
        self._scroll_to_row(self._row - round(share * (self.size.height - 1)))

    def go_to_next(self, wanted: Callable[[Paper], bool], *, back: bool, number: int = 1) -> bool:
        """Go to the next paper that is ``wanted``, or to the ``number``-th; False where there is none."""
        rows = range(self._row - 1, -1, -1) if back else range(self._row + 1, len(self._view.papers))
        found = list(islice((row for row in rows if wanted(self._view.papers[row])), number))
        if found:
            self.go_to(found[-1])
        return bool(found)

    @property
    def visible_rows(self) -> range:
        """The rows that are on the screen."""
        top = self.scroll_offset.y
        return range(top, min(top + self.size.height, len(self._view.papers)))

    def show_labels(self, labels: Mapping[int, str]) -> None:
        """Put a label at the beginning of these rows; none with an empty mapping."""
        self._labels = labels
        self.refresh()

    def _scroll_to_row(self, row: int) -> None:
        self.scroll_to(y=max(0, row), animate=False, force=True, immediate=True)

    def _reveal(self) -> None:
        """Have the row of the cursor on the screen; nearly always it is, which Textual would take long to see."""
        top, height = self.scroll_offset.y, self.size.height
        if height and not top <= self._row < top + height:
            self._scroll_to_row(self._row if self._row < top else self._row - height + 1)

    def _refresh_row(self, row: int) -> None:
        self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of the lines in ``crop``.

        As in Textual, but without its way through what rows have none of: borders, padding, opacity, links. That takes
        a third of the time, and a line that ends before the scrollbar need not be cut there.
        """
        background = self.background_colors[1]
        strips = [self.render_line(y) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        left, right = crop.column_span
        if left > 0 or right < self.scrollable_content_region.width:
            strips = [strip.crop(left, right) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """The strip of screen line ``y`` of this widget."""
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if row >= len(self._view.papers):
            return Strip.blank(width, self._base)
        paper = self._view.papers[row]
        cursor = row == self._row
        selected = paper.id in self._selection
        key = (row, cursor, selected, width)
        known = self._strips.get(key)
        if known is None or (known[0] is not paper and known[0] != paper):
            if len(self._strips) > 2_000:  # noqa: PLR2004 - some forty screenfuls, a few MB
                self._strips.clear()
            zebra = self._options.zebra and row % 2 == 1
            strip = self._make_strip(paper, width, cursor=cursor, selected=selected, zebra=zebra)
            known = self._strips[key] = (paper, strip)
        label = self._labels.get(row)
        if label:
            head = Strip([Segment(f" {label} ", self._base + self._component("label"))])
            return Strip.join([head, known[1].crop(head.cell_length)])
        return known[1]

    def _make_strip(self, paper: Paper, width: int, *, cursor: bool, selected: bool, zebra: bool) -> Strip:
        layout = RowLayout.fit(width, selecting=bool(self._selection), options=self._options)
        pieces = row_pieces(paper, layout, self._view.query, cursor=cursor, selected=selected)
        styles = self._piece_styles.setdefault((cursor, selected, zebra, self.has_focus), {})
        segments = []
        for text, name in pieces:
            style = styles.get(name)
            if style is None:
                style = styles[name] = self._ground(cursor=cursor, selected=selected, zebra=zebra) + self._component(
                    name
                )
            if text:
                segments.append(Segment(text, style))
        return Strip(segments, width)

    def _ground(self, *, cursor: bool, selected: bool, zebra: bool) -> Style:
        """The style of the row itself, on which those of its pieces are laid."""
        style = self._base
        if zebra:
            style += self._component("zebra")
        if selected:
            style += self._component("selected")
        if cursor:
            style += self._component("cursor-focus" if self.has_focus else "cursor")
        return style

    @property
    def _base(self) -> Style:
        """The style of the list itself, which takes longer to work out than a row takes to draw."""
        style = self._rich_styles.get("")
        if style is None:
            style = self._rich_styles[""] = self.rich_style
        return style

    def _component(self, name: str) -> Style:
        style = self._rich_styles.get(name)
        if style is None:
            style = self._rich_styles[name] = row_style(self.app, name, self.background_colors[1])
        return style

    def notify_style_update(self) -> None:
        """Forget what was drawn in the styles of before."""
        self._forget_styles()
        super().notify_style_update()

    def on_mount(self) -> None:
        """Follow the theme: of another one the ground may be the same."""
        self.app.theme_changed_signal.subscribe(self, self._forget_styles)

    def _forget_styles(self, _: object = None) -> None:
        self._rich_styles.clear()
        self._piece_styles.clear()
        self._strips.clear()
        self.refresh()

    def on_focus(self) -> None:
        """Draw the cursor as the active one."""
        self._strips.clear()
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor as resting."""
        self._strips.clear()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the rows to the new width and keep the cursor in sight."""
        self.virtual_size = Size(event.size.width, len(self._view.papers))
        self._strips.clear()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Go to the row clicked on; a second click on it opens it."""
        row = event.y + self.scroll_offset.y
        if row >= len(self._view.papers):
            return
        if row == self._row and event.chain > 1:
            self.post_message(self.Opened())
        self.go_to(row)
