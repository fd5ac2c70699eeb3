"""The ways to a clipboard, tried in order, and what each really did.

1. The desktop's clipboard. pyperclip chooses the way (``wl-copy``, ``xclip``, ``xsel``, ``pbcopy``, ``clip.exe``,
   Klipper, Windows, macOS). Where it would run a program, that program is run here instead, with the arguments
   pyperclip gives it, because pyperclip 1.11 ignores its exit status, lets it write over the screen and waits for it
   for ever: with a dead ``DISPLAY`` it reports success. Its Qt way is never taken: Qt ends the whole process when the
   display is dead, and what it holds is gone when we quit.
2. Inside tmux, ``tmux load-buffer -w -``: the tmux buffer, and from there the clipboard of the terminal that tmux runs
   in. It works under every ``set-clipboard`` setting, where an escape sequence needs ``on``. tmux before 3.2 has no
   ``-w``: there only the buffer is filled.
3. The escape sequence OSC 52, which asks the terminal to fill its clipboard. No terminal answers whether it did.

Over SSH the desktop's clipboard is that of the remote machine: it is filled, but the text also goes to the terminal,
except with a forwarded X display, which is the user's own.

Nothing is printed, no shell is run, and all ways together take at most about a second; they block, so that an
interface calls ``copy`` off its event loop.
"""

import os
import sys
import time
from base64 import b64encode
from collections.abc import Callable
from typing import Literal, NamedTuple

from readlist.programs import Program, run, run_for_output

PATIENCE = 1.0
"""Seconds that all ways together may take; a program that hangs is ended."""
_SHARE = 0.7  # of the time left: what one program may use of it, so that the next way has its turn

OSC_52_LIMIT = 100_000
"""Characters of base64 that are sent: 100 kB arrive through today's terminals and tmux, 1.5 MB are dropped silently."""

_NOT_A_PROGRAM = {
    "copy_windows": "the Windows clipboard",
    "copy_osx_pyobjc": "the macOS clipboard",
    "copy_dev_clipboard": "/dev/clipboard",
}


class Outcome(NamedTuple):
    """What became of a copy.

    ``state`` is "copied" when a program confirmed it by its exit status, "sent" when it went to the terminal, which
    confirms nothing, and "failed". ``way`` names what did it ("xclip", "tmux", "OSC 52"), ``detail`` is what else the
    user should know: why a way failed, which clipboard was filled, or how to mend a failure; it may be empty.
    """

    way: str
    state: Literal["copied", "sent", "failed"]
    detail: str = ""

    def message(self, what: str) -> str:
        """One sentence for the user about ``what`` ("BibTeX"): it claims no more than is known."""
        if self.state == "failed":
            return f"Could not copy {what}: {self.detail}"
        if self.state == "sent":
            return f"Sent {what} to your terminal ({self.way})"
        done = f"Copied {what} by {self.way}"
        return f"{done} ({self.detail})" if self.detail else done


class Way(NamedTuple):
    """One way to a clipboard: whether it can be tried here, and why or why not."""

    name: str
    available: bool
    detail: str
    asked: bool = False
    """Whether it has been asked, so that it is known to work or not to."""

    @property
    def state(self) -> str:
        """What is known of it, in a few words."""
        if self.asked:
            return "works" if self.available else "does not work"
        return "available" if self.available else "not here"


_PROGRAMS = {
    "copy_xclip": Program("xclip", ("xclip", "-selection", "c")),
    "copy_xsel": Program("xsel", ("xsel", "-b", "-i")),
    "copy_wl": Program("wl-copy", ("wl-copy",)),
    "copy_osx_pbcopy": Program("pbcopy", ("pbcopy",)),
    "copy_wsl": Program("clip.exe", ("clip.exe",), "utf-16le"),
    "copy_klipper": Program(
        "Klipper", ("qdbus", "org.kde.klipper", "/klipper", "setClipboardContents"), by_argument=True
    ),
}
"""By the name of the function that pyperclip 1.11 chooses."""


def copy(text: str, *, html: str = "", terminal: Callable[[str], None] | None = None) -> Outcome:
    """Copies ``text``; the first way that reaches the user's own clipboard ends the search.

    Args:
        text: What is copied. Lone surrogates, which no encoding has, arrive as "?".
        html: The same text with its italics, where the user has asked for them; the user's own desktop is then given
            HTML if it takes some (see ``clipboard_html``), and what cannot be is told.
        terminal: Writes characters to the terminal as they are, for OSC 52; None when there is no terminal.

    Returns:
        What was done. Never raises for a way that fails; what ``terminal`` raises other than OSError is its caller's.
    """
    deadline = time.monotonic() + PATIENCE
    remarks: list[str] = []
    if html:
        from readlist.clipboard_html import copy_html  # noqa: PLC0415 - for who asks for italics

        name, detail, copied = copy_html(text, html, lambda program, data: _give(program, data, deadline))
        if copied:
            return Outcome(name, "copied", detail)
        remarks.append(f"without italics: {detail}")
    partial: Outcome | None = None
    for way in (_by_desktop, _by_tmux):
        outcome, reaches_user = way(text, deadline)
        if outcome.state == "copied" and reaches_user:
            return outcome._replace(detail="; ".join(filter(None, [outcome.detail, *remarks[:1]]))) if html else outcome
        if outcome.state == "copied":
            partial = outcome
        if outcome.detail:
            remarks.append(f"{outcome.way}: {outcome.detail}" if outcome.way else outcome.detail)
    sent = _by_terminal(text, terminal)
    if sent.state == "sent":
        return sent._replace(detail="; ".join(remarks))
    if partial:
        return partial
    return Outcome("", "failed", "; ".join([*remarks, sent.detail, _hint()]))


def ways() -> list[Way]:
    """The ways to a clipboard on this machine, in the order ``copy`` tries them; nothing is copied to find out.

    Displays and tmux are asked whether they answer, which takes at most two seconds.
    """
    return [_desktop_way(), _tmux_way(), Way("OSC 52", available=True, detail="your terminal does not say if it obeys")]


def over_ssh() -> bool:
    """Whether this machine's desktop is not the one in front of the user."""
    if not (os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY")):
        return False
    # "localhost:10.0" is a display that SSH forwards to the user; ":0" is the remote machine's own screen.
    return (os.environ.get("DISPLAY") or ":").startswith((":", "unix:")) or bool(os.environ.get("WAYLAND_DISPLAY"))


def osc_52(text: str) -> str:
    """The escape sequence that asks a terminal to put ``text`` into its clipboard (see xterm's ctlseqs)."""
    return f"\x1b]52;c;{b64encode(text.encode('utf-8', 'replace')).decode('ascii')}\x07"


def _give(program: Program, text: str, deadline: float) -> str:
    """Gives ``text`` to ``program``; why that failed, or nothing when its exit status says that it worked."""
    return run(program, text, max((deadline - time.monotonic()) * _SHARE, 0.1))


def _by_desktop(text: str, deadline: float) -> tuple[Outcome, bool]:
    name, chosen = _chosen()
    if chosen is None:
        return Outcome("", "failed"), False
    failure = _give(chosen, text, deadline) if isinstance(chosen, Program) else _call(chosen, text)
    remote = over_ssh()
    if failure:
        return Outcome(name, "failed", failure), False
    return Outcome(name, "copied", "the clipboard of the remote machine" if remote else ""), not remote


def _chosen() -> tuple[str, Program | Callable[[str], None] | None]:
    """The name of the way that pyperclip chooses here, and the program or function that is it; None for none."""
    import pyperclip  # noqa: PLC0415 - loads ctypes and more; needed when something is copied

    pyperclip.init_qt_clipboard = pyperclip.init_no_clipboard  # see the top of this module
    function = pyperclip.determine_clipboard()[0]
    if not function:  # pyperclip's stand-in for "no clipboard" is false
        return "", None
    name = function.__name__
    if name in _PROGRAMS:
        return _PROGRAMS[name].name, _PROGRAMS[name]
    return _NOT_A_PROGRAM.get(name, name), function


def _call(function: Callable[[str], None], text: str) -> str:
    from pyperclip import PyperclipException  # noqa: PLC0415 - as above

    try:
        function(text)
    except (PyperclipException, OSError) as error:
        return " ".join(str(error).split())
    return ""


def _by_tmux(text: str, deadline: float) -> tuple[Outcome, bool]:
    if not os.environ.get("TMUX"):
        return Outcome("", "failed"), False
    failure = _give(Program("tmux", ("tmux", "load-buffer", "-w", "-")), text, deadline)
    if not failure:
        if len(text.encode("utf-8", "replace")) * 4 > OSC_52_LIMIT * 3:
            return Outcome("tmux", "copied", "its buffer; too long for a terminal's clipboard"), True
        return Outcome("tmux", "copied", "its buffer, and sent on to your terminal"), True
    if not _give(Program("tmux", ("tmux", "load-buffer", "-")), text, deadline):
        return Outcome("tmux", "copied", "its buffer"), False
    return Outcome("tmux", "failed", failure), False


def _by_terminal(text: str, terminal: Callable[[str], None] | None) -> Outcome:
    if terminal is None:
        return Outcome("OSC 52", "failed", "no terminal to send it to")
    sequence = osc_52(text)
    if len(sequence) > OSC_52_LIMIT:
        size, limit = len(text.encode("utf-8", "replace")) // 1000, OSC_52_LIMIT * 3 // 4000
        return Outcome("OSC 52", "failed", f"{size} kB are too long to send to a terminal (limit {limit} kB)")
    try:
        terminal(sequence)
    except OSError as error:
        return Outcome("OSC 52", "failed", f"the terminal cannot be written to ({error.strerror or error})")
    return Outcome("OSC 52", "sent")


def _hint() -> str:
    """How to get a clipboard on this system, in a few words."""
    if sys.platform == "darwin":
        return "check that pbcopy is on the PATH"
    if os.environ.get("WSL_DISTRO_NAME"):
        return "check that clip.exe is on the PATH (in /mnt/c/Windows/System32; see interop in /etc/wsl.conf)"
    if os.environ.get("WAYLAND_DISPLAY"):
        return "install wl-clipboard, or check that the Wayland session is alive"
    if os.environ.get("DISPLAY"):
        return "install xclip or xsel, or check that the display is alive"
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        return "use a terminal that allows OSC 52, or connect with ssh -X and install xclip"
    return "start from a desktop with xclip, xsel or wl-clipboard installed, or inside tmux"


def _desktop_way() -> Way:
    from shutil import which  # noqa: PLC0415 - for the report of `readlist doctor` alone

    name, chosen = _chosen()
    if chosen is None:
        return Way("desktop", available=False, detail=_hint())
    if isinstance(chosen, Program):
        if which(chosen.command[0]) is None:
            return Way(name, available=False, detail=f"{chosen.command[0]} is not on the PATH")
        if trouble := _trouble(chosen):
            return Way(name, available=False, detail=trouble, asked=True)
    detail = "the clipboard of the remote machine" if over_ssh() else ""
    return Way(name, available=True, detail=detail, asked=name in _READERS)


_READERS = {
    "xclip": ("xclip", "-selection", "secondary", "-o"),
    "xsel": ("xsel", "-s", "-o"),
    "wl-copy": ("wl-paste", "--list-types"),
}
"""What asks the same display without changing the clipboard. It also fails where there is nothing to read; only what it
says of a display or of Wayland tells that there is none."""


def _trouble(program: Program) -> str:
    """Why ``program`` would fail now; empty when nothing speaks against it."""
    reader = _READERS.get(program.name)
    if reader is None:
        return ""
    output, failure = run_for_output(reader, PATIENCE)
    if failure:
        return failure
    said = next((line for line in output.splitlines() if "display" in line.lower() or "wayland" in line.lower()), "")
    return f"{said.strip()}; {_hint()}" if said else ""


def _tmux_way() -> Way:
    if not os.environ.get("TMUX"):
        return Way("tmux", available=False, detail="not inside tmux")
    output, failure = run_for_output(("tmux", "show-options", "-sv", "set-clipboard"), PATIENCE)
    if failure or output.strip() not in ("on", "external", "off"):
        return Way(
            "tmux", available=False, detail=failure or f"it says: {' '.join(output.split()) or 'nothing'}", asked=True
        )
    return Way("tmux", available=True, detail=f"load-buffer -w; set-clipboard is {output.strip()}", asked=True)
