"""The part of the main screen that is left in good order: nothing that can be saved stays behind."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from readlist.library.errors import LibraryError
from readlist.tui.screens.part import ScreenPart

if TYPE_CHECKING:
    from readlist.tui.screens.note_writing import Draft
    from readlist.tui.session import Session

Result = TypeVar("Result")

_SILENT_WAIT = 1.0
"""Seconds that leaving may take without a word."""
_NAMED = 3
"""So many of the changes that would get lost are named."""


class Leaving(ScreenPart):
    """Saves what is being written, waits for what is under way, completes the library file, and ends the app."""

    if TYPE_CHECKING:
        session: Session

        def say(self, message: str, *, severity: str = "information", lasting: bool = True) -> None:
            """Given by the main screen."""

        def key_of(self, command: str) -> str:
            """Given by the main screen."""

        def start(self, work: "Coroutine[Any, Any, object]", group: str) -> None:
            """Given by the main screen."""

        async def save_notes(self, *, unseen: bool = False) -> "list[Draft]":
            """Given by the main screen."""

    _is_leaving = False
    _hurry = False
    _asked: tuple[object, ...] = ()
    """What the user has been told would get lost."""

    def leave(self, *, hurry: bool = False) -> None:
        """Save what is being written, wait for what is under way, and quit; in a ``hurry`` nobody is there to ask."""
        self._hurry = self._hurry or hurry
        if not self._is_leaving:
            self._is_leaving = True
            self.start(self._leave(), "leaving")

    async def _leave(self) -> None:
        try:
            while not await self._end():
                if not self._hurry:
                    return
            self.app.exit()
        finally:
            self._is_leaving = False
            if self._hurry:
                self.app.exit()

    async def _end(self) -> bool:
        """End the use of the library; False when the user has to be asked first."""
        failed = await self.save_notes(unseen=self._hurry)
        held = await self._patiently(self._retry(), "Trying once more to write what is not saved…")
        if self._hurry:
            await asyncio.to_thread(self._rescue, failed)
        elif (failed or held) and self._asked != (*failed, *held):
            self._asked = (*failed, *held)
            self.say(self._question(len(failed), held), severity="error", lasting=False)
            return False
        else:
            copying = [worker for worker in self.app.workers if worker.group == "copying" and not worker.is_finished]
            if copying:
                await self.app.workers.wait_for_complete(copying)
        closing = self.session.close(losing=None if self._hurry else held)
        return await self._patiently(closing, "Completing the library file…")

    async def _retry(self) -> tuple[str, ...]:
        with suppress(LibraryError):
            await self.session.retry()
        return self.session.library.held

    async def _patiently(self, work: Coroutine[Any, Any, Result], message: str) -> Result:
        task = asyncio.ensure_future(work)
        done, _ = await asyncio.wait({task}, timeout=_SILENT_WAIT)
        if not done:
            self.say(message)
        return await task

    def _question(self, notes: int, held: Sequence[str]) -> str:
        lost = ["The note is not saved and stays here"] if notes else []
        if held:
            what = "1 change is" if len(held) == 1 else f"{len(held):,} changes are"
            more = [f"{len(held) - _NAMED:,} more"] if len(held) > _NAMED else []
            names = ", ".join([*held[:_NAMED], *more])
            lost.append(f"{what} not on the disk ({self.session.library.trouble}): {names}")
        them = "it" if notes + len(held) == 1 else "them"
        return f"{'. '.join(lost)}; {self.key_of('quit-anyway')} again quits without {them}"

    def _rescue(self, failed: "Sequence[Draft]") -> None:
        from readlist.tui.note_rescue import rescue_changes, rescue_note  # noqa: PLC0415 - a last resort

        library = self.session.library
        for draft in failed:
            with suppress(OSError):  # the others may still be taken
                rescue_note(draft.text, library.path)
        if library.held:
            with suppress(OSError):  # nobody is there to be told
                rescue_changes(library)
