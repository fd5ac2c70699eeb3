"""The real xclip and xsel on a real X server."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from readlist.clipboard import Outcome, copy

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


def read_back(tool: str, wanted: bytes) -> bytes:
    """What the clipboard holds; asked again for a while, because xsel may answer before its child serves the text."""
    deadline = time.monotonic() + 10
    while True:
        held = subprocess.run(READERS[tool], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
        if held == wanted or time.monotonic() > deadline:
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
