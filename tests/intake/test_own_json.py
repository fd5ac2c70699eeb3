import json

from readlist.cite.formats import export
from readlist.intake.own_json import read_own_json
from readlist.paper import Author, Paper, Status

PAPERS = (
    Paper(
        id="1234567890123456",
        title="$x_1$ \u202e \U0001f600 %&#\\",
        authors=(Author("van den Berg", "A."), Author(literal="ATLAS")),
        authors_complete=False,
        status=Status.READ,
        star=True,
        tags=("a",),
        note="one\ntwo",
        extra=(("ISBN", "1"),),
        added="2024-01-01T00:00:00Z",
    ),
    Paper(id="2", title="Two"),
)


def test_what_export_writes_comes_back() -> None:
    intake = read_own_json(export(PAPERS, "json"))
    assert intake.papers == PAPERS
    assert intake.rejects == ()


def test_a_broken_record_takes_no_other_with_it() -> None:
    text = export(PAPERS, "json").replace('"title": "Two"', '"title": Two')
    intake = read_own_json(text)
    assert [paper.id for paper in intake.papers] == ["1234567890123456"]
    assert len(intake.rejects) == 1
    lines = "\n".join(  # noqa: FLY002 - one record a line
        ['{"title": "A"}', '{"title": ]', '{"title": "B"}', '{"title": "C", "star": 1}']
    )
    intake = read_own_json(lines)
    assert [paper.title for paper in intake.papers] == ["A", "B"]
    assert intake.lines == (1, 3)
    assert [(reject.line, reject.reason) for reject in intake.rejects] == [
        (2, "The JSON is broken in line 2."),
        (4, "Field 'star': bool expected, int found."),
    ]


def test_depth_and_numbers_end_in_a_reject() -> None:
    for hostile in ("[" * 100_000, '[{"title": ' + "9" * 5000 + "}]", json.dumps([None]), "\x00"):
        intake = read_own_json(hostile)
        assert not intake.papers
        assert len(intake.rejects) == 1
