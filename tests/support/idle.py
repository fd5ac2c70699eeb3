"""When an app under a Pilot rests: asked of its event loop, where Textual guesses from the processor's time.

Textual's own `wait_for_idle` sleeps 20 ms, and again while the process was busy meanwhile: two to five times for each
key and each pause, most of it with nothing to wait for, and on a machine with much else to do it may be taken in by a
process that was not given the processor. Here an app is at rest when its event loop has nothing to run, no timer that
is due soon, and no thread at work.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import pytest
import textual.app
import textual.pilot
from textual.widgets import Input, TextArea

_SOON = 0.05
"""Seconds: a timer that is due within these belongs to what was just done (the screen's next frame, the detail's layout
when keys rest), one that is due later to the passing of time (toasts, a blinking cursor, looks outside)."""
_PATIENCE_TIMERS = 0.25
"""Seconds of sleep after which timers that come again and again are no longer waited for."""
_PATIENCE_THREADS = 0.05
"""Seconds of sleep after which threads that do nothing are no longer waited for: they wait for something themselves."""
_NOTHING = 0.001
"""Seconds of the processor's time that are no work."""
_PATIENCE = 10.0
"""Seconds after which nothing is waited for."""

_at_work: "WeakKeyDictionary[asyncio.AbstractEventLoop, set[asyncio.Future[Any]]]" = WeakKeyDictionary()
"""What each event loop has given to a thread."""


async def until_idle(min_sleep: float = 0.02, max_sleep: float = _PATIENCE) -> None:  # noqa: ARG001 - Textual's own
    """Wait until the app rests, at least ``min_sleep`` seconds."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    if min_sleep:
        await asyncio.sleep(min_sleep)
    timers, threads = _PATIENCE_TIMERS, _PATIENCE_THREADS
    while loop.time() - began < _PATIENCE:
        await asyncio.sleep(0)
        if _has_work(loop):
            continue
        pause = _next_timer(loop)
        at_work = {future for future in _at_work.get(loop, ()) if not future.done()}
        if at_work and threads > 0:
            used = time.process_time()
            await asyncio.wait(at_work, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
            if time.process_time() - used < _NOTHING:
                threads -= pause
        elif pause < _SOON and timers > 0:
            timers -= pause
            await asyncio.sleep(pause)
        else:
            return


def _has_work(loop: Any) -> bool:
    """Whether anything but the caller waits for its turn."""
    return any(not handle.cancelled() for handle in loop._ready)


def _next_timer(loop: Any) -> float:
    """The seconds until a timer is due, at most `_SOON`."""
    now = float(loop.time())
    pauses = [max(0.0, float(handle.when()) - now) for handle in loop._scheduled if not handle.cancelled()]
    return min(_SOON, *pauses, _SOON)


@contextmanager
def exact_idling() -> Iterator[None]:
    """While this lasts, a Pilot waits by `until_idle`, and no cursor blinks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual.app, "wait_for_idle", until_idle)
        patch.setattr(textual.pilot, "wait_for_idle", until_idle)
        for field in (Input, TextArea):  # a cursor that blinks is there in one run and not in the next
            patch.setattr(field.cursor_blink, "_default", False)
        patch.setattr(asyncio.BaseEventLoop, "run_in_executor", _remembering(asyncio.BaseEventLoop.run_in_executor))
        yield


def _remembering(run: Callable[..., "asyncio.Future[Any]"]) -> Callable[..., "asyncio.Future[Any]"]:
    def run_in_executor(
        loop: asyncio.AbstractEventLoop, executor: Executor | None, work: Callable[..., Any], *arguments: Any
    ) -> "asyncio.Future[Any]":
        future = run(loop, executor, work, *arguments)
        waiting = _at_work.setdefault(loop, set())
        waiting.add(future)
        future.add_done_callback(waiting.discard)
        return future

    return run_in_executor
