"""RIS: what rispy reads back is what the paper says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.cite.formats import cite, cite_items
from readlist.paper import Author, Paper


def _read(text: str) -> list[dict[str, Any]]:
    import rispy

    records: list[dict[str, Any]] = rispy.loads(text)
    return records


def test_a_journal_paper() -> None:
    paper = Paper(
        title="Tomography with $10^3$ samples",
        authors=(Author("van den Driessche", "George"), Author("King Jr.", "Martin Luther")),
        published="2018-12-17",
        venue="npj Quantum Information 7:105-110 (2021)",
        doi="10.1038/s41534-021-00436-9",
    )
    (record,) = _read(cite([paper], "ris").text)
    assert record["type_of_reference"] == "JOUR"
    assert record["authors"] == ["van den Driessche, George", "King, Martin Luther, Jr."]
    assert record["title"] == "Tomography with 10³ samples"
    assert record["journal_name"] == "npj Quantum Information"
    assert (record["volume"], record["start_page"], record["end_page"], record["year"]) == ("7", "105", "110", "2021")
    assert record["doi"] == "10.1038/s41534-021-00436-9"


def test_a_cut_author_list_is_said_to_be_cut() -> None:
    citation = cite([Paper(title="T", authors=(Author("Fort", "S."),), authors_complete=False)], "ris")
    assert "N1  - Authors incomplete" in citation.text
    assert citation.cut == ("T",)


def test_several_records() -> None:
    records = _read(cite([Paper(title="One", arxiv_id="2308.03792"), Paper(title="Two")], "ris").text)
    assert [record["title"] for record in records] == ["One", "Two"]
    assert records[0]["number"] if "number" in records[0] else records[0]["urls"]


@pytest.mark.parametrize(
    ("kind", "tag"), [("article", "UNPB"), ("paper-conference", "CPAPER"), ("thesis", "THES"), ("odd", "GEN")]
)
def test_types(kind: str, tag: str) -> None:
    assert cite_items([{"id": "a", "type": kind, "title": "T"}], "ris")["a"].startswith(f"TY  - {tag}\n")


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_read_back_on_one_line(title: str, name: str) -> None:
    text = cite([Paper(title=f"x {title}", authors=(Author("Fort", name),))], "ris").text
    (record,) = _read(text)
    assert record["title"].startswith("x")
    assert len(record["authors"]) == 1
