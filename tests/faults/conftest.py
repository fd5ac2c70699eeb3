"""The libraries that are damaged, and how a test tells what it has tried."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from faults.corruption import (
    LONG,
    Report,
    Sound,
    build,
)


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """A folder in memory where there is one."""
    disk = Path("/dev/shm")  # noqa: S108 - Linux's memory disk; the folder made in it is private
    with tempfile.TemporaryDirectory(dir=disk if os.access(disk, os.W_OK) else None, prefix="readlist-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def both(memory: Path) -> tuple[Sound, Sound]:
    (memory / "sound").mkdir()
    return build(memory / "sound")


@pytest.fixture
def at_rest(both: tuple[Sound, Sound]) -> Sound:
    return both[0]


@pytest.fixture
def with_journal(both: tuple[Sound, Sound]) -> Sound:
    return both[1]


@pytest.fixture
def report(record_property: Callable[[str, object], None], capsys: pytest.CaptureFixture[str]) -> Report:
    def tell(faults: str, tries: int, lost: Sequence[str]) -> None:
        for name, value in (("faults", faults), ("tries", tries), ("lost", len(lost))):
            record_property(name, value)
        if LONG:
            with capsys.disabled():
                print(f"\n{faults} | {tries:,} | {len(lost):,}")
        assert not lost, f"{len(lost)} of {tries}:\n" + "\n".join(lost[:12])

    return tell
