"""Triage, the reading queue, the sidebar and its saved views."""

import json
from pathlib import Path

import pytest
from textual.widgets import Input
from tui.conftest import Driver, Open

from readlist.library.library import Library
from readlist.paper import Status
from readlist.search.view import Shelf
from readlist.tui.screens.main import MainScreen
from readlist.tui.screens.triage import TriageScreen


def shown(app: Driver) -> str:
    return app.text_of("#triage-text")


async def test_one_key_decides_and_goes_on(opened: Open) -> None:
    async with opened() as app:
        unread = [paper for paper in app.screen.session.view.papers if paper.status is Status.UNREAD]
        await app.press("T")
        assert isinstance(app.pilot.app.screen, TriageScreen)
        assert "1 of 6" in app.text_of("#triage-progress")
        assert "Robust" in shown(app)
        await app.press("r", "x", "l", "j")
        assert "5 of 6" in app.text_of("#triage-progress")
        assert "1 read   1 drop   1 later" in app.text_of("#triage-progress")
        papers = [app.library.papers[paper.id] for paper in unread]
        assert [paper.status for paper in papers[:4]] == [Status.READ, Status.DROPPED, Status.UNREAD, Status.UNREAD]
        assert bool(papers[2].queue)
        await app.press("asterisk")
        assert app.library.papers[unread[4].id].star
        assert "★ starred" in shown(app)


async def test_undo_goes_back_to_the_paper(opened: Open) -> None:
    async with opened() as app:
        await app.press("T", "r", "x", "u")
        assert "2 of 6" in app.text_of("#triage-progress")
        assert "● unread" in shown(app)
        await app.press("u", "u")
        assert "1 of 6" in app.text_of("#triage-progress")
        assert all(paper.status is not Status.DROPPED for paper in app.library.papers.values())
        assert "Nothing was decided here yet" in app.toasts
        assert app.library.can_undo is None


async def test_it_is_left_where_it_stood_and_goes_on_from_there(opened: Open) -> None:
    async with opened() as app:
        await app.press("T", "j", "j")
        title = shown(app).splitlines()[0].strip()
        await app.press("escape")
        assert isinstance(app.pilot.app.screen, MainScreen)
        assert app.current.startswith(title[:10])
        await app.press("T")
        assert shown(app).splitlines()[0].strip() == title


async def test_the_end_says_what_was_done(opened: Open) -> None:
    async with opened() as app:
        await app.press("T", *"rrrrrr")
        assert "That was all of them." in shown(app)
        assert "6 read" in shown(app)
        await app.press("r", "k", "escape", "T")
        assert "No unread paper is shown here" in app.toasts


async def test_tags_can_be_given_meanwhile(opened: Open) -> None:
    async with opened() as app:
        await app.press("T", "t")
        await app.type("soon")
        await app.press("enter")
        assert "#soon" in shown(app)


async def test_the_queue_keeps_its_order_and_its_first_is_in_the_header(opened: Open, library: Library) -> None:
    async with opened(size=(180, 40)) as app:
        await app.press("Q", "j", "j", "Q", "j", "Q")
        first, _, second, third = (paper.title for paper in app.screen.session.view.papers[:4])
        assert "» Robust" in app.text_of("#shelves")
        await app.press("7")
        assert app.titles == [first, second, third]
        assert "next up first" in app.text_of("#status")
        await app.press("g", "J")
        assert app.titles == [second, first, third]
        assert app.current == first
        await app.press("0", "5", "K")
        assert app.titles == [first, second, third]
        await app.press("K")
        assert "first of the queue" in app.toasts
        await app.press("Q")
        assert app.titles == [second, third]
        await app.press("u")
        assert app.titles == [first, second, third]
        await app.press("1")
        assert "newest first" in app.text_of("#status")
    async with opened(on=library) as app:
        await app.press("7")
        assert app.titles == [first, second, third]


@pytest.mark.parametrize("keys", [("7",), ("7", "slash", "x", "enter")])
async def test_an_empty_queue_says_how_it_is_filled(opened: Open, keys: tuple[str, ...]) -> None:
    async with opened() as app:
        await app.press(*keys)
        assert "queue" in app.text_of("#empty")


async def test_what_is_read_or_dropped_leaves_the_queue_and_undo_puts_it_back(opened: Open) -> None:
    async with opened() as app:
        await app.press("Q", "j", "Q", "r", "k", "minus")
        assert app.screen.session.view.counts.queue == 0
        await app.press("u", "u")
        assert app.screen.session.view.counts.queue == 2


async def test_the_sidebar_leads_to_what_papers_have_in_common(opened: Open) -> None:
    async with opened() as app:
        await app.press("b")
        text = app.text_of("#sidebar")
        assert "Tags" in text
        assert "ood 1" in text
        assert "Stanislav Fort 3" in text
        await app.press("j", "enter")
        assert app.screen.session.query_text.startswith("tag:")
        assert len(app.titles) == 1
        assert app.screen.focused is app.screen.paper_list
        await app.press("b", "escape")
        assert app.screen.focused is app.screen.paper_list
        await app.press("b", "b")
        assert app.screen.sidebar is None


async def test_a_view_is_saved_counted_live_used_and_forgotten(opened: Open, home: Path) -> None:
    async with opened() as app:
        await app.press("slash")
        await app.type("author:fort")
        await app.press("enter", "2", "B")
        field = app.pilot.app.screen.query_one(Input)
        assert field.value == "author:fort status:unread"
        field.value = "Fort, unread"
        await app.press("enter", "b")
        assert "Fort, unread 2" in app.text_of("#sidebar")
        saved = json.loads((home / ".config/readlist/views.json").read_text("utf-8"))
        assert saved == [{"name": "Fort, unread", "query": "author:fort status:unread", "sort": ""}]
        await app.press("escape", "escape", "escape", "1", "r")
        assert "Fort, unread 1" in app.text_of("#sidebar")
        await app.press("b", "enter")
        assert len(app.titles) == 1
        assert app.screen.session.view.shelf is Shelf.ALL
        await app.press("b", "d")
        assert "Fort, unread" not in app.text_of("#sidebar")
        assert "Forgot the view" in app.toasts


async def test_a_damaged_file_of_views_is_told_and_kept(opened: Open, home: Path) -> None:
    path = home / ".config/readlist/views.json"
    path.parent.mkdir(parents=True)
    for content in ("{", '{"name": 3}', "[3]", '[{"name": "x"}]'):
        path.write_text(content, "utf-8")
        async with opened() as app:
            await app.press("b")
            assert "views.json" in app.toasts
            await app.press("escape", "2", "B", "enter")
            assert path.read_text("utf-8") == content


async def test_keys_of_the_list_do_nothing_to_papers_while_the_sidebar_has_them(opened: Open) -> None:
    async with opened() as app:
        before = dict(app.library.papers)
        await app.press("b", "r", "s", "d", "minus", "asterisk", "space")
        assert dict(app.library.papers) == before
        assert not app.screen.session.selection
