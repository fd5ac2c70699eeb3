"""The search line: what it says of what is typed, how it completes, what it forgives, in which order it shows."""

import random

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
