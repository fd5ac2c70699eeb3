"""The editor in which a note is written, below the paper it belongs to."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea


class NoteEditor(TextArea):
    """Edits the note of one paper. It saves when it is left, however it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True),
        Binding("escape", "leave", "Save and leave", priority=True),
    ]

    def __init__(self, identifier: str, note: str, *, save: Callable[[], None], leave: Callable[[], None]) -> None:
        super().__init__(note, id="note-editor", soft_wrap=True, show_line_numbers=False, tab_behavior="indent")
        self.paper_id = identifier
        self.saved_text = note
        self._save = save
        self._leave = leave
        self.border_title = "Note"
        self.border_subtitle = "ctrl+s saves · esc saves and leaves"
        self.move_cursor(self.document.end)

    @property
    def unsaved(self) -> bool:
        """Whether there is text that is not on disk yet."""
        return self.text != self.saved_text

    def action_save(self) -> None:
        """Save and go on writing."""
        self._save()

    def action_leave(self) -> None:
        """Save and go back to where the editor was opened from."""
        self._leave()

    def on_blur(self) -> None:
        """Save when another window of the desktop takes the focus, and leave when another part of this one does."""
        if self.app.app_focus:
            self._leave()
        else:
            self._save()
