"""Keys bound in the settings, clicks in place of keys, and how the list and the detail keep up."""

import re
from pathlib import Path
from typing import Any

import pytest

from readlist.config import load_config
from readlist.paper import Paper
from readlist.search.query import Query
from readlist.tui.commands.palette import CommandProvider
from readlist.tui.commands.registry import usable_keys
from readlist.tui.screens.copy_menu import Answer, CopyMenu
from readlist.tui.widgets.detail_text import SHOWN_CHARACTERS, detail_text

Open = Any
README = Path(__file__).parents[2] / "README.md"


def test_a_refused_binding_keeps_its_key_from_others() -> None:
    usable, problems = usable_keys({"toggle-read": "x,j", "star": "r"})
    assert usable == {}
    assert problems == ["keys.toggle-read: j already does down", "keys.star: r already does toggle-read"]


@pytest.mark.parametrize("keys", ["nonsense+q", "nokey!", "", "x,", "ctrl+", "ctrl+nokey", "<any>"])
def test_what_is_no_key_is_refused(keys: str) -> None:
    usable, problems = usable_keys({"star": keys})
    assert usable == {}
    assert "is no key" in problems[0]


@pytest.mark.parametrize("keys", ["x", "Z", "f2", "ctrl+y", "alt+ctrl+x", "shift+f5", "comma", "ß", "shift+left", "&"])
def test_what_is_a_key_is_taken(keys: str) -> None:
    assert usable_keys({"star": keys}) == ({"star": keys}, [])


def test_the_settings_of_the_readme_can_be_used_as_they_stand(tmp_path: Path) -> None:
    block = re.search(r"```toml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    settings = tmp_path / "config.toml"
    settings.write_text(block[1], encoding="utf-8")
    config = load_config(settings)
    keys = config.keys
    assert keys
    assert usable_keys(keys) == (dict(keys), [])


async def test_a_shelf_can_be_clicked_while_the_search_line_has_the_focus(opened: Open) -> None:
    async with opened() as app:
        await app.press("slash")
        await app.pilot.click("#shelves", offset=(app.text_of("#shelves").index("Unread") + 1, 0))
        await app.settle()
        assert len(app.titles) == 6


@pytest.mark.parametrize(("entry", "answer"), [("BibTeX (default)", Answer("bibtex")), ("any style", Answer(None))])
async def test_default_and_any_style_can_be_clicked(opened: Open, entry: str, answer: Answer) -> None:
    async with opened() as app:
        answers: list[Answer | None] = []
        app.pilot.app.push_screen(CopyMenu("bibtex", 1), answers.append)
        await app.settle()
        lines = app.text_of("#copy-panel").splitlines()
        y = next(number for number, line in enumerate(lines) if entry in line)
        panel = app.pilot.app.screen.query_one("#copy-panel")
        x, top = panel.content_region.offset - panel.region.offset
        await app.pilot.click("#copy-panel", offset=(x + lines[y].index(entry) + 1, top + y))
        await app.settle()
        assert answers == [answer]


async def test_the_list_begins_at_its_top_when_a_search_ends(opened: Open) -> None:
    async with opened(size=(80, 8)) as app:
        await app.press("G", "k", "k", "k", "k", "k", "k")
        await app.press("slash")
        await app.type("fort")
        await app.press("escape")
        assert app.screen.paper_list.row == 1
        assert app.screen.paper_list.scroll_offset.y == 0


def test_of_an_endless_note_the_beginning_is_shown() -> None:
    shown = detail_text(Paper(note="ä" * 10_000_000, abstract="$x$ " * 100_000), Query.parse("a")).plain
    assert len(shown) < 3 * SHOWN_CHARACTERS
    assert "… and 9,980,000 more characters" in shown
    assert "… and 380,000 more characters" in shown


async def test_the_palette_holds_every_command_with_its_key(opened: Open) -> None:
    async with opened() as app:
        await app.press("ctrl+p")
        provider = CommandProvider(app.screen)
        listed = {title for _, title, _ in provider._entries()}
        for name, command in app.screen.commands.items():
            assert name == "palette" or f"{command.label} ({app.screen.key_of(name)})" in listed
        await app.type("put back")
        await app.settle()
        await app.press("enter")
        assert "“Put back” can do nothing here" in app.toasts
        assert not app.library.can_undo


async def test_keys_are_named_as_they_are_bound_while_something_is_typed(opened: Open) -> None:
    async with opened() as app:
        await app.press("slash", "x")
        assert app.screen.typing
        assert app.screen.key_of("undo") == "u"
        assert app.screen.key_of("save") == "ctrl+s"
        await app.press("ctrl+p")
        assert "Read (r)" in {title for _, title, _ in CommandProvider(app.screen)._entries()}
