"""The search line: what it says of what is typed, how it completes, what it forgives, in which order it shows."""

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
