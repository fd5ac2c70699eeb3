"""Related papers: one key shows them, enter goes there."""

from textual.widgets import OptionList
from tui.conftest import Open


async def test_related_papers_are_shown_with_what_brings_them_near(opened: Open) -> None:
    async with opened() as app:
        app.screen.paper_list.go_to_paper(app.paper("Deep Ensembles").id)
        await app.press("R")
        shown = app.pilot.app.screen.query_one(OptionList)
        assert shown.get_option_at_index(0).id == app.paper("深度学习").id
        assert "landscape" in app.text_of("#related-words")
        await app.press("enter")
        assert app.current.startswith("深度学习")


async def test_a_related_paper_that_the_search_hides_is_shown(opened: Open) -> None:
    async with opened() as app:
        await app.press("4", "slash")
        await app.type("ensembles")
        await app.press("enter", "R", "enter")
        assert app.current.startswith("深度学习")
        assert app.screen.session.query_text == ""


async def test_r_goes_on_from_paper_to_paper(opened: Open) -> None:
    async with opened() as app:
        app.screen.paper_list.go_to_paper(app.paper("Deep Ensembles").id)
        await app.press("R", "R")
        assert "深度学习" in app.text_of("#related-paper")
        await app.press("escape")
        assert app.current.startswith("Deep Ensembles")
