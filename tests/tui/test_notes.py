"""Notes: preview and links, the editor of one's own, templates, finding, and what a killed terminal leaves."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea
from tui.conftest import Open

from readlist import note_drafts
from readlist.config import Config
from readlist.library.library import Library
from readlist.tui.screens.note_preview import NotePreview


async def test_the_preview_lays_out_markdown_and_leads_to_linked_papers(opened: Open) -> None:
    async with opened() as app:
        first, second = app.screen.session.view.papers[:2]
        app.library.edit([first.id], note="# Thoughts\n\n- one\n- see [[2512.08073]]")
        app.screen.session.look()
        app.screen.show_view()
        await app.press("m")
        assert isinstance(app.pilot.app.screen, NotePreview)
        text = "\n".join(strip.text for strip in app.pilot.app.screen._compositor.render_strips())
        assert "Thoughts" in text
        assert "# Thoughts" not in text
        assert "→ Bai 2025" in app.text_of("OptionList")
        await app.press("enter")
        assert app.current == second.title
        await app.press("m")
        assert "← Fort 2026" in app.text_of("OptionList")
        await app.press("enter")
        assert app.current == first.title
        await app.press("m", "j", "escape")
        assert app.screen.is_current


def editor(home: Path, script: str) -> str:
    path = home / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    "outside",
    [
        ("printf 'from outside\\n' >> \"$1\"", "from outside", "Wrote"),
        ("true", "", "The note is as it was"),
        ('printf x >> "$1"; exit 3', "", "exit status 3; the note is as it was"),
    ],
)
async def test_the_users_own_editor(
    opened: Open, home: Path, monkeypatch: pytest.MonkeyPatch, outside: tuple[str, str, str]
) -> None:
    script, note, said = outside
    monkeypatch.setenv("VISUAL", editor(home, script))
    async with opened() as app:
        suspended: list[bool] = []

        @contextmanager
        def suspend() -> Iterator[None]:
            suspended.append(True)
            with nullcontext():
                yield

        monkeypatch.setattr(app.pilot.app, "suspend", suspend)
        await app.press("ctrl+e")
        assert suspended
        assert app.screen.session.view.papers[0].note == note
        assert said.lower() in app.toasts.lower() or note


async def test_without_an_editor_that_is_said(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with opened() as app:
        await app.press("ctrl+e")
        assert "set VISUAL or EDITOR" in app.toasts


async def test_a_template_begins_a_new_note_and_is_none_by_itself(opened: Open) -> None:
    async with opened(config=Config(note_template="# {title} ({year})\n\nMain point: ")) as app:
        await app.press("j", "n", "escape")
        assert app.paper("Constitutional").note == ""
        await app.press("n")
        await app.type("harmless")
        await app.press("escape")
        assert app.paper("Constitutional").note == (
            "# Constitutional AI: Harmlessness from AI Feedback (2025)\n\nMain point: harmless"
        )
        await app.press("n")
        assert app.screen.query_one(TextArea).text.count("Main point") == 1


async def test_a_template_gives_the_paper_the_key_that_it_names(opened: Open) -> None:
    async with opened(config=Config(note_template="{key}: ")) as app:
        assert app.paper("Constitutional").key == ""
        await app.press("j", "n")
        await app.type("harmless")
        await app.press("escape")
        assert app.paper("Constitutional").note == "bai2025constitutional: harmless"
        assert app.paper("Constitutional").key == "bai2025constitutional"


async def test_find_goes_from_place_to_place(opened: Open) -> None:
    async with opened() as app:
        await app.press("n")
        area = app.screen.query_one(TextArea)
        area.text = "alpha beta\ngamma Beta\nbeta"
        area.move_cursor((0, 0))
        await app.press("ctrl+f")
        app.pilot.app.screen.query_one(Input).value = "BETA"
        await app.press("enter")
        assert area.selection.start == (0, 6)
        await app.press("f3")
        assert area.selection.start == (1, 6)
        await app.press("f3", "f3")
        assert area.selection.start == (0, 6)
        assert area.selected_text == "beta"


async def test_what_was_written_when_the_terminal_was_killed_is_taken_up(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("j", "j", "n")
        await app.type("half a thou")
        app.screen._keep_draft()
        await app.settle()
        (kept,) = note_drafts.left_behind(library.path)
        assert kept.text == "half a thou"
        content = kept.file.read_bytes()
        await app.press("escape")
        assert note_drafts.left_behind(library.path) == []
        await app.press("u")
    kept.file.write_bytes(content)  # as if it had been killed before the note was saved
    async with opened(on=library) as app:
        await app.settle()
        assert "Recovered the note of “A [bold]title[/bold]" in app.text_of(".card")
        assert app.toasts == ""
        assert app.current.startswith("A [bold]title")
        assert app.screen.session.view.papers[2].note == "half a thou"
        assert note_drafts.left_behind(library.path) == []
        await app.pilot.pause(0.3)  # it does not go by itself
        assert app.screen.query(".card")
        await app.press("n")  # any key takes it away, and does what it always does
        assert not app.screen.query(".card")
        assert app.screen.is_writing
        await app.press("escape", "u")
        assert not app.paper("A [bold]").note


@pytest.mark.parametrize("size", [(40, 15), (140, 40)])
async def test_a_link_is_completed_while_it_is_typed(opened: Open, size: tuple[int, int]) -> None:
    async with opened(size=size) as app:
        app.library.edit([app.paper("Gaussian").id], key="fort2017gaussian")
        await app.press("j", "n", *"see ", "left_square_bracket", "left_square_bracket", *"fo")
        offered = [line.strip() for line in app.text_of("#link-offer").splitlines()]
        # Of those that match as well the newest stand first; names are arXiv ids where there is no key.
        assert offered[0].startswith("2608.05446")
        assert any(line.startswith("fort2017gaussian") for line in offered)
        assert offered[-1].startswith("tab or enter")
        assert len(offered) == 4
        await app.press(*"rt gauss")
        assert app.text_of("#link-offer").strip().startswith("fort2017gaussian  Fort 2017")
        await app.press("tab")
        assert not app.screen.query_one("#link-offer").display
        await app.press("space", "enter", *"[[")
        await app.press(*"robust", "enter", *" x")
        area = app.screen.query_one(TextArea)
        assert area.text == "see [[fort2017gaussian]] \n[[2608.05446]] x"
        await app.press("escape", "m")
        assert "→ Fort 2017 Gaussian" in app.text_of("#note-preview Options")


async def test_a_link_can_be_chosen_declined_and_typed_by_hand(opened: Open) -> None:
    async with opened() as app:
        await app.press("n", *"[[fort")
        area = app.screen.query_one(TextArea)
        assert len(app.text_of("#link-offer").splitlines()) == 3  # not the paper itself
        await app.press("down", "down", "up", "up", "down", "enter")
        assert area.text == "[[1708.02735]]"
        await app.press("enter", *"[[quek", "escape")  # takes the offer away alone
        assert app.screen.is_writing
        assert not app.screen.query_one("#link-offer").display
        await app.press("enter", *"x [[no such paper")
        assert not app.screen.query_one("#link-offer").display
        await app.press(*"]]", "enter", "tab", "up")
        assert area.text == "[[1708.02735]]\n[[quek\nx [[no such paper]]\n    "
        await app.press("ctrl+a", "end", "enter", *"[[markup", "tab")  # of which only the id is known
        title = "A bold title /bold with markup / and @click=app.quit a link /"
        assert f"|{title}]]" in area.text
        await app.press("escape")
        assert not app.screen.query("#link-offer")


async def test_a_link_whose_end_is_there_is_not_closed_twice(opened: Open) -> None:
    async with opened() as app:
        await app.press("n", *"[[]]", "left", "left", *"quek", "tab")
        assert app.screen.query_one(TextArea).text == "[[10.1038/s41534-021-00436-9]]"


@pytest.fixture
def unburied() -> Iterator[int]:
    """The id of a process that has ended, and that nobody has asked how: it stays in the table of processes."""
    with subprocess.Popen(["true"], stdout=subprocess.PIPE) as ended:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        yield ended.pid


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing tells")
async def test_a_process_that_nobody_has_buried_writes_no_more(opened: Open, library: Library, unburied: int) -> None:
    paper = next(iter(library.papers.values()))
    note_drafts.keep(library.path, paper.id, "", "words")
    (kept,) = note_drafts.left_behind(library.path)
    body = json.loads(kept.file.read_bytes())
    kept.file.write_text(json.dumps({**body, "pid": unburied}), "utf-8")
    async with opened() as app:
        assert "Recovered the note" in app.text_of(".card")
        assert app.library.papers[paper.id].note == "words"


async def test_several_notes_are_recovered_as_one(opened: Open, library: Library) -> None:
    first, second = list(library.papers.values())[:2]
    for paper in (first, second):
        note_drafts.keep(library.path, paper.id, "", f"on {paper.title}")
    async with opened() as app:
        card = " ".join(app.text_of(".card").split())
        assert "Recovered 2 notes" in card
        assert all(paper.title[:9] in card for paper in (first, second))
        assert app.current in {first.title, second.title}


async def test_a_note_that_was_saved_when_the_terminal_was_closed_is_told_of(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("j", "j", "n", *"idea")
        app.screen.leave(hurry=True)  # what SIGHUP does
        await app.pilot.pause()
    async with opened(on=Library.open(library.path)) as app:
        assert app.paper("A [bold]").note == "idea"
        assert "Recovered the note of “A [bold]" in app.text_of(".card")
        assert app.current.startswith("A [bold]")
    async with opened(on=Library.open(library.path)) as app:
        assert not app.screen.query(".card")


async def test_what_a_living_readlist_writes_is_let_alone(opened: Open, library: Library) -> None:
    identifier = next(iter(library.papers))
    note_drafts.keep(library.path, identifier, "", "words")
    (kept,) = note_drafts.left_behind(library.path)
    body = json.loads(kept.file.read_bytes())
    kept.file.write_text(json.dumps({**body, "pid": 1}), "utf-8")
    async with opened() as app:
        assert not app.screen.query(".card")
        assert kept.file.exists()


async def test_damaged_and_strange_drafts_do_no_harm(opened: Open, library: Library) -> None:
    note_drafts.keep(library.path, "1234567890123456", "", "of a paper that is gone")
    (kept,) = note_drafts.left_behind(library.path)
    without_number = '{"paper": "1", "before": "", "pid": 0}'
    for number, content in enumerate(["", "[]", '{"paper": 3}', without_number]):
        kept.file.with_name(f"{number}.json").write_text(content, "utf-8")
    async with opened() as app:
        assert not app.screen.query(".card")
        assert kept.file.exists()


async def test_the_editor_can_be_drawn_before_it_has_styles(opened: Open) -> None:
    async with opened() as app:
        await app.press("n")
        area = app.screen.query_one(TextArea)
        styles = dict(area._component_styles)
        area._component_styles.clear()
        app.pilot.app.screen._compositor.render_strips()
        area._component_styles.update(styles)
        await app.type("words")
        assert "words" in app.text_of("NoteEditor")
