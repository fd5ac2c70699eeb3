"""Short messages: where they stand, and what they must not cover."""

import pytest
from textual.geometry import Region
from tui.conftest import Driver, Open


def box(app: Driver) -> Region | None:
    """Where the box of toasts stands on the screen, if it shows."""
    found = app.pilot.app.screen.query("#toasts")
    return found.first().region if found and found.first().display else None


@pytest.mark.parametrize("key", ["question_mark", "i", "T", "y", "w", "e"])
async def test_what_only_confirms_goes_when_a_screen_opens(opened: Open, key: str) -> None:
    async with opened(size=(80, 24)) as app:
        await app.press("r")
        assert "undoes" in app.toasts
        assert box(app)
        await app.press(key)
        assert app.toasts == ""
        assert box(app) is None
        await app.press("escape")
        assert box(app) is None


async def test_an_error_stays_when_a_screen_opens(opened: Open) -> None:
    async with opened(size=(80, 24)) as app:
        app.screen.say("The disk is full", severity="error")
        await app.press("question_mark")
        assert "The disk is full" in app.toasts
        assert box(app)


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (160, 45)])
async def test_no_message_covers_the_note_that_is_written(opened: Open, size: tuple[int, int]) -> None:
    async with opened(size=size) as app:
        await app.press("r", "n")  # the hint of the first note shows now
        assert "[[ links to another paper" in app.toasts
        editor = app.screen.query_one("NoteEditor")
        shown = box(app)
        assert shown is not None
        assert not shown.overlaps(editor.region)
        await app.press(*"idea", "ctrl+s")
        shown = box(app)
        assert "Wrote a note" in app.toasts
        assert shown is not None
        assert not shown.overlaps(editor.region)
        await app.press("escape", "r")
        shown = box(app)
        assert shown is not None
        assert shown.bottom == size[1] - 2  # clear of the bars again


async def test_triage_says_what_was_done_where_it_covers_nothing(opened: Open) -> None:
    async with opened(size=(80, 24)) as app:
        await app.press("T", "r")
        assert box(app) is None
        assert "Marked “Robust" in app.text_of("#triage-told")
        await app.press("j")
        assert not app.text_of("#triage-told").strip()
