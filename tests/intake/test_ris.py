"""RIS as publishers and programs write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.intake.ris import read_ris
from readlist.paper import Author, Paper

ARTICLE = """TY  - JOUR
ID  - lovelace1843notes
TI  - Notes on the engine
AU  - Lovelace, Ada
AU  - Berg, Jr., Alban van den
A1  - The Reading Group
JO  - Scientific Memoirs
J2  - Sci. Mem.
PY  - 1843
DA  - 1843/09/12
VL  - 3
IS  - 2
SP  - 666
EP  - 731
PB  - Taylor
CY  - London
SN  - 1234-5678
DO  - https://doi.org/10.1000/182
UR  - https://example.org/notes
KW  - engines
KW  - notes; numbers
N1  - Translated from the French.
AB  - About the engine,
and about numbers.
ER  -
"""


def only(text: str) -> Paper:
    (paper,) = read_ris(text).papers
    return paper


def test_every_field_finds_its_place() -> None:
    paper = only(ARTICLE)
    assert paper == Paper(
        title="Notes on the engine",
        authors=(Author("Lovelace", "Ada"), Author("Berg Jr.", "Alban van den"), Author(literal="The Reading Group")),
        published="1843-09-12",
        issued="1843-09-12",
        abstract="About the engine,\nand about numbers.",
        doi="10.1000/182",
        url="https://example.org/notes",
        venue="Scientific Memoirs",
        volume="3",
        issue="2",
        pages="666-731",
        publisher="Taylor",
        type="article-journal",
        extra=(
            ("ISSN", "1234-5678"),
            ("container-title-short", "Sci. Mem."),
            ("note", "Translated from the French."),
            ("publisher-place", "London"),
        ),
        key="lovelace1843notes",
        tags=("engines", "notes", "numbers"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + ARTICLE,
        ARTICLE.replace("ER  -\n", ""),
        ARTICLE.replace("\n", "\r\n"),
        ARTICLE.replace("  - ", " - "),
    ],
    ids=["byte order mark", "no end", "CRLF", "one blank"],
)
def test_the_way_in_which_a_program_writes_it_makes_no_difference(text: str) -> None:
    assert only(text) == only(ARTICLE)


def test_records_without_ends_stay_apart_and_what_stands_outside_is_rejected() -> None:
    found = read_ris(f"Record 1\n{ARTICLE}\n2.\n{ARTICLE.replace('ER  -', '')}{ARTICLE}")
    assert len(found.papers) == 3
    assert found.lines == (2, 29, 54)
    assert [(reject.line, reject.text) for reject in found.rejects] == [(1, "Record 1"), (28, "2.")]


def test_a_record_whose_beginning_is_lost_comes_in_for_review() -> None:
    paper = only(ARTICLE.partition("\n")[2])
    assert paper.title == "Notes on the engine"
    assert paper.needs_review


def test_a_book_a_chapter_and_a_preprint() -> None:
    book = only(
        "TY  - BOOK\nTI  - On books\nA2  - Editor, Series\nED  - Page, Ann\nSN  - 978-3-16-148410-0\nPY  - 2001\n"
    )
    assert (book.type, book.venue, book.editors) == ("book", "", (Author("Page", "Ann"),))
    assert dict(book.extra) == {"ISBN": "978-3-16-148410-0", "collection-editor": "Editor, Series"}
    chapter = only("TY  - CHAP\nTI  - A chapter\nT2  - On books\nA2  - Page, Ann\nPY  - 2001///Spring\n")
    assert (chapter.type, chapter.venue, chapter.editors) == ("chapter", "On books", (Author("Page", "Ann"),))
    preprint = only("TY  - UNPB\nTI  - A preprint\nM1  - arXiv:2210.05546v2\nPB  - arXiv\nPY  - 2022\n")
    assert (preprint.type, preprint.arxiv_id, preprint.published) == ("article", "2210.05546", "2022")


def test_a_record_that_says_nothing_is_rejected_with_its_line() -> None:
    found = read_ris("TY  - JOUR\nER  - \n")
    assert found.papers == ()
    assert [(reject.line, reject.reason) for reject in found.rejects] == [(1, "The record has no title.")]


@given(st.text() | st.lists(st.sampled_from(ARTICLE.splitlines(keepends=True))).map("".join))
def test_no_text_is_an_error(text: str) -> None:
    found = read_ris(text)
    assert len(found.lines) == len(found.papers)
