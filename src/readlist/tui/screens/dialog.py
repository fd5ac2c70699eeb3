"""What all small windows over the main screen have in common."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

Result = TypeVar("Result")


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


class Dialog(ModalScreen[Result], LeftOnce[Result]):
    """A window over the screen below it, which stays in sight.

    The order of the bases matters: Textual takes default styles from the first one alone.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (60, "-roomy")]  # noqa: RUF012 - an instance variable to Textual
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - likewise
