"""Statuses of the settings on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

Run = Any
Refused = Any
SETTINGS = """\
[[status]]
name = "inbox"

[[status]]
name = "skimmed"
glyph = "◔"

[[status]]
name = "cited"
done = true

[[status]]
name = "boring"
aside = true
"""


@pytest.fixture
def settings(home: Path) -> Path:
    path = home / ".config" / "readlist" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(SETTINGS, encoding="utf-8")
    return path


def status_of(readlist: Run, query: str) -> dict[str, Any]:
    (paper,) = json.loads(readlist("show", query, "--json").stdout)
    return {name: paper[name] for name in ("status", "started", "finished")}


@pytest.mark.usefixtures("filled", "settings")
def test_papers_are_marked_listed_and_counted_by_them(readlist: Run, refused: Refused) -> None:
    assert readlist("mark", "skimmed", "goldilocks").stdout.endswith(" skimmed\n")
    before = status_of(readlist, "goldilocks")
    assert before["status"] == "skimmed"
    assert before["started"]
    assert readlist("list", "status:skimmed").stdout.startswith("◔")
    assert readlist("list", "--show", "skimmed").stdout == readlist("list", "is:skimmed").stdout
    assert readlist("list", "--show", "reading").stdout == readlist("list", "is:skimmed").stdout
    readlist("mark", "cited", "goldilocks")
    assert status_of(readlist, "goldilocks")["finished"]
    assert "31 inbox, 0 skimmed, 1 cited, 0 boring" in readlist("stats").stdout
    assert json.loads(readlist("stats", "--json").stdout)["by_status"]["cited"] == 1
    readlist("mark", "inbox", "goldilocks")
    assert status_of(readlist, "goldilocks") == {"status": "unread", "started": before["started"], "finished": None}
    assert readlist("list", "is:unread").stdout == readlist("list", "is:inbox").stdout
    refused(readlist("mark", "read", "goldilocks"), 2, "read", "cited")
    wrong = readlist("list", "status:skimed")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "did you mean skimmed?" in wrong.stderr


def test_what_another_computer_calls_it_is_kept_and_found(
    readlist: Run, filled: Path, settings: Path, tmp_path: Path
) -> None:
    readlist("mark", "skimmed", "goldilocks")
    settings.unlink()
    assert readlist("list", "status:skimmed").stdout.startswith("○")
    assert "Status:        skimmed" in readlist("show", "goldilocks").stdout
    assert readlist("doctor").returncode == 0
    assert ", 1 skimmed;" in readlist("stats").stdout
    out = tmp_path / "all.json"
    for form in ("csl-json", "json"):
        readlist("export", "--format", form, "-o", str(out))
        filled.rename(filled.with_suffix(".before"))
        assert readlist("import", str(out)).returncode == 0
        assert status_of(readlist, "goldilocks")["status"] == "skimmed"
        filled.unlink()
        filled.with_suffix(".before").rename(filled)
    readlist("star", "goldilocks")
    assert '"status": "skimmed"' in filled.read_text("utf-8")
    readlist("mark", "read", "goldilocks")
    readlist("undo")
    assert status_of(readlist, "goldilocks")["status"] == "skimmed"


@pytest.mark.usefixtures("filled")
def test_wrong_statuses_stop_what_depends_on_them_alone(readlist: Run, settings: Path, refused: Refused) -> None:
    settings.write_text(SETTINGS.replace("glyph", "glpyh"), encoding="utf-8")
    refused(readlist("list"), 2, "config.toml:6: unknown setting status.glpyh; did you mean glyph?")
    assert readlist("config", "--path").returncode == 0
    assert readlist("help", "query").returncode == 0
    settings.write_text("[look]\ntehme = 'x'\n", encoding="utf-8")
    assert readlist("list").returncode == 0


@pytest.mark.usefixtures("settings")
def test_the_map_of_the_keys_names_the_keys_of_statuses(readlist: Run, settings: Path) -> None:
    settings.write_text(SETTINGS.replace('glyph = "◔"', 'key = "f9"'), encoding="utf-8")
    assert "f9                 mark-skimmed" in readlist("keys").stdout
    settings.write_text(SETTINGS.replace('glyph = "◔"', 'key = "j"'), encoding="utf-8")
    told = readlist("keys")
    assert "the key of the status skimmed: j already does down" in told.stderr
