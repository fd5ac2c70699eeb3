"""The documents of a table, decoded when they are looked at."""

import json
from collections.abc import Iterator
from typing import Any

from readlist.library.content import Content
from readlist.library.errors import DamagedError, LibraryError, reason_of
from readlist.library.lazy import LazyMapping, Recent
from readlist.library.papers import Survey

_KEPT = 64
"""A change looks several times at the documents that it concerns."""

_decode = json.JSONDecoder().raw_decode


class Documents(LazyMapping[Any]):
    """A table of papers as it stands in a file, one document a line; of each only the place of its line is kept.

    Args:
        content: what was read from the file.
        places: where the line of each document begins.
        end: where the line begins that ends the table.
        survey: what was seen of the documents when they were read.
    """

    __slots__ = ("_places", "_recent", "content", "end", "is_in_order", "survey")

    def __init__(self, content: Content, places: dict[str, int], end: int, survey: Survey) -> None:
        self.content = content
        ids = list(places)
        self.is_in_order = ids == sorted(ids)
        """Whether the lines are sorted by id."""
        self._places = places if self.is_in_order else dict(sorted(places.items()))
        self.end = end
        self.survey = survey
        self._recent: Recent[Any] = Recent(_KEPT)

    def __getitem__(self, key: str) -> Any:
        document = self._recent.get(key)
        return self._recent.keep(key, self.peek(key)) if document is None else document

    def peek(self, key: str) -> Any:
        """See `LazyMapping`.

        Raises:
            KeyError: there is no such document.
            LibraryError: it cannot be read (any more).
        """
        place = self._places[key]
        try:
            document, _ = _decode(self.content.line(place).decode(), len(f'"{key}": '))
        except (ValueError, RecursionError) as error:
            raise DamagedError(f"paper {key}: not readable as JSON ({error}); it is kept in the file") from error
        except OSError as error:
            raise LibraryError(f"paper {key}: cannot be read ({reason_of(error)})") from error
        return document

    def stretch(self, begin: int, end: int) -> Iterator[bytes]:
        """The lines from the one that begins at ``begin`` up to ``end``, without what separates the last from the next.

        Raises:
            OSError: they cannot be read.
        """
        return self.content.pieces(begin, end - len(b"\n" if end == self.end else b",\n"))

    def line(self, key: str) -> bytes:
        """The line of a document as it stands in the file, without what separates it from the next.

        Raises:
            OSError: it cannot be read.
        """
        return self.content.line(self._places[key]).removesuffix(b",")

    @property
    def places(self) -> Iterator[tuple[str, int]]:
        """Each id, sorted, and where its line begins."""
        return iter(self._places.items())

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
