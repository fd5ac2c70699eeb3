"""Moving, searching, shelves, orders; what is on the screen."""

from typing import Any

import pytest

from readlist.config import Config
from readlist.library.library import Library

Open = Any


async def test_moving(opened: Open) -> None:
    async with opened() as app:
        titles = app.titles
        await app.press("j", "down", "k")
        assert app.current == titles[1]
        await app.press("G")
        assert app.current == titles[-1]
        await app.press("j")
        assert app.current == titles[-1]
        await app.press("ctrl+u")
        assert app.current == titles[0]
        await app.press("end", "home")
        assert app.current == titles[0]


async def test_search_narrows_with_each_letter_and_esc_brings_everything_back(opened: Open) -> None:
    async with opened() as app:
        await app.press("slash")
        await app.type("fort explore")
        assert [title[:4] for title in app.titles] == ["Deep"]
        await app.press("escape")
        assert len(app.titles) == 8


@pytest.mark.parametrize(
    ("typed", "start"),
    [("zolc", "A [bold]"), ("goldilocks", "Deep"), ("ood", "深度"), ("omniglot", "Gaussian"), ("l_∞", "Robust")],
)
async def test_search_goes_over_authors_notes_tags_abstracts_and_mathematics(
    opened: Open, typed: str, start: str
) -> None:
    async with opened() as app:
        await app.press("slash")
        await app.type(typed)
        await app.press("enter")
        assert [title.startswith(start) for title in app.titles] == [True]
        await app.press("r")
        assert app.paper(start).status in {"read", "unread"}


async def test_the_cursor_comes_back_to_its_paper_when_the_search_ends(opened: Open) -> None:
    async with opened() as app:
        await app.press("j", "j", "j", "j")
        current = app.current
        await app.press("slash")
        await app.type("quantum")
        assert app.current != current
        await app.press("escape")
        assert app.current == current


async def test_the_cursor_stays_on_its_paper_through_sort_and_shelf(opened: Open) -> None:
    async with opened() as app:
        await app.press("G", "k", "k")
        current = app.current
        await app.press("S", "3")
        assert app.titles[0].startswith("A [bold]")
        assert app.current == current
        assert "by title" in app.text_of("#status")
        await app.press("2", "1")
        assert app.current == current


async def test_shelves_filter_and_a_paper_that_leaves_its_shelf_gives_way_to_the_next(opened: Open) -> None:
    async with opened() as app:
        await app.press("2")
        second, third = app.titles[1:3]
        await app.press("j", "r")
        assert second not in app.titles
        assert app.current == third
        await app.press("r")
        assert third not in app.titles
        await app.press("u", "u")
        assert app.current == second


async def test_a_narrow_window_shows_the_list_alone_and_the_detail_on_enter(opened: Open) -> None:
    async with opened(size=(80, 24)) as app:
        assert not app.screen.detail.region
        await app.press("enter")
        assert not app.screen.paper_list.region
        assert "L_∞=8/255" in app.text_of("#detail-body")
        assert "5% better" in app.text_of("#detail-body")
        await app.press("escape")
        assert app.screen.paper_list.region
        assert not app.screen.detail.region


async def test_a_wide_window_shows_both_and_the_detail_follows(opened: Open) -> None:
    async with opened(size=(160, 45)) as app:
        await app.press("j")
        await app.pilot.pause(0.1)
        assert "Yuntao Bai, Saurav Kadavath et al. (the list is cut)" in app.text_of("#detail-body")


async def test_text_from_outside_stays_text(opened: Open) -> None:
    async with opened(size=(120, 30)) as app:
        row = app.text_of("#papers").splitlines()[2]
        assert "A [bold]title[/bold] with markup [/] and [@c" in row
        await app.press("j", "j", "enter")
        await app.pilot.pause(0.1)
        shown = app.text_of("#detail-body")
        assert "[red]markup[/red]" in shown
        assert "\x1b" not in shown
        await app.press("r")
        assert "[bold]title[/bold]" in app.toasts


async def test_an_empty_library_says_the_next_key(opened: Open, tmp_path: Any) -> None:
    empty = Library.open(tmp_path / "empty.json")
    empty.create([])
    async with opened(on=empty) as app:
        assert "Your reading list is empty" in app.text_of("#empty")
        assert "a adds papers" in app.text_of("#empty")
        await app.press("r", "j", "enter", "y", "n", "d", "space", "G", "t", "o")
        assert len(app.pilot.app.screen_stack) == 1


async def test_where_nothing_is_shown_the_keys_that_are_bound_are_named(opened: Open) -> None:
    keys = {"search": "F", "star": "plus", "toggle-read": "x"}
    async with opened(config=Config(keys=keys, key_digits="counts")) as app:
        await app.press("x", "F")
        await app.type("is:starred -is:starred")
        await app.press("enter")
        assert "F changes it" in app.text_of("#empty")
        await app.press("escape", "f9", "plus")
        assert "+ on a paper gives it a star." in app.text_of("#empty")
        assert "f5 shows all 8." in app.text_of("#empty")


async def test_an_empty_result_says_how_to_get_back(opened: Open) -> None:
    async with opened() as app:
        await app.press("slash")
        await app.type("xyzzy")
        assert "Nothing matches “xyzzy”" in app.text_of("#empty")
        assert "Esc clears the search" in app.text_of("#empty")
        await app.press("enter", "escape")
        assert len(app.titles) == 8


async def test_the_first_launch_shows_a_card_until_the_first_key(opened: Open) -> None:
    async with opened(welcome=True) as app:
        assert "Your reading list, with 8 papers" in app.text_of(".card")
        await app.press("j")
        assert not app.screen.query(".card")
        assert app.current.startswith("Constitutional")


async def test_keys_can_be_bound_anew_and_help_shows_them(opened: Open) -> None:
    async with opened(config=Config(keys={"toggle-read": "x", "next-status": "r"})) as app:
        await app.press("x")
        assert app.paper("Robust").status == "read"
        await app.press("r")
        assert app.paper("Robust").status == "unread"
        await app.press("question_mark")
        await app.type("unread again")
        lines = app.text_of("#help-keys")
        assert "x " in lines
        assert "Mark read, or unread again" in lines
        assert "Delete" not in lines


async def test_a_wrong_binding_is_reported_and_the_default_stays(opened: Open) -> None:
    async with opened(config=Config(keys={"star": "r", "sstar": "x"})) as app:
        assert "keys.star: r already does toggle-read" in app.toasts
        assert "keys.sstar: no such command; did you mean star?" in app.toasts
        await app.press("asterisk")
        assert app.paper("Robust").star


async def test_the_palette_finds_a_command_and_runs_it(opened: Open) -> None:
    async with opened() as app:
        await app.press("ctrl+p")
        await app.type("star")
        await app.pilot.pause(0.3)
        await app.press("enter", "enter")
        assert app.paper("Robust").star


async def test_the_mouse_moves_opens_and_shows_shelves(opened: Open) -> None:
    async with opened(size=(80, 24)) as app:
        await app.pilot.click("#papers", offset=(20, 2))
        await app.settle()
        assert app.current == app.titles[2]
        await app.pilot.click("#papers", offset=(20, 2), times=2)
        await app.settle()
        assert app.screen.detail.region
        await app.press("escape")
        await app.pilot.click("#shelves", offset=(app.text_of("#shelves").index("Unread") + 1, 0))
        await app.settle()
        assert len(app.titles) == 6


async def test_a_change_from_outside_does_not_take_the_focus_from_the_search_line(
    opened: Open, library: Library
) -> None:
    from textual.events import AppBlur, AppFocus

    async with opened() as app:
        await app.press("slash")
        await app.type("lo")
        app.pilot.app.post_message(AppBlur())
        await app.settle()
        Library.open(library.path).edit([app.paper("Deep").id], star=False)
        await app.screen._look_outside()
        app.pilot.app.post_message(AppFocus())
        await app.settle()
        assert app.screen.focused is not None
        assert app.screen.focused.id == "search"


async def test_a_paper_read_in_a_narrow_window_gives_way_to_the_list_when_it_leaves_its_shelf(opened: Open) -> None:
    async with opened(size=(80, 24)) as app:
        await app.press("2", "enter", "r")
        assert app.screen.paper_list.region
        assert not app.screen.detail.region


async def test_a_hint_names_the_keys_that_are_bound(opened: Open) -> None:
    async with opened(config=Config(keys={"queue-down": "plus", "select-range": "percent_sign"})) as app:
        await app.press("7")
        assert "+ and K order the queue" in app.toasts
        await app.press("1", "percent_sign")
        assert "% ends it, esc clears" in app.toasts


async def test_the_card_of_the_first_launch_names_the_keys_that_are_bound(opened: Open) -> None:
    async with opened(config=Config(keys={"toggle-read": "x"}, key_preset="emacs"), welcome=True) as app:
        card = app.text_of(".card").replace("\u00a0", " ")
        assert "x mark read" in card
        assert "ctrl+s search" in card
        assert "enter read on" in card
