"""The server behind ``readlist serve``: textual-serve on the loopback address, and a guard before all it has.

textual-serve (of the makers of Textual) gives a page, static files, a websocket and downloads, to whoever asks.
Here every request must name this computer as its host, which a page of a rebound domain does not, and bring the token:
in the address once, in a cookie from then on. A websocket must come from our own page as well.
"""

import asyncio
import hmac
import re
import secrets
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib.resources import files

from aiohttp import web
from textual_serve.server import Server

_HOST = "127.0.0.1"
_NAMES = frozenset({_HOST, "localhost"})
_COOKIE = "readlist"
_FOREIGN = re.compile(r"<link[^>]*https?://(?:fonts\.googleapis\.com)[^>]*>")
"""textual-serve's page would load a font from there, and tell where we are."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class GuardedServer(Server):
    """textual-serve that lets nobody in without the token.

    Args:
        command: starts the app, as a shell reads it.
        token: what must be known.
    """

    def __init__(self, command: str, token: str) -> None:
        super().__init__(command, host=_HOST, port=0, title="readlist")
        self.token = token

    async def application(self) -> web.Application:
        """The guarded application."""
        made: web.Application = await self._make_app()
        made.middlewares.append(self._guard)
        return made

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: `serve` tells the address once it is known."""

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        name, _, _ = request.host.rpartition(":")
        if name not in _NAMES:
            raise web.HTTPForbidden(text="This is not the name of this server.")
        own = f"http://{request.host}"
        if request.headers.get("Origin", own) != own or (request.path == "/ws" and "Origin" not in request.headers):
            raise web.HTTPForbidden(text="Another page has no business here.")
        given = request.query.get("token", "")
        if request.path == "/" and given and self._is_token(given):
            # From now on a cookie has it, which neither another page nor a script can read.
            answer = web.HTTPSeeOther("/")
            answer.set_cookie(_COOKIE, self.token, httponly=True, samesite="Strict", path="/")
            raise answer
        if not self._is_token(request.cookies.get(_COOKIE, "")):
            raise web.HTTPForbidden(text="The address that readlist serve printed has a token, which is missing here.")
        self.public_url = own
        response = await handler(request)
        if request.path == "/" and isinstance(response, web.Response):
            response.text = _page(response.text or "")
        if not response.prepared:
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Frame-Options"] = "DENY"
            response.headers["Cache-Control"] = "no-store"
        return response

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token.encode())


def _page(text: str) -> str:
    """textual-serve's page without what it would load from elsewhere, and with our script for copying."""
    script = files("readlist").joinpath("data/web_clipboard.js").read_text("utf-8")
    return _FOREIGN.sub("", text).replace("<head>", f"<head><script>{script}</script>", 1)


def serve(command: str, port: int, ready: Callable[[str], object]) -> None:
    """Serve the app that ``command`` starts on ``port`` (0: any that is free) until the process is told to end.

    Args:
        command: as a shell reads it.
        port: of the loopback address.
        ready: called with the address, token included, once it is served.

    Raises:
        OSError: the port cannot be had.
    """
    asyncio.run(_serve(GuardedServer(command, secrets.token_urlsafe(32)), port, ready))


async def _serve(server: GuardedServer, port: int, ready: Callable[[str], object]) -> None:
    ended = asyncio.Event()
    with suppress(NotImplementedError):  # Windows, where ctrl+c raises KeyboardInterrupt
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
    runner = web.AppRunner(await server.application(), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, _HOST, port, shutdown_timeout=5.0).start()
        await asyncio.to_thread(ready, f"http://{_HOST}:{runner.addresses[0][1]}/?token={server.token}")
        await ended.wait()
    finally:
        await runner.cleanup()
