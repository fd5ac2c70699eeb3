"""Starting the app: the first launch, the ones after it, and libraries that it must refuse."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

Start = Any
Complaint = Callable[..., tuple[int, str]]

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]


def test_a_new_home_gets_the_bundled_papers_in_the_data_folder(start: Start, home: Path) -> None:
    app = start(READLIST_LIBRARY="")
    assert "1 All 32  2 Unread 32" in app.screen
    app.wait_for("Your reading list, with 32 papers to begin with.")
    app.press("q")
    assert app.wait_exit() == 0
    with TinyDB(home / ".local/share/readlist/library.json", access_mode="r", encoding="utf-8") as stock:
        assert len(stock.table("papers")) == 32


def test_the_data_folder_follows_xdg(start: Start, home: Path, tmp_path: Path) -> None:
    start(READLIST_LIBRARY="", XDG_DATA_HOME=str(tmp_path / "xdg"))
    assert (tmp_path / "xdg/readlist/library.json").exists()
    assert not (home / ".local").exists()


def test_the_library_option_comes_before_the_environment(start: Start, tmp_path: Path, library_file: Path) -> None:
    start("--library", str(tmp_path / "other.json"))
    assert (tmp_path / "other.json").exists()
    assert not library_file.exists()


def test_deleted_papers_do_not_come_back_with_the_next_launch(start: Start) -> None:
    first = start()
    first.press("d")
    first.wait_for("All 31")
    first.press("C-a", "d")
    first.wait_for("Your reading list is empty")
    first.press("q")
    assert first.wait_exit() == 0
    second = start(shows="Your reading list is empty")
    assert "All 0" in second.screen
    assert "to begin with" not in second.screen
    second.press("u")
    second.wait_for("All 31")


def test_a_library_made_empty_stays_empty(start: Start) -> None:
    first = start("--empty", shows="Your reading list is empty")
    first.press("q")
    assert first.wait_exit() == 0
    assert "All 0" in start(shows="Your reading list is empty").screen


def test_empty_leaves_an_existing_library_alone(start: Start) -> None:
    start().press("q")
    assert "All 32" in start("--empty").screen


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x00\xff\x13garbage", "UTF-8"),
        (b'{"papers": {"1": {"title": "cut of', "line 1"),
        (b"[1, 2]\n", "JSON"),
        (b'{"notes": {"1": {"text": "of another program"}}}', "no readlist library"),
        (json.dumps({"meta": {"1": {"application": "readlist", "schema": 99}}}).encode(), "newer readlist"),
    ],
    ids=["garbage", "cut", "list", "another program's", "newer"],
)
def test_a_file_that_is_no_library_is_refused_and_left_alone(
    complaint_of: Complaint, library_file: Path, content: bytes, reason: str
) -> None:
    library_file.write_bytes(content)
    status, complaint = complaint_of()
    assert status == 2
    assert complaint.count("\n") == 1
    assert str(library_file) in complaint
    assert reason in complaint
    assert library_file.read_bytes() == content


def test_a_folder_in_the_place_of_the_library_is_refused(complaint_of: Complaint, library_file: Path) -> None:
    library_file.mkdir()
    status, complaint = complaint_of()
    assert (status, complaint.count("\n")) == (2, 1)
    assert str(library_file) in complaint


def test_settings_that_cannot_be_read_are_named_before_anything_is_made(
    complaint_of: Complaint, home: Path, library_file: Path
) -> None:
    settings = home / ".config/readlist/config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[look]\ntheme = readlist-light\n")
    status, complaint = complaint_of()
    assert (status, complaint.count("\n")) == (2, 1)
    assert "config.toml" in complaint
    assert "line 2" in complaint
    assert not library_file.exists()


def test_without_a_terminal_to_draw_on_the_app_says_so_and_makes_nothing(complaint_of: Any, library_file: Path) -> None:
    status, complaint = complaint_of()
    assert status == 2
    assert "standard error" in complaint
    assert not library_file.exists()
