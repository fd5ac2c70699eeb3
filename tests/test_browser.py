"""Web addresses that no process can be started for."""

import pytest

from readlist import browser


def test_an_address_that_no_argument_can_hold_is_an_error_of_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    with pytest.raises(browser.BrowserError):
        browser.open_address("https://example.org/\0")
