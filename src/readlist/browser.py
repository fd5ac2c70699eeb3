"""Opening web addresses in the user's browser."""

import os
import subprocess
import sys
from pathlib import Path

_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
_PATIENCE = 3.0
"""Seconds after which a browser that has not returned is taken to be running in the foreground, which is fine."""


class BrowserError(OSError):
    """No browser could be opened; the message holds the address, for the user to open himself."""


def open_address(address: str) -> None:
    """Open ``address`` with the standard library's ``webbrowser``, in a process of its own without a terminal.

    A browser started inside the app could print over the screen (``xdg-open`` does), and a text-mode one would fight
    with it for the keyboard.

    Raises:
        BrowserError: the address is no http(s) address, or no browser took it.
    """
    if not address.startswith(("https://", "http://")):
        raise BrowserError(f"Only http and https addresses are opened, not {address!r}")
    if sys.platform not in ("win32", "darwin") and not any(
        os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
    ):
        raise BrowserError(f"There is no browser on this terminal's machine; the address is {address}")
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", _OPEN, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:  # no process can be had; the address holds what no argument can
        raise BrowserError(f"No browser could be opened ({error}); the address is {address!r}") from error
    try:
        failed = process.wait(_PATIENCE) != 0
    except subprocess.TimeoutExpired:
        return
    if failed:
        raise BrowserError(f"No browser could be opened; the address is {address}")


_DOCUMENTS = frozenset({".pdf", ".ps", ".eps", ".djvu", ".epub", ".html", ".htm", ".txt", ".md", ".docx", ".odt"})
"""Endings of files that are opened: a record from elsewhere must not be able to start a program."""


def open_file(path: str) -> None:
    """Open a document on this computer with the program that the desktop has for it.

    Raises:
        BrowserError: there is no such file, it is no document, or nothing opens it.
    """
    file = Path(path).expanduser()
    if not os.path.isfile(file):  # noqa: PTH113 - of a name that is too long, pathlib raises an error
        raise BrowserError(f"There is no file {path}")
    if file.suffix.lower() not in _DOCUMENTS:
        raise BrowserError(f"Only documents are opened, not {path}")
    if sys.platform == "win32":
        os.startfile(file)  # noqa: S606 - a document, opened by what the desktop has for it
        return
    program = "open" if sys.platform == "darwin" else "xdg-open"
    try:
        process = subprocess.Popen(
            [program, str(file.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        failed = process.wait(_PATIENCE) != 0
    except subprocess.TimeoutExpired:
        return
    except OSError as error:
        raise BrowserError(f"{program} cannot be run ({error.strerror}); the file is {file}") from error
    if failed:
        raise BrowserError(f"{program} did not open {file}")
