"""A mapping of layers is what a plain dictionary would be, whatever is done to it and by whom."""

import threading
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from support.effort import examples

from readlist.library import layers
from readlist.library.layers import Layers, layers_of

keys = st.text("abc", min_size=1, max_size=2)
entries = st.dictionaries(keys, st.integers(), max_size=12)
changes = st.dictionaries(keys, st.none() | st.integers(), max_size=4)


@pytest.fixture(autouse=True)
def thin(monkeypatch: pytest.MonkeyPatch) -> None:
    """The upper layer is full after few changes, so that it is laid down as well in small examples."""
    monkeypatch.setattr(layers, "_THIN", 3)


def after(before: dict[str, int], some: dict[str, int | None]) -> dict[str, int]:
    merged = {**before, **some}
    return {key: value for key in sorted(merged) if (value := merged[key]) is not None}


def check(mapping: Layers[int], model: dict[str, int], *, through: bool) -> None:
    assert len(mapping) == len(model)
    assert [mapping.get(key) for key in ("a", "b", "ab", "ca")] == [model.get(key) for key in ("a", "b", "ab", "ca")]
    assert all((key in mapping) == (key in model) for key in ("a", "b", "c", "aa", "bc"))
    if through:
        assert list(mapping) == list(model)
        assert list(mapping.keys()) == list(model.keys())
        assert list(mapping.values()) == list(model.values())
        assert list(mapping.items()) == list(model.items())
        assert mapping == model
        assert repr(mapping) == f"Layers({model!r})"


@settings(deadline=None)
@given(entries, st.lists(st.tuples(changes, st.booleans()), max_size=12))
def test_layers_are_what_a_sorted_dictionary_would_be(
    begin: dict[str, int], steps: list[tuple[dict[str, int | None], bool]]
) -> None:
    model = dict(sorted(begin.items()))
    mapping = layers_of(begin)
    check(mapping, model, through=True)
    for some, through in steps:
        mapping, model = mapping.with_changes(some), after(model, some)
        check(mapping, model, through=through)
    check(mapping, model, through=True)


@settings(deadline=None)
@given(entries, st.lists(changes, max_size=12))
def test_what_may_have_changed_between_two_copies_is_known(
    begin: dict[str, int], steps: list[dict[str, int | None]]
) -> None:
    mapping, model = layers_of(begin), dict(sorted(begin.items()))
    copies = [(mapping, model)]
    for some in steps:
        mapping, model = mapping.with_changes(some), after(model, some)
        copies.append((mapping, model))
    for place, (older, before) in enumerate(copies):
        touched = {key for some in steps[place:] for key in some}
        differing = {key for key in touched if before.get(key) != model.get(key)}
        for found in (mapping.changes_since(older), older.changes_since(mapping)):
            assert found is not None
            assert differing <= found <= touched
    assert mapping.changes_since(mapping) == set()
    assert layers_of(dict(model)).changes_since(mapping) is None


def test_what_has_changed_is_told_without_making_a_value() -> None:
    class Unmade(dict[str, int]):
        def __getitem__(self, key: str) -> int:
            raise AssertionError(key)

        get = __getitem__  # type: ignore[assignment]

    mapping = Layers(Unmade(a=1, b=2))
    assert mapping.with_changes({"a": 7, "b": None, "c": 9}).changes_since(mapping) == {"a", "b", "c"}


class LayersMachine(RuleBasedStateMachine):
    """Every copy stays what it was, whichever of them is changed or gone through later."""

    def __init__(self) -> None:
        super().__init__()
        self.copies: list[tuple[Layers[int], dict[str, int]]] = [(Layers({}), {})]

    @rule(which=st.integers(0, 10**6), some=changes)
    def change(self, which: int, some: dict[str, int | None]) -> None:
        mapping, model = self.copies[which % len(self.copies)]
        self.copies.append((mapping.with_changes(some), after(model, some)))

    @rule(which=st.integers(0, 10**6))
    def go_through(self, which: int) -> None:
        mapping, model = self.copies[which % len(self.copies)]
        check(mapping, model, through=True)

    @invariant()
    def all_are_what_they_were(self) -> None:
        for mapping, model in self.copies:
            check(mapping, model, through=False)


TestLayersMachine = LayersMachine.TestCase
TestLayersMachine.settings = settings(max_examples=examples(30), stateful_step_count=25, deadline=None)


def test_a_key_that_is_not_there_or_not_any_more_is_a_key_error() -> None:
    mapping = Layers({"a": 1, "b": 2}).with_changes({"a": None})
    for key in ("a", "c"):
        with pytest.raises(KeyError, match=key):
            mapping[key]


def test_nothing_to_change_is_no_copy_and_layers_are_not_layered() -> None:
    mapping = Layers({"a": 1})
    assert mapping.with_changes({}) is mapping
    assert layers_of(mapping) is mapping


def test_layers_cannot_be_changed_in_place() -> None:
    mapping: Any = Layers({"a": 1})
    with pytest.raises(TypeError):
        mapping["a"] = 2
    with pytest.raises(TypeError):
        del mapping["a"]


def test_a_change_copies_no_more_than_the_upper_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "_THIN", 64)
    below = {f"{number:05}": number for number in range(50_000)}
    mapping = Layers(below)
    laid = 0
    for number in range(700):
        mapping = mapping.with_changes({f"{number * 7:05}": -1})
        laid += mapping.below is not below or bool(mapping.middle)
        assert len(mapping.above) <= 64 + 50_000 // 64 + 1
    assert laid == 0


def test_threads_go_through_layers_while_others_are_made_of_them() -> None:
    whole = {f"{number:04}": number for number in range(2_000)}
    shared: list[Layers[int]] = [Layers(dict(whole))]
    wrong: list[str] = []
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            mapping = shared[-1]
            number = mapping["0000"]
            found = dict(mapping.items())
            expected = {**whole, "0000": number, **({"x": number} if number % 2 else {})}
            if found != expected or len(mapping) != len(found) or mapping["0000"] != number:
                wrong.append(f"{number}: {len(found)} entries")

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 400):
        shared.append(shared[-1].with_changes({"0000": number, "x": number if number % 2 else None}))
    ended.set()
    for thread in threads:
        thread.join()
    assert wrong == []
