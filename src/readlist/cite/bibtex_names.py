"""CSL-JSON names as BibTeX writes them: ``von Last, Jr, First``, groups in braces, ``and others`` for a cut list."""

import re
from collections.abc import Mapping
from typing import Any

from readlist.cite.csl_items import is_cut
from readlist.cite.texescape import escape_text


def write_names(names: Any) -> str:
    """The value of ``author`` or ``editor``; empty where there are no names."""
    if not isinstance(names, list) or not names:
        return ""
    known = names[:-1] if is_cut(names) else names
    written = [text for text in (_name(name) for name in known if isinstance(name, Mapping)) if text]
    if not written:
        return ""
    return " and ".join([*written, "others"] if is_cut(names) else written)


def _name(name: Mapping[str, Any]) -> str:
    literal = escape_text(str(name.get("literal") or ""))
    parts = {part: escape_text(str(name.get(part) or "")) for part in ("family", "given", "suffix")}
    particle = " ".join(
        escape_text(str(name.get(part) or "")) for part in ("dropping-particle", "non-dropping-particle")
    ).strip()
    if not parts["family"]:
        literal = literal or parts["given"]
    if literal:
        return "{" + literal + "}"
    family = _braced(parts["family"], " " in parts["family"] and parts["family"][0].islower())
    von_last = f"{particle} {family}".strip()
    if not parts["given"]:
        # Without a comma BibTeX would take the last word for the whole family name.
        return "{" + von_last + "}" if " " in von_last or "others" in von_last.lower() else von_last
    suffix = f"{_braced(parts['suffix'])}, " if parts["suffix"] else ""
    return f"{von_last}, {suffix}{_braced(parts['given'])}"


def _braced(part: str, forced: bool = False) -> str:  # noqa: FBT001, FBT002 - one flag, spelt at its only use
    """``part`` in braces where BibTeX would read a comma or the word "and" in it as its own."""
    return "{" + part + "}" if forced or "," in part or re.search(r"(?:^|\s)and(?:\s|$)", part, re.IGNORECASE) else part
