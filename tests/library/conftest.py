"""A library in a folder of the test's own, with a clock that the test knows."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readlist.library.library import Library
from readlist.paper import Author, Paper

Open = Callable[..., Library]
MakePapers = Callable[[int], list[Paper]]


@pytest.fixture
def clock() -> Callable[[], dt.datetime]:
    """One minute passes between two looks at it."""
    start = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    ticks: Iterator[int] = itertools.count()
    return lambda: start + dt.timedelta(minutes=next(ticks))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.json"


@pytest.fixture
def open_library(path: Path, clock: Callable[[], dt.datetime]) -> Open:
    def open_one(where: Path = path, who: str = "ada") -> Library:
        return Library.open(where, clock=clock, who=who)

    return open_one


@pytest.fixture
def some_papers() -> MakePapers:
    def make(number: int) -> list[Paper]:
        return [
            Paper(
                title=f"On the $L_\\infty$ norm of reading lists, part {index}",
                authors=(Author("Lovelace", "Ada"), Author(literal="The Reading Group")),
                category="cs.LG",
                published="2022-10-11",
                abstract="We read “everything” — naïvely.",
            )
            for index in range(number)
        ]

    return make


@pytest.fixture
def library(open_library: Open, some_papers: MakePapers) -> Library:
    """Three papers in it."""
    made = open_library()
    made.add(some_papers(3))
    return made
