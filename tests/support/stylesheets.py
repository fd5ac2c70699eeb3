"""Style sheets that are parsed once for all tests, where every app would parse the same ones anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

PARSE_RULES = Stylesheet._parse_rules
"""As Textual does it."""


@contextmanager
def parsed_once() -> Iterator[None]:
    """While this lasts, rules are parsed once for each text, place and set of variables.

    An app keeps its rules and uses them again and again; with the same variables they are those of any other app.
    """
    known: dict[tuple[Any, ...], list[RuleSet]] = {}

    def parse_rules(self: Stylesheet, *arguments: Any, **named: Any) -> list[RuleSet]:
        key = (arguments, tuple(sorted(named.items())), tuple(sorted(self._variables.items())))
        if key not in known:
            known[key] = PARSE_RULES(self, *arguments, **named)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_rules)
        yield
