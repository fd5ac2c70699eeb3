"""The app is left while more comes from the terminal."""

from typing import Any

from textual import events

Open = Any


async def test_what_is_typed_behind_the_key_that_quits_goes_nowhere(opened: Open) -> None:
    async with opened() as app:
        quitting = app.pilot.app
        await app.press("q")
        while quitting.screen_stack:
            await quitting._close_all()
        for event in (events.Key("j", "j"), events.Paste("a title"), events.Key("escape", None)):
            await quitting.on_event(event)
