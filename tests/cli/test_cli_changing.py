"""``readlist mark``, ``note``, ``tag``, ``undo`` and ``redo``: each call a process of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

Run = Any
Refused = Any

pytestmark = pytest.mark.usefixtures("filled")


def paper(readlist: Run, query: str) -> dict[str, Any]:
    """The one paper that ``query`` finds."""
    (found,) = json.loads(readlist("list", "--json", query).stdout)
    assert isinstance(found, dict)
    return found


def test_mark_sets_the_status_and_the_times(readlist: Run) -> None:
    done = readlist("mark", "reading", "omniglot")
    assert done.returncode == 0
    assert done.stdout == "Marked “Gaussian Prototypical Networks for…” reading\n"
    readlist("mark", "read", "omniglot")
    marked = paper(readlist, "omniglot")
    assert marked["status"] == "read"
    assert marked["started"] <= marked["finished"]


def test_mark_stars_and_unstars(readlist: Run) -> None:
    readlist("mark", "star", "omniglot")
    assert paper(readlist, "omniglot")["star"] is True
    readlist("mark", "unstar", "omniglot")
    assert paper(readlist, "omniglot")["star"] is False


def test_marking_again_changes_nothing_and_says_so(readlist: Run, filled: Path) -> None:
    readlist("mark", "read", "omniglot")
    before = filled.read_bytes()
    done = readlist("mark", "read", "omniglot")
    assert done.returncode == 0
    assert "Nothing to change" in done.stdout
    assert filled.read_bytes() == before


def test_several_matches_are_named_and_nothing_is_marked(readlist: Run, refused: Refused, filled: Path) -> None:
    before = filled.read_bytes()
    refused(readlist("mark", "read", "fort"), 2, "'fort' matches 32 papers", "Solving adversarial", "--all")
    refused(readlist("note", "fort", "text"), 2, "matches 32 papers", "Solving adversarial")
    refused(readlist("tag", "geometry", "fort"), 2, "matches 32 papers", "--all")
    assert filled.read_bytes() == before


def test_all_marks_them_all_in_one_step(readlist: Run) -> None:
    assert readlist("mark", "read", "fort", "--all").stdout == "Marked 32 papers read\n"
    assert len(readlist("list", "--show", "read").stdout.splitlines()) == 32
    readlist("undo")
    assert readlist("list", "--show", "read").returncode == 1


def test_the_one_paper_with_the_words_in_its_title_is_meant(readlist: Run) -> None:
    assert len(readlist("list", "goldilocks").stdout.splitlines()) == 2
    assert "The Goldilocks zone" in readlist("mark", "read", "goldilocks").stdout


def test_a_note_is_written_printed_replaced_and_added_to(readlist: Run, refused: Refused) -> None:
    refused(readlist("note", "omniglot"), 1, "has no note", "- takes it from standard input")
    assert readlist("note", "omniglot", "First.").returncode == 0
    assert readlist("note", "omniglot").stdout == "First.\n"
    readlist("note", "--append", "omniglot", "Second, *with* Ünïcode — 数.")
    assert readlist("note", "omniglot").stdout == "First.\n\nSecond, *with* Ünïcode — 数.\n"
    refused(readlist("note", "omniglot", "Third."), 2, "has a note already", "--append", "--replace")
    assert readlist("note", "omniglot").stdout.startswith("First.")
    readlist("note", "omniglot", "Third.", "--replace")
    assert readlist("note", "omniglot").stdout == "Third.\n"


def test_append_may_stand_between_query_and_text(readlist: Run) -> None:
    readlist("note", "omniglot", "First.")
    done = readlist("note", "omniglot", "--append", "Second.")
    assert (done.returncode, done.stderr) == (0, "")
    assert readlist("note", "omniglot").stdout == "First.\n\nSecond.\n"


def test_a_note_comes_from_standard_input(readlist: Run) -> None:
    assert readlist("note", "omniglot", "-", stdin="# Head\n\n- one\n- two\n").returncode == 0
    assert readlist("note", "omniglot").stdout == "# Head\n\n- one\n- two\n"


def test_an_empty_text_removes_the_note_and_undo_brings_it_back(readlist: Run, refused: Refused) -> None:
    readlist("note", "omniglot", "precious")
    assert readlist("note", "--replace", "omniglot", "").returncode == 0
    refused(readlist("note", "omniglot"), 1, "has no note")
    readlist("undo")
    assert readlist("note", "omniglot").stdout == "precious\n"


def test_a_second_word_of_the_query_does_not_replace_a_note(readlist: Run, refused: Refused) -> None:
    readlist("note", "omniglot", "precious")
    refused(readlist("note", "omniglot", "prototypical"), 2, "has a note already")
    refused(readlist("note", "omniglot", "--append"), 2, "--append needs a TEXT")
    refused(readlist("note", "omniglot", "--replace"), 2, "--replace needs a TEXT")
    refused(readlist("note", "omniglot", "-", "--replace"), 2, "standard input is empty; the note stays")
    assert readlist("note", "omniglot").stdout == "precious\n"


def test_tags_hold_no_number_signs_and_are_never_empty(readlist: Run, refused: Refused) -> None:
    refused(readlist("tag", "#", "omniglot"), 2, "no tag")
    readlist("tag", "##a,a # b", "omniglot")
    assert paper(readlist, "omniglot")["tags"] == ["a", "b"]


def test_tags_are_given_and_taken(readlist: Run, refused: Refused) -> None:
    readlist("tag", "#few-shot,omni", "omniglot")
    assert paper(readlist, "omniglot")["tags"] == ["few-shot", "omni"]
    readlist("tag", "omni", "omniglot", "--remove")
    assert paper(readlist, "omniglot")["tags"] == ["few-shot"]
    assert "Nothing to change" in readlist("tag", "--remove", "omni", "omniglot").stdout
    refused(readlist("tag", ",", "omniglot"), 2, "no tag")


def test_undo_and_redo_go_over_processes(readlist: Run, refused: Refused, filled: Path) -> None:
    states = [json.loads(readlist("list", "--json").stdout)]
    for change in (["mark", "read", "omniglot"], ["note", "omniglot", "n"], ["tag", "t", "fort", "--all"]):
        readlist(*change)
        states.append(json.loads(readlist("list", "--json").stdout))
    for state in reversed(states[:-1]):
        assert readlist("undo").stdout.startswith("Undid: ")
        assert json.loads(readlist("list", "--json").stdout) == state
    refused(readlist("undo"), 1, "nothing to undo")
    for state in states[1:]:
        assert readlist("redo").stdout.startswith("Redid: ")
        assert json.loads(readlist("list", "--json").stdout) == state
    refused(readlist("redo"), 1, "nothing to redo")
    assert filled.exists()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["mark", "eaten", "omniglot"], ["eaten"]),
        (["mark", "read"], ["QUERY"]),
        (["note"], ["QUERY"]),
        (["tag", "t"], ["QUERY"]),
        (["undo", "2"], ["2"]),
    ],
)
def test_wrong_use_is_explained(readlist: Run, refused: Refused, call: list[str], words: list[str]) -> None:
    refused(readlist(*call), 2, *words)


@pytest.mark.parametrize("call", [["mark", "read", "xyzzy"], ["note", "xyzzy", "t"], ["tag", "t", "xyzzy"]])
def test_finding_nothing_changes_nothing(readlist: Run, refused: Refused, filled: Path, call: list[str]) -> None:
    before = filled.read_bytes()
    refused(readlist(*call), 1, "xyzzy")
    assert filled.read_bytes() == before


def test_a_library_that_cannot_be_written_is_named(readlist: Run, refused: Refused, filled: Path) -> None:
    filled.chmod(0o444)
    refused(readlist("mark", "read", "omniglot"), 2, str(filled), "read-only")
