"""The trash: looked at, put back from, emptied, and all of it undone."""

from collections import Counter
from typing import Any

import pytest

from readlist.config import Config
from readlist.library.library import Library
from readlist.paper import Status
from readlist.tui.app import ReadlistApp
from readlist.tui.commands.registry import COMMANDS

Open = Any
QUANTUM, ROBUST, ENSEMBLES = "Adaptive Quantum", "Robust to", "Deep Ensembles"


@pytest.fixture
def with_trash(library: Library) -> Library:
    """The sample library with three of its eight papers in the trash."""
    starts = (QUANTUM, ROBUST, ENSEMBLES)
    library.delete([paper.id for paper in library.papers.values() if paper.title.startswith(starts)])
    return library


def on_disk(library: Library) -> tuple[list[str], list[str]]:
    """The titles in the list and in the trash, as another process finds them."""
    found = Library.open(library.path, who="tester")
    return tuple(sorted(paper.title for paper in papers.values()) for papers in (found.papers, found.trash))  # type: ignore[return-value]  # of two is made two


def starts(app: Any) -> list[str]:
    return [title[:6] for title in app.titles]


def test_no_two_commands_share_a_key() -> None:
    keys = Counter(key for command in COMMANDS.values() for key in command.keys.split(","))
    assert [key for key, times in keys.items() if times > 1] == []


async def test_a_deleted_paper_lies_in_the_trash_and_the_cursor_is_on_it(opened: Open) -> None:
    async with opened() as app:
        assert "6 Trash 0" in app.text_of("#shelves")
        await app.press("j", "d")
        assert "Deleted “Constitutional" in app.toasts
        assert "u undoes" in app.toasts
        assert "6 Trash 1" in app.text_of("#shelves")
        await app.press("j", "j", "d", "6")
        assert len(app.titles) == 2
        assert "1 All 6" in app.text_of("#shelves")
        await app.pilot.pause(0.1)
        assert "In the trash since 2026-11-23" in app.text_of("#detail-body")
        await app.press("escape")
        assert len(app.titles) == 6


async def test_the_trash_is_searched_and_sorted_like_the_list(opened: Open, with_trash: Library) -> None:
    async with opened(on=with_trash) as app:
        await app.press("6")
        assert starts(app) == ["Robust", "Deep E", "Adapti"]
        await app.press("S", "3")
        assert starts(app) == ["Adapti", "Deep E", "Robust"]
        await app.press("slash")
        await app.type("fort")
        await app.press("enter")
        assert starts(app) == ["Robust", "Deep E"]
        await app.press("S", "3")
        assert starts(app) == ["Deep E", "Robust"]
        await app.press("escape", "1")
        assert len(app.titles) == 5


async def test_putting_back_keeps_everything_and_can_be_undone(opened: Open, with_trash: Library) -> None:
    async with opened(on=with_trash) as app:
        await app.press("6", "j", "P")
        assert "Restored “Deep Ensembles" in app.toasts
        assert "u undoes" in app.toasts
        assert starts(app) == ["Robust", "Adapti"]
        assert app.current.startswith(QUANTUM)
        paper = app.paper(ENSEMBLES)
        assert (paper.status, paper.star, paper.deleted) == (Status.READ, True, "")
        assert paper.note.startswith("Compare")
        await app.press("u")
        assert starts(app) == ["Robust", "Deep E", "Adapti"]
        assert app.current.startswith(ENSEMBLES)
        await app.press("ctrl+r", "escape")
        assert app.current.startswith(ENSEMBLES)
    assert len(on_disk(with_trash)[0]) == 6


async def test_a_selection_is_put_back_in_one_step(opened: Open, with_trash: Library) -> None:
    async with opened(on=with_trash) as app:
        await app.press("6", "space", "j", "space", "P")
        assert "Restored 2 papers" in app.toasts
        assert starts(app) == ["Deep E"]
        assert app.screen.session.selection == frozenset()
        await app.press("u")
        assert len(app.titles) == 3


async def test_a_paper_removed_for_good_can_still_be_brought_back(opened: Open, with_trash: Library) -> None:
    async with opened(on=with_trash) as app:
        await app.press("6", "G", "X")
        assert "Removed “Adaptive Quantum State Tomography” from the trash — u undoes" in app.toasts
        assert "6 Trash 2" in app.text_of("#shelves")
        assert not any(title.startswith(QUANTUM) for titles in on_disk(with_trash) for title in titles)
        await app.press("u")
        assert app.current.startswith(QUANTUM)
    assert len(on_disk(with_trash)[1]) == 3


async def test_the_trash_is_emptied_also_of_what_a_search_hides_and_undo_brings_all_back(
    opened: Open, with_trash: Library
) -> None:
    before = on_disk(with_trash)
    async with opened(on=with_trash) as app:
        await app.press("6", "slash")
        await app.type("quantum")
        await app.press("enter", "ctrl+x")
        assert "Emptied the trash (3 papers) — u undoes" in app.toasts
        assert on_disk(with_trash) == (before[0], [])
        await app.press("u")
        assert starts(app) == ["Adapti"]
        assert on_disk(with_trash) == before
    async with opened(on=Library.open(with_trash.path, who="tester")) as app:
        await app.press("ctrl+r", "6")
        assert "The trash is empty" in app.text_of("#empty")
        await app.press("u", "u")
        assert on_disk(with_trash) == (sorted([*before[0], *before[1]]), [])


async def test_the_palette_empties_the_trash(opened: Open, with_trash: Library) -> None:
    async with opened(on=with_trash) as app:
        await app.press("6", "ctrl+p")
        await app.type("empty trash")
        await app.pilot.pause(0.3)
        await app.press("enter", "enter")
        assert app.titles == []
        assert "The trash is empty" in app.text_of("#empty")


async def test_what_one_does_with_papers_in_the_list_does_nothing_to_those_in_the_trash(
    opened: Open, with_trash: Library
) -> None:
    before = dict(with_trash.trash)
    async with opened(on=with_trash) as app:
        await app.press("6", "r", "s", "asterisk", "n", "t")
        assert len(app.pilot.app.screen_stack) == 1
        assert app.screen.focused is app.screen.paper_list
        await app.press("d")
        assert "In the trash already; X there removes for good" in app.toasts
        shown = app.text_of("#keys")
        assert "P Put back  X Remove" in shown
        assert "Read" not in shown
        await app.press("escape")
        assert "Put back" not in app.text_of("#keys")
    assert dict(with_trash.trash) == before


async def test_outside_the_trash_its_keys_do_nothing(opened: Open, with_trash: Library) -> None:
    before = on_disk(with_trash)
    async with opened(on=with_trash) as app:
        await app.press("P", "X", "ctrl+x", "5", "P", "X", "ctrl+x")
    assert on_disk(with_trash) == before


@pytest.mark.parametrize("size", [(160, 45), (80, 24)], ids=str)
async def test_the_last_paper_leaves_a_friendly_word_and_the_keys_go_on_working(
    opened: Open, with_trash: Library, size: tuple[int, int]
) -> None:
    async with opened(size, on=with_trash) as app:
        await app.press("6", "enter", "P", "enter", "P", "enter", "P")
        assert app.titles == []
        assert "The trash is empty" in app.text_of("#empty")
        assert "1 shows all 8" in app.text_of("#empty")
        await app.press("P", "X", "ctrl+x", "d", "r", "enter", "space", "y", "j", "escape", "j")
        assert len(app.titles) == 8
        assert app.screen.focused is app.screen.paper_list


async def test_a_search_without_an_answer_says_that_it_was_in_the_trash(opened: Open, with_trash: Library) -> None:
    async with opened(on=with_trash) as app:
        await app.press("6", "slash")
        await app.type("constitutional")
        assert "Only the trash was searched: 1 searches all" in app.text_of("#empty")
        await app.press("enter", "1")
        assert starts(app) == ["Consti"]


async def test_when_all_is_deleted_the_way_to_the_trash_is_told(opened: Open) -> None:
    async with opened() as app:
        await app.press("ctrl+a", "d")
        assert "6 shows the trash (8)" in app.text_of("#empty")
        await app.press("6", "ctrl+a", "P")
        assert "Restored 8 papers" in app.toasts
        await app.press("1")
        assert len(app.titles) == 8


async def test_what_another_window_did_to_the_trash_is_told(opened: Open, with_trash: Library) -> None:
    async with opened(on=with_trash) as app:
        await app.press("6")
        Library.open(with_trash.path, who="other").restore([app.screen.paper_list.current.id])
        await app.press("P")
        assert "Put back in another window meanwhile" in app.toasts
        Library.open(with_trash.path, who="other").purge()
        await app.press("X")
        assert "Nothing of it is in the trash any more" in app.toasts


async def test_a_paper_in_the_trash_can_be_cited(opened: Open, with_trash: Library, monkeypatch: Any) -> None:
    from readlist import clipboard

    copied = []

    def copy(text: str, **_: Any) -> clipboard.Outcome:
        copied.append(text)
        return clipboard.Outcome("test", "copied")

    monkeypatch.setattr(clipboard, "copy", copy)
    async with opened(on=with_trash) as app:
        await app.press("6", "y", "k", "y", "k")
    assert len(copied) == 2
    assert copied[0] == copied[1] != ""


@pytest.mark.parametrize("width", [160, 100, 80, 60, 40])
async def test_the_trash_can_be_clicked_at_every_width(opened: Open, with_trash: Library, width: int) -> None:
    async with opened((width, 15), on=with_trash) as app:
        bar = app.text_of("#shelves")
        assert not bar.rstrip().endswith("Tras")
        at = max(bar.find("Trash"), bar.find("✗"))
        await app.pilot.click("#shelves", offset=(at, 0))
        await app.settle()
        assert len(app.titles) == 3
        assert "6 Trash 3" in app.text_of("#shelves")


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (40, 15)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("pressed", [("6", "space"), ("6", "ctrl+x")], ids=["trash", "emptied"])
def test_screens(snap_compare: Any, with_trash: Library, size: tuple[int, int], pressed: tuple[str, ...]) -> None:
    async def press(pilot: Any) -> None:
        for key in pressed:
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
        await pilot.pause(0.1)

    assert snap_compare(ReadlistApp(with_trash, Config()), terminal_size=size, run_before=press)
