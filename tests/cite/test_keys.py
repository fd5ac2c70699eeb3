"""Citation keys: stable, unique, in plain letters."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.cite.keys import citation_key, with_keys
from readlist.paper import Author, Paper


def _paper(title: str = "Multi-attacks: Many images", *authors: Author, published: str = "2022-10-11") -> Paper:
    return Paper(title=title, authors=authors or (Author("Fort", "Stanislav"),), published=published)


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (_paper(), "fort2022multiattacks"),
        (_paper("What does a deep network perceive?"), "fort2022deep"),
        (_paper("$L_\\infty$ norms"), "fort2022l"),
        (_paper("The \\emph{Goldilocks} zone"), "fort2022goldilocks"),
        (_paper("On the of"), "fort2022on"),
        (_paper("Go", Author("van den Driessche", "George")), "driessche2022go"),
        (_paper("Go", Author("King Jr.", "Martin Luther")), "king2022go"),
        (_paper("Go", Author("Žídek", "Augustin")), "zidek2022go"),
        (_paper("Go", Author("Stoß-Łæø", "A.")), "stosslaeo2022go"),
        (_paper("Go", Author(literal="The ATLAS Collaboration")), "atlas2022go"),
        (_paper("Go", Author("王", "小明")), "anonymous2022go"),
        (_paper("", Author("Fort", "S."), published=""), "fort"),
        (Paper(), "anonymous"),
        (Paper(title="Go", key="mine:2020"), "mine:2020"),
    ],
)
def test_the_pattern(paper: Paper, key: str) -> None:
    assert citation_key(paper) == key


def test_a_clash_gets_a_letter() -> None:
    taken = ["fort2022multiattacks"]
    assert citation_key(_paper(), taken) == "fort2022multiattacksa"
    taken += [f"fort2022multiattacks{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    assert citation_key(_paper(), taken) == "fort2022multiattacksaa"


def test_case_makes_no_other_key() -> None:
    assert citation_key(_paper(), {"Fort2022Multiattacks"}) == "fort2022multiattacksa"


@given(st.text(), st.text(), st.text())
def test_any_paper_has_a_plain_key(title: str, family: str, literal: str) -> None:
    paper = _paper(title, Author(family), Author(literal=literal))
    key = citation_key(paper)
    assert key.isascii()
    assert key.isalnum()
    assert key == citation_key(paper)


def test_keys_of_many_papers_are_those_of_one_after_the_other() -> None:
    papers = [Paper(title="Deep nets", published="2015"), Paper(title="Old", key="anonymous2015DEEPa")]
    papers += [Paper(title="Deep nets", published="2015")] * 30
    taken: set[str] = {"anonymous2015deep", "anonymous2015deepa"}
    expected = []
    for paper in papers:
        expected.append(citation_key(paper, taken))
        taken.add(expected[-1])
    keys = [paper.key for paper in with_keys(papers, ["anonymous2015deep"])]
    assert keys == expected
    assert len({key.lower() for key in keys}) == 32


def test_ten_thousand_keys_take_no_square_of_the_time() -> None:
    began = time.process_time()
    with_keys([Paper(title="Deep nets", published="2015")] * 10_000)
    assert time.process_time() - began < 5


_FOUR = tuple(Author(name) for name in ("Fort", "Cubuk", "Ganguli", "Schoenholz"))


@pytest.mark.parametrize(
    ("pattern", "paper", "key"),
    [
        ("{Author}{yy}", _paper(), "Fort22"),
        ("{Author}_{year}_{Title}", _paper(), "Fort_2022_Multiattacks"),
        ("{authors}:{year}", _paper("Go", *_FOUR[:3]), "fortcubukganguli:2022"),
        ("{Authors}{yy}", _paper("Go", *_FOUR), "FortCubukGanguliEtal22"),
        ("{authors}", _paper("Go", *_FOUR[:1])._replace(authors_complete=False), "fortetal"),
        ("{Words}", _paper("The Goldilocks zone of many networks"), "GoldilocksZoneMany"),
        ("{words}", _paper("Go"), "go"),
        ("arxiv:{arxiv}", _paper()._replace(arxiv_id="hep-th/9711200"), "arxiv:hep-th-9711200"),
        ("{arxiv}", _paper(), "fort"),
        ("{author}-{year}-{title}", _paper("Go", published=""), "fort--go"),
        ("{year}-{title}", _paper("", published=""), "fort"),
        ("{author}", _paper()._replace(key="old2001key"), "old2001key"),
    ],
)
def test_another_pattern(pattern: str, paper: Paper, key: str) -> None:
    assert citation_key(paper, pattern=pattern) == key


def test_keys_of_another_pattern_clash_likewise() -> None:
    assert citation_key(_paper(), {"fort22", "fort22a"}, "{Author}{yy}") == "Fort22b"
