"""The answers of arXiv's API."""

from readlist.intake.atom import read_atom
from readlist.paper import Author, Paper

HEAD = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">\n<title>arXiv</title>\n'
ENTRY = """<entry>
<id>http://arxiv.org/abs/2210.05546v2</id>
<title>On graphs
  of knowledge</title>
<published>2022-10-11T17:59:46Z</published>
<summary>We study $L_2$ graphs.</summary>
<author><name>Ada Lovelace</name></author>
<author><name>ATLAS Collaboration</name></author>
<arxiv:comment>20 pages</arxiv:comment>
<arxiv:primary_category term="cs.LG"/>
</entry>
"""
ERROR = (
    "<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title>"
    "<summary>incorrect id format for x</summary></entry>"
)


def test_an_entry_becomes_a_preprint() -> None:
    found = read_atom(f"{HEAD}{ENTRY}</feed>")
    assert found.papers == (
        Paper(
            title="On graphs of knowledge",
            authors=(Author("Lovelace", "Ada"), Author(literal="ATLAS Collaboration")),
            category="cs.LG",
            published="2022-10-11",
            abstract="We study $L_2$ graphs.",
            arxiv_id="2210.05546",
            extra=(("note", "20 pages"),),
        ),
    )
    assert found.lines == (4,)


def test_what_was_published_says_where() -> None:
    more = "<arxiv:doi>10.1000/182</arxiv:doi><arxiv:journal_ref>Nature 529, 1-2 (2023)</arxiv:journal_ref></entry>"
    (paper,) = read_atom(HEAD + ENTRY.replace("</entry>", more) + "</feed>").papers
    assert (paper.doi, paper.venue, paper.type) == ("10.1000/182", "Nature 529, 1-2 (2023)", "article-journal")


def test_errors_and_empty_answers_say_what_arxiv_said() -> None:
    (reject,) = read_atom(f"{HEAD}{ERROR}</feed>").rejects
    assert reject.reason == "arXiv says: incorrect id format for x."
    (reject,) = read_atom(f"{HEAD}</feed>").rejects
    assert reject.reason == "arXiv found no paper."
