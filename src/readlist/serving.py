"""``readlist serve``: the app in a browser on this computer."""

import argparse
import shlex
import subprocess
import sys

from readlist.browser import BrowserError, open_address
from readlist.config import library_path, load_config
from readlist.errors import UsageError


def run_serve(options: argparse.Namespace) -> int:
    """Serve the app on the loopback address until ctrl+c.

    Raises:
        UsageError: textual-serve is not installed, or the port cannot be had.
    """
    load_config()  # what is wrong there is told before anything is served
    try:
        from readlist.web_server import serve  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise UsageError(
            f"readlist serve needs {error.name or 'textual-serve'}; install it with: pip install 'readlist[serve]'"
        ) from error
    command = [sys.executable, "-m", "readlist", "--library", str(library_path(options.library).absolute())]
    # textual-serve starts the app through a shell, from one text.
    text = subprocess.list2cmdline(command) if sys.platform == "win32" else shlex.join(command)

    def ready(address: str) -> None:
        sys.stdout.write(f"readlist is at {address}\nWhoever has this address can use your library; ctrl+c ends it.\n")
        sys.stdout.flush()
        if options.open:
            try:
                open_address(address)
            except BrowserError as error:
                sys.stderr.write(f"readlist: {error}\n")

    try:
        serve(text, options.port, ready)
    except OSError as error:
        raise UsageError(f"--port {options.port}: {error.strerror or error}") from error
    return 0
