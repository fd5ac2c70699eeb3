"""Whatever happens to the bytes of library and journal: one clear sentence, nothing overwritten, nothing intact lost.

What is intact: a line of the table ``papers`` whose bytes are in the corrupted files exactly once, and an entry of the
journal whose bytes are there. FAULT_TRIES=long tries 100,000 random corruptions.
"""

import shutil
from pathlib import Path

import pytest
from faults.corruption import (
    TRIES,
    Hang,
    Report,
    Sound,
    damaged,
    put_files,
    seeded,
    try_one,
)


@pytest.mark.parametrize("form", ["at rest", "with a journal"])
def test_no_corruption_is_met_with_a_traceback_or_a_silent_loss(
    both: tuple[Sound, Sound], form: str, memory: Path, tmp_path: Path, report: Report
) -> None:
    sound = both[form != "at rest"]
    lost: list[str] = []
    outcomes: dict[str, int] = {}
    for number in range(TRIES // 2):
        dice = seeded(f"{form} {number}")
        files, what = damaged(sound, dice)
        folder = memory / "trial"
        folder.mkdir()
        put_files(files, folder)
        try:
            outcome = try_one(sound, files, folder, dice)
        except (Exception, Hang) as error:  # noqa: BLE001 - it is what the test is about, and it fails for it
            kept = tmp_path / f"trial-{number}"
            put_files(files, kept)
            lost.append(f"{kept} ({what}): {type(error).__name__}: {str(error).partition(chr(10))[0]}")
            outcome = "lost"
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        shutil.rmtree(folder)
    (tmp_path / "lost.txt").write_text("\n".join(lost), "utf-8")
    report(f"corruption of a library {form} {outcomes}", TRIES // 2, lost)
