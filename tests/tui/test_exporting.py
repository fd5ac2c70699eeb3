"""Exporting by keys: which papers, which format, which file, and what the app says of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from pybtex.database import parse_string
from textual.widgets import Input

from readlist.config import Config
from readlist.library.library import Library
from readlist.tui.app import ReadlistApp
from readlist.tui.screens.export import ExportScreen

Open = Any


async def name_file(app: Any, path: Path | str) -> None:
    """Put the name of a file in the place of the one that is offered."""
    await app.press("ctrl+u")
    app.pilot.app.screen.query_one(Input).value = str(path)
    await app.settle()


async def test_the_shelf_is_written_where_nothing_is_selected(opened: Open, home: Path) -> None:
    async with opened() as app:
        await app.press("w")
        assert "8 papers shown" in app.text_of("#export-papers")
        await app.press("enter")
        assert "8 papers written to ~/readlist-export.bib" in app.toasts
        text = (home / "readlist-export.bib").read_text(encoding="utf-8")
        assert len(parse_string(text, "bibtex").entries) == 8
        assert not isinstance(app.pilot.app.screen, ExportScreen)


async def test_a_selection_comes_first_and_tab_widens_it(opened: Open, tmp_path: Path) -> None:
    async with opened() as app:
        await app.press("space", "space", "w")
        assert "2 papers selected" in app.text_of("#export-papers")
        assert "8 shown" in app.text_of("#export-papers")
        await app.press("tab")
        assert "8 papers shown" in app.text_of("#export-papers")
        await app.press("tab")
        assert "2 papers selected" in app.text_of("#export-papers")
        await name_file(app, tmp_path / "two.bib")
        await app.press("enter")
        assert len(parse_string((tmp_path / "two.bib").read_text(encoding="utf-8"), "bibtex").entries) == 2


async def test_a_search_is_a_view_and_everything_is_one_key_away(opened: Open, tmp_path: Path) -> None:
    async with opened() as app:
        await app.press("slash", *"fort", "enter", "w")
        assert "3 papers shown" in app.text_of("#export-papers")
        await app.press("tab")
        assert "8 papers in the list" in app.text_of("#export-papers")
        await app.press(*["down"] * 6)
        assert app.pilot.app.screen.query_one(Input).value == "~/readlist-export.json"
        await name_file(app, tmp_path / "all.json")
        await app.press("enter")
        assert len(json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))) == 8


async def test_a_file_that_exists_is_replaced_at_the_second_enter(opened: Open, tmp_path: Path) -> None:
    target = tmp_path / "mine.bib"
    target.write_text("precious", encoding="utf-8")
    async with opened() as app:
        await app.press("w")
        await name_file(app, target)
        await app.press("enter")
        assert "exists. Enter once more replaces it." in " ".join(app.text_of("#export-problem").split())
        assert target.read_text(encoding="utf-8") == "precious"
        await app.press("enter")
        assert target.read_text(encoding="utf-8").count("\n@") == 7


async def test_another_name_has_to_be_confirmed_anew(opened: Open, tmp_path: Path) -> None:
    first, second = tmp_path / "1.bib", tmp_path / "2.bib"
    first.write_text("precious", encoding="utf-8")
    second.write_text("precious", encoding="utf-8")
    async with opened() as app:
        await app.press("w")
        await name_file(app, first)
        await app.press("enter")
        await name_file(app, second)
        await name_file(app, first)
        await app.press("enter")
        await name_file(app, second)
        await app.press("enter", "escape")
    assert [path.read_text(encoding="utf-8") for path in (first, second)] == ["precious"] * 2


async def test_the_trash_is_a_view_as_well(opened: Open, tmp_path: Path) -> None:
    async with opened() as app:
        await app.press("d", "6", "w")
        assert "1 paper shown" in app.text_of("#export-papers")
        assert "7 in the list" in app.text_of("#export-papers")
        await name_file(app, tmp_path / "gone.bib")
        await app.press("enter")
        assert (tmp_path / "gone.bib").read_text(encoding="utf-8").count("@") == 1


async def test_what_cannot_be_written_is_said_and_can_be_mended(opened: Open, tmp_path: Path) -> None:
    async with opened() as app:
        await app.press("w")
        await name_file(app, tmp_path / "no" / "a.bib")
        await app.press("enter")
        assert "there is no folder" in " ".join(app.text_of("#export-problem").split())
        await name_file(app, tmp_path / f"{'a' * 300}.bib")
        await app.press("enter")
        assert "too long" in " ".join(app.text_of("#export-problem").split())
        await name_file(app, tmp_path / "a.bib")
        assert not app.text_of("#export-problem").strip()
        await app.press("enter")
        assert (tmp_path / "a.bib").exists()


async def test_a_name_of_ones_own_keeps_its_suffix(opened: Open) -> None:
    async with opened() as app:
        await app.press("w")
        field = app.pilot.app.screen.query_one(Input)
        for typed, shown in [("~/x.bib", "~/x.ris"), ("~/refs.txt", "~/refs.txt"), ("~/plain", "~/plain")]:
            await name_file(app, typed)
            await app.press("down", "down")
            assert field.value == shown
            await app.press("up", "up")


async def test_notes_are_written_to_a_folder(opened: Open, home: Path) -> None:
    async with opened() as app:
        await app.press("w", "up")
        assert app.pilot.app.screen.query_one(Input).value == "~/readlist-export"
        await app.press("enter")
        assert "8 notes written in ~/readlist-export" in app.toasts
        assert len(list((home / "readlist-export").glob("*.md"))) == 8
        await app.press("w", "up", "enter")
        assert "0 notes written, 8 unchanged" in app.toasts


async def test_keys_handed_out_by_an_export_stay(opened: Open, tmp_path: Path) -> None:
    async with opened() as app:
        await app.press("w")
        await name_file(app, tmp_path / "a.bib")
        await app.press("enter")
        assert app.paper("Robust").key == "fort2026robust"
        assert app.screen.session.view.papers[0].key == "fort2026robust"


async def test_escape_writes_nothing(opened: Open, home: Path) -> None:
    async with opened() as app:
        await app.press("w", "escape", "r")
        assert app.paper("Robust").status == "read"
    assert not (home / "readlist-export.bib").exists()


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_screen(snap_compare: Any, library: Library, size: tuple[int, int]) -> None:
    async def press(pilot: Any) -> None:
        await pilot.app.workers.wait_for_complete()
        await pilot.press("space", "w", "down")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(ReadlistApp(library, Config()), terminal_size=size, run_before=press)


async def test_no_format_is_cut_in_a_small_window(opened: Open) -> None:
    async with opened(size=(40, 15)) as app:
        await app.press("w")
        lines = [line.strip() for line in app.text_of("#export OptionList").splitlines()]
        assert len(lines) == 8
        assert lines[-1] == "Obsidian, a note for each paper"
        assert not any("…" in line for line in lines)
