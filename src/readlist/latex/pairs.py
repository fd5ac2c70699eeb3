r"""Which delimiters of a LaTeX text belong together: braces, dollars, ``\( \)``, ``\[ \]`` and environments.

One pass over the text, whatever it holds: the reader then looks partners up and never searches ahead, which keeps
hostile input (fifty thousand opening braces) as quick as any other.
"""

import re
from typing import NamedTuple

from readlist.lazy_pattern import lazy_pattern

_DELIMITER = lazy_pattern(r"\\(?:(?:begin|end)\s*\{([A-Za-z]{1,30}\*?)\}|.)|[{}]|\$\$?", re.DOTALL)
_CLOSERS = {r"\(": r"\)", r"\[": r"\]"}
_TEX_SIGN = lazy_pattern(r"[\\^_{}]")
_WORD = lazy_pattern(r"[A-Za-z]{3}")
_PROSE = lazy_pattern(r"[A-Za-z]{3,}\s+[A-Za-z]{2,}")


class Span(NamedTuple):
    """A stretch of mathematics or an environment: its content, and where the text goes on."""

    start: int
    stop: int
    after: int


class Pairs:
    """The partners found in ``source``, by the index of the opening delimiter.

    ``braces`` gives the index of the closing brace, ``closed`` holds those indexes; ``maths`` and ``environments``
    give spans. A delimiter without a partner is in none of them.
    """

    __slots__ = (
        "_open_braces",
        "_open_environments",
        "_pending",
        "_source",
        "braces",
        "closed",
        "environments",
        "maths",
    )

    def __init__(self, source: str) -> None:
        self.braces: dict[int, int] = {}
        self.closed: set[int] = set()
        self.maths: dict[int, Span] = {}
        self.environments: dict[int, Span] = {}
        self._source = source
        self._open_braces: list[tuple[int, tuple[str, int] | None]] = []
        self._open_environments: dict[str, list[tuple[int, int]]] = {}
        self._pending: tuple[str, int] | None = None  # the mathematics opened at this level of braces: sign and index
        for match in _DELIMITER.finditer(source):
            self._take(match)

    def _take(self, match: re.Match[str]) -> None:
        sign = match[0]
        if sign == "{":
            self._open_braces.append((match.start(), self._pending))
            self._pending = None
        elif sign == "}":
            self._close_brace(match.start())
        elif sign.startswith("$"):
            self._take_dollars(sign, match.start())
        elif sign in _CLOSERS:
            self._pending = (sign, match.start())
        elif sign in (r"\)", r"\]"):
            self._close_bracket(sign, match)
        elif match[1]:
            self._take_environment(match)

    def _close_brace(self, index: int) -> None:
        if self._open_braces:
            opening, self._pending = self._open_braces.pop()
            self.braces[opening] = index
            self.closed.add(index)

    def _close_bracket(self, sign: str, match: re.Match[str]) -> None:
        if self._pending and _CLOSERS.get(self._pending[0]) == sign:
            opening = self._pending[1]
            self.maths[opening] = Span(opening + 2, match.start(), match.end())
            self._pending = None

    def _take_dollars(self, sign: str, index: int) -> None:
        if sign == "$$" and (self._pending is None or self._pending[0] != "$"):
            if self._pending is None:
                self._pending = (sign, index)
            elif self._pending[0] == "$$":
                opening = self._pending[1]
                self.maths[opening] = Span(opening + 2, index, index + 2)
                self._pending = None
            return
        for place in range(index, index + len(sign)):
            self._take_dollar(place)

    def _take_dollar(self, index: int) -> None:
        if self._pending is None or self._pending[0] == "$$":
            self._pending = ("$", index)
        elif self._pending[0] == "$":
            opening = self._pending[1]
            if is_mathematics(self._source[opening + 1 : index], self._source[index + 1 : index + 2]):
                self.maths[opening] = Span(opening + 1, index, index + 1)
                self._pending = None
            else:
                self._pending = ("$", index)

    def _take_environment(self, match: re.Match[str]) -> None:
        name = match[1]
        if match[0].startswith(r"\begin"):
            self._open_environments.setdefault(name, []).append((match.start(), match.end()))
        elif self._open_environments.get(name):
            opening, start = self._open_environments[name].pop()
            self.environments[opening] = Span(start, match.start(), match.end())


def is_mathematics(content: str, following: str) -> bool:
    r"""Whether ``content`` between two dollars is mathematics, given the character that follows the second one.

    The rule is pandoc's (its manual, "tex_math_dollars"): the opening dollar stands before a non-space, the closing one
    after a non-space and not before a digit; "costs $5 and $6" is money. Abstracts break it in both directions, so
    that a TeX sign inside (``$\approx$72%``, ``$\lambda $``) or a short formula that begins with no digit (``$<$5``,
    ``$ n > 4 $``) makes mathematics of what the rule refuses, and two plain words without any TeX sign ("$5 per year
    (in US$)") make text of what it accepts.
    """
    inner = content.strip()
    if not inner:
        return False
    if _TEX_SIGN.search(inner):
        return content == inner or not _PROSE.search(inner)
    if content == inner and not following.isdigit():
        return not _PROSE.search(inner)
    return not inner[0].isdigit() and not _WORD.search(inner)
