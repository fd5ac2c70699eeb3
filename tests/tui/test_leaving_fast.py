"""What comes from the terminal while that which it was meant for goes away."""

from typing import Any

from textual import events
from textual.widgets import Static

from readlist.tui.screens.attach import AttachScreen

Open = Any


async def test_what_is_typed_behind_the_key_that_quits_goes_nowhere(opened: Open) -> None:
    async with opened() as app:
        quitting = app.pilot.app
        await app.press("q")
        while quitting.screen_stack:
            await quitting._close_all()
        for event in (events.Key("j", "j"), events.Paste("a title"), events.Key("escape", None)):
            await quitting.on_event(event)


async def test_a_click_on_what_has_just_been_taken_away_meets_nothing(opened: Open) -> None:
    async with opened() as app:
        top = app.pilot.app.screen
        gone = Static("a word", id="gone")
        await top.mount(gone, before=0)
        await app.settle()
        x, y = gone.region.offset
        gone._detach()  # as it is until the next layout
        down = events.MouseDown(None, x, y, 0, 0, button=1, shift=False, meta=False, ctrl=False)
        await app.pilot.app.on_event(down)
        gone._attach(top)
        await app.settle()
        assert not app.screen.session.has_ended


async def test_a_file_that_cannot_be_attached_is_no_matter_once_the_window_is_left(opened: Open) -> None:
    async with opened() as app:
        await app.press("A", "x")
        window = app.pilot.app.screen
        assert isinstance(window, AttachScreen)
        await app.press("escape")
        window._take("no such file", copy=False)  # as enter does, right before the escape
        await app.settle()
        assert app.pilot.app.screen is app.screen
