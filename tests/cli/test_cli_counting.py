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
