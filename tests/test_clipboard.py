import base64
import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from readlist import clipboard
from readlist.clipboard import Outcome, copy, osc_52, ways

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fake programs are shell scripts")

Fake = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def no_clipboard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without display, tmux or SSH, and with no program but those a test fakes."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("platform.system", lambda: "Linux")


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    def make(name: str, script: str) -> Path:
        program = tmp_path / "bin" / name
        program.write_text(f"#!/bin/sh\nPATH={os.defpath}:/usr/bin:/bin\n{script}\n")
        program.chmod(0o755)
        return tmp_path / f"{name}.got"

    return make


def keeps(path: Path) -> str:
    return f'cat > "{path}"; echo "$@" > "{path}.args"; echo noise; echo noise >&2'


@pytest.fixture
def xclip(fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DISPLAY", ":99")
    return fake("xclip", keeps(tmp_path / "xclip.got"))


class Screen:
    """Stands for the terminal: remembers what was written to it."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def __call__(self, characters: str) -> None:
        self.written.append(characters)


@pytest.fixture
def screen() -> Screen:
    return Screen()


def test_a_program_that_succeeds_is_the_only_way_taken(xclip: Path, screen: Screen) -> None:
    outcome = copy("Žižek, 数学 \\n", terminal=screen)
    assert outcome == Outcome("xclip", "copied")
    assert outcome.message("BibTeX") == "Copied BibTeX by xclip"
    assert xclip.read_text("utf-8") == "Žižek, 数学 \\n"
    assert Path(f"{xclip}.args").read_text().split() == ["-selection", "c"]
    assert screen.written == []


def test_nothing_a_program_says_reaches_the_screen(xclip: Path, capfd: pytest.CaptureFixture[str]) -> None:
    copy("text")
    assert xclip.exists()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "needs"),
    [("xsel", {"DISPLAY": ":9"}), ("wl-copy", {"WAYLAND_DISPLAY": "wayland-9"})],
)
def test_the_program_that_is_there_is_chosen(
    name: str, needs: dict[str, str], fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in needs.items():
        monkeypatch.setenv(variable, value)
    got = fake(name, keeps(tmp_path / f"{name}.got"))
    fake("wl-paste", "exit 0")
    assert copy("x") == Outcome(name, "copied")
    assert got.read_text() == "x"


def test_a_program_that_fails_is_not_believed(
    fake: Fake, screen: Screen, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    fake("xclip", 'cat > /dev/null; echo "Error: Can\'t open display" >&2; exit 1')
    outcome = copy("text", terminal=screen)
    assert outcome == Outcome("OSC 52", "sent", "xclip: failed with exit status 1")
    assert outcome.message("APA citation") == "Sent APA citation to your terminal (OSC 52)"
    assert screen.written == [osc_52("text")]
    assert capfd.readouterr() == ("", "")


def test_a_program_that_exits_without_reading_is_no_trouble(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    fake("xclip", "exit 3")
    assert "xclip: failed with exit status 3" in copy("x" * 1_000_000).detail


def test_a_program_that_hangs_is_ended_with_its_children(
    fake: Fake, tmp_path: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    fake("xclip", f'sleep 60 & echo $! > "{tmp_path}/child"; wait')
    start = time.monotonic()
    outcome = copy("x" * 1_000_000, terminal=screen)
    assert time.monotonic() - start < 2  # one second, and room for a busy machine
    assert outcome.state == "failed"
    assert "xclip: did not answer in time" in outcome.detail
    child = int((tmp_path / "child").read_text())
    assert not is_running(child)


def is_running(process: int) -> bool:
    """Whether the process does anything still; one that ended may wait for its parent to take notice ("Z")."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        if state == "Z":
            return False
        os.sched_yield()
    return True


def test_a_child_that_serves_the_clipboard_is_not_waited_for(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    fake("xclip", "cat > /dev/null; sleep 3 & exit 0")
    start = time.monotonic()
    assert copy("x").state == "copied"
    assert time.monotonic() - start < 2


def test_a_missing_program_on_wsl_is_no_crash(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyperclip

    monkeypatch.setattr(pyperclip, "determine_clipboard", pyperclip.init_wsl_clipboard)
    outcome = copy("x", terminal=screen)
    assert outcome.state == "sent"
    assert outcome.detail == "clip.exe: cannot be run (No such file or directory)"
    assert ways()[0] == clipboard.Way("clip.exe", available=False, detail="clip.exe is not on the PATH")


def test_wsl_gets_the_encoding_of_windows(fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyperclip

    monkeypatch.setattr(pyperclip, "determine_clipboard", pyperclip.init_wsl_clipboard)
    got = fake("clip.exe", keeps(tmp_path / "clip.exe.got"))
    assert copy("é数").state == "copied"
    assert got.read_bytes().decode("utf-16le") == "é数"


def test_a_clipboard_that_is_no_program_reports_its_own_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    import pyperclip

    def copy_windows(_: str) -> None:
        raise pyperclip.PyperclipException("Error calling OpenClipboard\n(5)")

    monkeypatch.setattr(pyperclip, "determine_clipboard", lambda: (copy_windows, None))
    outcome = copy("x")
    assert outcome.state == "failed"
    assert outcome.detail.startswith("the Windows clipboard: Error calling OpenClipboard (5); ")


def test_without_any_way_the_user_is_told_how_to_get_one() -> None:
    outcome = copy("text")
    assert (outcome.way, outcome.state) == ("", "failed")
    assert "xclip, xsel or wl-clipboard" in outcome.detail
    assert outcome.message("BibTeX").startswith("Could not copy BibTeX: no terminal")


def test_a_display_without_a_program_never_starts_qt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, screen: Screen
) -> None:
    (tmp_path / "qtpy").mkdir()
    (tmp_path / "qtpy" / "__init__.py").touch()
    (tmp_path / "qtpy" / "QtWidgets.py").write_text("class QApplication:\n    instance = None\n")  # calling it raises
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("DISPLAY", ":99")
    assert copy("x", terminal=screen) == Outcome("OSC 52", "sent")
    sys.modules.pop("qtpy", None)
    assert "qtpy.QtWidgets" not in sys.modules


def test_osc_52_is_exact() -> None:
    assert osc_52("Ä") == "\x1b]52;c;w4Q=\x07"


def test_osc_52_carries_what_arrives_and_refuses_what_would_be_dropped(screen: Screen) -> None:
    text = "x" * 74_000
    assert copy(text, terminal=screen) == Outcome("OSC 52", "sent")
    assert base64.b64decode(screen.written[0][7:-1]) == text.encode()
    outcome = copy("x" * 1_000_000, terminal=screen)
    assert outcome.state == "failed"
    assert "1000 kB are too long to send to a terminal (limit 75 kB)" in outcome.detail
    assert len(screen.written) == 1


def test_a_terminal_that_is_gone_is_a_failure_with_its_reason() -> None:
    def gone(_: str) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    assert "cannot be written to (Broken pipe)" in copy("x", terminal=gone).detail


def test_over_ssh_the_text_also_goes_to_the_terminal(
    xclip: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    monkeypatch.setenv("DISPLAY", ":0")
    outcome = copy("x", terminal=screen)
    assert outcome == Outcome("OSC 52", "sent", "xclip: the clipboard of the remote machine")
    assert xclip.read_text() == "x"
    assert screen.written == [osc_52("x")]


def test_over_ssh_without_a_terminal_it_is_said_whose_clipboard_was_filled(
    xclip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/3")
    assert copy("x").message("URL") == "Copied URL by xclip (the clipboard of the remote machine)"
    assert xclip.read_text() == "x"


def test_a_display_forwarded_by_ssh_is_the_users_own(
    xclip: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/3")
    monkeypatch.setenv("DISPLAY", "localhost:10.0")
    assert copy("x", terminal=screen) == Outcome("xclip", "copied")
    assert xclip.exists()
    assert screen.written == []


def test_inside_tmux_its_buffer_is_filled_and_no_escape_sequence_is_sent(
    fake: Fake, tmp_path: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")  # noqa: S108 - a value, no file is made there
    got = fake("tmux", keeps(tmp_path / "tmux.got"))
    outcome = copy("text", terminal=screen)
    assert outcome.message("BibTeX") == "Copied BibTeX by tmux (its buffer, and sent on to your terminal)"
    assert got.read_text() == "text"
    assert Path(f"{got}.args").read_text().split() == ["load-buffer", "-w", "-"]
    assert screen.written == []


def test_an_older_tmux_gets_its_buffer_and_the_terminal_the_sequence(
    fake: Fake, tmp_path: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")  # noqa: S108 - as above
    got = fake("tmux", f'[ "$2" = -w ] && exit 1; cat > "{tmp_path}/tmux.got"')
    assert copy("text", terminal=screen) == Outcome("OSC 52", "sent", "tmux: its buffer")
    assert got.read_text() == "text"
    assert screen.written == [osc_52("text")]


def test_hanging_programs_everywhere_take_about_a_second_together(
    fake: Fake, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")  # noqa: S108 - as above
    fake("xclip", "sleep 60")
    fake("tmux", "sleep 60")
    start = time.monotonic()
    assert copy("x", terminal=screen).state == "sent"
    assert time.monotonic() - start < 2.5


def test_a_lone_surrogate_does_not_stop_the_rest(xclip: Path) -> None:
    assert copy("a\ud800b").state == "copied"
    assert xclip.read_text() == "a?b"


def test_the_report_of_ways_copies_nothing(
    xclip: Path, fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")  # noqa: S108 - as above
    fake("tmux", f'echo "$@" >> "{tmp_path}/asked"; echo external')
    assert [(way.name, way.available) for way in ways()] == [("xclip", True), ("tmux", True), ("OSC 52", True)]
    assert "set-clipboard is external" in ways()[1].detail
    assert set((tmp_path / "asked").read_text().splitlines()) == {"show-options -sv set-clipboard"}
    assert Path(f"{xclip}.args").read_text().split() == ["-selection", "secondary", "-o"]  # read, and not the clipboard
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("TMUX")
    assert [(way.name, way.available) for way in ways()] == [("desktop", False), ("tmux", False), ("OSC 52", True)]
    assert capfd.readouterr() == ("", "")


def test_the_report_tells_what_is_there_and_does_not_work(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")  # noqa: S108 - as above
    fake("xclip", 'echo "Error: Can\'t open display: :99" >&2; exit 1')
    fake("tmux", "echo 'no server running on /tmp/tmux' >&2; exit 1")
    desktop, tmux, _ = ways()
    assert not desktop.available
    assert desktop.detail.startswith("Error: Can't open display: :99; install xclip or xsel")
    assert tmux == clipboard.Way("tmux", available=False, detail="it says: no server running on /tmp/tmux", asked=True)


def test_the_report_does_not_wait_for_what_hangs(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")  # noqa: S108 - as above
    fake("xclip", "sleep 60")
    fake("tmux", "sleep 60")
    start = time.monotonic()
    assert [(way.available, way.detail) for way in ways()[:2]] == [(False, "does not answer")] * 2
    assert time.monotonic() - start < 4  # two seconds, and room for a busy machine


def test_an_empty_clipboard_is_no_trouble(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    fake("xclip", "echo 'Error: target STRING not available' >&2; exit 1")
    assert ways()[0] == clipboard.Way("xclip", available=True, detail="", asked=True)


# Italics

RICH = "Fort, S. <i>Žižek &amp; 数学</i>"


def test_italics_go_to_the_desktop_as_html_where_they_are_asked_for(xclip: Path, screen: Screen) -> None:
    outcome = copy("Fort, S. Žižek & 数学", html=RICH, terminal=screen)
    assert outcome == Outcome("xclip", "copied", "as HTML: paste it into a word processor or a mail")
    assert RICH in xclip.read_text("utf-8")
    assert Path(f"{xclip}.args").read_text().split() == ["-selection", "c", "-t", "text/html"]
    assert screen.written == []


def test_on_wayland_italics_go_by_wl_copy(fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
    got = fake("wl-copy", keeps(tmp_path / "wl-copy.got"))
    fake("wl-paste", "exit 0")
    assert copy("x", html=RICH).way == "wl-copy"
    assert RICH in got.read_text("utf-8")
    assert Path(f"{got}.args").read_text().split() == ["--type", "text/html"]


def test_on_macos_both_are_set_together(fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    got = fake("osascript", keeps(tmp_path / "osascript.got"))
    assert copy('say "Žižek"', html=RICH) == Outcome("osascript", "copied")
    script = got.read_text("utf-8")
    html, plain = (bytes.fromhex(found) for found in re.findall(r"data (?:HTML|utf8)([0-9A-F]+)»", script))
    assert RICH in html.decode()
    assert plain.decode() == 'say "Žižek"'
    assert '"' not in script  # nothing of the text is read as AppleScript


def test_where_only_plain_text_can_be_copied_it_is_said(
    fake: Fake, tmp_path: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    got = fake("xsel", keeps(tmp_path / "xsel.got"))
    outcome = copy("plain", html=RICH, terminal=screen)
    assert outcome == Outcome("xsel", "copied", "without italics: that takes xclip, which is not installed")
    assert got.read_text() == "plain"


def test_over_ssh_italics_are_left_out_and_that_is_said(
    xclip: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/3")
    monkeypatch.setenv("DISPLAY", ":0")
    outcome = copy("plain", html=RICH, terminal=screen)
    assert outcome.state == "sent"
    assert outcome.detail.startswith("without italics: a terminal takes plain text only; ")
    assert screen.written == [osc_52("plain")]
    assert xclip.read_text() == "plain"


def test_when_html_fails_the_plain_text_is_copied(fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    got = fake("xclip", f'[ "$3" = -t ] && exit 7; cat > "{tmp_path}/xclip.got"')
    outcome = copy("plain", html=RICH)
    assert outcome == Outcome("xclip", "copied", "without italics: xclip failed with exit status 7")
    assert got.read_text() == "plain"


@pytest.fixture
def path_of_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.defpath)


@pytest.mark.usefixtures("path_of_programs")
def test_a_dead_display_is_not_reported_as_success(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    if not (shutil.which("xclip") or shutil.which("xsel")):
        pytest.skip("neither xclip nor xsel is installed")
    monkeypatch.setenv("DISPLAY", ":987")
    outcome = copy("x", terminal=screen)
    assert outcome.state == "sent"
    assert "failed with exit status 1" in outcome.detail
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("path_of_programs")
def test_a_dead_wayland_socket_is_not_reported_as_success(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    if not shutil.which("wl-copy"):
        pytest.skip("wl-copy is not installed")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-987")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    outcome = copy("x", terminal=screen)
    assert outcome.state == "sent"
    assert outcome.detail.startswith("wl-copy: failed with exit status")
    assert capfd.readouterr() == ("", "")
