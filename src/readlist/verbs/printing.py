"""What the verbs print: nothing from a paper, a file or an argument may act upon the terminal."""

import json
import sys
from typing import Any

from readlist.latex import plain


def write_text(text: str) -> None:
    """Write ``text`` to standard output: as it is to a file or a pipe, each line ``plain`` to a terminal."""
    if sys.stdout.isatty():
        text = "".join(f"{plain(line)}\n" for line in text.splitlines())
    sys.stdout.write(text)


def warn(sentence: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"{plain(sentence)}\n")


def print_json(value: Any) -> None:
    """Write one JSON value to standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
