"""The verbs about readlist itself: ``config``, ``keys``, ``help``, ``completion``."""

import json
import os
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from readlist.config import SETTINGS, Config, load_config

Run = Any
Refused = Any


def test_the_printed_defaults_set_nothing_and_uncommented_are_the_defaults(readlist: Run, tmp_path: Path) -> None:
    text = readlist("config", "--defaults").stdout
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    assert load_config(path) == Config()
    lines = [line[1:] if line[:1] == "#" and line[1:2] != " " else line for line in text.splitlines()]
    table = tomllib.loads("\n".join(lines))
    for setting in SETTINGS:
        assert table[setting.section][setting.name] == getattr(Config(), setting.field)
    assert table["keys"]["preset"] == "vim"


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_config_opens_the_editor_on_a_file_that_explains_itself(
    readlist: Run, home: Path, monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    with monkeypatch.context() as bare:
        bare.setenv("PATH", str(home))
        refused(readlist("config"), 2, "VISUAL", "config.toml")
        nano = home / "nano"
        nano.write_text('#!/bin/sh\necho nano "$@"\n', "utf-8")
        nano.chmod(0o755)
        assert readlist("config").stdout.startswith("nano ")
    editor = home / "my editor"
    editor.write_text("#!/bin/sh\nprintf '[look]\\nzebra = 3\\n' >> \"$2\"\n", "utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", f"'{editor}' --wait")
    done = readlist("config")
    path = home / ".config/readlist/config.toml"
    assert "#theme" in path.read_text("utf-8")
    assert done.returncode == 2
    assert str(path) in done.stderr
    assert readlist("config", "--path").stdout == f"{path}\n"


def test_keys_prints_what_the_settings_bind(readlist: Run, home: Path) -> None:
    plain = readlist("keys").stdout
    assert "\n  / " in plain
    assert "toggle-read" in plain
    path = home / ".config/readlist/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[keys]\npreset = "emacs"\ntoggle-read = "M"\nstar = "j"\nstra = "x"\n', "utf-8")
    done = readlist("keys", "--json")
    bound = {command["id"]: command["keys"] for command in json.loads(done.stdout)}
    assert bound["toggle-read"] == ["M"]
    assert bound["down"] == ["down", "ctrl+n"]
    assert bound["star"] == ["j"]  # free, for the preset moves with other keys
    assert "keys.stra: no such command; did you mean star?" in done.stderr


def test_help_has_topics_and_names_the_nearest(readlist: Run, refused: Refused) -> None:
    topics = readlist("help").stdout
    for topic in ("query", "format", "files", "exit", "environment"):
        assert f"  {topic} " in topics
        assert readlist("help", topic).stdout.count("\n") > 4
    assert "author:" in readlist("help", "query").stdout
    assert "arxiv_id" in readlist("help", "format").stdout
    refused(readlist("help", "qeury"), 2, "did you mean query?")


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("readlist st", ["stats"]),
        ("readlist mark un", ["unread", "unstar"]),
        ("readlist list --so", ["--sort"]),
        ("readlist list --sort ti", ["title"]),
        ("readlist export --format bib", ["biblatex", "bibtex"]),
    ],
)
def test_bash_completes(readlist: Run, line: str, offered: list[str]) -> None:
    script = readlist("completion", "bash").stdout
    ask = (
        f"COMP_WORDS=(readlist); COMP_LINE={shlex.quote(line)}; COMP_POINT={len(line)}\n"
        "_readlist; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    done = subprocess.run(["bash", "-c", script + ask], capture_output=True, text=True, check=True)
    assert sorted(done.stdout.split()) == offered


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_can_read_their_script(readlist: Run, shell: str) -> None:
    script = readlist("completion", shell).stdout
    assert "stats" in script
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not here to look at it")
    assert subprocess.run([shell, "-n"], input=script, text=True, check=False).returncode == 0


@pytest.mark.usefixtures("filled")
class TestFormats:
    def test_a_template_gives_a_line_for_each_paper(self, readlist: Run) -> None:
        lines = readlist("list", "omniglot", "--format", r"{year:>6}\t{author}\t{title:.10}|{{{tags}}}").stdout
        assert lines == "  2017\tFort\tGaussian P|{}\n"

    def test_a_key_that_was_printed_finds_its_paper_again(self, readlist: Run) -> None:
        keys = readlist("list", "--format", "{key}").stdout.split()
        assert len(set(keys)) == 32
        assert readlist("list", keys[3], "--format", "{key}").stdout.split() == [keys[3]]

    def test_a_wrong_template_is_refused(self, readlist: Run, refused: Refused) -> None:
        refused(readlist("list", "--format", "{tilte}"), 2, "{tilte}", "did you mean {title}?")
        refused(readlist("list", "--format", "{title"), 2, "--format")
        refused(readlist("list", "--format", "{title:q}"), 2, "{title:q}")
        refused(readlist("list", "--format", "{title.x}"), 2, "title.x")

    def test_plain_is_sentences(self, readlist: Run) -> None:
        readlist("mark", "star", "omniglot")
        said = readlist("list", "omniglot", "--plain").stdout
        assert said.startswith("Gaussian Prototypical Networks")
        assert said.endswith(" on Omniglot. By Stanislav Fort. 2017. Unread, starred.\n")

    @pytest.mark.parametrize(
        "call",
        [
            "mark read omniglot", "note omniglot words", "tag x omniglot", "delete omniglot", "undo", "redo", "settle",
            "path", "doctor", "keys", "log", "trash", "duplicates", "stats", "list", "show omniglot",
        ],
    )  # fmt: skip
    def test_every_verb_speaks_json(self, readlist: Run, started: Run, call: str) -> None:
        readlist("mark", "reading", "omniglot")
        readlist("undo")
        if call in {"undo", "trash"}:
            readlist("delete", "goldilocks", "--all")
        done = started(*call.split(), "--json")
        assert done.returncode in {0, 1}, done.stderr
        assert json.loads(done.stdout) is not None

    def test_json_says_what_was_done_and_to_which(self, readlist: Run) -> None:
        said = json.loads(readlist("mark", "read", "omniglot", "--json").stdout)
        (paper,) = json.loads(readlist("list", "omniglot", "--json").stdout)
        assert said["ids"] == [paper["id"]]
        assert said["done"].startswith("Marked")
        assert json.loads(readlist("mark", "read", "omniglot", "--json").stdout) == {"done": None, "ids": []}


def test_the_settings_in_effect_as_json(readlist: Run, home: Path) -> None:
    path = home / ".config/readlist/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[look]\nzebra = true\n[keys]\nstar = "x"\n', "utf-8")
    said = json.loads(readlist("config", "--json").stdout)
    assert said["path"] == str(path)
    assert said["look"]["zebra"] is True
    assert said["look"]["theme"] == "readlist-dark"
    assert said["keys"] == {"preset": "vim", "star": "x"}
