"""Every screen and window in the smallest and in the largest terminal: nothing is cut off that leads on or out."""

from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len
from support.screens import SCREENS, furnish, lead_to, screen_lines
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Checkbox, OptionList

from readlist.config import Config
from readlist.library.library import Library
from readlist.tui.app import ReadlistApp
from readlist.tui.widgets.bars import KeyBar
from readlist.tui.widgets.panel import KeysOnBorder

SIZES = [(40, 15), (300, 100)]
_TOASTS = {"ToastRack", "ToastHolder", "Toast"}
"""They lie over the rest for a while, and go by themselves."""


def cut_off(pilot: Pilot[None]) -> Iterator[str]:
    """The widgets of which a part lies outside what can be seen or scrolled to."""
    screen = pilot.app.screen
    for widget in screen.walk_children(Widget):
        if not widget.display or not widget.region or type(widget).__name__ in _TOASTS:
            continue
        holder = next((one for one in widget.ancestors if isinstance(one, Widget) and one.region), screen)
        scrolls = any(isinstance(one, Widget) and one.allow_vertical_scroll for one in widget.ancestors)
        frame, region = holder.region, widget.region
        if scrolls:  # how far down it reaches is no matter
            region = Region(region.x, frame.y, region.width, min(region.height, frame.height))
        if not frame.contains_region(region):
            yield f"{widget!r} {widget.region} is not inside {frame}"


def missing_labels(pilot: Pilot[None]) -> Iterator[str]:
    """Frames of which the title or a key does not fit."""
    for widget in pilot.app.screen.walk_children(Widget):
        for label in (widget.border_title, widget.border_subtitle):
            if widget.display and label and cell_len(str(label)) > widget.outer_size.width - 4:
                yield f"{widget!r}: {label}"


def ways_out(pilot: Pilot[None]) -> str:
    """What the screen says of how it is left, or where all keys are told."""
    screen = pilot.app.screen
    borders = [str(widget.border_subtitle) for widget in screen.walk_children(KeysOnBorder) if widget.display]
    bars = [str(bar.visual) for bar in screen.query(KeyBar)]
    hints = [str(widget.render()) for widget in screen.query("#one-key-hint")]
    return " ".join([*borders, *bars, *hints])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_nothing_vital_is_cut_off(library: Library, size: tuple[int, int], name: str) -> None:
    app = ReadlistApp(furnish(library), Config())
    async with app.run_test(size=size) as pilot:
        await lead_to(pilot, *SCREENS[name])
        lines = screen_lines(pilot)
        assert [cell_len(line) for line in lines] == [size[0]] * size[1]
        assert list(cut_off(pilot)) == []
        assert list(missing_labels(pilot)) == []
        focused = app.screen.focused
        if focused is not None:
            assert app.screen.region.overlaps(focused.region)
        for options in app.screen.query(OptionList):
            if options.display and options.option_count:
                assert options.size.height >= 2 or options.option_count == 1
        if name not in {"palette", "themes"}:  # which are Textual's; esc leaves them as it does every other
            assert any(word in ways_out(pilot) for word in ("esc", "Help", "z middle"))


@pytest.mark.parametrize("size", [(40, 15), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_key_bar_is_never_cut(opened: Any, size: tuple[int, int]) -> None:
    async with opened(size=size) as app:
        assert app.text_of("#keys").rstrip().endswith("? Help")
        await app.press("T")
        assert "esc Leave" in app.text_of("#keys")
        await app.press("escape", "slash")
        assert "esc Clear" in app.text_of("#keys")
        assert "Keep" in app.text_of("#keys")


async def test_no_label_of_a_box_is_cut_in_a_small_window(library: Library) -> None:
    app = ReadlistApp(library, Config())
    async with app.run_test(size=(40, 15)) as pilot:
        for keys in (("e",), ("A",)):
            await lead_to(pilot, *keys)
            boxes = list(app.screen.query(Checkbox))
            assert boxes
            for one in boxes:
                assert one.parent is not None
                assert isinstance(one.parent, Widget)
                assert one.region.right <= one.parent.region.right, one
                assert one.size.width >= cell_len(str(one.render()).rstrip()), one
            await pilot.press("escape")
            await pilot.pause()
