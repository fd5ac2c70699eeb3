import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.intake.listing.dates import MONTHS
from readlist.intake.listing.reader import read_listing
from readlist.intake.listing.records import AFTER_ABSTRACT, BEFORE_FIRST, FURNITURE, NO_RECORD, NO_TITLE
from readlist.intake.result import Intake
from readlist.paper import Author, Paper

RETRIEVED = date(2026, 11, 23)

THREE = """\
LGOct 11, 2022Code
What does a deep neural network see?Stanislav Fort, Ekin Dogus Cubuk, Surya Ganguli et al. · stanford, google-deepmind
Deep neural network classifiers partition input space.
QUANT-PHMar 3
Adaptive Quantum State Tomography with Neural NetworksYihui Quek, Stanislav Fort
Quantum state tomography, with neural networks, in $O(n)$.
COFeb 29
On the boundaries of graphsMichel Van den Bergh · kth
"""

TITLE_WORDS = [
    "deep",
    "learning",
    "theory",
    "of",
    "large",
    "networks",
    "for",
    "robust",
    "quantum",
    "systems",
    "in",
    "graphs",
]
LAST_WORDS = ["networks", "systems", "models", "learning", "theory", "graphs?", "spaces", "equations", "methods"]
NAMES = [
    "Stanislav Fort", "Surya Ganguli", "Yihui Quek", "Wei Zhang", "J. Smith", "Anna Müller", "Maria de la Cruz",
    "Tom Brown", "ATLAS Collaboration", "Peter van Dijk", "Ying-Jie Li", "Michael Jordan", "A. B. Kumar",
    "Tavish McDonald",
]  # fmt: skip
SLUGS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=2, max_size=8)

papers = st.builds(
    Paper,
    title=st.builds(
        lambda words, last: " ".join([words[0].capitalize(), *words[1:], last]),
        st.lists(st.sampled_from(TITLE_WORDS), min_size=2, max_size=8),
        st.sampled_from(LAST_WORDS),
    ),
    authors=st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(
        lambda names: tuple(Author(literal=name) for name in names)
    ),
    authors_complete=st.booleans(),
    organisations=st.lists(st.lists(SLUGS, min_size=1, max_size=3).map("-".join), max_size=2).map(tuple),
    subject=st.sampled_from(["LG", "QUANT-PH", "CO", "MES-HALL", "IM"]),
    published=st.dates(date(1991, 8, 1), RETRIEVED).map(date.isoformat),
    has_code=st.booleans(),
    abstract=st.text(
        st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), blacklist_characters="\ufeff"), max_size=80
    ).map(lambda text: text and f"We show it: {text}"),
)


def render(paper: Paper) -> str:
    year, month, day = map(int, paper.published.split("-"))
    shown = f"{MONTHS[month - 1]} {day}" + ("" if year == RETRIEVED.year else f", {year}")
    names = ", ".join(author.display for author in paper.authors)
    cut = "" if paper.authors_complete else " et al."
    tail = " · " + ", ".join(paper.organisations) if paper.organisations else ""
    header = paper.subject + shown + ("Code" if paper.has_code else "")
    return f"{header}\n{paper.title}{names}{cut}{tail}\n{paper.abstract}\n"


def comparable(paper: Paper) -> tuple[object, ...]:
    names = [author.display for author in paper.authors]
    rest = (paper.authors_complete, paper.organisations, paper.subject, paper.published, paper.has_code, paper.abstract)
    return (paper.title, names, *rest)


def cut_list_shows_three(paper: Paper) -> bool:
    return paper.authors_complete or len(paper.authors) == 3


@settings(deadline=None)
@given(st.lists(papers.filter(cut_list_shows_three), max_size=4))
def test_what_is_rendered_is_read_back(wanted: list[Paper]) -> None:
    intake = read_listing("".join(map(render, wanted)), retrieved=RETRIEVED)
    assert intake.rejects == ()
    assert [comparable(paper) for paper in intake.papers] == [comparable(paper) for paper in wanted]
    assert intake.lines == tuple(range(1, 3 * len(wanted) + 1, 3))


titles = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=30)


@settings(deadline=None)
@given(papers, titles, titles)
def test_header_and_tail_are_exact_whatever_the_title_and_the_names(paper: Paper, title: str, name: str) -> None:
    family = re.sub("[·.\ufeff]", "", name) or "Lee"
    body = f"Xx {title}Ann {family}, Bob Roe, Cy Poe"
    odd = paper._replace(authors=(Author(literal=body),), title="")
    intake = read_listing(render(odd), retrieved=RETRIEVED)
    (read,) = intake.papers
    assert comparable(read)[2:] == comparable(odd)[2:]
    assert read.title + ", ".join(author.display for author in read.authors) == " ".join(body.split())


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_text_is_lost_and_none_raises(text: str) -> None:
    intake = read_listing(text, retrieved=RETRIEVED)
    assert intake.papers or intake.rejects or not text.translate({0xFEFF: None}).strip()


def test_the_fields_of_a_paper() -> None:
    first, second, third = read_listing(THREE, retrieved=RETRIEVED).papers
    assert first == Paper(
        title="What does a deep neural network see?",
        authors=(Author("Fort", "Stanislav"), Author("Cubuk", "Ekin Dogus"), Author("Ganguli", "Surya")),
        authors_complete=False,
        organisations=("stanford", "google-deepmind"),
        subject="LG",
        category="cs.LG",
        published="2022-10-11",
        has_code=True,
        abstract="Deep neural network classifiers partition input space.",
    )
    assert (second.category, second.published, second.has_code, second.authors_complete) == (
        "quant-ph", "2026-03-03", False, True,
    )  # fmt: skip
    assert (third.subject, third.category, third.published, third.abstract) == ("CO", "CO", "2024-02-29", "")
    assert third.authors == (Author("Van den Bergh", "Michel"),)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("\n", "  \n \t\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: "\n\n" + text + "\n\n\n",
        lambda text: re.sub(r"(?m)^(\S+[A-Z])([A-Z][a-z]{2} \d)", r"\1 \2", text),
    ],
    ids=[
        "BOM",
        "CRLF",
        "CR",
        "blank lines",
        "trailing spaces",
        "no last newline",
        "NBSP",
        "blank ends",
        "spaced header",
    ],
)
def test_damage_from_pasting_changes_nothing(damage: object) -> None:
    assert callable(damage)
    intake = read_listing(damage(THREE), retrieved=RETRIEVED)
    assert intake.papers == read_listing(THREE, retrieved=RETRIEVED).papers
    assert intake.rejects == ()


def test_a_wrapped_abstract_is_joined() -> None:
    text = THREE.replace("partition input space.", "partition\ninput\n\nspace.")
    intake = read_listing(text, retrieved=RETRIEVED)
    assert intake.papers == read_listing(THREE, retrieved=RETRIEVED).papers


def test_text_before_the_first_record_is_reported_by_line() -> None:
    intake = read_listing("alphaXiv\n\nExplore papers\n" + THREE, retrieved=RETRIEVED)
    assert [(reject.line, reject.text, reject.reason) for reject in intake.rejects] == [
        (1, "alphaXiv", BEFORE_FIRST),
        (3, "Explore papers", BEFORE_FIRST),
    ]
    assert intake.lines == (4, 7, 10)


def test_text_between_records_is_reported_by_line_and_the_rest_comes_in() -> None:
    text = THREE.replace("QUANT", "Load more\nA sponsored message that is longer than forty letters, too.\nQUANT")
    intake = read_listing(text, retrieved=RETRIEVED)
    assert intake.papers == read_listing(THREE, retrieved=RETRIEVED).papers
    assert [(reject.line, reject.reason) for reject in intake.rejects] == [(4, FURNITURE), (5, AFTER_ABSTRACT)]


def test_a_second_paragraph_is_kept_and_shown_for_review() -> None:
    first = "A long first paragraph " + "of many words " * 15 + "ends here."
    second = "A second paragraph, which is as long as paragraphs of abstracts are."
    (paper,) = read_listing(f"LGMar 3\nOn graphsAda Lovelace\n{first}\n{second}\n", retrieved=RETRIEVED).papers
    assert paper.abstract == f"{first} {second}"
    assert "A second paragraph" in paper.review_reason


def test_a_header_without_a_title_is_reported_by_line() -> None:
    intake = read_listing("LGMar 3\n" + THREE + "CVMay 5, 2020", retrieved=RETRIEVED)
    assert [(reject.line, reject.text, reject.reason) for reject in intake.rejects] == [
        (1, "LGMar 3", NO_TITLE),
        (10, "CVMay 5, 2020", NO_TITLE),
    ]
    assert len(intake.papers) == 3


def test_text_that_is_no_listing_is_one_reject() -> None:
    intake = read_listing("@article{key,\n  title = {A},\n}\n", retrieved=RETRIEVED)
    assert intake.papers == ()
    assert [(reject.line, reject.reason) for reject in intake.rejects] == [(1, NO_RECORD)]
    assert read_listing("", retrieved=RETRIEVED) == Intake((), (), (), "listing")


def test_a_date_that_does_not_exist_keeps_the_paper_and_says_so() -> None:
    (paper,) = read_listing("LGFeb 30, 2022\nOn graphsAda Lovelace\n", retrieved=RETRIEVED).papers
    assert paper.published == ""
    assert paper.review_reason == "The date 'Feb 30, 2022' does not exist."


def test_a_line_without_an_author_keeps_its_text_and_says_so() -> None:
    (paper,) = read_listing("LGMar 3\nuntitled\n", retrieved=RETRIEVED).papers
    assert "untitled" in paper.title + "".join(author.display for author in paper.authors)
    assert paper.needs_review


@pytest.mark.parametrize("ellipsis", ["…", "...", " …"])
def test_a_title_that_the_page_cut_is_shown_for_review(ellipsis: str) -> None:
    title = f"Deep networks partition their input space into many linear{ellipsis}"
    (paper,) = read_listing(f"LGOct 11, 2022\n{title}Stanislav Fort, Surya Ganguli\nThey do.\n").papers
    assert paper.title == title
    assert "ends in an ellipsis" in paper.review_reason
    (paper,) = read_listing("LGOct 11, 2022\nDeep … networks partitionStanislav Fort, Surya Ganguli\nThey do.\n").papers
    assert "ellipsis" not in paper.review_reason
