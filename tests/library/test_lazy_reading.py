"""What is decoded when it is looked at is what decoding all of it would have given, whatever the file holds."""

import json
import os
import string
import tracemalloc
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from readlist.library import content, content_on_disk, layout
from readlist.library import papers as papers_module
from readlist.library.content import Content, Digest, InMemory, content_of
from readlist.library.content_on_disk import OnDisk
from readlist.library.documents import Documents
from readlist.library.errors import DamagedError, LibraryError
from readlist.library.layers import Layers, layers_of
from readlist.library.layout import Encoder
from readlist.library.library import Library
from readlist.library.papers import Papers, Survey
from readlist.library.snapshot import snapshot_of
from readlist.library.storage import AtomicStorage
from readlist.paper import Author, Paper, Status
from readlist.record import record_to_paper

Open = Callable[..., Library]
MakePapers = Callable[[int], list[Paper]]

many_files = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is a large one, and read in small pieces."""
    monkeypatch.setattr(content, "LARGE", 0)
    monkeypatch.setattr(content_on_disk, "_LINE", 16)


def kept_on_disk(data: bytes) -> Content:
    descriptor = os.open(os.environ["HOME"], os.O_TMPFILE | os.O_RDWR)
    os.write(descriptor, data)
    return OnDisk(descriptor, len(data))


KINDS: tuple[Callable[[bytes], Content], ...] = (InMemory, kept_on_disk) if hasattr(os, "O_TMPFILE") else (InMemory,)

# Files, sound and not

words = st.text(st.characters(codec="utf-8") | st.sampled_from('\\"\n\r\u2028{}, é\ud800'), max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)
papers = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "deleted": st.sampled_from(["", "2026-11-23T12:00:00Z"]),
        "status": st.sampled_from(["read", "unread"]),
        "tags": st.lists(words, max_size=2),
        "note": st.just('a note with "deleted": "x" in it'),
        "star": st.booleans(),
        "unknown": values,
    },
)
ids = st.text(string.digits, min_size=1, max_size=2) | st.sampled_from(["x", "", "é", 'q"', "\\"])


def text_of(key: str, value: Any, *, spaced: bool = False, escaped: bool = False) -> str:
    name = f'"\\u{ord(key[0]):04x}{key[1:]}"' if escaped and key.isalnum() else json.dumps(key, ensure_ascii=False)
    separators = (" , ", ":") if spaced else None
    document = json.dumps(value, ensure_ascii=escaped, sort_keys=not spaced, separators=separators)
    if "\ud800" in document:
        document = json.dumps(value, sort_keys=not spaced, separators=separators)
    return f"{name}: {document}"


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Library files as other hands may have left them: oddly ordered and spaced, with twins, cut off, mixed up."""
    tables = []
    for name in draw(st.lists(st.sampled_from(["papers", "history", "meta", "other"]), max_size=3)):
        entries = draw(st.lists(st.tuples(ids, papers | values), max_size=5))
        if draw(st.integers(0, 3)):
            entries = list(dict(entries).items())
        odd = st.integers(0, 9).map(lambda number: number == 0)
        lines = [text_of(key, value, spaced=draw(odd), escaped=draw(odd)) for key, value in entries]
        if draw(odd) and lines:
            lines[-1] = lines[-1].replace('{"', '{"star": true, "star": false, "', 1)
        tables.append(f'"{name}": {{\n' + ",\n".join(lines) + ("\n}" if lines else "}"))
    data = ("{\n" + ",\n".join(tables) + "\n}\n").encode()
    return spoilt(draw, data, draw(st.integers(0, 13)))


def spoilt(draw: st.DrawFn, data: bytes, kind: int) -> bytes:
    if kind == 0:
        data = data.replace(b"\n", b"\r\n")
    elif kind == 1:
        data = b"\xef\xbb\xbf" + data
    elif kind == 2:
        data = data[:-1]
    elif kind == 3:
        data = data[: draw(st.integers(0, len(data)))]
    elif kind == 4:
        at = draw(st.integers(0, len(data) - 1))
        data = data[:at] + draw(st.binary(max_size=2)) + data[at + 1 :]
    elif kind == 5:
        data = data.replace(b"\n}", b",\n}", 1)
    elif kind == 6:
        data += draw(st.sampled_from([b"\n", b"}\n", b" ", b"x"]))
    return data


def exactly(tables: Mapping[str, Any]) -> str:
    """Told apart as Python does not: True from 1."""
    return json.dumps(tables, sort_keys=True)


def outcome(read: Callable[[], Mapping[str, Any]]) -> str:
    try:
        return exactly(read())
    except DamagedError as error:
        return f"error: {error}"


@many_files
@given(files())
@example(b'{\n"papers": {\n"1": {},\n}\n}\n')
@example(b'{\n"papers": {\n"1": {}\n}\n}\n}\n')
@example(b'{\n"papers": {\n"1": {}\n},\n}\n')
def test_reading_line_by_line_is_reading_the_whole(data: bytes) -> None:
    whole = outcome(lambda: layout._read_whole(data, "library.json"))
    for kind in KINDS:
        assert outcome(lambda kind=kind: layout.plain(layout.read(kind(data), "library.json"))) == whole  # type: ignore[misc]


@many_files
@given(files(), st.dictionaries(ids, st.none() | papers | values, max_size=3))
@example(b'{\n"papers": {\n"1": 5,\n"2": 5\n}\n}\n', {"1": {"title": "mended"}})
def test_what_is_shown_of_documents_on_lines_is_what_is_shown_of_decoded_ones(
    data: bytes, changes: dict[str, Any]
) -> None:
    try:
        tables = layout.read(InMemory(data), "library.json")
    except DamagedError:
        return
    if not all(isinstance(tables.get(name, {}), Mapping) for name in ("papers", "history")):
        return
    lazy, full = snapshot_of(tables), snapshot_of(layout.plain(tables))
    assert (list(lazy.papers.items()), list(lazy.trash.items())) == (
        list(full.papers.items()),
        list(full.trash.items()),
    )
    assert [lazy.papers[key] for key in lazy.papers] == list(lazy.papers.values())
    assert len(lazy.papers) == len(list(lazy.papers))
    assert lazy.damaged == full.damaged
    mixed = snapshot_of({**tables, "papers": layers_of(tables.get("papers", {})).with_changes(changes)})
    entries = {**layout.plain(tables).get("papers", {}), **changes}
    gone = {key for key, document in changes.items() if document is None}
    alone = snapshot_of({**tables, "papers": {key: entries[key] for key in entries if key not in gone}})
    assert list(mixed.papers.items()) == list(alone.papers.items())
    assert list(mixed.trash.items()) == list(alone.trash.items())
    assert mixed.damaged == alone.damaged
    verified = layout.read(InMemory(data), "library.json", is_verified=True)
    trusted = snapshot_of(verified)
    assert exactly(layout.plain(verified)) == exactly(layout.plain(tables))
    assert dict(trusted.trash) == dict(full.trash)
    assert {key: trusted.papers[key] for key in full.papers} == dict(full.papers)
    if not any(flaw.startswith("paper ") for flaw in full.damaged):
        assert dict(trusted.papers) == dict(full.papers)


@many_files
@given(st.dictionaries(ids.filter(lambda key: "\\" not in key and '"' not in key), papers, max_size=8), st.data())
def test_what_is_unchanged_is_copied_as_it_stands(documents: dict[str, Any], data: st.DataObject) -> None:
    order = data.draw(st.permutations(sorted(documents)) | st.just(sorted(documents)))
    lines = {key: text_of(key, documents[key], spaced=data.draw(st.booleans())).encode() for key in order}
    file = b'{\n"papers": {\n' + b",\n".join(lines.values()) + (b"\n}\n}\n" if lines else b"}\n}\n")
    table = layout.read(data.draw(st.sampled_from(KINDS))(file), "library.json")["papers"]
    assert isinstance(table, Documents)
    changes = data.draw(st.dictionaries(ids, st.none() | papers, max_size=5))
    changed = Layers(table).with_changes(changes)
    expected = dict(lines)
    for key, document in changes.items():
        expected.pop(key, None)
        if document is not None:
            expected[key] = text_of(key, document).encode()
    encoder = Encoder()
    written = encoder.encode({"papers": changed})
    assert written.split(b"\n")[2:-3] == [
        expected[key] + (b"," if last else b"")
        for last, key in zip(range(len(expected) - 1, -1, -1), sorted(expected), strict=True)
    ]
    assert encoder.encode({"papers": changed}) == written
    assert encoder.sizes("papers", changed) == [len(expected[key]) + 2 for key in sorted(expected)]
    if list(lines) == sorted(lines):
        assert Encoder().encode({"papers": table}) == file


# Libraries


@pytest.mark.usefixtures("on_disk")
def test_a_fold_copies_what_other_hands_have_written(open_library: Open, path: Path, some_papers: MakePapers) -> None:
    library = open_library()
    library.create(some_papers(4))
    first, second, *_ = library.papers
    library.close()
    odd = path.read_bytes().replace(b'"category": "cs.LG"', b'"category" :  "cs.LG", "mine": 1.10')
    path.write_bytes(odd)
    library = open_library()
    library.edit([second], star=True)
    library.settle()
    before, after = odd.split(b"\n"), path.read_bytes().split(b"\n")
    changed = [new for new in after if new.startswith(f'"{second}"'.encode())]
    assert [line for line in before if line.startswith(f'"{second}"'.encode())] != changed
    for identifier in library.papers:
        if identifier != second:
            line = next(line for line in before if line.startswith(f'"{identifier}"'.encode()))
            assert line in after
    assert b'"mine": 1.10' in path.read_bytes()
    assert open_library().papers[first] == library.papers[first]


@pytest.mark.usefixtures("on_disk")
@pytest.mark.parametrize("content_then", [b"", b"{", b'{"a": {}}', b"\0" * 50_000, None])
def test_a_file_overwritten_in_place_takes_nothing_from_who_has_it_open(
    open_library: Open, path: Path, some_papers: MakePapers, content_then: bytes | None
) -> None:
    open_library().create(some_papers(40))
    library = open_library()
    first, *rest = library.papers
    library.edit([first], note="confirmed")
    whole = path.read_bytes()
    expected = {**{key: open_library().papers[key] for key in rest}, first: library.papers[first]}
    if content_then is None:
        content_then = whole[:-20].replace(b"reading lists", b"READING LISTS")
    with path.open("r+b") as file:  # the same inode, as stock TinyDB does it
        file.write(content_then)
        file.truncate()
    assert dict(library.papers) == expected
    with pytest.raises(LibraryError):
        library.edit([first], star=True)
    assert {key: library.papers[key] for key in library.papers} == expected
    with path.open("r+b") as file:
        file.write(whole)
        file.truncate()
    library.edit([rest[0]], star=True)
    library.settle()
    again = open_library().papers
    assert dict(again) == {**expected, rest[0]: library.papers[rest[0]]}


@pytest.mark.usefixtures("on_disk")
def test_what_stock_tinydb_writes_in_place_appears_beside_what_was_confirmed(
    open_library: Open, path: Path, some_papers: MakePapers
) -> None:
    open_library().create(some_papers(30))
    library = open_library()
    first, second, *_ = library.papers
    library.edit([first], note="confirmed")
    with TinyDB(path) as database:
        database.table("papers").update({"star": True}, doc_ids=[int(second)])
    library.edit([first], star=True)
    library.settle()
    now = open_library().papers
    assert (now[first].note, now[first].star, now[second].star) == ("confirmed", True, True)
    assert len(now) == 30


def counting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    looked_at: list[str] = []
    note = Survey.note

    def counted(self: Survey, identifier: str, document: Any) -> None:
        looked_at.append(identifier)
        note(self, identifier, document)

    monkeypatch.setattr(Survey, "note", counted)
    return looked_at


def test_a_content_that_was_sound_is_not_decoded_again(
    open_library: Open, path: Path, some_papers: MakePapers, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    library.create(some_papers(5))
    _, second, third, *_ = library.papers
    library.delete([second])
    library.settle()
    digest = library.digest
    assert digest == str_digest(path)
    looked_at = counting(monkeypatch)
    again = Library.open(path, verified=digest)
    assert looked_at == [second]  # a paper in the trash is looked at, to be sure
    assert (dict(again.papers), dict(again.trash)) == (dict(library.papers), dict(library.trash))
    assert again.digest == digest
    again.edit([third], star=True)
    again.settle()
    assert again.digest == str_digest(path) != digest
    os.utime(path, ns=(1, 1))
    looked_at.clear()
    assert again.reload()
    assert looked_at == [second]
    assert Library.open(path, verified=digest).digest == again.digest
    assert len(looked_at) == 6


def str_digest(path: Path) -> str:
    digest = Digest()
    digest.add(path.read_bytes())
    return str(digest)


def test_where_something_is_wrong_it_is_said_each_time(open_library: Open, path: Path, some_papers: MakePapers) -> None:
    open_library().create(some_papers(3))
    path.write_bytes(path.read_bytes().replace(b'"category": "cs.LG"', b'"category": 5', 1))
    library = open_library()
    assert (len(library.damaged), library.digest) == (1, "")
    library.edit([next(iter(library.papers))], star=True)
    library.settle()
    assert (len(library.damaged), library.digest) == (1, "")


@pytest.mark.parametrize(
    ("sound", "damaged"),
    [
        (b'"category": "cs.LG"', b'"category": 5'),
        (b'"category": "cs.LG"', b'"category": cs.LG'),
        (b"\xc3\xaf", b"\xff"),
    ],
)
def test_a_wrong_word_that_all_was_well_harms_nothing(
    open_library: Open, path: Path, some_papers: MakePapers, sound: bytes, damaged: bytes
) -> None:
    open_library().create(some_papers(3))
    path.write_bytes(path.read_bytes().replace(sound, damaged, 1))
    before = path.read_bytes()
    library = Library.open(path, verified=str_digest(path))
    first, second, _ = library.papers
    assert (library.papers[first].id, library.papers[first].title) == (first, "(damaged record)")
    assert "category" in library.papers[first].review_reason or "JSON" in library.papers[first].review_reason
    assert next(paper.title for paper in library.papers.values()) == "(damaged record)"
    acts: tuple[Callable[[], object], ...] = (
        lambda: library.edit([first], star=True),
        lambda: library.write_note(first, "x", seen=""),
        lambda: library.delete([first]),
        lambda: library.merge(second, [first]),
        lambda: library.assign_keys({first: "key"}),
    )
    for act in acts:
        with pytest.raises(LibraryError):
            act()
    assert path.read_bytes() == before
    library.edit([second], star=True)
    library.settle()
    line = next(line for line in before.split(b"\n") if line.startswith(f'"{first}"'.encode()))
    assert line in path.read_bytes().split(b"\n")
    assert library.papers[second].star


def test_the_same_paper_is_the_same_object(open_library: Open, some_papers: MakePapers) -> None:
    open_library().create(some_papers(50))
    library = open_library()
    papers = list(library.papers.values())
    library.edit([papers[7].id], star=True)
    again = list(library.papers.values())
    assert [new is old for new, old in zip(again, papers, strict=True)] == [place != 7 for place in range(50)]


def test_of_many_papers_those_asked_for_last_are_kept() -> None:
    documents = {f"{number:05}": {"title": str(number)} for number in range(10_000)}
    papers = Papers(documents, documents, {})
    kept = {key: papers[key] for key in islice(papers, 2_000)}
    assert sum(1 for _ in papers.values()) == 10_000  # which does not push them out
    assert all(papers[key] is paper for key, paper in kept.items())
    for key in papers:
        assert papers[key].id == key
    assert papers["00000"] is not kept["00000"]
    assert len(papers._recent._young) + len(papers._recent._old) <= 4_096


def test_going_through_decodes_no_more_than_it_yields(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b",\n".join(f'"{number}": {{"title": "x"}}'.encode() for number in range(10_000, 20_000))
    table = layout.read(InMemory(b'{\n"papers": {\n' + lines + b"\n}\n}\n"), "library.json")
    decoded: list[str] = []
    peek = Documents.peek

    def counted(self: Documents, key: str) -> Any:
        decoded.append(key)
        return peek(self, key)

    monkeypatch.setattr(Documents, "peek", counted)
    changes = {"10001": Paper(id="10001"), "10000x": Paper(), "10002": None}
    papers = snapshot_of(table).papers.with_changes(changes)
    assert [key for key, _ in islice(papers.items(), 4)] == ["10000", "10000x", "10001", "10003"]
    assert len(list(islice(papers.values(), 4))) == 4
    assert list(islice(papers, 5_000))[-1] == "14999"
    assert len(papers) == 10_000
    assert "19999" in papers
    assert decoded == ["10000", "10003"] * 2


# The copy on the disk


@pytest.mark.usefixtures("on_disk")
def test_the_copy_has_no_name_and_goes_with_its_library(
    open_library: Open, some_papers: MakePapers, home: Path
) -> None:
    descriptors = Path("/proc/self/fd")

    def copies() -> list[str]:
        found = (os.path.realpath(entry) for entry in descriptors.iterdir()) if descriptors.exists() else ()
        return [link for link in found if link.startswith(f"{home}/") and "deleted" in link]

    open_library().create(some_papers(3))
    library = open_library()
    assert isinstance(library._on_disk.documents.below, Documents)
    assert isinstance(library._on_disk.documents.below.content, OnDisk)
    assert not [file for file in (home / ".cache").rglob("*") if file.is_file()]
    assert len(copies()) == descriptors.exists()
    library.close()
    assert len(library.papers) == 3  # what is shown can still be looked at
    assert [paper.category for paper in library.papers.values()] == ["cs.LG"] * 3
    del library
    assert copies() == []


@pytest.mark.usefixtures("on_disk")
@pytest.mark.parametrize("trouble", ["no folder", "little room", "full"])
def test_where_there_can_be_no_copy_memory_will_do(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    if trouble == "no folder":
        (home / ".cache").write_text("a file")
    elif trouble == "little room":
        monkeypatch.setattr(content_on_disk, "_ROOM", 2**60)
    else:

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("readlist.library.atomic.write_all", full)
    file = tmp_path / "file"
    file.write_bytes(b"content\n" * 1_000)
    with file.open("rb", buffering=0) as opened:
        found, digest = content_of(opened)
    assert isinstance(found, InMemory)
    assert found.read(0, found.size) == file.read_bytes()
    assert digest == str_digest(file)


def test_a_copy_that_has_become_short_is_an_error_and_no_end() -> None:
    kept = kept_on_disk(b"one\ntwo\n") if len(KINDS) > 1 else pytest.skip("needs files without a name")
    assert isinstance(kept, OnDisk)
    os.ftruncate(kept._descriptor, 5)
    assert kept.line(0) == b"one"
    reads: tuple[Callable[[], bytes], ...] = (
        lambda: kept.line(4),
        lambda: kept.read(0, 8),
        lambda: b"".join(kept.pieces(0, 8)),
    )
    for read in reads:
        with pytest.raises(OSError, match="nput/output"):
            read()


def test_a_large_library_is_opened_changed_and_folded_in_little_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "LARGE", 2**20)
    papers = [Paper(title=f"Part {number}", abstract="word " * 1_000) for number in range(3_000)]
    Library.open(path, who="ada").create(papers)
    del papers
    size = path.stat().st_size
    assert size > 15_000_000
    tracemalloc.start()
    try:
        library = Library.open(path, who="ada")
        library.edit([next(iter(library.papers))], status=Status.READ)
        library.settle()
        library.edit([next(iter(library.papers))], star=True)
        library.settle()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < size / 3
    again = AtomicStorage(path).read()
    assert again is not None
    assert len(again["papers"]) == 3_000
    assert library.papers[next(iter(library.papers))].authors == (Author(),)[:0]


def test_no_paper_of_a_small_library_is_made_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library.open(tmp_path / "library.json", who="tester")
    library.create([Paper(title=str(number)) for number in range(5)])
    library.delete(list(library.papers)[:1])
    library.close()
    made: list[str] = []

    def counted(identifier: str, document: Any) -> Paper:
        made.append(identifier)
        return record_to_paper(identifier, document)

    monkeypatch.setattr(papers_module, "record_to_paper", counted)
    again = Library.open(tmp_path / "library.json", who="tester")
    assert len([*again.papers.values(), *again.trash.values()]) == 5
    assert sorted(made) == sorted([*again.papers, *again.trash])
    assert again.papers[next(iter(again.papers))] is next(iter(again.papers.values()))
