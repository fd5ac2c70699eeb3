"""Progress bars: on a terminal, while something takes long, and nowhere else."""

import os
import pty
import re
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from readlist.progress import told, watched
from readlist.verbs.progress_bar import Bar

Run = Any
MANY = 6_000
"""Papers that take longer to read than anybody waits without a sign."""


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.bib"
    abstract = r"We show $\alpha_i$ that {\'e}t\'e is \textbf{so}. " * 20
    entries = (
        f"@misc{{k{n}, title={{Title {n} of all}}, author={{Name{n}, A}}, abstract={{{abstract}}}}}\n"
        for n in range(MANY)
    )
    path.write_text("".join(entries), "utf-8")
    return path


def on_terminal(*arguments: str, **environment: str) -> tuple[str, str]:
    """What a call writes on standard output, which is a pipe, and on standard error, which is a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "readlist", *arguments],
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        env={**os.environ, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **environment},
    )
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 4096):
            said += part
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(ours)
    output, _ = process.communicate()
    return output, said.decode()


def test_an_import_shows_how_far_it_is_and_leaves_no_trace(many: Path, library_file: Path) -> None:
    output, said = on_terminal("--library", str(library_file), "import", str(many))
    assert output == f"{MANY:,} papers: {MANY:,} new\n"
    assert re.search(r"\r(Reading|Comparing|Writing)", said)
    # Which of its states a fast machine gets to see is left to it; each is drawn as the next tests say.
    assert re.search(r"  0:\d\d\x1b\[K", said)
    assert said.endswith("\r\x1b[K")


def test_no_bar_on_a_terminal_that_cannot_draw_one(many: Path, library_file: Path) -> None:
    assert on_terminal("--library", str(library_file), "import", str(many), TERM="dumb")[1] == ""


def test_no_bar_in_a_pipe(readlist: Run, many: Path) -> None:
    assert readlist("import", str(many)).stderr == ""


def test_the_line_fits_and_says_what_how_much_and_how_long() -> None:
    bar = Bar(TextIOWrapper(BytesIO(), encoding="utf-8"), "Reading")
    assert bar.line(80) == "Reading …  0:00"
    bar.tell("Comparing", 30_000, 60_000)
    assert bar.line(80) == f"Comparing {'━' * 15}{'·' * 15}  50%  0:00"
    assert len(bar.line(20)) == 20
    plain = Bar(TextIOWrapper(BytesIO(), encoding="ascii"), "x")
    plain.tell("Writing", 1, 1)
    assert plain.line(80).isascii()


def test_who_watches_is_told_of_each_thing_and_nobody_else_pays() -> None:
    things = ["a", "b"]
    assert told("Reading", things) is things
    seen: list[tuple[str, int, int]] = []
    with watched(lambda *state: seen.append(state)):
        assert list(told("Reading", things)) == things
    assert seen == [("Reading", 0, 2), ("Reading", 1, 2), ("Reading", 2, 2)]
    assert told("Reading", things) is things
