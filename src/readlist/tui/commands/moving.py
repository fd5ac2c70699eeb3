"""Commands that move: the cursor in the list, or the text in the detail pane, whichever has the focus."""

from readlist.paper import Status
from readlist.tui.commands.base import Command


class _Move(Command):
    group = "Moving"

    def enabled(self) -> bool:
        return bool(self.session.view.papers)

    def move_pages(self, pages: float) -> None:
        rows = max(1, int(self.screen.pane.size.height * abs(pages))) * self.count
        self.screen.pane.move(rows if pages > 0 else -rows)


class Down(_Move):
    """Move down one paper (in the detail pane: one line)."""

    id, keys, label = "down", "j,down", "Down"

    def run(self) -> None:
        self.screen.pane.move(self.count)


class Up(_Move):
    """Move up one paper (in the detail pane: one line)."""

    id, keys, label = "up", "k,up", "Up"

    def run(self) -> None:
        self.screen.pane.move(-self.count)


class HalfPageDown(_Move):
    """Move down half a page."""

    id, keys, label = "half-page-down", "ctrl+d", "Half page down"

    def run(self) -> None:
        self.move_pages(0.5)


class HalfPageUp(_Move):
    """Move up half a page."""

    id, keys, label = "half-page-up", "ctrl+u", "Half page up"

    def run(self) -> None:
        self.move_pages(-0.5)


class PageDown(_Move):
    """Move down a page."""

    id, keys, label = "page-down", "pagedown,ctrl+f", "Page down"

    def run(self) -> None:
        self.move_pages(1)


class PageUp(_Move):
    """Move up a page."""

    id, keys, label = "page-up", "pageup,ctrl+b", "Page up"

    def run(self) -> None:
        self.move_pages(-1)


class First(_Move):
    """Go to the first paper (in the detail pane: to the top)."""

    id, keys, label = "first", "g,home", "First"

    def run(self) -> None:
        self.screen.pane.move_to_end(first=True)


class Last(_Move):
    """Go to the last paper, or with a count to that row (in the detail pane: to the bottom)."""

    id, keys, label = "last", "G,end", "Last"

    def run(self) -> None:
        if self.screen.has_count:
            self.screen.paper_list.go_to(self.count - 1)
        else:
            self.screen.pane.move_to_end(first=False)


class NextUnread(_Move):
    """Go to the next unread paper."""

    id, keys, label = "next-unread", "right_square_bracket", "Next unread"
    back = False

    def run(self) -> None:
        found = self.screen.paper_list.go_to_next(
            lambda paper: paper.status == Status.UNREAD, back=self.back, number=self.count
        )
        if not found:
            self.screen.say(f"No unread paper {'above' if self.back else 'below'}")


class PreviousUnread(NextUnread):
    """Go to the unread paper before."""

    id, keys, label = "previous-unread", "left_square_bracket", "Unread before"
    back = True


class Place(_Move):
    """Scroll the paper to the middle (z), the top (t) or the bottom (b) of the list."""

    id, keys, label = "place", "z", "Place"

    def run(self) -> None:
        from readlist.tui.screens.one_key import OneKeyScreen  # noqa: PLC0415 - opened on demand

        shares = {"z": 0.5, "t": 0.0, "b": 1.0}

        def place(key: str | None) -> None:
            if key in shares:
                self.screen.paper_list.place(shares[key])

        self.screen.app.push_screen(OneKeyScreen("z middle · t top · b bottom"), place)


class Jump(_Move):
    """Jump to any row that is visible, by the letters that appear on it."""

    id, keys, label = "jump", "semicolon", "Jump"

    def run(self) -> None:
        from readlist.tui.screens.one_key import JumpScreen  # noqa: PLC0415 - opened on demand

        rows = self.screen.paper_list
        if self.screen.pane is not rows:
            self.screen.next_pane()
        self.screen.app.push_screen(JumpScreen(rows.visible_rows, rows.show_labels), self._go)

    def _go(self, row: int | None) -> None:
        if row is not None:
            self.screen.paper_list.go_to(row)


class WidenList(Command):
    """Give the list more of the width."""

    id, keys, label, group = "widen-list", "greater_than_sign", "Wider list", "Moving"
    step = 5

    def enabled(self) -> bool:
        return self.screen.has_class("-wide")

    def run(self) -> None:
        self.screen.split(self.screen.list_share + self.step * self.count)


class NarrowList(WidenList):
    """Give the detail more of the width."""

    id, keys, label, group = "narrow-list", "less_than_sign", "Wider detail", "Moving"
    step = -5


class NextPane(Command):
    """Go to the other pane; in a narrow window the detail takes the list's place."""

    id, keys, label, group = "next-pane", "tab", "Next pane", "Moving"
    in_sidebar = True

    def run(self) -> None:
        self.screen.next_pane()


class Open(Command):
    """Show the paper in full."""

    id, keys, label, group = "detail", "enter", "Detail", "Moving"
    needs_paper = True

    def run(self) -> None:
        self.screen.open_detail()


class Back(Command):
    """Back out: from the detail to the list, then the selection, the search and the shelf are cleared."""

    id, keys, label, group = "back", "escape", "Back", "Moving"
    in_sidebar = True

    def run(self) -> None:
        self.screen.back_out()
