"""What is on the screen: in few colours and none, in small and large windows, and while the window changes."""

import re
import shutil
from typing import Any

import pytest

Start = Any

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

GLYPHS = {"r": "✓", "s": "◐", "*": "★"}
MANY_COLOURS = re.compile(r"\x1b\[[0-9;]*[34]8[;:][25][;:]")
"""An escape sequence for a colour beyond the 16 that every terminal has."""


@pytest.mark.parametrize(
    ("term", "environment"),
    [
        ("tmux-256color", {"NO_COLOR": "1"}),
        ("xterm", {}),
        ("xterm-256color", {"COLORTERM": "truecolor"}),
        ("screen", {}),
    ],
    ids=["NO_COLOR", "16 colours", "all colours", "screen"],
)
def test_each_status_has_a_sign_of_its_own_whatever_the_colours(start: Start, term: str, environment: Any) -> None:
    app = start(setup=f"set -g default-terminal {term}", **environment)
    assert "●  2026  Salvatore" in app.screen
    for key, glyph in GLYPHS.items():
        app.press(key)
        app.wait_for(f"{glyph}")
        app.press("j")
    assert re.search(r"✓ +2026 +Salvatore", app.screen)
    assert re.search(r"◐ +2026 +Wybitul", app.screen)
    assert re.search(r"●★ +2025 +McDonald", app.screen)
    app.press("q")
    assert app.wait_exit() == 0


def test_a_terminal_of_16_colours_gets_no_others(start: Start) -> None:
    app = start(setup="set -g default-terminal xterm", TERM_PROGRAM="")
    app.press("j")
    app.wait_for("2 of 32")
    assert not MANY_COLOURS.search(app.tmux("capture-pane", "-p", "-e", "-t", "app"))


@pytest.mark.parametrize(("size", "wide"), [("40x15", False), ("80x24", False), ("160x45", True)])
def test_the_list_and_the_keys_fit_the_window(start: Start, size: str, wide: bool) -> None:  # noqa: FBT001 - a case
    app = start(size=size, shows="Solving adv")
    app.wait_for("to begin with")
    app.press("j")
    app.wait_gone("to begin with")
    screen = app.wait_for("2 of 32")
    assert "▌●  2026  " in screen
    assert "Representations of" in screen
    if wide:
        app.wait_for("Evžen Wybitul, Javier Rando")
    else:
        assert "Evžen Wybitul, Javier Rando" not in screen
    app.press("Enter")
    app.wait_for("Evžen Wybitul")
    app.press("Tab")
    app.wait_for("Solving adv")
    app.press("y")
    app.wait_for("BibTeX")
    app.press("b")
    app.wait_for("Copied")
    app.press("?")
    app.wait_for("─ Keys ─")
    app.press("Escape")
    app.wait_gone("─ Keys ─")


def test_the_window_may_change_its_size_at_any_time(start: Start) -> None:
    app = start(size="80x24")
    app.press("j")
    app.wait_for("2 of 32")
    for size, detail in [("160x45", True), ("40x15", False), ("20x5", False), ("120x30", True), ("80x24", False)]:
        app.resize(size)
        if detail:
            app.wait_for("Evžen Wybitul")
        else:
            app.wait_gone("Evžen Wybitul")
    app.wait_for("▌●  2026  Wybitul")
    app.press("n")
    app.wait_for("─ Note ─")
    app.type("before ")
    app.resize("160x45")
    app.wait_for("Salvatore")
    app.type("and after")
    app.wait_for("before and after")
    app.press("Escape")
    app.wait_for("Wrote a note")
