"""How long the event loop is held at a time: the processor time of its thread, so that a slow machine is no failure."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from textual.message import Message

_REMEMBERED = 12
"""How many messages of one hold are named."""


def _owner(handle: asyncio.Handle) -> Any:
    """The task that a callback goes on with; None where it is of no task."""
    return getattr(handle._callback, "__self__", None)  # type: ignore[attr-defined]


class LoopWatch:
    """The longest time for which one callback of the event loop kept all others, keys among them, from their turn.

    A callback is one step of a task: all that a widget does between two waits, be it for one message or for several.
    What counts is the time that the loop's thread spent on the processor, as the system measures it: not what other
    threads and programs took meanwhile. Nothing is taken off it. On a machine that is busy with other things the same
    work takes longer, as the processor runs slower then; on a quiet one every figure is smaller.
    """

    def __init__(self, describe: Callable[[], str]) -> None:
        self._describe = describe
        """Says what the app is showing, right after a hold that is the longest so far."""
        self._messages: list[str] = []
        self.is_on = False
        """Whether it is looked at."""
        self.longest = 0.0
        """Seconds."""
        self.what = ""
        """What happened in the longest hold, and what was on the screen."""

    def saw(self, message: Message) -> None:
        """A message is being dispatched; the hook for `App.run_test`."""
        self._messages.append(type(message).__qualname__)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Look at every callback of event loops from now on but those of the test itself; `is_on` says which count."""
        run = asyncio.Handle._run
        test = asyncio.current_task()

        def timed(handle: asyncio.Handle) -> None:
            if not self.is_on or _owner(handle) is test:
                run(handle)
                return
            self._messages.clear()
            began = time.thread_time()
            run(handle)
            taken = time.thread_time() - began
            if taken > self.longest and self.is_on:
                self.longest = taken
                self.what = f"{self._named(handle)}; {self._describe()}"

        asyncio.Handle._run = timed  # type: ignore[method-assign, assignment]
        try:
            yield
        finally:
            asyncio.Handle._run = run  # type: ignore[method-assign]

    def _named(self, handle: asyncio.Handle) -> str:
        owner = _owner(handle)
        name = getattr(owner.get_coro(), "__qualname__", "") if isinstance(owner, asyncio.Task) else repr(handle)
        messages = self._messages[-_REMEMBERED:]
        return f"{name} on {', '.join(messages) or 'no message'}"
