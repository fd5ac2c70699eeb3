"""The README as a new user walks through it: a fresh home, a real terminal, the keys of the tour in their order."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

Start = Any
README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

TOUR = [
    (("j", "j", "k", "Down", "Up"), "2 of 32"),
    (("Enter",), "Evžen Wybitul"),
    (("Escape",), "!Evžen Wybitul"),
    (("r",), "4 Read 1"),
    (("s",), "Marked"),
    (("*",), "Starred"),
    (("n",), "ctrl+s saves"),
    (tuple("hello"), "hello"),
    (("Escape",), "r Read"),
    (("/",), "Search titles"),
    (tuple("goldilocks"), "1 of 2"),
    (("Escape",), "of 32"),
    (("Q",), "Queued"),
    (("T",), "Triage"),
    (("r", "l", "x"), "1 read   1 drop   1 later"),
    (("Escape",), "!Triage"),
    (("7",), "next up first"),
    (("1",), "newest first"),
    (("b",), "dropped 1"),
    (("b",), "!dropped 1"),
    (("y",), "BibTeX"),
    (("b",), "Copied BibTeX"),
    (("e",), "╭─ Edit"),
    (("Escape",), "!╭─ Edit"),
    (("w",), "Obsidian"),
    (("Escape",), "!Obsidian"),
    (("u",), "Undid"),
    (("i",), "Read by week"),
    (("Escape",), "!╭─ Reading"),
    (("a",), "Add"),
    (("Escape",), "!Paste"),
    (("?",), "╭─ Keys"),
    (("Escape",), "!╭─ Keys"),
]
"""Keys as tmux names them, and what the screen shows then, or with a ! shows no more."""


def test_the_two_minutes_of_the_readme(start: Start) -> None:
    app = start(READLIST_LIBRARY="", size="100x30")
    for keys, shows in TOUR:
        for key in keys:
            app.press(key)
        app.wait_gone(shows[1:]) if shows.startswith("!") else app.wait_for(shows)
    app.press("q")
    assert app.wait_exit() == 0


def test_the_tour_covers_the_table() -> None:
    table = README.split("## Two minutes")[1].split("## ")[0]
    rows = re.findall(r"^\| (.+?) \| ", table, re.MULTILINE)
    keys = {key for row in rows for key in re.findall(r"`(.+?)`", row)}
    pressed = {key for keys, _ in TOUR for key in keys} | {"enter", "esc"}
    assert keys <= pressed, keys - pressed
