"""What is remembered of citation styles, by several windows at once."""

import json
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from readlist.config import Config
from readlist.style_memory import RECENT, NotRememberedError, StyleMemory, load, make_default, mark, use


def file_of(home: Path) -> Path:
    return home / ".local/state/readlist/styles.json"


def test_nothing_is_remembered_at_first_and_nothing_is_written_by_looking(home: Path) -> None:
    assert load() == StyleMemory()
    assert not file_of(home).exists()


def test_favourites_and_recent_styles_survive(home: Path) -> None:
    mark("nature", favourite=True)
    mark("cell", favourite=True)
    mark("nature", favourite=True)
    for style in ("apa", "ieee", "apa"):
        use(style)
    assert load() == StyleMemory(favourites=("cell", "nature"), recent=("apa", "ieee"))
    mark("cell", favourite=False)
    assert load().favourites == ("nature",)
    assert stat.S_IMODE(file_of(home).stat().st_mode) == 0o600


def test_of_the_recent_ones_the_latest_are_kept() -> None:
    for number in range(RECENT + 3):
        use(f"style-{number}")
    assert load().recent == tuple(f"style-{number}" for number in range(RECENT + 2, 2, -1))


def test_what_another_window_has_remembered_stays() -> None:
    names = [f"style-{number}" for number in range(24)]
    windows = [threading.Thread(target=mark, args=(name,), kwargs={"favourite": True}) for name in names]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(load().favourites) == sorted(names)


def test_the_default_of_the_app_is_valid_until_the_settings_say_something_new() -> None:
    settings = Config(cite_style="apa")
    assert load().default_style(settings) == "apa"
    make_default("nature", settings)
    assert load().default_style(settings) == "nature"
    assert load().default_style(Config(cite_style="ieee")) == "ieee"
    make_default("apa", settings)
    assert load().default == ""
    assert load().default_style(settings) == "apa"


@pytest.mark.parametrize("content", ["{", "[]", "\xff", ""])
def test_a_damaged_file_is_not_overwritten(home: Path, content: str) -> None:
    path = file_of(home)
    path.parent.mkdir(parents=True)
    path.write_text(content, "latin-1")
    assert load() == StyleMemory()
    with pytest.raises(NotRememberedError, match=r"styles\.json: damaged"):
        use("apa")
    assert path.read_text("latin-1") == content


def test_values_of_other_types_are_left_out(home: Path) -> None:
    path = file_of(home)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"favourites": ["apa", 3, None, "apa", "cell"], "recent": "nature", "default": {}}))
    assert load() == StyleMemory(favourites=("apa", "cell"))


def test_where_nothing_can_be_written_the_reason_is_told(home: Path) -> None:
    (home / ".local").write_text("a file in the place of the folder")
    with pytest.raises(NotRememberedError, match=r"Not a directory|File exists"):
        use("apa")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_told_of(home: Path) -> None:
    file_of(home).parent.mkdir(parents=True)
    file_of(home).parent.chmod(0o500)
    with pytest.raises(NotRememberedError):
        use("apa")
