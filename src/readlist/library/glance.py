"""What a library file says at a glance: its newest papers, found without decoding the others.

A file of 100,000 papers is decoded in seconds and gone through line by line in a fraction of one. That is enough for a
first screen, never for a change: whatever looks odd makes the glance give up, and the library is read as ever.
"""

import heapq
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from readlist.library.content import CHUNK
from readlist.library.papers import paper_of
from readlist.library.store import holds_everything
from readlist.paper import Paper
from readlist.record import RecordError
from readlist.statuses import Role, current

_TABLE = b'"papers": {\n'
_ADDED = b'"added": "'
_PUBLISHED = b'"published": "'
_ISSUED = b'"issued": "'
_DELETED = b', "deleted": "'
_TITLE = b', "title": "'
_STATUS = b', "status": "'
_TIMES = b', "times": {'
_STAR = b', "star": true'
_QUEUE = b', "queue": "'
_MOST = 20_000
"""Papers that may be of the date of the last one shown (bibliographies tell years alone); their titles are read."""


_decode = json.JSONDecoder().raw_decode


class Glance(NamedTuple):
    """The newest papers of a library that has not been read."""

    newest: list[Paper]
    """As many as were asked for, where there are as many, in no order; of one date those whose titles come first."""
    total: int
    statuses: dict[Role, int]
    """How many papers there are of each."""
    starred: int
    queued: int
    trash: int


def glance(path: Path, number: int, title_key: Callable[[str], str]) -> Glance | None:
    """The ``number`` newest papers of the library ``path``; None where only reading it as a whole can tell.

    That is so when the journal may hold what the file lacks, and when the file is not laid out line by
    line as readlist writes it.

    Args:
        path: the file.
        number: how many papers are wanted.
        title_key: by what papers of one date are sorted, given the title.
    """
    with suppress(OSError, ValueError, RecordError, RecursionError):
        if not holds_everything(path.resolve()):
            return None
        # Not mapped into memory: stock TinyDB cuts the file off in place, and what is mapped would be gone.
        with path.open("rb", CHUNK) as file:
            return _look(file, number, title_key)
    return None


def _look(file: BinaryIO, number: int, title_key: Callable[[str], str]) -> Glance | None:
    if _TABLE not in file:  # which reads up to it
        return None
    starred = queued = trash = 0
    statuses = dict.fromkeys(Role, 0)
    roles = {one.value.encode(): one.role for one in current().meanings}
    places: list[int] = []
    dates: list[bytes] = []
    known: dict[bytes, bytes] = {}
    for place, line in _lines(file):
        # Fields stand in the order of their names, so that most of a line, its abstract, need not be gone through.
        at = line.rfind(_PUBLISHED)
        if line.find(_DELETED, max(0, line.rfind(_ADDED, 0, at)), at) >= 0 if at >= 0 else _DELETED in line:
            trash += 1
            continue
        date = _date(line, at)
        places.append(place)
        dates.append(known.setdefault(date, date))
        rest = line[at:] if at >= 0 else line
        statuses[_role(rest, roles)] += 1
        starred += _STAR in rest
        queued += _QUEUE in rest
    last = min(heapq.nlargest(number, dates), default=b"")
    newest = [(place, date) for place, date in zip(places, dates, strict=True) if date > last]
    ties = [place for place, date in zip(places, dates, strict=True) if date == last]
    if len(ties) > _MOST:
        return None
    if len(newest) + len(ties) > number:
        titles = {place: _title(_line_at(file, place)) for place in ties}
        first = heapq.nsmallest(
            number - len(newest), ((title_key(title), key, at) for at, (title, key) in titles.items())
        )
        ties = [place for _, _, place in first]
    newest += [(place, last) for place in ties]
    papers = [_paper(_line_at(file, place)) for place, _ in newest]
    if any((paper.published or paper.issued).encode() != date for paper, (_, date) in zip(papers, newest, strict=True)):
        return None  # a record of other hands, which holds the name of the field elsewhere
    return Glance(papers, len(places), statuses, starred, queued, trash)


def _date(line: bytes, at: int) -> bytes:
    """The date by which a paper is sorted: its first publication, which stands ``at``, or else its formal one."""
    start = at + len(_PUBLISHED)
    if at < 0:
        start = line.rfind(_ISSUED) + len(_ISSUED)
        if start < len(_ISSUED):
            return b""
    return line[start : line.find(b'"', start)]


def _role(rest: bytes, roles: Mapping[bytes, Role]) -> Role:
    """What the status at the end of a line stands for; a paper without one is new."""
    start = rest.find(_STATUS, 0, rest.rfind(_TIMES)) + len(_STATUS)  # the times tell of a status as well
    if start < len(_STATUS):
        return Role.NEW
    return roles.get(rest[start : rest.find(b'"', start)], Role.UNKNOWN)


def _title(line: bytes) -> tuple[str, str]:
    """Title and id."""
    identifier = line[1 : line.find(b'"', 1)].decode()
    at = line.rfind(_TITLE) + len(_TITLE) - 1
    title, _ = _decode(line[at:].decode()) if at >= len(_TITLE) - 1 else ("", 0)
    return title, identifier


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each line of the table, and where it begins.

    Raises:
        ValueError: the file is cut off, or is not laid out as it should be.
    """
    place = file.tell()
    for line in file:
        if line[:1] != b'"':
            if line in {b"}\n", b"},\n"}:
                return
            break
        if line[-1:] != b"\n":
            break
        yield place, line
        place += len(line)
    raise ValueError


def _line_at(file: BinaryIO, place: int) -> bytes:
    file.seek(place)
    return file.readline().rstrip(b"\n")


def _paper(line: bytes) -> Paper:
    ((identifier, document),) = json.loads(b"{" + line.rstrip(b",") + b"}").items()
    return paper_of(identifier, document)
