"""Keys, pastes, clicks and window sizes at random, as a terminal's driver hands them to the app."""

import random
from collections import deque
from contextlib import suppress

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

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
_ONCE = [*_LETTERS, *_NAMED.split()]
KEYS = [*_ONCE, *(["escape", "enter", "j", "k"] * 4)]
_HELD = ["j", "k", "down", "up", "pagedown", "tab", "asterisk", "r", "u", "ctrl+r", "backspace"]
_LATEST = 40
"""How many events are remembered, to be told of a failure."""


class Monkey:
    """Does things at random to an app; a ``seed`` says which."""

    def __init__(self, seed: str, pilot: Pilot[None], app: App[None]) -> None:
        self._draw = random.Random(seed)  # noqa: S311 - keys, not secrets
        self._pilot = pilot
        self._app = app
        self.latest: deque[str] = deque(maxlen=_LATEST)
        """What was done last."""

    async def act(self, most: int) -> int:
        """Send a burst of at most ``most`` events; how many they were.

        A terminal sends as fast as it reads: some bursts meet an app at rest, others one in the middle of its work.
        """
        sent = self._burst(most)
        rest = self._draw.random()
        if rest < 0.45:
            await self._pilot._wait_for_screen()
        elif rest < 0.6:
            await self.rest()
        else:
            await self._pilot.pause(0)
        return sent

    async def rest(self) -> None:
        """Wait until all that was sent has been worked off, and all that follows from it."""
        for _ in range(2):
            await self._pilot._wait_for_screen()
            with suppress(WorkerCancelled):  # of workers that the next one of their kind takes the place of
                await self._app.workers.wait_for_complete()

    def _burst(self, most: int) -> int:
        kind = self._draw.random()
        if kind < 0.82:
            return self._keys(self._draw.choices(KEYS, k=min(most, self._draw.randint(1, 9))))
        if kind < 0.88:  # a key that is held down
            return self._keys([self._draw.choice(_HELD)] * min(most, self._draw.randint(5, 30)))
        if kind < 0.92:
            text = self._draw.choice(PASTES)
            self._send(events.Paste(text), f"paste {text[:20]!r}")
            return 1
        if kind < 0.98:
            return self._mouse()
        width, height = self._draw.choice(SIZES)
        self._app._driver._size = (width, height)  # type: ignore[union-attr]
        self._send(events.Resize(Size(width, height), Size(width, height)), f"resize {width}x{height}")
        return 1

    def _keys(self, keys: list[str]) -> int:
        for key in keys:
            character = " " if key == "space" else key if len(key) == 1 else None
            self._send(events.Key(key, character), key)
        return len(keys)

    def _mouse(self) -> int:
        """Click once or twice, drag, or turn the wheel."""
        width, height = self._app.size
        place, end = ((self._draw.randrange(max(1, width)), self._draw.randrange(max(1, height))) for _ in range(2))
        acts: list[tuple[type[events.MouseEvent], tuple[int, int], int]] = [
            (events.MouseMove, place, 0),
            (events.MouseDown, place, 1),
            (events.MouseUp, place, 1),
        ]
        match self._draw.choice(["click", "click", "double click", "drag", "wheel"]):
            case "double click":
                acts += acts[1:]
            case "drag":
                acts[2:] = [(events.MouseMove, end, 1), (events.MouseUp, end, 1)]
            case "wheel":
                acts[1:] = [(self._draw.choice([events.MouseScrollDown, events.MouseScrollUp]), place, 0)] * 3
        for kind, (x, y), button in acts:
            shift = meta = ctrl = False
            self._send(kind(None, x, y, 0, 0, button, shift, meta, ctrl, x, y), f"{kind.__name__} {x},{y}")
        return len(acts)

    def _send(self, event: events.Event, said: str) -> None:
        self.latest.append(said)
        driver = self._app._driver
        if driver is not None:  # it is gone once the app is being left
            driver.process_message(event)
