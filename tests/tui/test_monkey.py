"""Random keys, pastes, clicks and window sizes over a library with hostile text: nothing falls over, nothing is lost.

``MONKEY=100000 pytest -s tests/tui/test_monkey.py`` takes so many events, says how long the slowest took, and refuses
one that held up the screen for more than a quarter of a second. ``MONKEY_SEED`` repeats a run.
"""

import os
import random
import time
from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.geometry import Offset
from textual.pilot import Pilot

from readlist import browser
from readlist.config import Config
from readlist.library.library import Library
from readlist.paper import Author, Paper, Status
from readlist.tui.app import ReadlistApp
from readlist.tui.commands.registry import COMMANDS

EVENTS = int(os.environ.get("MONKEY", "250"))
SEED = int(os.environ.get("MONKEY_SEED", "7"))
LONGEST = 0.25
"""Seconds; asserted in a long run alone, since a machine that runs other tests is slow by itself."""
SIZES = [(40, 15), (80, 24), (100, 30), (160, 45), (300, 100), (61, 17)]
HOSTILE = [
    *("[bold]x[/] [/] [@click=app.quit]q[/]", "\x1b[31m\x1b]0;t\x07", r"$\frac{", "a\u0301\u0301\u0301" * 40),
    *(
        "深度学习" * 60,
        "\N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL}\N{WAVING WHITE FLAG}\ufe0f" * 20,
        "\t\r\n\x00",
        "x" * 3_000,
    ),
    *(
        "\u202e\N{HEBREW LETTER GIMEL}\u202c \N{ARABIC LETTER MEEM}",
        "",
        " ",
        "{title}",
        "%s%n",
        "'\";--",
        "<svg/onload=1>",
    ),
]
PASTES = [
    "LGOct 11, 2022\nSome Title Here Of A PaperAda Lovelace\nAn abstract.\n",
    *("@article{x, title={T}, author={A B}}", "2210.05546", "https://arxiv.org/abs/1708.02735"),
    *("TY  - JOUR\nTI  - T\nER  - \n", *HOSTILE),
]
_LETTERS = list("abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_NAMED = """
enter escape tab shift+tab space backspace delete up down left right home end pageup pagedown slash full_stop comma
semicolon colon asterisk minus question_mark left_square_bracket right_square_bracket less_than_sign greater_than_sign
quotation_mark left_parenthesis ctrl+a ctrl+b ctrl+d ctrl+e ctrl+f ctrl+n ctrl+p ctrl+r ctrl+s ctrl+t ctrl+u ctrl+x
f1 f2 f3
"""
KEYS = [*_LETTERS, *_NAMED.split(), *(["escape", "enter", "j", "k"] * 4)]


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


async def mouse_event(draw: random.Random, pilot: Pilot[None], app: App[None]) -> str:
    """Click once or twice, drag, or turn the wheel; what it was."""
    width, height = app.size
    place, end = (Offset(draw.randrange(width), draw.randrange(height)) for _ in range(2))
    kind = draw.choice(["click", "click", "double click", "drag", "wheel"])
    if kind == "drag":
        await pilot.mouse_down(offset=place)
        await pilot.hover(offset=end)
        await pilot.mouse_up(offset=end)
    elif kind == "wheel":
        turn = draw.choice([events.MouseScrollDown, events.MouseScrollUp])
        await pilot._post_mouse_events([turn], offset=place)
    else:
        await pilot.click(offset=place, times=2 if kind == "double click" else 1)
    return f"{kind} {place}"


async def one_event(draw: random.Random, pilot: Pilot[None], app: App[None]) -> str:
    """Do something at random; what it was."""
    kind = draw.random()
    if kind < 0.92:
        keys = draw.choices(KEYS, k=draw.randint(1, 6))
        for key in keys:
            character = " " if key == "space" else key if len(key) == 1 else None
            app.post_message(events.Key(key, character))
        await pilot.pause()
        return " ".join(keys)
    if kind < 0.95:
        text = draw.choice(PASTES)
        app.post_message(events.Paste(text))
        await pilot.pause()
        return f"paste {text[:20]!r}"
    if kind < 0.98:
        return await mouse_event(draw, pilot, app)
    size = draw.choice(SIZES)
    await pilot.resize_terminal(*size)
    return f"resize {size}"


async def test_nothing_falls_over_and_nothing_is_lost(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("VISUAL", "EDITOR", "DISPLAY", "WAYLAND_DISPLAY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(browser, "open_address", lambda _: None)
    monkeypatch.setattr(browser, "open_file", lambda _: None)
    path = home / "library.json"
    made = Library.open(path, who="monkey")
    made.create(hostile_papers())
    made.close()
    draw = random.Random(SEED)  # noqa: S311 - keys, not secrets
    left, slowest, what = EVENTS, 0.0, ""
    while left > 0:  # each time that a quit was hit upon, it starts again
        library = Library.open(path, who="monkey", holds=True)
        app = ReadlistApp(library, Config())
        async with app.run_test(size=draw.choice(SIZES)) as pilot:
            await pilot.pause()
            while left > 0 and app.is_running and app._exit is False:
                left -= 1
                began = time.perf_counter()
                did = await one_event(draw, pilot, app)
                taken = time.perf_counter() - began
                if taken > slowest:
                    slowest, what = taken, did
                if left % 50 == 0:
                    await app.workers.wait_for_complete()
            await app.workers.wait_for_complete()
            shown = {**library.papers, **library.trash}
            steps = len(library.history())
        if not library.held:
            stored = Library.open(path, who="monkey")
            assert {**stored.papers, **stored.trash} == shown
            assert len(stored.history()) == steps
            assert stored.damaged == ()
            stored.close()
    if EVENTS >= 10_000:
        print(f"\n{EVENTS:,} events, the slowest {slowest * 1000:.0f} ms: {what}")
        assert slowest < LONGEST


def test_the_monkey_knows_every_key() -> None:
    bound = {key for command in COMMANDS.values() for key in command.keys.split(",")}
    assert bound - {"q", "ctrl+q"} <= set(KEYS)
