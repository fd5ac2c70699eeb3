"""Commands that move: the cursor in the list, or the text in the detail pane, whichever has the focus."""

from readlist.tui.commands.base import Command


class _Move(Command):
    group = "Moving"

    def enabled(self) -> bool:
        return bool(self.session.view.papers)

    def move_pages(self, pages: float) -> None:
        rows = max(1, int(self.screen.pane.size.height * abs(pages)))
        self.screen.pane.move(rows if pages > 0 else -rows)


class Down(_Move):
    """Move down one paper (in the detail pane: one line)."""

    id, keys, label = "down", "j,down", "Down"

    def run(self) -> None:
        self.screen.pane.move(1)


class Up(_Move):
    """Move up one paper (in the detail pane: one line)."""

    id, keys, label = "up", "k,up", "Up"

    def run(self) -> None:
        self.screen.pane.move(-1)


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
    """Go to the last paper (in the detail pane: to the bottom)."""

    id, keys, label = "last", "G,end", "Last"

    def run(self) -> None:
        self.screen.pane.move_to_end(first=False)


class NextPane(Command):
    """Go to the other pane; in a narrow window the detail takes the list's place."""

    id, keys, label, group = "next-pane", "tab", "Next pane", "Moving"

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

    def run(self) -> None:
        self.screen.back_out()
