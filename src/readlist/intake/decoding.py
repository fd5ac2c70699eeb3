"""Bytes from outside as text, whatever they are."""

import codecs
from typing import NamedTuple

from readlist.intake.result import Reject

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (or a document of an office program)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
_SAMPLE = 65_536
_BINARY_SHARE = 0.05
"""A text has fewer control characters than this, in its beginning."""
_WINDOWS = {byte: bytes((byte,)).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x80, 0xA0)}
"""Where Windows-1252 differs from Latin-1; the five bytes that it leaves open stay what they are there."""

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))


class Decoded(NamedTuple):
    """A text, or why there is none."""

    text: str
    notices: tuple[Reject, ...] = ()
    """What the user should know of how it was read; of no text, why."""


def decode(content: bytes) -> Decoded:
    """The text of ``content``; its line breaks and everything else as they are, but for a byte order mark and NULs.

    UTF-8, and UTF-16 and UTF-32 with their marks, are read as what they are. A line that is no UTF-8 is read as
    Windows-1252, which earlier programs wrote, on its own, so that one odd byte does not spoil all others; a notice
    names the first such line.
    """
    kind = next((kind for signature, kind in _SIGNATURES if content.startswith(signature)), "")
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding)
    if not kind and _is_binary(content[:_SAMPLE]):
        kind = "no text"
    if kind:
        return Decoded("", (Reject(1, "", f"This is {kind}; export a bibliography, or paste text or links."),))
    return _decoded(content, "utf-8")


def _is_binary(sample: bytes) -> bool:
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * _BINARY_SHARE


def _decoded(content: bytes, encoding: str) -> Decoded:
    notices: list[Reject] = []
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            text = content.decode(encoding, errors="replace")
            line = text.count("\n", 0, max(text.find("\ufffd"), 0)) + 1
            notices.append(Reject(line, "", f"Not all of it is {encoding.upper()}; what is not is shown as \ufffd."))
        else:
            line = content.count(b"\n", 0, error.start) + 1
            text = "\n".join(map(_line, content.split(b"\n")))
            shown = text.split("\n", line)[line - 1].strip()[:70]
            notices.append(
                Reject(line, shown, "This is no UTF-8; such lines were read as Windows-1252: please check accents.")
            )
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        notices.append(Reject(line, "", "It holds NUL characters from this line on; they were left out."))
        text = text.replace("\0", "")
    return Decoded(text, tuple(notices))


def _line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1").translate(_WINDOWS)
