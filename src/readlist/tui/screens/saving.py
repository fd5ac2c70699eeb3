"""The part of the main screen that changes the library, and keeps at it when the disk refuses."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from time import monotonic
from typing import TYPE_CHECKING, Any

from readlist.latex import plain, to_unicode
from readlist.library.errors import LibraryError
from readlist.search.pile import changes_between
from readlist.tui.screens.part import ScreenPart
from readlist.tui.widgets.paper_row import truncate

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping

    from readlist.library.library import Change
    from readlist.paper import Paper
    from readlist.tui.session import Act, Session
    from readlist.tui.widgets.bars import StatusBar
    from readlist.tui.widgets.paper_list import PaperList

_LOOK_OUTSIDE = 1.0
"""Seconds between two looks at whether another process has changed the library."""
_RETRY = 5.0
"""Seconds between two attempts to write what the disk has refused."""
_IDLE = 3.0
"""Seconds without a change after which the library file is completed from the journal,"""
_IDLE_SHARE = 20
"""and at least so many times what that took last."""
_TITLE = 50
"""Cells of the title of a paper that another window has changed."""
_FOLD_AGAIN = 60.0
"""Seconds until that is tried again when it has failed; nothing depends on it."""


class Saving(ScreenPart):
    """Carries out changes, says what became of them, and shows what is not on the disk as long as it is not."""

    if TYPE_CHECKING:
        session: Session
        status_bar: StatusBar
        paper_list: PaperList

        @property
        def typing(self) -> bool:
            """Given by the main screen."""

        def show_view(self) -> None:
            """Given by the main screen."""

        def one_frame(self) -> AbstractContextManager[None]:
            """Given by the main screen."""

        def say(self, message: str, *, severity: str = "information", lasting: bool = True) -> None:
            """Given by the main screen."""

        def key_of(self, command: str) -> str:
            """Given by the main screen."""

        def start(self, work: "Coroutine[Any, Any, object]", group: str) -> None:
            """Given by the main screen."""

        def take_note_from_outside(self) -> None:
            """Given by the main screen."""

    _outside_error = ""
    _is_keeping_up = False
    _told_held = 0
    """How many changes were not on the disk when the user was told of it last."""
    _told_warnings = 0
    _retry_at = 0.0
    _fold_at = 0.0
    _pause = _IDLE

    def keep_up(self) -> None:
        """From now on, look at what other processes do, try again what the disk refuses, and complete the file."""
        self._fold_at = monotonic() + self._pause
        self.set_interval(_LOOK_OUTSIDE, self._next_round)
        if not self.session.library.is_read_only:
            self.start(self._keep_journal(), "journal")

    async def _keep_journal(self) -> None:
        await self.session.keep_journal()
        self._show_latest()

    def _show_latest(self) -> None:
        """Show what other windows have written, wherever it was come upon."""
        if self.session.is_stale:
            self.session.look()
            self.show_view()
            self.take_note_from_outside()

    def _next_round(self) -> None:
        # Not awaited by the timer: a disk that takes seconds to answer must not hold up the screen.
        if not self._is_keeping_up and not self.session.has_ended:
            self._is_keeping_up = True
            self.start(self._round(), "keeping up")

    async def _round(self) -> None:
        try:
            await self._look_outside()
            if self.session.library.held and monotonic() >= self._retry_at:
                await self._retry_held()
            elif self.session.library.has_unfolded and monotonic() >= self._fold_at:
                await self._fold()
        finally:
            self._is_keeping_up = False

    def put_off_fold(self) -> None:
        """The user is at work: completing a large file takes time from the screen."""
        self._fold_at = max(self._fold_at, monotonic() + _IDLE)

    def on_text_area_changed(self) -> None:
        """A note is being written."""
        self.put_off_fold()

    def on_input_changed(self) -> None:
        """Something is being searched."""
        self.put_off_fold()

    # Changing

    def carry_out(self, act: "Act", *, otherwise: str = "", undoes: bool = True, stays: bool = False) -> None:
        """Change the library off the event loop, then show it and say what was done.

        Args:
            act: the change.
            otherwise: what to say when there was nothing to change.
            undoes: remind of the key that takes it back.
            stays: leave the cursor where it is; else it goes to what is new.
        """
        self.start(self.change(act, otherwise=otherwise, undoes=undoes, stays=stays), "changes")

    async def change(
        self, act: "Act", *, otherwise: str = "", undoes: bool = True, stays: bool = False, is_note: bool = False
    ) -> bool:
        """As `carry_out`, but to be awaited; False when nothing was changed because that failed.

        A change that is in memory alone has been carried out as far as the screen is concerned; what is said of it, and
        the sign in the status bar, tell that it is not on the disk.
        """
        try:
            change = await self.session.change(act)
        except LibraryError as error:
            # Of a library that takes no changes a sign tells all the time.
            lasting = not self.session.library.is_read_only
            self.say("\n".join([str(error), *self._news()]), severity="error", lasting=lasting)
            self._show_latest()
            return False
        self._fold_at = monotonic() + self._pause
        news = self._news()
        if change is None:
            self._show_latest()
            self._say_unchanged(otherwise, news)
            return True
        with self.one_frame():
            self._show_change(change, stays=stays)
            if change.held:
                self._retry_at = monotonic() + _RETRY
                told = "\n".join([self._not_on_disk(change, is_note=is_note), *news])
                self.say(told, severity="error", lasting=False)
            else:
                reminder = f" — {self.key_of('undo')} undoes" if undoes and not self.typing else ""
                shows = f", {self.key_of('select-added')} selects them" if reminder and stays else ""
                told = "\n".join([f"{change.name}{reminder}{shows}", *news])
                self.say(told, severity="warning" if change.kept else "information")
        return True

    def _show_change(self, change: "Change", *, stays: bool) -> None:
        near = self.paper_list.row
        was_shown = bool(change.ids) and self.session.view.position(change.ids[0], near) is not None
        self.session.look()
        self.show_view()
        if change.ids and not was_shown and not stays:
            self.paper_list.go_to_paper(change.ids[0])  # it is new, or has come back

    def _say_unchanged(self, otherwise: str, news: Sequence[str]) -> None:
        """There was nothing to change; but what the disk had refused before has been tried again."""
        if self.session.library.held:
            news = [*news, self._still_held()]
        if otherwise or news:
            told = [otherwise, *news] if otherwise else news
            self.say("\n".join(told), severity="error" if self.session.library.held else "information", lasting=False)

    def _not_on_disk(self, change: "Change", *, is_note: bool) -> str:
        key = self.key_of("save")
        if is_note:
            return f"{_capital(change.held)}: the note is kept in memory, press {key} to try again"
        return f"{change.name} — NOT on the disk yet: {change.held}; {key} tries again"

    def _still_held(self) -> str:
        library = self.session.library
        what = "the change is" if len(library.held) == 1 else f"{len(library.held):,} changes are"
        return f"{_capital(library.trouble)}: {what} kept in memory, press {self.key_of('save')} to try again"

    # What the disk refuses

    def retry(self) -> None:
        """Write what the disk has refused, and say how that went."""
        self.start(self._retry_now(), "changes")

    async def _retry_now(self) -> None:
        if not self.session.library.held:
            self.say(
                "Nothing can be changed here" if self.session.library.is_read_only else "Everything is on the disk"
            )
        elif not await self._retry_held():
            self.say(self._still_held(), severity="error", lasting=False)

    async def _retry_held(self) -> bool:
        """Write what the disk has refused; True when something was said, which is so when all has been written."""
        begun = monotonic()
        try:
            await self.session.retry()
        except LibraryError as error:
            self.say(str(error), severity="error")
            return True
        finally:
            # A lock that is held elsewhere is waited for: what the user does must have its turn in between.
            self._retry_at = monotonic() + max(_RETRY, 2 * (monotonic() - begun))
        news = self._news()
        self._show_latest()
        if news:
            self.say("\n".join(news))
        return bool(news)

    def _news(self) -> list[str]:
        """What has come about and has not been told: warnings of the library, and that nothing is held any more."""
        library = self.session.library
        news = list(library.warnings[self._told_warnings :])
        held, before = len(library.held), self._told_held
        self._told_warnings, self._told_held = self._told_warnings + len(news), held
        if before and not held:
            if any("could not be kept" in warning for warning in news):
                news.append("All changes that could be kept are on the disk now")
            else:
                news.append(
                    "The change is on the disk now" if before == 1 else f"All {before:,} changes are on the disk now"
                )
        self.show_sign()
        return news

    def tell_state(self) -> list[str]:
        """What there is to be told of the library when it has just been opened."""
        news = self._news()
        return [*news, self._still_held()] if self._told_held else news

    def show_sign(self) -> None:
        """Show in the status bar that changes are not on the disk, or that there can be none, as long as it is so."""
        library, held = self.session.library, len(self.session.library.held)
        if library.is_read_only:
            self.status_bar.show_sign("read-only: nothing can be changed", "read-only")
        elif held:
            changes, key = "1 change" if held == 1 else f"{held:,} changes", self.key_of("save")
            self.status_bar.show_sign(
                f"{changes} not saved: {library.trouble} — {key}",
                f"{held:,} not saved: {library.trouble} — {key}",
                f"{held:,} not saved — {key}",
            )
        else:
            self.status_bar.show_sign()

    # Other processes, and the file

    async def _look_outside(self) -> None:
        before = self.session.papers, self.session.library.trash
        try:
            changed = await self.session.reload()
        except LibraryError as error:
            if self.session.has_ended:
                return
            if str(error) != self._outside_error:
                self._outside_error = str(error)
                self.say(str(error), severity="error")
            return
        news = self._news()
        if self._outside_error:
            self._outside_error = ""
            news.append("The library can be read again")
        if changed:
            self._fold_at = monotonic() + self._pause
            self._show_latest()
            news.insert(0, f"Taken over from another window: {self._what_came(*before)}")
        if news:
            self.say("\n".join(news))

    def _what_came(self, papers: "Mapping[str, Paper]", trash: "Mapping[str, Paper]") -> str:
        """What another process has changed since the library held ``papers`` and ``trash``."""
        library = self.session.library
        known = (changes_between(papers, library.papers), changes_between(trash, library.trash))
        if known[0] is None or known[1] is None:
            return "the library file is another one now"
        changed = known[0] | known[1]
        named = [paper for key in changed if (paper := library.papers.get(key) or library.trash.get(key))]
        if len(changed) == 1 and named:
            return f"“{truncate(plain(to_unicode(named[0].title)), _TITLE)}”"
        return f"{len(changed):,} papers changed" if changed else "nothing that shows"

    async def _fold(self) -> None:
        begun = monotonic()
        try:
            await self.session.fold()
        except LibraryError:  # all is in the journal; when the file cannot be read, the next look says so
            self._fold_at = monotonic() + _FOLD_AGAIN
            return
        self._show_latest()
        self._pause = max(_IDLE, _IDLE_SHARE * (monotonic() - begun))


def _capital(reason: str) -> str:
    return reason[:1].upper() + reason[1:]
