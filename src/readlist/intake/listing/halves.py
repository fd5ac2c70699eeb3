"""A long page read by two processes: this one takes the first half of the records, a second Python the rest.

The second is a program of its own, started with an argument list, rather than a fork or a pool: it neither copies the
threads of an app nor runs the caller's main module again, and where it cannot be started nothing is lost but time.
Records go to it and results come back as JSON, one a line, by way of temporary files, so that neither waits for the
other.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

from readlist.intake.listing.records import RawRecord

if TYPE_CHECKING:
    from subprocess import Popen

LONG_PAGE = 10_000
"""From so many records on, starting a second Python (about 0.2 s) pays."""

_PROGRAM = "from readlist.intake.listing.reader import answer_records; answer_records()"

Answer = list[Any]
"""What the reader finds out about one record, as JSON values."""


def answers_of(records: list[RawRecord], answer: Callable[[RawRecord], Answer]) -> list[Answer]:
    """The answers to all records, in their order.

    Args:
        records: Of a page.
        answer: The reader's, which the second process calls too.
    """
    if len(records) < LONG_PAGE or (os.cpu_count() or 1) < 2:  # noqa: PLR2004 - two processes on one core are slower
        return list(map(answer, records))
    import tempfile  # noqa: PLC0415 - only long pages need it

    middle = len(records) // 2
    try:
        with tempfile.TemporaryFile() as questions, tempfile.TemporaryFile() as found:
            process = _start(records[middle:], questions, found)
            try:
                answers = list(map(answer, records[:middle]))
            except BaseException:
                process.kill()
                process.wait()
                raise
            rest = _read(found) if process.wait() == 0 else []
    except OSError:
        return list(map(answer, records))  # no room for the files, or no second process
    if len(rest) != len(records) - middle:
        rest = list(map(answer, records[middle:]))
    return answers + rest


def _start(records: list[RawRecord], questions: IO[bytes], found: IO[bytes]) -> "Popen[bytes]":
    """Start the second process.

    Raises:
        OSError: There cannot be one.
    """
    import subprocess  # noqa: PLC0415 - only long pages need it

    for record in records:
        questions.write(json.dumps(record).encode() + b"\n")
    questions.seek(0)
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM],
        stdin=questions,
        stdout=found,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def _read(found: IO[bytes]) -> list[Answer]:
    found.seek(0)
    return [json.loads(line) for line in found]
