"""The maps of keys to begin with."""

import pytest
from tui.conftest import Open

from readlist.config import Config
from readlist.tui.commands.presets import PRESETS
from readlist.tui.commands.registry import COMMANDS, usable_keys


@pytest.mark.parametrize("digits", ["shelves", "counts"])
@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_does_two_things_and_every_command_has_one(preset: str, digits: str) -> None:
    bound, problems = usable_keys({}, preset, digits)
    assert problems == []
    keys = [key for name, command in COMMANDS.items() for key in bound.get(name, command.keys).split(",")]
    assert len(keys) == len(set(keys))
    assert set(bound) <= set(COMMANDS)
    # Every key of it is one that the settings could bind as well.
    assert usable_keys(dict(PRESETS[preset]), preset)[1] == []


def test_an_unknown_preset_is_told() -> None:
    assert usable_keys({}, "vi") == ({}, ["keys.preset: there is no preset 'vi'; there are vim, emacs, arrows"])


async def test_the_keys_of_a_preset_work(opened: Open) -> None:
    async with opened(config=Config(key_preset="emacs")) as app:
        await app.press("ctrl+n", "ctrl+n")
        assert app.screen.paper_list.row == 2
        await app.press("ctrl+p", "j")
        assert app.screen.paper_list.row == 1
        await app.press("ctrl+s")
        await app.type("gauss")
        await app.press("ctrl+g")
        assert (app.screen.session.query_text, app.screen.focused) == ("", app.screen.paper_list)
        await app.press("ctrl+s")
        await app.type("gauss")
        await app.press("enter")
        assert len(app.titles) == 1
