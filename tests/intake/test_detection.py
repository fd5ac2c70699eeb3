"""Whatever comes from outside is taken for what it is, read as far as it goes, and never an error."""

import datetime as dt
import gzip
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.effort import THOROUGH

from readlist.intake.decoding import decode
from readlist.intake.detection import NOTHING, read
from readlist.intake.result import Intake

DAY = dt.date(2026, 11, 24)
LISTING = (
    "LGOct 11, 2022Code\nOn graphs of knowledge, a studyAda Lovelace, Alan Turing\nWe study graphs of knowledge.\n"
)


def read_text(text: str) -> Intake:
    return read(text.encode(), retrieved=DAY)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (LISTING, "listing"),
        ("My page\n12 papers\n\n" + LISTING, "listing"),
        ("I read 2210.05546 yesterday.\n", "links"),
        ("- https://openreview.net/forum?id=OGg9XnKxFAH\n", "links"),
    ],
)
def test_the_text_tells_its_format(text: str, format: str) -> None:  # noqa: A002 - the field of an intake
    found = read_text(text)
    assert found.format == format
    assert len(found.papers) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n...", "This is a PDF file"),
        (b"PK\x03\x04 and more", "This is a ZIP archive"),
        (gzip.compress(b"@article{a}", mtime=0), "This is a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (bytes(range(256)) * 4, "This is no text"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", "This is a web page"),
        (b"<note>hello</note>", "This is XML"),
        (b"Dear diary, today I read nothing.", NOTHING),
    ],
)
def test_what_cannot_be_read_is_named_in_one_sentence(content: bytes, reason: str) -> None:
    found = read(content, retrieved=DAY)
    assert found.papers == ()
    (reject,) = found.rejects
    assert reject.reason.startswith(reason)
    assert "\n" not in reject.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_with_every_mark(encoding: str) -> None:
    found = read(LISTING.replace("Ada", "Žofie").encode(encoding), retrieved=DAY)
    assert found.papers[0].authors[0].given == "Žofie"
    assert found.rejects == ()


def test_a_line_in_another_encoding_is_read_alone_and_told() -> None:
    first, second = LISTING.replace("Ada", "Žofie").encode(), LISTING.replace("Alan", "Andr\xe9 \x96").encode("latin-1")
    found = read(first + second, retrieved=DAY)
    assert found.papers[0].authors[0].given == "Žofie"
    assert found.papers[1].authors[1].given == "André –"
    assert [(reject.line, reject.reason[:16]) for reject in found.rejects] == [(5, "This is no UTF-8")]


def test_nul_characters_are_left_out_and_told() -> None:
    found = read(LISTING.replace("graphs", "gr\0aphs", 1).encode(), retrieved=DAY)
    assert found.papers[0].title == "On graphs of knowledge, a study"
    assert [(reject.line, reject.reason[:22]) for reject in found.rejects] == [(2, "It holds NUL character")]


@given(st.binary() | st.text().map(str.encode))
@example(b"\xff\xfe\x00")
@example(b"{" * 100_000)
@example(b"@article{" * 10_000)
@example(b"<" * 100_000)
def test_no_content_is_an_error(content: bytes) -> None:
    found = read(content, retrieved=DAY)
    assert all("\n" not in reject.reason for reject in found.rejects)
    assert "\0" not in decode(content).text


@pytest.mark.parametrize("piece", [b"{", b"[", b"<a>", b"@", b"x", b"TY  - ", b"10.1000/", b'"', b"%0 ", b"( "])
def test_a_long_line_of_anything_ends_in_time(piece: bytes) -> None:
    length = 5_000_000 if THOROUGH else 1_500_000
    began = time.process_time()
    found = read(piece * (length // len(piece)), retrieved=DAY)
    assert found.papers == ()
    assert time.process_time() - began < length * 6e-6, "far beyond what one pass takes"
