"""``readlist log``, ``trash``, ``delete``, ``restore``, ``merge``, ``settle`` and ``doctor --repair``."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

Run = Any
Refused = Any

pytestmark = pytest.mark.usefixtures("filled")

OMNIGLOT = "Gaussian Prototypical Networks for Few-Shot Learning on Omniglot"


def listed(readlist: Run, *call: str) -> list[dict[str, Any]]:
    found = json.loads(readlist(*call, "--json").stdout)
    assert isinstance(found, list)
    return found


def titles(readlist: Run, *call: str) -> set[str]:
    return {paper["title"] for paper in listed(readlist, *call)}


# log


def test_the_log_tells_what_was_done_latest_first(readlist: Run, refused: Refused) -> None:
    refused(readlist("log"), 1, "nothing has been done yet")
    readlist("mark", "read", "omniglot")
    readlist("note", "goldilocks zone", "Interesting.")
    readlist("undo")
    done = readlist("log")
    assert (done.returncode, done.stderr) == (0, "")
    latest, first = done.stdout.splitlines()
    assert latest.endswith("  (undone)")
    assert "  Wrote a note on “" in latest
    assert first.endswith("  Marked “Gaussian Prototypical Networks for…” read")
    when = dt.datetime.strptime(first[:16], "%Y-%m-%d %H:%M").astimezone()
    assert abs(dt.datetime.now().astimezone() - when) < dt.timedelta(hours=1)


def test_the_log_can_be_cut_and_refuses_no_number(readlist: Run, refused: Refused) -> None:
    for tag in ("a", "b", "c"):
        readlist("tag", tag, "omniglot")
    assert len(readlist("log").stdout.splitlines()) == 3
    short = readlist("log", "-n", "2").stdout
    assert short == readlist("log", "--number", "2").stdout
    assert len(short.splitlines()) == 2
    assert short.splitlines()[0].endswith("Tagged “Gaussian Prototypical Networks for…” c")
    assert readlist("log", "-n", "50").stdout == readlist("log").stdout
    refused(readlist("log", "-n", "0"), 2, "--number 0")
    refused(readlist("log", "-n", "-1"), 2, "--number")
    refused(readlist("log", "-n", "many"), 2, "many")


def test_the_log_as_json(readlist: Run) -> None:
    assert listed(readlist, "log") == []
    readlist("mark", "star", "fort", "--all")
    readlist("mark", "read", "omniglot")
    readlist("undo")
    latest, first = listed(readlist, "log")
    assert set(latest) == {"when", "who", "name", "undone", "ids"}
    assert (latest["undone"], first["undone"]) == (True, False)
    assert first["name"] == "Starred 32 papers"
    assert len(first["ids"]) == 32
    assert latest["ids"] == [listed(readlist, "list", "omniglot")[0]["id"]]
    assert dt.datetime.fromisoformat(first["when"]).tzinfo
    assert len(listed(readlist, "log", "-n", "1")) == 1


# delete, restore, trash


def test_delete_trash_restore(readlist: Run, refused: Refused) -> None:
    refused(readlist("trash"), 1, "the trash is empty")
    done = readlist("delete", "omniglot")
    assert (done.returncode, done.stdout) == (0, "Deleted “Gaussian Prototypical Networks for…”\n")
    refused(readlist("show", "omniglot"), 1, "no paper matches")
    refused(readlist("delete", "omniglot"), 1, "no paper matches")
    (line,) = readlist("trash").stdout.splitlines()
    assert line.startswith(f"{dt.datetime.now(dt.UTC):%Y-%m-}")
    assert line.endswith(f"2017  {OMNIGLOT}")
    (paper,) = listed(readlist, "trash")
    assert paper["title"] == OMNIGLOT
    assert paper["deleted"]
    refused(readlist("restore", "goldilocks"), 1, "no paper in the trash matches 'goldilocks'")
    done = readlist("restore", "omniglot")
    assert (done.returncode, done.stdout) == (0, "Restored “Gaussian Prototypical Networks for…”\n")
    assert titles(readlist, "list", "omniglot") == {OMNIGLOT}
    refused(readlist("trash"), 1, "the trash is empty")


def test_several_papers_are_deleted_and_restored_only_when_that_is_said(readlist: Run, refused: Refused) -> None:
    refused(readlist("delete", "fort"), 2, "'fort' matches 32 papers", "--all")
    assert len(titles(readlist, "list")) == 32
    assert readlist("delete", "fort", "--all").stdout == "Deleted 32 papers\n"
    refused(readlist("list"), 1, "the library is empty")
    assert len(readlist("trash").stdout.splitlines()) == 32
    assert len(readlist("trash", "goldilocks").stdout.splitlines()) == 2
    refused(readlist("restore", "fort"), 2, "'fort' matches 32 papers", "--all")
    assert readlist("restore", "goldilocks", "--all").stdout == "Restored 2 papers\n"
    assert len(titles(readlist, "list")) == 2
    readlist("undo")
    readlist("undo")
    assert len(titles(readlist, "list")) == 32


def test_the_trash_is_emptied_and_undo_brings_it_back(readlist: Run, refused: Refused, filled: Path) -> None:
    refused(readlist("trash", "--empty"), 1, "the trash is empty")
    readlist("delete", "fort", "--all")
    before = listed(readlist, "trash")
    done = readlist("trash", "--empty", "omniglot")
    assert (done.returncode, done.stdout) == (
        0,
        "Removed “Gaussian Prototypical Networks for…” from the trash; readlist undo brings them back\n",
    )
    refused(readlist("trash", "omniglot"), 1, "no paper in the trash matches 'omniglot'")
    refused(readlist("trash", "--empty", "omniglot"), 1, "no paper in the trash matches 'omniglot'")
    done = readlist("trash", "--empty")
    assert done.stdout == "Emptied the trash (31 papers); readlist undo brings them back\n"
    refused(readlist("trash"), 1, "the trash is empty")
    assert json.loads(filled.read_text("utf-8"))["papers"] == {}
    assert readlist("undo").stdout == "Undid: Emptied the trash (31 papers)\n"
    assert len(listed(readlist, "trash")) == 31
    readlist("undo")
    assert listed(readlist, "trash") == before
    readlist("redo")
    assert len(listed(readlist, "trash")) == 31


# merge


def test_merge_makes_one_of_several_and_undo_several_of_one(readlist: Run) -> None:
    before = listed(readlist, "list")
    keep, other = "omniglot", "solving adversarial"
    readlist("note", keep, "Mine.")
    readlist("note", other, "Yours.")
    readlist("tag", "t", other)
    done = readlist("merge", keep, other)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Merged 1 paper into “Gaussian Prototypical Networks for…”\n"
    (paper,) = listed(readlist, "list", keep)
    assert (paper["note"], paper["tags"]) == ("Mine.\n\nYours.", ["t"])
    assert len(titles(readlist, "list")) == 31
    assert len(titles(readlist, "trash")) == 1
    for _ in range(4):
        assert readlist("undo").returncode == 0
    assert listed(readlist, "list") == before


def test_merge_refuses_what_is_no_second_paper(readlist: Run, refused: Refused, filled: Path) -> None:
    before = filled.read_bytes()
    refused(readlist("merge", "omniglot", "prototypical"), 2, "a paper cannot be merged into itself")
    refused(readlist("merge", "omniglot", "xyzzy"), 1, "no paper matches 'xyzzy'")
    refused(readlist("merge", "omniglot", "fort"), 2, "'fort' matches 32 papers")
    refused(readlist("merge", "omniglot"), 2, "OTHER")
    assert filled.read_bytes() == before


# settle and what a killed writer leaves

WRITER = """
import sys
from pathlib import Path
from readlist.library.library import Library
library = Library.open(Path(sys.argv[1]))
library.edit([next(key for key, paper in library.papers.items() if "Omniglot" in paper.title)], star=True)
print("confirmed", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def writer(filled: Path) -> Any:
    """A process that has confirmed a change and not folded it into the file."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(filled)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "confirmed\n"
    yield process
    process.kill()
    process.communicate()


def is_in_the_file(path: Path) -> bool:
    return any(paper.get("star") for paper in json.loads(path.read_text("utf-8"))["papers"].values())


def test_settle_writes_into_the_file_what_an_open_app_has_not_yet(readlist: Run, filled: Path, writer: Any) -> None:
    assert not is_in_the_file(filled)
    assert titles(readlist, "list", "--show", "starred") == {OMNIGLOT}
    assert not is_in_the_file(filled)  # looking writes nothing
    done = readlist("doctor")
    assert done.returncode == 0
    assert "1 change is in the journal and not in the file yet; readlist settle folds them in" in done.stdout
    done = readlist("settle")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{filled} holds everything now\n", "")
    assert is_in_the_file(filled)
    assert readlist("settle").stdout == f"{filled} holds everything\n"
    assert writer.poll() is None


def test_after_a_command_the_file_holds_everything_and_there_is_no_journal(readlist: Run, filled: Path) -> None:
    readlist("mark", "star", "omniglot")
    assert is_in_the_file(filled)
    assert not filled.with_name("library.json.journal").exists()


def test_what_a_killed_writer_left_is_taken_up_and_said_on_the_error_stream(
    readlist: Run, filled: Path, writer: Any
) -> None:
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    done = readlist("list", "--show", "starred")
    assert done.returncode == 0
    assert done.stderr == (
        "readlist: Recovered 1 change from the journal, since readlist had not been quit: "
        "Starred “Gaussian Prototypical Networks for…”\n"
    )
    assert "Omniglot" in done.stdout
    assert is_in_the_file(filled)
    done = readlist("list", "--show", "starred")
    assert (done.returncode, done.stderr) == (0, "")
    assert readlist("undo").stdout == "Undid: Starred “Gaussian Prototypical Networks for…”\n"


# A damaged library

CALLS = [
    ["list"], ["show", "omniglot"], ["mark", "read", "omniglot"], ["delete", "omniglot"], ["restore", "omniglot"],
    ["merge", "omniglot", "goldilocks"], ["undo"], ["log"], ["trash"], ["trash", "--empty"], ["settle"],
]  # fmt: skip


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_a_damaged_library_is_refused_in_one_line_and_left_alone(
    readlist: Run, refused: Refused, filled: Path, call: list[str]
) -> None:
    content = filled.read_bytes()[:-3_000]
    filled.write_bytes(content)
    refused(readlist(*call), 2, str(filled), "line 37", "left untouched")
    assert filled.read_bytes() == content
    assert not filled.with_name("library.json.journal").exists()


def test_a_damaged_library_is_refused_with_a_hint_at_the_doctor(readlist: Run, refused: Refused, filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[:-3_000])
    refused(readlist("mark", "read", "omniglot"), 2, "readlist doctor")


def test_doctor_hints_at_the_repair_only_where_it_can_help(readlist: Run, filled: Path) -> None:
    assert "--repair" not in readlist("doctor").stdout
    sound = filled.read_bytes()
    filled.write_bytes(sound[:-3_000])
    done = readlist("doctor")
    assert (done.returncode, done.stderr) == (2, "")
    assert "error: " in done.stdout
    assert done.stdout.splitlines()[-1] == (
        "readlist doctor --repair mends what can be mended, and keeps the damaged file"
    )
    for content in (b'{"notes": {}}', sound.replace(b'"schema": 2', b'"schema": 9')):
        filled.write_bytes(content)
        done = readlist("doctor")
        assert done.returncode == 2
        assert "--repair" not in done.stdout


def test_doctor_repairs_and_says_what_it_did(readlist: Run, refused: Refused, filled: Path) -> None:
    readlist("mark", "read", "omniglot")  # and so there is a backup
    sound = listed(readlist, "list")
    content = filled.read_bytes()[:-3_000]
    filled.write_bytes(content)
    done = readlist("doctor", "--repair")
    assert (done.returncode, done.stderr) == (0, "")
    first, *others, last = done.stdout.splitlines()
    assert first.endswith(" papers were taken from the damaged file")
    number = int(first.split()[0])
    assert 1 < number < 32
    assert sum(" was taken from the backup of " in line for line in others) == 32 - number
    assert last == f"{filled} holds 32 papers now; the damaged file is kept as library.json.damaged-1"
    assert filled.with_name("library.json.damaged-1").read_bytes() == content
    assert titles(readlist, "list") == {paper["title"] for paper in sound}
    assert "sound" in readlist("doctor").stdout
    mended = filled.read_bytes()
    assert readlist("doctor", "--repair").stdout == f"{filled} is sound; nothing was changed\n"
    assert filled.read_bytes() == mended
    filled.write_bytes(b'{"notes": {}}')
    refused(readlist("doctor", "--repair"), 2, str(filled), "left untouched")
    assert filled.read_bytes() == b'{"notes": {}}'


def test_a_repair_that_cannot_be_written_is_one_line(readlist: Run, refused: Refused, filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[:-3_000])
    filled.chmod(0o400)
    refused(readlist("doctor", "--repair"), 2, str(filled), "read-only")
    assert not filled.with_name("library.json.journal").exists()


def test_doctor_repair_without_a_library_makes_none(readlist: Run, filled: Path) -> None:
    filled.unlink()
    done = readlist("doctor", "--repair")
    assert "Traceback" not in done.stderr
    assert not filled.exists()


def test_the_doctor_tells_which_ways_to_the_clipboard_work(
    readlist: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, script in {"xclip": 'echo "xclip: Can\'t open display: :9" >&2; exit 1', "tmux": "echo external"}.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setenv("TMUX", "/nowhere,1,0")
    told = readlist("doctor").stdout
    assert "xclip: does not work (xclip: Can't open display: :9; install xclip or xsel" in told
    assert "tmux: works (load-buffer -w; set-clipboard is external)" in told
    assert "OSC 52: available (your terminal does not say if it obeys)" in told
    assert filled.exists()
