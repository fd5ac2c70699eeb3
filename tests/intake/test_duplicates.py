"""Recognising papers that the library holds already."""

import pytest

from readlist.intake.duplicates import sort_out
from readlist.paper import Author, Paper

KNOWN = Paper(
    title="Deep Ensembles: A Loss Landscape Perspective",
    authors=(Author("Fort", "Stanislav"), Author("Hu", "Huiyi")),
    arxiv_id="1912.02757",
    doi="10.1000/ABC",
)


@pytest.mark.parametrize(
    "paper",
    [
        Paper(title="Quite another title", arxiv_id="1912.02757"),
        Paper(title="Quite another title", doi="10.1000/abc"),
        KNOWN._replace(arxiv_id="", doi=""),
        Paper(title="DEEP ensembles — a loss  landscape perspective", authors=(Author("Hu", "H."),)),
        Paper(title="Deep Ensembles: a loss landscape perspective"),
    ],
)
def test_known(paper: Paper) -> None:
    assert sort_out([paper], [KNOWN])[:2] == ((), (paper,))


@pytest.mark.parametrize(
    "paper",
    [
        Paper(title="Deep Ensembles", authors=KNOWN.authors),
        Paper(title=KNOWN.title, authors=(Author("Smith", "Ann"),)),
    ],
)
def test_new(paper: Paper) -> None:
    assert sort_out([paper], [KNOWN])[:2] == ((paper,), ())


def test_twins_within_one_text_count_once() -> None:
    assert sort_out([KNOWN, KNOWN], [])[:2] == ((KNOWN,), (KNOWN,))
