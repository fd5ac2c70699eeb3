"""Statuses of the settings: their keys, signs, shelves and figures, and those that the settings do not know."""

from pathlib import Path

import pytest
from tui.conftest import Open

from readlist.config import Config, load_config
from readlist.library.library import Library
from readlist.tui.screens.help import help_entries
from readlist.tui.screens.triage import TriageScreen

SETTINGS = """\
[keys]
toggle-read = "f5"

[[status]]
name = "inbox"

[[status]]
name = "skimmed"
glyph = "◔"
colour = "accent"
key = "f9"

[[status]]
name = "read"
done = true
key = "r"

[[status]]
name = "cited"
done = true
colour = "#ff8800"
key = "C"

[[status]]
name = "boring"
aside = true
"""
ROBUST = "Robust"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    return load_config(path)


async def test_the_key_of_a_status_gives_it_and_the_dates_follow(opened: Open, config: Config) -> None:
    async with opened(config=config) as app:
        await app.press("f9")
        assert app.paper(ROBUST).status == "skimmed"
        assert app.paper(ROBUST).started
        assert not app.paper(ROBUST).finished
        assert "Marked “Robust" in app.toasts
        assert "skimmed" in app.toasts
        await app.press("C")
        finished = app.paper(ROBUST).finished
        assert app.paper(ROBUST).status == "cited"
        assert finished
        await app.press("r")
        assert app.paper(ROBUST).status == "read"
        assert app.paper(ROBUST).finished == finished
        await app.press("u", "u", "u")
        assert app.paper(ROBUST).status == "unread"
        assert not app.paper(ROBUST).started


async def test_the_keys_of_all_statuses_go_their_round(opened: Open, config: Config) -> None:
    async with opened(config=config) as app:
        found = []
        for _ in range(4):
            await app.press("s")
            found.append(app.paper(ROBUST).status)
        assert found == ["skimmed", "read", "cited", "unread"]
        await app.press("f5")
        assert app.paper(ROBUST).status == "read"
        await app.press("minus")
        assert app.paper(ROBUST).status == "boring"
        await app.press("minus")
        assert app.paper(ROBUST).status == "unread"


async def test_a_mark_acts_on_the_selection_and_is_repeated(opened: Open, config: Config) -> None:
    async with opened(config=config) as app:
        await app.press("space", "space", "f9", "escape", "j", "full_stop")
        assert sum(paper.status == "skimmed" for paper in app.library.papers.values()) == 3


async def test_shelves_signs_and_sidebar_speak_the_language_of_the_settings(opened: Open, config: Config) -> None:
    async with opened(config=config) as app:
        await app.press("C", "j", "f9")
        shelves = app.text_of("#shelves")
        assert "2 Inbox 4" in shelves  # Quek, no author, Gaussian, markup
        assert "3 Skimmed 1" in shelves  # which knows nothing of “reading”
        assert "4 Read 2" in shelves  # read and cited both count as done
        rows = app.text_of("#papers")
        assert "◔" in rows
        assert "✔" in rows
        assert "○" in rows  # “reading” is none of these statuses
        await app.press("2")
        assert len(app.titles) == 4
        await app.press("4")
        assert len(app.titles) == 2
        assert app.screen.session.full_query == "status:read or status:cited"
        await app.press("1", "slash", *"status:c", "tab", "enter")
        assert app.titles == [app.paper(ROBUST).title]
        await app.press("escape", "b")
        sidebar = app.text_of("#sidebar")
        for entry in ("inbox 4", "skimmed 1", "cited 1", "reading 1"):
            assert entry in sidebar


async def test_help_and_palette_list_the_marks(opened: Open, config: Config) -> None:
    async with opened(config=config) as app:
        marks = [entry for entry in help_entries(app.screen) if entry.text == "Mark skimmed."]
        assert [entry.keys for entry in marks] == ["f9"]
        await app.press("ctrl+p", *"skimmed", "enter")
        await app.settle()
        assert app.paper(ROBUST).status == "skimmed"


async def test_triage_knows_the_statuses(opened: Open, config: Config) -> None:
    async with opened(config=config) as app:
        await app.press("T")
        assert isinstance(app.pilot.app.screen, TriageScreen)
        bar = app.text_of("#keys")
        assert bar.index("Drop") < bar.index("f9 Skimmed") < bar.index("C Cited") < bar.index("Star")
        await app.press("f9", "x", "C")
        assert [app.paper(title).status for title in (ROBUST, "Constitutional", "A [bold]")] == [
            "skimmed",
            "boring",
            "cited",
        ]
        assert "1 skimmed" in app.text_of("#triage-progress")


async def test_a_status_that_nobody_knows_stays_as_it_is(opened: Open, library: Library) -> None:
    paper = next(paper for paper in library.papers.values() if paper.title.startswith(ROBUST))
    library.edit([paper.id], status="paused", started="2026-11-20T08:00:00Z")
    again = Library.open(library.path, who="tester")
    assert not again.damaged
    async with opened(on=again) as app:
        assert "○" in app.text_of("#papers")
        assert "paused (the settings do not know this status)" in app.text_of("#detail-body")
        await app.press("asterisk")
        assert app.paper(ROBUST).status == "paused"
        assert app.paper(ROBUST).started == "2026-11-20T08:00:00Z"
        await app.press("slash", *"status:paused", "enter")
        assert app.titles == [app.paper(ROBUST).title]
        await app.press("s")
        assert app.paper(ROBUST).status == "unread"
        await app.press("u")
        assert app.paper(ROBUST).status == "paused"
    assert '"status": "paused"' in library.path.read_text("utf-8")


@pytest.mark.parametrize(
    ("key", "told"),
    [("j", "the key of the status skimmed: j already does down"), ("nokey", "'nokey' is no key")],
)
async def test_a_key_that_cannot_be_used_is_reported(opened: Open, tmp_path: Path, key: str, told: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(SETTINGS.replace("f9", key), encoding="utf-8")
    async with opened(config=load_config(path)) as app:
        assert told in app.toasts
        await app.press("j")
        assert app.current.startswith("Constitutional")
        await app.press("C")
        assert app.paper("Constitutional").status == "cited"


async def test_a_status_takes_a_key_that_its_command_has_given_up(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nopen-pdf = "f8"\n' + SETTINGS.replace("[keys]\n", "").replace("f9", "p"), encoding="utf-8")
    async with opened(config=load_config(path)) as app:
        assert "already" not in app.toasts
        await app.press("p")
        assert app.paper(ROBUST).status == "skimmed"
