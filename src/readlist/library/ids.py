"""Document ids: strings of 16 decimal digits.

TinyDB calls ``int()`` on ids, and JavaScript keeps integers exact up to 2**53 (a little above 9 * 10**15), so that any
program that reads the file sees the ids as they are.
"""

import os
from collections.abc import Container

_LOWEST = 10**15
_HIGHEST = 9 * 10**15
_RANDOM_RANGE = 2**64 - 2**64 % (_HIGHEST - _LOWEST)


def is_document_id(text: str) -> bool:
    """Whether stock TinyDB takes ``text`` as an id and gives it back unchanged."""
    return text.isascii() and text.isdecimal() and (text[0] != "0" or text == "0")


def new_paper_ids(count: int, *taken: Container[str]) -> list[str]:
    """``count`` random ids that are in none of ``taken``, ascending.

    Random, so that two machines that add papers to copies of one library do not clash; ascending, so that papers added
    together keep their order when they are sorted by id.
    """
    fresh: set[str] = set()
    while len(fresh) < count:
        identifier = str(_random_id())
        if not any(identifier in ids for ids in taken):
            fresh.add(identifier)
    return sorted(fresh)


def _random_id() -> int:
    while True:  # os.urandom: the module secrets costs another 10 ms of import
        drawn = int.from_bytes(os.urandom(8), "big")
        if drawn < _RANDOM_RANGE:
            return _LOWEST + drawn % (_HIGHEST - _LOWEST)


def new_history_id(microseconds: int, latest: str | None) -> str:
    """The id of a step made ``microseconds`` after the epoch, later than ``latest`` whatever the clock says."""
    return str(max(microseconds, _LOWEST, int(latest) + 1 if latest else 0))
