"""Toasts: short messages that go by themselves, whichever screen is on top."""

from contextlib import suppress
from time import monotonic
from typing import Any, Literal

from textual.app import App
from textual.css.query import NoMatches
from textual.screen import Screen

from readlist.tui.widgets.toast_box import Toast, ToastBox, prepare_box


class TellsItself(Screen[Any]):
    """A screen that has a place of its own for what has just happened, where it covers nothing."""

    def tell(self, message: str) -> None:
        """Show ``message`` there until something else happens."""
        raise NotImplementedError


class Toasts(App[None]):
    """An app whose notifications stand in one box that is there already.

    What they tell belongs to the screen on which it happened: passing ones go when another one opens, and do not cover
    what is read or written next. A mark is confirmed by one of them: the time they take to show is felt with every key.
    """

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as they are
        self._toasts: list[Toast] = []

    @property
    def toasts(self) -> list[str]:
        """The messages that are shown now, the oldest first."""
        return [toast.message for toast in self._toasts]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: Literal["information", "warning", "error"] = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002 - Textual's argument; no message of ours is markup
    ) -> None:
        """Show ``message`` for ``timeout`` seconds; it is taken literally, whatever it holds."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        text = f"{title}: {message}" if title else message
        if severity == "information" and isinstance(self.screen, TellsItself):
            self.screen.tell(text)
            return
        self._toasts.append(Toast(text, severity, monotonic() + seconds))
        self.show_toasts()
        self.set_timer(seconds, self._drop_old)

    def drop_passing(self) -> None:
        """Take away what only confirms or hints; warnings and errors stay."""
        kept = [toast for toast in self._toasts if toast.severity != "information"]
        if len(kept) < len(self._toasts):
            self._toasts = kept
            self.show_toasts()

    def push_screen(self, *args: Any, **options: Any) -> Any:
        """Open a screen, as Textual does, without what has passed."""
        self.drop_passing()
        if self._toasts:
            self.call_later(self.show_toasts)
        return super().push_screen(*args, **options)

    def clear_notifications(self) -> None:
        """Take all toasts away."""
        self._toasts.clear()
        self.show_toasts()

    def _drop_old(self) -> None:
        now = monotonic()
        kept = [toast for toast in self._toasts if toast.until > now]
        if len(kept) < len(self._toasts):
            self._toasts = kept
            self.show_toasts()

    def show_toasts(self) -> None:
        """Show those that there are, where they cover nothing that is written now."""
        if self._toasts:
            prepare_box(self.screen)
        for screen in self.screen_stack:
            with suppress(NoMatches):
                screen.query_one("#toasts", ToastBox).show(self._toasts)
