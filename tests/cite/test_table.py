"""The table for spreadsheets: every field, no formula, nothing lost."""

import csv
import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist.cite.formats import export
from readlist.cite.table import COLUMNS, guarded, unguarded
from readlist.paper import Author, Paper, Status

FULL = Paper(
    id="7",
    title="=HYPERLINK(1)",
    authors=(Author("Abel", "Ann"), Author(literal="The ATLAS Collaboration")),
    authors_complete=False,
    editors=(Author("Noether", "Emmy"),),
    venue="Nature",
    volume="1",
    issue="2",
    pages="3-4",
    publisher="Springer",
    doi="10.1/x",
    url="https://x.org",
    abstract="Two\r\nlines, and\ra lone return",
    extra=(("ISBN", "978"), ("edition", "2")),
    files=("/a;b.pdf", "c.pdf"),
    has_code=True,
    star=True,
    status=Status.READING,
    tags=("a", "b"),
)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_field_has_a_column() -> None:
    assert sorted({*Paper._fields} - {*COLUMNS}) == ["authors_complete"]


def test_a_full_paper() -> None:
    (row,) = rows(export([FULL], "csv"))
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["authors"] == "Ann Abel; The ATLAS Collaboration; et al."
    assert row["editors"] == "Emmy Noether"
    assert row["abstract"] == FULL.abstract
    assert json.loads(row["extra"]) == {"ISBN": "978", "edition": "2"}
    assert row["files"] == "/a;b.pdf; c.pdf"
    assert (row["has_code"], row["star"], row["status"], row["tags"]) == ("yes", "yes", "reading", "a; b")
    assert [row[name] for name in ("volume", "issue", "pages", "publisher", "doi")] == [
        "1",
        "2",
        "3-4",
        "Springer",
        "10.1/x",
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1", "'=1", "''-1"]
)
def test_what_looks_like_a_formula_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=b", "'tis", "2-1", "$x$", "'quoted'"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text() | st.text(alphabet="'=+-@\t\r\n a"))
@example("'='")
def test_the_guard_can_be_undone(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_reads_back(text: str) -> None:
    (row,) = rows(export([Paper(id="1", title=text, note=text)], "csv"))
    assert (unguarded(row["title"]), unguarded(row["note"])) == (text, text)
