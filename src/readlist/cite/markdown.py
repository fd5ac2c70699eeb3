"""Papers as Markdown links."""

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#$])")


def link(title: str, url: str) -> str:
    """``[Title](url)``, so that the title is read as it stands; without a URL the title alone."""
    text = _SPECIAL.sub(r"\\\1", " ".join(title.split()))
    if not url:
        return text
    return f"[{text}]({_destination(url)})"


def _destination(url: str) -> str:
    escapes = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C"}
    return re.sub(r"[\s()<>\\]", lambda found: escapes.get(found[0], "%20"), url)
