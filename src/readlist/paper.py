"""Papers, authors and reading statuses: the plain values every room speaks in.

They are named tuples rather than dataclasses or msgspec structs because this module is on the way of every command:
``dataclasses`` costs about 12 ms of import and ``msgspec`` about 25 ms, a named tuple nothing that TinyDB has not
loaded already (measured with ``python -X importtime``).

Nothing is converted here: titles and abstracts keep the LaTeX of their source (``latex.py`` makes them readable), and
a text that is not known is the empty string.
"""

from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """How far the user is with a paper: what the library file holds as long as the settings name no other statuses."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"
    DROPPED = "dropped"
    """Looked at, and not to be read."""


class Author(NamedTuple):
    """One author: ``family`` and ``given`` as in CSL, or ``literal`` for a group or a name nobody should split.

    Particles ("van den") and suffixes ("Jr.") stay inside ``family``, so that ``given`` and ``family`` joined by a
    blank are the name as the source printed it.
    """

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def display(self) -> str:
        """The name in reading order, as the source printed it."""
        return self.literal or " ".join(part for part in (self.given, self.family) if part)

    @property
    def short(self) -> str:
        """What a narrow column shows: the family name, or the whole literal name."""
        return self.family or self.literal or self.given


class Paper(NamedTuple):
    """One paper of the reading list: what is known of it, and what the user has done with it.

    Dates are ISO 8601 and may be partial (``2022``, ``2022-10``, ``2022-10-11``); times are ISO 8601 in UTC, to the
    second, ending in ``Z``.
    """

    id: str = ""
    """TinyDB document id: 16 decimal digits, drawn at random when the paper is added, never reused."""

    # What is known of the paper.
    title: str = ""
    authors: tuple[Author, ...] = ()
    authors_complete: bool = True
    """False when the source cut the list ("et al.")."""
    editors: tuple[Author, ...] = ()
    """Of the book or the proceedings that the paper is, or is in."""
    organisations: tuple[str, ...] = ()
    subject: str = ""
    """The code a listing printed (``LG``, ``QUANT-PH``), kept because the listing says no more."""
    category: str = ""
    """The arXiv category (``cs.LG``); the bare code when several archives share it and nothing tells which."""
    published: str = ""
    """The date of the first public version (for arXiv: the date of v1, as the listing prints it)."""
    issued: str = ""
    """The date of the formal publication in ``venue``, where it is known and differs."""
    abstract: str = ""
    arxiv_id: str = ""
    """Without a version: ``2210.05546`` or ``hep-th/9711200``."""
    doi: str = ""
    """Bare and in the case of its source: ``10.1038/s41534-021-00436-9``."""
    url: str = ""
    code_url: str = ""
    has_code: bool = False
    venue: str = ""
    """Journal or conference as the source wrote it; ``venue.py`` reads volume, year and remarks out of it."""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    type: str = "article"
    """A CSL type; ``article`` is CSL's word for a preprint."""
    extra: tuple[tuple[str, str], ...] = ()
    """What else the source said, sorted by name: ``("ISBN", "978-3-16-148410-0")``, ``("edition", "2")``.

    Names are CSL's variables; a field that CSL does not know keeps the name that its source gave it. Names of persons
    (``translator``) are "Family, Given" joined by "; ".
    """
    files: tuple[str, ...] = ()
    """Paths of files on this computer, a PDF for instance, as the source wrote them."""
    key: str = ""
    """The citation key, once one has been given or copied."""
    review_reason: str = ""
    """Why the record needs a look by the user; empty when nothing is in doubt."""

    # What the user has done with it.
    status: str = Status.UNREAD
    """Its name; ``statuses.py`` says what that means, which is a matter of the settings."""
    star: bool = False
    queue: str = ""
    """The place in the reading queue, a number with leading zeros; empty for papers that do not stand in it."""
    tags: tuple[str, ...] = ()
    note: str = ""
    """Markdown."""
    added: str = ""
    started: str = ""
    finished: str = ""
    changed: str = ""
    deleted: str = ""
    """When it was put in the trash; empty while it is in the list."""

    @property
    def needs_review(self) -> bool:
        """Whether the record waits for a look by the user (``review_reason`` says why)."""
        return bool(self.review_reason)

    @property
    def year(self) -> str:
        """The year of the first public version, of the formal one where that is not known, or the empty string."""
        return (self.published or self.issued)[:4]

    @property
    def abstract_page(self) -> str:
        """The http(s) address to open for reading: arXiv, else the DOI, else the paper's own URL; may be empty."""
        if self.arxiv_id:
            return f"https://arxiv.org/abs/{self.arxiv_id}"
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return self.url

    @property
    def addresses(self) -> tuple[tuple[str, str], ...]:
        """What can be opened in a browser, each address once: its name and itself."""
        known = {
            "page": self.abstract_page,
            "PDF": self.pdf_page,
            "DOI": f"https://doi.org/{self.doi}" if self.doi else "",
            "alphaXiv": f"https://www.alphaxiv.org/abs/{self.arxiv_id}" if self.arxiv_id else "",
            "code": self.code_url,
            "address": self.url,
        }
        first = {address: name for name, address in reversed(known.items()) if address}
        return tuple((name, address) for name, address in known.items() if first.get(address) == name)

    @property
    def pdf_page(self) -> str:
        """The address of the PDF where one can be told from the identifiers; may be empty."""
        return f"https://arxiv.org/pdf/{self.arxiv_id}" if self.arxiv_id else ""
