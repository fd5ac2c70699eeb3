"""Copying citations and opening pages: what runs in a thread, and how its outcome is told."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from readlist.paper import Paper

if TYPE_CHECKING:
    from readlist.tui.screens.main import MainScreen

_MOST_PAGES = 12
"""How many pages one key opens; more tabs than that are a mistake more often than a wish."""


async def copy(
    screen: "MainScreen", papers: Sequence[Paper], style: str, *, rich: bool = False, remember: bool = False
) -> None:
    """Copy ``papers`` in ``style``, and say what was copied and by which way; show the text when no way worked.

    Args:
        screen: the main screen.
        papers: what to cite.
        style: a format or a style.
        rich: with italics, where style and clipboard know them.
        remember: that this style has been used.
    """
    from readlist import clipboard, referencing  # noqa: PLC0415 - nothing of it is needed before something is copied
    from readlist.cite.formats import style_label  # noqa: PLC0415 - likewise

    library, pattern = screen.session.library, screen.config.key_pattern
    try:
        citation = await asyncio.to_thread(referencing.cite, library, papers, style, pattern)
    except (ValueError, OSError) as error:
        screen.say(str(error), severity="error")
        return
    screen.session.look()
    screen.show_view()
    html = citation.html if rich else ""
    what = f"{style_label(style)}{' with italics' if html else ''}" + (
        f" of {len(papers):,} papers" if len(papers) > 1 else ""
    )
    outcome = await asyncio.to_thread(clipboard.copy, citation.text, html=html, terminal=_terminal(screen))
    trouble = await asyncio.to_thread(_remember, style) if remember else ""
    if outcome.state == "failed":
        from readlist.tui.screens.copy_failed import CopyFailed  # noqa: PLC0415 - shown when all else failed

        screen.app.push_screen(CopyFailed(what, citation.text, outcome.detail))
        return
    lines = [outcome.message(what)]
    if outcome.state == "sent" and outcome.detail:
        lines.append(outcome.detail)
    if rich and not html:
        lines.append(f"{style_label(style)} has no italics")
    if citation.cut:
        number = "" if len(papers) == 1 else f" ({len(citation.cut)} of {len(papers)} papers)"
        lines.append(f"Authors incomplete{number} — {screen.key_of('complete-authors')} completes them")
    if trouble:
        lines.append(trouble)
    screen.say("\n".join(lines), severity="warning" if citation.cut or trouble else "information")


def _remember(style: str) -> str:
    """Remember that ``style`` was used; why that failed, if so."""
    from readlist.style_memory import NotRememberedError, use  # noqa: PLC0415 - as above

    try:
        use(style)
    except NotRememberedError as error:
        return f"That it was used cannot be remembered: {error}"
    return ""


def _terminal(screen: "MainScreen") -> Callable[[str], None]:
    app = screen.app

    def write(sequence: str) -> None:
        driver = app._driver  # noqa: SLF001 - Textual has no public way to write an escape sequence of one's own
        if driver is not None:
            app.call_from_thread(driver.write, sequence)

    return write


async def browse(screen: "MainScreen", addresses: Sequence[str], what: str) -> None:
    """Open the addresses that are not empty in the browser and say so, or say why not."""
    from readlist.browser import BrowserError, open_address  # noqa: PLC0415 - nothing of it is needed before

    known = [address for address in dict.fromkeys(addresses) if address]
    if not known:
        screen.say(
            f"No {what} is known for " + ("this paper" if len(addresses) == 1 else "any of these papers"),
            severity="warning",
        )
        return
    try:
        await asyncio.gather(*(asyncio.to_thread(open_address, address) for address in known[:_MOST_PAGES]))
    except BrowserError as error:
        screen.say(str(error), severity="warning")
        return
    left = len(known) - _MOST_PAGES
    opened = known[0] if len(known) == 1 else f"{min(len(known), _MOST_PAGES)} pages"
    screen.say(f"Opened {opened}" + (f"; {left} more were left out" if left > 0 else ""))


async def open_document(screen: "MainScreen", path: str) -> None:
    """Open a document on this computer and say so, or say why not."""
    from readlist.browser import BrowserError, open_file  # noqa: PLC0415 - nothing of it is needed before

    try:
        await asyncio.to_thread(open_file, path)
    except BrowserError as error:
        screen.say(str(error), severity="warning")
        return
    screen.say(f"Opened {path}")
