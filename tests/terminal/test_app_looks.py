"""What is on the screen: in few colours and none, in small and large windows, and while the window changes."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from readlist.library.library import Library
from readlist.paper import Author, Paper

Start = Any

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

GLYPHS = {"r": "✓", "s": "◐", "*": "★"}
MANY_COLOURS = re.compile(r"\x1b\[[0-9;]*[34]8[;:][25][;:]")
"""An escape sequence for a colour beyond the 16 that every terminal has."""
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;:m]")
"""An escape sequence for any colour but the terminal's own."""


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


def attributes(raw: str, text: str) -> set[str]:
    """The parameters of SGR that are in force where ``text`` stands on the screen for the first time."""
    found: set[str] = set()
    for parameters in re.findall(r"\x1b\[([\d;]*)m", raw[: raw.index(text)]):
        for parameter in parameters.split(";"):
            found = set() if parameter in {"", "0"} else {*found, parameter}
    return found


def test_without_colours_there_is_none_and_what_matters_stands_out(start: Start) -> None:
    app = start(NO_COLOR="1")
    app.press("j")
    app.wait_for("2 of 32")
    app.press("S")
    app.wait_for("Newest first")
    raw = app.tmux("capture-pane", "-p", "-e", "-t", "app")
    assert not COLOUR.search(raw)
    assert re.search(r"\x1b\[(?:\d+;)*7m1 Newest first", raw)  # the cursor of the window
    app.press("Escape")
    app.wait_gone("Newest first")
    raw = app.tmux("capture-pane", "-p", "-e", "-t", "app")
    assert "7" in attributes(raw, "▌")  # the row of the cursor is reversed, and no other
    assert "7" not in attributes(raw, "Salvatore")


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


HARD = {
    "joined": "Family \N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL} and more",
    "varied": "Flag \N{WAVING WHITE FLAG}\ufe0f\u200d\N{RAINBOW} and thumbs \N{THUMBS UP SIGN}\U0001f3fd up",
    "country": "Of \U0001f1e9\U0001f1ea and \U0001f1eb\U0001f1f7 and 1\ufe0f\u20e3",
    "Hebrew": "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "Arabic": "\u0645\u0631\u062d\u0628\u0627 and \u202eEnglish\u202c",
    "wide": "\u6df1\u5ea6\u5b66\u4e60 of loss",
    "combining": "a\u0310e\u0301o\u0308\u0332 b",
    "plain": "Plain letters",
}


def test_no_letter_moves_the_columns(start: Start, library_file: Path) -> None:
    made = Library.open(library_file)
    made.create([Paper(title=title, authors=(Author(title[:9]),), published="2024") for title in HARD.values()])
    made.close()
    app = start(size="160x20", shows="Plain letters")
    app.wait_for("1 of 8")
    app.tmux("copy-mode", "-t", "app")
    app.tmux("send-keys", "-t", "app", "-X", "top-line")
    places = set()
    for _ in HARD:
        app.tmux("send-keys", "-t", "app", "-X", "cursor-down")
        app.tmux("send-keys", "-t", "app", "-X", "start-of-line")
        app.tmux("send-keys", "-t", "app", "-X", "jump-forward", "▏")
        places.add(app.tmux("display-message", "-p", "-t", "app", "#{copy_cursor_x}").strip())
    assert places == {"96"}


def test_the_row_of_the_cursor_can_be_read_in_16_colours(start: Start) -> None:
    app = start(setup="set -g default-terminal xterm", TERM_PROGRAM="")
    row = app.tmux("capture-pane", "-p", "-e", "-t", "app").splitlines()[1]
    assert "Salvatore" in row
    assert "\x1b[44m" in row or ";44m" in row
    assert not re.search(r"\x1b\[(?:\d+;)*(?:90|34)(?:;\d+)*m[^\x1b]*\w", row)
