r"""The forms that stand for a paper in running text: a link in Org mode, ``\cite{…}``, ``@key``, "Fort (2023)"."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_TYPST_LABEL = re.compile(r"[\w:.-]*[\w-]", re.ASCII)
_TWO = 2


def org_link(title: str, url: str) -> str:
    """``[[url][Title]]``; without a URL the title alone.

    Brackets end a link's parts: in the address they are percent-encoded, and in the title two closing ones, or one at
    its end, are kept apart by a zero-width space, as Org mode itself writes them (org-link-make-string).
    """
    text = " ".join(title.split())
    if not url:
        return text
    address = url.replace("[", "%5B").replace("]", "%5D").replace(" ", "%20")
    text = re.sub(r"\](?=\]|$)", "]\u200b", text)
    return f"[[{address}][{text}]]"


def latex_citation(keys: Sequence[str]) -> str:
    r"""``\cite{fort2022multiattacks,bai2022constitutional}``."""
    return f"\\cite{{{','.join(keys)}}}"


def typst_citation(keys: Sequence[str]) -> str:
    """``@fort2022multiattacks @bai2022constitutional``; the long form for a key that ``@`` would not read to its end.

    Which signs ``@`` takes: https://typst.app/docs/reference/model/ref/ and, for others, ``label`` on the same site.
    """
    return " ".join(f"@{key}" if _TYPST_LABEL.fullmatch(key) else _typst_call(key) for key in keys)


def _typst_call(key: str) -> str:
    text = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'#cite(label("{text}"))'


def in_text(item: Mapping[str, Any]) -> str:
    """A CSL item as running text names it: "Fort (2023)", "Fort and Ganguli (2023)", "Fort et al. (2023)".

    A cut list ends in "et al.". Without authors the title stands in quotation marks; without a date there is "n.d.".
    """
    authors = item.get("author")
    names = [short for name in authors if (short := _short(name))] if isinstance(authors, Sequence) else []
    cut = names[-1:] == ["others"]
    names = names[:-1] if cut else names
    if not names:
        who = f"“{item.get('title') or 'Untitled'}”"
    elif cut or len(names) > _TWO:
        who = f"{names[0]} et al."
    else:
        who = " and ".join(names)
    return f"{who} ({_year(item.get('issued')) or 'n.d.'})"


def _short(name: Any) -> str:
    if not isinstance(name, Mapping):
        return ""
    family = str(name.get("family") or "")
    if not family:
        return str(name.get("literal") or name.get("given") or "")
    particle = str(name.get("non-dropping-particle") or "")
    return f"{particle} {family}".strip()


def _year(date: Any) -> str:
    if not isinstance(date, Mapping):
        return ""
    parts = date.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] else [""]
    found = re.search(r"\d{4}", str(first[0]) or str(date.get("raw") or date.get("literal") or ""))
    return found[0] if found else ""
