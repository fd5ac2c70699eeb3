"""``readlist serve`` lets nobody in without the token, whatever is asked for."""

import gc
import sys
from collections.abc import AsyncIterator

import pytest

pytest.importorskip("textual_serve")

from aiohttp import WSServerHandshakeError, web
from aiohttp.test_utils import TestClient, TestServer

from readlist.web_server import GuardedServer

Client = TestClient[web.Request, web.Application]
TOKEN = "the-token-of-the-test"  # noqa: S105 - of a server that the test starts


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    server = GuardedServer(f"{sys.executable} -c pass", TOKEN)
    async with TestClient(TestServer(await server.application(), host="127.0.0.1")) as made:
        yield made


@pytest.mark.parametrize(
    "path", ["/", "/static/", "/static/js/textual.js", "/ws", "/download/x", "/nothing", "/?token="]
)
@pytest.mark.parametrize("token", ["", "?token=wrong", f"?token={TOKEN}x"])
async def test_without_the_token_nothing_is_reachable(client: Client, path: str, token: str) -> None:
    response = await client.get(path + token if "?" not in path else path, allow_redirects=False)
    assert response.status == 403
    assert TOKEN not in await response.text()


async def test_the_token_in_the_address_is_a_cookie_from_then_on(client: Client) -> None:
    response = await client.get(f"/?token={TOKEN}", allow_redirects=False)
    assert response.status == 303
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    page = await client.get("/")
    text = await page.text()
    assert page.status == 200
    assert "textual.js" in text
    assert "googleapis" not in text
    assert "OSC 52" in text
    assert page.headers["X-Frame-Options"] == "DENY"
    assert (await client.get("/static/js/textual.js")).status == 200


async def test_the_token_opens_the_front_page_alone(client: Client) -> None:
    assert (await client.get(f"/static/js/textual.js?token={TOKEN}")).status == 403


async def test_a_rebound_domain_and_a_foreign_page_are_refused(client: Client) -> None:
    await client.get(f"/?token={TOKEN}")
    for headers in ({"Host": "evil.example"}, {"Host": "evil.example:80"}, {"Origin": "https://evil.example"}):
        assert (await client.get("/", headers=headers)).status == 403
    for origin in ("https://evil.example", "http://127.0.0.1:1", "null"):
        with pytest.raises(WSServerHandshakeError) as refused:
            await client.ws_connect("/ws", origin=origin)
        assert refused.value.status == 403
    with pytest.raises(WSServerHandshakeError):
        await client.ws_connect("/ws")


# textual-serve leaves the transport of an app that has ended to the garbage collection.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_our_own_page_gets_its_websocket(client: Client) -> None:
    await client.get(f"/?token={TOKEN}")
    socket = await client.ws_connect("/ws?width=80&height=24", origin=f"http://127.0.0.1:{client.port}")
    assert not socket.closed
    await socket.close()
    await client.close()
    gc.collect()
