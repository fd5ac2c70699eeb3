"""Regular expressions that are compiled when they are first used."""

import re

import pytest

from readlist.lazy_pattern import lazy_pattern


def test_it_does_what_the_pattern_does() -> None:
    lazy, eager = (
        lazy_pattern(r"(?P<word>[a-z]+)(\d)?", re.IGNORECASE),
        re.compile(r"(?P<word>[a-z]+)(\d)?", re.IGNORECASE),
    )
    text = "One two3, FOUR"
    assert [match.groups() for match in lazy.finditer(text)] == [match.groups() for match in eager.finditer(text)]
    for method in ("search", "match", "fullmatch", "findall", "split"):
        assert repr(getattr(lazy, method)(text)) == repr(getattr(eager, method)(text))
    assert lazy.sub("-", text) == eager.sub("-", text)
    assert lazy.subn("-", text, count=1) == eager.subn("-", text, count=1)
    for name in ("pattern", "flags", "groups", "groupindex"):
        assert getattr(lazy, name) == getattr(eager, name)


def test_bytes() -> None:
    found = lazy_pattern(rb"(\d+)").search(b"a12")
    assert found is not None
    assert found[1] == b"12"


def test_it_is_compiled_once_and_not_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    compile_ = re.compile

    def counting(*arguments: object) -> object:
        compiled.append(arguments)
        return compile_(*arguments)  # type: ignore[call-overload]  # as it was called

    monkeypatch.setattr(re, "compile", counting)
    pattern = lazy_pattern("a+")
    assert compiled == []
    assert [bool(pattern.match(text)) for text in ("a", "b")] == [True, False]
    assert pattern.sub("", "aab") == "b"
    assert compiled == [("a+", 0)]


def test_what_is_wrong_is_raised_by_the_first_use() -> None:
    wrong = lazy_pattern("(")
    with pytest.raises(re.error):
        wrong.search("")
