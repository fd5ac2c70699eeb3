"""The editor in which a note is written, below the paper it belongs to."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from readlist.latex import plain
from readlist.tui.screens.note_writing import Draft


class NoteEditor(TextArea):
    """Edits the note of one paper. It saves when it is left, however it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True),
        Binding("escape", "leave", "Save and leave", priority=True),
    ]

    def __init__(self, draft: Draft, *, save: Callable[[], None], leave: Callable[[], None]) -> None:
        super().__init__(_harmless(draft.text), soft_wrap=True, show_line_numbers=False, tab_behavior="indent")
        self.paper_id = draft.paper_id
        self._before = draft.before
        # What counts as unchanged is the text as the editor holds it: it turns rare line breaks into common ones.
        self._unchanged = self.text if draft.text == draft.before else None
        self._save = save
        self._leave = leave
        self.border_title = "Note"
        self.border_subtitle = "ctrl+s saves · esc saves and leaves"
        self.move_cursor(self.document.end)

    @property
    def unsaved(self) -> bool:
        """Whether there is text that has not been handed to the library yet."""
        return self.text != self._unchanged

    @property
    def draft(self) -> Draft:
        """What is written now."""
        return Draft(self.paper_id, self._before, self.text)

    def take_saved(self, text: str, note: str) -> None:
        """Take over that ``text`` has been saved, and that the note is ``note`` since.

        The two differ when another window has written meanwhile: then what that one wrote is shown as well.
        """
        self._before = self._unchanged = text
        if note != text and note.endswith(text):
            added = _harmless(note[: len(note) - len(text)])
            self.insert(added, (0, 0))  # the cursor stays where the user is writing
            self._before, self._unchanged = note, f"{added}{text}"
        elif note != text and self.text == text:
            self.take_note(note)

    def take_note(self, note: str) -> None:
        """Show ``note``, which has come from elsewhere."""
        if note != self._before:
            self.load_text(_harmless(note))
            self._before, self._unchanged = note, self.text

    def action_save(self) -> None:
        """Save and go on writing."""
        self._save()

    def action_leave(self) -> None:
        """Save and go back to where the editor was opened from."""
        self._leave()

    def on_blur(self) -> None:
        """Save when another window of the desktop takes the focus, and leave when another part of this one does."""
        if self.app.app_focus and self.screen.focused is not self and self.screen.is_current:
            self._leave()
        else:
            self._save()


def _harmless(text: str) -> str:
    """``text`` without what could reach the terminal as a command; lines and tabs stay."""
    return "\n".join("\t".join(plain(part) for part in line.split("\t")) for line in text.split("\n"))
