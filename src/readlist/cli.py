"""The command line: reads the arguments, then imports the one module that the verb needs.

Exit status: 0 done, 1 nothing found, 2 wrong use or bad input. Errors are one line on stderr.
"""

import atexit
import gc
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from readlist import __version__
from readlist.errors import NothingFoundError, UsageError

_WITHOUT_SETTINGS = frozenset({"config", "help", "completion", "path"})
"""Verbs that do their work also while the settings cannot be read."""

_RARELY = 50_000
"""Objects that are made until garbage is looked for: what a call imports and reads is none, and lives as long as it."""


def command() -> None:
    """The command ``readlist``: `main`, and then the end of the process.

    Taking an interpreter apart object by object is a tenth of the time of ``readlist list``, and nobody is left whom it
    would serve. What was registered for the end is done before, and where there are threads it is done the usual way.
    """
    status = main()
    threading = sys.modules.get("threading")
    if threading and threading.active_count() > 1:
        sys.exit(status)
    atexit._run_exitfuncs()  # noqa: SLF001 - the interpreter's own way to do it, and there is no public one
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # the reader has left
            stream.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: nobody reads, which is no reason not to do the work
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words == ["--version"]:
        sys.stdout.write(f"readlist {__version__}\n")  # scripts ask for it, at times in a loop
        return 0
    return _run(words)


def _run(arguments: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        _spare_letters(stream)
    trouble = _take_statuses()
    work, needs_settings = _work_of(arguments)
    if trouble and needs_settings:
        return _complain(trouble, 2)
    try:
        status = work()
        sys.stdout.flush()
    except NothingFoundError as error:
        return _complain(error, 1)
    except BrokenPipeError:
        # The reader of our output (a pager, `head`) has left; what it did not want is no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (UsageError, ValueError, OSError) as error:
        return _complain(error, 2)
    except KeyboardInterrupt:
        return 130
    return status


def _work_of(arguments: Sequence[str]) -> tuple[Callable[[], int], bool]:
    """What ``arguments`` ask for, and whether it needs the settings."""
    if not arguments:  # the usual start: the app need not wait until options are understood
        return lambda: _launch(None, empty=False), True
    from readlist.arguments import VERBS, default_options  # noqa: PLC0415 - neither for the version nor for the app

    verb: str | None = arguments[0]
    options: Any = default_options(arguments[0]) if len(arguments) == 1 else None
    if options is None:
        from readlist.parsing import parse  # noqa: PLC0415 - which loads argparse

        verb, options = parse(arguments)
    if verb is None:
        return lambda: _launch(options.library, empty=options.empty), True

    def run() -> int:
        gc.set_threshold(_RARELY)
        verbs = importlib.import_module(f"readlist.{VERBS[verb].module}")
        return int(getattr(verbs, f"run_{verb}")(options))

    return run, verb not in _WITHOUT_SETTINGS


def _launch(library: str | None, *, empty: bool) -> int:
    from readlist.launching import launch  # noqa: PLC0415 - the app, for this one call

    return launch(library, empty=empty)


def _take_statuses() -> Exception | None:
    """Take the names that statuses have in the settings; what is wrong there, if so."""
    from readlist.config import ConfigError, load_statuses  # noqa: PLC0415 - not to print the version
    from readlist.statuses import use  # noqa: PLC0415 - likewise

    try:
        use(load_statuses())
    except ConfigError as error:
        return error
    return None


def _spare_letters(stream: Any) -> None:
    """Let a letter that the terminal's encoding lacks become a question mark rather than an error."""
    encoding = str(getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-")
    if encoding not in {"utf-8", "utf8"} and hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")


def _complain(error: Exception, status: int) -> int:
    from readlist.latex import plain  # noqa: PLC0415 - most calls have nothing to complain of

    message = " ".join(_sentence(error).split()) or type(error).__name__
    if isinstance(error, UsageError) and error.hint:
        message += f" ({error.hint})"
    sys.stderr.write(f"readlist: {plain(message)}\n")
    if isinstance(error, UsageError):
        sys.stderr.writelines(f"  {plain(line)}\n" for line in error.place.splitlines())
    return status


def _sentence(error: Exception) -> str:
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    if error.filename is None:
        return error.strerror
    return f"{os.fsdecode(error.filename) if isinstance(error.filename, bytes) else error.filename}: {error.strerror}"
