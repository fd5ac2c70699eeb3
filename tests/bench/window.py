"""A terminal that a program runs in and that is watched from outside: tmux in control mode, one connection for all."""

import os
import shlex
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

PATIENCE = 60.0
"""Seconds after which what was waited for will not come."""

_POLL = 0.001


class Window:
    """One window of a tmux server of its own.

    Args:
        folder: where the server's socket is made.
        size: columns and rows.
        environment: what the programs get.
    """

    def __init__(self, folder: Path, size: tuple[int, int], environment: Mapping[str, str]) -> None:
        self._size = f"-x {size[0]} -y {size[1]}"
        self._server = subprocess.Popen(
            [*f"tmux -u -S {folder / 'tmux'} -f /dev/null -C new-session -s control".split(), "exec sleep 1000000"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, "TERM": "xterm-256color", "SHELL": "/bin/sh"},
        )
        self._runs = False
        self._answer()
        for setting in ("-g status off", "-s escape-time 0", "-g remain-on-exit on", "-g history-limit 0"):
            self._ask(f"set {setting}")

    def _ask(self, command: str) -> list[bytes]:
        assert self._server.stdin
        self._server.stdin.write(command.encode() + b"\n")
        self._server.stdin.flush()
        return self._answer()

    def _answer(self) -> list[bytes]:
        assert self._server.stdout
        lines: list[bytes] | None = None
        for line in self._server.stdout:
            if line.startswith(b"%begin "):
                lines = []
            elif lines is not None and line.startswith((b"%end ", b"%error ")):
                return lines
            elif lines is not None:
                lines.append(line)
        raise RuntimeError("tmux has ended")

    def run(self, command: list[str]) -> float:
        """Start ``command`` in the place of what ran before; returns when it was asked for, as `time.perf_counter`."""
        if self._runs:
            self._ask("kill-session -t bench")
        self._runs = True
        began = time.perf_counter()
        self._ask(f"new-session -d -s bench {self._size} {shlex.quote('exec ' + shlex.join(command))}")
        return began

    def screen(self) -> str:
        """The text on the screen."""
        return b"".join(self._ask("capture-pane -p -t bench")).decode()

    def press(self, *keys: str, times: int = 1) -> float:
        """Press ``keys``, by tmux's names; returns when, as `time.perf_counter`."""
        began = time.perf_counter()
        for key in keys:
            self._ask(f"send-keys -t bench -N {times} -- {shlex.quote(key)}")
        return began

    def type(self, text: str) -> float:
        """Type ``text`` in one burst; returns when, as `time.perf_counter`."""
        began = time.perf_counter()
        self._ask(f"send-keys -t bench -l -- {shlex.quote(text)}")
        return began

    def until(self, shows: Callable[[str], object], began: float) -> float:
        """Seconds from ``began`` until the screen shows what is waited for.

        Raises:
            TimeoutError: it never does; the message holds the screen.
        """
        while True:
            text = self.screen()
            now = time.perf_counter()
            if shows(text):
                return now - began
            if now - began > PATIENCE:
                raise TimeoutError(text)
            time.sleep(_POLL)

    def until_still(
        self,
        began: float,
        before: str,
        *,
        quiet: float = 0.3,
        part: Callable[[str], str] = lambda text: text,
        must_change: bool = False,
    ) -> float:
        """Seconds from ``began`` until the last change of the screen, which was ``before``; 0 when there was none.

        Args:
            began: when.
            before: the part of the screen that is looked at, as it was.
            quiet: seconds without a change after which it is taken to be at rest.
            part: cuts out of the screen what is looked at.
            must_change: wait for the first change, however long it takes.
        """
        last, changed = before, began
        while (now := time.perf_counter()) < max(changed, began) + quiet or (must_change and last == before):
            text = part(self.screen())
            if text != last:
                last, changed = text, time.perf_counter()
            elif now - began > PATIENCE:
                raise TimeoutError(text)
            time.sleep(_POLL)
        return changed - began

    def peak_memory(self) -> float:
        """The most memory that the program has used so far, in MiB (Linux: VmHWM)."""
        return self._memory("VmHWM")

    def memory(self) -> float:
        """The memory that the program uses, in MiB (Linux: VmRSS)."""
        return self._memory("VmRSS")

    def _memory(self, name: str) -> float:
        lines = Path(f"/proc/{self._process()}/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024

    def until_idle(self, *, quiet: float = 0.5) -> None:
        """Wait until the program has done next to nothing for ``quiet`` seconds (Linux)."""
        before = self._used()
        while True:
            time.sleep(quiet)
            now = self._used()
            if now - before < quiet / 20:
                return
            before = now

    def _used(self) -> float:
        """Seconds of processor time that the program has used so far."""
        stat = Path(f"/proc/{self._process()}/stat").read_text("ascii").rsplit(")", 1)[1].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def _process(self) -> str:
        return self._ask("display-message -p -t bench '#{pane_pid}'")[0].decode().strip()

    def until_ended(self) -> None:
        """Wait until the program has ended by itself.

        Raises:
            TimeoutError: it does not.
        """
        began = time.perf_counter()
        while self._ask("display-message -p -t bench '#{pane_dead}'")[0].strip() != b"1":
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(self.screen())
            time.sleep(_POLL)

    def close(self) -> None:
        """End the program and the server."""
        self._ask("kill-server")
        self._server.wait(10)
