"""A small library and the app on it, driven by keys."""

import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from support.idle import exact_idling
from support.stylesheets import parsed_once
from textual.pilot import Pilot

from readlist.config import Config
from readlist.library.library import Library
from readlist.paper import Author, Paper, Status
from readlist.tui.app import ReadlistApp
from readlist.tui.screens.main import MainScreen

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


def sample_papers() -> list[Paper]:
    """Eight papers: mathematics, wide letters, markup that must stay text, a cut author list, each status."""
    return [
        Paper(
            title=r"Robust to $L_\infty$ attacks: 5$\%$ better",
            authors=(Author("Fort", "Stanislav"), Author("Lakshminarayanan", "Balaji")),
            published="2026-08-08",
            category="cs.CV",
            arxiv_id="2608.05446",
            organisations=("stanford",),
            abstract=r"With $L_\infty=8/255$ and \textit{CrossMax} we gain about 5$\%$. A second sentence follows it.",
            has_code=True,
        ),
        Paper(
            title="Constitutional AI: Harmlessness from AI Feedback",
            authors=(Author("Bai", "Yuntao"), Author("Kadavath", "Saurav")),
            authors_complete=False,
            published="2025-12-15",
            category="cs.CL",
            arxiv_id="2512.08073",
            abstract="We train a harmless assistant. The model critiques itself.",
        ),
        Paper(
            title="A [bold]title[/bold] with markup [/] and [@click=app.quit]a link[/]",
            authors=(Author("Żółć", "Łukasz"),),
            published="2024-05-01",
            category="cs.CR",
            abstract="An abstract with [red]markup[/red] and an escape \x1b[31m sequence.",
        ),
        Paper(
            title="深度学习的损失景观与几何结构",
            authors=(Author("王", "小明"),),
            published="2023-01-02",
            category="cs.LG",
            tags=("ood", "geometry"),
            status=Status.READING,
            started="2026-11-01T08:00:00Z",
            abstract="Loss landscapes.",
        ),
        Paper(
            title="Deep Ensembles: A Loss Landscape Perspective on Why Random Initialisation Explores So Many Modes",
            authors=(Author("Fort", "Stanislav"), Author("Hu", "Huiyi")),
            published="2019-12-05",
            category="stat.ML",
            arxiv_id="1912.02757",
            venue="NeurIPS 2019 workshop",
            note="Compare with *Goldilocks*.\n\n- modes\n- basins",
            status=Status.READ,
            finished="2026-11-02T08:00:00Z",
            star=True,
            abstract="Deep ensembles explore diverse modes in function space.",
        ),
        Paper(
            title="Adaptive Quantum State Tomography",
            authors=(Author("Quek", "Yihui"),),
            published="2018-12-14",
            category="quant-ph",
            doi="10.1038/s41534-021-00436-9",
            abstract="Quantum states.",
        ),
        Paper(title="No author and no date", abstract=""),
        Paper(
            title="Gaussian Prototypical Networks",
            authors=(Author("Fort", "Stanislav"),),
            published="2017-08-09",
            category="cs.LG",
            arxiv_id="1708.02735",
            abstract="Few-shot learning on Omniglot.",
        ),
    ]


@pytest.fixture(autouse=True, scope="session")
def _idling() -> Iterator[None]:
    """A Pilot goes on as soon as the app rests, and all apps share what they parse."""
    with exact_idling(), parsed_once():
        yield


@pytest.fixture
def library(library_file: Path) -> Library:
    """A library with the sample papers, at a fixed time."""
    made = Library.open(library_file, clock=lambda: NOW, who="tester")
    made.create(sample_papers())
    return made


class Driver:
    """The app under the hands of a test: keys in, screen and library out."""

    def __init__(self, pilot: Pilot[None], library: Library | None = None) -> None:
        self.pilot = pilot
        self._library = library

    @property
    def library(self) -> Library:
        """The library that the app was opened on, or else the one that it shows."""
        return self._library or self.screen.session.library

    @property
    def screen(self) -> MainScreen:
        """The main screen."""
        found = next(screen for screen in self.pilot.app.screen_stack if isinstance(screen, MainScreen))
        assert isinstance(found, MainScreen)
        return found

    async def press(self, *keys: str) -> None:
        """Press keys and wait until all that follows from them is done."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type ``text``."""
        await self.press(*("space" if char == " " else char for char in text))

    async def settle(self) -> None:
        """Wait for every worker and for the screen."""
        await self.pilot.pause()
        await self.pilot.app.workers.wait_for_complete()
        await self.pilot.pause()

    @property
    def current(self) -> str:
        """The title of the paper under the cursor."""
        paper = self.screen.paper_list.current
        return paper.title if paper else ""

    @property
    def titles(self) -> list[str]:
        """The titles shown, from the top."""
        return [paper.title for paper in self.screen.session.view.papers]

    def paper(self, start: str) -> Paper:
        """The paper of the library whose title begins so."""
        return next(paper for paper in self.library.papers.values() if paper.title.startswith(start))

    @property
    def toasts(self) -> str:
        """What the toasts say."""
        assert isinstance(self.pilot.app, ReadlistApp)
        return "\n".join(self.pilot.app.toasts)

    def text_of(self, selector: str) -> str:
        """What the widget shows, as plain text."""
        widget = self.pilot.app.screen.query_one(selector)
        return "\n".join(
            "".join(segment.text for segment in widget.render_line(line)) for line in range(widget.size.height)
        )


Open = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture
def driver_of() -> Callable[..., Driver]:
    """The driver of an app that a test has made itself."""
    return Driver


@pytest.fixture
def opened(library: Library) -> Open:
    """Open the app on the sample library (or another one) at a size."""

    @asynccontextmanager
    async def start(
        size: tuple[int, int] = (140, 40),
        config: Config | None = None,
        on: Library | None = None,
        *,
        welcome: bool = False,
    ) -> AsyncIterator[Driver]:
        used = on or library
        app = ReadlistApp(used, config or Config(), welcome=welcome)
        async with app.run_test(size=size) as pilot:
            driver = Driver(pilot, used)
            await driver.settle()
            yield driver

    return start
