"""Completion in the shells themselves: the script is installed as the README says, and the tab key is pressed."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.terminal import Terminal

from readlist.intake.seed import seed_papers
from readlist.library.library import Library

Run = Any
pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

CASES = [
    ("readlist sta", "stats"),
    ("readlist dup", "duplicates"),
    ("readlist list --sh", "--show"),
    ("readlist list --sort ti", "title"),
    ("readlist export --format csl", "csl-json"),
    ("readlist cite goldilocks --style american-anth", "american-anthropological-association"),
    ("readlist mark drop", "dropped"),
    ("readlist list is:unr", "is:unread"),
    ("readlist list org:stanf", "org:stanford"),
    ("readlist list catego", "category:"),
    ("readlist help envi", "environment"),
    ("readlist completion fi", "fish"),
    ("readlist import pag", "page.txt"),
]
"""What is typed before the tab key, and what the line ends in then."""


@pytest.fixture(params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest, readlist: Run, home: Path, library_file: Path) -> Iterator[Terminal]:
    """An interactive shell that has read the script, in a folder with a page."""
    name = request.param
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    made = Library.open(library_file)
    made.create(seed_papers())
    made.close()
    (home / "page.txt").write_text("", "utf-8")
    script = readlist("completion", name).stdout
    (home / ".hushlogin").touch()
    if name == "fish":
        folder = home / ".config/fish/completions"
        folder.mkdir(parents=True)
        (folder / "readlist.fish").write_text(script, "utf-8")
        (home / ".config/fish/config.fish").write_text("set -U fish_greeting\n", "utf-8")
        command = ["fish", "-C", "function fish_prompt; echo 'ready> '; end"]
    elif name == "zsh":
        (home / "functions").mkdir()
        (home / "functions/_readlist").write_text(script, "utf-8")
        (home / ".zshrc").write_text(
            "PROMPT='ready> '\nfpath=(~/functions $fpath)\nautoload -Uz compinit && compinit -D\n", "utf-8"
        )
        command = ["zsh", "-i"]
    else:
        (home / "readlist.bash").write_text(script, "utf-8")
        (home / ".bashrc").write_text("PS1='ready> '\n. ~/readlist.bash\nbind 'set bell-style none'\n", "utf-8")
        command = ["bash", "--rcfile", str(home / ".bashrc"), "-i"]
    programs = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    environment = {"HOME": str(home), "PATH": programs, "READLIST_LIBRARY": str(library_file), "ZDOTDIR": str(home)}
    line = ["sh", "-c", f'cd {home} && exec "$@"', "sh", *command]
    with Terminal(line, home / "tmux", size="100x40", environment=environment) as terminal:
        terminal.wait_for("ready>")
        yield terminal


def test_the_tab_key_completes(shell: Terminal) -> None:
    for typed, becomes in CASES:
        before = typed.rpartition(" ")[0]
        shell.type(typed)
        shell.wait_for(typed)
        shell.press("Tab")
        shell.wait_for(f"{before} {becomes}")
        shell.press("C-u")
        shell.press("C-l")
        shell.wait_gone("readlist")


def test_where_a_status_stands_no_query_is_offered(shell: Terminal) -> None:
    shell.type("readlist mark unst")
    shell.wait_for("unst")
    shell.press("Tab")
    shell.wait_for("mark unstar")
    shell.press("C-u")
    shell.type("readlist mark star")
    shell.wait_for("mark star")
    shell.press("Tab")
    shell.type("is:starr")  # behind the blank that ends a word which is the only one
    shell.wait_for("mark star is:starr")
    shell.press("Tab")
    shell.wait_for("mark star is:starred")
