"""A user's hour with the app: mark, note, search, copy, quit, and return to find everything there."""

import json
import os
import shutil
import signal
import subprocess
import time
from typing import Any

import pytest

Start = Any
Run = Any

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]


def papers_of(readlist: Run, *query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(readlist("list", "--json", *query).stdout)
    return found


def test_mark_note_search_copy_quit_and_return(start: Start, readlist: Run) -> None:
    first = start()
    first.press("j", "r")
    first.wait_for("Marked “Representations of Text and Images…” read")
    first.press("n")
    first.wait_for("─ Note ─")
    first.type("Layer one! *Check* the jq claims")
    first.press("Escape")
    first.wait_for("Wrote a note")
    first.press("/")
    first.type("omniglot")
    first.wait_for("1 of 1")
    first.press("Enter")
    first.press("*")
    first.wait_for("Starred “Gaussian Prototypical")
    first.press("y", "b")
    first.wait_for("Copied BibTeX by tmux")
    copied = first.tmux("show-buffer")
    first.press("Escape")  # alone: a key right behind it would make it an alt key
    first.wait_for("1 All 32")
    first.wait_gone("omniglot")
    first.press("q")
    assert first.wait_exit() == 0

    assert "title = {Gaussian Prototypical Networks" in copied
    assert "author = {Fort, Stanislav}" in copied
    (paper,) = papers_of(readlist, "jq claims")
    assert paper["note"] == "Layer one! *Check* the jq claims"
    assert paper["status"] == "read"

    second = start()
    assert "2 Unread 31  3 Reading 0  4 Read 1  5 Starred 1" in second.screen
    assert "✓  2026  Wybitul" in second.screen
    second.press("j", "Enter", "G")
    second.wait_for("Layer one! *Check* the jq claims")
    second.press("Escape")
    second.wait_for("Salvatore")
    second.press("u", "u", "u")
    second.wait_for("2 Unread 32  3 Reading 0  4 Read 0  5 Starred 0")


def test_every_key_of_the_copy_menu_copies(start: Start) -> None:
    signs = {
        "b": "@", "l": "@", "a": "(2026)", "i": "“", "c": "2026", "h": "2026", "v": "2026", "m": "](https://arxiv.org/",
        "k": "2026", "u": "https://arxiv.org/abs/2603.03507", "t": "Solving adversarial", "j": '"family"',
        "r": "TY  - ", "y": "@", "f": "*Solving", "o": "[[https://arxiv.org/", "x": "\\cite{salvatore2026solving}",
        "p": "@salvatore2026solving", "s": "Salvatore et al. (2026)", "A": "(2026)", "M": "](https://arxiv.org/",
    }  # fmt: skip
    app = start()
    app.press("j", "k")
    for key, sign in signs.items():
        app.tmux("set-buffer", "-b", "mark", f"nothing by {key}")
        app.press("y")
        app.wait_for("esc cancels")
        app.press(key)
        app.wait_gone("esc cancels")
        deadline = time.monotonic() + 20
        while (copied := app.tmux("show-buffer")) == f"nothing by {key}":
            assert time.monotonic() < deadline, f"y {key} copied nothing; the screen shows:\n{app.screen}"
        assert sign in copied, f"y {key}"


def test_copied_bibtex_reads_back_and_several_papers_copy_together(start: Start) -> None:
    pybtex = pytest.importorskip("pybtex.database", reason="pybtex is not installed")
    app = start()
    app.press("Space", "Space", "y", "b")
    app.wait_for("BibTeX of 2 papers")
    read = pybtex.parse_string(app.tmux("show-buffer"), "bibtex")
    assert [entry.fields["title"].split()[0] for entry in read.entries.values()] == ["Solving", "Representations"]
    second = list(read.entries.values())[1].persons["author"]
    assert [str(person) for person in second][-1] == "Fort, Stanislav"


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
@pytest.mark.skipif(shutil.which("xclip") is None, reason="xclip is not installed")
def test_a_copy_goes_to_the_clipboard_of_the_desktop(start: Start, display: str) -> None:
    app = start(DISPLAY=display)
    app.press("j", "k", "y", "t")
    app.wait_for("Copied title by x")
    asked = ["xclip", "-selection", "clipboard", "-out", "-display", display]
    deadline = time.monotonic() + 20
    while not (held := subprocess.run(asked, capture_output=True, text=True, check=False).stdout):
        assert time.monotonic() < deadline, "the clipboard stays empty"
    assert held == "Solving adversarial examples requires solving exponential misalignment"


def test_keys_typed_in_one_burst_act_in_their_order(start: Start, readlist: Run) -> None:
    app = start()
    app.type("jjr")
    app.wait_for("Marked “Get RICH or Die Scaling: Profitably…” read")
    app.type("yb")
    app.wait_for("Copied BibTeX by tmux")
    assert "title = {Get {RICH} or Die Scaling" in app.tmux("show-buffer")
    app.type("gs*j*")
    app.wait_for("5 Starred 2")
    app.wait_for("3 Reading 1")
    starred = [paper["title"][:7] for paper in papers_of(readlist, "--show", "starred")]
    assert starred == ["Solving", "Represe"]
    (reading,) = papers_of(readlist, "--show", "reading")
    assert reading["title"].startswith("Solving")


def test_a_search_typed_in_one_burst_with_what_is_to_be_done_acts_on_its_result(start: Start, readlist: Run) -> None:
    app = start()
    app.type("/omniglot\rr")
    app.wait_for("Marked “Gaussian Prototypical Networks")
    assert [paper["title"] for paper in papers_of(readlist, "--show", "read")] == [
        "Gaussian Prototypical Networks for Few-Shot Learning on Omniglot"
    ]


def test_two_windows_on_one_library_see_each_others_changes(start: Start, readlist: Run) -> None:
    left, right = start(), start()
    left.press("j", "r")
    left.wait_for("4 Read 1")
    right.wait_for("4 Read 1")
    right.press("G", "*")
    right.wait_for("5 Starred 1")
    left.wait_for("5 Starred 1")
    assert readlist("mark", "reading", "omniglot").returncode == 0
    for window in (left, right):
        window.wait_for("3 Reading 1")
    assert "▌✓  2026  Wybitul" in left.screen


def test_a_pasted_listing_is_shown_before_it_is_added(start: Start, readlist: Run) -> None:
    app = start("--empty", shows="Your reading list is empty")
    app.paste(
        "LGOct 11, 2022Code\nPasted Things are PapersAda Lovelace, Alan Turing, Grace Hopper et al. · mit\n"
        "We paste things and find that they are papers.\n"
    )
    app.wait_for("1 new")
    assert papers_of(readlist) == []
    app.press("Enter")
    app.wait_for("All 1")
    (paper,) = papers_of(readlist)
    assert paper["title"] == "Pasted Things are Papers"
    assert paper["authors_complete"] is False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["terminated", "terminal closed"])
def test_a_note_being_written_is_saved_when_the_terminal_goes(start: Start, readlist: Run, number: int) -> None:
    app = start()
    app.press("n", *"half")
    app.wait_for("half")
    os.kill(app.pid, number)
    app.wait_exit()
    assert readlist("note", "2603.03507").stdout == "half\n"
