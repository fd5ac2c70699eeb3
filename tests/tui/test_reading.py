"""Marking, starring, tagging, noting, deleting, and undoing all of it: keys in, library file out."""

from typing import Any

import pytest
from textual import events

from readlist.library.library import Library
from readlist.paper import Status

Open = Any
FIRST = "Robust"


def reopened(library: Library) -> Library:
    """The library as another process finds it on the disk."""
    return Library.open(library.path, who="tester")


def stored(library: Library, start: str) -> Any:
    return next(paper for paper in reopened(library).papers.values() if paper.title.startswith(start))


async def test_r_marks_read_and_unread_again_and_the_disk_has_it(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("r")
        assert stored(library, FIRST).status is Status.READ
        assert "Marked “Robust to" in app.toasts
        assert "u undoes" in app.toasts
        await app.press("r")
        assert stored(library, FIRST).status is Status.UNREAD


async def test_looking_marks_nothing(opened: Open, library: Library) -> None:
    before = library.path.read_bytes()
    async with opened() as app:
        await app.press(
            "enter",
            "j",
            "escape",
            "j",
            "tab",
            "tab",
            "G",
            "g",
            "slash",
            "a",
            "escape",
            "2",
            "1",
            "question_mark",
            "escape",
        )
    assert library.path.read_bytes() == before


async def test_s_goes_through_the_statuses(opened: Open, library: Library) -> None:
    async with opened() as app:
        seen = []
        for _ in range(3):
            await app.press("s")
            seen.append(stored(library, FIRST).status)
        assert seen == [Status.READING, Status.READ, Status.UNREAD]


async def test_star_and_counts(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("asterisk")
        assert stored(library, FIRST).star
        assert "5 Starred 2" in app.text_of("#shelves")
        await app.press("5")
        assert len(app.titles) == 2
        await app.press("asterisk")
        assert len(app.titles) == 1
        assert "5 Starred 1" in app.text_of("#shelves")


async def test_everything_can_be_undone_and_redone_also_after_a_restart(opened: Open, library: Library) -> None:
    before = dict(library.papers)
    async with opened() as app:
        await app.press("r", "asterisk", "j", "d", "s")
        after = dict(library.papers)
        assert len(after) == len(before) - 1
    async with opened(on=reopened(library)) as app:
        await app.press("u", "u", "u", "u")
        assert dict(app.library.papers) == before
        assert "Undid" in app.toasts
        await app.press("ctrl+r", "ctrl+r", "ctrl+r", "ctrl+r")
        assert dict(app.library.papers) == after


async def test_with_nothing_to_undo_it_says_so(opened: Open) -> None:
    async with opened() as app:
        await app.press("ctrl+r")
        assert "Nothing to redo" in app.toasts


async def test_a_deleted_paper_comes_back_under_the_cursor(opened: Open) -> None:
    async with opened() as app:
        await app.press("j", "d")
        assert not any(title.startswith("Constitutional") for title in app.titles)
        await app.press("G", "u")
        assert app.current.startswith("Constitutional")


async def test_tags_are_given_completed_and_taken(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("t")
        await app.type("new ge")
        await app.press("tab", "enter")
        assert stored(library, FIRST).tags == ("new", "geometry")
        await app.press("t")
        await app.press("ctrl+u")
        await app.type("#kept,new")
        await app.press("enter")
        assert set(stored(library, FIRST).tags) == {"kept", "new"}
        await app.press("t")
        await app.type("lost")
        await app.press("escape")
        assert set(stored(library, FIRST).tags) == {"kept", "new"}


async def test_tags_of_a_selection_keep_what_only_one_paper_has(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("ctrl+a", "t")
        await app.type("all")
        await app.press("enter")
    assert stored(library, "深度").tags == ("ood", "geometry", "all")
    assert stored(library, FIRST).tags == ("all",)


async def test_a_note_is_saved_by_ctrl_s_and_by_leaving(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("n")
        await app.type("One r")
        await app.press("ctrl+s")
        assert stored(library, FIRST).note == "One r"
        await app.type("j")
        await app.press("escape")
        assert stored(library, FIRST).note == "One rj"
        assert app.screen.focused is app.screen.paper_list
        assert "One rj" in app.text_of("#detail-body")


async def test_a_note_is_saved_when_the_app_is_left_from_within_it(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("n")
        await app.type("last words")
        await app.press("ctrl+q")
    assert stored(library, FIRST).note == "last words"


async def test_a_note_that_cannot_be_saved_stays_in_the_editor(
    opened: Open, library: Library, monkeypatch: Any
) -> None:
    async with opened() as app:
        await app.press("n")
        await app.type("precious")

        def full(*_: Any, **__: Any) -> None:
            from readlist.library.errors import LibraryError

            raise LibraryError("the disk is full")

        with monkeypatch.context() as patched:
            patched.setattr(Library, "write_note", full)
            await app.press("escape")
            assert "the disk is full" in app.toasts
            assert "precious" in app.text_of("NoteEditor")
        await app.press("escape")
    assert stored(library, FIRST).note == "precious"


async def test_keys_act_on_the_selection(opened: Open) -> None:
    async with opened() as app:
        await app.press("space", "space", "r")
        assert [paper.status for paper in app.screen.session.view.papers[:3]] == [
            Status.READ,
            Status.READ,
            Status.UNREAD,
        ]
        assert "Marked 2 papers read" in app.toasts
        assert "2 selected" in app.text_of("#status")
        await app.press("escape")
        assert "selected" not in app.text_of("#status")
        await app.press("g", "v", "j", "j", "v", "j", "asterisk")
        assert [paper.star for paper in app.screen.session.view.papers[:4]] == [True, True, True, False]


async def test_what_is_filtered_away_is_no_longer_selected(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("ctrl+a", "4", "1", "r")
        assert sum(paper.status is Status.READ for paper in reopened(library).papers.values()) in {0, 1}


async def test_a_change_made_elsewhere_appears_and_the_cursor_stays(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("j", "j")
        current = app.current
        other = reopened(library)
        other.edit([app.paper(FIRST).id], star=True)
        await app.screen._look_outside()
        await app.settle()
        assert app.current == current
        assert "5 Starred 2" in app.text_of("#shelves")
        assert "Taken over from another window: “Robust to" in app.toasts
        changed = [app.paper(title).id for title in (FIRST, "Adaptive", "Gaussian")]
        other.edit(changed, tags=("theirs",))
        other.delete([app.paper("Constitutional").id])
        await app.screen._look_outside()
        assert "Taken over from another window: 4 papers changed" in app.toasts


async def test_a_note_on_the_next_paper_is_its_own_while_the_first_is_still_being_saved(
    opened: Open, library: Library, monkeypatch: Any
) -> None:
    import threading

    gate = threading.Event()
    write_note = Library.write_note

    def slow(self: Library, *arguments: Any, **fields: Any) -> Any:
        gate.wait(10)
        return write_note(self, *arguments, **fields)

    monkeypatch.setattr(Library, "write_note", slow)
    async with opened() as app:
        await app.pilot.press("n", "a", "a", "escape", "j", "n", "b", "b", "escape")
        gate.set()
        await app.settle()
    assert stored(library, FIRST).note == "aa"
    assert stored(library, "Constitutional").note == "bb"


async def test_a_note_written_elsewhere_meanwhile_is_kept(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("n")
        await app.type("mine")
        reopened(library).edit([app.paper(FIRST).id], note="theirs")
        await app.press("escape")
    assert stored(library, FIRST).note == "theirs\n\nmine"


async def test_an_untouched_editor_shows_what_is_written_elsewhere(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("n")
        reopened(library).edit([app.paper(FIRST).id], note="theirs")
        await app.screen._look_outside()
        await app.settle()
        assert "theirs" in app.text_of("NoteEditor")
        await app.press("escape")
    assert stored(library, FIRST).note == "theirs"


async def test_opening_a_note_and_leaving_changes_nothing(opened: Open, library: Library) -> None:
    library.edit([next(iter(library.papers))], note="a\u2028b\x85c\x1b[31m\td")
    library.settle()
    before = library.path.read_bytes()
    async with opened() as app:
        for _ in range(8):
            await app.press("n", "escape", "j")
    assert library.path.read_bytes() == before


async def test_a_note_that_cannot_be_saved_does_not_hold_the_user_for_ever(opened: Open, monkeypatch: Any) -> None:
    from readlist.library.errors import LibraryError

    def full(*_: Any, **__: Any) -> None:
        raise LibraryError("the disk is full")

    monkeypatch.setattr(Library, "write_note", full)
    async with opened() as app:
        await app.press("n", "x", "ctrl+q")
        assert "again quits without it" in app.toasts
        assert app.pilot.app.is_running
        await app.pilot.press("ctrl+q")
        await app.pilot.pause(0.1)
        assert not app.pilot.app._exit_renderables
        assert app.pilot.app._exit


async def test_when_the_terminal_goes_a_note_that_cannot_be_saved_is_rescued(
    opened: Open, library: Library, monkeypatch: Any
) -> None:
    from readlist.library.errors import LibraryError

    def full(*_: Any, **__: Any) -> None:
        raise LibraryError("the disk is full")

    monkeypatch.setattr(Library, "write_note", full)
    async with opened() as app:
        await app.press("n")
        await app.type("precious")
        app.screen.leave(hurry=True)
        await app.pilot.pause(0.1)
    (rescued,) = library.path.parent.glob("readlist-note-*.md")
    assert rescued.read_text() == "precious"


async def test_leaving_waits_for_what_is_being_copied(opened: Open, monkeypatch: Any) -> None:
    from readlist import clipboard

    copied: list[str] = []

    def copy(text: str, **_: Any) -> clipboard.Outcome:
        copied.append(text)
        return clipboard.Outcome("xclip", "copied", "")

    monkeypatch.setattr(clipboard, "copy", copy)
    async with opened() as app:
        await app.pilot.press("y", "a", "q")
        await app.pilot.pause(0.2)
    assert len(copied) == 1


async def test_a_paper_deleted_elsewhere_is_not_changed_in_silence(opened: Open, library: Library) -> None:
    async with opened() as app:
        reopened(library).delete([app.paper(FIRST).id])
        library.reload()
        await app.press("s")
        assert "Deleted in another window" in app.toasts


async def test_a_failure_nobody_foresaw_is_told_and_the_app_goes_on(opened: Open, monkeypatch: Any) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a surprise")

    async with opened() as app:
        with monkeypatch.context() as patched:
            patched.setattr(Library, "edit", broken)
            await app.press("r")
        assert "a surprise" in app.toasts
        await app.press("r")
        assert app.paper(FIRST).status is Status.READ


async def test_the_palette_does_not_close_the_note_being_written(opened: Open, library: Library) -> None:
    async with opened() as app:
        await app.press("n")
        await app.type("one")
        await app.press("ctrl+p")
        await app.press("escape")
        await app.type("two")
        await app.press("escape")
    assert stored(library, FIRST).note == "onetwo"


async def test_a_range_drawn_faster_than_the_screen_follows_is_whole(opened: Open) -> None:
    async with opened() as app:
        for key in ("v", "j", "j", "v", "j"):
            app.pilot.app.post_message(events.Key(key, key))
        await app.settle()
        assert len(app.screen.session.selection) == 3
        for key in ("escape", "g", "v", "j", "asterisk"):
            app.pilot.app.post_message(events.Key(key, {"asterisk": "*"}.get(key, key)))
        await app.settle()
        assert sum(paper.star for paper in app.library.papers.values()) == 3  # one was starred before


@pytest.mark.parametrize(
    ("keys", "field", "value"),
    [
        (("r",), "status", "read"),
        (("s",), "status", "reading"),
        (("minus",), "status", "dropped"),
        (("asterisk",), "star", True),
        (("t", *"soon", "enter"), "tags", ("soon",)),
        (("Q",), "queue", "000001 000002 000003"),
        (("d",), "deleted", "2026"),
    ],
)
async def test_every_change_is_repeated_on_one_and_on_many(
    opened: Open, keys: tuple[str, ...], field: str, value: object
) -> None:
    async with opened() as app:
        first, second, third = (paper.id for paper in app.screen.session.view.papers[:3])
        await app.press(*keys)
        await app.press(*(("g",) if field == "deleted" else ("j",)), "space", "space", "full_stop")
        every = {**app.library.papers, **app.library.trash}
        found = [getattr(every[identifier], field) for identifier in (first, second, third)]
        if field == "queue":
            assert " ".join(found) == value
        elif field == "deleted":
            assert all(str(time).startswith("2026") for time in found)
        else:
            assert found == [value] * 3
        assert not app.screen.session.selection or field != "deleted"


async def test_what_was_copied_is_copied_again(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened() as app:
        copied: list[tuple[int, str]] = []

        def copy(papers: Any, style: str, **_: object) -> None:
            copied.append((len(papers), style))
            app.screen.last_copy = style, False

        monkeypatch.setattr(app.screen, "copy", copy)
        await app.press("y", "b", "space", "space", "full_stop")
        assert copied == [(1, "bibtex"), (2, "bibtex")]
