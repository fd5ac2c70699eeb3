"""``readlist export``: every format reads back."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from readlist.exporting import FORMATS
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.record import record_to_paper

Run = Any
Refused = Any

pytestmark = pytest.mark.usefixtures("filled")


def exported(readlist: Run, name: str, *query: str) -> str:
    """What ``export`` prints."""
    done = readlist("export", "--format", name, *query)
    assert (done.returncode, done.stderr) == (0, "")
    return str(done.stdout)


@pytest.fixture
def titles(readlist: Run) -> list[str]:
    """The titles of the library in the order of an export, mathematics as readable text."""
    return [line[27:] for line in readlist("list").stdout.splitlines()]


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_bibtex_reads_back(readlist: Run, titles: list[str], name: str) -> None:
    pybtex = pytest.importorskip("pybtex.database", reason="pybtex is not installed")
    entries = pybtex.parse_string(exported(readlist, name), "bibtex").entries
    assert len(entries) == 32
    for title, entry in zip(titles, entries.values(), strict=True):
        read = entry.fields["title"].replace("{", "").replace("}", "")
        assert read.split()[0] == title.split()[0]
    goldilocks = next(entry for entry in entries.values() if "Goldilocks" in entry.fields["title"])
    assert [str(person) for person in goldilocks.persons["author"]] == ["Fort, Stanislav", "Scherlis, Adam"]
    assert goldilocks.fields["eprint"] == "1807.02581"


def test_ris_reads_back(readlist: Run, titles: list[str]) -> None:
    rispy = pytest.importorskip("rispy", reason="rispy is not installed")
    read = rispy.loads(exported(readlist, "ris"))
    assert [entry.get("title") or entry["primary_title"] for entry in read] == titles


def test_csl_json_has_items_with_names_and_dates(readlist: Run, titles: list[str]) -> None:
    items = json.loads(exported(readlist, "csl-json"))
    assert [item["title"] for item in items] == titles
    assert len({item["id"] for item in items}) == 32
    (item,) = json.loads(exported(readlist, "csl-json", "1807.02581"))
    assert item["author"] == [{"family": "Fort", "given": "Stanislav"}, {"family": "Scherlis", "given": "Adam"}]
    assert item["issued"]["date-parts"][0][0] in {2018, 2019}


def test_csl_json_goes_back_in_through_cite(readlist: Run, tmp_path: Path) -> None:
    items = tmp_path / "items.json"
    items.write_text(exported(readlist, "csl-json", "goldilocks"), encoding="utf-8")
    texts = json.loads(readlist("cite", "--input", str(items), "--style", "apa", "--json").stdout)
    assert len(texts) == 2
    assert all(text.startswith("Fort, S.") for text in texts.values())


def test_json_is_what_list_prints(readlist: Run) -> None:
    found = json.loads(exported(readlist, "json", "goldilocks"))
    listed = json.loads(readlist("list", "--json", "goldilocks").stdout)
    assert [paper["id"] for paper in found] == [paper["id"] for paper in listed]


def test_csv_reads_back(readlist: Run, titles: list[str]) -> None:
    readlist("note", "1807.02581", 'two lines,\nand "quotes"')
    rows = list(csv.DictReader(io.StringIO(exported(readlist, "csv"))))
    assert len(rows) == len(titles)
    noted = next(row for row in rows if row["arxiv_id"] == "1807.02581")
    assert noted["note"] == 'two lines,\nand "quotes"'
    assert noted["authors"] == "Stanislav Fort; Adam Scherlis"


def test_markdown_has_a_link_for_each_paper(readlist: Run) -> None:
    lines = exported(readlist, "markdown").splitlines()
    assert len(lines) == 32
    assert all(line.startswith("- [") for line in lines)
    assert "](https://arxiv.org/abs/1807.02581)" in exported(readlist, "markdown", "1807.02581")


def test_citation_keys_stay_once_they_were_handed_out(readlist: Run) -> None:
    first = readlist("cite", "1807.02581", "--style", "key").stdout
    whole = exported(readlist, "bibtex")
    assert f"{{{first.strip()}," in whole
    assert exported(readlist, "bibtex") == whole
    assert json.loads(readlist("list", "--json", first.strip()).stdout)[0]["arxiv_id"] == "1807.02581"


def test_output_goes_to_a_file(readlist: Run, refused: Refused, tmp_path: Path) -> None:
    target = tmp_path / "all.bib"
    done = readlist("export", "--format", "bibtex", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, f"32 papers written to {target}\n")
    assert target.read_text(encoding="utf-8") == exported(readlist, "bibtex")
    refused(readlist("export", "--format", "bibtex", "--output", str(tmp_path / "no" / "all.bib")), 2, "all.bib")


def test_what_was_written_as_json(readlist: Run, refused: Refused, tmp_path: Path) -> None:
    said = json.loads(readlist("export", "--format", "csv", "-o", str(tmp_path / "all.csv"), "--json").stdout)
    assert said == {"output": str(tmp_path / "all.csv"), "papers": 32}
    said = json.loads(readlist("export", "--format", "obsidian", "-o", str(tmp_path / "notes"), "--json").stdout)
    assert (said["new"], said["updated"], said["refusals"]) == (32, 0, [])
    refused(readlist("export", "--format", "csv", "--json"), 2, "-o")


def test_help_names_every_format(readlist: Run) -> None:
    text = readlist("export", "--help").stdout
    assert all(name in text for name in FORMATS)


def test_json_is_the_whole_library(readlist: Run, filled: Path) -> None:
    readlist("note", "1807.02581", "mine")
    readlist("mark", "read", "1807.02581")
    records = json.loads(exported(readlist, "json"))
    read = [
        record_to_paper(record["id"], {name: value for name, value in record.items() if value is not None})
        for record in records
    ]
    assert {paper.id: paper for paper in read} == dict(Library.open(filled).papers)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "obsidian"])
def test_a_file_holds_what_standard_output_shows(readlist: Run, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out"
    assert readlist("export", "--format", name, "-o", str(target)).returncode == 0
    assert target.read_bytes() == exported(readlist, name, "-o", "-").encode()


def test_csv_for_excel_begins_with_a_byte_order_mark(readlist: Run, refused: Refused, tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    readlist("export", "--format", "csv", "--bom", "-o", str(target))
    assert target.read_bytes().startswith(b'\xef\xbb\xbf"id","key"')
    refused(readlist("export", "--format", "json", "--bom"), 2, "--bom")


def test_a_file_that_is_there_keeps_its_mode_and_its_link(readlist: Run, tmp_path: Path) -> None:
    target, link = tmp_path / "real" / "refs.bib", tmp_path / "refs.bib"
    target.parent.mkdir()
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    readlist("export", "--format", "bibtex", "-o", str(link))
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.read_text(encoding="utf-8").startswith("@")
    assert [path.name for path in target.parent.iterdir()] == ["refs.bib"]


def test_a_new_file_has_the_mode_that_the_user_wants(readlist: Run, tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        readlist("export", "--format", "bibtex", "-o", str(tmp_path / "new.bib"))
    finally:
        os.umask(old)
    assert (tmp_path / "new.bib").stat().st_mode & 0o777 == 0o640


def test_what_is_no_place_for_a_file_is_explained(
    readlist: Run, refused: Refused, tmp_path: Path, filled: Path
) -> None:
    missing = tmp_path / "no" / "all.bib"
    refused(readlist("export", "--format", "bibtex", "-o", str(missing)), 2, f"there is no folder {missing.parent}")
    refused(readlist("export", "--format", "bibtex", "-o", str(tmp_path)), 2, "this is a folder")
    refused(readlist("export", "--format", "json", "-o", str(filled)), 2, "the library itself")
    refused(readlist("export", "--format", "json", "-o", ""), 2, "empty")
    assert readlist("list", "--json").returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_explained(readlist: Run, refused: Refused) -> None:
    refused(readlist("export", "--format", "bibtex", "-o", "/dev/full"), 2, "/dev/full: No space left on device")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of a file")
@pytest.mark.parametrize("name", ["json", "obsidian"])
def test_a_disk_that_fills_up_leaves_what_was_there(filled: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out"
    if name == "json":
        target.write_text("precious", encoding="utf-8")
    code = """
import resource, signal, sys
from readlist import cli
from readlist.library.library import Library
Library.assign_keys = lambda *_: None
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))
sys.exit(cli.main(sys.argv[1:]))
"""
    arguments = ["--library", str(filled), "export", "--format", name, "-o", str(target)]
    # Byte code written under that limit would be cut off, and every later start would fail on it.
    done = subprocess.run([sys.executable, "-B", "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    if name == "json":
        assert target.read_text(encoding="utf-8") == "precious"
        assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []
    else:
        assert list(target.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no /dev/stdout here")
def test_a_pipe_is_written_to_as_it_is(readlist: Run) -> None:
    printed = readlist("export", "--format", "bibtex", "-o", "/dev/stdout", "1807.02581").stdout
    assert printed.startswith("@")
    assert printed.endswith("1 paper written to /dev/stdout\n")


def test_a_reader_that_leaves_early_is_no_error(filled: Path) -> None:
    command = [sys.executable, "-m", "readlist", "--library", str(filled), "export", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == "[\n"
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


def test_notes_are_written_once_and_then_brought_up_to_date(readlist: Run, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    first = readlist("export", "--format", "obsidian", "-o", str(vault))
    assert (first.returncode, first.stdout) == (0, f"32 notes written in {vault}\n")
    note = vault / "fort2018goldilocks.md"
    renamed = vault / "My name for it.md"
    note.rename(renamed)
    with renamed.open("a", encoding="utf-8") as file:
        file.write("My own words.\n")
    readlist("mark", "read", "1807.02581")
    again = readlist("export", "--format", "obsidian", "-o", str(vault))
    assert again.stdout == f"0 notes written, 1 updated, 31 unchanged in {vault}\n"
    assert not note.exists()
    text = renamed.read_text(encoding="utf-8")
    assert 'status: "read"' in text
    assert text.endswith("My own words.\n")
    assert len(list(vault.iterdir())) == 32


def test_a_file_of_the_users_own_is_left_alone(readlist: Run, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    mine, empty = vault / "fort2018goldilocks.md", vault / "fort2017gaussian.md"
    mine.write_text("Mine.\n", encoding="utf-8")
    empty.write_text("\n", encoding="utf-8")
    done = readlist("export", "--format", "obsidian", "-o", str(vault))
    assert done.returncode == 2
    assert done.stdout == f"31 notes written; 1 left alone in {vault}\n"
    assert done.stderr == f"readlist: {mine}: this file is not a note of readlist's; it was left alone\n"
    assert mine.read_text(encoding="utf-8") == "Mine.\n"
    assert "Gaussian" in empty.read_text(encoding="utf-8")


def test_keys_that_differ_only_in_forbidden_letters_give_two_notes(readlist: Run, tmp_path: Path) -> None:
    two, vault = tmp_path / "two.json", tmp_path / "vault"
    Library.open(two).create([Paper(title="One", key="a:b"), Paper(title="Two", key="A/b")])
    for expected in ("2 notes written", "0 notes written, 2 unchanged"):
        done = readlist("--library", str(two), "export", "--format", "obsidian", "-o", str(vault))
        assert done.stdout == f"{expected} in {vault}\n"
    assert len({path.name.lower() for path in vault.iterdir()}) == 2


def test_the_place_of_notes_is_a_folder(readlist: Run, refused: Refused, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    refused(readlist("export", "--format", "obsidian"), 2, "--output FOLDER")
    refused(readlist("export", "--format", "obsidian", "-o", "-"), 2, "--output FOLDER")
    refused(readlist("export", "--format", "obsidian", "-o", str(file)), 2, "this is a file")
    refused(readlist("export", "--format", "obsidian", "-o", str(tmp_path / "a" / "b")), 2, "there is no folder")


def test_wrong_use_is_explained(readlist: Run, refused: Refused) -> None:
    refused(readlist("export"), 2, "--format")
    refused(readlist("export", "--format", "docx"), 2, "docx", "bibtex")
    refused(readlist("export", "--format", "bibtex", "xyzzy"), 1, "xyzzy")
