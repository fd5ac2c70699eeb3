"""A note as it is on the disk, brought up to date without losing a letter of the user's."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from readlist.cite.obsidian.note import PROPERTIES, Note, digest, text_digest, yaml_property

_BEGIN = re.compile(r"^<!-- readlist:begin (\d+) -->[ \t]*$", re.MULTILINE)
_END = re.compile(r"^<!-- readlist:end([^>\n]*)-->[ \t]*(?:\n|\Z)", re.MULTILINE)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_NAME = re.compile(
    r"""(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^']|'')*)'|(?P<bare>[^\s#"'\-?:,\[\]{}&*!|>%@`][^:\n]*|-[^\s:][^:\n]*))
    [ ]*:(?:\s|$)""",
    re.VERBOSE,
)
_SIGN = re.compile(rb"^(?:readlist-id:[ \t]*[\"']?|<!-- readlist:begin )(\d+)", re.MULTILINE)
_PART = "part"
"""The name of the Markdown part among the digests."""


class NoteError(ValueError):
    """A file cannot be brought up to date; the message is a clause that says why."""


class _Block(NamedTuple):
    """A property as it is written in a file."""

    name: str
    text: str


def identifier_in(content: bytes) -> str:
    """The id of the paper whose note ``content`` is; empty when it is nobody's."""
    found = _SIGN.search(content)
    return found[1].decode() if found else ""


def new_text(note: Note) -> str:
    """The text of a note that does not exist yet; the user's own text comes below it."""
    front = "".join(yaml_property(name, value) for name, value in note.properties.items())
    digests = {name: digest(value) for name, value in note.properties.items()}
    return f"---\n{front}---\n{_framed(note, note.part, {**digests, _PART: text_digest(note.part)})}\n"


def updated_text(old: str, note: Note) -> str:
    """The text ``old`` of the note of the same paper, with what readlist has to say now.

    Properties and Markdown that the user has changed, and all that readlist has not written, stay as they are.

    Raises:
        NoteError: the file cannot be understood, so that text of the user's might be lost.
    """
    if old.startswith(new_text(note).rstrip("\n")):
        return old  # as most are, and found without reading YAML
    mark, old = ("\ufeff", old[1:]) if old.startswith("\ufeff") else ("", old)
    ends = "\r\n" if "\r\n" in old else "\n"
    text = old.replace("\r\n", "\n")
    found = _FRONT.match(text)
    front, body = (found[1], text[found.end() :]) if found else ("", text)
    begin = _BEGIN.search(body)
    if begin is None:
        # The user has deleted the part: it is written anew above what he has kept.
        before, part, after, written = "", note.part, body, {}
    else:
        if begin[1] != note.identifier:
            raise NoteError("it holds the note of another paper")
        end = _END.search(body, begin.end())
        if end is None:
            raise NoteError("the line that begins with “<!-- readlist:end” is missing, so its own part has no end")
        before, part, after = body[: begin.start()], body[begin.end() : end.start()], body[end.end() :]
        written = dict(re.findall(r"([a-z-]+)=([0-9a-f]+)", end[1]))
    if begin is None or written.get(_PART) == text_digest(part) or text_digest(part) == text_digest(note.part):
        part = note.part
    front, digests = _updated_properties(front, note, written)
    if part == note.part:
        digests[_PART] = text_digest(part)
    if begin is None and after:
        after = "\n" + after.lstrip("\n")
    made = f"---\n{front}---\n{before}{_framed(note, part, digests)}{after}"
    return mark + made.replace("\n", ends)


def _framed(note: Note, part: str, digests: Mapping[str, str]) -> str:
    """The part between its two lines; where ``part`` is as it was read, it brings its own first line break."""
    opening = part if part.startswith("\n") else "\n" + part
    kept = "".join(f" {name}={value}" for name, value in digests.items())
    return f"<!-- readlist:begin {note.identifier} -->{opening}<!-- readlist:end{kept} -->\n"


def _updated_properties(front: str, note: Note, written: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The lines of the properties, and the digests of those that are as readlist has written them."""
    values = _read(front)
    lines, digests = [], {}
    left = dict(note.properties)
    for block in _blocks(front, values):
        name, mine = block.name, left.pop(block.name, None)
        if name not in PROPERTIES:
            lines.append(block.text)
            continue
        found = digest(values[name])
        if mine is not None and found == digest(mine):
            lines.append(block.text)
            digests[name] = found
        elif written.get(name) != found:
            lines.append(block.text)
        elif mine is not None:
            lines.append(yaml_property(name, mine))
            digests[name] = digest(mine)
    for name, value in left.items():
        lines.append(yaml_property(name, value))
        digests[name] = digest(value)
    return "".join(lines), digests


def _read(front: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - for notes that exist already

    try:
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the fast one is missing from some builds
        values = yaml.load(front, Loader=loader) or {}  # noqa: S506 - it makes texts, lists and dictionaries alone
    except (yaml.YAMLError, RecursionError, ValueError):
        raise NoteError("its properties cannot be read") from None
    if not isinstance(values, dict):
        raise NoteError("its properties cannot be read")
    return values


def _blocks(front: str, values: Mapping[str, Any]) -> Sequence[_Block]:
    """The properties as they are written, with the comments behind them.

    Raises:
        NoteError: they are written in a way of YAML in which they cannot be told apart by their lines.
    """
    blocks = [_Block("", "")]
    for line in re.findall(r"[^\n]*\n", front):
        name = _NAME.match(line)
        if name:
            blocks.append(_Block((name["double"] or name["single"] or name["bare"] or "").strip(), line))
        else:
            blocks[-1] = _Block(blocks[-1].name, blocks[-1].text + line)
    if [block.name for block in blocks[1:]] != list(values):
        raise NoteError("its properties are written in a way that readlist cannot change")
    return blocks if blocks[0].text else blocks[1:]
