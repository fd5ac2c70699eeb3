"""What is exported and imported again: the same library, or the same bibliographic record where a format holds less."""

import datetime as dt
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.effort import examples

from readlist.cite.formats import cite, export
from readlist.intake.detection import read
from readlist.latex import to_unicode
from readlist.paper import Author, Paper, Status

_TODAY = dt.date(2026, 11, 24)
_HOSTILE = st.sampled_from(
    [
        *(
            "50%",
            "a_b",
            "R&D",
            "#1",
            "{",
            "}",
            "{AB}",
            "\\",
            "\\alpha",
            "$x_1$",
            "$\\Sigma$$\\Delta$",
            "$5",
            "“quoted”",
        ),
        *('"', "'", "`", "~", "^", "<i>", "</sub>", "@article{x,", "TY  - JOUR", "ER  -", "%", "--", "🦊", "🏳️\u200d🌈"),
        *(
            "e\u0301",
            "n\u0303",
            "שלום",
            "مرحبا",
            "\u202eabc\u202c",
            "深度学习",
            "Straße",
            "and",
            "others",
            "=",
            ",",
            ";",
        ),
    ]
)
_WORD = st.text(
    # A tilde between two letters is a blank to TeX; selectors of variants beyond the planes in use are no text.
    st.characters(
        codec="utf-8",
        max_codepoint=0xDFFFF,
        exclude_characters="~",
        exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co"],
    ),
    min_size=1,
    max_size=9,
)
_TITLE = st.lists(_HOSTILE | _WORD, min_size=1, max_size=6).map(lambda words: "Deep " + " ".join(words))
_FAMILY = st.sampled_from(
    ["Fort", "van den Berg", "Müller", "Ó Briain", "Smith-Jones", "李", "Nguyễn", "Lenstra Jr.", "d'Alembert"]
)
_GIVEN = st.sampled_from(["Stanislav", "A. B.", "José", "Jean-Luc", "明"])
_AUTHORS = st.lists(
    st.tuples(_FAMILY, _GIVEN).map(lambda name: Author(*name))
    | st.sampled_from(["The ATLAS Collaboration", "Ministry of Health and Welfare"]).map(
        lambda name: Author(literal=name)
    ),
    min_size=1,
    max_size=4,
).map(tuple)
_PAPER = st.fixed_dictionaries(
    {
        "id": st.integers(10**15, 10**16 - 1).map(str),
        "title": _TITLE,
        "authors": _AUTHORS,
        "authors_complete": st.booleans(),
        "published": st.sampled_from(["2021", "2021-03", "2021-03-09"]),
        "venue": st.sampled_from(["Nature", "Journal of R&D", "Proc. of A, Lisbon, Portugal, May 24-27, 2021"]),
        "volume": st.sampled_from(["", "12"]),
        "issue": st.sampled_from(["", "3"]),
        "pages": st.sampled_from(["", "1-12", "e1002"]),
        "doi": st.sampled_from(["", "10.1000/a_b(1)<2>"]),
        "arxiv_id": st.sampled_from(["", "2210.05546", "hep-th/9711200"]),
        "abstract": st.sampled_from(["", "We show that $x_1 < 5$ for 50 of 100."]),
        "type": st.just("article-journal"),
        "key": st.just("fort2021deep"),
        "tags": st.sampled_from([(), ("ood",), ("a b", "c")]),
    }
).map(lambda fields: Paper(**fields))  # type: ignore[arg-type]  # the dictionary holds fields of papers
_CARED_FOR = {
    "status": st.sampled_from(Status),
    "star": st.booleans(),
    "note": _TITLE,
    "added": st.sampled_from(["", "2026-11-01T10:00:00Z"]),
    "finished": st.sampled_from(["", "2026-11-02T10:00:00Z"]),
    "extra": st.sampled_from([(), (("edition", "2"), ("indextitle", "Deep, The"))]),
    "files": st.sampled_from([(), ("/home/me/a;b.pdf",)]),
}
_SAME = ("authors", "authors_complete", "volume", "issue", "doi", "arxiv_id", "type", "key", "tags")


def _again(paper: Paper, form: str) -> Paper:
    intake = read(export([paper], form).encode(), retrieved=_TODAY)
    assert not intake.rejects
    (back,) = intake.papers
    return back


def _shown(text: str) -> str:
    """As the screen shows it: whether a sign stands bare or behind a backslash is the format's affair."""
    return " ".join(to_unicode(text).replace("--", "\u2013").split())


@pytest.mark.parametrize("form", ["json", "csl-json"])
@settings(max_examples=examples(60), deadline=None)
@given(paper=_PAPER, cared_for=st.fixed_dictionaries(_CARED_FOR))
def test_nothing_of_a_paper_is_lost(form: str, paper: Paper, cared_for: dict[str, object]) -> None:
    paper = paper._replace(**cared_for)  # type: ignore[arg-type]  # the dictionary holds fields of papers

    assert _again(paper, form) == paper


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris"])
@settings(max_examples=examples(60), deadline=None)
@example(paper=Paper(title="$\\Sigma$$\\Delta$ modulator", type="article-journal", venue="Nature", key="fort2021deep"))
@example(paper=Paper(title="Deep \\0A and \\1$x$", type="article-journal", venue="Nature", key="fort2021deep"))
@example(paper=Paper(title="Deep $5 lunches", type="article-journal", venue="Nature", key="fort2021deep"))
@given(paper=_PAPER)
def test_the_bibliographic_record_is_the_same(form: str, paper: Paper) -> None:
    back = _again(paper, form)

    assert {name: getattr(back, name) for name in _SAME} == {name: getattr(paper, name) for name in _SAME}
    assert _shown(back.title) == _shown(paper.title)
    assert back.venue == paper.venue
    assert back.pages == paper.pages
    assert back.published == paper.published[: len(back.published)]
    assert _shown(back.abstract) == _shown(paper.abstract)


def test_an_item_that_was_changed_elsewhere_says_what_it_says_there_and_keeps_what_is_the_users_own() -> None:
    paper = Paper(title="Old title", venue="Nature", type="article-journal", note="mine", star=True, key="fort2021")
    (item,) = json.loads(export([paper], "csl-json"))
    item["title"] = "New title"

    (back,) = read(json.dumps([item]).encode(), retrieved=_TODAY).papers

    assert (back.title, back.note, back.star) == ("New title", "mine", True)


def test_an_item_with_a_forged_record_is_read_as_any_other() -> None:
    (item,) = json.loads(export([Paper(title="A title", key="fort2021")], "csl-json"))
    item["custom"]["readlist"]["record"]["star"] = "yes"

    (back,) = read(json.dumps([item]).encode(), retrieved=_TODAY).papers

    assert (back.title, back.star) == ("A title", False)


@pytest.mark.parametrize("form", ["bibtex", "ris"])
def test_what_is_copied_holds_no_abstract_and_no_tags_and_what_is_exported_does(form: str) -> None:
    paper = Paper(title="A title", abstract="Of much.", tags=("ood",), key="fort2021")

    assert "ood" not in cite([paper], form).text
    assert "ood" in export([paper], form)
    assert "Of much." in export([paper], form)
