"""When the app looks through everything for garbage."""

import gc
import time
from typing import Any, NamedTuple

import pytest

from readlist.tui.garbage import GarbageCollection


class Moment(NamedTuple):
    """How it stands as the app looks."""

    rounds: int
    rested: float
    is_window_open: bool = False


class Clock:
    """A clock that is set by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(time, "monotonic", lambda: self.now)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """The full collections that there were; true where what was left was taken out of all later ones."""
    calls: list[bool] = []
    monkeypatch.setattr(gc, "collect", lambda: calls.append(False))
    monkeypatch.setattr(gc, "freeze", lambda: calls.append(calls.pop() or True))
    monkeypatch.setattr(gc, "isenabled", lambda: True)
    return calls


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (Moment(rounds=0, rested=60.0), []),
        (Moment(rounds=5, rested=0.5), []),
        (Moment(rounds=5, rested=2.5), [True]),
        (Moment(rounds=5, rested=2.5, is_window_open=True), [False]),
        (Moment(rounds=20, rested=0.0, is_window_open=True), [True]),
    ],
)
def test_it_waits_for_a_rest_unless_there_is_too_much(
    full: list[bool],
    monkeypatch: pytest.MonkeyPatch,
    moment: Moment,
    expected: list[Any],
) -> None:
    clock = Clock(monkeypatch)
    garbage = GarbageCollection()
    clock.now += 1_000
    garbage.user_acts()
    clock.now += moment.rested
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, moment.rounds))
    garbage.look(is_window_open=moment.is_window_open)
    assert full == expected


def test_not_before_the_launch_is_over(full: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "isenabled", lambda: False)
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 99))
    GarbageCollection().look(is_window_open=False)
    assert full == []
