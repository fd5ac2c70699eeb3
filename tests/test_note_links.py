"""Links between papers in notes."""

from hypothesis import given
from hypothesis import strategies as st

from readlist.note_links import as_markdown, back_links, linked, links
from readlist.paper import Paper

FORT = Paper(id="1", key="fort2019deep", arxiv_id="1912.02757", title="Deep Ensembles")
REN = Paper(id="2", key="ren2021simple", doi="10.1/X", note="After [[fort2019deep]] and [[1912.02757|them]], [[none]].")
PAPERS = {paper.id: paper for paper in (FORT, REN)}


def test_a_key_an_arxiv_id_a_doi_and_an_id_lead_to_their_paper() -> None:
    found = linked(PAPERS, "[[Fort2019Deep]] [[10.1/x]] [[2]] [[nobody]]")
    assert {key: paper.id for key, paper in found.items()} == {"Fort2019Deep": "1", "10.1/x": "2", "2": "2"}


def test_back_links_are_the_notes_that_lead_here() -> None:
    assert back_links(PAPERS.values(), FORT) == [REN]
    assert back_links(PAPERS.values(), REN) == []


def test_links_become_markdown_and_what_leads_nowhere_says_so() -> None:
    text = as_markdown(REN.note, linked(PAPERS, REN.note))
    assert text == "After [fort2019deep](<readlist:1>) and [them](<readlist:1>), none (no such paper)."


@given(st.text("[]|ab \n", max_size=40))
def test_any_text_is_read(text: str) -> None:
    assert all(link == link.strip() and "\n" not in link for link in links(text))
    as_markdown(text, {})
