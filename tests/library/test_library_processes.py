import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from readlist.library.library import Library
from readlist.paper import Paper

Open = Callable[..., Library]

WORKER = """
import sys
from pathlib import Path
from readlist.library.library import Library
from readlist.paper import Paper
path, me, shared = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
library = Library.open(path, who=me)
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    (mine,) = library.add([Paper(title=f"{me} {number}")]).ids
    library.edit([shared], **{me: f"{number}"})
    if number % 4 == 0:
        library.delete([mine])
    if number % 8 == 0:
        library.undo()
"""


def test_two_processes_lose_nothing_of_each_other(path: Path, open_library: Open) -> None:
    library = open_library()
    change = library.add([Paper(title="Shared")])
    assert change
    shared = change.ids[0]
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(path), field, shared],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for field in ("note", "venue")
    ]
    for worker in workers:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.communicate("go\n", timeout=60)
        assert worker.returncode == 0
    assert library.reload()
    assert (library.papers[shared].note, library.papers[shared].venue) == ("39", "39")
    assert len(library.papers) == 1 + 2 * (40 - 5)
    assert len(library.trash) == 2 * 5
    assert len(library.history()) == 1 + 2 * (40 + 40 + 5)


def test_threads_may_share_one_library(library: Library, path: Path) -> None:
    first, second, third = library.papers

    def work(identifier: str) -> None:
        for number in range(15):
            library.edit([identifier], note=f"{number}")

    threads = [threading.Thread(target=work, args=(identifier,)) for identifier in (first, second, third)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [paper.note for paper in library.papers.values()] == ["14"] * 3
    assert len(Library.open(path).history()) == 1 + 45


def test_a_change_is_made_on_what_the_other_window_left(library: Library, open_library: Open) -> None:
    first, second, third = library.papers
    other = open_library()
    other.edit([first], note="theirs")
    library.edit([first, second], star=True)
    other.delete([third])
    assert library.reload()
    assert (library.papers[first].note, library.papers[first].star) == ("theirs", True)
    assert third not in library.papers
    assert not library.reload()


def test_looking_for_changes_costs_no_reading(library: Library, path: Path) -> None:
    papers = library.papers
    path.touch()  # looks changed, and is read again
    assert library.reload()
    assert library.papers == papers
    again = library.papers
    assert not library.reload()
    assert library.papers is again


def test_reading_loads_neither_the_lock_nor_textual() -> None:
    script = (
        "import sys; from pathlib import Path; from readlist.library.library import Library; "
        "Library.open(Path('/nowhere/library.json')).reload(); "
        "slow = {'filelock', 'textual', 'dataclasses', 'msgspec', 'datetime', 'hashlib', 'tempfile', 'inspect'}; "
        "sys.exit(sorted(slow & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
