"""Commands that select papers; what is selected is what the other commands act on."""

from readlist.search.view import Shelf
from readlist.tui.commands.base import Command


class Select(Command):
    """Select the paper, or take it out of the selection, and move on."""

    id, keys, label, group = "select", "space", "Select", "Selecting"
    hint = "Keys act on what is selected now; esc clears, <invert-selection> inverts"
    needs_paper = True

    def run(self) -> None:
        paper = self.screen.paper_list.current
        if paper is not None:
            ids, row = self.session.view.ids, self.screen.paper_list.row
            self.session.select(self.session.selection ^ set(ids[row : row + self.count]))
            self.screen.show_selection()
            self.screen.paper_list.move(self.count)


class SelectRange(Command):
    """Select a range: once where it begins, once more where it ends."""

    id, keys, label, group = "select-range", "v", "Select range", "Selecting"
    hint = "Move to where the range ends; <select-range> ends it, esc clears"
    needs_paper = True

    def run(self) -> None:
        current = self.screen.paper_list.current
        if self.session.drawing_range:
            self.session.end_range()
        elif current is not None:
            self.session.begin_range(current.id)
            self.screen.show_selection()


class SelectAll(Command):
    """Select all papers that are shown."""

    id, keys, label, group = "select-all", "ctrl+a", "Select all", "Selecting"
    needs_paper = True

    def run(self) -> None:
        self.session.select(frozenset(self.session.view.ids))
        self.screen.show_selection()


class SelectAdded(Command):
    """Select the papers that were added last, and go to the first of them."""

    id, keys, label, group = "select-added", "N", "Select added", "Selecting"

    def run(self) -> None:
        added = frozenset(self.session.added_last())
        if not added:
            self.screen.say("Nothing has been added yet")
            return
        if self.session.query_text and not added <= frozenset(self.session.view.ids):
            self.screen.close_search(clear=True)
        if not added <= frozenset(self.session.view.ids):
            self.screen.look(shelf=Shelf.ALL)
        self.session.select(added)
        self.screen.show_selection()
        self.screen.paper_list.go_to_paper(next(one for one in self.session.view.ids if one in added))


class InvertSelection(Command):
    """Select all papers that are shown and not selected, and no others."""

    id, keys, label, group = "invert-selection", "V", "Invert", "Selecting"
    needs_paper = True

    def run(self) -> None:
        shown = frozenset(self.session.view.ids)
        self.session.select(shown - self.session.selection)
        self.screen.show_selection()
