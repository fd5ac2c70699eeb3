"""PubMed's, EndNote's and Web of Science's own formats."""

from readlist.intake.enw import read_enw
from readlist.intake.nbib import read_nbib
from readlist.intake.web_of_science import read_web_of_science
from readlist.paper import Author

PUBMED = """
PMID- 12345678
IS  - 1234-5678 (Electronic)
DP  - 2016 Apr
DEP - 20160419
TI  - Proteomes of readers: a long
      title on two lines.
LID - 10.1000/abc.180636 [doi]
FAU - Lovelace, Ada
AU  - Lovelace A
FAU - Berg, Alban van den
AU  - van den Berg A
CN  - The Reading Group
PT  - Journal Article
TA  - J Read
JT  - Journal of reading
VI  - 5
IP  - 2
PG  - 67-70
OT  - Biomarkers
AB  - We read.

PMID- 12345679
TI  - Another.
AU  - Shruthi BS
DP  - 2017
"""
ENDNOTE = """%0 Book Section
%A Lovelace, Ada
%A The Reading Group,
%E Page, Ann
%T A chapter
%B On books
%I Press
%C London
%D 2001
%P 1-12
%K reading
numbers
%U https://example.org/x
%R doi:10.1000/182
%@ 978-3-16-148410-0
%X We read.
"""
WEB_OF_SCIENCE = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Lovelace, A
   van den Berg, A
AF Lovelace, Ada
   van den Berg, Alban
TI Notes on
   the engine
SO SCIENTIFIC MEMOIRS
DE engines; notes
SN 1234-5678
PD SEP
PY 1843
VL 3
BP 666
EP 731
DI 10.1000/182
UT WOS:000185
ER

EF
"""


def test_pubmed() -> None:
    found = read_nbib(PUBMED)
    first, second = found.papers
    assert found.lines == (2, 23)
    assert first.title == "Proteomes of readers: a long title on two lines"
    assert first.authors == (
        Author("Lovelace", "Ada"), Author("Berg", "Alban van den"), Author(literal="The Reading Group"),
    )  # fmt: skip
    assert (first.published, first.venue, first.volume, first.issue, first.pages) == (
        "2016-04-19", "Journal of reading", "5", "2", "67-70",
    )  # fmt: skip
    assert (first.doi, first.tags, first.abstract) == ("10.1000/abc.180636", ("Biomarkers",), "We read.")
    assert dict(first.extra) == {"ISSN": "1234-5678", "PMID": "12345678", "container-title-short": "J Read"}
    assert second.authors == (Author("Shruthi", "B. S."),)


def test_endnote() -> None:
    (paper,) = read_enw(ENDNOTE).papers
    assert (paper.type, paper.title, paper.venue, paper.published) == ("chapter", "A chapter", "On books", "2001")
    assert paper.authors == (Author("Lovelace", "Ada"), Author(literal="The Reading Group"))
    assert paper.editors == (Author("Page", "Ann"),)
    assert (paper.doi, paper.pages, paper.tags) == ("10.1000/182", "1-12", ("reading", "numbers"))
    assert dict(paper.extra) == {"ISBN": "978-3-16-148410-0", "publisher-place": "London"}


def test_web_of_science() -> None:
    found = read_web_of_science(WEB_OF_SCIENCE)
    (paper,) = found.papers
    assert found.rejects == ()
    assert (paper.title, paper.venue, paper.published) == ("Notes on the engine", "SCIENTIFIC MEMOIRS", "1843-09")
    assert paper.authors == (Author("Lovelace", "Ada"), Author("van den Berg", "Alban"))
    assert (paper.doi, paper.pages, paper.tags) == ("10.1000/182", "666-731", ("engines", "notes"))
