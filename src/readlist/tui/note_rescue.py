"""The last resort for a note that cannot be saved when the terminal goes away: a file of its own."""

import os
import tempfile
from pathlib import Path


def rescue_note(text: str, library: Path) -> Path:
    """Write ``text`` to a new file beside ``library``, or where that fails in the folder for temporary files.

    Returns:
        The file, which only the user can read.

    Raises:
        OSError: neither folder takes it.
    """
    try:
        number, name = tempfile.mkstemp(".md", "readlist-note-", library.parent)
    except OSError:
        number, name = tempfile.mkstemp(".md", "readlist-note-")
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(number)
    return Path(name)
