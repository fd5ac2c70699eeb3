"""The real tmux, with a client whose terminal we are."""

import os
import pty
import re
import select
import shutil
import subprocess
import termios
import time
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest

from readlist.clipboard import Outcome, copy, ways

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

CLIPBOARD = re.compile(rb"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)")


class Tmux:
    """A tmux server of our own, one session, and one attached client in a pseudo-terminal."""

    def __init__(self, folder: Path, set_clipboard: str) -> None:
        self.socket = folder / "tmux"
        self.set_clipboard = set_clipboard
        self._run("new-session", "-d", "-x", "80", "-y", "24", "cat", ";", "set", "-s", "set-clipboard", set_clipboard)
        self._screen, terminal = pty.openpty()
        termios.tcsetwinsize(terminal, (24, 80))
        self._client = subprocess.Popen(
            ["tmux", "-S", str(self.socket), "attach"],
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
        os.close(terminal)
        self.shown = b""
        try:
            self.wait_for(re.compile(rb"\[0\]"))  # the status line: the client is attached
        except BaseException:
            self.close()
            raise

    def _run(self, *command: str) -> bytes:
        environment = {name: value for name, value in os.environ.items() if name != "TMUX"}
        done = subprocess.run(
            ["tmux", "-S", str(self.socket), "-f", os.devnull, *command],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        return done.stdout

    def wait_for(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        deadline = time.monotonic() + 20
        while not (match := pattern.search(self.shown)):
            poll = select.poll()
            poll.register(self._screen, select.POLLIN)
            ready = poll.poll(max(deadline - time.monotonic(), 0) * 1_000)
            assert ready, f"the terminal never showed {pattern.pattern!r}: {self.shown[-500:]!r}"
            self.shown += os.read(self._screen, 65_536)
        return match

    def buffer(self) -> bytes:
        return self._run("show-buffer")

    def close(self) -> None:
        self._run("kill-server")
        os.close(self._screen)  # first: the client may still be writing to it
        self._client.wait(10)


@pytest.fixture(params=["on", "external", "off"])
def tmux(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tmux]:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(variable, raising=False)
    running = Tmux(tmp_path, request.param)
    monkeypatch.setenv("TMUX", f"{running.socket},1,0")
    yield running
    running.close()


@pytest.mark.parametrize("text", ["Žižek & 数学\n", "x" * 70_000], ids=["short", "70 kB"])
def test_the_buffer_and_the_terminal_get_the_text_under_every_set_clipboard(tmux: Tmux, text: str) -> None:
    assert copy(text) == Outcome("tmux", "copied", "its buffer, and sent on to your terminal")
    assert tmux.buffer() == text.encode()
    assert b64decode(tmux.wait_for(CLIPBOARD)[1]) == text.encode()


def test_a_megabyte_arrives_in_the_buffer(tmux: Tmux) -> None:
    text = "1234567 " * 125_000
    outcome = copy(text)
    assert outcome == Outcome("tmux", "copied", "its buffer; too long for a terminal's clipboard")
    assert tmux.buffer() == text.encode()


def test_the_report_names_the_setting(tmux: Tmux, monkeypatch: pytest.MonkeyPatch) -> None:
    way = ways()[1]
    assert way.available
    assert way.detail == f"load-buffer -w; set-clipboard is {tmux.set_clipboard}"
    monkeypatch.setenv("TMUX", f"{tmux.socket}-gone,1,0")
    assert not ways()[1].available
