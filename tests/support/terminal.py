"""A real terminal for tests: a program in tmux, driven by keys and read from the screen. Waits are for what is seen."""

import os
import shlex
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

_PATIENCE = 20.0
_POLL = 0.01
_NOT_INHERITED = {"TMUX", "TMUX_PANE", "COLUMNS", "LINES"}
"""What says where the tests run; pytest-xdist sets COLUMNS, which programs believe more than their terminal."""


class Terminal:
    """A tmux server of its own with one window, in which ``command`` runs."""

    def __init__(
        self, command: list[str], socket: Path, *, size: str = "100x30", environment: Mapping[str, str], setup: str = ""
    ) -> None:
        self._socket = str(socket)
        width, height = size.split("x")
        clean = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
        self._environment = {**clean, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "SHELL": "/bin/sh", **environment}
        options = "set -g status off; set -s escape-time 0; set -g remain-on-exit on; " + (
            f"{setup}; " if setup else ""
        )
        configuration = socket.with_suffix(".conf")
        configuration.write_text(options.replace("; ", "\n"))
        line = f"exec {shlex.join(command)}"  # the shell makes way: signals to `pid` are to reach the program itself
        self._tmux("-f", str(configuration), "new-session", "-d", "-s", "app", "-x", width, "-y", height, line)

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-u", "-S", self._socket, *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"tmux {arguments}: {done.stderr}")
        return done.stdout

    def tmux(self, *arguments: str) -> str:
        """Run a tmux command on this server and return its output."""
        return self._tmux(*arguments)

    def press(self, *keys: str) -> None:
        """Send keys by their tmux names (``j``, ``Enter``, ``C-s``)."""
        self._tmux("send-keys", "-t", "app", *keys)

    def type(self, text: str) -> None:
        """Send ``text`` as it is."""
        self._tmux("send-keys", "-t", "app", "-l", "--", text)

    def paste(self, text: str) -> None:
        """Paste ``text`` as a terminal does, bracketed."""
        subprocess.run(
            ["tmux", "-S", self._socket, "load-buffer", "-b", "paste", "-"], input=text, text=True, check=True
        )
        self._tmux("paste-buffer", "-p", "-r", "-b", "paste", "-t", "app")

    def resize(self, size: str) -> None:
        """Give the window another size."""
        width, height = size.split("x")
        self._tmux("resize-window", "-t", "app", "-x", width, "-y", height)

    @property
    def screen(self) -> str:
        """The text on the screen."""
        return self._tmux("capture-pane", "-p", "-t", "app")

    @property
    def pid(self) -> int:
        """The process id of the program."""
        return int(self._tmux("display-message", "-p", "-t", "app", "#{pane_pid}"))

    @property
    def exit_status(self) -> int | None:
        """The exit status of the program once it has ended; minus the signal's number where one ended it."""
        told = self._tmux("display-message", "-p", "-t", "app", "#{pane_dead}/#{pane_dead_status}/#{pane_dead_signal}")
        dead, status, signal = told.strip().split("/")
        if dead != "1":
            return None
        if not (status or signal):
            self._tmux("run-shell", "true")  # tmux 3.3a may miss that a program ended until the next one ends
            return None
        return int(status) if status else -int(signal)

    def wait_for(self, text: str) -> str:
        """Return the screen as soon as it shows ``text``."""
        return self._wait(lambda screen: text in screen, f"{text!r} did not appear")

    def wait_gone(self, text: str) -> str:
        """Return the screen as soon as it no longer shows ``text``."""
        return self._wait(lambda screen: text not in screen, f"{text!r} did not go away")

    def wait_exit(self) -> int:
        """Wait until the program has ended and return its exit status."""
        self._wait(lambda _: self.exit_status is not None, "the program did not end")
        return int(self.exit_status or 0)

    def _wait(self, seen: Callable[[str], bool], complaint: str) -> str:
        deadline = time.monotonic() + _PATIENCE
        while not seen(screen := self.screen):
            if time.monotonic() > deadline:
                raise AssertionError(f"{complaint} within {_PATIENCE:.0f} s; the screen shows:\n{screen}")
            time.sleep(_POLL)
        return screen

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], capture_output=True, check=False)
