"""Copying with italics, as HTML, where the desktop's clipboard takes it.

``xclip`` and ``wl-copy`` serve one text at a time, here the HTML: word processors and mail take it, a plain text field
takes nothing (``xclip``) or shows the tags (``wl-copy``, which offers every text as plain text too). So it is done only
when the user asks for it. On macOS AppleScript sets both together ("set the clipboard" in Apple's AppleScript Language
Guide; ``HTML`` and ``utf8`` are the classes of the two types). xsel, clip.exe, tmux and OSC 52 know plain text only.
"""

import os
import sys
from collections.abc import Callable
from shutil import which

from readlist.programs import Program

_ALONE = "as HTML: paste it into a word processor or a mail"
_DOCUMENT = '<html><head><meta charset="utf-8"></head><body>{}</body></html>'
Give = Callable[[Program, str], str]
"""Gives a program its text; why that failed, or nothing."""


def copy_html(text: str, html: str, give: Give) -> tuple[str, str, bool]:
    """Copy ``html``, a fragment, to the user's own desktop.

    Args:
        text: The same without markup, for a clipboard that holds both.
        html: The fragment.
        give: Runs a program.

    Returns:
        The name of the way, what the user should know of it (why it failed, where it did), and whether it is copied.
    """
    from readlist.clipboard import over_ssh  # noqa: PLC0415 - it imports this module when italics are asked for

    if over_ssh():
        return "", "a terminal takes plain text only", False
    program, content, detail = _way(text, _DOCUMENT.format(html))
    if program is None:
        return "", detail, False
    failure = give(program, content)
    return program.name, f"{program.name} {failure}" if failure else detail, not failure


def _way(text: str, document: str) -> tuple[Program | None, str, str]:
    if sys.platform == "darwin":
        return Program("osascript", ("osascript", "-")), _apple_script(text, document), ""
    if os.environ.get("WAYLAND_DISPLAY") and which("wl-copy"):
        return Program("wl-copy", ("wl-copy", "--type", "text/html")), document, _ALONE
    if os.environ.get("DISPLAY") and which("xclip"):
        return Program("xclip", ("xclip", "-selection", "c", "-t", "text/html")), document, _ALONE
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        needed = "wl-clipboard" if os.environ.get("WAYLAND_DISPLAY") else "xclip"
        return None, "", f"that takes {needed}, which is not installed"
    return None, "", "the clipboard here takes plain text only"


def _apple_script(text: str, document: str) -> str:
    """AppleScript's source is no place for other people's text: both go in as hexadecimal data."""
    html, plain = (value.encode("utf-8", "replace").hex().upper() for value in (document, text))
    return f"set the clipboard to {{«class HTML»:«data HTML{html}», «class utf8»:«data utf8{plain}»}}\n"
