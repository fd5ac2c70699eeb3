"""What all verbs have in common: help, version, which library, broken pipes, and libraries that cannot be used."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import readlist as package

Run = Any
Refused = Any
VERBS = (
    "list", "show", "mark", "note", "tag", "cite", "import", "export", "delete", "restore", "trash", "merge", "undo",
    "redo", "log", "settle", "path", "doctor",
)  # fmt: skip


def test_version(readlist: Run) -> None:
    done = readlist("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"readlist {package.__version__}\n", "")


def test_help_names_every_verb(readlist: Run) -> None:
    done = readlist("--help")
    assert done.returncode == 0
    for verb in VERBS:
        assert f"\n    {verb} " in done.stdout
    assert "Exit status: 0 done, 1 nothing found, 2 wrong use or bad input" in " ".join(done.stdout.split())


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(readlist: Run, verb: str) -> None:
    done = readlist(verb, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: readlist {verb}")
    assert "--library PATH" in done.stdout


def test_an_unknown_verb_is_refused(readlist: Run, refused: Refused) -> None:
    refused(readlist("frobnicate"), 2, "frobnicate")


def test_the_root_folder_is_no_library(readlist: Run, refused: Refused) -> None:
    refused(readlist("--library", "/", "list"), 2, "/: this is no file but a folder")


def test_the_app_without_a_terminal_is_refused_and_makes_nothing(
    readlist: Run, refused: Refused, library_file: Path
) -> None:
    refused(readlist(), 2, "terminal")
    assert not library_file.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(
    "verb", ["list", "show gaussian prototypical", "mark read gaussian prototypical", "list zzzzzz", "--version"]
)
def test_a_closed_output_is_no_error(filled: Path, closed: str, verb: str) -> None:
    command = f"{shlex.quote(sys.executable)} -m readlist {verb} {closed}"
    environment = {**os.environ, "READLIST_LIBRARY": str(filled)}
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == (1 if "zzz" in verb else 0)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("verb", ["list", "undo", "path"])
def test_what_is_done_is_all_written_when_the_process_ends(filled: Path, readlist: Run, verb: str) -> None:
    readlist("mark", "read", "--all", "the")
    done = readlist(verb)
    assert done.stdout.endswith("\n")
    assert not filled.with_name(f"{filled.name}.journal").exists() or readlist("settle").stdout.endswith("everything\n")


def test_the_library_option_comes_before_the_environment_on_both_sides_of_the_verb(
    readlist: Run, library_file: Path, tmp_path: Path
) -> None:
    other = str(tmp_path / "other.json")
    assert readlist("path").stdout == f"{library_file}\n"
    assert readlist("--library", other, "path").stdout == f"{other}\n"
    assert readlist("path", "--library", other).stdout == f"{other}\n"
    assert readlist("--library", "first.json", "path", "--library", other).stdout == f"{other}\n"


def test_without_option_and_environment_the_data_folder_has_the_library(home: Path) -> None:
    def path(**more: str) -> str:
        environment = {**os.environ, **more}
        return subprocess.run(
            [sys.executable, "-m", "readlist", "path"], env=environment, capture_output=True, text=True, check=True
        ).stdout

    if sys.platform == "linux":
        assert path() == f"{home}/.local/share/readlist/library.json\n"
        assert path(XDG_DATA_HOME="/srv/data") == "/srv/data/readlist/library.json\n"
    assert path(READLIST_LIBRARY="~/mine.json") == f"{home}/mine.json\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize("verb", ["list", "list --json", "show fort", "export --format json", "--help"])
def test_a_reader_that_leaves_early_is_no_error(filled: Path, verb: str) -> None:
    command = f"{shlex.quote(sys.executable)} -m readlist {verb} | head -n 1"
    environment = {**os.environ, "READLIST_LIBRARY": str(filled)}
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_an_error(filled: Path) -> None:
    environment = {**os.environ, "READLIST_LIBRARY": str(filled)}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "readlist", "list"], env=environment, stdout=full, stderr=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "call",
    [["list"], ["show", "x"], ["mark", "read", "x"], ["note", "x"], ["tag", "t", "x"], ["undo"], ["redo"],
     ["cite", "x"], ["import", "-"], ["export", "--format", "json"], ["delete", "x"], ["restore", "x"], ["trash"],
     ["trash", "--empty"], ["merge", "x", "y"], ["log"], ["settle"]],
    ids=lambda words: "" if isinstance(words, str) else " ".join(words),
)  # fmt: skip
@pytest.mark.parametrize("content", [b"garbage", b'{"notes": {}}'], ids=["garbage", "another program's"])
def test_a_file_that_is_no_library_is_named_and_left_alone(
    readlist: Run, refused: Refused, library_file: Path, call: list[str], content: bytes
) -> None:
    library_file.write_bytes(content)
    refused(readlist(*call), 2, str(library_file))
    assert library_file.read_bytes() == content


@pytest.mark.usefixtures("filled")
def test_doctor_finds_a_sound_library_and_names_the_ways_to_the_clipboard(readlist: Run) -> None:
    done = readlist("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert "sound" in done.stdout
    assert "OSC 52" in done.stdout


def test_doctor_without_a_library(readlist: Run) -> None:
    done = readlist("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert "there is no library yet" in done.stdout


def test_doctor_says_what_is_wrong_with_a_library(readlist: Run, library_file: Path) -> None:
    library_file.write_bytes(b"garbage")
    done = readlist("doctor")
    assert (done.returncode, done.stderr) == (2, "")
    assert "line 1" in done.stdout


def test_doctor_names_a_paper_that_cannot_be_shown(readlist: Run, filled: Path) -> None:
    text = filled.read_text(encoding="utf-8")
    filled.write_text(text.replace('"has_code": true', '"has_code": "yes"', 1), encoding="utf-8")
    assert text != filled.read_text(encoding="utf-8")
    done = readlist("doctor")
    assert done.returncode == 2
    assert "has_code" in done.stdout
    assert len(readlist("list").stdout.splitlines()) == 31


def test_settings_that_cannot_be_read_are_named(readlist: Run, refused: Refused, filled: Path, home: Path) -> None:
    settings = home / ".config/readlist/config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[cite]\nstile = 'apa'\n")
    refused(readlist("cite", "omniglot"), 2, "config.toml", "cite.stile")
    assert filled.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("mark", "raed", "x"),
            "STATUS: there is no 'raed'; did you mean read?; choose from unread, reading, read, dropped",
        ),
        (
            ("export", "--format", "bibtx"),
            "--format: there is no 'bibtx'; did you mean bibtex?; choose from bibtex, bib",
        ),
        (("export", "--format", "foo"), "--format: there is no 'foo'; choose from bibtex, biblatex, ris"),
        (("list", "--sort", "titel"), "--sort: there is no 'titel'; did you mean title?; choose from date"),
        (("lsit",), "there is no verb 'lsit'; did you mean list?"),
        (("star", "x"), "there is no verb 'star'; did you mean mark star?"),
        (("reading", "x"), "there is no verb 'reading'; did you mean mark reading?"),
        (("--empty", "list"), "--empty goes with readlist alone, without a verb"),
        (("mark",), "required: STATUS, QUERY"),
        (("completion",), "required: SHELL"),
        (("list", "--jsn"), "there is no option --jsn; did you mean --json?"),
        (("cite", "--stlye=apa", "x"), "there is no option --stlye; did you mean --style?"),
        (("list", "-z"), "there is no option -z"),
        (("--emtpy",), "there is no option --emtpy; did you mean --empty?"),
    ],
    ids=lambda words: "" if isinstance(words, str) else " ".join(words),
)
def test_a_mistyped_word_is_told_the_nearest(
    readlist: Run, refused: Refused, words: tuple[str, ...], said: str
) -> None:
    done = readlist(*words)
    refused(done, 2, said)
