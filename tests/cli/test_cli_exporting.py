"""``readlist export``: every format reads back."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

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


def test_wrong_use_is_explained(readlist: Run, refused: Refused) -> None:
    refused(readlist("export"), 2, "--format")
    refused(readlist("export", "--format", "docx"), 2, "docx", "bibtex")
    refused(readlist("export", "--format", "bibtex", "xyzzy"), 1, "xyzzy")
