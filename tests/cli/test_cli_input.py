"""What users type and what terminals do: paths, identifiers, encodings, and escape sequences."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

Run = Any
Refused = Any


@pytest.mark.parametrize(
    "call",
    [
        ["--library", "~nosuchuser/x", "list"],
        ["--library", "", "list"],
        ["import", "~nosuchuser/x"],
        ["cite", "--input", "~nosuchuser/x"],
        ["export", "--format", "json", "--output", "~nosuchuser/x"],
        ["cite", "fort", "--style", "~nosuchuser/x.csl"],
    ],
)
def test_a_path_that_is_none_is_refused(readlist: Run, refused: Refused, filled: Path, call: list[str]) -> None:
    refused(readlist(*call), 2, "path is empty" if "" in call else "no home folder is known for ~nosuchuser")
    assert filled.exists()


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "query",
    ["https://arxiv.org/abs/1807.02581v2", "arxiv.org/pdf/1807.02581.pdf", "arXiv:1807.02581v2", "ARXIV:1807.02581",
     "1807.02581v1", "https://doi.org/10.48550/arXiv.1807.02581"],
)  # fmt: skip
def test_an_address_of_a_paper_means_the_paper(readlist: Run, query: str) -> None:
    (found,) = json.loads(readlist("list", "--json", query).stdout)
    assert found["arxiv_id"] == "1807.02581"


@pytest.mark.usefixtures("filled")
def test_a_doi_is_found_in_any_case_and_as_an_address(readlist: Run) -> None:
    doi = "10.1609/AAAI.V33I01.33013574"
    for query in (doi, doi.lower(), f"https://doi.org/{doi}", f"doi:{doi}"):
        (found,) = json.loads(readlist("list", "--json", query).stdout)
        assert "Goldilocks" in found["title"]
    assert readlist("list", "doi:10.9").returncode == 1


@pytest.mark.parametrize("verb", [["undo"], ["redo"]])
def test_without_a_library_nothing_is_made(readlist: Run, refused: Refused, tmp_path: Path, verb: list[str]) -> None:
    refused(readlist("--library", str(tmp_path / "no/library.json"), *verb), 1, "nothing to")
    assert not (tmp_path / "no").exists()


def test_options_are_written_out(readlist: Run, refused: Refused) -> None:
    refused(readlist("list", "--li", "x"), 2, "--li")


@pytest.mark.usefixtures("filled")
def test_the_case_of_a_style_is_no_matter(readlist: Run) -> None:
    assert readlist("cite", "1807.02581", "--style", "BibTeX").stdout.startswith("@")
    assert json.loads(readlist("list", "--json", "1807.02581").stdout)[0]["key"]


@pytest.mark.parametrize(
    ("ids", "words"),
    [(["a", "a"], ["item 2", "item 1"]), ([1, "1"], ["item 2"]), (["a", None], ["item 2"]), ([True], ["item 1"])],
)
def test_items_need_ids_that_tell_them_apart(
    readlist: Run, refused: Refused, tmp_path: Path, ids: list[Any], words: list[str]
) -> None:
    path = tmp_path / "items.json"
    path.write_text(json.dumps([{"id": name, "type": "book"} for name in ids]))
    refused(readlist("cite", "--input", str(path)), 2, *words)
    refused(readlist("cite", "--input", str(path), "fort"), 2, "QUERY")
    refused(readlist("cite", "--input", str(path), "--copy"), 2, "--copy")


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_note_cannot_command_the_terminal(readlist: Run, filled: Path) -> None:
    readlist("note", "omniglot", "a\x1b]52;c;eA==\x07b\nc")
    assert "\x1b" in readlist("note", "omniglot").stdout
    master, slave = os.openpty()
    environment = {**os.environ, "READLIST_LIBRARY": str(filled)}
    subprocess.run([sys.executable, "-m", "readlist", "note", "omniglot"], stdout=slave, env=environment, check=True)
    os.close(slave)
    shown = os.read(master, 4096)
    os.close(master)
    assert b"\x1b" not in shown
    assert shown.split() == [b"a]52;c;eA==b", b"c"]


def test_errors_are_plain_and_have_no_numbers(readlist: Run, refused: Refused, tmp_path: Path) -> None:
    done = readlist("import", str(tmp_path / "a\x1b[31mb"))
    refused(done, 2, "a[31mb: No such file or directory")
    assert "\x1b" not in done.stderr


@pytest.mark.usefixtures("filled")
def test_letters_that_the_terminal_lacks_are_no_error(library_file: Path) -> None:
    environment = {**os.environ, "READLIST_LIBRARY": str(library_file), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-m", "readlist", "list"], env=environment, capture_output=True, check=True)
    assert len(done.stdout.splitlines()) == 32


LONG = "x" * 400


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "arguments",
    [
        ("import", LONG),
        ("export", "--format", "csv", "-o", LONG),
        ("export", "--format", "obsidian", "-o", f"{LONG}/"),
        ("cite", "goldilocks", "--style", LONG),
        ("cite", "goldilocks", "--style", f"{LONG}.csl"),
        ("list", "--library", LONG),
    ],
    ids=lambda arguments: " ".join(arguments)[:24],
)
def test_a_name_that_no_disk_takes_is_refused_in_one_line(readlist: Run, arguments: tuple[str, ...]) -> None:
    done = readlist(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "too long" in done.stderr or "no citation style" in done.stderr
