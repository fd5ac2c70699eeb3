"""Keys in the order in which they were pressed, however fast they come."""

import asyncio

from textual import events
from textual.app import App
from textual.errors import NoWidget
from textual.widget import Widget

_PATIENCE = 2.0
"""Seconds to wait for a text field that does not answer, before its keys are left behind."""


class OrderedKeys(App[None]):
    """An app in which a key waits until the text field has taken the keys before it.

    Textual hands a text field its letters through a queue, looks up some bindings at once, and those of the field
    itself (backspace) when the key has come back from there. Typed (or pasted by a script) fast enough, ``/word⏎r``
    would search for nothing and type the r into the search line, and a backspace would delete the letter after it.
    """

    _keys_go_to: tuple[Widget, ...] = ()
    """Those whose queues may still hold the key before."""

    async def on_event(self, event: events.Event) -> None:
        """Handle an event; a key or a paste only after the keys that were typed before it."""
        is_key = isinstance(event, events.Key) and not event.is_forwarded
        is_paste = isinstance(event, events.Paste) and not event.is_forwarded
        if is_key or is_paste:
            await self._those_before()
        if isinstance(event, events.InputEvent | events.Paste) and not self.screen_stack:
            return  # the app is being left, and all screens are gone
        if isinstance(event, events.MouseDown) and not event.is_forwarded and self._meets_nothing(event):
            return
        if is_key and await self._has_acted(event):
            return
        await super().on_event(event)
        if not self.screen_stack:
            return
        if is_paste:  # which may open a window for what follows
            self._keys_go_to = tuple(widget for widget in (self.focused, self.screen) if widget is not None)
        if is_key and self.focused is not None and self.focused.check_consume_key("a", "a"):
            self._keys_go_to = (self.focused,)
        elif is_key and self.screen.is_modal:  # which may wait for any key, and gets it from what has the focus
            self._keys_go_to = tuple(widget for widget in (self.focused, self.screen) if widget is not None)

    async def _those_before(self) -> None:
        """Wait until the keys before have been taken, and a window that they opened has something in it."""
        for widget in self._keys_go_to:
            await _emptied(widget)
        self._keys_go_to = ()
        await self._window_is_composed()

    async def _window_is_composed(self) -> None:
        """Wait until the window on top has something in it."""
        if self.screen_stack and not self.screen.is_mounted:
            await _emptied(self.screen)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:  # noqa: FBT001, FBT002 - Textual's own
        """Do what a key is bound to, in a window that has something in it.

        A key goes to the focus first and then comes back here: meanwhile another window may have been opened, whose
        actions look for widgets that are still to be made.
        """
        await self._window_is_composed()
        return bool(self.screen_stack) and await super()._check_bindings(key, priority)

    def _meets_nothing(self, event: events.MouseDown) -> bool:
        """Whether a click meets what is drawn still, but has been taken away: Textual would look for its parent."""
        try:
            widget, _ = self.get_widget_at(event.x, event.y)
        except NoWidget:
            return False
        return widget.parent is None

    async def _has_acted(self, event: events.Event) -> bool:
        """Carry out at once what a key that is no text does in a text field."""
        field = self.focused
        if field is None or not isinstance(event, events.Key) or not field.check_consume_key("a", "a"):
            return False
        if field.check_consume_key(event.key, event.character) or event.key == "enter":
            return False
        # Those with priority may belong to a screen above the field, and come first.
        return await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key)


async def _emptied(widget: Widget) -> None:
    """Wait until ``widget`` has handled everything that lies in its queue now."""
    done = asyncio.Event()
    # A field that was opened a moment ago has a queue already, though it does not read from it yet.
    if widget.call_later(done.set):
        try:
            await asyncio.wait_for(done.wait(), _PATIENCE)
        except TimeoutError:
            return
