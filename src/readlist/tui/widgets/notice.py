"""A card that stays until a key is pressed: for what happens seldom and must not be missed."""

from textual.content import Content
from textual.widgets import Static


class Notice(Static):
    """Lies over the end of the list. The key that takes it away does what it always does."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__(Content.assemble((title, "bold"), f"\n{text}"), markup=False, classes="card")
