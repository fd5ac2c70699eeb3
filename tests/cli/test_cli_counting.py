"""``readlist stats``."""

import json
from pathlib import Path
from typing import Any

import pytest

Run = Any


@pytest.mark.usefixtures("filled")
class TestStats:
    def test_counts_what_was_marked_and_forgets_what_was_undone(self, readlist: Run) -> None:
        before = json.loads(readlist("stats", "--json").stdout)
        assert before["papers"] == 32
        assert before["by_status"]["read"] == 0
        readlist("mark", "read", "goldilocks", "--all")
        after = json.loads(readlist("stats", "--json").stdout)
        read = after["by_status"]["read"]
        assert read >= 1
        assert list(after["read_by_day"].values()) == [read]
        assert sum(after["read_by_week"].values()) == read
        assert (after["streak_days"], after["median_days_to_read"]) == (1, 0)
        readlist("undo")
        assert json.loads(readlist("stats", "--json").stdout) == before

    def test_prints_bars_for_people(self, readlist: Run) -> None:
        readlist("mark", "read", "goldilocks", "--all")
        lines = readlist("stats").stdout.splitlines()
        assert lines[0].startswith("Papers          32: ")
        assert any(line.startswith("  cs.LG") and "█" in line for line in lines)

    def test_where_nothing_was_read_there_is_no_row_of_nothing(self, readlist: Run) -> None:
        assert "Read by week" not in readlist("stats").stdout
        readlist("mark", "read", "goldilocks", "--all")
        assert "Read by week" in readlist("stats").stdout

    def test_of_a_query(self, readlist: Run) -> None:
        assert json.loads(readlist("stats", "omniglot", "--json").stdout)["papers"] == 1


def test_of_an_empty_library_there_is_nothing_to_tell(readlist: Run, library_file: Path) -> None:
    done = readlist("stats", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["papers"] == 0
    assert not library_file.exists()


def test_the_codes_of_a_listing_are_found_counted_and_explained(readlist: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.bib"
    entries = [
        "@misc{a, title={Seeing Papers from Afar}, eprint={2403.00001}, archiveprefix={arXiv}, primaryclass={CV}}",
        "@misc{b, title={Hearing Papers Nearby}, eprint={2403.00002}, archiveprefix={arXiv}, primaryclass={CV}}",
        "@misc{c, title={Smelling Old Papers}, eprint={2403.00003}, archiveprefix={arXiv}, primaryclass={cs.CV}}",
        "@misc{d, title={Tasting New Papers}, eprint={2403.00004}, archiveprefix={arXiv}, primaryclass={cs.LG}}",
    ]
    page.write_text("\n".join(entries), encoding="utf-8")
    readlist("import", str(page))

    def number(query: str) -> int:
        return len(json.loads(readlist("list", query, "--json").stdout))

    assert [number(f"category:{asked}") for asked in ("cs.CV", "CV", "cs", "LG", "math.CV")] == [3, 3, 4, 1, 2]
    assert "CV (cs.CV or math.CV)" in readlist("show", "2403.00001").stdout
    assert json.loads(readlist("show", "2403.00001", "--json").stdout)[0]["category"] == "CV"
    bars = readlist("stats").stdout
    assert "cs.CV, CV  " in bars
    assert "\n  CV " not in bars
    # What is stored is what is counted for programs.
    assert json.loads(readlist("stats", "--json").stdout)["by_category"] == {"CV": 2, "cs.CV": 1, "cs.LG": 1}


def test_papers_without_a_year_are_no_earlier_year(readlist: Run) -> None:
    dated = [f"@misc{{a{n}, title={{Paper {n}}}, year={n}}}" for n in range(1990, 2010)]
    readlist("import", "-", stdin="\n".join([*dated, "@misc{none, title={When was it?}}"]))
    years = readlist("stats").stdout.partition("By year of publication\n")[2].splitlines()
    assert years[-1] == "  and 10 in 10 earlier years"
    assert [line.split()[0] for line in years[-3:-1]] == ["2000", "–"]
