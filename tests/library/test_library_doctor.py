import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from readlist.library.doctor import Severity, examine
from readlist.library.library import Library
from readlist.paper import Paper

Open = Callable[..., Library]


def rewrite(path: Path, change: Callable[[Any], object]) -> None:
    from readlist.library.layout import Encoder

    tables = json.loads(path.read_text("utf-8"))
    change(tables)
    path.write_bytes(Encoder().encode(tables))


def test_a_sound_library_has_no_findings(library: Library, path: Path) -> None:
    first, second, _ = library.papers
    library.edit([first], star=True)
    library.delete([second])
    library.undo()
    library.undo()
    library.undo()
    (finding,) = examine(path)
    assert finding.sentence == "5 changes are in the journal and not in the file yet; readlist settle folds them in"
    library.close()
    assert examine(path) == []


def test_no_library_and_an_empty_file_are_worth_a_note(path: Path) -> None:
    assert [finding.severity for finding in examine(path)] == [Severity.NOTE]
    path.touch()
    assert [finding.severity for finding in examine(path)] == [Severity.NOTE]


def test_a_file_that_cannot_be_opened_is_one_error(path: Path) -> None:
    path.write_text('{"papers": {')
    (finding,) = examine(path)
    assert finding.severity is Severity.ERROR
    assert "line 1: the file ends in the middle" in finding.sentence


def test_everything_wrong_is_named_with_its_place_and_nothing_is_written(library: Library, path: Path) -> None:
    first, second, third = library.papers

    def damage(tables: Any) -> None:
        tables["papers"][first]["star"] = "yes"
        tables["papers"][second] |= {"title": "", "doi": "10.1/X"}
        tables["papers"][third] |= {"doi": "10.1/x"}
        tables["history"]["9"] = {"name": 5}
        step = next(iter(tables["history"].values()))
        tables["history"]["1900000000000000"] = {**step, "inverse": [{"id": "77", "set": {"star": True}}]}
        tables["shelves"] = {"1": {}}

    rewrite(path, damage)
    before = path.read_bytes()
    found = [(finding.severity.value, finding.sentence) for finding in examine(path)]
    kept = "it is kept in the file"
    assert found == [
        ("error", f"paper {first} (line 11): field 'star': bool expected, str found; {kept} and not shown"),
        ("warning", f"paper {second} (line 12): it has no title"),
        ("warning", f"paper {second} (line 12) and paper {third} (line 13) have the same DOI 10.1/x"),
        ("warning", f"history 9 (line 5): field 'when': str expected, NoneType found; {kept} and cannot be undone"),
        ("warning", "history 1900000000000000 (line 4): it concerns paper 77, which the library does not hold"),
        ("note", 'table "shelves" with 1 entries is not readlist\'s; it is kept as it is'),
    ]
    assert path.read_bytes() == before


def test_an_id_that_occurs_twice_is_found(library: Library, path: Path) -> None:
    library.add([Paper(title="Another")])
    library.settle()
    text = path.read_text("utf-8")
    first, second, *_ = library.papers
    path.write_text(text.replace(f'"{second}": {{', f'"{first}": {{'), "utf-8")
    (finding,) = examine(path)
    assert f"{first!r} occurs twice" in finding.sentence
