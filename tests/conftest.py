"""A fresh home for every test, and the readlist command as a user runs it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

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


@pytest.fixture
def readlist(library_file: Path) -> Run:
    """Run the readlist command on the test's library and return what it printed."""

    def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "READLIST_LIBRARY": str(library_file), "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            [sys.executable, "-m", "readlist", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            check=False,
        )

    return run
