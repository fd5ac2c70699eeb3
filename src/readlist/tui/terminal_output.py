"""What goes to the terminal, and what becomes of it when the terminal is gone."""

from contextlib import suppress
from typing import IO, Any

from textual.drivers._writer_thread import WriterThread

from readlist.tui.steady_columns import steady


def outlive_terminal() -> None:
    """Let Textual's writing thread throw away what a closed terminal does not take.

    It would end with the error, and the app would wait for ever at the next thing to be drawn: there is room for thirty
    in the queue between them, and nobody would take them out. Nothing would be saved then, and the process would stay.
    """
    run = WriterThread.run

    def run_on(self: Any) -> None:
        self._file = _Patient(self._file)
        run(self)

    WriterThread.run = run_on  # type: ignore[method-assign]  # there is no other way to a thread that Textual makes


class _Patient:
    """A file whose loss is no error."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(steady(text))

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()
