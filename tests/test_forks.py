"""A call that is forked is what a call that is started is, in all that a user sees of it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

PAGE = "LGOct 11, 2022\nPlain Words: $L_\\infty$ and Żółć\nAda Lovelace\nAn abstract.\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A listing in the folder of the call."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")


CALLS = {
    "version": (["--version"], ""),
    "output": (["list"], ""),
    "nothing found": (["list", "nosuchword"], ""),
    "wrong use": (["list", "--frobnicate"], ""),
    "help": (["note", "plain", "--help"], ""),
    "more input than a pipe holds": (["import", "-"], PAGE * 1_000),
    "a file in the folder": (["import", "page.txt"], ""),
    "bytes that are no text": (["import", "\udcff"], ""),
    "no terminal": ([], ""),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.usefixtures("page")
def test_a_forked_call_is_a_started_one(started: Run, readlist: Run, library_file: Path, call: str) -> None:
    arguments, stdin = CALLS[call]
    seen = []
    for run in (started, readlist):
        library_file.unlink(missing_ok=True)
        run("import", "page.txt")
        done = run(*arguments, stdin=stdin)
        seen.append((done.returncode, done.stdout, done.stderr, run("list").stdout))
    assert seen[0] == seen[1]


def test_two_calls_have_nothing_in_common(readlist: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = tmp_path / "elsewhere/.config/readlist/config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[look]\nzebra = true\n", "utf-8")
    assert '"zebra": false' in readlist("config", "--json").stdout
    monkeypatch.setenv("HOME", str(tmp_path / "elsewhere"))
    assert '"zebra": true' in readlist("config", "--json").stdout
    monkeypatch.setenv("HOME", str(tmp_path))
    assert '"zebra": false' in readlist("config", "--json").stdout
