"""Text of which parts can be clicked, without looking like links."""

from textual import events
from textual.actions import parse
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

_META = "run"
_TOOLTIP = "says"


def clickable(content: Content, action: str, tooltip: str = "") -> Content:
    """``content`` that runs ``action`` when it is clicked inside a `ClickableText`, and says what that does.

    Textual's own ``@click`` would give every entry the style of a link, and take away its own.
    """
    return content.stylize(Style.from_meta({_META: action, _TOOLTIP: tooltip}))


class ClickableText(Static):
    """Literal text with entries made by `clickable`."""

    def __init__(self, content: Content | str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(content, id=id, markup=False)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the tooltip be that of the entry under the mouse."""
        tooltip = str(event.style.meta.get(_TOOLTIP) or "")
        if tooltip != self._tooltip_text:
            self._tooltip_text = tooltip
            self.tooltip = Content(tooltip) if tooltip else None

    _tooltip_text = ""

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the entry that was clicked."""
        action = event.style.meta.get(_META)
        if action:
            event.stop()
            _, name, parameters = parse(action)
            if name == "command":
                self._run_command(str(parameters[0]))
            else:
                await self.run_action(action)

    def _run_command(self, name: str) -> None:
        """Run a command of the main screen, also while a text field has the focus.

        Then the bindings, and with them the actions, of most commands rest, because letters are text; a click is not.
        """
        from readlist.tui.screens.main import MainScreen  # noqa: PLC0415 - which imports this module

        screen = self.screen
        if isinstance(screen, MainScreen) and screen.commands[name](screen).enabled():
            screen.action_command(name)
