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
    Shelf.QUEUE: "Q on a paper puts it in the reading queue, J and K order it.",
    Shelf.TRASH: "d on a paper puts it here, and P puts it back.",
}


def _named(shelf: Shelf) -> str:
    return "queued" if shelf is Shelf.QUEUE else shelf.label


class EmptyMessage(Static):
    """Says why the list is empty and which key leads on."""

    def explain(self, view: View, query: str) -> None:
        """Explain why ``view``, made by the typed ``query``, holds no paper."""
        in_trash = view.shelf is Shelf.TRASH
        if not view.counts.all and not in_trash:
            title = "Your reading list is empty"
            hint = "a adds papers: paste a listing page, or name a file.\nOn the command line: readlist import FILE"
            if view.counts.trash:
                hint += f"\n6 shows the trash ({view.counts.trash:,})."
        elif view.query.problem:
            title = f"The search “{query.strip()}” cannot be understood"
            hint = f"{view.query.problem.message}.\n/ changes it, Esc clears it."
        elif query.strip():
            title = f"Nothing matches “{query.strip()}”"
            hint = "Esc clears the search.\n/ changes it."
            if view.shelf is not Shelf.ALL:
                searched = "the trash was" if in_trash else f"{_named(view.shelf)} papers were"
                hint += f"\nOnly {searched} searched: 1 searches all."
        else:
            title = "The trash is empty" if in_trash else f"No {_named(view.shelf)} papers"
            hint = f"{_SHELF_HINTS[view.shelf]}\n1 shows all {view.counts.all:,}."
        self.update(Content.assemble((title, "bold"), "\n\n", (hint, "$foreground 60%")))
