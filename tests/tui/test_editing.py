"""The form in which a paper is edited."""

import pytest
from textual.widgets import Input, TextArea
from tui.conftest import Driver, Open

from readlist.cite.formats import export
from readlist.library.errors import LibraryError
from readlist.library.library import Library
from readlist.paper import Author
from readlist.tui.screens.edit import EditScreen


def form(app: Driver) -> EditScreen:
    screen = app.pilot.app.screen
    assert isinstance(screen, EditScreen)
    return screen


async def test_authors_are_corrected_and_the_citation_follows(opened: Open) -> None:
    async with opened() as app:
        assert "and others" in export([app.paper("Constitutional")], "bibtex")
        await app.press("j", "e")
        form(app).query_one("#field-authors", TextArea).text = "Bai, Yuntao\nKadavath, Saurav\n{Anthropic}"
        await app.press("tab", "tab", "space", "ctrl+s")
        paper = app.paper("Constitutional")
        assert paper.authors == (Author("Bai", "Yuntao"), Author("Kadavath", "Saurav"), Author(literal="Anthropic"))
        assert "Bai, Yuntao and Kadavath, Saurav and {Anthropic}" in export([paper], "bibtex")
        await app.press("u")
        assert not app.paper("Constitutional").authors_complete


async def test_what_is_wrong_is_said_and_the_form_stays(opened: Open) -> None:
    async with opened() as app:
        before = app.paper("Robust")
        await app.press("e", "tab", "tab", "tab", "end", "x", "ctrl+s")
        assert "Published: “2026-08-08x” is no date" in app.text_of("#edit-problem")
        assert app.paper("Robust") == before
        await app.press("backspace", "backspace", "7", "ctrl+s")
        assert app.paper("Robust").published == "2026-08-07"


async def test_esc_throws_away_only_when_asked_twice(opened: Open) -> None:
    async with opened() as app:
        await app.press("e", "X", "escape")
        assert "throws the changes away" in app.text_of("#edit-problem")
        await app.press("escape")
        assert not app.current.startswith("X")
        await app.press("e", "escape")
        assert app.pilot.app.screen is app.screen  # nothing had been changed, so that one was enough


async def test_what_was_refused_is_thrown_away_only_when_asked_twice_as_well(opened: Open) -> None:
    async with opened() as app:
        await app.press("e", "tab", "tab", "tab", "end", "x", "ctrl+s", "escape")
        assert "throws the changes away" in app.text_of("#edit-problem")
        await app.press("backspace", "backspace", "7", "ctrl+s")
        assert app.paper("Robust").published == "2026-08-07"


async def test_what_cannot_be_saved_stays_in_the_form(
    opened: Open, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise LibraryError("no")

    async with opened() as app:
        await app.press("e", "X")
        with monkeypatch.context() as patch:
            patch.setattr(library, "edit", refuse)
            await app.press("ctrl+s")
        assert form(app).query_one("#field-title", TextArea).text.startswith("X")
        await app.press("ctrl+s")
        assert app.current.startswith("XRobust")


async def test_a_citation_key_belongs_to_one_paper(opened: Open, library: Library) -> None:
    library.edit([next(iter(library.papers))], key="fort2026")
    other = next(paper for paper in library.papers.values() if paper.key != "fort2026")
    async with opened() as app:
        app.screen.paper_list.go_to_paper(other.id)
        await app.press("e")
        for _ in range(20):
            if app.pilot.app.focused and app.pilot.app.focused.id == "field-key":
                break
            await app.press("tab")
        await app.type("fort2026")
        await app.press("ctrl+s")
        assert "is the citation key of" in app.toasts
        assert library.papers[other.id].key == ""


async def test_tags_dates_and_files_are_edited_in_one_step(opened: Open) -> None:
    async with opened() as app:
        await app.press("e")
        form = app.pilot.app.screen
        form.query_one("#field-tags", Input).value = "ood, later"
        form.query_one("#field-status", Input).value = "read"
        form.query_one("#field-finished", Input).value = "2026-11-01"
        form.query_one("#field-files", TextArea).text = "/docs/a.pdf"
        await app.press("ctrl+s")
        paper = app.paper("Robust")
        assert (paper.tags, paper.status, paper.finished[:10]) == (("ood", "later"), "read", "2026-11-01")
        assert paper.files == ("/docs/a.pdf",)
        await app.press("u")
        assert (app.paper("Robust").tags, app.paper("Robust").status, app.paper("Robust").files) == ((), "unread", ())


async def test_what_a_form_has_to_tell_when_it_has_been_left_is_told_to_nobody(opened: Open) -> None:
    async with opened() as app:
        await app.press("e")
        form = app.pilot.app.screen
        assert isinstance(form, EditScreen)
        await app.press("escape")
        form._tell("The year is no number", "bold")  # as when the answer of the disk comes after that
        await app.settle()
        assert app.pilot.app.screen is app.screen
