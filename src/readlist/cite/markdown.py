"""Papers as Markdown: links, and full references with their italics."""

import re

from readlist.cite.markup import Run, runs_of

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#$])")
_ADDRESS = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:)\]])")
_SIGNS = {"i": "*", "b": "**"}


def link(title: str, url: str) -> str:
    """``[Title](url)``, so that the title is read as it stands; without a URL the title alone."""
    text = _escaped(" ".join(title.split()))
    if not url:
        return text
    return f"[{text}]({_destination(url)})"


def reference(html: str) -> str:
    """A citation in a style as Markdown: ``*italics*``, ``**bold**``, ``<https://…>``; the rest is read as it stands.

    Raised and lowered text and underlining, which Markdown does not have, are the HTML that it allows for them.
    """
    return "".join(map(_marked, runs_of(html)))


def _marked(run: Run) -> str:
    text = "".join(f"<{part}>" if _ADDRESS.fullmatch(part) else _escaped(part) for part in _ADDRESS.split(run.text))
    words = text.strip()
    if not words:
        return text
    # Signs next to a blank are no emphasis (CommonMark, "left-flanking delimiter run").
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    for mark in ("sup", "sub", "u"):
        words = f"<{mark}>{words}</{mark}>" if mark in run.marks else words
    for mark, sign in _SIGNS.items():
        words = f"{sign}{words}{sign}" if mark in run.marks else words
    return f"{before}{words}{after}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _destination(url: str) -> str:
    escapes = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"}
    return re.sub(r"[\s()<>\\]", lambda found: escapes.get(found[0], "%20"), url)
