"""A bar on the terminal while something takes long."""

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from readlist.progress import watched

_PATIENCE = 0.5
"""Seconds of work that are borne without a bar."""
_PAUSE = 0.1
"""Seconds from one drawing to the next."""
_BAR = 30
"""Cells of the bar."""
_CLEAR = "\r\x1b[K"


@contextmanager
def progress_bar(what: str, *, beside_output: bool = False) -> Iterator[None]:
    """Show on standard error how far the work inside has come, where that is a terminal and the work takes long.

    Args:
        what: what is being done before the work itself says more.
        beside_output: whether standard output is written to meanwhile: on the same terminal no bar is shown then.
    """
    shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not (beside_output and sys.stdout.isatty())
    if not shown:
        yield
        return
    bar = Bar(sys.stderr, what)
    drawing = threading.Thread(target=bar.keep_drawing, daemon=True)
    drawing.start()
    try:
        with watched(bar.tell):
            yield
    finally:
        bar.end()
        drawing.join()


class Bar:
    """The line that is drawn; a thread of its own draws it, so that it also moves while nothing is told."""

    def __init__(self, stream: TextIO, what: str) -> None:
        self._stream = stream
        self._state = (what, 0, 0)
        self._began = time.monotonic()
        self._over = threading.Event()

    def tell(self, what: str, done: int, of: int) -> None:
        """Take over how far the work is."""
        self._state = (what, done, of)

    def end(self) -> None:
        """Draw no more."""
        self._over.set()

    def keep_drawing(self) -> None:
        """Draw until the end, beginning when the work is felt to take long; leave an empty line."""
        drawn = False
        wait = _PATIENCE
        while not self._over.wait(wait):
            self._stream.write(f"\r{self.line(shutil.get_terminal_size().columns - 1)}\x1b[K")
            self._stream.flush()
            drawn, wait = True, _PAUSE
        if drawn:
            self._stream.write(_CLEAR)
            self._stream.flush()

    def line(self, width: int) -> str:
        """What is drawn now, in at most ``width`` cells: what, a bar, the share, the time."""
        what, done, of = self._state
        seconds = int(time.monotonic() - self._began)
        clock = f"{seconds // 60}:{seconds % 60:02}"
        whole, rest, more = self._signs()
        if not of:
            return f"{what} {more}  {clock}"[:width]
        filled = _BAR * done // of
        return f"{what:<9} {whole * filled}{rest * (_BAR - filled)} {100 * done // of:3}%  {clock}"[:width]

    def _signs(self) -> tuple[str, str, str]:
        is_unicode = (self._stream.encoding or "").lower().replace("-", "").startswith("utf")
        return ("━", "·", "…") if is_unicode else ("#", ".", "...")
