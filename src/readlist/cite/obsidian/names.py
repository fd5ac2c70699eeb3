"""File names and tags that Obsidian and every file system accept."""

import hashlib
import re
import unicodedata
from collections.abc import Container

# Forbidden by Windows: \ / : * ? " < > | and control characters; by Obsidian's links: [ ] # ^ |. Also % and blanks,
# which a Markdown link would have to escape. Source: Microsoft, "Naming Files, Paths, and Namespaces"; Obsidian Help,
# "Internal links".
_UNSAFE = re.compile(r'[\[\]#^|\\/:*?"<>%`\s\x00-\x1f\x7f-\x9f]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_MOST_BYTES = 120
"""Of a name without its suffix; file systems take 255 bytes, encrypted ones 143, and folders need room in a path."""


def file_stem(key: str) -> str:
    """The name, without suffix, of the note of the paper with this citation key; the same key gives the same name."""
    from readlist.latex import plain  # noqa: PLC0415 - beside its one use

    stem = _UNSAFE.sub("-", unicodedata.normalize("NFC", plain(key))).strip("-. ") or "paper"
    if _RESERVED.fullmatch(stem):
        stem = f"paper-{stem}"
    raw = stem.encode()
    return stem if len(raw) <= _MOST_BYTES else f"{raw[: _MOST_BYTES - 9].decode(errors='ignore')}-{short_hash(key)}"


def free_stem(key: str, identifier: str, taken: Container[str]) -> str:
    """As `file_stem`; when that name is taken, it is followed by a few letters that depend on the paper alone.

    Args:
        key: The citation key.
        identifier: The paper's id.
        taken: Names of other notes, as `folded` gives them.
    """
    stem = file_stem(key)
    return stem if folded(stem) not in taken else f"{stem}-{short_hash(identifier)}"


def folded(stem: str) -> str:
    """What two names have in common that are the same file on macOS or Windows."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", stem).casefold())


def short_hash(text: str) -> str:
    """Eight letters that tell texts apart."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def obsidian_tag(tag: str) -> str:
    """``tag`` as Obsidian takes it: letters, digits, ``_``, ``-``, ``/``, not digits alone; may be empty.

    Source: Obsidian Help, "Tags".
    """
    kept = "".join(c if c.isalnum() or c in "_-/" or unicodedata.category(c)[0] == "M" else "-" for c in tag)
    parts = [re.sub("-{2,}", "-", part).strip("-") for part in kept.split("/")]
    tag = "/".join(part for part in parts if part)
    return f"_{tag}" if tag and not re.search(r"[^\d/]", tag) else tag


def obsidian_tags(tags: tuple[str, ...]) -> list[str]:
    """The tags, each once whatever its case, as Obsidian compares them."""
    made = {tag.casefold(): tag for tag in reversed([obsidian_tag(tag) for tag in tags]) if tag}
    return list(reversed(made.values()))
