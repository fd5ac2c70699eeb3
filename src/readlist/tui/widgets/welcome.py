"""The card of the first launch: what this is, and the first keys. The first key pressed takes it away."""

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

_BLANK = "\u00a0"


class Welcome(Static):
    """Lies over the end of the list and takes no key for itself."""

    def __init__(self, papers: int, key_of: Callable[[str], str]) -> None:
        super().__init__(
            Content.assemble(
                (f"Your reading list, with {papers:,} papers to begin with.\n", "bold"),
                *_keys(
                    (f"{key_of('down')} {key_of('up')}", "move"),
                    (key_of("detail"), "read on"),
                    (key_of("toggle-read"), "mark read"),
                    (key_of("note"), "note"),
                    (key_of("search"), "search"),
                ),
                "\n",
                *_keys(
                    (f"{key_of('copy')} b", "copy BibTeX"),
                    (key_of("add"), "add papers"),
                    (key_of("undo"), "undo anything"),
                    (key_of("help"), "all keys"),
                    (key_of("quit"), "quit"),
                ),
            ),
            markup=False,
            classes="card",
        )


def _keys(*entries: tuple[str, str]) -> list[Content]:
    # No line ends between a key and what it does.
    return [
        Content.assemble((key.replace(" ", _BLANK), "bold $primary"), f" {text}".replace(" ", _BLANK), "   ")
        for key, text in entries
    ]
