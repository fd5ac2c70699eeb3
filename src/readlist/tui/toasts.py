"""Toasts: short messages that go by themselves, whichever screen is on top."""

from contextlib import suppress
from time import monotonic
from typing import Literal

from textual.app import App
from textual.css.query import NoMatches

from readlist.tui.widgets.toast_box import Toast, ToastBox, prepare_box


class Toasts(App[None]):
    """An app whose notifications stand in one box that is there already.

    A mark is confirmed by one of them, so that the time they take to show is felt with every key.
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
        self._toasts.append(Toast(text, severity, monotonic() + seconds))
        self._show_toasts()
        self.set_timer(seconds, self._drop_old)

    def clear_notifications(self) -> None:
        """Take all toasts away."""
        self._toasts.clear()
        self._show_toasts()

    def _drop_old(self) -> None:
        now = monotonic()
        kept = [toast for toast in self._toasts if toast.until > now]
        if len(kept) < len(self._toasts):
            self._toasts = kept
            self._show_toasts()

    def _show_toasts(self) -> None:
        if self._toasts:
            prepare_box(self.screen)
        for screen in self.screen_stack:
            with suppress(NoMatches):
                screen.query_one("#toasts", ToastBox).show(self._toasts)
