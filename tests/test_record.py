"""Papers survive the way into the file and back; a wrong field is named."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.paper import Author, Paper, Status
from readlist.record import RecordError, paper_to_json, paper_to_record, record_to_paper

TEXT = st.text(max_size=8)
WORDS = st.lists(TEXT, max_size=2).map(tuple)
PAPERS = st.builds(
    Paper._replace,
    st.just(Paper(id="1234567890123456")),
    title=TEXT,
    authors=st.lists(st.builds(Author, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    authors_complete=st.booleans(),
    editors=st.lists(st.builds(Author, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    organisations=WORDS,
    extra=st.dictionaries(TEXT, TEXT, max_size=2).map(lambda pairs: tuple(sorted(pairs.items()))),
    files=WORDS,
    doi=TEXT,
    review_reason=TEXT,
    status=st.sampled_from(Status),
    tags=WORDS,
    note=TEXT,
)


@given(PAPERS)
def test_a_paper_comes_back_from_json_as_it_was(paper: Paper) -> None:
    record = json.loads(json.dumps(paper_to_record(paper)))
    assert record_to_paper(paper.id, record) == paper


@given(PAPERS)
def test_what_json_prints_names_every_field(paper: Paper) -> None:
    printed = paper_to_json(paper)
    assert printed.keys() == {*Paper._fields, "needs_review"}
    assert printed["needs_review"] == bool(paper.review_reason)
    assert printed["doi"] == (paper.doi or None)


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        ({"title": 3}, "field 'title': str expected, int found"),
        ({"star": "yes"}, "field 'star': bool expected"),
        ({"tags": "ood"}, "field 'tags': list expected"),
        ({"tags": [1]}, "field 'tags': str expected"),
        ({"authors": [{"family": 1}]}, "field 'authors.family'"),
        ({"authors": ["Fort"]}, "field 'authors': dict expected"),
        ({"extra": {"ISBN": 3}}, "field 'extra.ISBN': str expected, int found"),
        ({"status": 3}, "field 'status': str expected, int found"),
        ({"status": ""}, "field 'status': a name expected"),
    ],
)
def test_a_wrong_field_is_named(record: dict[str, Any], complaint: str) -> None:
    with pytest.raises(RecordError) as raised:
        record_to_paper("1", record)
    assert complaint in str(raised.value)


def test_a_field_from_a_newer_version_does_no_harm() -> None:
    assert record_to_paper("1", {"title": "t", "mood": ["glad"]}) == Paper(id="1", title="t")
