import json
import os
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from tinydb import TinyDB, where

from readlist.library import layout
from readlist.library.content import InMemory
from readlist.library.errors import LibraryError
from readlist.library.library import Library
from readlist.library.storage import AtomicStorage
from readlist.paper import Author, Paper, Status

Open = Callable[..., Library]
MakePapers = Callable[[int], list[Paper]]


def change_file(path: Path, change: Callable[[Any], object]) -> None:
    tables = json.loads(path.read_text("utf-8"))
    change(tables)
    path.write_text(json.dumps(tables), "utf-8")


def test_stock_tinydb_opens_the_file_and_sees_everything(library: Library, path: Path) -> None:
    first = next(iter(library.papers))
    library.edit([first], status=Status.READ, note="Grüße")
    library.close()
    before = path.read_bytes()
    with TinyDB(path, encoding="utf-8") as database:
        papers = database.table("papers").all()
        assert {str(paper.doc_id) for paper in papers} == set(library.papers)
        (read,) = database.table("papers").search(where("status") == "read")
        assert read["note"] == "Grüße"
        assert read["authors"] == [{"family": "Lovelace", "given": "Ada"}, {"literal": "The Reading Group"}]
        assert next(iter(database.table("history")))["name"] == "Added 3 papers"
        assert database.table("meta").get(doc_id=1)["schema"] == 2
    assert path.read_bytes() == before


def test_what_stock_tinydb_changes_is_taken_over(library: Library, path: Path) -> None:
    first = next(iter(library.papers))
    with TinyDB(path) as database:
        database.table("papers").update({"note": "from outside"}, doc_ids=[int(first)])
    assert library.reload()
    assert library.papers[first].note == "from outside"
    library.edit([first], star=True)
    library.settle()
    assert path.read_text("utf-8").count("\n") > 8  # in our layout again


def test_one_document_a_line_sorted_and_readable(library: Library, path: Path) -> None:
    library.edit(list(library.papers)[:1], note="“naïve”")
    library.settle()
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == "{"
    assert lines[-1] == "}"
    documents = [line for line in lines if line[1:2].isdigit()]
    assert len(documents) == 3 + 2 + 1
    assert all(json.loads(f"{{{line.rstrip(',')}}}") for line in documents)
    assert "“naïve”" in next(line for line in documents if '"note"' in line and '"title"' in line)
    ids = [line[1:17] for line in documents if '"title"' in line]
    assert ids == sorted(ids)


def test_a_small_change_is_a_small_diff(library: Library, path: Path) -> None:
    before = set(path.read_text("utf-8").splitlines())
    library.edit(list(library.papers)[:1], star=True)
    library.settle()
    after = set(path.read_text("utf-8").splitlines())
    assert len(after - before) <= 3  # the paper, the step, and a comma


def test_what_a_newer_version_added_is_kept_through_every_write(library: Library, path: Path) -> None:
    first, second, _ = library.papers

    def grow(tables: Any) -> None:
        tables["shelves"] = {"7": {"name": "Kitchen"}}
        tables["odd"] = [1, {"two": None}]
        tables["meta"]["2"] = {"anything": True}
        tables["meta"]["1"]["colour"] = "red"
        tables["papers"][first]["mood"] = {"deep": [1.5]}

    change_file(path, grow)
    library.edit([first, second], star=True)
    library.edit([first], star=False)
    library.undo()
    library.delete([first])
    tables = json.loads(path.read_text("utf-8"))
    assert tables["shelves"] == {"7": {"name": "Kitchen"}}
    assert tables["odd"] == [1, {"two": None}]
    assert tables["meta"]["2"] == {"anything": True}
    assert tables["meta"]["1"]["colour"] == "red"
    assert tables["papers"][first]["mood"] == {"deep": [1.5]}


def test_one_damaged_paper_is_named_and_kept_and_the_others_work(
    library: Library, path: Path, open_library: Open
) -> None:
    first, second, _ = library.papers

    def damage(tables: Any) -> None:
        tables["papers"][first]["title"] = ["not", "text"]
        tables["papers"]["2000000000000000"] = "no object"
        tables["papers"]["abc"] = {"title": "No number"}
        tables["history"]["5"] = {"when": 7}

    change_file(path, damage)
    again = open_library()
    assert set(again.papers) == set(library.papers) - {first}
    assert len(again.damaged) == 4
    assert (
        f"paper {first}: field 'title': str expected, list found; it is kept in the file and not shown" in again.damaged
    )
    again.edit([second], star=True)
    again.undo()
    again.undo()
    again.settle()
    tables = json.loads(path.read_text("utf-8"))
    assert tables["papers"][first]["title"] == ["not", "text"]
    assert tables["papers"]["2000000000000000"] == "no object"
    assert tables["papers"]["abc"] == {"title": "No number"}
    assert tables["history"]["5"] == {"when": 7}


GOOD = b'{\n"history": {\n},\n"meta": {\n"1": {"application": "readlist", "schema": 1}\n},\n"papers": {\n}\n}\n'


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"not json at all", "line 1: not readable as JSON"),
        (GOOD[:60], "line 5: the file ends in the middle"),
        (GOOD[:-3], "the file ends in the middle"),
        (b"\x00" * 500, "line 1"),
        (b'{"meta": {}}\n\n\xff\xfe', "line 3 is not UTF-8"),
        (b'{"_default": {"1": {"title": "Another program"}}}', "no readlist library"),
        (b'["a list"]', "no readlist library"),
        (b'{"meta": {"1": {"application": "readlist", "schema": 3}}}', "newer readlist .schema 3, this one knows 2"),
        (b'{"meta": {"1": {"application": "readlist", "schema": "x"}}}', "field 'schema'"),
        (GOOD.replace(b'"papers": {\n}', b'"papers": []'), "table 'papers' is no JSON object"),
        (GOOD.replace(b'"papers": {\n', b'"papers": {\n"1": {"star": true},\n"1": {}\n'), "line 9: '1' occurs twice"),
        # Over a line break: neither the number of documents nor that of lines tells.
        (
            GOOD.replace(b'"papers": {\n', b'"papers": {\n"1": {},\n"2": {"star": true},"1": {"star": true}\n'),
            "'1' occurs",
        ),
        (GOOD.replace(b'"papers": {\n', b'"papers": {\n<<<<<<< HEAD\n'), "git left conflict marks"),
        (b"[" * 100_000, "not readable as JSON"),
        (b'{"meta": ' + b"1" * 5_000 + b"}", "not readable as JSON"),
    ],
)
def test_a_file_that_is_no_library_is_refused_in_one_sentence_and_left_untouched(
    path: Path, open_library: Open, content: bytes, named: str
) -> None:
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=named) as caught:
        open_library()
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_a_file_that_becomes_unreadable_while_open_is_not_overwritten(library: Library, path: Path) -> None:
    before = library.papers
    path.write_bytes(b"garbage of somebody else")
    with pytest.raises(LibraryError):
        library.reload()
    with pytest.raises(LibraryError):
        library.edit(list(before), star=True)
    assert library.papers is before
    assert path.read_bytes() == b"garbage of somebody else"


@pytest.mark.parametrize("content", [b"", b"\n", b"{}"])
def test_an_empty_file_is_an_empty_library_but_no_new_one(path: Path, open_library: Open, content: bytes) -> None:
    path.write_bytes(content)
    library = open_library()
    assert not library.is_new
    assert library.create([Paper(title="Seed")]) is None
    library.add([Paper(title="First")])
    assert json.loads(path.read_text("utf-8"))["meta"]["1"]["application"] == "readlist"


def test_a_folder_and_a_device_are_no_library(tmp_path: Path, open_library: Open) -> None:
    for where_ in (tmp_path, Path(os.devnull)):
        with pytest.raises(LibraryError, match="a folder or a device"):
            open_library(where_)


def test_a_pipe_is_refused_without_waiting(tmp_path: Path, open_library: Open) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LibraryError, match="a folder or a device"):
        open_library(tmp_path / "pipe")


def test_a_vanished_file_is_written_again_with_all_it_held(library: Library, path: Path) -> None:
    path.unlink()
    assert not library.reload()
    library.edit(list(library.papers)[:1], star=True)
    assert Library.open(path).papers == library.papers
    assert len(json.loads(path.read_text("utf-8"))["papers"]) == 3


def test_a_byte_order_mark_does_no_harm(library: Library, path: Path, open_library: Open) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert open_library().papers == library.papers


def test_half_a_surrogate_pair_is_kept_and_the_file_stays_readable(library: Library, path: Path) -> None:
    first = next(iter(library.papers))
    library.edit([first], note="broken \ud800 emoji")
    library.settle()
    assert json.loads(path.read_text("utf-8"))["papers"][first]["note"] == "broken \ud800 emoji"


def test_tinydbs_own_tables_work_on_our_storage(library: Library, path: Path) -> None:
    first = next(iter(library.papers))
    with TinyDB(path, storage=AtomicStorage) as database:
        database.table("papers").update({"star": True}, doc_ids=[int(first)])
        database.table("papers").update({"star": False}, doc_ids=[int(first)])
        database.table("shelves").insert({"name": "Kitchen"})
    library.reload()
    assert not library.papers[first].star
    assert json.loads(path.read_text("utf-8"))["shelves"] == {"1": {"name": "Kitchen"}}


words = st.text(st.characters(codec="utf-8") | st.sampled_from('\\"\n\r\u2028{}'), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
tables_of_any_kind = st.dictionaries(
    words, st.dictionaries(st.text(string.digits, min_size=1), values, max_size=4) | values, min_size=1, max_size=4
)


@given(tables_of_any_kind)
def test_any_tables_come_back_from_the_layout(tables: dict[str, Any]) -> None:
    encoder = layout.Encoder()
    text = encoder.encode(tables)
    assert layout.read(InMemory(text), "library.json") == tables
    assert encoder.encode(tables) == text
    assert json.loads(text) == tables


@given(tables_of_any_kind, st.data())
def test_the_encoder_never_writes_an_old_document(tables: dict[str, Any], data: st.DataObject) -> None:
    encoder = layout.Encoder()
    encoder.encode(tables)
    changed = dict(tables)
    name = data.draw(st.sampled_from(sorted(tables)))
    if isinstance(tables[name], dict) and tables[name]:
        gone = data.draw(st.sampled_from(sorted(tables[name])))
        changed[name] = {key: value for key, value in tables[name].items() if key != gone}
        changed[name][gone + "0"] = data.draw(values)
    assert layout.read(InMemory(encoder.encode(changed)), "library.json") == changed


papers = st.builds(
    Paper,
    id=st.just(""),
    title=words,
    authors=st.lists(st.builds(Author, family=words, given=words, literal=words), max_size=3).map(tuple),
    note=words,
    extra=st.dictionaries(words, words, max_size=3).map(lambda pairs: tuple(sorted(pairs.items()))),
    tags=st.lists(words, max_size=3).map(tuple),
    star=st.booleans(),
    authors_complete=st.booleans(),
    status=st.sampled_from(Status),
    deleted=st.sampled_from(["", "2020-01-01T00:00:00Z"]),
    added=st.just("2020-01-01T00:00:00Z"),
    changed=st.just("2020-01-01T00:00:00Z"),
)


@settings(max_examples=examples(40))
@given(st.lists(papers, max_size=4))
def test_any_paper_survives_the_file(tmp_path_factory: pytest.TempPathFactory, some: list[Paper]) -> None:
    path = tmp_path_factory.mktemp("any") / "library.json"
    Library.open(path).add(some)
    library = Library.open(path)
    assert not library.damaged
    back = sorted([*library.papers.values(), *library.trash.values()])
    assert [paper._replace(id="") for paper in back] == some
