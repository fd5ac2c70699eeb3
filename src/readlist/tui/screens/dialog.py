"""What all small windows over the main screen have in common."""

from typing import TypeVar

from rich.console import RenderableType
from textual import events
from textual.await_complete import AwaitComplete
from textual.geometry import Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen

from readlist.tui.dimmed import Dimmed

Result = TypeVar("Result")
_ROOMY = 60
"""Columns from which a window has room for all that it would show."""
_HIGH = 20
"""Rows from which it has."""


class LeftOnce(Screen[Result]):
    """A screen that gives a result when it is left, once.

    Keys typed faster than it closes may ask for that several times; Textual would take away the screens below it.
    """

    @property
    def is_left(self) -> bool:
        """Whether it is being taken away: then what work in the background has to show finds no widgets any more."""
        return not self.is_attached or self not in self.app.screen_stack

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave it with ``result``; when it has been left already, nothing happens."""
        if self.app.screen is not self:
            return AwaitComplete()
        awaitable: AwaitComplete = super().dismiss(result)
        return awaitable


class Fitted(Screen[Result]):
    """A window that knows how roomy the terminal is before it is laid out, and is drawn once where its size changes.

    Textual's breakpoints are applied after a screen has been laid out and drawn, so that all is done again; and it
    hands every size to a screen twice. On a large terminal that held up the keys for a fifth of a second.
    """

    _fits: Size | None = None

    async def _on_compose(self, _: events.Compose) -> None:  # Textual calls that of its own class as well
        self._fit(self.app.size)

    def _fit(self, size: Size) -> None:
        self.update_classes({"-slim": size.width < _ROOMY, "-low": size.height < _HIGH}, animate=False)

    async def _on_resize(self, event: events.Resize) -> None:
        event.prevent_default()  # which is what is called below
        event.stop()
        if event.size == self._fits:
            return
        self._fits = event.size
        self._fit(event.size)
        with self.app.batch_update():
            await super()._on_resize(event)

    def render(self) -> RenderableType | Dimmed:  # type: ignore[override]  # Textual takes a visual as well
        """What is to be seen of the screen below."""
        drawn = super().render()
        return Dimmed(drawn) if isinstance(drawn, BackgroundScreen) else drawn


class Dialog(ModalScreen[Result], Fitted[Result], LeftOnce[Result]):
    """A window over the screen below it, which stays in sight.

    The order of the bases matters: Textual takes default styles from the first one alone.
    """
