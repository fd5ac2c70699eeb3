"""Patterns of citation keys: which are good, and what is said of those that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.key_pattern import DEFAULT, FIELDS, PatternError, check, fields_of


@pytest.mark.parametrize(
    "pattern", [DEFAULT, "{Author}{yy}", "{authors}_{year}:{Words}", "x/{arxiv}", "{title}.{year}"]
)
def test_good_patterns(pattern: str) -> None:
    check(pattern)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("{autor}{year}", "there is no field {autor}; there are {author}"),
        ("{AUTHOR}", "there is no field {AUTHOR}"),
        ("{}", "there is no field {}"),
        ("{author", "a brace is not closed"),
        ("author}{title}", "a brace is not closed, or was never opened"),
        ("{author} {year}", "cannot hold ' '"),
        ("{author},{year}", "cannot hold ','"),
        ("{author}é", "cannot hold 'é'"),
        ("{year}", "tells papers apart"),
        ("", "tells papers apart"),
    ],
)
def test_broken_patterns_are_explained(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError) as raised:
        check(pattern)
    assert reason in str(raised.value)


@given(st.text("{}aut horyeA,_é", max_size=30))
def test_what_is_found_good_can_be_taken_apart(pattern: str) -> None:
    try:
        check(pattern)
    except PatternError:
        return
    pieces = fields_of(pattern)
    assert {field for _, field, _ in pieces if field} <= FIELDS.keys()
    written = "".join(
        before + (f"{{{field[:1].upper() if capital else field[:1]}{field[1:]}}}" if field else "")
        for before, field, capital in pieces
    )
    assert written == pattern
