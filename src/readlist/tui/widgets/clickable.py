"""Text of which parts can be clicked, without looking like links."""

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

_META = "run"


def clickable(content: Content, action: str) -> Content:
    """``content`` that runs ``action`` when it is clicked inside a `ClickableText`.

    Textual's own ``@click`` would give every entry the style of a link, and take away its own.
    """
    return content.stylize(Style.from_meta({_META: action}))


class ClickableText(Static):
    """Literal text with entries made by `clickable`."""

    def __init__(self, content: Content | str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(content, id=id, markup=False)

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the entry that was clicked."""
        action = event.style.meta.get(_META)
        if action:
            event.stop()
            await self.run_action(action)
