"""The app in a real browser: it is shown, a paper is marked, a citation is copied."""

import asyncio
import base64
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("textual_serve")

from aiohttp import ClientSession, ClientWebSocketResponse

from readlist.intake.seed import seed_papers
from readlist.library.library import Library
from readlist.paper import Status

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DEADLINE = 30.0
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@pytest.fixture
def served(library_file: Path, home: Path) -> Iterator[str]:
    """The address of a library with the bundled papers."""
    made = Library.open(library_file)
    made.create(seed_papers())
    made.close()
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY", "TMUX"}
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "readlist", "serve", "--no-open", "--library", str(library_file)],
        stdout=subprocess.PIPE,
        text=True,
        env={**environment, "HOME": str(home)},
    )
    assert process.stdout
    line = process.stdout.readline()
    assert line.startswith("readlist is at http://127.0.0.1:"), line
    yield line.removeprefix("readlist is at ").strip()
    process.send_signal(signal.SIGINT)
    assert process.wait(DEADLINE) == 0
    process.stdout.close()


class Page:
    """A page of the browser, driven over the DevTools protocol."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.received = ""
        """What the page's own websocket has received: what the terminal draws."""

    async def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        number = self._number
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            answer = await self._next()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                found: dict[str, Any] = answer["result"]
                return found

    async def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads((await self._socket.receive(DEADLINE)).data)
        if message.get("method") == "Network.webSocketFrameReceived":
            payload = message["params"]["response"]
            if payload["opcode"] == 2:
                self.received += base64.b64decode(payload["payloadData"]).decode("utf-8", "replace")
        return message

    async def see(self, text: str) -> None:
        """Wait until the terminal has been sent ``text``, within which escapes may stand where widgets end."""
        end = time.monotonic() + DEADLINE
        while text not in _ESCAPE.sub("", self.received):
            assert time.monotonic() < end, self.received[-2_000:]
            await self._next()

    async def press(self, key: str) -> None:
        await self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, text=key, unmodifiedText=key)
        await self.ask("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def evaluate(self, script: str) -> Any:
        answer = await self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True
        )
        return answer["result"].get("value")


@pytest.fixture
async def page(served: str, tmp_path: Path) -> AsyncIterator[Page]:
    profile = tmp_path / "profile"
    browser = await asyncio.create_subprocess_exec(
        str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
        f"--user-data-dir={profile}", "--window-size=1200,800", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        port = profile / "DevToolsActivePort"
        await until(lambda: port.exists() and port.read_text("utf-8").count("\n") > 0)
        number = port.read_text("utf-8").split()[0]
        async with ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{number}/json") as answer:
                target = next(one for one in await answer.json() if one["type"] == "page")
            async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                made = Page(socket)
                await made.ask("Network.enable")
                origin = served.split("/?", maxsplit=1)[0]
                await made.ask(
                    "Browser.grantPermissions",
                    permissions=["clipboardReadWrite", "clipboardSanitizedWrite"],
                    origin=origin,
                )
                await made.ask("Page.navigate", url=served)
                yield made
    finally:
        browser.terminate()
        await browser.wait()


async def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


async def test_a_paper_is_shown_marked_and_cited(page: Page, library_file: Path) -> None:
    await page.see("Solving adversarial")
    await page.evaluate("document.querySelector('.xterm-helper-textarea')?.focus()")
    await page.press("r")
    await page.see("undoes")

    def is_read() -> bool:
        library = Library.open(library_file)
        papers = [paper for paper in library.papers.values() if paper.title.startswith("Solving adversarial")]
        library.close()
        return papers[0].status is Status.READ

    await until(is_read)
    await page.press("y")
    await page.see("BibTeX")
    await page.press("b")
    await page.see("Sent BibTeX to your terminal")
    end = time.monotonic() + DEADLINE
    while "@" not in (copied := str(await page.evaluate("navigator.clipboard.readText()"))):
        assert time.monotonic() < end, copied
    assert copied.startswith("@")
    assert "salvatore2026solving" in copied
