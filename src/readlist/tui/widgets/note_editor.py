"""The editor in which a note is written, below the paper it belongs to."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets.text_area import Selection

from readlist.latex import plain
from readlist.tui.screens.note_writing import Draft
from readlist.tui.toasts import Toasts
from readlist.tui.widgets.panel import KeysOnBorder
from readlist.tui.widgets.text_field import TextField


class NoteEditor(TextField, KeysOnBorder):
    """Edits the note of one paper. It saves when it is left, however it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True),
        Binding("escape", "leave", "Save and leave", priority=True),
        Binding("ctrl+f", "find", "Find", priority=True),
        Binding("f3,ctrl+g", "find_next", "Find next", priority=True, show=False),
    ]

    def __init__(
        self, draft: Draft, *, save: Callable[[], None], leave: Callable[[], None], template: str = ""
    ) -> None:
        super().__init__(
            _harmless(draft.text or template), soft_wrap=True, show_line_numbers=False, tab_behavior="indent"
        )
        self.add_class("written")
        self.paper_id = draft.paper_id
        self._before = draft.before
        # What counts as unchanged is the text as the editor holds it: it turns rare line breaks into common ones.
        # A template that nothing was added to is no note.
        self._unchanged = self.text if draft.text == draft.before else None
        self._save = save
        self._leave = leave
        self.border_title = "Note"
        self.show_hints("ctrl+s saves", "ctrl+f finds", "esc saves and leaves")
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

    def action_find(self) -> None:
        """Ask for a text and go to where it occurs next."""
        from readlist.tui.screens.name import NameScreen  # noqa: PLC0415 - asked for seldom

        def find(wanted: str | None) -> None:
            if wanted:
                self._wanted = wanted
                self.action_find_next()

        self.app.push_screen(
            NameScreen("Find in the note", self._wanted, "f3 goes on to the next place", does="finds"), find
        )

    def action_find_next(self) -> None:
        """Select the next place where the text that was asked for occurs; after the last comes the first."""
        wanted = self._wanted.lower()
        lines = [line.lower() for line in self.document.lines]
        row, column = self.selection.end
        # From the cursor to its line's end, the lines below, those above, and the cursor's own once more.
        order = [(row, column), *((at, 0) for at in (*range(row + 1, len(lines)), *range(row + 1)))]
        found = next(((at, place) for at, start in order if (place := lines[at].find(wanted, start)) >= 0), None)
        if not wanted or found is None:
            missing = f"“{self._wanted}” does not occur in the note"
            self.notify(missing if wanted else "ctrl+f says what to find", markup=False)
            return
        self.selection = Selection(found, (found[0], found[1] + len(wanted)))
        self.scroll_cursor_visible()

    _wanted = ""
    """What was looked for last."""

    def on_resize(self) -> None:
        """Fit the keys on the border, and keep clear of toasts."""
        super().on_resize()
        if isinstance(self.app, Toasts):
            self.app.show_toasts()

    def on_blur(self) -> None:
        """Save when another window of the desktop takes the focus, and leave when another part of this one does."""
        if self.app.app_focus and self.screen.focused is not self and self.screen.is_current:
            self._leave()
        else:
            self._save()


def _harmless(text: str) -> str:
    """``text`` without what could reach the terminal as a command; lines and tabs stay."""
    return "\n".join("\t".join(plain(part) for part in line.split("\t")) for line in text.split("\n"))
