"""Counts, jumps and what else moves the cursor or the rows; the width of the panes; the ASCII screen."""

import json
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.geometry import Offset
from tui.conftest import Open

from readlist.config import Config, load_config
from readlist.library.library import Library
from readlist.paper import Paper, Status
from readlist.search.view import Shelf
from readlist.tui.screens.one_key import labels_of


@pytest.fixture
def long_library(tmp_path: Path) -> Library:
    made = Library.open(tmp_path / "long.json")
    made.create(
        [
            Paper(
                title=f"Paper {n:03}",
                published=f"{2000 + n // 12}-{n % 12 + 1:02}",
                status=Status(["read", "unread"][n % 5 == 0]),
            )
            for n in range(200)
        ]
    )
    return made


async def test_a_count_goes_with_the_next_key(opened: Open, long_library: Library) -> None:
    async with opened(on=long_library) as app:
        rows = app.screen.paper_list
        await app.press("0", "5", "j")
        assert rows.row == 5
        await app.press("j")
        assert rows.row == 6
        await app.press("8", "k")
        assert rows.row == 0
        await app.press("0", "1", "2", "0", "G")
        assert rows.row == 119
        await app.press("0", "2", "ctrl+d")
        assert rows.row > 119 + 2
        await app.press("g", "0", "3", "space")
        assert (len(app.screen.session.selection), rows.row) == (3, 3)


async def test_a_digit_alone_still_shows_a_shelf_and_esc_forgets_a_count(opened: Open, long_library: Library) -> None:
    async with opened(on=long_library) as app:
        await app.press("0", "4")
        assert "04 …" in app.text_of("#status")
        assert len(app.titles) == 200
        await app.press("escape")
        assert "…" not in app.text_of("#status")
        await app.press("4")
        assert len(app.titles) == 160


async def test_brackets_go_from_unread_to_unread(opened: Open, long_library: Library) -> None:
    async with opened(on=long_library) as app:
        await app.press("right_square_bracket")
        first = app.screen.paper_list.row
        assert app.screen.paper_list.current
        assert app.screen.paper_list.current.status is Status.UNREAD
        await app.press("right_square_bracket")
        assert app.screen.paper_list.row == first + 5
        await app.press("0", "2", "right_square_bracket", "left_square_bracket")
        assert app.screen.paper_list.row == first + 10
        await app.press("g", "left_square_bracket")
        assert "No unread paper above" in app.toasts


@pytest.mark.parametrize(("key", "line"), [("z", "middle"), ("t", 0), ("b", "bottom")])
async def test_z_and_a_letter_scroll_the_row(opened: Open, long_library: Library, key: str, line: object) -> None:
    async with opened(on=long_library) as app:
        await app.press("0", "1", "0", "0", "G", "z", key)
        rows = app.screen.paper_list
        at = rows.row - rows.scroll_offset.y
        height = rows.size.height
        assert rows.row == 99
        assert at == {"middle": round(0.5 * (height - 1)), 0: 0, "bottom": height - 1}[line]


async def test_the_letters_on_a_row_lead_there(opened: Open, long_library: Library) -> None:
    async with opened(on=long_library, size=(140, 20)) as app:
        await app.press("semicolon")
        line = app.screen.paper_list.render_line(7).text
        letter = line.split()[0]
        await app.press(letter)
        assert app.screen.paper_list.row == 7
        assert app.screen.paper_list.render_line(0).text.split()[0] != "a"
        await app.press("semicolon", "escape", "j")
        assert app.screen.paper_list.row == 8


def test_labels_are_unique_and_none_begins_another() -> None:
    for number in (0, 5, 26, 27, 100, 300):
        labels = list(labels_of(range(number)).values())
        assert len(set(labels)) == number
        assert len({len(label) for label in labels}) <= 1


async def test_repeat_does_the_last_action_on_another_paper(opened: Open) -> None:
    async with opened() as app:
        await app.press("full_stop")
        assert "Nothing to repeat" in app.toasts
        await app.press("asterisk", "j", "full_stop")
        assert [paper.star for paper in app.screen.session.view.papers[:3]] == [True, True, False]
        await app.press("t")
        await app.type("later")
        await app.press("enter", "j", "full_stop")
        assert [paper.tags for paper in app.screen.session.view.papers[:3]] == [(), ("later",), ("later",)]


async def test_the_selection_can_be_inverted(opened: Open) -> None:
    async with opened() as app:
        await app.press("space", "V")
        assert "7 selected" in app.text_of("#status")
        await app.press("V")
        assert "1 selected" in app.text_of("#status")


async def test_drop_marks_and_marks_unread_again(opened: Open) -> None:
    async with opened() as app:
        await app.press("minus")
        first = app.screen.session.view.papers[0]
        assert first.status is Status.DROPPED
        assert "–" in app.screen.paper_list.render_line(0).text[:4]
        assert "–" in app.text_of("#detail-body")
        await app.press("minus")
        assert app.screen.session.view.papers[0].status is Status.UNREAD


async def test_the_cursor_goes_on_where_the_settings_want_it(opened: Open) -> None:
    async with opened(config=Config(advance=True)) as app:
        await app.press("r", "r")
        assert [paper.status for paper in app.screen.session.view.papers[:2]] == [Status.READ] * 2
        assert app.screen.paper_list.row == 2
        await app.press("2")
        before = app.current
        await app.press("r")
        assert app.current != before
        assert app.screen.paper_list.row in {0, 1}


async def test_the_split_moves_by_key_and_mouse_and_is_remembered(opened: Open, library: Library) -> None:
    async with opened() as app:
        pane = app.screen.paper_list
        before = pane.size.width
        await app.press("greater_than_sign", "greater_than_sign")
        assert pane.size.width > before
        line = app.screen.query_one("#detail-pane").region.x
        await app.pilot.mouse_down(offset=(line, 6))
        await app.pilot.hover(offset=(50, 6))
        await app.pilot.mouse_up(offset=(50, 6))
        await app.settle()
        assert pane.size.width == pytest.approx(50, abs=2)
        share = app.screen.list_share
    async with opened(on=library) as app:
        assert app.screen.list_share == share
        assert Offset(app.screen.query_one("#detail-pane").region.x, 0).x == pytest.approx(50, abs=2)


async def test_the_theme_is_remembered_until_the_settings_name_another(opened: Open, library: Library) -> None:
    async with opened() as app:
        app.pilot.app.theme = "readlist-light"
        await app.settle()
    async with opened(on=library) as app:
        assert app.pilot.app.theme == "readlist-light"
    async with opened(on=library, config=Config(theme="nord")) as app:
        assert app.pilot.app.theme == "nord"


async def test_a_damaged_memory_of_the_look_does_no_harm(opened: Open, home: Path) -> None:
    path = home / ".local/state/readlist/look.json"
    path.parent.mkdir(parents=True)
    for content in ("", "[]", '{"theme": 3}', json.dumps({"theme": "", "instead_of": "", "split": 5000, "hints": 3})):
        path.write_text(content, "utf-8")
        async with opened() as app:
            assert 20 <= app.screen.list_share <= 80


@pytest.mark.parametrize("keys", [(), ("y",), ("question_mark",), ("i",), ("e",), ("enter",), ("slash", "a", "u")])
async def test_in_ascii_nothing_but_the_papers_own_letters_is_drawn(
    opened: Open, tmp_path: Path, keys: tuple[str, ...]
) -> None:
    library = Library.open(tmp_path / "ascii.json")
    library.create([Paper(title="Plain", note="words", tags=("a",), star=True, status=Status.READING)])
    async with opened(on=library, config=Config(signs="ascii"), size=(100, 30)) as app:
        await app.press(*keys)
        for screen in app.pilot.app.screen_stack:
            for strip in screen._compositor.render_strips():
                assert strip.text.isascii(), strip.text


async def test_a_row_shows_its_note_and_stripes_where_that_is_set(opened: Open, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "notes.json")
    library.create([Paper(title=f"Paper {n}", note=f"# Thoughts {n}\nmore" if n else "") for n in range(6)])
    async with opened(on=library, config=Config(note_line=True, zebra=True)) as app:
        rows = app.screen.paper_list
        shown = [rows.render_line(row).text for row in range(6)]
        assert sum("✎ Thoughts" in line for line in shown) == 5
        assert not any("more" in line for line in shown)
        grounds = [segment.style.bgcolor for row in range(1, 5) if (segment := list(rows.render_line(row))[-1]).style]
        assert grounds[0] == grounds[2] != grounds[1] == grounds[3]
    async with opened(on=library) as app:
        assert "Thoughts" not in app.screen.paper_list.render_line(0).text


async def test_rules_part_the_columns_where_that_is_set(opened: Open) -> None:
    async with opened(config=Config(rules=True)) as app:
        rows = [app.screen.paper_list.render_line(row) for row in range(8)]
        parted = [[at for at, sign in enumerate(cells(row.text)) if sign == "│"] for row in rows]
        assert all(places == parted[0] for places in parted)
        assert len(parted[0]) == 2
        assert all(row.cell_length == rows[0].cell_length for row in rows)
    async with opened() as app:
        assert "│" not in app.screen.paper_list.render_line(0).text


def cells(text: str) -> list[str]:
    """What stands in each cell of a line."""
    return [sign for sign in text for _ in range(cell_len(sign))]


async def test_a_hint_is_given_once_in_a_life(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("space")
        assert "V inverts" in app.toasts
        app.pilot.app.clear_notifications()
        await app.press("space")
        assert "V inverts" not in app.toasts
    async with opened(on=library) as app:
        await app.press("space")
        assert "V inverts" not in app.toasts


async def test_the_key_bar_shows_five_keys(opened: Open) -> None:
    async with opened() as app:
        assert app.text_of("#keys").split() == ["r", "Read", "n", "Note", "y", "Copy", "/", "Search", "?", "Help"]


async def test_digits_can_be_counts(opened: Open, long_library: Library, home: Path) -> None:
    path = home / ".config/readlist/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[keys]\ndigits = "counts"\n', "utf-8")
    async with opened(on=long_library, config=load_config()) as app:
        rows = app.screen.paper_list
        await app.press("5", "j")
        assert rows.row == 5
        await app.press("1", "2", "k")
        assert rows.row == 0
        await app.press("2", "0", "G", "3", "space")
        assert (len(app.screen.session.selection), rows.row) == (3, 22)
        assert " All 200  Unread 40 " in app.text_of("#shelves")
        await app.press("f8")
        assert len(app.titles) == 160
        await app.press("f", "2")
        assert len(app.titles) == 40
        await app.press("f", "1", "slash", *"paper 12", "enter")
        assert app.screen.session.query_text == "paper 12"


async def test_what_digits_do_is_checked(opened: Open, home: Path) -> None:
    path = home / ".config/readlist/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[keys]\ndigits = "count"\nshow-all = "f10"\n', "utf-8")
    async with opened(config=load_config()) as app:
        assert "keys.digits: 'count' is neither shelves nor counts" in app.toasts
        await app.press("2")
        assert len(app.titles) == 6
        await app.press("f10", "1", "j")  # the digit that was given up begins a count
        assert len(app.titles) == 8
        assert app.screen.paper_list.row == 1
        await app.press("0", "2", "j")
        assert app.screen.paper_list.row == 3


async def test_f_offers_shelves_and_saved_views(opened: Open) -> None:
    async with opened() as app:
        await app.press("5", "B", *"Best", "enter", "1", "f")
        menu = app.text_of("OptionList")
        assert "2 Unread 6" in menu
        assert "8 Best" in menu
        await app.press("8")
        assert app.screen.session.query_text == "is:starred"
        await app.press("f", "j", "j", "enter")
        assert app.screen.session.view.shelf is Shelf.READING
