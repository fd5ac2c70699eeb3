"""The editor in which a note is written, below the paper it belongs to."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets.text_area import Selection

from readlist.latex import plain
from readlist.note_links import begun, link_to
from readlist.paper import Paper
from readlist.tui.screens.note_writing import Draft
from readlist.tui.toasts import Toasts
from readlist.tui.widgets.link_offer import LinkOffer
from readlist.tui.widgets.panel import KeysOnBorder
from readlist.tui.widgets.text_field import TextField

Linkable = Callable[[str, int, str], Coroutine[Any, Any, Sequence[Paper]]]
"""Finds papers by words that were typed of a link: so many, one left out."""


class NoteEditor(TextField, KeysOnBorder):
    """Edits the note of one paper. It saves when it is left, however it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True),
        Binding("escape", "leave", "Save and leave", priority=True),
        Binding("ctrl+f", "find", "Find", priority=True),
        Binding("f3,ctrl+g", "find_next", "Find next", priority=True, show=False),
        Binding("tab,enter", "take_link", "Link", priority=True, show=False),
        Binding("down,ctrl+n", "choose_link(1)", "Next link", priority=True, show=False),
        Binding("up,ctrl+p", "choose_link(-1)", "Link before", priority=True, show=False),
    ]

    def __init__(
        self,
        draft: Draft,
        *,
        save: Callable[[], None],
        leave: Callable[[], None],
        linkable: Linkable,
        template: str = "",
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
        self._linkable = linkable
        self._offered: Sequence[Paper] = ()
        self._chosen = 0
        self._declined = False
        """Whether the user has chosen to type the link that is open himself."""
        self.offer = LinkOffer()
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
        """Save and go back to where the editor was opened from; what is offered goes first."""
        if self._offered:
            self._declined = True
            self._show_offer(())
        else:
            self._leave()

    # Links

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys that choose a link write text while none is offered."""
        if action in {"take_link", "choose_link"}:
            return bool(self._offered) and self._begun is not None
        return super().check_action(action, parameters)

    @property
    def _begun(self) -> str | None:
        """What has been typed of a link up to the cursor, if one is open there."""
        row, column = self.cursor_location
        return begun(self.document.get_line(row)[:column])

    def on_text_area_selection_changed(self) -> None:
        """Offer papers while a link is being typed: the cursor moves with every letter."""
        words = self._begun
        if words is None:
            self._declined = False
            self._show_offer(())
        elif not self._declined:
            self.run_worker(self._find_links(words), group="links", exclusive=True)

    async def _find_links(self, words: str) -> None:
        found = await self._linkable(words, self.offer.most, self.paper_id)
        if self._begun == words and not self._declined:
            self._show_offer(found)

    def _show_offer(self, papers: Sequence[Paper]) -> None:
        self._offered, self._chosen = papers, 0
        if self.offer.is_attached:
            self.offer.offer(papers, 0)

    def action_choose_link(self, step: int) -> None:
        """Go to another one of the papers offered."""
        self._chosen = (self._chosen + step) % len(self._offered)
        self.offer.offer(self._offered, self._chosen)

    def action_take_link(self) -> None:
        """Write the link to the paper that stands out, in the place of what was typed of it."""
        words = self._begun
        if words is None:
            return
        row, column = self.cursor_location
        closed = self.document.get_line(row)[column : column + 2] == "]]"
        start = column - len(words) - len("[[")
        self.replace(link_to(self._offered[self._chosen]), (row, start), (row, column + 2 * closed))

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
