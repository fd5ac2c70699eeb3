"""Which citation styles the user likes: his favourites, those used last, and the default chosen in the app.

One small file in the state folder, shared by all windows and all libraries: each change is made to the file as it is by
then, under a lock, so that no window takes back what another one has remembered.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from readlist.config import Config, state_folder

RECENT = 8
"""How many of the styles used last are remembered."""
_WAIT = 0.5  # seconds for another window's change, which takes milliseconds


class NotRememberedError(Exception):
    """The file could not be written; the message says why."""


class StyleMemory(NamedTuple):
    """What is remembered. Styles are formats of the cite room or ids of CSL styles."""

    favourites: tuple[str, ...] = ()
    """In the order in which they were marked."""
    recent: tuple[str, ...] = ()
    """The latest first."""
    default: str = ""
    """The default chosen in the app; empty when there is none."""
    instead_of: str = ""
    """The default of the settings at that time: when the settings change later, they are the newer word."""

    def default_style(self, config: Config) -> str:
        """What ``yy`` copies and ``readlist cite`` prints."""
        return self.default if self.default and self.instead_of == config.cite_style else config.cite_style


def load(path: Path | None = None) -> StyleMemory:
    """What is remembered in ``path`` (default: ``styles.json`` of the state folder); nothing where it is unreadable."""
    try:
        return _read(path or _path())
    except (OSError, ValueError):
        return StyleMemory()


def _read(path: Path) -> StyleMemory:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return StyleMemory()
    read = json.loads(content)
    if not isinstance(read, dict):
        raise ValueError("no JSON object")  # noqa: TRY004 - json raises ValueError for what is no JSON at all
    return StyleMemory(
        _styles(read.get("favourites")),
        _styles(read.get("recent"))[:RECENT],
        _style(read.get("default")),
        _style(read.get("instead_of")),
    )


def _styles(value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_style, value)))) if isinstance(value, list) else ()


def _style(value: Any) -> str:
    return value if isinstance(value, str) else ""


def mark(style: str, *, favourite: bool, path: Path | None = None) -> StyleMemory:
    """Make ``style`` a favourite, or none any more.

    Raises:
        NotRememberedError: see there.
    """

    def marked(memory: StyleMemory) -> StyleMemory:
        others = tuple(known for known in memory.favourites if known != style)
        return memory._replace(favourites=(*others, style) if favourite else others)

    return _change(marked, path)


def use(style: str, path: Path | None = None) -> StyleMemory:
    """Remember that ``style`` has just been used.

    Raises:
        NotRememberedError: see there.
    """

    def used(memory: StyleMemory) -> StyleMemory:
        return memory._replace(recent=(style, *(known for known in memory.recent if known != style))[:RECENT])

    return _change(used, path)


def make_default(style: str, config: Config, path: Path | None = None) -> StyleMemory:
    """Make ``style`` the default; that of the settings, or the empty string, makes the settings' one valid again.

    Raises:
        NotRememberedError: see there.
    """
    chosen, instead = ("", "") if style in ("", config.cite_style) else (style, config.cite_style)
    return _change(lambda memory: memory._replace(default=chosen, instead_of=instead), path)


def _path() -> Path:
    return state_folder() / "styles.json"


def _change(act: Callable[[StyleMemory], StyleMemory], path: Path | None) -> StyleMemory:
    from readlist.library.atomic import make_folder, replace_file  # noqa: PLC0415 - to read takes none of it
    from readlist.library.errors import LibraryError  # noqa: PLC0415 - likewise
    from readlist.library.lock import WriteLock  # noqa: PLC0415 - likewise

    path = path or _path()
    try:
        make_folder(path.parent)
        lock = WriteLock(path.resolve(), _WAIT)
        lock.acquire()
        try:
            before = _read(path)
            after = act(before)
            if after != before:
                content = json.dumps(after._asdict(), ensure_ascii=False, indent=1) + "\n"
                replace_file(path.resolve(), content.encode("utf-8", "replace"))
        finally:
            lock.release()
            lock.close()
    except OSError as error:
        raise NotRememberedError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:  # somebody has written in it by hand; it is not overwritten
        raise NotRememberedError(f"{path}: damaged ({error}); remove it to begin anew") from error
    except LibraryError as error:
        raise NotRememberedError(str(error)) from error
    return after
