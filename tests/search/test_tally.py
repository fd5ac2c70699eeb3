"""Counts of values: followed change by change they are those that counting anew gives."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from readlist.library.library import Library
from readlist.paper import Author, Paper
from readlist.search.tally import Tally

WAYS = ("tags", "venue", "gone", "new")
FIELDS = ("author", "editor", "tag", "venue", "category", "org", "key", "status", "year")


def said(tally: Tally) -> dict[str, dict[str, int]]:
    return {field: tally.counts(field) for field in FIELDS}


def test_the_most_frequent_comes_first_and_nothing_is_no_value() -> None:
    papers = [Paper(tags=("b",)), Paper(tags=("a", "b")), Paper(authors=(Author("Fort", "S."),), venue="ICML")]
    tally = Tally.of(dict(zip("123", papers, strict=True)))
    assert tally.values("tag") == ["b", "a"]
    assert tally.counts("tag") == {"a": 1, "b": 2}
    assert tally.values("venue") == ["ICML"]
    assert tally.counts("status") == {"unread": 3}
    assert list(tally.values("title")) == []


@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abcde"), st.sampled_from(["tags", "venue", "gone", "new"])))
)
def test_what_is_followed_is_what_counting_anew_gives(steps: list[tuple[int, str, str]]) -> None:

    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "library.json", who="tester")
        library.create([Paper(title=str(number), tags=("a",), published="2023") for number in range(6)])
        tally = Tally.of(library.papers)
        for number, letter, what in steps:
            ids = list(library.papers)
            one = ids[number % len(ids)] if ids else ""
            if what == "new" or not one:
                library.add([Paper(title=letter, authors=(Author(letter),), status="read")])
            elif what == "gone":
                library.delete([one])
            elif what == "tags":
                library.edit([one], tags=(letter, "z"))
            else:
                library.edit([one], venue=letter)
            before = said(tally)
            after = tally.after(library.papers)
            assert after is not None
            assert said(after) == said(Tally.of(library.papers))
            assert said(tally) == before
            tally = after
        library.close()


def test_another_library_is_not_followed(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.json", who="tester")
    library.create([Paper(title="One")])
    tally = Tally.of(library.papers)
    again = Library.open(tmp_path / "library.json", who="tester")
    assert tally.after(again.papers) is None


def test_what_is_not_wanted_any_more_ends() -> None:
    papers = {str(number): Paper(tags=("a",)) for number in range(10)}
    asked = iter([True, True, True, False])
    assert Tally.of(papers, lambda: next(asked)).counts("tag") == {"a": 3}
