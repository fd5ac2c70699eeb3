"""Copying, opening, adding: what goes out, what comes in, and what the app says of it."""

import datetime as dt
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pybtex.database import parse_string
from textual.widgets import Input, TextArea

from readlist import browser, clipboard
from readlist.config import Config
from readlist.errors import UsageError
from readlist.library.library import Library

Open = Any
LISTING = """\
LGOct 11, 2022Code
A new paper about basinsJane Doe, Rick McDonald et al. · stanford
We study the basins of attraction.

CLDec 15, 2025
Constitutional AI: Harmlessness from AI FeedbackYuntao Bai, Saurav Kadavath · anthropic
We train an assistant.
not a paper
"""


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was copied, by a clipboard that always works."""
    texts: list[str] = []

    def copy(text: str, **_: Any) -> clipboard.Outcome:
        texts.append(text)
        return clipboard.Outcome("xclip", "copied", "")

    monkeypatch.setattr(clipboard, "copy", copy)
    return texts


@pytest.mark.parametrize(
    ("keys", "inside"),
    [
        ("b", "eprint = {2608.05446}"),
        ("l", "@online{"),
        ("a", "Fort, S., & Lakshminarayanan, B. (2026)."),
        ("m", "](https://arxiv.org/abs/2608.05446)"),
        ("k", "fort2026robust"),
        ("u", "https://arxiv.org/abs/2608.05446"),
        ("t", "Robust to L_∞ attacks: 5% better"),
        ("i", "S. Fort and B. Lakshminarayanan"),
        ("c", "Fort, Stanislav"),
        ("h", "Fort, S."),
        ("v", "Fort S, Lakshminarayanan B."),
        ("j", '"family": "Fort"'),
        ("r", "TY  - "),
    ],
)
async def test_y_and_one_more_key_copies(opened: Open, copied: list[str], keys: str, inside: str) -> None:
    async with opened() as app:
        await app.press("y", keys)
        assert inside in copied[0]
        assert "Copied" in app.toasts
        assert "by xclip" in app.toasts


async def test_yy_copies_in_the_style_of_the_settings(opened: Open, copied: list[str]) -> None:
    async with opened(config=Config(cite_style="apa")) as app:
        await app.press("y", "y")
        assert copied[0].startswith("Fort, S.")


async def test_a_selection_is_copied_together_and_parses_back(opened: Open, copied: list[str]) -> None:
    async with opened() as app:
        await app.press("ctrl+a", "y", "b")
        entries = parse_string(copied[0], "bibtex").entries
        assert len(entries) == 8
        assert "BibTeX of 8 papers" in app.toasts
        assert "Authors incomplete" in app.toasts


async def test_a_cut_author_list_is_never_passed_off_as_complete(opened: Open, copied: list[str]) -> None:
    async with opened() as app:
        await app.press("j", "y", "b")
        assert "and others" in copied[0]
        assert "Authors incomplete" in app.toasts


async def test_a_key_once_copied_stays(opened: Open, copied: list[str]) -> None:
    async with opened() as app:
        await app.press("y", "k", "y", "k")
        assert copied == ["fort2026robust"] * 2
        app.library.edit([app.paper("Robust").id], title="Another title")
        await app.press("y", "k")
        assert copied[-1] == "fort2026robust"


async def test_the_picker_shows_the_real_citation_and_copies_it(opened: Open, copied: list[str]) -> None:
    async with opened() as app:
        await app.press("Y")
        await app.type("nature")
        await app.settle()
        shown = " ".join(app.text_of("#picker-citation").split())
        assert "Fort, S. & Lakshminarayanan, B. Robust to L_∞ attacks" in shown
        await app.press("enter")
        assert copied[0].startswith(("1. Fort, S.", "1.Fort, S.", "Fort, S."))


async def test_when_no_way_works_the_text_is_shown(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = clipboard.Outcome("", "failed", "there is no clipboard here")
    monkeypatch.setattr(clipboard, "copy", lambda *_, **__: failed)
    async with opened() as app:
        await app.press("y", "k")
        assert "there is no clipboard here" in app.text_of(".dialog-text")
        assert "fort2026robust" in app.text_of("#uncopied")
        field = app.pilot.app.screen.query_one("#uncopied", TextArea)
        assert field.selected_text == "fort2026robust"
        await app.press("escape", "r")
        assert app.paper("Robust").status == "read"


async def test_an_unknown_default_style_is_explained(opened: Open, copied: list[str]) -> None:
    async with opened(config=Config(cite_style="apaa")) as app:
        await app.press("y", "y")
        assert not copied
        assert "apaa" in app.toasts


async def test_pages_are_opened_in_the_browser(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(browser, "open_address", seen.append)
    async with opened() as app:
        await app.press("o", "p")
        assert seen == ["https://arxiv.org/abs/2608.05446", "https://arxiv.org/pdf/2608.05446"]
        await app.press("G", "o")
        assert "No page is known" in app.toasts


def test_only_web_addresses_are_opened() -> None:
    with pytest.raises(browser.BrowserError, match="Only http"):
        browser.open_address("file:///etc/passwd")


async def paste(app: Any, text: str) -> None:
    from textual.events import Paste

    app.pilot.app.post_message(Paste(text))
    await app.settle()


async def test_a_paste_shows_what_it_would_bring_and_enter_adds_it(opened: Open, library: Library) -> None:
    before = library.path.read_bytes()
    async with opened() as app:
        await paste(app, LISTING)
        assert "2 papers: 1 new, 1 known, of which 1 completed; 1 line could not be read" in app.text_of("#add-summary")
        assert "line 8" in app.text_of("#add-preview")
        assert library.path.read_bytes() == before
        await app.press("enter")
        assert app.current == "A new paper about basins"
        assert app.paper("A new paper").organisations == ("stanford",)
        await app.press("u")
        assert len(app.titles) == 8


async def test_many_papers_leave_the_cursor_and_a_key_leads_to_them(
    opened: Open, library: Library, tmp_path: Path
) -> None:
    page = tmp_path / "page.bib"
    page.write_text("".join(f"@misc{{k{n}, title={{New paper number {n}}}, year={{{2000 + n}}}}}\n" for n in range(3)))
    async with opened(on=Library.open(library.path)) as app:  # of which the clock goes on
        await app.press("j", "j")
        before = app.current
        await app.press("a")
        await app.type(str(page))
        await app.press("enter", "enter")
        assert len(app.titles) == 11
        assert app.current == before
        assert "Added 3 papers — u undoes, N selects them" in app.toasts
        await app.press("3", "N")  # wherever one looks
        assert app.current == "New paper number 2"
        assert len(app.screen.session.selection) == 3
        await app.press("slash", *"nothing", "enter", "N")
        assert len(app.screen.session.selection) == 3
        assert len(app.titles) == 11
        await app.press("r", "escape")
        assert all(app.paper(f"New paper number {n}").status == "read" for n in range(3))


async def test_esc_adds_nothing(opened: Open, library: Library) -> None:
    before = library.path.read_bytes()
    async with opened() as app:
        await paste(app, LISTING)
        await app.press("escape")
    assert library.path.read_bytes() == before


async def test_keys_that_come_with_a_paste_meet_the_window_that_it_opens(opened: Open) -> None:
    from textual import events

    for keys in (["enter"], ["down", "enter", "escape"]):
        async with opened() as app:
            app.pilot.app.post_message(events.Paste(LISTING))
            for key in keys:
                app.pilot.app.post_message(events.Key(key, None))
            await app.settle()
            assert app.screen.focused is not app.screen.detail  # where enter would have led to before


async def test_a_file_can_be_named(opened: Open, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(LISTING, encoding="utf-8")

    async def name(app: Any, path: Sequence[str]) -> None:
        await app.press("a")
        await app.type("".join(path))
        await app.press("enter")

    async with opened() as app:
        await name(app, str(tmp_path / "missing.txt"))
        assert "No such file" in app.text_of("#add-summary")
        await app.press("escape")
        await name(app, str(page))
        await app.press("enter")
        assert len(app.titles) == 9


async def test_leaving_while_a_file_is_being_read_is_harmless(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    left = threading.Event()

    def slow(path: Path) -> tuple[bytes, dt.date]:
        left.wait(10)
        raise UsageError(f"{path}: No such file or directory")

    monkeypatch.setattr("readlist.tui.screens.add.read_page", slow)
    async with opened() as app:
        await app.press("a")
        app.pilot.app.screen.query_one(Input).value = "nothing.bib"
        await app.pilot.press("enter")
        screen = app.pilot.app.screen
        await app.pilot.press("escape")
        left.set()
        await app.settle()
        assert screen.is_left
        assert app.pilot.app.screen is app.screen
