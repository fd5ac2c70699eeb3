"""Draws the pictures of the README from the bundled papers: ``python tests/bench/screenshots.py [FOLDER]``."""

import asyncio
import sys
import tempfile
from pathlib import Path

from readlist.config import Config
from readlist.intake.seed import seed_papers
from readlist.library.library import Library
from readlist.paper import Status
from readlist.tui.app import ReadlistApp

SIZE = (140, 36)
READ = ("The Goldilocks zone", "Deep Ensembles", "Stiffness", "Large Scale Structure", "Emergent properties")
READING = ("Get RICH", "Scaling Laws")
STARRED = ("Deep Ensembles", "Ensemble everything everywhere")
NOTED = "Ensemble everything everywhere"
NOTE = "Vickrey aggregation over *layers*.\n\n- compare with direct ascent\n- ask about CIFAR-100"


def make_library(path: Path) -> Library:
    """The bundled papers after a week of use."""
    library = Library.open(path)
    library.create(seed_papers())

    def ids(*titles: str) -> list[str]:
        return [paper.id for paper in library.papers.values() if paper.title.startswith(titles)]

    library.edit(ids(*READ), status=Status.READ)
    library.edit(ids(*READING), status=Status.READING)
    library.edit(ids(*STARRED), star=True)
    library.edit(ids(NOTED), note=NOTE, tags=("robustness", "reread"))
    return library


async def draw(library: Library, theme: str) -> str:
    """The main screen in ``theme`` as SVG, the cursor on the paper with a note."""
    app = ReadlistApp(library, Config(theme=theme))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"jjjjjj")
        await pilot.pause(0.2)
        return app.export_screenshot()


def main() -> None:
    """Draw both pictures."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs")
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        library = make_library(Path(work) / "library.json")
        for theme in ("dark", "light"):
            picture = asyncio.run(draw(library, f"readlist-{theme}"))
            (folder / f"screenshot-{theme}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
