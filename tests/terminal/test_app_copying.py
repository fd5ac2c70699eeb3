"""Copying from the app where a clipboard is missing, hangs or is far away; and the list of styles under real keys."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.terminal import Terminal

pytestmark = pytest.mark.terminal

NEWEST = "Solving adversarial examples"
_HINT = "install xclip or xsel, or check that the display is alive"
Start = Callable[..., Terminal]


@pytest.fixture
def outside_tmux(tmp_path: Path, library_file: Path) -> Iterator[Start]:
    """Start readlist in a terminal, our tmux, that it does not know to be one; OSC 52 fills the terminal's buffer."""
    started: list[Terminal] = []

    def run(**environment: str) -> Terminal:
        variables = {"READLIST_LIBRARY": str(library_file), "COLORTERM": "", **environment}
        command = ["env", "-u", "TMUX", sys.executable, "-m", "readlist"]
        terminal = Terminal(
            command, tmp_path / "tmux", size="100x30", environment=variables, setup="set -s set-clipboard on"
        )
        started.append(terminal)
        terminal.wait_for(NEWEST)
        return terminal

    yield run
    for terminal in started:
        terminal.__exit__()


def program(folder: Path, name: str, script: str) -> str:
    """A PATH on which ``name`` is this script, before all else."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def test_osc_52_reaches_the_terminal(outside_tmux: Start) -> None:
    app = outside_tmux()
    app.press("y", "k")
    app.wait_for("Sent citation key to your terminal (OSC 52)")
    assert app.tmux("show-buffer") == "salvatore2026solving"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exec sleep 60", "xclip: did not answer in time"),
        ("echo XCLIP SPEAKS; echo XCLIP COMPLAINS >&2; exit 3", "xclip: failed with exit status 3"),
    ],
    ids=["hangs", "fails"],
)
def test_a_program_that_hangs_or_fails_holds_nothing_up_and_writes_nothing(
    outside_tmux: Start, tmp_path: Path, script: str, reason: str
) -> None:
    app = outside_tmux(DISPLAY=":987", PATH=program(tmp_path / "bin", "xclip", script))
    app.press("y", "k", "j")
    app.wait_for("2 of 32")
    screen = app.wait_for(reason)
    assert "Sent citation key to your terminal (OSC 52)" in screen
    assert "XCLIP" not in screen
    assert app.tmux("show-buffer") == "salvatore2026solving"


def test_what_is_too_long_for_every_way_is_shown_selected_with_what_helps_here(
    outside_tmux: Start, tmp_path: Path
) -> None:
    app = outside_tmux(DISPLAY=":987", PATH=program(tmp_path / "bin", "xclip", "exit 1"))
    app.press("C-a", "y", "j")
    app.wait_for("CSL-JSON of 32 papers was not copied")
    screen = app.wait_for('"id": "salvatore2026solving",')  # the text is drawn a frame later
    dialog = [line.split("│")[1].strip() for line in screen.splitlines() if line.count("│") > 1]
    assert f"too long to send to a terminal (limit 75 kB); {_HINT}" in " ".join(dialog)
    assert '"id": "salvatore2026solving",' in dialog
    app.press("Escape")
    app.wait_gone("was not copied")


def test_the_list_of_styles(start: Start) -> None:
    app = start()
    app.press("Y")
    app.wait_for("Salvatore, A., Fort, S., & Ganguli, S. (2026).")
    app.type("plos one")
    app.wait_for("1. Salvatore A, Fort S, Ganguli S. Solving adversarial")
    app.press("*")
    app.wait_for("PLOS ONE is a favourite")
    app.type("D")
    app.wait_for("is the default: y y copies it")
    app.press("Enter")
    app.wait_for("Copied PLOS ONE by tmux")
    app.press("q")
    assert app.wait_exit() == 0
    again = start()
    again.press("Y")
    again.wait_for("★ PLOS ONE  default, used lately")
    again.press("Escape")
    again.wait_gone("used lately")
    again.press("y")
    again.wait_for("y plos-one (default)")
    again.press("y")
    again.wait_for("Copied PLOS ONE by tmux")
    assert again.tmux("show-buffer").startswith("1. Salvatore A, Fort S, Ganguli S.")
