"""A library that cannot be opened: the app starts all the same, says why, and the user chooses how to go on."""

import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList, Static

from readlist.config import Config
from readlist.library.errors import DamagedError
from readlist.library.library import Library
from readlist.tui.app import ReadlistApp
from readlist.tui.beginning import Damage
from readlist.tui.screens.recovery import RecoveryScreen

Driver = Any
Open = Callable[..., AbstractAsyncContextManager[Driver]]
DAMAGE = b"\xff\xfe[/red] not a line"


def explanation(path: Path) -> str:
    """Why the library cannot be opened."""
    with pytest.raises(DamagedError) as refused:
        Library.open(path)
    return str(refused.value)


def damage(path: Path) -> None:
    """Spoil the line of one paper, as a bad sector or an editor does."""
    lines = path.read_bytes().split(b"\n")
    (spoilt,) = [number for number, line in enumerate(lines) if b'"title":"Gaussian' in line.replace(b": ", b":")]
    lines[spoilt] = DAMAGE
    path.write_bytes(b"\n".join(lines))


@pytest.fixture
def damaged(library: Library) -> Path:
    """A library of which one line is spoilt; there is no backup."""
    library.close()
    damage(library.path)
    return library.path


@pytest.fixture
def backed_up(library: Library) -> Path:
    """A library of which one line is spoilt, with a backup of the day on which it was changed."""
    library.edit([next(iter(library.papers))], star=True)
    library.close()
    (folder,) = library.path.parent.glob("*.backups")
    (backup,) = folder.iterdir()
    content = backup.read_bytes()  # it may be the same file by another name
    backup.unlink()
    backup.with_name("2026-11-20_081500_before-merge.json").write_bytes(content)
    backup.with_name("2026-11-22_091403_first-change-of-the-day.json").write_bytes(content)
    damage(library.path)
    return library.path


@pytest.fixture
def recovering(driver_of: Callable[..., Driver]) -> Open:
    """The app on a library that cannot be opened."""

    @asynccontextmanager
    async def start(path: Path, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Driver]:
        app = ReadlistApp(Damage(path, explanation(path)), Config())
        async with app.run_test(size=size) as pilot:
            driver = driver_of(pilot)
            await driver.settle()
            yield driver

    return start


def told(app: Driver) -> str:
    """What the recovery screen says, without its line breaks."""
    screen = app.pilot.app.screen
    assert isinstance(screen, RecoveryScreen)
    options = screen.query_one(OptionList)
    prompts = [str(options.get_option_at_index(index).prompt) for index in range(options.option_count)]
    return "\n".join([str(screen.query_one("#recovery-text", Static).visual), *prompts])


def content_of(path: Path) -> bytes:
    return path.read_bytes()


def kept(path: Path) -> list[bytes]:
    """What the damaged files hold that were kept."""
    return [content_of(kept) for kept in sorted(path.parent.glob("library.json.damaged-*"))]


async def test_it_says_what_is_wrong_and_offers_ways_on(recovering: Open, backed_up: Path) -> None:
    before = content_of(backed_up)
    async with recovering(backed_up) as app:
        said = told(app)
        assert f"{backed_up}: line" in said
        assert "is not UTF-8 text; left untouched" in said
        assert "1 Look at what can be read" in said
        assert "2 Go on from a backup\n  The latest: 2026-11-22 09:14:03 (first change of the day)" in said
        assert "3 Repair" in said
        assert "library.json.damaged-1" in said
        await app.press("q")
        assert app.pilot.app._exit
    assert content_of(backed_up) == before
    assert kept(backed_up) == []


async def test_read_only_shows_what_can_be_read_and_takes_no_change(recovering: Open, damaged: Path) -> None:
    def content() -> dict[str, bytes]:
        return {path.name: content_of(path) for path in damaged.parent.glob("library.json*")}

    before = content()
    async with recovering(damaged, (80, 24)) as app:
        await app.press("enter")
        assert len(app.titles) == 7
        assert "read-only: nothing can be changed" in app.text_of("#status")
        await app.press("r", "j", "asterisk")
        assert app.toasts.count("nothing was changed") == 1, "one clear toast, not a pile"
        await app.press("n")
        assert "nothing can be written" in app.toasts
        assert not app.screen.query("NoteEditor")
        await app.press("ctrl+s", "u", "q")
        assert app.pilot.app._exit
    assert content() == before


async def test_a_backup_takes_the_place_of_the_damaged_file_which_is_kept(recovering: Open, backed_up: Path) -> None:
    before = content_of(backed_up)
    async with recovering(backed_up) as app:
        await app.press("j", "enter")
        said = told(app)
        assert "1 2026-11-22 09:14:03\n  first change of the day" in said
        assert "2 2026-11-20 08:15:00\n  before merge" in said
        assert "library.json.damaged-1" in said
        await app.press("escape")
        assert "3 Repair" in told(app)
        await app.press("2", "1")
        assert len(app.titles) == 8
        assert "This is the backup of 2026-11-22 09:14:03" in app.toasts
        assert "library.json.damaged-1" in app.toasts
        await app.press("G", "asterisk")
        assert "Starred" in app.toasts
        await app.press("q")
    assert kept(backed_up) == [before]
    assert len(Library.open(backed_up).papers) == 8


async def test_repair_reports_and_goes_on(recovering: Open, backed_up: Path) -> None:
    before = content_of(backed_up)
    async with recovering(backed_up) as app:
        await app.press("j", "down", "enter")
        said = told(app)
        assert "The library holds 8 papers; the damaged file is kept as library.json.damaged-1" in said
        assert "7 papers were taken from the damaged file" in said
        assert "“Gaussian Prototypical Networks” was taken from the backup" in said
        await app.press("1")
        assert len(app.titles) == 8
        assert "Repaired: 8 papers" in app.toasts
        await app.press("asterisk", "q")
    assert kept(backed_up) == [before]
    assert len(Library.open(backed_up).papers) == 8


async def test_without_a_backup_that_way_is_absent_and_it_says_so(recovering: Open, damaged: Path) -> None:
    async with recovering(damaged) as app:
        assert "There is no backup of it." in told(app)
        assert "Go on from a backup" not in told(app)
        assert "2 Repair" in told(app)


@pytest.mark.parametrize(
    ("content", "papers"),
    [
        pytest.param({"settings": {"colour": "[red]blue[/]"}}, 0, id="another program's"),
        pytest.param(None, 8, id="a newer readlist's"),
    ],
)
async def test_what_is_not_ours_to_mend_can_be_looked_at_only(
    recovering: Open, library: Library, content: Any, papers: int
) -> None:
    library.close()
    document = json.loads(library.path.read_text())
    if content is None:
        (about,) = document["meta"].values()
        about["schema"] = 99
    library.path.write_text(json.dumps(content or document))
    before = content_of(library.path)
    async with recovering(library.path) as app:
        assert "Repair" not in told(app)
        await app.press("1")
        assert len(app.titles) == papers
        assert "read-only" in app.text_of("#status")
        await app.press("q")
    assert content_of(library.path) == before


async def test_a_way_that_fails_says_so_and_leaves_the_others(
    recovering: Open, backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from readlist.library import repair

    def broken(*_: object) -> None:
        raise RuntimeError("a [/surprise]")

    monkeypatch.setattr(repair, "repair", broken)
    async with recovering(backed_up) as app:
        await app.press("3")
        assert "That did not work: a [/surprise]" in told(app)
        await app.press("2", "2")
        assert len(app.titles) == 8


async def test_what_came_before_is_no_reason_to_leave_in_disorder(recovering: Open, damaged: Path) -> None:
    async with recovering(damaged) as app:
        app.pilot.app._leave()  # as on SIGTERM
        await app.settle()
        assert app.pilot.app._exit


async def test_keys_of_the_recovery_screen_are_gone_afterwards(recovering: Open, backed_up: Path) -> None:
    async with recovering(backed_up) as app:
        await app.press("2", "1", "j", "k", "escape", "2")
        assert app.screen.session.view.shelf.value == "unread"
        assert not app.pilot.app._exit


def test_launching_starts_the_app_on_a_damaged_library(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from readlist import launching

    started: list[Any] = []
    monkeypatch.setattr("readlist.tui.app.run", lambda library, *_, **__: started.append(library))
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    assert launching.launch(os.fspath(damaged), empty=False) == 0
    assert started == [Damage(damaged, explanation(damaged))]


def pressing(*keys: str) -> Callable[[Any], Awaitable[None]]:
    """Press ``keys``, each when the one before is done."""

    async def press(pilot: Any) -> None:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()

    return press


@pytest.fixture
def damage_here(backed_up: Path, monkeypatch: pytest.MonkeyPatch) -> Damage:
    """A damaged library by its name alone: its folder has another name in every run."""
    monkeypatch.chdir(backed_up.parent)
    return Damage(Path(backed_up.name), explanation(Path(backed_up.name)))


SIZES = ((80, 24), (100, 30), (160, 45), (40, 15))
LOOKS = [(size, f"readlist-{theme}") for size in SIZES for theme in ("dark", "light")]


@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=[f"{theme}-{size[0]}x{size[1]}" for size, theme in LOOKS])
@pytest.mark.parametrize("pressed", [(), ("2",), ("3",)], ids=["ways", "backups", "report"])
def test_screens(
    snap_compare: Any, damage_here: Damage, size: tuple[int, int], theme: str, pressed: tuple[str, ...]
) -> None:
    app = ReadlistApp(damage_here, Config(theme=theme))
    assert snap_compare(app, terminal_size=size, run_before=pressing(*pressed))


def test_without_colour(snap_compare: Any, damage_here: Damage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ReadlistApp(damage_here, Config())
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing("j"))
