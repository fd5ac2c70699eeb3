"""Random keys, pastes, clicks and window sizes over a library with hostile text: nothing falls over, nothing is lost.

The whole of it, which takes a while, goes on where it was left until so many events have been taken, with no exception,
no lost change, and no hold of the event loop over a quarter of a second::

    MONKEY=100000 MONKEY_TALLY=/tmp/monkey nice -n 19 .venv/bin/pytest -s -p no:xdist tests/tui/test_monkey.py

``MONKEY_SEED`` begins another series; ``MONKEY_LIFE`` repeats one life of it, with the same keys. The tally file has a
line a life: seed, events, the longest hold in milliseconds and what it was.
"""

import os
from pathlib import Path
from typing import NamedTuple

import pytest
from support.loop_watch import LoopWatch
from support.monkey import HOSTILE, KEYS, SIZES, Monkey

from readlist import browser, statuses
from readlist.config import Config
from readlist.library.library import Library
from readlist.paper import Author, Paper, Status
from readlist.tui import ordered_keys
from readlist.tui.app import ReadlistApp
from readlist.tui.commands.registry import COMMANDS

EVENTS = int(os.environ.get("MONKEY", "600"))
SEED = os.environ.get("MONKEY_SEED", "7")
FIRST_LIFE = int(os.environ.get("MONKEY_LIFE", "0"))
TALLY = os.environ.get("MONKEY_TALLY", "")
A_LIFE = 2_000
"""Events after which the app is left and looked at from outside, at the latest."""
LONGEST = 0.25
"""Seconds of processor time for which the event loop may be held: longer, and the user sees that a key is not taken."""


class Life(NamedTuple):
    """What became of one start of the app."""

    seed: str
    events: int
    longest: float
    what: str

    @property
    def line(self) -> str:
        return f"{self.seed}\t{self.events}\t{self.longest * 1000:.0f}\t{self.what}"

    @classmethod
    def of(cls, line: str) -> "Life":
        seed, number, longest, what = line.split("\t", 3)
        return cls(seed, int(number), int(longest) / 1000, what)


def hostile_papers() -> list[Paper]:
    return [
        Paper(
            title=text or "–",
            authors=(Author(text[:200], text[:50]), Author(literal=text[:100])) if number % 3 else (),
            abstract=text * 2,
            note=text if number % 2 else "",
            published=["2020", "", "2021-02-30", "99999", "2026-11-24"][number % 5],
            tags=(f"t{number % 3}",) if number % 4 else (),
            status=list(Status)[number % len(Status)],
            star=number % 7 == 0,
            doi=text[:40],
            url=text[:40],
        )
        for number, text in enumerate(HOSTILE * 4)
    ]


def held_by(library: Library) -> dict[str, Paper]:
    return {**library.papers, **library.trash}


def undone(library: Library) -> dict[str, Paper]:
    """What the library held before the first step of its history, by undoing all; keys and times are not undone."""
    while library.undo():
        pass
    return {key: paper._replace(key="", changed="") for key, paper in held_by(library).items()}


def state(app: ReadlistApp) -> str:
    """What the app shows, in a line."""
    if not app._screen_stacks.get(app._current_mode):
        return "no screen"
    session, screen = app.session, app.screen
    looked_at = f"{session.view.shelf}, query {session.query_text!r}" if session else "no session"
    return f"{type(screen).__name__} {app.size.width}x{app.size.height}, focus {screen.focused!r}, {looked_at}"


async def live(number: int, most: int, path: Path) -> Life:
    """Start the app and do at most ``most`` things to it; nothing is lost of what it showed."""
    seed = f"{SEED}.{number}"
    library = Library.open(path, who="monkey", holds=True)
    before = {key: paper._replace(key="", changed="") for key, paper in held_by(library).items()}
    app = ReadlistApp(library, Config())
    watch = LoopWatch(lambda: f"{state(app)}, after {' '.join(monkey.latest)}")
    taken = 0
    with watch.installed():
        async with app.run_test(size=SIZES[number % len(SIZES)], message_hook=watch.saw) as pilot:
            monkey = Monkey(seed, pilot, app)
            await monkey.rest()
            watch.is_on = True
            while taken < most and app._exit is False:
                try:
                    taken += await monkey.act(most - taken)
                except Exception as error:
                    error.add_note(f"life {seed}: {state(app)}, after {' '.join(monkey.latest)}")
                    raise
                if app._exception is not None:
                    break
            watch.is_on = False
            if app._exception is not None:
                app._exception.add_note(f"life {seed}: {state(app)}, after {' '.join(monkey.latest)}")
            else:
                await monkey.rest()
    # Only now: a note that is being written as the app is left is saved as the last thing.
    shown, steps = held_by(library), len(library.history())
    statuses.use(statuses.DEFAULT)
    assert library.held == ()
    stored = Library.open(path, who="monkey")
    assert held_by(stored) == shown
    assert len(stored.history()) == steps
    assert stored.damaged == ()
    assert undone(stored) == before, f"life {seed}: not everything could be undone"
    stored.close()
    return Life(seed, taken, watch.longest, watch.what)


async def test_nothing_falls_over_and_nothing_is_lost(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("VISUAL", "EDITOR", "DISPLAY", "WAYLAND_DISPLAY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(browser, "open_address", lambda _: None)
    monkeypatch.setattr(browser, "open_file", lambda _: None)
    # A key that waits in vain for a widget is a hang, though a short one: so much patience makes a failure of it.
    monkeypatch.setattr(ordered_keys, "_PATIENCE", 60.0)
    tally = Path(TALLY) if TALLY else tmp_path / "tally"
    tally.touch()
    lives = [Life.of(line) for line in tally.read_text("utf-8").splitlines()]
    while (left := EVENTS - sum(life.events for life in lives)) > 0:  # a quit that was hit upon ends a life, as well
        number = FIRST_LIFE + len(lives)
        path = home / f"library-{number}.json"
        made = Library.open(path, who="monkey")
        made.create(hostile_papers())
        made.close()
        life = await live(number, min(left, A_LIFE), path)
        assert life.longest < LONGEST, life.line
        lives.append(life)
        with tally.open("a", encoding="utf-8") as file:
            file.write(life.line + "\n")
    slowest = max(lives, key=lambda life: life.longest)
    print(f"\n{sum(life.events for life in lives):,} events in {len(lives)} lives; the longest hold: {slowest.line}")


def test_the_monkey_knows_every_key() -> None:
    bound = {key for command in COMMANDS.values() for key in command.keys.split(",")}
    assert bound - {"q", "ctrl+q"} <= set(KEYS)
