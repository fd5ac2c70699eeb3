"""Finding words whatever their case and accents, and where they stand in the text as shown."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.search.fold import find_words, fold


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("jastrzebski", "Jastrzębski"),
        ("tramer", "Florian Tramèr"),
        ("kaiser", "Łukasz Kaiser"),
        ("evzen", "Evžen Wybitul"),
        ("strasse", "STRASSE"),
        ("strasse", "Straße"),
        ("oersted", "Œrsted"),
    ],
)
def test_a_name_is_found_as_it_is_typed_on_a_plain_keyboard(typed: str, printed: str) -> None:
    assert typed in fold(printed)


def test_finds_are_positions_in_the_text_as_it_is_shown() -> None:
    text = "Straße nach Tramèr"
    assert [text[start:end] for start, end in find_words(text, ("strasse", "tramer"))] == ["Straße", "Tramèr"]


def test_overlapping_finds_are_joined() -> None:
    assert find_words("overlapping", ("over", "verlap")) == [(0, 7)]


@given(st.text(), st.lists(st.text(min_size=1, max_size=4), max_size=4))
def test_finds_lie_in_the_text_in_order_and_apart(text: str, words: list[str]) -> None:
    spans = find_words(text, tuple(word for word in map(fold, words) if word))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first.end < second.start for first, second in pairwise(spans))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_any_character_twice_changes_nothing() -> None:
    assert [char for char in map(chr, range(0x30000)) if fold(fold(char)) != fold(char)] == []
