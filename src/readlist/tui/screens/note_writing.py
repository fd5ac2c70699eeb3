"""The part of the main screen that writes notes: the editor that opens on n, and how its text is kept safe."""

from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from readlist.tui.session import Act
    from readlist.tui.widgets.note_editor import NoteEditor
    from readlist.tui.widgets.paper_list import PaperList


class NoteWriting(Screen[None]):
    """Opens the note editor of the main screen; closes it only when its text is on disk."""

    if TYPE_CHECKING:
        paper_list: PaperList

        def show_current(self) -> None:
            """Given by the main screen."""

        async def change(self, act: Act) -> bool:
            """Given by the main screen."""

        def say(self, message: str, *, severity: str = "information") -> None:
            """Given by the main screen."""

    _came_from: tuple[Widget | None, bool] = (None, False)
    """What had the focus when the editor was opened, and whether the detail was shown: leaving goes back there."""

    @property
    def _editor(self) -> "NoteEditor | None":
        found = self.query("#note-editor")
        return found.first() if found else None  # type: ignore[return-value]  # the id belongs to note editors alone

    def open_note(self) -> None:
        """Write the note of the paper under the cursor, beside its text."""
        from readlist.tui.widgets.note_editor import NoteEditor  # noqa: PLC0415 - TextArea is slow to import

        paper = self.paper_list.current
        if paper is None:
            return
        editor = self._editor
        if editor is None:
            editor = NoteEditor(paper.id, paper.note, save=self.save_note_soon, leave=self.leave_note)
            self.query_one("#detail-pane").mount(editor)
            self._came_from = (self.focused, self.has_class("-detail"))
        elif editor.paper_id != paper.id:
            self.say("The note before is not saved yet: esc saves it", severity="warning")
        self.add_class("-detail")
        self.show_current()
        self.set_focus(editor)

    def save_note_soon(self) -> None:
        """Save what is written while the writing goes on."""
        self.run_worker(self.save_note(), group="notes")

    def leave_note(self) -> None:
        """Go back to where the note was opened from; the editor closes when its text is on disk.

        The focus moves at once, so that keys already on their way are commands again and no letters.
        """
        if self.focused is self._editor:
            self.set_focus(self._came_from[0] or self.paper_list)
        self.run_worker(self._save_and_close(), group="notes")

    async def save_note(self) -> bool:
        """Put what is written on disk; False when that failed (the editor then keeps the text)."""
        editor = self._editor
        if editor is None or not editor.unsaved:
            return True
        identifier, text = editor.paper_id, editor.text
        if not await self.change(lambda library: library.edit([identifier], note=text)):
            return False
        editor.saved_text = text
        return True

    async def _save_and_close(self) -> None:
        saved = await self.save_note()
        editor = self._editor
        if editor is None or editor is self.focused:
            return
        if saved:
            await editor.remove()
            self.set_class(self._came_from[1], "-detail")
        else:
            self.set_focus(editor)
