"""Threads that work while the user types: they hand the interpreter over often, so that no key waits for long."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SWITCH = 0.0005
"""Seconds for which such a thread may keep the interpreter to itself."""
_usual: list[float] = []
"""The interval from before the first of those at work, once for each: they may end in any order."""

_turn = threading.Lock()


@contextmanager
def giving_way() -> Iterator[None]:
    """As long as any of these is open, threads switch often."""
    with _turn:
        _usual.append(_usual[0] if _usual else sys.getswitchinterval())
        sys.setswitchinterval(_SWITCH)
    try:
        yield
    finally:
        with _turn:
            usual = _usual.pop()
            if not _usual:
                sys.setswitchinterval(usual)
