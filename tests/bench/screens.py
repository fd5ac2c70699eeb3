"""How fast the app answers in a real terminal, whatever the size of the library: `python tests/bench/screens.py`.

Every figure is a ratio or a time measured from outside: from the key (or the start) until the terminal shows what was
awaited. The bare programs run in turn with readlist, so that a machine that is busy for a while is busy for both: an
app with one Static for the start, an app with one list drawn line by line for the keys. Everything has run once before
it counts, so that all byte code is compiled. Needs tmux.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from synthetic import FIRST, papers
from window import Window

from readlist.library.library import Library

SIZE = (160, 45)
BARE = f"""\
from textual.app import App
from textual.widgets import Static


class Bare(App):
    def compose(self):
        yield Static({FIRST!r})


Bare().run()
"""
BARE_LIST = f"""\
from rich.segment import Segment
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static


class Lines(ScrollView, can_focus=True):
    row = 0

    def on_mount(self):
        self.virtual_size = Size(self.size.width, 100_000)

    def render_line(self, y):
        row = y + self.scroll_offset.y
        mark = ">" if row == self.row else " "
        return Strip([Segment(f"{{mark}} {FIRST} {{row}}".ljust(self.size.width))])

    def key_j(self):
        self.row += 1
        if self.row >= self.scroll_offset.y + self.size.height:
            self.scroll_to(y=self.row - self.size.height + 1, animate=False)
        self.refresh()
        self.app.query_one(Static).update(f"{{self.row + 1}} of 100,000")


class Bare(App):
    CSS = "Lines {{ height: 1fr; }} Static {{ height: 1; }}"

    def compose(self):
        yield Lines()
        yield Static("1 of 100,000")


Bare().run()
"""


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of ``values`` lie."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def list_part(text: str) -> str:
    """The list and the bars, without the detail beside the list, which is drawn a frame later."""
    return "\n".join(line[: SIZE[0] * 3 // 5 - 1] for line in text.split("\n"))


_WORD = "turb"
"""Each of its letters narrows a search (see `synthetic`)."""

_SIZES = (32, 10_000, 100_000)
BARS = {
    "start, ratio to the bare app": ("1.2", "1.25", "1.3"),
    "start without a cache, ratio": ("1.2", "1.7", "1 + 1.2 x reading"),
    "down to frame, p50 / p95, ratio": ("1.3 / 1.5",) * 3,
    "200 downs in a burst, ms a key": ("0.4",) * 3,
    "search, first letter, ms": ("16", "30", "100"),
    "search, further letter, ms": ("12",) * 3,
    "search, absent word, ms": ("16", "60", "200"),
    "view and sort to frame, p95, ms": ("16", "40", "120"),
    "r to its toast, p50 / p95, ms": ("16 (p95)",) * 3,
    "memory at the first rows, ratio": ("1.3",) * 3,
    "peak memory, MiB": ("60", "120", "450"),
}
"""What we want of each measure, for each size."""


class Bench:
    """The programs, the terminal and the library of one size."""

    def __init__(self, folder: Path, number: int, reps: int) -> None:
        self._number, self._reps = number, reps
        self._bare, self._bare_list = folder / "bare.py", folder / "bare_list.py"
        self._bare.write_text(BARE, "utf-8")
        self._bare_list.write_text(BARE_LIST, "utf-8")
        self._cache = folder / "cache"
        library = Library.open(folder / "library.json", who="bench")
        library.create(papers(number))
        library.close()
        left_out = {"PYTHONDONTWRITEBYTECODE", "TMUX", "COLUMNS", "LINES"}
        environment = {name: value for name, value in os.environ.items() if name not in left_out}
        environment |= {
            "HOME": str(folder),
            "XDG_CACHE_HOME": str(self._cache),
            "READLIST_LIBRARY": str(folder / "library.json"),
            "LC_ALL": "C.UTF-8",
            "COLORTERM": "truecolor",
        }
        self.window = Window(folder, SIZE, environment)

    def _start(self, command: list[str]) -> float:
        began = self.window.run([sys.executable, *command])
        return self.window.until(lambda text: FIRST in text, began)

    def starts(self, *, cached: bool) -> tuple[float, float, float]:
        """Ratio of the start to that of the bare app, the bare app's in seconds, and the ratio of the memory then."""
        taken: dict[str, list[float]] = {"bare": [], "readlist": []}
        memory: dict[str, list[float]] = {"bare": [], "readlist": []}
        for number in range(self._reps + 1):
            bare = self._start([str(self._bare)])
            memory["bare"].append(self.window.memory())
            if not cached:
                shutil.rmtree(self._cache, ignore_errors=True)
            ours = self._start(["-m", "readlist"])
            memory["readlist"].append(self.window.memory())
            if cached:
                self.settle()
                self.window.until_idle()  # the rows show before the library has been read, and q leaves at once
                self.quit()  # which writes what is kept for the next start
            if number:
                taken["bare"].append(bare)
                taken["readlist"].append(ours)
        bare, ours = (statistics.median(taken[name]) for name in ("bare", "readlist"))
        used, wanted = (statistics.median(memory[name]) for name in ("bare", "readlist"))
        return ours / bare, bare, wanted / used

    def quit(self) -> None:
        """Leave the app, and wait until it has ended."""
        self.window.press("q")
        self.window.until_ended()

    def settle(self) -> None:
        """Wait until the app has nothing more to do: all papers are counted, and nothing moves."""
        self.window.until(lambda text: f"1 of {self._number:,}" in text, self.window.press())
        self.window.until_still(self.window.press(), self.window.screen(), quiet=1.0)

    def downs(self, command: list[str], key: str, number: int) -> list[float]:
        """Seconds from each press of the key that goes down until the status line counts it."""
        self._start(command)
        self.window.until_still(self.window.press(), self.window.screen(), quiet=1.0)
        self.window.until_idle()
        taken = []
        for place in range(2, number + 2):
            began = self.window.press(key)
            taken.append(self.window.until(lambda text, place=place: f"{place} of" in text, began))  # type: ignore[misc]  # a bound default
            self.window.until_still(self.window.press(), self.window.screen(), quiet=0.03)
        return taken

    def burst(self) -> float:
        """Milliseconds a key, of 200 that go down at once (of as many as there are rows)."""
        number = min(200, self._number - 1)
        self.window.press("g")
        self.settle()
        self.window.until_idle()
        began = self.window.press("j", times=number)
        return self.window.until(lambda text: f"{number + 1} of" in text, began) * 1000 / number

    def still_after(self, *keys: str) -> float:
        """Milliseconds from the keys until the last change that they make in the list and the bars."""
        before = list_part(self.window.screen())
        return self.window.until_still(self.window.press(*keys), before, part=list_part) * 1000

    def typed(self, text: str) -> float:
        """Milliseconds from a burst of letters until the last change that they make in the list and the bars."""
        before = list_part(self.window.screen())
        return self.window.until_still(self.window.type(text), before, part=list_part, must_change=True) * 1000

    def toast(self, key: str, says: str) -> float:
        """Milliseconds from the key, pressed when nothing moves any more, until the toast says so."""
        self.window.until_still(self.window.press(), self.window.screen(), quiet=0.1)
        return self.window.until(lambda text: says in text, self.window.press(key)) * 1000


def searching(bench: Bench, reps: int) -> dict[str, list[float]]:
    """First letter of a word, its further ones, and a word that occurs nowhere."""
    taken: dict[str, list[float]] = {"first letter": [], "further letter": [], "absent word": []}
    for _ in range(reps):
        bench.still_after("/")
        taken["first letter"].append(bench.typed(_WORD[0]))
        taken["further letter"] += [bench.typed(letter) for letter in _WORD[1:]]
        bench.still_after("Escape")
        bench.still_after("/")
        taken["absent word"].append(bench.typed("zqxvk"))
        bench.still_after("Escape")
    return taken


def measure(number: int, reps: int) -> None:
    """Print the lines of one size."""
    app = ["-m", "readlist"]
    # What tmux and the programs leave behind while they end is no reason to fail.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        bench = Bench(Path(name), number, reps)
        try:
            ratio, bare, memory = bench.starts(cached=True)
            show(number, "start, ratio to the bare app", f"{ratio:.2f}  (bare {bare * 1000:.0f} ms)")
            show(number, "memory at the first rows, ratio", f"{memory:.2f}")
            ratio, _, _ = bench.starts(cached=False)
            show(number, "start without a cache, ratio", f"{ratio:.2f}")
            presses = min(30, number - 1)
            bare_keys = bench.downs([str(Path(name) / "bare_list.py")], "j", presses)
            keys = bench.downs(app, "j", presses)
            ratios = [percentile(keys, share) / percentile(bare_keys, share) for share in (0.5, 0.95)]
            times = f"{percentile(keys, 0.5) * 1000:.1f} / {percentile(keys, 0.95) * 1000:.1f} ms"
            show(number, "down to frame, p50 / p95, ratio", f"{ratios[0]:.2f} / {ratios[1]:.2f}  ({times})")
            show(number, "200 downs in a burst, ms a key", f"{bench.burst():.2f}")
            for what, values in searching(bench, reps).items():
                show(number, f"search, {what}, ms", f"{statistics.median(values):.1f}")
            changed = [bench.still_after(key) for _ in range(reps) for key in ("2", "1", "5", "1")]
            for order in (3, 4, 1) * reps:
                bench.still_after("S")
                changed.append(bench.still_after(str(order)))
            show(number, "view and sort to frame, p95, ms", f"{percentile(changed, 0.95):.1f}")
            bench.still_after("g")
            marks = [bench.toast("r", word) for _ in range(reps) for word in ("read — u", "unread — u")]
            show(
                number, "r to its toast, p50 / p95, ms", f"{percentile(marks, 0.5):.1f} / {percentile(marks, 0.95):.1f}"
            )
            show(number, "peak memory, MiB", f"{bench.window.peak_memory():.0f}")
        finally:
            bench.window.close()


def show(number: int, what: str, value: str) -> None:
    """Print one line, at once, with the bar for the nearest size."""
    place = min(range(len(_SIZES)), key=lambda place: abs(_SIZES[place] - number))
    bar = BARS[what][place] if what in BARS else ""
    print(f"{number:>7,}  {what:<36}{value:<32}{f'bar {bar}' if bar else ''}".rstrip(), flush=True)


def main() -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[32, 10_000, 100_000])
    parser.add_argument("--reps", type=int, default=5, help="rounds that count (default: 5)")
    options = parser.parse_args()
    if shutil.which("tmux") is None:
        parser.error("tmux is not installed")
    for number in options.sizes:
        measure(number, options.reps)


if __name__ == "__main__":
    main()
