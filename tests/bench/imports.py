"""How long imports take: `python tests/bench/imports.py`. Seconds, and the ratio to reading the same bytes with `json`.

10,000 papers from BibTeX and from readlist's own JSON, and 10,000 (half of them known) into a library of 100,000.
"""

import datetime as dt
import json
import resource
import tempfile
import time
from pathlib import Path

from synthetic import papers

from readlist.cite.formats import export
from readlist.importing import carry_out, plan_import
from readlist.intake.detection import read
from readlist.library.library import Library
from readlist.paper import Paper

DAY = dt.date(2026, 11, 24)


def report(what: str, began: float, unit: float) -> None:
    """Print one line."""
    seconds = time.perf_counter() - began
    print(f"{what:<44}{seconds:7.2f} s {seconds / unit:8.0f} x json", flush=True)


def some(number: int, start: int = 0) -> list[Paper]:
    """Papers whose titles tell them apart, as real ones do."""
    made = papers(number + start)[start:]
    return [
        paper._replace(title=f"Paper {index:06} {paper.title}", arxiv_id="", key=f"key{index}", doi=f"10.1000/{index}")
        for index, paper in enumerate(made, start)
    ]


def main() -> None:
    """Measure and print."""
    ten = some(10_000)
    own = export(ten, "json").encode()
    began = time.perf_counter()
    json.loads(own)
    unit = time.perf_counter() - began
    for name, content in (
        ("own JSON", own),
        ("BibTeX", export(ten, "bibtex").encode()),
        ("RIS", export(ten, "ris").encode()),
    ):
        began = time.perf_counter()
        found = read(content, retrieved=DAY)
        assert len(found.papers) == len(ten)
        report(f"read 10,000 papers from {name}", began, unit)
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "library.json", who="bench")
        library.create(some(100_000))
        content = export(some(10_000, start=95_000), "bibtex").encode()
        began = time.perf_counter()
        plan = plan_import(library, content, DAY)
        report(f"plan them into 100,000: {len(plan.new):,} new", began, unit)
        carry_out(library, plan.found)
        report("the same, and write them", began, unit)
        began = time.perf_counter()
        library.close()
        report("fold them into the file", began, unit)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
