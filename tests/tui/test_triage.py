"""Triage, the reading queue, the sidebar and its saved views."""

import json
from pathlib import Path

import pytest
from textual.widgets import Input
from tui.conftest import Driver, Open

from readlist.config import load_config
from readlist.library.library import Library
from readlist.paper import Paper, Status
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
        assert "Nothing was decided here yet" in app.text_of("#triage-told")
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


@pytest.mark.parametrize("moves", [("g",), ("G",), ("g", "j"), ("2", "g"), ("1", "slash", "x", "escape", "k")])
async def test_it_goes_on_there_wherever_the_cursor_was_moved(opened: Open, moves: tuple[str, ...]) -> None:
    async with opened() as app:
        await app.press("T", "j", "j", "escape", *moves, "T")
        assert "3 of 6" in app.text_of("#triage-progress")
        assert "Goes on where it was left · g at the top" in app.text_of("#triage-told")


async def test_it_says_where_it_begins_and_begins_elsewhere_by_one_key(opened: Open) -> None:
    async with opened() as app:
        await app.press("j", "T")
        assert app.text_of("#triage-told").strip() == "Begins at the list's cursor · g at the top"
        await app.press("j")
        assert "3 of 6" in app.text_of("#triage-progress")
        assert not app.text_of("#triage-told").strip()
        await app.press("escape", "g", "j", "T")
        told = "Goes on where it was left · g at the top · c at the list's cursor"
        assert app.text_of("#triage-told").strip() == told
        await app.press("c")
        assert "2 of 6" in app.text_of("#triage-progress")
        assert "Constitutional" in shown(app)
        assert not app.text_of("#triage-told").strip()
        await app.press("g", "r", "escape", "T")
        assert "1 of 5" in app.text_of("#triage-progress")
        assert "Constitutional" in shown(app)


async def test_the_place_is_found_when_its_paper_was_decided_elsewhere(opened: Open) -> None:
    async with opened() as app:
        await app.press("T", "j", "j", "escape", "r")
        await app.press("g", "T")
        assert "3 of 5" in app.text_of("#triage-progress")
        assert "Adaptive" in shown(app)


async def test_a_search_and_a_selection_have_places_of_their_own(opened: Open) -> None:
    async with opened() as app:
        await app.press("T", "j", "j", "j", "escape", "slash", *"fort", "enter", "g", "T", "j", "escape", "g", "T")
        assert "2 of 2" in app.text_of("#triage-progress")
        await app.press("escape", "escape", "g", "space", "j", "space", "T", "r")
        await app.press("escape", "g", "T")
        assert "3 of 5" in app.text_of("#triage-progress")


async def test_the_bar_shows_what_was_decided_and_the_place_stands_by_itself(opened: Open) -> None:
    async with opened(size=(120, 40)) as app:
        await app.press("G", "T")
        progress = app.text_of("#triage-progress")
        assert "paper 6 of 6" in progress
        assert "━" not in progress
        assert " 0 decided" in progress
        await app.press("r", "k", "k")
        progress = app.text_of("#triage-progress")
        assert "paper 5 of 6" in progress
        assert progress.count("━") == 4  # a sixth of 24
        assert "1 decided   1 read" in progress
        await app.press("u")
        assert "━" not in app.text_of("#triage-progress")


async def test_all_keys_of_triage_show_in_a_small_window(opened: Open) -> None:
    async with opened(size=(40, 15)) as app:
        await app.press("T")
        bar = app.text_of("#keys")
        for key in (
            "r Read",
            "l Later",
            "x Drop",
            "* Star",
            "t Tags",
            "u Undo",
            "j Skip",
            "k Back",
            "? Help",
            "esc Leave",
        ):
            assert key in bar
        await app.press("r", "x", "l")
        assert "4 of 6  1 read 1 drop 1 later" in app.text_of("#triage-progress")


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


async def test_new_tags_are_counted(opened: Open) -> None:
    async with opened() as app:
        await app.press("t", *"fresh")
        assert app.text_of("#tag-choices").strip() == "a new tag"
        await app.press("space", *"newer")
        assert app.text_of("#tag-choices").strip() == "2 new tags"
        await app.press("space", *"oo")
        assert app.text_of("#tag-choices").strip() == "ood"


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
        assert "unread 6" in text
        await app.press(*"jjj", "enter")
        assert app.screen.session.query_text.startswith("tag:")
        assert len(app.titles) == 1
        assert app.screen.focused is app.screen.paper_list
        await app.press("b", "escape")
        assert app.screen.focused is app.screen.paper_list
        await app.press("b", "b")
        assert app.screen.sidebar is None


async def test_the_sidebar_counts_the_codes_of_listings_with_their_category(opened: Open, library: Library) -> None:
    library.add([Paper(title="Seen from afar", category="CV"), Paper(title="Two views", category="DS")])
    async with opened(size=(140, 60)) as app:
        await app.press("b")
        entries = [line.strip("│ ▎") for line in app.text_of("#sidebar").splitlines()]
        assert "cs.CV, CV 2" in entries
        assert "DS 1" in entries
        assert "CV 1" not in entries
        await app.press("escape", "slash", *"category", "colon", *"cs", "full_stop", *"cv", "enter")
        assert sorted(app.titles)[1:] == ["Seen from afar"]
        await app.press("G", "enter")
        assert "CV (cs.CV or math.CV)" in app.text_of("#detail-body")


async def test_the_sidebar_lists_the_latest_years_and_sums_up_those_before(opened: Open, library: Library) -> None:
    library.add([Paper(title=f"Of {year}, {n}", published=str(year)) for year in range(1990, 2020) for n in range(2)])
    async with opened(size=(100, 60)) as app:
        await app.press("b")
        entries = [line.strip("│ ▎") for line in app.text_of("#sidebar").splitlines()]
        years = entries[entries.index("Years") + 1 : entries.index("Categories")]
        assert [entry.split()[0] for entry in years[:3]] == ["2026", "2025", "2024"]
        assert len(years) == 13
        first = int(years[-2].split()[0])
        assert years[-1] == f"before {first} {2 * (first - 1990)}"
        at = entries.index(years[-1])
        await app.press(*"j" * sum(entry[-1].isdigit() for entry in entries[1:at]), "enter")
        assert app.screen.session.query_text == f"year:<{first}"
        assert len(app.titles) == 2 * (first - 1990)


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
        assert saved == [{"name": "Fort, unread", "query": "author:fort status:unread", "sort": "date"}]
        await app.press("escape", "escape", "escape", "1", "r")
        assert "Fort, unread 1" in app.text_of("#sidebar")
        await app.press("b", "enter")
        assert len(app.titles) == 1
        assert app.screen.session.view.shelf is Shelf.ALL
        await app.press("b", "d")
        assert "Fort, unread" not in app.text_of("#sidebar")
        assert "Forgot the view “Fort, unread” — U brings it back" in app.toasts
        await app.press("U")
        assert "Fort, unread 1" in app.text_of("#sidebar")
        assert json.loads((home / ".config/readlist/views.json").read_text("utf-8")) == saved
        await app.press("U")
        assert "No view has been forgotten" in app.toasts


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


async def test_it_goes_on_where_it_was_left_after_a_restart(opened: Open) -> None:
    async with opened() as app:
        await app.press("T", "j", "j", "j")
        title = shown(app).splitlines()[0].strip()
        await app.press("escape", "q")
    async with opened() as app:
        await app.press("T")
        assert shown(app).splitlines()[0].strip() == title
        assert "4 of 6" in app.text_of("#triage-progress")
        assert app.text_of("#triage-told").strip() == "Goes on where it was left · g at the top"
        await app.press("k", "k")
    async with opened() as app:  # ended without being left
        await app.press("T")
        assert "2 of 6" in app.text_of("#triage-progress")
        await app.press(*"jjjjjj", "escape", "q")
    async with opened() as app:
        await app.press("T")
        assert "1 of 6" in app.text_of("#triage-progress")


async def test_what_was_put_off_is_not_asked_for_again(opened: Open) -> None:
    async with opened() as app:
        await app.press("T", "l", "l", "escape", "g", "T")
        assert "1 of 4" in app.text_of("#triage-progress")
        await app.press("escape", "7", "g", "T")
        assert "1 of 2" in app.text_of("#triage-progress")
        await app.press("escape", "1", "slash", *"robust", "enter", "T")
        assert "stand in the queue" in app.toasts


async def test_decided_papers_that_the_list_shows_no_more_can_still_be_starred(opened: Open) -> None:
    async with opened() as app:
        await app.press("2", "T", "r", "k", "asterisk")
        assert app.paper("Robust").star
        assert app.paper("Robust").status == Status.READ
        assert not app.paper("Constitutional").star


async def test_undo_takes_back_the_star_before_the_decision(opened: Open) -> None:
    async with opened() as app:
        await app.press("T", "r", "asterisk", "t", *"soon", "enter", "j")
        await app.press("u")
        assert "2 of 6" in app.text_of("#triage-progress")
        assert not app.paper("Constitutional").tags
        assert app.paper("Constitutional").star
        await app.press("u")
        assert not app.paper("Constitutional").star
        assert app.paper("Robust").status == Status.READ
        await app.press("u")
        assert "1 of 6" in app.text_of("#triage-progress")
        assert app.paper("Robust").status == Status.UNREAD
        await app.press("t", "escape", "t", "enter", "u")  # neither of them has changed anything
        assert "Nothing was decided here yet" in app.text_of("#triage-told")


async def test_help_begins_with_what_one_is_doing(opened: Open) -> None:
    async with opened() as app:
        await app.press("T", "question_mark")
        assert app.text_of("#help-keys").lstrip().startswith("In triage")
        await app.press("escape", "escape", "b", "question_mark")
        assert app.text_of("#help-keys").lstrip().startswith("In the sidebar")
        await app.press("escape", "escape", "6", "question_mark")
        assert app.text_of("#help-keys").lstrip().startswith("In the trash")


async def test_keys_of_triage_and_sidebar_are_bound_anew_as_those_of_the_list(opened: Open, home: Path) -> None:
    path = home / ".config/readlist/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[keys]\ntriage-drop = "D"\ntriage-read = "l"\nview-forget = "b"\n', "utf-8")
    async with opened(config=load_config()) as app:
        assert "keys.triage-read: l already does triage-later" in app.toasts
        assert "keys.view-forget: b already does sidebar" in app.toasts
        await app.press("T", "x", "D", "r")
        assert app.paper("Robust").status == Status.DROPPED
        assert app.paper("Constitutional").status == Status.READ


async def test_a_view_is_renamed(opened: Open, home: Path) -> None:
    async with opened() as app:
        await app.press("5", "B", *"Starry", "enter", "2", "B", "enter", "b", "g", "r")
        field = app.pilot.app.screen.query_one(Input)
        assert field.value == "Starry"
        field.value = "status:unread"
        await app.press("enter")
        assert "There is a view “status:unread” already" in app.toasts
        await app.press("r")
        app.pilot.app.screen.query_one(Input).value = "Stars"
        await app.press("enter")
        assert "Stars 1" in app.text_of("#sidebar")
        saved = json.loads((home / ".config/readlist/views.json").read_text("utf-8"))
        assert [view["name"] for view in saved] == ["Stars", "status:unread"]
        await app.press("G", "r")
        assert "saved views alone" in app.toasts


async def test_the_mouse_over_a_key_says_what_it_does(opened: Open) -> None:
    async with opened() as app:
        place = app.text_of("#keys").index("Copy")
        await app.pilot.hover("#keys", offset=(place, 0))
        assert str(app.screen.key_bar.tooltip) == "Copy a citation: one more key says which."
        await app.pilot.hover("#shelves", offset=(app.text_of("#shelves").index("Unread"), 0))
        assert str(app.screen.shelf_bar.tooltip) == "The papers that are unread."
        await app.pilot.hover("#keys", offset=(130, 0))
        assert app.screen.key_bar.tooltip is None


@pytest.mark.parametrize("width", [80, 100, 160])
async def test_next_up_is_in_the_header_at_every_usual_width(opened: Open, width: int) -> None:
    async with opened(size=(width, 30)) as app:
        assert "3 Reading" in app.text_of("#shelves")
        await app.press("Q")
        assert "» Robust to" in app.text_of("#shelves")
        assert "1 All 8" in app.text_of("#shelves")


async def test_triage_goes_through_what_is_selected(opened: Open) -> None:
    async with opened() as app:
        await app.press("j", "space", "j", "j", "space", "T")
        assert "1 of 2" in app.text_of("#triage-progress")
        assert "Constitutional" in shown(app)
        await app.press("r", "x", "escape")
        assert app.paper("Constitutional").status == Status.READ
        assert app.paper("Deep Ensembles").status == Status.DROPPED
        assert not app.screen.session.selection


async def test_what_is_selected_moves_in_the_queue_together(opened: Open) -> None:
    async with opened() as app:
        await app.press("v", "j", "j", "j", "v", "Q", "escape", "7", "g")
        one, two, three, four = app.titles
        await app.press("j", "space", "j", "space", "K")
        assert app.titles == [two, four, one, three]
        await app.press("u")
        assert app.titles == [one, two, three, four]
        await app.press("J")
        assert app.titles == [one, three, two, four]
        await app.press("0", "9", "J")
        assert app.titles == [one, three, two, four]
        assert app.library.can_undo


async def test_quitting_from_triage_keeps_the_place(opened: Open) -> None:
    async with opened() as app:
        await app.press("T", "j", "j", "ctrl+q")
    assert app.pilot.app.return_code == 0
    async with opened() as app:
        await app.press("T")
        assert "3 of 6" in app.text_of("#triage-progress")
