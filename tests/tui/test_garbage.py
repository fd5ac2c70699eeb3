"""When the app looks through everything for garbage."""

import gc
import time
from collections.abc import Iterator
from typing import Any

import pytest

from readlist.tui.garbage import GarbageCollection


class Clock:
    """A clock that is set by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(time, "monotonic", lambda: self.now)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """The full collections that there were; true where what was left was taken out of all later ones."""
    calls: list[bool] = []
    monkeypatch.setattr(gc, "collect", lambda: calls.append(False))
    monkeypatch.setattr(gc, "freeze", lambda: calls.append(calls.pop() or True))
    monkeypatch.setattr(gc, "isenabled", lambda: True)
    yield calls


@pytest.mark.parametrize(
    ("rounds", "rested", "is_window_open", "expected"),
    [
        (0, 60.0, False, []),
        (5, 0.5, False, []),
        (5, 2.5, False, [True]),
        (5, 2.5, True, [False]),
        (20, 0.0, True, [True]),
    ],
)
def test_it_waits_for_a_rest_unless_there_is_too_much(
    full: list[bool],
    monkeypatch: pytest.MonkeyPatch,
    rounds: int,
    rested: float,
    is_window_open: bool,  # noqa: FBT001 - a column of the table
    expected: list[Any],
) -> None:
    clock = Clock(monkeypatch)
    garbage = GarbageCollection()
    clock.now += 1_000
    garbage.user_acts()
    clock.now += rested
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, rounds))
    garbage.look(is_window_open=is_window_open)
    assert full == expected


def test_not_before_the_launch_is_over(full: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "isenabled", lambda: False)
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 99))
    GarbageCollection().look(is_window_open=False)
    assert full == []
