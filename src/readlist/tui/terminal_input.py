"""What comes from the terminal, whatever it is."""

import codecs
import importlib
from functools import partial


def forgive_bad_bytes() -> None:
    """Let Textual's drivers replace bytes that are no UTF-8 instead of ending the app.

    A paste may hold anything. The drivers of Textual 8.2 decode strictly: one such byte ends the app, and the rest of
    the paste goes to the shell as commands.
    """
    try:
        driver = importlib.import_module("textual.drivers.linux_driver")
    except ImportError:  # Windows has no such terminal, and no such problem
        return
    driver.getincrementaldecoder = _forgiving  # type: ignore[attr-defined]  # the name under which the driver imports it


def _forgiving(encoding: str) -> "partial[codecs.IncrementalDecoder]":
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")
