"""Small styles made for one rule each, and the reference engine's texts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" {attributes}>
  <info><title>Test style</title><id>test</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  {head}
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography {bibliography}>{sort}<layout {layout}>{body}</layout></bibliography>
</style>
"""

Render = Callable[..., str]


@pytest.fixture
def write_style(tmp_path: Path) -> Callable[..., Path]:
    """Writes a style whose bibliography is ``body``, and gives its path."""

    def write(body: str, **parts: str) -> Path:
        known = dict.fromkeys(("attributes", "head", "bibliography", "sort", "layout"), "")
        path = tmp_path / "test.csl"
        path.write_text(_STYLE.format(body=body, **{**known, **parts}), encoding="utf-8")
        return path

    return write


@pytest.fixture
def render(write_style: Callable[..., Path]) -> Render:
    """The text of one item in a style whose bibliography is ``body``."""

    def make(body: str, item: dict[str, Any] | None = None, **parts: str) -> str:
        from readlist.cite.csl_compat.engine import Style

        style = Style(write_style(body, **parts))
        entry = style.bibliography([{"id": "x", "type": "article-journal", **(item or {})}])[0]
        return entry.text

    return make


@pytest.fixture(scope="session")
def reference() -> dict[str, Any]:
    """Items of our own and their citations by the reference engine (tests/bench/oracle.js made them)."""
    made: dict[str, Any] = json.loads((Path(__file__).parent / "reference.json").read_text(encoding="utf-8"))
    return made
