"""Every key of every command, and what it does."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from support.screens import furnish

from readlist import browser
from readlist.library.library import Library
from readlist.paper import Status
from readlist.tui import outside_editor
from readlist.tui.commands.registry import COMMANDS

Open = Any
Driver = Any


class Case(NamedTuple):
    """What is pressed before a command's key, and what is true after it but not before."""

    before: tuple[str, ...]
    holds: Callable[[Driver], bool]


def on_top(name: str) -> Callable[[Driver], bool]:
    return lambda app: type(app.pilot.app.screen).__name__ == name


def row(app: Driver) -> int:
    return int(app.screen.paper_list.row)


def top(app: Driver) -> int:
    return int(app.screen.paper_list.scroll_offset.y)


def shelf(app: Driver) -> str:
    return str(app.screen.session.view.shelf)


def first(app: Driver) -> Any:
    return app.paper("Robust")


def selected(app: Driver) -> int:
    return len(app.screen.session.selection)


def says(text: str) -> Callable[[Driver], bool]:
    return lambda app: text in app.toasts


def quits(app: Driver) -> bool:
    return bool(app.pilot.app._exit)


CASES: dict[str, Case] = {
    "toggle-read": Case((), lambda app: first(app).status is Status.READ),
    "next-status": Case((), lambda app: first(app).status is Status.READING),
    "drop": Case((), lambda app: first(app).status is Status.DROPPED),
    "queue": Case((), lambda app: bool(first(app).queue)),
    "queue-down": Case(("Q", "j", "Q", "7", "g"), lambda app: app.titles[1].startswith("Robust")),
    "queue-up": Case(("Q", "j", "Q", "7", "G"), lambda app: app.titles[0].startswith("Constitutional")),
    "star": Case((), lambda app: first(app).star),
    "note": Case((), lambda app: app.screen.focused.__class__.__name__ == "NoteEditor"),
    "tags": Case((), on_top("TagScreen")),
    "complete-authors": Case(("j",), says("uthor")),
    "delete": Case((), lambda app: not any(title.startswith("Robust") for title in app.titles)),
    "repeat": Case(("asterisk", "j"), lambda app: app.paper("Constitutional").star),
    "undo": Case(("asterisk",), lambda app: not first(app).star),
    "redo": Case(("asterisk", "u"), lambda app: first(app).star),
    "edit": Case((), on_top("EditScreen")),
    "preview-note": Case((), on_top("NotePreview")),
    "note-outside": Case((), lambda app: app.written == ["Robust"]),
    "restore": Case(("d", "6"), lambda app: any(p.title.startswith("Robust") for p in app.library.papers.values())),
    "purge": Case(("d", "6"), lambda app: not app.library.trash),
    "empty-trash": Case(("d", "6"), lambda app: not app.library.trash),
    "copy": Case((), on_top("CopyMenu")),
    "pick-style": Case((), on_top("StylePicker")),
    "open-menu": Case((), on_top("ChoiceScreen")),
    "filter": Case((), on_top("ChoiceScreen")),
    "attach": Case((), on_top("AttachScreen")),
    "open-page": Case((), lambda app: app.opened == ["https://arxiv.org/abs/2608.05446"]),
    "open-pdf": Case((), lambda app: app.opened == ["https://arxiv.org/pdf/2608.05446"]),
    "add": Case((), on_top("AddScreen")),
    "duplicates": Case((), on_top("DuplicatesScreen")),
    "export": Case((), on_top("ExportScreen")),
    "search": Case((), lambda app: app.screen.focused.id == "search"),
    "show-all": Case(("2",), lambda app: shelf(app) == "all"),
    "show-unread": Case((), lambda app: shelf(app) == "unread"),
    "show-reading": Case((), lambda app: shelf(app) == "reading"),
    "show-read": Case((), lambda app: shelf(app) == "read"),
    "show-starred": Case((), lambda app: shelf(app) == "starred"),
    "show-trash": Case((), lambda app: shelf(app) == "trash"),
    "show-queue": Case((), lambda app: shelf(app) == "queue"),
    "sidebar": Case((), lambda app: app.screen.sidebar is not None),
    "save-view": Case(("2",), on_top("NameScreen")),
    "triage": Case((), on_top("TriageScreen")),
    "statistics": Case((), on_top("StatisticsScreen")),
    "related": Case(("j",), on_top("RelatedScreen")),
    "sort": Case((), on_top("ChoiceScreen")),
    "select": Case((), lambda app: selected(app) == 1),
    "select-range": Case((), lambda app: app.screen.session.drawing_range),
    "select-all": Case((), lambda app: selected(app) == len(app.titles)),
    "select-added": Case(("2",), lambda app: selected(app) > 0),
    "invert-selection": Case(("space",), lambda app: selected(app) == len(app.titles) - 1),
    "down": Case((), lambda app: row(app) == 1),
    "up": Case(("j", "j"), lambda app: row(app) == 1),
    "half-page-down": Case((), lambda app: 1 < row(app) < 5),
    "half-page-up": Case(("G",), lambda app: 3 < row(app) < 8),
    "page-down": Case((), lambda app: row(app) > 3),
    "page-up": Case(("G",), lambda app: row(app) < 5),
    "first": Case(("G",), lambda app: row(app) == 0),
    "last": Case((), lambda app: row(app) == 8),
    "next-unread": Case(("j", "j"), lambda app: row(app) == 5),
    "previous-unread": Case(("j",) * 5, lambda app: row(app) == 2),
    "place": Case((), on_top("OneKeyScreen")),
    "jump": Case((), on_top("JumpScreen")),
    "widen-list": Case((), lambda app: app.screen.list_share == 65),
    "narrow-list": Case((), lambda app: app.screen.list_share == 55),
    "next-pane": Case((), lambda app: app.screen.focused is app.screen.detail),
    "detail": Case((), lambda app: app.screen.focused is app.screen.detail),
    "back": Case(("2",), lambda app: shelf(app) == "all"),
    "help": Case((), on_top("HelpScreen")),
    "palette": Case((), on_top("Palette")),
    "save": Case((), says("Everything is on the disk")),
    "quit": Case((), quits),
    "quit-anyway": Case((), quits),
}
KEYS = [(name, key) for name, command in COMMANDS.items() for key in command.keys.split(",")]


@pytest.mark.parametrize(("name", "key"), KEYS, ids=[f"{name}-{key}" for name, key in KEYS])
async def test_the_key_does_it(
    opened: Open, library: Library, monkeypatch: pytest.MonkeyPatch, name: str, key: str
) -> None:
    addresses: list[str] = []
    written: list[str] = []
    monkeypatch.setattr(browser, "open_address", addresses.append)
    monkeypatch.setattr(outside_editor, "write_outside", lambda _, paper: written.append(paper.title[:6]))
    before, holds = CASES[name]
    async with opened(on=furnish(library), size=(140, 9)) as app:
        app.opened, app.written = addresses, written
        await app.press(*before)
        app.pilot.app.clear_notifications()
        assert not holds(app)
        await app.press(key)
        assert holds(app)


def test_every_command_has_a_case() -> None:
    assert CASES.keys() == COMMANDS.keys()
