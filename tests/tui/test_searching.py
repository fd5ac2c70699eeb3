"""The search line: what it says of what is typed, how it completes, what it forgives, in which order it shows."""

import random
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input
from tui.conftest import Open


async def test_a_wrong_search_is_explained_below_the_place(opened: Open) -> None:
    async with opened() as app:
        await app.press("slash")
        await app.type("fort autor:x ")
        line = app.text_of("#search-hint")
        assert line.index("^") == 2 + len("fort ")
        assert "did you mean author:?" in line
        await app.press("enter")
        assert "did you mean author:?" in app.text_of("#search-hint")
        await app.press("escape")
        assert not app.screen.query("#search-hint")


@pytest.mark.parametrize(
    ("typed", "place", "told"),
    [
        ("is:starrd", 3, "did you mean starred?"),
        ("(fort or deep", 0, "No ) closes this bracket"),
        ('fort "lo', 5, "No quotation mark ends"),
        ("year:2023..2021", 5, "2021..2023 is a range"),
        ("fort -", 5, "Something is missing after this"),
    ],
)
async def test_a_wrong_search_is_not_kept_as_if_it_had_an_answer(
    opened: Open, typed: str, place: int, told: str
) -> None:
    async with opened() as app:
        await app.press("slash")
        await app.type(typed)
        await app.press("enter")
        line = app.text_of("#search-hint")
        assert line.index("^") == 2 + place
        assert told in line
        assert isinstance(app.screen.focused, Input)
        # The mouse leads out of the line; what is wrong finds nothing then.
        app.screen.set_focus(app.screen.paper_list)
        await app.settle()
        assert app.titles == []
        assert "cannot be understood" in app.text_of("#empty")
        assert told in " ".join(app.text_of("#empty").split())
        await app.press("slash", "escape")
        assert len(app.titles) == 8


async def test_what_a_search_still_misses_is_said_while_it_is_typed(opened: Open) -> None:
    async with opened() as app:
        await app.press("slash")
        await app.type("(fort or deep")
        assert app.text_of("#search-hint").startswith("  ^ No ) closes this bracket")
        assert len(app.titles) == 3
        await app.press(")", "enter")
        assert app.screen.focused is app.screen.paper_list
        assert len(app.titles) == 3


@pytest.mark.parametrize("typed", ["has:frobs", "one two three four autor:x ", "is:unread year:2023..2021 "])
async def test_what_is_wrong_can_be_read_in_full_in_a_small_window(opened: Open, typed: str) -> None:
    async with opened(size=(40, 15)) as app:
        await app.press("slash")
        await app.type(typed)
        problem = app.screen.session.view.query.problem
        assert problem is not None
        told = app.text_of("#search-hint")
        assert " ".join(told.replace("^", "").split()) == problem.message
        assert told.splitlines()[0].index("^") == 2 + problem.start
        await app.press("ctrl+a", "ctrl+k")
        assert app.screen.query_one("#search-hint").size.height == 1


async def test_a_saved_view_that_is_wrong_finds_nothing(opened: Open, home: Path) -> None:
    path = home / ".config/readlist/views.json"
    path.parent.mkdir(parents=True)
    path.write_text('[{"name": "Wrong", "query": "is:starrd", "sort": ""}]', "utf-8")
    async with opened() as app:
        await app.press("b", "enter")
        assert app.titles == []
        assert "did you mean starred?" in app.text_of("#empty")


async def test_tab_completes_fields_and_what_the_library_holds(opened: Open) -> None:
    async with opened() as app:
        await app.press("slash")
        await app.type("au")
        assert "author:" in app.text_of("#search-hint")
        await app.press("tab")
        await app.type("stan")
        await app.press("tab")
        assert app.screen.query_one("#search", Input).value == 'author:"Stanislav Fort" '
        await app.type("is:st")
        await app.press("tab")
        assert app.screen.query_one("#search", Input).value == 'author:"Stanislav Fort" is:starred '
        assert app.screen.session.view.query.problem is None


async def test_tab_goes_round_the_completions_and_shift_tab_back(opened: Open) -> None:
    async with opened() as app:
        await app.press("slash")
        await app.type("is:rea")
        await app.press("tab")
        assert app.screen.query_one("#search", Input).value == "is:reading "
        await app.press("tab")
        assert app.screen.query_one("#search", Input).value == "is:read "
        await app.press("shift+tab")
        assert app.screen.query_one("#search", Input).value == "is:reading "


async def test_a_typing_error_is_forgiven_and_said(opened: Open) -> None:
    async with opened() as app:
        await app.press("slash")
        await app.type("ensmebles")
        assert len(app.titles) == 1
        assert app.titles[0].startswith("Deep Ensembles")
        assert "No “ensmebles”; showing “ensembles”" in app.text_of("#search-hint")
        await app.press("enter")
        assert "showing “ensembles”" in app.text_of("#search-hint")


async def test_a_search_goes_by_relevance_unless_an_order_is_chosen_for_it(opened: Open) -> None:
    async with opened() as app:
        newest_first = app.titles
        await app.press("slash")
        await app.type("ensembles")
        await app.press("enter")
        assert app.titles[0].startswith("Deep Ensembles")
        assert app.screen.paper_list.row == 0
        assert "best match first" in app.text_of("#status")
        await app.press("S", "1")
        assert app.titles == [title for title in newest_first if title in app.titles]
        assert "newest first" in app.text_of("#status")
        await app.press("S", "7")
        assert "best match first" in app.text_of("#status")
        await app.press("escape")
        assert app.titles == newest_first


@pytest.mark.parametrize("typed", ["author:fort", "is:unread", "category:cs", "-fort"])
async def test_where_no_word_is_searched_nothing_is_the_best_match(opened: Open, typed: str) -> None:
    async with opened() as app:
        newest_first = app.titles
        await app.press("slash")
        await app.type(typed)
        await app.press("enter")
        assert "newest first" in app.text_of("#status")
        assert app.titles == [title for title in newest_first if title in app.titles]


def typed_slowly(keys: list[str]) -> tuple[str, int]:
    """Text and cursor after ``keys`` in any text field."""
    text, at = "", 0
    for key in keys:
        if key == "backspace":
            text, at = text[: max(at - 1, 0)] + text[at:], max(at - 1, 0)
        elif key == "delete":
            text = text[:at] + text[at + 1 :]
        elif key in {"left", "right"}:
            at = max(at - 1, 0) if key == "left" else min(at + 1, len(text))
        elif key in {"home", "end"}:
            at = 0 if key == "home" else len(text)
        else:
            letter = " " if key == "space" else key
            text, at = text[:at] + letter + text[at:], at + 1
    return text, at


@pytest.mark.parametrize("seed", range(12))
async def test_a_burst_of_keys_is_what_the_same_keys_are_one_by_one(opened: Open, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - keys, not secrets
    kinds = ["a", "b", "c", "space", "backspace", "backspace", "left", "right", "home", "end", "delete"]
    async with opened() as app:
        await app.press("slash")
        for _ in range(4):
            keys = draw.choices(kinds, k=draw.randint(2, 20))
            bar = app.screen.query_one("#search", Input)
            bar.value = ""
            await app.settle()
            for key in keys:
                letter = " " if key == "space" else key if len(key) == 1 else None
                app.pilot.app.post_message(events.Key(key, letter))
            for _ in range(3):
                await app.settle()
            assert (bar.value, bar.cursor_position) == typed_slowly(keys)
