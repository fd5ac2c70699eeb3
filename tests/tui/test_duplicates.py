"""Papers that may be one: shown side by side, merged with one key, and parted again by undo."""

from typing import Any

import pytest

from readlist.config import Config
from readlist.library.library import Library
from readlist.paper import Author, Paper
from readlist.tui.app import ReadlistApp

Open = Any


@pytest.fixture
def with_twins(library: Library) -> Library:
    """The sample library with a published form of two of its papers, which lack a year or an identifier."""
    ensembles = next(paper for paper in library.papers.values() if paper.title.startswith("Deep Ensembles"))
    constitution = next(paper for paper in library.papers.values() if paper.title.startswith("Constitutional"))
    library.edit([ensembles.id], note="Mine.")
    library.add(
        [
            Paper(
                title=ensembles.title.upper(),
                authors=(Author("Fort", "S."),),
                published="2001",
                venue="Journal of [bold]Lists[/]",
                type="article-journal",
                note="The other note.",
                tags=("twin",),
                added="2026-11-24T09:00:00Z",
            ),
            Paper(
                title="Another title",
                authors=constitution.authors,
                arxiv_id=constitution.arxiv_id,
                added="2026-11-25T09:00:00Z",
            ),
        ]
    )
    return library


def titles_and_notes(library: Library) -> dict[str, str]:
    found = Library.open(library.path, who="tester")
    return {paper.title: paper.note for paper in found.papers.values()}


async def test_a_pair_is_merged_with_one_key_and_parted_by_undo(opened: Open, with_twins: Library) -> None:
    before = titles_and_notes(with_twins)
    async with opened(on=with_twins) as app:
        await app.press("D")
        assert "1 of 2" in str(app.pilot.app.screen.panel.border_title)
        assert "the same" in app.text_of("#duplicate-reason")
        places = {app.text_of("#duplicate-kept")}
        await app.press("j")
        places.add(app.text_of("#duplicate-kept"))
        assert len(places) == 2
        if "Deep Ensembles" not in app.text_of("#duplicate-kept"):
            await app.press("j")
        assert "[bold]Lists[/]" in app.text_of("#duplicate-other")
        await app.press("m")
        assert "1 of 1" in str(app.pilot.app.screen.panel.border_title)
        await app.press("escape")
        assert "Merged" in app.toasts
        merged = titles_and_notes(with_twins)
        (title,) = (title for title in merged if title.startswith("Deep Ensembles"))
        assert merged[title] == "Mine.\n\nThe other note."
        assert len(merged) == len(before) - 1
        await app.press("u")
        assert titles_and_notes(with_twins) == before


async def test_swapping_lets_the_other_one_stay(opened: Open, with_twins: Library) -> None:
    async with opened(on=with_twins) as app:
        await app.press("D")
        if "Deep Ensembles" not in app.text_of("#duplicate-kept"):
            await app.press("j")
        await app.press("s")
        assert "DEEP ENSEMBLES" in app.text_of("#duplicate-kept")
        await app.press("m", "m")
        assert not app.pilot.app.screen.query("#duplicates")
        await app.press("u")
    assert "Deep Ensembles: A Loss Landscape Perspective" not in {title[:44] for title in titles_and_notes(with_twins)}


async def test_a_list_without_duplicates_says_so(opened: Open) -> None:
    async with opened() as app:
        await app.press("D")
        assert "No paper stands in the list twice" in app.toasts


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["80x24", "160x45"])
def test_the_pair(snap_compare: Any, with_twins: Library, size: tuple[int, int]) -> None:
    assert snap_compare(ReadlistApp(with_twins, Config()), terminal_size=size, press=["D", "j"])
