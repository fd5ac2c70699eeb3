"""The real wl-copy on a real compositor that draws nothing."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readlist.clipboard import Outcome, Way, copy, ways

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(
        not (shutil.which("sway") and shutil.which("wl-copy")), reason="sway or wl-clipboard is not installed"
    ),
]

_STARTED = "readlist-test-started"


@pytest.fixture(scope="module")
def compositor() -> Iterator[tuple[str, str]]:
    """The runtime folder and the display of a headless sway; it tells by a named pipe when it is ready."""
    with tempfile.TemporaryDirectory(prefix="readlist-sway-") as name:
        folder = Path(name)
        pipe = folder / _STARTED
        os.mkfifo(pipe)
        configuration = folder / "config"
        configuration.write_text(f"xwayland disable\nexec echo $WAYLAND_DISPLAY > {pipe}\n")
        user: dict[str, Any] = {}
        if os.geteuid() == 0:  # sway refuses to run as root
            user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            for path in (folder, pipe, configuration):
                shutil.chown(path, "nobody", "nogroup")
        environment = {
            **os.environ,
            "XDG_RUNTIME_DIR": name,
            "WLR_BACKENDS": "headless",
            "WLR_RENDERER": "pixman",
            "WLR_LIBINPUT_NO_DEVICES": "1",
        }
        server = subprocess.Popen(
            ["timeout", "120", "sway", "-c", str(configuration)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **user,
        )
        try:
            display = _told(pipe, server)
            if not display:
                pytest.skip("sway did not start")
            yield name, display
        finally:
            server.terminate()
            server.wait(10)


def _told(pipe: Path, server: subprocess.Popen[bytes]) -> str:
    """What is written to ``pipe``; nothing when the server ends before that."""
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        for _ in range(100):
            try:
                server.wait(0.1)
            except subprocess.TimeoutExpired:
                if told := os.read(reading, 100):
                    return told.decode().strip()
            else:
                return ""
    finally:
        os.close(reading)
    return ""


@pytest.fixture
def wayland(compositor: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("wl-copy", "wl-paste", "cat", "rm"):  # wl-copy keeps the text in a file by the latter two
        (tmp_path / program).symlink_to(shutil.which(program) or "")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", compositor[0])
    monkeypatch.setenv("WAYLAND_DISPLAY", compositor[1])


def paste(*options: str) -> bytes:
    return subprocess.run(["wl-paste", "--no-newline", *options], stdout=subprocess.PIPE, check=True).stdout


@pytest.mark.usefixtures("wayland")
@pytest.mark.parametrize(
    "text",
    ["@article{fort2023,\n  title = {Žižek & 数学}\n}\n", "x" * 100_000, "1234567 " * 125_000],
    ids=["BibTeX", "100 kB", "1 MB"],
)
def test_what_was_copied_is_in_the_clipboard(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert copy(text) == Outcome("wl-copy", "copied")
    assert capfd.readouterr() == ("", "")
    assert paste() == text.encode()


@pytest.mark.usefixtures("wayland")
def test_italics_arrive_as_html() -> None:
    html = "Fort, S. <i>Žižek &amp; 数学</i>"
    assert copy("plain", html=html) == Outcome("wl-copy", "copied", "as HTML: paste it into a word processor or a mail")
    assert html in paste("--type", "text/html").decode()


@pytest.mark.usefixtures("wayland")
def test_the_report_tells_a_dead_compositor_from_a_living_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ways()[0] == Way("wl-copy", available=True, detail="", asked=True)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-987")
    dead = ways()[0]
    assert (dead.name, dead.available) == ("wl-copy", False)
    assert "check that the Wayland session is alive" in dead.detail
