"""The identifiers of papers in text and links: arXiv ids and DOIs."""

import re

ARXIV = r"(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2})?/\d{7})"
"""Regular expression of an arXiv id without its version, of the forms since 2007 and before
(https://info.arxiv.org/help/arxiv_identifier.html); no groups."""

DOI = r"10\.\d{4,9}/[^\s\"<>{}|\\^`]+"
"""Regular expression of a DOI, closing punctuation included (https://www.doi.org/the-identifier/what-is-a-doi/)."""

_ARXIV_ID = re.compile(
    rf"(?:(?:https?://)?(?:[\w-]+\.)*(?:arxiv\.org|alphaxiv\.org)/\w+/|arxiv:\s*|(?:\S*/)?10\.48550/arxiv\.)?"
    rf"(?P<id>{ARXIV})(?:v\d+)?(?:\.pdf|\.html)?/?(?:\s*\[[\w.-]+\])?(?:[?#].*)?",
    re.IGNORECASE,
)
_DOI = re.compile(rf"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi:?\s*)?(?P<id>{DOI})", re.IGNORECASE)
_SUBJECT_CLASS = re.compile(r"\.[A-Za-z]{2}(?=/)")
_CLOSING = ".,;:'\"\u2019\u201d!?"


def arxiv_id(text: str) -> str:
    """The arXiv id that the whole of ``text`` is, without its version; the empty string when it is none.

    Args:
        text: ``2210.05546v2``, ``arXiv:hep-th/9711200``, ``math.GT/0309136`` (the class is dropped, as arXiv does), a
            link to arxiv.org or alphaxiv.org, arXiv's DOI, ``2210.05546 [cs.LG]``.
    """
    found = _ARXIV_ID.fullmatch(text.strip())
    return _SUBJECT_CLASS.sub("", found["id"]).lower() if found else ""


def doi(text: str) -> str:
    """The bare DOI that the whole of ``text`` is, in its own case; the empty string when it is none.

    Args:
        text: ``10.1038/s41534-021-00436-9``, ``doi:10.…``, a link to doi.org.
    """
    found = _DOI.fullmatch(text.strip())
    return trimmed_doi(found["id"]) if found else ""


def trimmed_doi(text: str) -> str:
    """A DOI as it was found in running text, without the punctuation that follows it: "10.1000/x)." is "10.1000/x"."""
    while text and (
        text[-1] in _CLOSING
        or any(text[-1] == end and text.count(end) > text.count(start) for start, end in ("()", "[]"))
    ):
        text = text[:-1]
    return text
