"""Every screen and window of the app, each with the keys that lead to it: what holds for all is tried on these."""

from collections.abc import Mapping

from textual.pilot import Pilot

from readlist.library.library import Library
from readlist.paper import Author, Paper

SCREENS: Mapping[str, tuple[str, ...]] = {
    "list": (),
    "detail": ("j", "j", "j", "j", "enter"),
    "search": ("j", "space", "space", "slash", *"loss"),
    "search-wrong": ("slash", *"nosuch", "colon", "x"),
    "nothing-found": ("slash", *"xyzzy"),
    "empty-shelf": ("3", "s", "s"),
    "selection": ("ctrl+a", "V", "space", "v", "j", "j"),
    "sidebar": ("b",),
    "queue": ("j", "Q", "j", "Q", "7"),
    "trash": ("d", "6"),
    "count": ("0", "5"),
    "jump": ("semicolon",),
    "place": ("z",),
    "copy": ("y",),
    "copy-selection": ("space", "space", "y"),
    "styles": ("Y",),
    "add": ("a",),
    "add-ids": ("a", *"2210", "full_stop", *"05546", "enter"),
    "attach": ("A",),
    "open": ("O",),
    "sort": ("S",),
    "save-view": ("2", "B"),
    "tags": ("t", *"oo"),
    "export": ("w",),
    "edit": ("j", "e"),
    "edit-unsaved": ("j", "e", "x", "escape"),
    "note": ("j", "j", "j", "j", "n"),
    "note-find": ("j", "j", "j", "j", "n", "ctrl+f", *"mod"),
    "note-preview": ("j", "j", "j", "j", "m"),
    "related": ("j", "j", "j", "j", "R"),
    "duplicates": ("D",),
    "triage": ("j", "T"),
    "triage-done": ("T", *"rlxrlxrlxrlxrlxrlx"),
    "statistics": ("i",),
    "statistics-end": ("i", *("pagedown",) * 8),
    "help": ("question_mark",),
    "help-search": ("question_mark", *"copy"),
    "palette": ("ctrl+p", *"star"),
    "themes": ("ctrl+p", *"theme", "enter"),
}
"""Of the main screen, in a library of `furnish`."""


def furnish(library: Library) -> Library:
    """Give the sample library what every screen needs: a twin, links between notes, a paper in doubt, tags."""
    papers = {paper.title[:4]: paper for paper in library.papers.values()}
    library.edit([papers["Deep"].id], note=f"Compare with [[{papers['Gaus'].arxiv_id}]].\n\n- modes\n- basins")
    library.edit([papers["Gaus"].id], note=f"Seen in [[{papers['Deep'].arxiv_id}]].", tags=("ood", "few-shot"))
    library.add(
        [
            Paper(
                title=papers["Deep"].title.upper(),
                authors=(Author("Fort", "S."),),
                published="2001",
                venue="Journal of Lists",
                review_reason="the authors may be cut",
                note="The other note.",
                tags=("twin",),
                added="2026-11-24T09:00:00Z",
            )
        ]
    )
    return library


async def lead_to(pilot: Pilot[None], *keys: str) -> None:
    """Press ``keys`` one after the other, each when the one before is done."""
    await pilot.app.workers.wait_for_complete()
    for key in keys:
        await pilot.press(key)
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def screen_lines(pilot: Pilot[None]) -> list[str]:
    """What the terminal shows, line by line, after all filters."""
    return ["".join(segment.text for segment in strip) for strip in pilot.app.screen._compositor.render_strips()]
