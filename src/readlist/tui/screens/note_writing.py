"""The part of the main screen that writes notes: the editor that opens on n, and how its text is kept safe."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.timer import Timer
from textual.widget import Widget

from readlist import note_drafts
from readlist.latex import plain, to_unicode
from readlist.tui.screens.part import ScreenPart
from readlist.tui.toasts import Toasts
from readlist.tui.widgets.paper_row import truncate

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from readlist.config import Config
    from readlist.library.library import Change, Library
    from readlist.paper import Paper
    from readlist.tui.session import Act, Session
    from readlist.tui.widgets.note_editor import NoteEditor
    from readlist.tui.widgets.paper_list import PaperList


_KEEP = 0.5
"""Seconds after which what has been written is kept for the case that the terminal is killed."""


_TITLE = 50
"""Cells of the title of a note that was recovered."""


class Draft(NamedTuple):
    """A note on its way to the disk."""

    paper_id: str
    before: str
    """The note as it was in the library when the writing began."""
    text: str


def write(draft: Draft, library: "Library") -> "Change | None":
    """Save ``draft``; what another window has written into the note meanwhile is kept in front of it.

    Raises:
        LibraryError: nothing was written.
    """
    return library.write_note(draft.paper_id, draft.text, seen=draft.before)


class NoteWriting(ScreenPart):
    """Opens and closes the note editor of the main screen, and holds what was written until it is on the disk."""

    if TYPE_CHECKING:
        config: Config
        paper_list: PaperList
        session: Session

        def show_current(self) -> None:
            """Given by the main screen."""

        async def change(self, act: Act, *, is_note: bool = False) -> bool:
            """Given by the main screen."""

        def retry(self) -> None:
            """Given by the main screen."""

        def say(self, message: str) -> None:
            """Given by the main screen."""

        def show_card(self, card: Widget) -> None:
            """Given by the main screen."""

        def show_paper(self, identifier: str) -> None:
            """Given by the main screen."""

        def start(self, work: "Coroutine[Any, Any, object]", group: str) -> None:
            """Given by the main screen."""

    _editor: "NoteEditor | None" = None
    _keeper: Timer | None = None
    _kept = ""
    """The text that was kept last while it was being written."""
    _came_from: tuple[Widget | None, bool] = (None, False)
    """What had the focus when the editor was opened, and whether the detail was shown: leaving goes back there."""
    _drafts: dict[str, Draft]
    """What has been written and left, by paper, until it is saved."""

    @property
    def is_writing(self) -> bool:
        """Whether the keys go into the note editor."""
        return self._editor is not None and self.focused is self._editor

    def open_note(self) -> None:
        """Write the note of the paper under the cursor, beside its text."""
        paper = self.paper_list.current
        if paper is None:
            return
        if self.session.library.is_read_only:
            self.say("The library is read-only: nothing can be written")
            return
        if self._editor is not None and self._editor.paper_id != paper.id:
            self.leave_note()
        if self._editor is None:
            self._open(self._drafts.pop(paper.id, Draft(paper.id, paper.note, paper.note)))
        self.set_focus(self._editor)

    def _open(self, draft: Draft) -> None:
        from readlist.tui.widgets.note_editor import NoteEditor  # noqa: PLC0415 - TextArea is slow to import

        if isinstance(self.app, Toasts):
            self.app.drop_passing()  # they would cover what is written
        template = "" if draft.text else self._template(draft.paper_id)
        self._editor = NoteEditor(
            draft, save=self.save_note, leave=self.leave_note, linkable=self.session.linkable, template=template
        )
        self._kept = draft.text
        self._keeper = self.set_interval(_KEEP, self._keep_draft)
        self._came_from = (self.focused, self.has_class("-detail"))
        self.query_one("#detail-pane").mount(self._editor.offer, self._editor)
        self.add_class("-detail")
        self.show_current()

    def save_note(self) -> None:
        """Save what is written while the writing goes on; what the disk has refused before is tried again."""
        if self._editor is not None and self._editor.unsaved:
            self.start(self._save_open_note(self._editor), "notes")
        elif self.session.library.held:
            self.retry()

    def _template(self, identifier: str) -> str:
        """What a new note of this paper begins with."""
        paper = self.session.papers.get(identifier)
        if not self.config.note_template or paper is None:
            return ""
        import datetime as dt  # noqa: PLC0415 - few users have a template

        values = {
            "title": to_unicode(paper.title),
            "authors": ", ".join(to_unicode(author.display) for author in paper.authors),
            "year": paper.year,
            "key": paper.key or self._new_key(paper) if "{key}" in self.config.note_template else "",
            "date": dt.datetime.now().astimezone().date().isoformat(),
        }
        text = self.config.note_template
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def _new_key(self, paper: "Paper") -> str:
        """The citation key that ``paper`` gets by this, since it is to stand in a note."""
        from readlist import referencing  # noqa: PLC0415 - few templates have a key
        from readlist.cite.keys import with_keys  # noqa: PLC0415 - likewise

        library, pattern = self.session.library, self.config.key_pattern
        taken = {other.key for other in (*self.session.papers.values(), *library.trash.values()) if other.key}
        self.start(asyncio.to_thread(referencing.keyed, library, [paper], pattern), "keys")
        return with_keys([paper], taken, pattern)[0].key

    def _keep_draft(self) -> None:
        """Keep what is being written where a killed terminal does not reach it."""
        editor = self._editor
        if editor is not None and editor.unsaved and editor.text != self._kept:
            draft = editor.draft
            self._kept = draft.text
            self.start(asyncio.to_thread(self._keep, draft), "drafts")

    def _keep(self, draft: Draft) -> None:
        with suppress(OSError):  # it is saved when the editor is left, as ever
            note_drafts.keep(self.session.library.path, draft.paper_id, draft.before, draft.text)

    async def take_up_drafts(self) -> None:
        """Save what a readlist that was killed was writing, go to its paper, and say so until a key is pressed."""
        library = self.session.library
        recovered: list[Paper] = []
        for note in await asyncio.to_thread(note_drafts.left_behind, library.path):
            paper = library.papers.get(note.paper_id) or library.trash.get(note.paper_id)
            if paper is None:
                continue  # it may come back
            was_saved = note.text == note.before == paper.note
            if was_saved or note.text not in {paper.note, note.before}:
                if not was_saved and not await self._write(Draft(note.paper_id, note.before, note.text)):
                    continue
                recovered.append(paper)
            await asyncio.to_thread(note_drafts.forget, library.path, note.paper_id)
        if recovered:
            self._tell_recovered(recovered)

    def _tell_recovered(self, papers: "Sequence[Paper]") -> None:
        from readlist.tui.widgets.notice import Notice  # noqa: PLC0415 - seldom needed

        titles = [f"“{truncate(plain(to_unicode(paper.title)), _TITLE)}”" for paper in papers]
        if len(papers) == 1:
            told = f"Recovered the note of {titles[0]}"
            more = "readlist ended while it was written. It is saved: n goes on writing, u takes it back."
        else:
            told = f"Recovered {len(papers):,} notes: {', '.join(titles)}"
            more = "readlist ended while they were written. They are saved: u takes back the last."
        here = [paper for paper in papers if paper.id in self.session.papers]
        if here and self.is_current and self._editor is None:
            self.show_paper(here[0].id)
            self.paper_list.place(0)  # the card lies over the end of the list
        if not self.session.library.held:  # else what is said of the disk must be read
            self.app.clear_notifications()
        self.show_card(Notice(told, more))

    async def _write(self, draft: Draft) -> bool:
        written = await self.change(lambda library: write(draft, library), is_note=True)
        if written and not self.session.library.held:
            await asyncio.to_thread(note_drafts.forget, self.session.library.path, draft.paper_id)
        return written

    async def _save_open_note(self, editor: "NoteEditor") -> bool:
        draft = editor.draft
        saved = await self._write(draft)
        if saved:
            # Also when the disk has refused it: the library holds it then, and tries again.
            library = self.session.library
            paper = library.papers.get(draft.paper_id) or library.trash.get(draft.paper_id)
            editor.take_saved(draft.text, paper.note if paper else draft.text)
        return saved

    def leave_note(self) -> None:
        """Close the editor and save what it holds.

        The editor goes at once, so that keys already on their way are commands again; its text is held until it is on
        the disk, and when that fails the editor comes back with it.
        """
        editor, self._editor = self._editor, None
        if editor is None:
            return
        focus, detail = self._came_from
        if self.focused is editor:
            self.set_focus(focus or self.paper_list)
        editor.offer.remove()
        editor.remove()
        if self._keeper is not None:
            self._keeper.stop()
        self.set_class(detail, "-detail")
        if editor.unsaved:
            self._drafts[editor.paper_id] = editor.draft
            self.start(self._save_draft(editor.draft), "notes")

    async def _save_draft(self, draft: Draft) -> bool:
        saved = await self._write(draft)
        if self._drafts.get(draft.paper_id) != draft:
            return saved  # it is being written on
        if saved:
            del self._drafts[draft.paper_id]
        elif self._editor is None and self.is_current:
            self._open(self._drafts.pop(draft.paper_id))
            self.set_focus(self._editor)
        return saved

    async def save_notes(self, *, unseen: bool = False) -> list[Draft]:
        """Save all that is written and not saved yet; returns what could not be saved.

        Where that is ``unseen``, since the terminal has gone, the next start tells of the note that was open.
        """
        failed = []
        editor = self._editor
        if editor is not None and editor.unsaved:
            if not await self._save_open_note(editor):
                failed.append(editor.draft)
            elif unseen:
                text = editor.draft.text
                await asyncio.to_thread(self._keep, Draft(editor.paper_id, text, text))
        for draft in list(self._drafts.values()):
            if await self._write(draft):
                self._drafts.pop(draft.paper_id, None)
            else:
                failed.append(draft)
        return failed

    def take_note_from_outside(self) -> None:
        """Show what another window has written into the note, as long as nothing is being written here."""
        editor = self._editor
        current = self.paper_list.current
        if editor is not None and not editor.unsaved and current is not None and current.id == editor.paper_id:
            editor.take_note(current.note)
