"""The editor in which a note is written, below the paper it belongs to."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from readlist.tui.messages import NoteSaved


class NoteEditor(TextArea):
    """Edits the note of one paper. It saves when it is left, however it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True),
        Binding("escape", "leave", "Save and leave", priority=True),
    ]

    def __init__(self, identifier: str, note: str) -> None:
        super().__init__(note, id="note-editor", soft_wrap=True, show_line_numbers=False, tab_behavior="indent")
        self.paper_id = identifier
        self.saved_text = note
        self.border_title = "Note"
        self.border_subtitle = "ctrl+s saves · esc saves and leaves"
        self.move_cursor(self.document.end)

    @property
    def unsaved(self) -> bool:
        """Whether there is text that is not on disk yet."""
        return self.text != self.saved_text

    def action_save(self) -> None:
        """Save and go on writing."""
        self.post_message(NoteSaved(left=False))

    def action_leave(self) -> None:
        """Save and go back to the list."""
        self.post_message(NoteSaved(left=True))

    def on_blur(self) -> None:
        """Save when the focus goes elsewhere, another window included."""
        if self.unsaved:
            self.post_message(NoteSaved(left=False))
