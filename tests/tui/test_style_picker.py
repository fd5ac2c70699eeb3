"""The list of all styles: the live citation, favourites, the default, italics."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from readlist import clipboard, referencing, style_memory
from readlist.cite.formats import Citation, cite
from readlist.cite.styles import style_choices
from readlist.config import Config
from readlist.library.library import Library
from readlist.paper import Author, Paper
from readlist.style_memory import StyleMemory
from readlist.tui.citation_text import citation_text
from readlist.tui.screens import style_picker
from readlist.tui.screens.style_picker import StylePicker

Open = Any


class Copied(list[tuple[str, str]]):
    """The texts that were copied, each with its HTML."""


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> Copied:
    """A clipboard that always works."""
    texts = Copied()

    def copy(text: str, *, html: str = "", **_: Any) -> clipboard.Outcome:
        texts.append((text, html))
        return clipboard.Outcome("xclip", "copied", "as HTML" if html else "")

    monkeypatch.setattr(clipboard, "copy", copy)
    return texts


def rows(app: Any) -> list[str]:
    """What the first rows of the list say."""
    listing = app.pilot.app.screen.query_one(OptionList)
    return [str(listing.get_option_at_index(number).prompt).strip() for number in range(min(listing.option_count, 8))]


def shown(app: Any) -> Content:
    """The citation shown."""
    content = app.pilot.app.screen.query_one("#picker-citation", Static).content
    assert isinstance(content, Content)
    return content


async def test_a_favourite_and_what_was_used_come_first_also_after_a_restart(opened: Open, copied: Copied) -> None:
    async with opened() as app:
        await app.press("Y")
        await app.type("plos one")
        await app.press("asterisk")
        assert rows(app)[0].startswith("★ PLOS ONE")
        assert "PLOS ONE is a favourite" in app.toasts
        await app.press("escape", "Y")
        await app.type("cell")
        await app.press("enter")
        assert len(copied) == 1
    async with opened() as app:
        await app.press("Y")
        assert rows(app)[0].startswith("★ PLOS ONE")
        assert rows(app)[1].startswith("Cell")
        assert "used lately" in rows(app)[1]
        await app.press("asterisk", "escape", "Y")
        assert rows(app)[0].startswith("Cell")
    assert style_memory.load() == StyleMemory(recent=("cell",))


async def test_a_style_has_one_name_before_and_after_all_have_been_read(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = threading.Event()
    monkeypatch.setattr(style_picker, "style_choices", lambda: (read.wait(20), style_choices())[1])
    async with opened() as app:
        await app.pilot.press("Y")
        await app.pilot.pause()
        before = {row.split("  ")[-1]: row for row in rows(app)}
        assert before["ieee"].startswith("IEEE ")
        read.set()
        await app.settle()
        await app.type("ieee")
        assert rows(app)[0] == before["ieee"]
        await app.press(*["backspace"] * 4)
        await app.type("reference guide")  # the official title is searched as well
        assert before["ieee"] in rows(app)


async def test_what_another_window_marks_stays(opened: Open) -> None:
    async with opened() as app:
        await app.press("Y")
        style_memory.mark("science", favourite=True)
        await app.type("nature")
        await app.press("asterisk")
    assert style_memory.load().favourites == ("science", "nature")


async def test_d_makes_the_default_that_yy_copies_and_takes_it_back(opened: Open, copied: Copied) -> None:
    async with opened(config=Config(cite_style="key")) as app:
        await app.press("Y")
        await app.type("modern lang")
        await app.press("D")
        assert "  default  " in rows(app)[0]
        assert "is the default: y y copies it" in app.toasts
        await app.press("escape", "y")
        assert "MLA" in app.text_of("#copy-panel").splitlines()[0]
        await app.press("y")
        assert copied[-1][0].startswith("Fort, Stanislav, and Balaji Lakshminarayanan.")
    async with opened(config=Config(cite_style="key")) as app:
        await app.press("y", "y")
        assert copied[-1][0].startswith("Fort, Stanislav, and")
        await app.press("Y")
        await app.type("modern lang")
        await app.press("D")
        assert "citation key is the default" in app.toasts
        await app.press("escape", "y", "y")
        assert copied[-1][0] == "fort2026robust"


async def test_capitals_that_are_no_keys_are_searched(opened: Open) -> None:
    async with opened() as app:
        await app.press("Y", "P", "N", "A", "S")
        assert app.pilot.app.screen.query_one(Input).value == "PNAS"
        assert any("Proceedings of the National Academy" in row or "PNAS" in row for row in rows(app))


async def test_italics_are_seen(opened: Open) -> None:
    async with opened() as app:
        await app.press("Y")
        citation = shown(app)
        (italic,) = [span for span in citation.spans if span.style == "italic"]
        assert citation.plain[italic.start : italic.end] == "Robust to L_∞ attacks: 5% better"


async def test_a_selection_is_shown_as_the_bibliography_that_is_copied(opened: Open, copied: Copied) -> None:
    async with opened() as app:
        await app.press("ctrl+a", "Y")
        await app.type("american sociological")
        entries = [entry for entry in shown(app).plain.split("\n") if entry]
        assert len(entries) == 8
        order = [
            next(name for name in ("Bai", "Fort", "No author", "Quek", "Żółć", "王") if name in entry)
            for entry in entries
        ]
        assert order == ["Bai", "Fort", "Fort", "Fort", "No author", "Quek", "Żółć", "王"]
        await app.press("enter")
        assert copied[0][0].splitlines() == entries


async def test_formats_are_listed_and_shown_to_the_letter(opened: Open, copied: Copied) -> None:
    async with opened() as app:
        await app.press("Y")
        await app.type("markdown reference")
        text = shown(app).plain
        assert "*Robust to L\\_∞ attacks: 5% better*" in text
        await app.press("enter")
        assert copied[0][0] == text


async def test_to_look_hands_out_no_keys(opened: Open) -> None:
    async with opened() as app:
        await app.press("Y")
        await app.type("bibtex")
        assert "fort2026robust" in shown(app).plain
        await app.press("escape")
        assert not app.paper("Robust").key


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[list[str], threading.Event]]:
    """Citations for the list that are not made before the event; and the styles for which they were asked."""
    asked: list[str] = []
    event = threading.Event()

    def preview(_library: Library, _papers: Any, style: str, _pattern: str = "") -> Citation:
        asked.append(style)
        event.wait(20)
        return Citation(f"in {style}", "", ())

    monkeypatch.setattr(referencing, "preview", preview)
    yield asked, event
    event.set()


async def test_keys_work_while_a_citation_is_made_and_the_newest_wins(
    opened: Open, held: tuple[list[str], threading.Event]
) -> None:
    asked, event = held
    async with opened() as app:
        await app.pilot.press("Y")
        await app.pilot.press(*"nature")
        await app.pilot.press("down", "down", "up")
        screen = app.pilot.app.screen
        assert isinstance(screen, StylePicker)
        assert screen.query_one(Input).value == "nature"
        assert asked == ["apa"]
        event.set()
        await app.settle()
        chosen = screen.query_one(OptionList).highlighted_option
        assert chosen is not None
        assert shown(app).plain == f"in {chosen.id}"
        assert len(asked) <= 3  # the first, and what was wanted when it was done


async def test_with_italics_on_request(opened: Open, copied: Copied) -> None:
    async with opened() as app:
        await app.press("y", "A")
        assert "<i>Robust to L_∞ attacks: 5% better</i>" in copied[-1][1]
        assert "Copied APA with italics by xclip (as HTML)" in app.toasts
        await app.press("y", "a")
        assert copied[-1][1] == ""
        await app.press("Y")
        await app.type("cell")
        await app.press("ctrl+r")
        assert copied[-1][0].startswith("1. Fort, S.")
        assert copied[-1][1]
        await app.press("Y")
        await app.type("bibtex")
        await app.press("ctrl+r")
        assert copied[-1][1] == ""
        assert "BibTeX has no italics" in app.toasts


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("o", "[[https://arxiv.org/abs/2608.05446][Robust to L_∞ attacks: 5% better]]"),
        ("x", "\\cite{fort2026robust}"),
        ("p", "@fort2026robust"),
        ("s", "Fort and Lakshminarayanan (2026)"),
    ],
)
async def test_short_forms(opened: Open, copied: Copied, key: str, text: str) -> None:
    async with opened() as app:
        await app.press("y", key)
        assert copied == [(text, "")]


async def test_a_full_reference_in_markdown(opened: Open, copied: Copied) -> None:
    async with opened() as app:
        await app.press("y", "f")
        assert copied[0][0].startswith("Fort, S., & Lakshminarayanan, B. (2026). *Robust to L\\_∞ attacks: 5% better*")


async def test_a_key_that_was_copied_in_any_form_stays(opened: Open, copied: Copied) -> None:
    async with opened() as app:
        await app.press("y", "x")
        app.library.edit([app.paper("Robust").id], title="Another title")
    async with opened(config=Config(key_pattern="{title}{year}")) as app:
        await app.press("y", "p", "j", "y", "p")
        assert [text for text, _ in copied[1:]] == ["@fort2026robust", "@constitutional2025"]


async def test_what_cannot_be_remembered_is_told_and_copied_all_the_same(
    opened: Open, copied: Copied, home: Path
) -> None:
    (home / ".local").write_text("in the way")
    async with opened() as app:
        await app.press("Y", "asterisk")
        assert "This cannot be remembered" in app.toasts
        await app.press("enter")
        assert copied
        assert "cannot be remembered" in app.toasts


async def test_a_style_that_is_gone_is_explained(opened: Open, copied: Copied, tmp_path: Path) -> None:
    style_memory.mark(str(tmp_path / "gone.csl"), favourite=True)
    async with opened() as app:
        await app.press("Y")
        assert "there is no citation style" in shown(app).plain
        await app.press("enter")
        assert not copied
        assert "there is no citation style" in app.toasts


async def test_no_style_of_that_name(opened: Open, copied: Copied) -> None:
    async with opened() as app:
        await app.press("Y")
        await app.type("xyzzyx")
        assert shown(app).plain == "No style has that name"
        await app.press("enter", "asterisk", "D", "down")
        assert not copied
        await app.press(*["backspace"] * 6)
        assert "Fort, S." in shown(app).plain


def test_of_thousands_of_authors_the_beginning_is_laid_out() -> None:
    paper = Paper(title="Many", authors=tuple(Author(f"Family{number}", "G.") for number in range(3_000)))
    text = citation_text(cite([paper], "association-for-computing-machinery")).plain
    assert len(text) < 2_000
    assert "more characters" in text
    assert "and 3,300 more lines" in citation_text(Citation("x\n" * 3_499 + "y", "", ())).plain


def test_what_could_harm_the_screen_is_left_out() -> None:
    assert "\x1b" not in citation_text(Citation("a\x1b[31mb", "", ())).plain
    assert citation_text(Citation("a", "<i>a\x1b</i> [red]b[/red]", ())).plain == "a [red]b[/red]"


# Completing authors


async def test_e_completes_a_cut_list_in_one_step(opened: Open, copied: Copied) -> None:
    async with opened() as app:
        await app.press("j", "y", "b")
        assert "Authors incomplete — E completes them" in app.toasts
        await app.press("E")
        assert "Completed the authors of “Constitutional AI" in app.toasts
        paper = app.paper("Constitutional")
        assert paper.authors_complete
        assert len(paper.authors) == 51
        await app.press("y", "b")
        assert "and others" not in copied[-1][0]
        assert "incomplete" not in app.toasts
        await app.press("u")
        assert not app.paper("Constitutional").authors_complete
        assert len(app.paper("Constitutional").authors) == 2


async def test_e_says_what_is_not_known_offline(opened: Open) -> None:
    async with opened() as app:
        await app.press("E")
        assert "No author list was cut here" in app.toasts
        app.library.edit([app.paper("Robust").id, app.paper("Gaussian").id], authors_complete=False)
        app.screen.session.look()
        app.screen.show_view()
        await app.press("E")
        assert "The complete authors are not known offline" in app.toasts
        await app.press("ctrl+a", "E")
        assert "2 not known offline" in app.toasts or "1 not known offline" in app.toasts
        assert app.paper("Constitutional").authors_complete
