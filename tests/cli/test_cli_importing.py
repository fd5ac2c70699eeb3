"""``readlist import``: pages in, papers out, nothing lost in silence."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

Run = Any
Refused = Any

KEYS = {
    "title", "authors", "authors_complete", "subject", "category", "published", "has_code", "organisations", "abstract",
    "arxiv_id", "doi", "needs_review", "review_reason",
}  # fmt: skip


def read(readlist: Run, *arguments: str, stdin: str = "") -> list[dict[str, Any]]:
    """What ``import --dry-run --json`` reads."""
    done = readlist("import", *arguments, "--dry-run", "--json", stdin=stdin)
    assert done.returncode == 0, done.stderr
    papers: list[dict[str, Any]] = json.loads(done.stdout)
    return papers


def test_a_listing_is_added_to_a_new_library(readlist: Run, listing: Path) -> None:
    done = readlist("import", str(listing))
    assert (done.returncode, done.stdout) == (0, "2 papers: 2 new\n")
    (paper,) = json.loads(readlist("list", "--json", "seven").stdout)
    assert paper["title"] == "Seven Ways to Read a Paper"
    assert paper["authors"][0] == {"family": "Lovelace", "given": "Ada"}
    assert (paper["authors_complete"], paper["has_code"]) == (False, True)
    assert (paper["published"], paper["category"]) == ("2022-10-11", "cs.LG")
    assert paper["organisations"] == ["stanford", "deepmind"]


def test_importing_twice_adds_nothing_and_keeps_what_the_user_did(
    readlist: Run, listing: Path, library_file: Path
) -> None:
    readlist("import", str(listing))
    readlist("mark", "read", "seven")
    readlist("note", "seven", "mine")
    before = library_file.read_bytes()
    assert readlist("import", str(listing)).stdout == "2 papers: 0 new, 2 known\n"
    assert library_file.read_bytes() == before


def test_an_import_is_one_step_to_undo(readlist: Run, listing: Path) -> None:
    readlist("import", str(listing))
    assert readlist("undo").returncode == 0
    assert readlist("list").returncode == 1


def test_a_dry_run_writes_nothing(readlist: Run, listing: Path, library_file: Path) -> None:
    done = readlist("import", str(listing), "--dry-run")
    assert (done.returncode, done.stdout) == (0, "2 papers: 2 new (nothing was written)\n")
    assert not library_file.exists()
    assert not list(library_file.parent.glob("library.json*"))


def test_json_has_every_key_of_a_record(readlist: Run, listing: Path, library_file: Path) -> None:
    papers = read(readlist, str(listing))
    assert len(papers) == 2
    for paper in papers:
        assert set(paper) >= KEYS
        assert paper["needs_review"] is bool(paper["review_reason"])
    assert papers[0]["arxiv_id"] is None
    assert papers[1]["subject"] == "QUANT-PH"
    assert papers[1]["category"] == "quant-ph"
    assert not library_file.exists()


def test_standard_input_is_read(readlist: Run, listing: Path) -> None:
    text = listing.read_text(encoding="utf-8")
    assert [paper["title"] for paper in read(readlist, "-", stdin=text)] == [
        paper["title"] for paper in read(readlist, str(listing))
    ]


@pytest.mark.parametrize(
    ("retrieved", "year"), [("2026-11-23", "2026"), ("2024-03-03", "2024"), ("2024-03-02", "2023")]
)
def test_a_date_without_year_is_the_latest_that_is_not_after_the_day_of_retrieval(
    readlist: Run, listing: Path, retrieved: str, year: str
) -> None:
    assert read(readlist, str(listing), "--retrieved", retrieved)[1]["published"] == f"{year}-03-03"


def test_without_a_day_of_retrieval_the_time_of_the_file_counts(readlist: Run, listing: Path) -> None:
    import os

    os.utime(listing, (1_577_880_000, 1_577_880_000))  # noon of 2020-01-01 UTC
    assert read(readlist, str(listing))[1]["published"] == "2019-03-03"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("\n", "  \t\n"),
        lambda text: text.rstrip("\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("Ways to", "Ways\u00a0to").replace("Mar 3", "Mar\u00a03"),
    ],
    ids=["CRLF", "blank lines", "trailing blanks", "no last newline", "BOM", "NBSP"],
)
def test_what_browsers_and_editors_do_to_a_page_does_no_harm(
    readlist: Run, listing: Path, tmp_path: Path, change: Any
) -> None:
    changed = tmp_path / "changed.txt"
    changed.write_bytes(change(listing.read_text(encoding="utf-8")).encode())
    options = ("--retrieved", "2026-11-23")
    assert read(readlist, str(changed), *options) == read(readlist, str(listing), *options)


def test_lines_that_are_no_paper_are_reported_with_their_number(readlist: Run, listing: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Trending papers\nSign in\n" + listing.read_text(encoding="utf-8") + "CVMay 5, 2020\n")
    done = readlist("import", str(page))
    assert done.returncode == 0
    assert "2 papers: 2 new" in done.stdout
    lines = done.stderr.splitlines()
    for number, text in ((1, "Trending papers"), (2, "Sign in"), (9, "CVMay 5, 2020")):
        assert any(line.startswith(f"{page}:{number}: ") and text in line for line in lines), done.stderr


def test_the_bundled_listing_gives_its_32_papers(readlist: Run) -> None:
    bundled = str(files("readlist") / "data" / "listing.txt")
    papers = read(readlist, bundled, "--retrieved", "2026-11-23")
    known = json.loads((files("readlist") / "data" / "identifiers.json").read_text(encoding="utf-8"))
    assert len(papers) == 32
    assert sorted(paper["title"].casefold()[:12] for paper in papers) == sorted(
        entry["title"].casefold()[:12] for entry in known
    )
    assert not [paper["title"] for paper in papers if paper["needs_review"]]


def test_the_bundled_papers_are_recognised_in_a_library_that_has_them(readlist: Run, filled: Path) -> None:
    bundled = str(files("readlist") / "data" / "listing.txt")
    before = filled.read_bytes()
    assert readlist("import", bundled).stdout == "32 papers: 0 new, 32 known\n"
    assert filled.read_bytes() == before


def test_a_text_without_any_paper_is_refused(readlist: Run, tmp_path: Path, library_file: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Dear diary,\ntoday I read nothing.\n")
    done = readlist("import", str(page))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"{page}:1: " in done.stderr
    assert not library_file.exists()


def test_an_empty_text_is_nothing_found(readlist: Run, library_file: Path) -> None:
    assert readlist("import", "-", stdin="\n \n").returncode == 1
    assert not library_file.exists()


def test_another_encoding_is_read_and_told(readlist: Run, tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("LGOct 11, 2022\nWörter sind hierÉva Tardos\n".encode("latin-1"))
    done = readlist("import", str(latin))
    assert done.returncode == 0
    assert f"{latin}:2: This is no UTF-8" in done.stderr
    assert "Wörter sind hier" in readlist("list").stdout


def test_a_second_import_changes_nothing_and_a_fuller_one_completes(
    readlist: Run, tmp_path: Path, library_file: Path
) -> None:
    first, second = tmp_path / "first.bib", tmp_path / "second.ris"
    first.write_text(
        "@misc{a, title={On graphs of knowledge}, author={Ada Lovelace}, year=2022, eprint={2210.05546}}\n"
    )
    second.write_text(
        "TY  - JOUR\nTI  - On Graphs of Knowledge\nAU  - Lovelace, Ada\nPY  - 2023\n"
        "JO  - Nature\nDO  - 10.1000/182\nER  -\n"
    )
    assert "1 paper: 1 new" in readlist("import", str(first)).stdout
    readlist("mark", "read", "graphs")
    before = library_file.read_bytes()
    assert "1 paper: 0 new, 1 known" in readlist("import", str(first)).stdout
    assert library_file.read_bytes() == before
    assert "1 paper: 0 new, 1 known, of which 1 completed" in readlist("import", str(second)).stdout
    (paper,) = json.loads(readlist("list", "--json").stdout)
    assert (paper["arxiv_id"], paper["doi"], paper["venue"]) == ("2210.05546", "10.1000/182", "Nature")
    assert (paper["status"], paper["title"], paper["type"]) == ("read", "On graphs of knowledge", "article-journal")
    assert "Undid: Completed 1 paper" in readlist("undo").stdout
    assert json.loads(readlist("list", "--json").stdout)[0]["doi"] is None


def test_bad_input_is_refused_in_one_line(readlist: Run, refused: Refused, tmp_path: Path, library_file: Path) -> None:
    refused(readlist("import", str(tmp_path / "none.txt")), 2, "none.txt", "No such file")
    refused(readlist("import", str(tmp_path)), 2, str(tmp_path), "directory")
    refused(readlist("import", str(tmp_path / "none.txt"), "--retrieved", "yesterday"), 2)
    refused(readlist("import", "-", "--retrieved", "yesterday"), 2, "yesterday", "2026-11-23")
    refused(readlist("import"), 2, "FILE")
    assert not library_file.exists()


def test_what_is_known_already_needs_no_second_check(readlist: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    title = "Theoretical prediction of Jahn-Teller distortions and orbital ordering in Cs2CuCl2Br2"
    page.write_text(f"STR-ELOct 11, 2016\n{title}S. V. Streltsov\nWe predict the crystal structure of it.\n", "utf-8")
    first = readlist("import", str(page))
    assert "please check" in first.stderr
    again = readlist("import", str(page))
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout == "1 paper: 0 new, 1 known\n"


@pytest.mark.usefixtures("filled")
def test_a_note_written_for_obsidian_adds_nothing_to_its_paper(
    readlist: Run, library_file: Path, tmp_path: Path
) -> None:
    readlist("export", "goldilocks", "--format", "obsidian", "-o", str(tmp_path / "vault"))
    note = next((tmp_path / "vault").glob("*goldilocks*.md"))
    before = library_file.read_bytes()
    done = readlist("import", str(note))
    assert (done.returncode, done.stdout) == (2, "No paper was recognised; 1 line could not be read\n")
    assert "a note that readlist has written for Obsidian" in done.stderr
    assert library_file.read_bytes() == before
    assert len(read(readlist, "-", stdin="---\ntitle: One\nauthor: Ada Lovelace\n---\ntitle: Two\nref: two\n")) == 2
