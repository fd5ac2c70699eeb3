"""What is larger than any bibliography holds: one clear sentence, in bounded time and memory."""

import datetime as dt
import json

import pytest

from readlist.intake.detection import read
from readlist.intake.duplicates import sort_out
from readlist.intake.result import Intake
from readlist.paper import Author, Paper

_LONG = "x" * 5_000_001


def read_any(text: str) -> Intake:
    return read(text.encode(), retrieved=dt.date(2026, 11, 1))


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([{"title": _LONG, "type": "article"}]),
        "TY  - JOUR\nTI  - " + _LONG + "\nER  - \n",
        "@article{a, title = {" + _LONG + "}}",
    ],
    ids=["CSL-JSON", "RIS", "BibTeX"],
)
def test_a_record_without_end_is_rejected_with_its_line(text: str) -> None:
    intake = read_any(text)
    assert not intake.papers
    assert [(reject.line, "5 million" in reject.reason) for reject in intake.rejects] == [(1, True)]


def test_a_large_record_does_not_take_its_neighbour_with_it() -> None:
    intake = read_any(json.dumps([{"title": _LONG}, {"title": "A small one", "type": "article"}]))
    assert [paper.title for paper in intake.papers] == ["A small one"]
    assert len(intake.rejects) == 1


def test_titles_of_any_length_are_compared_by_their_beginning() -> None:
    author = (Author(family="Lovelace", given="Ada"),)
    known = Paper(id="1", title="On engines " + "word " * 50_000, authors=author)
    again = known._replace(id="", title=known.title + "end")
    assert len(sort_out([again], [known]).known) == 1
