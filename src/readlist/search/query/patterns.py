"""Regular expressions that are as blind to case and accents as words are, and that cannot hang the app."""

import re
import time
from typing import Any

from readlist.search.fold import Span, fold, original_spans

LONGEST = 200
"""Characters of an expression; longer ones are refused."""
_ONE_PAPER = 0.05
"""Seconds an expression may take with one paper; a sensible one needs some microseconds."""
_ALL_PAPERS = 3.0
"""Seconds it may take altogether."""
_PIECE = re.compile(r"\\.|[^\\]+", re.DOTALL)


class PatternError(Exception):
    """The expression cannot be used; the message says why."""


class Pattern:
    """A compiled regular expression. One that takes too long is given up: it finds nothing more from there on.

    The ``regex`` package is used because the one of the standard library cannot be stopped.
    """

    def __init__(self, source: str) -> None:
        """Compile ``source``.

        Raises:
            PatternError: it is too long, or no regular expression.
        """
        import regex  # noqa: PLC0415 - 15 ms, for the few queries that hold an expression

        if len(source) > LONGEST:
            raise PatternError(f"A regular expression may have {LONGEST} characters, this one has {len(source):,}")
        # Letters behind a backslash have a meaning of their own, in which their case counts.
        folded = "".join(piece if piece[0] == "\\" else fold(piece) for piece in _PIECE.findall(source))
        try:
            self._compiled: Any = regex.compile(folded, regex.MULTILINE)
        except (regex.error, RecursionError, OverflowError) as error:
            raise PatternError(f"This is no regular expression: {error}") from None
        self.source = source
        self.given_up = False
        self._spent = 0.0

    def finds(self, text: str) -> bool:
        """Whether the expression matches somewhere in ``text``, which is folded already."""
        if self.given_up:
            return False
        begun = time.perf_counter()
        try:
            return self._compiled.search(text, timeout=_ONE_PAPER) is not None
        except TimeoutError:
            self.given_up = True
            return False
        finally:
            self._spent += time.perf_counter() - begun
            self.given_up = self.given_up or self._spent > _ALL_PAPERS

    def spans(self, text: str) -> list[Span]:
        """Where in ``text``, as it is shown, the expression matches."""
        if self.given_up:
            return []
        folded = fold(text)
        try:
            found = [Span(*match.span()) for match in self._compiled.finditer(folded, timeout=_ONE_PAPER)]
        except TimeoutError:
            return []
        return original_spans(text, [span for span in found if span.end > span.start])
