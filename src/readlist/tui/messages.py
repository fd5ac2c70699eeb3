"""What widgets that are made on demand tell the screen; here, so that the screen need not import them to listen."""

from textual.message import Message


class SearchTyped(Message):
    """The text of the search line has changed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class SearchStepped(Message):
    """The cursor of the list is to move by ``rows`` while the typing goes on."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows


class SearchLeft(Message):
    """The user is done with typing; ``clear`` when the search is to end as well."""

    def __init__(self, *, clear: bool) -> None:
        super().__init__()
        self.clear = clear


class NoteSaved(Message):
    """The note being written is to be saved; ``left`` when its editor is to close once it is."""

    def __init__(self, *, left: bool) -> None:
        super().__init__()
        self.left = left
