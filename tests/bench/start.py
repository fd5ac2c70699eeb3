"""How fast readlist starts: the app beside a bare Textual app, and the command line beside an empty Python program.

Usage: python tests/bench/start.py [--reps 7] [--papers 32]. Needs tmux for the app; nothing else is installed or kept.
Each round measures every program once, in turn, so that a machine that is busy for a while is busy for all of them;
ratios are of medians. Everything has run once before, so that all byte code is compiled.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from synthetic import papers

from readlist.intake.seed import seed_papers
from readlist.library.library import Library

_SHOWN = "Solving adversarial examples"
"""How the first row of the bundled papers begins; the bare app shows the same words."""
_BARE = f"""\
from textual.app import App
from textual.widgets import Static


class Bare(App):
    def compose(self):
        yield Static({_SHOWN!r})


Bare().run()
"""
_PATIENCE = 60.0
_CACHED = 1_000
"""Papers from which on the library is so large that its first rows are kept."""
Measure = Callable[[], float]


def seconds_to_run(command: list[str], environment: Mapping[str, str]) -> float:
    """Seconds from start to end of ``command``."""
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


class Window:
    """A tmux server that stays, so that only the program in its window is measured."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._socket = str(folder / "tmux")
        self._environment = environment
        self._run("-f", os.devnull, "new-session", "-d", "-s", "bench", "-x", "120", "-y", "40", "cat")

    def _run(self, *arguments: str) -> str:
        command = ["tmux", "-u", "-S", self._socket, *arguments]
        return subprocess.run(command, env=self._environment, check=True, capture_output=True, text=True).stdout

    def seconds_to_show(self, command: list[str]) -> float:
        """Seconds from the start of ``command`` until its screen shows the first row; the program is then ended.

        Raises:
            TimeoutError: the row did not appear.
        """
        began = time.perf_counter()
        self._run("respawn-window", "-k", "-t", "bench", *command)
        while _SHOWN not in self._run("capture-pane", "-p", "-t", "bench"):
            if time.perf_counter() - began > _PATIENCE:
                raise TimeoutError(f"{command} did not show {_SHOWN!r}")
        seconds = time.perf_counter() - began
        program = int(self._run("display-message", "-p", "-t", "bench", "#{pane_pid}"))
        self._run("respawn-window", "-k", "-t", "bench", "cat")
        self._await_end(program)
        return seconds

    @staticmethod
    def _await_end(program: int) -> None:
        """Wait until the process has ended, so that it does not compete with the next one."""
        end = time.perf_counter() + _PATIENCE
        while time.perf_counter() < end:
            try:
                os.kill(program, 0)
            except ProcessLookupError:
                return
            time.sleep(0.005)

    def close(self) -> None:
        """End the server."""
        self._run("kill-server")


def medians(measures: Mapping[str, Measure], rounds: int) -> dict[str, float]:
    """The median seconds of each measure over ``rounds`` rounds, after one that does not count."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds + 1):
        for name, measure in measures.items():
            seconds = measure()
            if number:
                taken[name].append(seconds)
    return {name: statistics.median(values) for name, values in taken.items()}


def make_library(path: Path, number: int) -> None:
    """A library of ``number`` papers: the bundled ones, and made ones that are older."""
    bundled = seed_papers()
    made = [paper._replace(published="2000-01-01") for paper in papers(number - len(bundled))]
    library = Library.open(path)
    library.create([*bundled, *made])
    library.close()


def report(found: Mapping[str, float], base: str) -> None:
    """Print each median, and its ratio to that of ``base``."""
    for name, seconds in found.items():
        print(f"{name:<24}{seconds * 1000:8.1f} ms{seconds / found[base]:8.2f} x")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reps", type=int, default=7, help="rounds that count (default: 7)")
    parser.add_argument("--papers", type=int, default=32, help="papers in the library, at least 32 (default: 32)")
    options = parser.parse_args()
    if options.papers < len(seed_papers()):
        parser.error("--papers: the 32 bundled papers are always there")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library, bare = folder / "library.json", folder / "bare.py"
        make_library(library, options.papers)
        bare.write_text(_BARE, encoding="utf-8")
        left_out = {"PYTHONDONTWRITEBYTECODE", "TMUX", "COLUMNS", "LINES"}
        environment = {key: value for key, value in os.environ.items() if key not in left_out}
        environment |= {"HOME": name, "READLIST_LIBRARY": str(library), "LC_ALL": "C.UTF-8"}
        python, app = sys.executable, [sys.executable, "-m", "readlist"]
        installed = Path(python).with_name("readlist")
        command = [str(installed)] if installed.exists() else app
        commands = {
            "python -c pass": [python, "-c", "pass"],
            "readlist --version": [*command, "--version"],
            "readlist list": [*command, "list"],
        }
        print(f"{options.papers} papers, medians of {options.reps}")
        runs = {key: partial(seconds_to_run, line, environment) for key, line in commands.items()}
        report(medians(runs, options.reps * 3), "python -c pass")
        if shutil.which("tmux") is None:
            print("the app was not measured: tmux is not installed")
            return
        window = Window(folder, environment)
        cached = folder / ".cache/readlist"

        def without_cache() -> float:
            shutil.rmtree(cached, ignore_errors=True)
            return window.seconds_to_show(app)

        def with_cache() -> float:
            """The rows of the last time are kept when the app ends; that may take a moment."""
            end = time.perf_counter() + _PATIENCE
            while options.papers >= _CACHED and not cached.exists() and time.perf_counter() < end:
                time.sleep(0.01)
            return window.seconds_to_show(app)

        try:
            starts: dict[str, Measure] = {
                "bare Textual app": partial(window.seconds_to_show, [python, str(bare)]),
                "readlist, no cache": without_cache,
                "readlist": with_cache,
            }
            report(medians(starts, options.reps), "bare Textual app")
        finally:
            window.close()


if __name__ == "__main__":
    main()
