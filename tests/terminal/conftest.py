"""The app in a real terminal, and a real X server for it to copy to."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from support.terminal import Terminal

Start = Callable[..., Terminal]
NEWEST = "Solving adversarial examples"
"""How the first row of the bundled papers begins."""


@pytest.fixture
def start(tmp_path: Path, library_file: Path) -> Iterator[Start]:
    """Start readlist in a terminal of its own, on the test's library; by default wait until the papers are there."""
    with ExitStack() as terminals:
        number = 0

        def run(
            *arguments: str, size: str = "100x30", shows: str = NEWEST, setup: str = "", **environment: str
        ) -> Terminal:
            nonlocal number
            number += 1
            variables = {"READLIST_LIBRARY": str(library_file), "COLORTERM": "", **environment}
            command = [sys.executable, "-m", "readlist", *arguments]
            terminal = Terminal(command, tmp_path / f"tmux{number}", size=size, environment=variables, setup=setup)
            terminals.enter_context(terminal)
            if shows:
                terminal.wait_for(shows)
            return terminal

        yield run


@pytest.fixture
def complaint_of(tmp_path: Path, library_file: Path) -> Callable[..., tuple[int, str]]:
    """Start readlist where it is to refuse; its exit status and what it wrote on stderr, which goes to a file."""

    def run(*arguments: str) -> tuple[int, str]:
        errors = tmp_path / "stderr"
        line = f"{shlex.join([sys.executable, '-m', 'readlist', *arguments])} 2> {shlex.quote(str(errors))}"
        variables = {"READLIST_LIBRARY": str(library_file)}
        with Terminal(["sh", "-c", line], tmp_path / "tmux-refused", environment=variables) as terminal:
            status = terminal.wait_exit()
        return status, errors.read_text(encoding="utf-8")

    return run


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """The name of an X display that nobody looks at."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-screen", "0", "320x200x8"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as numbers:
        number = numbers.readline().strip()  # written when the server is ready
    try:
        if not number:
            pytest.skip("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)
