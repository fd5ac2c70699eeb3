"""What a durable change costs, whatever the size of the library: `python tests/bench/changes.py [--sizes 32 1000 …]`.

Each figure is a median of one run and is given as a ratio to the disk's own cost of a small append, made durable with
fdatasync and measured in turn with it. Beside it stand stock TinyDB, which writes the whole file at each change and
does not make it durable, and its CachingMiddleware, which writes nothing until it is flushed. Bytes are what the
process has sent towards the disk (``write_bytes`` of /proc/self/io, Linux alone).
"""

import argparse
import itertools
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from synthetic import papers
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage

from readlist.library.library import Library
from readlist.paper import Status


def written() -> int:
    """Bytes that this process has sent towards the disk."""
    lines = Path("/proc/self/io").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("write_bytes")))


def timed(act: Callable[[], object]) -> float:
    """Seconds that ``act`` takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measure(number: int, reps: int, slow_reps: int, folder: Path) -> None:
    """Print one line for a library of ``number`` papers."""
    path = folder / "library.json"
    library = Library.open(path, who="bench")
    library.create(papers(number))
    ids = list(library.papers)
    wanted = itertools.cycle([Status.READ, Status.READING, Status.UNREAD])
    # Neither number divides the other, so that no change asks for the status that the paper has already.
    places = itertools.cycle(ids[:: max(len(ids) // 997, 1)][:31])
    probe = os.open(folder / "probe", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def append() -> None:
        os.write(probe, b"x" * 100)
        os.fdatasync(probe)

    def change() -> None:
        library.edit([next(places)], status=next(wanted))

    for _ in range(5):
        change()
    changes, appends, sent = [], [], []
    for _ in range(reps):
        appends.append(timed(append))
        before = written()
        changes.append(timed(change))
        sent.append(written() - before)
    fold = timed(library.settle)
    library.close()
    unit = statistics.median(appends)

    stock = TinyDB(shutil.copy(path, folder / "stock.json"))
    caching = TinyDB(shutil.copy(path, folder / "caching.json"), storage=CachingMiddleware(JSONStorage))  # type: ignore[no-untyped-call]  # TinyDB has it untyped
    tables = (stock.table("papers"), caching.table("papers"))
    others = [
        statistics.median(
            timed(lambda table=table: table.update({"status": next(wanted).value}, doc_ids=[int(next(places))]))  # type: ignore[misc]  # a bound default
            for _ in range(slow_reps)
        )
        for table in tables
    ]
    flush = timed(caching.close)
    stock.close()
    print(
        f"{number:>7,} {unit * 1e6:>9.0f} {statistics.median(changes) / unit:>9.2f} "
        f"{sorted(changes)[int(len(changes) * 0.95)] / unit:>8.2f} {statistics.median(sent):>9,.0f} "
        f"{statistics.mean(sent):>9,.0f} {fold * 1e3:>8.0f} {others[0] / unit:>11,.0f} {others[1] / unit:>9,.0f} "
        f"{flush * 1e3:>9,.0f}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[32, 1_000, 10_000, 100_000])
    parser.add_argument("--reps", type=int, default=300, help="changes at each size")
    parser.add_argument("--slow-reps", type=int, default=5, help="changes through stock TinyDB at each size")
    parser.add_argument("--folder", type=Path, help="where the libraries are made (default: the temporary folder)")
    options = parser.parse_args()
    print("         append    change, ratio to    bytes of a change    fold   stock,    caching,    flush")
    print(" papers      µs    median      p95    median      mean      ms    ratio       ratio       ms")
    for number in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            measure(number, options.reps, options.slow_reps, Path(folder))


if __name__ == "__main__":
    main()
