"""The real xclip and xsel on a real X server."""

import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from readlist.clipboard import Outcome, Way, copy, ways

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed"),
]

READERS = {"xclip": ["xclip", "-selection", "c", "-o"], "xsel": ["xsel", "-b", "-o"]}


@pytest.fixture(params=sorted(READERS))
def tool(request: pytest.FixtureRequest, display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name: str = request.param
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    for variable in ("WAYLAND_DISPLAY", "TMUX", "SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", display)
    return name


def read_back(tool: str, wanted: bytes, *options: str) -> bytes:
    """What the clipboard holds; asked again for a while, because tools may answer before their child serves the text.

    A long text xsel may also never read to its end, when the two that speak to each other miss a notice.
    """
    deadline = time.monotonic() + 10
    held = b""
    while True:
        with suppress(subprocess.TimeoutExpired):
            held = subprocess.run(
                [*READERS[tool], *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, timeout=3
            ).stdout
        if wanted in held or time.monotonic() > deadline:
            return held


@pytest.mark.parametrize(
    "text",
    ["@article{fort2023,\n  title = {Žižek & 数学}\n}\n", "x" * 100_000, "1234567 " * 125_000],
    ids=["BibTeX", "100 kB", "1 MB"],
)
def test_what_was_copied_is_in_the_clipboard(tool: str, text: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert copy(text) == Outcome(tool, "copied")
    assert capfd.readouterr() == ("", "")
    assert read_back(tool, text.encode()) == text.encode()


def test_italics_arrive_as_html(tool: str) -> None:
    html = "Fort, S. <i>Žižek &amp; 数学</i>"
    outcome = copy("Fort, S. Žižek & 数学", html=html)
    if tool == "xsel":
        assert outcome.detail == "without italics: that takes xclip, which is not installed"
        return
    assert outcome == Outcome("xclip", "copied", "as HTML: paste it into a word processor or a mail")
    assert html in read_back(tool, html.encode(), "-t", "text/html").decode()
    assert ways()[0] == Way("xclip", available=True, detail="", asked=True)


def test_the_report_tells_a_dead_display_from_a_living_one(tool: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ways()[0] == Way(tool, available=True, detail="", asked=True)
    monkeypatch.setenv("DISPLAY", ":987")
    dead = ways()[0]
    assert (dead.name, dead.available) == (tool, False)
    assert "check that the display is alive" in dead.detail
