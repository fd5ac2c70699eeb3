"""The card of the first launch: what this is, and the first keys. The first key pressed takes it away."""

from textual.content import Content
from textual.widgets import Static

_BLANK = "\u00a0"


class Welcome(Static):
    """Lies over the end of the list and takes no key for itself."""

    def __init__(self, papers: int) -> None:
        super().__init__(
            Content.assemble(
                (f"Your reading list, with {papers:,} papers to begin with.\n", "bold"),
                *_keys(("j k", "move"), ("enter", "read on"), ("r", "mark read"), ("n", "note"), ("/", "search")),
                "\n",
                *_keys(
                    ("y b", "copy BibTeX"),
                    ("a", "add papers"),
                    ("u", "undo anything"),
                    ("?", "all keys"),
                    ("q", "quit"),
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
