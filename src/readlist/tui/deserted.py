"""Work in a thread that nobody waits for at the end: who quits leaves it behind."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

Result = TypeVar("Result")


async def deserted(work: Callable[[], Result]) -> Result:
    """The result of ``work``, which must only read: when the program ends, its thread ends wherever it is.

    The threads of `asyncio.to_thread` are waited for, which after the first look at a large library takes seconds.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if outcome.done():  # nobody waits any more
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type]  # without an error there is one

    def run() -> None:
        result = error = None
        try:
            result = work()
        except BaseException as raised:  # noqa: BLE001 - raised again where it is awaited
            error = raised
        with suppress(RuntimeError):  # the loop has been closed meanwhile
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, name="deserted", daemon=True).start()
    return await outcome
