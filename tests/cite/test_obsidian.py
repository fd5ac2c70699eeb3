"""Notes for Obsidian: names and properties that hold whatever a paper says, and a second time that loses nothing."""

import re
import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.effort import examples

from readlist.cite.csl_items import readable
from readlist.cite.obsidian.merging import NoteError, identifier_in, new_text, updated_text
from readlist.cite.obsidian.names import file_stem, folded, free_stem, obsidian_tag, obsidian_tags
from readlist.cite.obsidian.note import Note, note_of
from readlist.paper import Author, Paper, Status

PAPER = Paper(
    id="6503847283748374",
    key="fort2022what",
    title=r"What does $\alpha$ [say]: 100\% #1?",
    authors=(Author("Fort", "Stanislav"), Author(literal="ATLAS")),
    authors_complete=False,
    published="2022-10-11",
    venue="NeurIPS 2022",
    doi="10.1/x",
    arxiv_id="2210.05546",
    abstract="First.\n\nSecond with <b>markup</b> and %% hidden %% text.",
    note="My *own* thoughts.\n\n- one\n- two",
    status=Status.READING,
    star=True,
    tags=("machine learning", "2024", "a/b"),
    added="2026-11-01T08:00:00Z",
    started="2026-11-02T08:00:00Z",
)
anything = st.text(st.characters(exclude_categories=[]), max_size=40) | st.text(
    alphabet="-:#'\"\\[]{}|>%@`!&*? \n\t<é\u2028\x85\ufeff\x00ab1~", max_size=12
)


def note(**changes: Any) -> Note:
    return note_of(PAPER._replace(**changes))


def properties(text: str) -> dict[str, Any]:
    front = re.match(r"\A---\n(.*?)^---\n", text, re.DOTALL | re.MULTILINE)
    assert front
    read = yaml.safe_load(front[1])
    assert isinstance(read, dict)
    return read


def test_a_note_as_it_is_written() -> None:
    assert re.sub(r"end .*-->", "end … -->", new_text(note())) == (
        "---\n"
        'title: "What does α [say]: 100% #1?"\n'
        'aliases:\n  - "What does α [say]: 100% #1?"\n'
        'authors:\n  - "Stanislav Fort"\n  - "ATLAS"\n  - "et al."\n'
        "year: 2022\n"
        "published: 2022-10-11\n"
        'venue: "NeurIPS 2022"\n'
        'doi: "10.1/x"\n'
        'arxiv: "2210.05546"\n'
        'url: "https://arxiv.org/abs/2210.05546"\n'
        'citekey: "fort2022what"\n'
        'status: "reading"\n'
        "star: true\n"
        'tags:\n  - "machine-learning"\n  - "_2024"\n  - "a/b"\n'
        "added: 2026-11-01\n"
        "started: 2026-11-02\n"
        'readlist-id: "6503847283748374"\n'
        "---\n"
        "<!-- readlist:begin 6503847283748374 -->\n"
        "# What does α \\[say\\]: 100% \\#1?\n\n"
        "## Abstract\n\nFirst.\n\n"
        "Second with \\<b\\>markup\\</b\\> and \\%\\% hidden \\%\\% text.\n\n"
        "## Note\n\nMy *own* thoughts.\n\n- one\n- two\n"
        "<!-- readlist:end … -->\n\n"
    )


@pytest.mark.parametrize(
    ("date", "read"), [("2022-02-31", "2022-02-31"), ("2022-10", "2022-10"), ("0000-01-01", "0000-01-01")]
)
def test_what_is_no_whole_date_is_a_text(date: str, read: str) -> None:
    assert properties(new_text(note(published=date)))["published"] == read


@given(anything, anything, anything, st.lists(anything, max_size=3))
@example("- a: b", "\ud800", "null", ["---", "#"])
@example("\n---\n", "<!-- readlist:end -->", "y", ["1", "É", "é"])
@settings(max_examples=examples(300))
def test_any_text_reads_back_from_the_properties(title: str, name: str, venue: str, tags: list[str]) -> None:
    paper = PAPER._replace(
        title=title, venue=venue, tags=tuple(tags), authors=(Author(literal=name),), note=name, abstract=name, key=name
    )
    text = new_text(note_of(paper))
    read = properties(text)
    assert read.get("title", "") == readable(title)
    assert read.get("venue", "") == readable(venue)
    assert read["authors"] == [readable(name), "et al."]
    assert read["readlist-id"] == PAPER.id
    assert identifier_in(text.encode("utf-8", "replace")) == PAPER.id
    assert updated_text(text, note_of(paper)) == text


@given(anything, anything)
@settings(max_examples=examples(200))
def test_whatever_changes_what_stands_below_stays(title: str, below: str) -> None:
    below = below.replace("\r", "")
    old = new_text(note(note=title)) + below
    text = updated_text(old, note(title=title, abstract=below, status=Status.READ, note=below))
    assert text.endswith("-->\n\n" + below)
    assert properties(text)["status"] == "read"
    assert updated_text(text, note(title=title, abstract=below, status=Status.READ, note=below)) == text


def test_what_readlist_has_written_is_brought_up_to_date() -> None:
    text = updated_text(
        new_text(note()), note(status=Status.READ, note="Another.", doi="", tags=(), finished="2026-12-01")
    )
    read = properties(text)
    assert read["status"] == "read"
    assert "doi" not in read
    assert "tags" not in read
    assert str(read["finished"]) == "2026-12-01"
    assert "Another." in text
    assert "My *own* thoughts." not in text
    assert text.count("readlist:begin") == 1


def test_what_the_user_has_changed_or_added_stays() -> None:
    old = new_text(note())
    old = old.replace('status: "reading"', "status: skimmed").replace("star: true\n", "star: true\nrating: 5 # mine\n")
    old = old.replace("First.", "First, says who?") + "Below [[link]].\n"
    text = updated_text(old, note(status=Status.READ, note="Another.", star=False))
    assert "status: skimmed\n" in text
    assert "rating: 5 # mine\n" in text
    assert "star: false\n" in text
    assert "First, says who?" in text
    assert "Another." not in text
    assert text.endswith("Below [[link]].\n")
    assert updated_text(text, note(status=Status.UNREAD)).count("status: skimmed") == 1


def test_properties_written_anew_by_obsidian_count_as_unchanged() -> None:
    old = new_text(note())
    own = old.replace('"machine-learning"', "machine-learning").replace('status: "reading"', "status: reading")
    own = own.replace('  - "a/b"', "  - a/b").replace('venue: "NeurIPS 2022"', "venue: 'NeurIPS 2022'")
    read = properties(updated_text(own, note(status=Status.READ, tags=("new",), venue="ICML")))
    assert (read["status"], read["tags"], read["venue"]) == ("read", ["new"], "ICML")


def test_a_deleted_property_or_part_is_written_anew() -> None:
    old = new_text(note()) + "Mine.\n"
    assert updated_text(old.replace("star: true\n", ""), note()).count("star: true\n") == 1
    bare = re.sub(r"<!-- readlist:begin.*readlist:end[^\n]*\n", "", old, flags=re.DOTALL)
    assert "Abstract" not in bare
    text = updated_text(bare, note())
    assert "## Abstract" in text
    assert text.endswith("-->\n\nMine.\n")


def test_a_note_known_by_its_part_alone_gets_its_properties() -> None:
    old = new_text(note())
    text = updated_text("Above.\n" + old[old.index("<!-- readlist:begin") :], note())
    assert properties(text)["citekey"] == "fort2022what"
    assert "\nAbove.\n<!-- readlist:begin" in text


def test_line_ends_and_byte_order_mark_stay() -> None:
    old = "\ufeff" + (new_text(note()) + "Mine.\n").replace("\n", "\r\n")
    text = updated_text(old, note(status=Status.READ))
    assert text.startswith("\ufeff---\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert 'status: "read"' in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("<!-- readlist:end", "<!-- end"), "is missing"),
        (("year: 2022\n", "year: [2022\n"), "cannot be read"),
        (("year: 2022\n", "year: 2022\nyear: 2023\n"), "cannot change"),
        (("year: 2022\n", "? year\n: 2022\n"), "cannot change"),
        (("begin 6503847283748374", "begin 1111111111111111"), "another paper"),
    ],
)
def test_what_cannot_be_understood_is_left_alone(change: tuple[str, str], said: str) -> None:
    with pytest.raises(NoteError, match=said):
        updated_text(new_text(note()).replace(*change), note(status=Status.READ))


@given(st.text(max_size=300))
@example("CON")
@example("con.x")
@example("..")
@example("DBLP:conf/nips/Fort22")
def test_names_are_safe_everywhere(key: str) -> None:
    stem = file_stem(key)
    assert not set(stem) & set('[]#^|\\/:*?"<>')
    assert "Cc" not in map(unicodedata.category, stem)
    assert stem == stem.strip(" .-")
    assert 0 < len(stem.encode()) <= 120
    assert not re.fullmatch(r"(con|prn|aux|nul|(com|lpt)\d)(\..*)?", stem, re.IGNORECASE)
    assert file_stem(key) == stem


def test_long_keys_with_the_same_beginning_get_different_names() -> None:
    assert file_stem("k" * 200 + "a") != file_stem("k" * 200 + "b")


def test_a_taken_name_is_told_apart_by_the_paper() -> None:
    taken = {folded("A-b")}
    assert free_stem("a:b", "1", set()) == "a-b"
    assert free_stem("a:b", "1", taken) == free_stem("a:b", "1", taken) != free_stem("a:b", "2", taken)
    assert folded("E\u0301t") == folded("ét")


@pytest.mark.parametrize(
    ("tag", "valid"),
    [
        ("machine learning", "machine-learning"),
        ("#2024", "_2024"),
        ("c++", "c"),
        ("a//b/", "a/b"),
        ("深度", "深度"),
        ("!", ""),
    ],
)
def test_tags_that_obsidian_takes(tag: str, valid: str) -> None:
    assert obsidian_tag(tag) == valid


def test_tags_are_the_same_in_any_case() -> None:
    assert obsidian_tags(("OOD", "ood", "x", "!")) == ["OOD", "x"]
