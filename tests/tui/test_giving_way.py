"""Threads at work while the user types: the interpreter's switch interval, and what it is when they are done."""

import asyncio
import sys
import threading
from collections.abc import Iterator

import pytest

from readlist.tui.giving_way import giving_way

USUAL = 0.004


@pytest.fixture(autouse=True)
def _usual_interval() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(USUAL)
    yield
    sys.setswitchinterval(before)


def interval() -> float:
    return round(sys.getswitchinterval(), 6)


def test_threads_switch_often_while_one_is_at_work_and_as_usual_after_it() -> None:
    with giving_way():
        assert sys.getswitchinterval() < USUAL / 2
    assert interval() == USUAL


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)], ids=str)
def test_several_may_end_in_any_order(order: tuple[int, ...]) -> None:
    several = [giving_way() for _ in order]
    for one in several:
        one.__enter__()
    for which in order[:-1]:
        several[which].__exit__(None, None, None)
        assert sys.getswitchinterval() < USUAL / 2
    several[order[-1]].__exit__(None, None, None)
    assert interval() == USUAL


def test_an_exception_is_passed_on_and_leaves_nothing_behind() -> None:
    with giving_way():
        with pytest.raises(ZeroDivisionError), giving_way():
            raise ZeroDivisionError
        assert sys.getswitchinterval() < USUAL / 2
    assert interval() == USUAL


async def test_overlapping_work_in_threads_restores_the_interval() -> None:
    ends = [threading.Event() for _ in range(3)]
    seen: list[float] = []

    def work(number: int) -> None:
        assert ends[number].wait(10)
        seen.append(sys.getswitchinterval())
        if number == 1:
            raise ValueError

    async def one(number: int) -> None:
        with giving_way():
            await asyncio.to_thread(work, number)

    tasks = [asyncio.create_task(one(number)) for number in range(3)]
    await asyncio.sleep(0)
    for number in (1, 0, 2):
        ends[number].set()
        await asyncio.wait([tasks[number]])
    assert isinstance(tasks[1].exception(), ValueError)
    assert all(value < USUAL / 2 for value in seen)
    assert len(seen) == 3
    assert interval() == USUAL


def test_uses_in_many_threads_at_once_restore_it() -> None:
    def often() -> None:
        for _ in range(2_000):
            with giving_way():
                pass

    threads = [threading.Thread(target=often) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert interval() == USUAL
