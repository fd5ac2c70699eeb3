"""Documents as papers, each made when it is looked at."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from readlist.library.errors import LibraryError
from readlist.library.ids import is_document_id
from readlist.library.lazy import LazyMapping, Recent
from readlist.paper import Paper
from readlist.record import RecordError, record_to_paper

_KEPT = 2_048
"""So many papers that were asked for last are kept, and twice as many at most."""

_IN_PASSING = 300
"""Papers up to which those are kept that are made when the file is looked over."""

_DAMAGED = "(damaged record)"


def paper_of(identifier: str, document: Any) -> Paper:
    """The paper that a document of the table ``papers`` describes.

    Raises:
        RecordError: it is none; the message names the field.
    """
    if not is_document_id(identifier):
        raise RecordError("its id is no decimal number")
    if not isinstance(document, dict):
        raise RecordError(f"a JSON object was expected, {type(document).__name__} found")
    times = document.get("times", {})
    if not isinstance(times, dict) or not all(isinstance(time, str) for time in times.values()):
        raise RecordError("field 'times': names with times expected")
    return record_to_paper(identifier, document)


class Survey:
    """Which of some documents are no papers, and which are papers in the trash."""

    def __init__(self) -> None:
        self.flaws: dict[str, str] = {}
        """What is wrong with those that are no papers, by id."""
        self.trash: set[str] = set()
        self.made: dict[str, Paper] = {}
        """Papers made in passing: all of a small library, so that none is made twice; none of a large one."""
        self._is_small = True

    def note(self, identifier: str, document: Any) -> None:
        """Look ``document`` over."""
        try:
            paper = paper_of(identifier, document)
        except RecordError as error:
            self.flaws[identifier] = str(error)
        else:
            if paper.deleted:
                self.trash.add(identifier)
            if self._is_small:
                self.made[identifier] = paper
                if len(self.made) > _IN_PASSING:
                    self._is_small = False
                    self.made.clear()


def survey_of(documents: Mapping[str, Any]) -> Survey:
    """What there is to know of ``documents`` at once."""
    survey = Survey()
    for identifier, document in documents.items():
        survey.note(identifier, document)
    return survey


class Papers(LazyMapping[Paper]):
    """Papers by id, made of their documents when they are looked at.

    The ones that were asked for last are kept, so that asking again gives the same object; where there are no more
    than are kept, all are. No paper raises anything: a document that turns out to be none is shown as a paper that
    says so.

    Args:
        documents: the table, sorted by id.
        ids: those of its documents that are meant, sorted.
        made: papers that have been made of them already; no more than are kept.
    """

    __slots__ = ("_documents", "_ids", "_is_small", "_recent")

    def __init__(self, documents: Mapping[str, Any], ids: Collection[str], made: Mapping[str, Paper]) -> None:
        self._documents = documents
        self._ids = ids
        self._recent: Recent[Paper] = Recent(_KEPT)
        self._is_small = len(ids) <= _KEPT
        for identifier, paper in made.items():
            if identifier in ids:
                self._recent.keep(identifier, paper)

    def __getitem__(self, key: str) -> Paper:
        paper = self._recent.get(key)
        if paper is not None:
            return paper
        if key not in self._ids:
            raise KeyError(key)
        return self._recent.keep(key, self._made(key, self._documents.__getitem__))

    def peek(self, key: str) -> Paper:
        """See `LazyMapping`."""
        if self._is_small:
            return self[key]
        paper = self._recent.get(key)
        if paper is not None:
            return paper
        if key not in self._ids:
            raise KeyError(key)
        documents = self._documents
        return self._made(key, documents.peek if isinstance(documents, LazyMapping) else documents.__getitem__)

    def _made(self, key: str, look: Any) -> Paper:
        try:
            return paper_of(key, look(key))
        except (RecordError, LibraryError) as error:  # which was taken on trust when the file was read
            return Paper(id=key, title=_DAMAGED, review_reason=f"The record in the file cannot be used: {error}")

    def __contains__(self, key: object) -> bool:
        return key in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def stands_in(paper: Paper) -> bool:
    """Whether ``paper`` may be there in place of a document that is none."""
    return paper.title == _DAMAGED


def listed_and_trashed(documents: Mapping[str, Any], survey: Survey) -> tuple[Papers, Papers]:
    """The papers in the list and those in the trash."""
    trash = dict.fromkeys(sorted(survey.trash))
    left_out = survey.trash.union(survey.flaws)
    listed = _Rest(documents, left_out) if left_out else documents
    return Papers(documents, listed, survey.made), Papers(documents, trash, survey.made)


class _Rest(Collection[str]):
    """The keys of a mapping without some of them."""

    __slots__ = ("_left_out", "_whole")

    def __init__(self, whole: Mapping[str, Any], left_out: set[str]) -> None:
        self._whole = whole
        self._left_out = left_out

    def __contains__(self, key: object) -> bool:
        return key in self._whole and key not in self._left_out

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._whole if key not in self._left_out)

    def __len__(self) -> int:
        return len(self._whole) - len(self._left_out)
