"""Writing a note in the user's own editor, with the app suspended meanwhile."""

import asyncio
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from readlist.paper import Paper
from readlist.programs import editor_command

if TYPE_CHECKING:
    from readlist.tui.screens.main import MainScreen


def write_outside(screen: "MainScreen", paper: Paper) -> None:
    """Open the note of ``paper`` in the editor and save what comes of it.

    The file stays where it is, and its place is told, when the note could not be saved.
    """
    command = editor_command()
    if command is None:
        screen.say("No editor is known: set VISUAL or EDITOR; n writes here", severity="warning")
        return
    with tempfile.NamedTemporaryFile(
        "w", suffix=".md", prefix="readlist-note-", delete=False, encoding="utf-8"
    ) as file:
        file.write(paper.note)
    path = Path(file.name)
    try:
        with screen.app.suspend():
            status = subprocess.call([*command, str(path)])
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError, SuspendNotSupported) as error:
        screen.say(f"{command[0]} could not be used: {error}; the note is in {path}", severity="error")
        return
    screen.refresh(layout=True)
    # Editors end a file with a line break; a note that had none does not get one by that.
    text = text if paper.note.endswith("\n") else text.removesuffix("\n")
    if status or text == paper.note:
        path.unlink(missing_ok=True)
        screen.say(
            f"{command[0]} ended with exit status {status}; the note is as it was"
            if status
            else "The note is as it was"
        )
        return

    async def save() -> None:
        saved = await screen.change(lambda library: library.write_note(paper.id, text, seen=paper.note))
        if saved:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        else:
            screen.say(f"The note is not saved; it is in {path}", severity="error")

    screen.start(save(), "notes")
