"""Running other programs that may fail, hang, or write over the screen. No shell is involved."""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple


class Program(NamedTuple):
    """A program that takes text from its standard input, or as its last argument (``by_argument``)."""

    name: str
    command: tuple[str, ...]
    encoding: str = "utf-8"
    by_argument: bool = False


def run(program: Program, text: str, patience: float) -> str:
    """Give ``text`` to ``program``, and end it when it takes longer than ``patience`` seconds.

    Returns:
        Why that failed; empty when its exit status says that it worked.
    """
    data = text.encode(program.encoding, "replace")
    command = [*program.command, text] if program.by_argument else list(program.command)
    try:
        # xclip and wl-copy leave a child behind that serves the clipboard. In a session of its own it outlives the
        # terminal; with its output discarded nothing waits for it and nothing is written over the screen.
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if program.by_argument else subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:  # not found, not executable, argument too long or with a NUL
        return _not_run(error)
    with process:
        try:
            process.communicate(None if program.by_argument else data, timeout=patience)
        except subprocess.TimeoutExpired:
            _end(process)
            return "did not answer in time and was ended"
    return f"failed with exit status {process.returncode}" if process.returncode else ""


def run_for_output(command: Sequence[str], patience: float) -> tuple[str, str]:
    """What ``command`` writes, errors included, whatever its exit status; and why it could not be had, if so."""
    try:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return "", _not_run(error)
    with process:
        try:
            output, _ = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            _end(process)
            return "", "does not answer"
    return output.decode("utf-8", "replace"), ""


def _not_run(error: OSError | ValueError) -> str:
    return f"cannot be run ({getattr(error, 'strerror', None) or error})"


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)  # its children too: it leads a session of its own
    except ProcessLookupError:
        return


def editor_command() -> list[str] | None:
    """The user's editor and its options, from ``$VISUAL`` or ``$EDITOR``; None where neither is set."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        return shlex.split(named) or None if named else None
    except ValueError:  # a quotation mark that is not closed
        return None
