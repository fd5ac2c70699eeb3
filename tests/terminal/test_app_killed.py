"""What the screen has confirmed is on the disk: the app is killed the moment the confirmation is seen."""

import os
import shutil
import signal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tinydb import TinyDB

from readlist.library.library import Library

Start = Any

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]


class Round(NamedTuple):
    """Keys, the toast that confirms what they do, and what the paper must then be on the disk."""

    keys: tuple[str, ...]
    toast: str
    on_disk: dict[str, Any]
    """Field to value; None for a field that is not there."""


CHANGES = (
    Round(("r",), "Marked “", {"status": "read"}),
    Round(("s",), "Marked “", {"status": "reading"}),
    Round(("*",), "Starred “", {"star": True}),
    Round(("t", *"geometry", "Enter"), "Tagged “", {"tags": ["geometry"]}),
    Round(("n", *"basins", "C-s"), "Wrote a note on “", {"note": "basins"}),
    Round(("n", *"modes", "Escape"), "Wrote a note on “", {"note": "modes"}),
    Round(("r", "r"), "unread — ", {"status": None}),
    Round(("*", "u"), "Undid: Starred “", {"star": None}),
    Round(("s", "u", "C-r"), "Redid: Marked “", {"status": "reading"}),
    Round(("d",), "Deleted “", {}),
)


def stored(path: Path) -> list[dict[str, Any]]:
    """The papers as stock TinyDB reads them, once the next one to open the library has recovered what was confirmed."""
    library = Library.open(path)
    assert any(warning.startswith("Recovered") for warning in library.warnings)
    library.close()
    with TinyDB(path, access_mode="r", encoding="utf-8") as stock:
        return [dict(document) for document in stock.table("papers").all()]


def title_under_cursor(screen: str) -> str:
    """How the title of the paper under the cursor begins."""
    row = next(line for line in screen.splitlines() if line.startswith("▌"))
    return row[26:40].strip()


@pytest.mark.parametrize("first_row", [0, 12])
def test_every_change_whose_toast_was_seen_survives_a_kill(start: Start, library_file: Path, first_row: int) -> None:
    for number, change in enumerate(CHANGES):
        app = start()
        app.press(*"j" * (first_row + number))
        title = title_under_cursor(app.wait_for(f"{first_row + number + 1} of 32"))
        app.press(*change.keys)
        app.wait_for(change.toast)
        os.kill(app.pid, signal.SIGKILL)
        app.wait_exit()
        documents = stored(library_file)
        assert len(documents) == 32
        (paper,) = [document for document in documents if document["title"].startswith(title)]
        assert {field: paper.get(field) for field in change.on_disk} == change.on_disk, change
        assert ("deleted" in paper) == (change.keys == ("d",))


def test_after_a_kill_the_change_is_there_and_the_app_says_what_it_recovered(start: Start) -> None:
    app = start()
    app.press("j", "*")
    app.wait_for("Starred “Representations")
    os.kill(app.pid, signal.SIGKILL)
    app.wait_exit()
    again = start(shows="Recovered 1 change from the journal")
    assert "Starred" in again.screen
    assert "5 Starred 1" in again.screen
    again.press("u")
    again.wait_for("5 Starred 0")
    again.press("q")
    assert again.wait_exit() == 0
    assert "Recovered" not in start().screen


def test_a_damaged_library_is_repaired_from_within_the_app(start: Start, library_file: Path) -> None:
    first = start()
    first.press("*", "q")
    assert first.wait_exit() == 0
    content = library_file.read_bytes()
    library_file.write_bytes(content[: len(content) // 2])  # cut off
    app = start(shows="This library cannot be opened")
    app.wait_for("Repair")
    app.press("j", "j", "Enter")
    app.wait_for("The library holds 32 papers")
    app.press("Enter")
    app.wait_for("1 All 32")
    app.press("q")
    assert app.wait_exit() == 0
    assert library_file.with_name("library.json.damaged-1").read_bytes() == content[: len(content) // 2]
    assert "1 All 32" in start().screen
