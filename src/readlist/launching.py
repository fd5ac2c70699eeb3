"""From the command line to the app: opens the library, makes it on the first launch, and starts Textual."""

import gc
import os
import sys
from pathlib import Path

from readlist.config import Config, library_path, load_config
from readlist.errors import UsageError
from readlist.library.errors import DamagedError
from readlist.paper import Paper
from readlist.search.orders import start_order


def launch(option: str | None, *, empty: bool) -> int:
    """Start the app on the library that ``--library`` or the environment names; a missing one is made and filled.

    Raises:
        UsageError: there is no terminal.
        LibraryError, ConfigError: a file that cannot be used, and why; with a damaged library the app starts.
    """
    served = "TEXTUAL_DRIVER" in os.environ  # `readlist serve` has started this one, and draws it in a browser
    has_screen = served or sys.stderr.isatty()
    if not served and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the app needs a terminal; readlist --help lists what works without one")
    # Until the first frame only lasting objects are made; looking for garbage among them is a fifth of the way to it.
    # The app turns it on again.
    gc.disable()
    config = load_config()
    path = library_path(option)
    if has_screen and _shows_first_rows(path, config):
        return 0
    from readlist.library.library import Library  # noqa: PLC0415 - of a large library the first rows show before that

    try:
        library = Library.open(path, holds=True)
    except DamagedError as error:
        if not has_screen:
            raise
        _recover(path, str(error), config)
        return 0
    if not has_screen:
        raise UsageError("the app draws on standard error, which is no terminal here")
    first = library.is_new
    if first:
        papers: tuple[Paper, ...] = ()
        if not empty:
            from readlist.intake.seed import seed_papers  # noqa: PLC0415 - read once in a library's life

            papers = seed_papers()
        library.create(papers)
    from readlist.tui.app import run  # noqa: PLC0415 - Textual is imported when everything else is known to be well

    run(library, config, welcome=first and not empty)
    return 0


def _shows_first_rows(path: Path, config: Config) -> bool:
    """Start the app with the first rows of a large library, which is read meanwhile; False where they are not known.

    Raises:
        LibraryError: the library turned out to be unusable.
    """
    from readlist.first_rows import load_first_rows  # noqa: PLC0415 - for the app alone

    view = load_first_rows(path, start_order(config.sort))
    if view is None:
        return False
    from readlist.tui.app import run  # noqa: PLC0415 - Textual is imported when there is something to show
    from readlist.tui.beginning import Unread  # noqa: PLC0415 - as above

    run(Unread(path, view), config)
    return True


def _recover(path: Path, explanation: str, config: Config) -> None:
    """Start the app on a library that cannot be opened: the user decides what happens with it."""
    from readlist.tui.app import run  # noqa: PLC0415 - as above
    from readlist.tui.beginning import Damage  # noqa: PLC0415 - as above

    run(Damage(path, explanation), config)
