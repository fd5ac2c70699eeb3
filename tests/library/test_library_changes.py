from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readlist.library.errors import LibraryError
from readlist.library.library import Change, Library
from readlist.paper import Author, Paper, Status

Open = Callable[..., Library]
MakePapers = Callable[[int], list[Paper]]


def ids_of(library: Library) -> list[str]:
    return list(library.papers)


def test_a_missing_file_is_an_empty_library_and_looking_does_not_make_it(open_library: Open, path: Path) -> None:
    library = open_library()
    assert library.is_new
    assert not library.papers
    assert not library.reload()
    assert not path.exists()


def test_the_first_change_makes_the_file_and_its_folders(
    open_library: Open, tmp_path: Path, some_papers: MakePapers
) -> None:
    where = tmp_path / "share" / "readlist" / "library.json"
    library = open_library(where)
    library.add(some_papers(1))
    assert not library.is_new
    assert where.stat().st_mode & 0o777 == 0o600
    assert where.parent.stat().st_mode & 0o777 == 0o700


def test_papers_come_back_as_they_were_put_in_and_in_their_order(open_library: Open, some_papers: MakePapers) -> None:
    put = some_papers(20)
    open_library().create(put, "Imported the bundled listing of 20 papers")
    library = open_library()
    assert [paper._replace(id="", added="", changed="") for paper in library.papers.values()] == put


def test_the_beginning_of_a_library_cannot_be_undone_by_one_key_too_many(
    open_library: Open, some_papers: MakePapers
) -> None:
    library = open_library()
    library.create(some_papers(3))
    library.edit([ids_of(library)[0]], star=True)
    assert library.undo()
    assert library.undo() is None
    assert len(library.papers) == 3


def test_seeding_with_nothing_makes_the_file_too(open_library: Open, path: Path) -> None:
    assert open_library().create([]) is not None
    assert path.exists()
    assert not open_library().is_new


def test_only_one_of_two_seeds_a_new_library(open_library: Open, some_papers: MakePapers) -> None:
    first, second = open_library(), open_library()
    first.create(some_papers(2))
    assert second.is_new
    assert second.create(some_papers(5)) is None
    assert second.papers == first.papers
    assert not second.is_new


def test_a_library_whose_papers_were_all_taken_back_is_empty_and_not_new(library: Library, open_library: Open) -> None:
    library.undo()
    again = open_library()
    assert not again.papers
    assert not again.is_new


def test_status_takes_its_dates_along(library: Library) -> None:
    paper = ids_of(library)[0]
    library.edit([paper], status=Status.READING)
    started = library.papers[paper].started
    assert started
    assert library.papers[paper].changed == started
    library.edit([paper], status="read")
    assert library.papers[paper].started == started
    assert library.papers[paper].finished > started
    library.edit([paper], status=Status.READING)
    assert library.papers[paper].started == started
    assert not library.papers[paper].finished


def test_dates_that_are_given_count_more_than_those_that_follow(library: Library) -> None:
    paper = ids_of(library)[0]
    library.edit([paper], status=Status.READ, finished="2020-02-29T00:00:00Z")
    assert library.papers[paper].finished == "2020-02-29T00:00:00Z"


def test_what_is_no_difference_is_no_change(library: Library, path: Path) -> None:
    paper = ids_of(library)[0]
    library.edit([paper], star=True)
    before = path.read_bytes()
    assert library.edit([paper], star=True, note="") is None
    assert library.add([]) is None
    assert library.restore([paper]) is None
    assert path.read_bytes() == before


def test_each_paper_may_have_a_change_of_its_own_in_one_step(library: Library) -> None:
    first, second, _ = ids_of(library)
    change = library.edit_each({first: {"tags": ["ood", "vision"]}, second: {"tags": ("ood",)}})
    assert change == Change("Changed the tags of 2 papers", (first, second))
    assert library.papers[first].tags == ("ood", "vision")
    library.undo()
    assert not any(paper.tags for paper in library.papers.values())


def test_deleted_papers_lie_in_the_trash_until_they_are_restored(library: Library, open_library: Open) -> None:
    first, second, third = ids_of(library)
    library.delete([first, third])
    again = open_library()
    assert list(again.papers) == [second]
    assert set(again.trash) == {first, third}
    assert again.trash[first].deleted
    again.restore([third])
    assert list(again.papers) == [second, third]
    assert library.reload()
    assert library.papers == again.papers
    assert library.delete([first, "9"]) is None  # one lies there already, the other has gone


def test_the_snapshot_of_before_stays_as_it_was(library: Library) -> None:
    before = library.papers
    frozen = dict(before)
    library.edit(ids_of(library), star=True)
    assert before == frozen
    with pytest.raises(TypeError):
        before["1"] = Paper()  # type: ignore[index]  # that it cannot be changed is what is shown


def test_an_id_that_comes_along_is_kept_where_it_is_free(library: Library) -> None:
    taken = ids_of(library)[0]
    change = library.add([Paper(id="4111222233334444", title="Kept"), Paper(id=taken, title="Drawn"), Paper(id="x")])
    assert change
    assert change.ids[0] == "4111222233334444"
    assert len(library.papers) == 6
    assert all(len(identifier) == 16 and identifier.isdecimal() for identifier in change.ids)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"colour": "red"}, "field 'colour'"),
        ({"id": "5"}, "field 'id'"),
        ({"status": ""}, "field 'status'"),
        ({"star": "yes"}, "field 'star'"),
        ({"title": None}, "field 'title'"),
        ({"tags": 5}, "wrong type"),
        ({"authors": ["Ada"]}, "wrong type"),
    ],
)
def test_an_impossible_value_changes_nothing_and_is_named(
    library: Library, path: Path, fields: dict[str, Any], named: str
) -> None:
    before = path.read_bytes()
    with pytest.raises(LibraryError, match=named) as caught:
        library.edit(ids_of(library), **fields)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


def test_a_paper_that_cannot_be_kept_is_refused_before_anything_is_written(library: Library, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="field 'title'"):
        library.add([Paper(title="Good"), Paper(title=7)])  # type: ignore[arg-type]  # the fault that is shown
    assert path.read_bytes() == before


def test_papers_that_have_gone_are_passed_over_unless_none_is_left(library: Library) -> None:
    first = ids_of(library)[0]
    change = library.edit([first, "9"], star=True)
    assert change
    assert change.ids == (first,)
    with pytest.raises(LibraryError, match="not in the library any more"):
        library.edit(["9"], star=True)


def test_a_citation_key_once_handed_out_stays_through_undo(library: Library, open_library: Open) -> None:
    first, second, _ = ids_of(library)
    library.edit([first], star=True)
    library.assign_keys({first: "lovelace2022norm", second: "lovelace2022norma", "9": "gone"})
    library.assign_keys({first: "other"})
    assert library.can_undo
    assert library.can_undo.startswith("Starred")
    library.undo()
    assert open_library().papers[first].key == "lovelace2022norm"
    library.undo()
    assert not library.papers  # a key does not keep an added paper from being taken out again
    library.redo()
    assert library.papers[first].key == "lovelace2022norm"


@pytest.mark.parametrize(
    ("fields", "one", "many"),
    [
        ({"status": Status.READ}, "Marked “{}” read", "Marked 3 papers read"),
        ({"star": True}, "Starred “{}”", "Starred 3 papers"),
        ({"note": "x"}, "Wrote a note on “{}”", "Wrote a note on 3 papers"),
        ({"tags": ["ood"]}, "Tagged “{}” ood", "Tagged 3 papers ood"),
        ({"key": "k"}, "Changed the key of “{}”", "Changed the key of 3 papers"),
        ({"venue": "Nature", "issued": "2020"}, "Edited “{}”", "Edited 3 papers"),
    ],
)
def test_changes_have_names_for_a_toast(library: Library, fields: dict[str, Any], one: str, many: str) -> None:
    ids = ids_of(library)
    change = library.edit(ids, **fields)
    assert change
    assert change.name == many
    library.undo()
    change = library.edit(ids[:1], **fields)
    assert change
    assert change.name == one.format("On the L_∞ norm of reading lists, part 0")


def test_a_long_title_is_cut_at_a_word(library: Library) -> None:
    paper = Paper(title="What does a deep neural network confidently perceive? " * 3, authors=(Author("Fort"),))
    change = library.add([paper])
    assert change
    assert change.name == "Added “What does a deep neural network…”"


def test_whose_changes_they_are_does_not_hang_on_the_environment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "somebody")
    monkeypatch.setenv("LOGNAME", "somebody")
    Library.open(path).add([Paper(title="One")])
    monkeypatch.delenv("USER")
    monkeypatch.delenv("LOGNAME")
    assert Library.open(path).undo()
