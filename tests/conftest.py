"""A fresh home for every test, and the readlist command as a user runs it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from support.effort import EXAMPLES, THOROUGH
from support.forks import Forks

from readlist import statuses

Run = Callable[..., subprocess.CompletedProcess[str]]
_UNSET = (
    "READLIST_LIBRARY",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "NO_COLOR",
    "TMUX",
    "SSH_CONNECTION",
    "SSH_TTY",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "BROWSER",
    "COLUMNS",
    "LINES",
)

hypothesis.settings.register_profile(  # without a look at the clock: a busy machine is no fault of readlist
    "readlist",
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("readlist")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with nothing in it; nothing of the person who runs the tests is read or written."""
    for name in _UNSET:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _statuses() -> None:
    """Each test begins with the statuses that readlist has by itself, as each run of the program does."""
    statuses.use(statuses.DEFAULT)


@pytest.fixture
def library_file(tmp_path: Path) -> Path:
    """Where the test's library is to be; it does not exist yet."""
    return tmp_path / "library.json"


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """The process that has loaded what every call of the command line would load anew."""
    with Forks() as made:
        yield made


@pytest.fixture
def started(library_file: Path) -> Run:
    """Start the readlist command on the test's library, as a shell does, and return what it printed."""

    def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "readlist", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=_environment(library_file),
            check=False,
        )

    return run


@pytest.fixture
def readlist(library_file: Path, request: pytest.FixtureRequest) -> Run:
    """Run the readlist command on the test's library in a process of its own and return what it printed."""
    if THOROUGH or not hasattr(os, "fork"):
        started: Run = request.getfixturevalue("started")
        return started
    forks: Forks = request.getfixturevalue("forks")

    def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return forks.run(arguments, stdin, _environment(library_file))

    return run


def _environment(library_file: Path) -> dict[str, str]:
    return {**os.environ, "READLIST_LIBRARY": str(library_file), "PYTHONIOENCODING": "utf-8"}
