"""The command palette under fingers that are faster than it."""

from typing import Any

from readlist.tui.commands.palette import Palette

Open = Any


async def test_a_letter_that_reaches_a_palette_that_has_been_left_does_nothing(opened: Open) -> None:
    async with opened() as app:
        await app.press("ctrl+p")
        palette = app.pilot.app.screen
        assert isinstance(palette, Palette)
        await app.press("escape")
        palette._gather_commands("x")  # its field hears of a letter after the palette has heard of the escape
        await app.settle()
        assert app.pilot.app.screen is app.screen


async def test_a_palette_is_opened_while_the_one_before_is_taken_away(opened: Open) -> None:
    async with opened() as app:
        await app.press("ctrl+p")
        before = app.pilot.app.screen
        assert isinstance(before, Palette)
        before.dismiss()
        app.screen.action_command("palette")
        await app.settle()
        assert isinstance(app.pilot.app.screen, Palette)
        assert app.pilot.app.screen is not before
