import os
import sys

import pytest

from readlist.intake.listing import halves
from readlist.intake.listing.reader import read_listing
from readlist.intake.listing.records import RawRecord, read_records

PAGE = "".join(
    f"NCOct {day}, 2022\nOn $x_{{{day}}}$ and the dance of béesAda Lovelace, Emmy Noether\nWe ask why bees dance.\n"
    for day in range(1, 10)
)


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_a_long_page_is_read_as_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_listing(PAGE)
    monkeypatch.setattr(halves, "LONG_PAGE", 2)
    assert read_listing(PAGE) == whole
    assert len(whole.papers) == 9


def counted(asked: list[int]) -> list[halves.Answer]:
    records, _ = read_records(PAGE)

    def answer(record: RawRecord) -> halves.Answer:
        asked.append(record.line)
        return [record.line]

    return halves.answers_of(records, answer)


def test_the_second_process_answers_the_second_half(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halves, "LONG_PAGE", 2)
    asked: list[int] = []
    answers = counted(asked)
    assert asked == [1, 4, 7, 10]
    assert [answer[0] for answer in answers[4:]] == [f"On $x_{{{day}}}$ and the dance of bées" for day in range(5, 10)]


@pytest.mark.parametrize("program", ["/nonexistent/python", "/bin/false", ""])
def test_without_a_second_process_this_one_answers_all(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halves, "LONG_PAGE", 2)
    monkeypatch.setattr(sys, "executable", program)
    asked: list[int] = []
    assert counted(asked) == [[line] for line in range(1, 28, 3)]
    assert asked[-5:] == [13, 16, 19, 22, 25]


def test_a_short_page_needs_no_second_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    asked: list[int] = []
    counted(asked)
    assert len(asked) == 9


def test_an_error_ends_the_second_process_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halves, "LONG_PAGE", 2)
    records, _ = read_records(PAGE)

    def fail(_: RawRecord) -> halves.Answer:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        halves.answers_of(records, fail)
