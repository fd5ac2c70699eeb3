r"""What titles and names look like: counts over public titles and authors, shipped as one compressed file.

``tests/bench/train_listing.py`` makes the file; `load` reads it once, when the first listing is read.

The file is gzip-compressed JSON. Each table is an object ``{"<level>": "entry\nentry…"}``: all entries of a level
share the value ``level``, in hundredths. The tables are

* ``title_grams`` and ``name_grams``: log probability (natural logarithm) of the last character of the entry after the
  characters before it, for texts that begin with `BEGIN` and end with `END`;
* ``given`` and ``family``: ``log(1 + count)`` of the first and the last word of a name, as printed;
* ``words`` and ``last_words``: ``log(1 + count)`` of a word anywhere in and at the end of a title, in lower case.

``weights`` holds one weight for each feature of ``features.py``, by name, and ``doubt`` the probability below which a
split is shown to the user for review.
"""

from pathlib import Path
from typing import Any

BEGIN = "\x02"
"""Stands before the first character of a title or a name in the character tables."""

END = "\x03"
"""Stands after the last character."""

ORDER = 5
"""The longest entry of the character tables."""

UNSEEN = -13.0
"""Log probability of a character that was never seen, whatever came before it."""

BACK_OFF = -1.1
"""Added for each character of context that has to be forgotten (stupid back-off, Brants et al. 2007)."""

SCALE = 100.0
"""Levels are stored as whole numbers: a hundredth of this unit."""

_FILE = Path(__file__).with_name("statistics.json.gz")

_TABLES = ("title_grams", "name_grams", "given", "family", "words", "last_words")

Table = dict[str, float]


class Statistics:
    """The tables of one statistics file; see the module's text for their meaning."""

    __slots__ = (*_TABLES, "doubt", "weights")

    def __init__(self, content: dict[str, Any]) -> None:
        self.title_grams, self.name_grams, self.given, self.family, self.words, self.last_words = (
            _unpack(content[name]) for name in _TABLES
        )
        self.weights: Table = content["weights"]
        self.doubt: float = content["doubt"]


def _unpack(levels: dict[str, str]) -> Table:
    table: Table = {}
    for level, entries in levels.items():
        table.update(dict.fromkeys(entries.split("\n"), int(level) / SCALE))
    return table


def log_probabilities(grams: Table, text: str, start: int) -> list[float]:
    """The log probability of each character of ``text[start:]`` after the `ORDER` - 1 characters before it.

    Args:
        grams: ``title_grams`` or ``name_grams``.
        text: A text with its `BEGIN` and `END`, or a piece of one.
        start: The first character that counts.

    Returns:
        One natural logarithm for each character.
    """
    values = []
    known = grams.get
    for stop in range(start + 1, len(text) + 1):
        first = stop - ORDER if stop > ORDER else 0
        value = known(text[first:stop])
        if value is None:
            lost = 0.0
            while value is None:
                first += 1
                if first == stop:
                    value = UNSEEN
                else:
                    lost += BACK_OFF
                    value = known(text[first:stop])
            value += lost
        values.append(value)
    return values


def log_probability(grams: Table, text: str, start: int) -> float:
    """The log probability of ``text[start:]`` after ``text[:start]``: the sum of `log_probabilities`."""
    return sum(log_probabilities(grams, text, start))


_loaded: list[Statistics] = []


def load() -> Statistics:
    """The shipped statistics; read from the package on the first call."""
    if not _loaded:
        import gzip  # noqa: PLC0415 - needed once, and only when a listing is read
        import json  # noqa: PLC0415 - likewise

        _loaded.append(Statistics(json.loads(gzip.decompress(_FILE.read_bytes()))))
    return _loaded[0]
