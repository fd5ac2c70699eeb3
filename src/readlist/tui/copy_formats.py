"""What the second key after y copies."""

from typing import NamedTuple


class CopyFormat(NamedTuple):
    """A key, what it copies (a format or a CSL style id of the cite room), and what that is called."""

    key: str
    style: str
    label: str
    rich: bool = False
    """Whether it can have italics or links, so that the capital of its key copies them."""


COPY_FORMATS = (
    CopyFormat("b", "bibtex", "BibTeX"),
    CopyFormat("l", "biblatex", "BibLaTeX"),
    CopyFormat("a", "apa", "APA", rich=True),
    CopyFormat("i", "ieee", "IEEE", rich=True),
    CopyFormat("c", "chicago", "Chicago", rich=True),
    CopyFormat("h", "harvard", "Harvard", rich=True),
    CopyFormat("v", "vancouver", "Vancouver", rich=True),
    CopyFormat("m", "markdown", "Markdown link", rich=True),
    CopyFormat("f", "markdown-reference", "full Markdown", rich=True),
    CopyFormat("o", "org", "Org link"),
    CopyFormat("x", "latex", "LaTeX \\cite"),
    CopyFormat("p", "typst", "Typst @key"),
    CopyFormat("s", "short", "Author (year)"),
    CopyFormat("k", "key", "citation key"),
    CopyFormat("u", "url", "URL"),
    CopyFormat("t", "title", "title"),
    CopyFormat("j", "csl-json", "CSL-JSON"),
    CopyFormat("r", "ris", "RIS"),
)
