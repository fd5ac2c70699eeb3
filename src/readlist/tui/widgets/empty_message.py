"""What stands in the place of the list when it has nothing to show: a friendly word and the next key."""

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

from readlist.search.view import Shelf, View
from readlist.tui.named_keys import with_keys

_SHELF_HINTS = {
    Shelf.ALL: "",
    Shelf.UNREAD: "Everything here has been started or read.",
    Shelf.READING: "<next-status> on a paper says that you are reading it.",
    Shelf.READ: "<toggle-read> on a paper marks it read.",
    Shelf.STARRED: "<star> on a paper gives it a star.",
    Shelf.QUEUE: "<queue> on a paper puts it in the reading queue, <queue-down> and <queue-up> order it.",
    Shelf.TRASH: "<delete> on a paper puts it here, and <restore> puts it back.",
}
"""The id of a command in angle brackets stands for its key."""


def _named(shelf: Shelf) -> str:
    return "queued" if shelf is Shelf.QUEUE else shelf.label


class EmptyMessage(Static):
    """Says why the list is empty and which key leads on."""

    def explain(self, view: View, query: str, key_of: Callable[[str], str]) -> None:
        """Explain why ``view``, made by the typed ``query``, holds no paper; ``key_of`` tells the key of a command."""

        def keyed(text: str) -> str:
            return with_keys(text, key_of)

        in_trash = view.shelf is Shelf.TRASH
        if not view.counts.all and not in_trash:
            title = "Your reading list is empty"
            hint = keyed("<add> adds papers: paste a listing page, or name a file.")
            hint += "\nOn the command line: readlist import FILE"
            if view.counts.trash:
                hint += keyed(f"\n<show-trash> shows the trash ({view.counts.trash:,}).")
        elif view.query.problem:
            title = f"The search “{query.strip()}” cannot be understood"
            problem = view.query.problem.message
            hint = f"{problem}{'' if problem.endswith('?') else '.'}\n{keyed('<search> changes it, Esc clears it.')}"
        elif query.strip():
            title = f"Nothing matches “{query.strip()}”"
            hint = keyed("Esc clears the search.\n<search> changes it.")
            if view.shelf is not Shelf.ALL:
                searched = "the trash was" if in_trash else f"{_named(view.shelf)} papers were"
                hint += keyed(f"\nOnly {searched} searched: <show-all> searches all.")
        else:
            title = "The trash is empty" if in_trash else f"No {_named(view.shelf)} papers"
            hint = keyed(f"{_SHELF_HINTS[view.shelf]}\n<show-all> shows all {view.counts.all:,}.")
        self.update(Content.assemble((title, "bold"), "\n\n", (hint, "$foreground 60%")))
