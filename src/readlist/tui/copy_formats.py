"""What the second key after y copies."""

from typing import NamedTuple


class CopyFormat(NamedTuple):
    """A key, what it copies (a format or a CSL style id of the cite room), and what that is called."""

    key: str
    style: str
    label: str


COPY_FORMATS = (
    CopyFormat("b", "bibtex", "BibTeX"),
    CopyFormat("l", "biblatex", "BibLaTeX"),
    CopyFormat("a", "apa", "APA"),
    CopyFormat("i", "ieee", "IEEE"),
    CopyFormat("c", "chicago", "Chicago"),
    CopyFormat("h", "harvard", "Harvard"),
    CopyFormat("v", "vancouver", "Vancouver"),
    CopyFormat("m", "markdown", "Markdown link"),
    CopyFormat("k", "key", "citation key"),
    CopyFormat("u", "url", "URL"),
    CopyFormat("t", "title", "title"),
    CopyFormat("j", "csl-json", "CSL-JSON"),
    CopyFormat("r", "ris", "RIS"),
)
