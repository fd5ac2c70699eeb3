"""What the screen has confirmed is on the disk: the app is killed the moment the confirmation is seen."""

import os
import shutil
import signal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tinydb import TinyDB

Start = Any

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]


class Round(NamedTuple):
    """Keys, the toast that confirms what they do, and the field that must then be on the disk."""

    keys: tuple[str, ...]
    toast: str
    field: str
    value: Any


CHANGES = (
    Round(("r",), "Marked “", "status", "read"),
    Round(("s",), "Marked “", "status", "reading"),
    Round(("*",), "Starred “", "star", True),
    Round(("t", *"geometry", "Enter"), "Tagged “", "tags", ["geometry"]),
    Round(("n", *"basins", "C-s"), "Wrote a note on “", "note", "basins"),
    Round(("n", *"modes", "Escape"), "Wrote a note on “", "note", "modes"),
    Round(("d",), "Deleted “", "deleted", None),
    Round(("r", "r"), "unread — ", "status", None),
    Round(("*", "u"), "Undid: Starred “", "star", None),
    Round(("s", "u", "C-r"), "Redid: Marked “", "status", "reading"),
)


def stored(path: Path) -> list[dict[str, Any]]:
    """The papers as stock TinyDB reads them, newest first."""
    with TinyDB(path, access_mode="r", encoding="utf-8") as stock:
        return [dict(document) for document in stock.table("papers").all()]


@pytest.mark.parametrize("half", [0, 1])
def test_every_change_whose_toast_was_seen_survives_a_kill(start: Start, library_file: Path, half: int) -> None:
    for number, change in enumerate(CHANGES):
        app = start()
        titles = {document["title"] for document in stored(library_file) if "deleted" not in document}
        down = number + 10 * half
        app.press(*"j" * down, *change.keys)
        app.wait_for(change.toast)
        os.kill(app.pid, signal.SIGKILL)
        app.wait_exit()
        documents = stored(library_file)
        assert len(documents) == 32
        touched = [document for document in documents if document["title"] in titles]
        if change.field == "deleted":
            assert len(touched) - sum("deleted" in document for document in touched) == len(titles) - 1
        elif change.value is None:
            assert "Undid" in change.toast or "unread" in change.toast
        else:
            assert any(document.get(change.field) == change.value for document in touched), change
