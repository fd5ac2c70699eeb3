"""When Python looks through everything for garbage: while the user rests, not between two keys.

What a window leaves behind refers to itself in circles, which only Python's collector finds; and where that looks
through everything that the app holds, it takes close to a tenth of a second, at a moment of its own choosing.
"""

import gc
import time

_NEVER = 1_000_000
"""Rounds of the quick collections after which Python itself would begin a full one."""
_WORTH_IT = 5
"""Rounds from which a rest is used."""
_MUST_BE = 20
"""Rounds from which there is a full one, rest or no rest: some megabytes may be garbage by then."""
_REST = 2.0
"""Seconds without a key or a click that make a rest."""
LOOKS_EVERY = 1.0
"""Seconds between two looks at whether the user rests."""


class GarbageCollection:
    """Collects garbage at rest."""

    def __init__(self) -> None:
        self._last_event = time.monotonic()

    @staticmethod
    def begin() -> None:
        """End the pause that the launch began; what the launch has made is never garbage."""
        gc.freeze()
        quick, middle, _ = gc.get_threshold()
        gc.set_threshold(quick, middle, _NEVER)
        gc.enable()

    def user_acts(self) -> None:
        """The user pressed a key or moved the mouse: this is no rest."""
        self._last_event = time.monotonic()

    def look(self, *, is_window_open: bool) -> None:
        """Collect everything, if there is enough of it and the user rests, or if there is too much.

        What is left of it with no window open is there to stay, and is not looked through again. A window is garbage as
        soon as it is closed; one that is open where there was no rest is kept with the others, as looking through ever
        more would hold up keys that come so fast.
        """
        if not gc.isenabled():
            return
        rounds = gc.get_count()[2]
        is_too_much = rounds >= _MUST_BE
        if is_too_much or (rounds >= _WORTH_IT and time.monotonic() - self._last_event >= _REST):
            gc.collect()
            if is_too_much or not is_window_open:
                gc.freeze()
