"""What stands in the place of the list when it has nothing to show: a friendly word and the next key."""

from textual.content import Content
from textual.widgets import Static

from readlist.search.view import Shelf, View

_SHELF_HINTS = {
    Shelf.ALL: "",
    Shelf.UNREAD: "Everything here has been started or read.",
    Shelf.READING: "s on a paper says that you are reading it.",
    Shelf.READ: "r on a paper marks it read.",
    Shelf.STARRED: "* on a paper gives it a star.",
}


class EmptyMessage(Static):
    """Says why the list is empty and which key leads on."""

    def explain(self, view: View, query: str) -> None:
        """Explain why ``view``, made by the typed ``query``, holds no paper."""
        if not view.counts.all:
            title = "Your reading list is empty"
            hint = "a adds papers: paste a listing page, or name a file.\nOn the command line: readlist import FILE"
        elif query.strip():
            title = f"Nothing matches “{query.strip()}”"
            hint = "Esc clears the search.  / changes it."
            if view.shelf is not Shelf.ALL:
                hint += f"\nOnly {view.shelf.value} papers were searched: 1 searches all."
        else:
            title = f"No {view.shelf.value} papers"
            hint = f"{_SHELF_HINTS[view.shelf]}\n1 shows all {view.counts.all:,}."
        self.update(Content.assemble((title, "bold"), "\n\n", (hint, "$foreground 60%")))
