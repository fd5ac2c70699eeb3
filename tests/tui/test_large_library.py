"""A library file of more than 16 MB that another program replaces while the app is open."""

import os
from pathlib import Path
from typing import Any

import pytest
from tui.conftest import Driver

from readlist.config import Config
from readlist.library import content
from readlist.library.library import Library
from readlist.paper import Paper, Status
from readlist.search.finder import Finder
from readlist.tui.app import ReadlistApp

PAPERS = 700
SIZE = (100, 30)


def written(path: Path, papers: list[Paper]) -> Path:
    made = Library.open(path, who="somebody")
    made.create(papers)
    made.close()
    assert path.stat().st_size > content.LARGE
    return path


@pytest.fixture
def large(library_file: Path) -> Path:
    return written(
        library_file, [Paper(title=f"Part {number} of old", abstract="word " * 5_100) for number in range(PAPERS)]
    )


async def look_outside(app: Driver) -> None:
    """What the app does each second; twice, as one may have been under way."""
    for _ in range(2):
        app.screen._next_round()
        await app.settle()


async def test_a_large_file_that_is_replaced_appears_and_nothing_is_lost(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[tuple[Finder, int]] = []
    prepare = Finder.prepare

    def noted(finder: Finder, papers: Any, *more: Any) -> None:
        prepare(finder, papers, *more)
        prepared.append((finder, len(papers)))

    monkeypatch.setattr(Finder, "prepare", noted)
    library = Library.open(large, who="tester", holds=True)
    app = ReadlistApp(library, Config())
    async with app.run_test(size=SIZE) as pilot:
        driver = Driver(pilot, library)
        await driver.settle()
        await driver.press("asterisk")  # what is in the journal when the file is replaced
        starred = next(paper for paper in library.papers.values() if paper.star)
        library.settle()

        others = Library.open(large, who="somebody else")
        kept = dict(others.papers)
        others.close()
        assert kept[starred.id].star
        brought = [
            paper._replace(status=Status.READ) if paper.title == "Part 3 of old" else paper for paper in kept.values()
        ]
        new = [Paper(title=f"Part {number} of new", abstract="word " * 900) for number in range(40)]
        os.replace(written(tmp_path / "replacement.json", [*brought, *new]), large)  # noqa: PTH105 - as other programs do

        await look_outside(driver)
        assert "Taken over" in driver.toasts
        assert len(driver.titles) == PAPERS + 40
        # Once, off the event loop, and used.
        assert prepared == [(driver.screen.session._finder, PAPERS + 40)]
        await driver.press("slash", *"new", "enter")
        assert len(driver.titles) == 40
        await driver.press("escape", "4")
        assert driver.titles == ["Part 3 of old"]
        assert library.papers[starred.id].star
        await driver.press("asterisk")
        assert driver.paper("Part 3 of old").star
    again = Library.open(large, who="tester")
    assert {paper.title for paper in again.papers.values() if paper.star} == {starred.title, "Part 3 of old"}
    assert len(again.papers) == PAPERS + 40
