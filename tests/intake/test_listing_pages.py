"""What a page may show besides three lines a paper: each is read, or rejected by line, and the rest comes in."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.intake.listing.furniture import is_furniture
from readlist.intake.listing.headings import read_heading
from readlist.intake.listing.reader import read_listing
from readlist.intake.listing.records import AFTER_ABSTRACT, FURNITURE, NO_TITLE, TWO_COLUMNS
from readlist.intake.result import Intake
from readlist.paper import Paper

RETRIEVED = date(2026, 11, 23)

BEES = "Why do honey bees dance in the dark?Ada Lovelace, Grace B. Hopper, Emmy Noether et al. · cern, eth-zurich"
KNOTS = "Counting knots with neural networksSofia Kowalewskaja, Ada Lovelace"
DANCE = "Honey bees dance in the dark. We ask why and answer with a model of the hive that has two parameters."
COUNT = "We count knots of genus two with neural networks, in $O(n)$ steps."


def page(  # noqa: PLR0913 - each place of a page can be changed
    first: str = "NCOct 11, 2022Code",
    second: str = "GTMar 3",
    *,
    above: str = "",
    between: str = "",
    below: str = "",
    abstracts: tuple[str, str] = (DANCE, COUNT),
) -> str:
    """Two papers, with other lines above each title, between title and abstract, and below each abstract."""
    papers = zip((first, second), (BEES, KNOTS), abstracts, strict=True)
    lines = [f"{header}\n{above}{body}\n{between}{abstract}\n{below}" for header, body, abstract in papers]
    return "".join(lines)


def read(text: str) -> Intake:
    return read_listing(text, retrieved=RETRIEVED)


PLAIN = read(page()).papers


def test_the_plain_page_is_read() -> None:
    assert [paper.title for paper in PLAIN] == [
        "Why do honey bees dance in the dark?", "Counting knots with neural networks",
    ]  # fmt: skip
    assert [paper.needs_review for paper in PLAIN] == [False, False]


CHROME = [
    "1.2k", "12", "❤ 12", "★ 3", "34 likes", "1,234 views", "7 comments", "Likes: 4", "Blog", "View blog", "Bookmark",
    "Share", "PDF", "#computer-vision-and-pattern-recognition", "#neurons #bees", "Computer Science", "cs.LG",
    "2 days ago", "Yesterday", "Blog · 12 likes · Share", "···",
]  # fmt: skip


@pytest.mark.parametrize("line", CHROME)
@pytest.mark.parametrize("place", ["above", "between", "below"])
def test_words_of_the_page_are_rejected_by_line(line: str, place: str) -> None:
    above, between, below = (f"{line}\n" if place == each else "" for each in ("above", "between", "below"))
    text = page(above=above, between=between, below=below)
    intake = read(text)
    assert intake.papers == PLAIN
    assert [(reject.text, reject.reason) for reject in intake.rejects] == [(line, FURNITURE)] * 2
    assert [text.split("\n")[reject.line - 1] for reject in intake.rejects] == [line, line]


def test_many_words_of_the_page_together_are_rejected_by_line() -> None:
    intake = read(page(below="".join(f"{line}\n" for line in CHROME)))
    assert intake.papers == PLAIN
    assert [reject.text for reject in intake.rejects] == CHROME * 2


@pytest.mark.parametrize("line", ["34 likes", "❤ 12", "#bees #hives"])
def test_counts_and_tags_end_an_abstract_that_has_no_full_stop(line: str) -> None:
    intake = read(page(abstracts=(DANCE.rstrip("."), COUNT.rstrip(".")), below=f"{line}\n"))
    assert [paper.abstract for paper in intake.papers] == [DANCE.rstrip("."), COUNT.rstrip(".")]
    assert [(reject.text, reject.reason) for reject in intake.rejects] == [(line, FURNITURE)] * 2


def test_words_behind_the_last_paper_are_rejected_by_line() -> None:
    intake = read(page() + "Load more\n© 2026 the makers of this page\nTerms of service\n")
    assert intake.papers == PLAIN
    assert [(reject.line, reject.reason) for reject in intake.rejects] == [
        (7, FURNITURE), (8, AFTER_ABSTRACT), (9, AFTER_ABSTRACT),
    ]  # fmt: skip


def test_windows_line_ends_change_nothing() -> None:
    assert read(page(below="12\n").replace("\n", "\r\n")) == read(page(below="12\n"))


@pytest.mark.parametrize("absent", ["", "12\nBookmark\n"])
def test_an_absent_abstract_is_empty(absent: str) -> None:
    intake = read(page(abstracts=("", ""), below=absent))
    assert intake.papers == tuple(paper._replace(abstract="") for paper in PLAIN)
    assert len(intake.rejects) == 2 * absent.count("\n")


def test_a_short_line_in_the_place_of_an_abstract_is_shown_for_review() -> None:
    first, _ = read(page(abstracts=("Made with love", COUNT))).papers
    assert first.abstract == "Made with love"
    assert "may be the page's own" in first.review_reason


@pytest.mark.parametrize(
    ("header", "subject", "category", "published", "has_code"),
    [
        ("NCOct 11, 2022", "NC", "q-bio.NC", "2022-10-11", False),
        ("NCOct 11, 2022Blog", "NC", "q-bio.NC", "2022-10-11", False),
        ("NCOct 11, 2022CodeBlog", "NC", "q-bio.NC", "2022-10-11", True),
        ("NCOct 11, 2022Code1.2k", "NC", "q-bio.NC", "2022-10-11", True),
        ("NCOct 11, 2022341", "NC", "q-bio.NC", "2022-10-11", False),
        ("NCOct 11, 2022 ★ 12", "NC", "q-bio.NC", "2022-10-11", False),
        ("NC · Oct 11, 2022 · 12 likes · Code", "NC", "q-bio.NC", "2022-10-11", True),
        ("NC11 October 2022", "NC", "q-bio.NC", "2022-10-11", False),
        ("NC2022-10-11Code", "NC", "q-bio.NC", "2022-10-11", True),
        ("q-bio.NC Oct 11, 2022", "NC", "q-bio.NC", "2022-10-11", False),
        ("Oct 11, 2022Code", "", "", "2022-10-11", True),
        ("NC2 days ago", "NC", "q-bio.NC", "2026-11-21", False),
        ("NC2 days agoCode", "NC", "q-bio.NC", "2026-11-21", True),
        ("NCYesterday", "NC", "q-bio.NC", "2026-11-22", False),
        ("QUANT-PHTodayCode", "QUANT-PH", "quant-ph", "2026-11-23", True),
        ("NC\nOct 11, 2022\nCode", "NC", "q-bio.NC", "2022-10-11", True),
        ("NC\nOct 11, 2022", "NC", "q-bio.NC", "2022-10-11", False),
    ],
)
def test_other_headers(header: str, subject: str, category: str, published: str, *, has_code: bool) -> None:
    intake = read(page(header) + page())
    assert intake.rejects == ()
    assert intake.papers[1:] == (PLAIN[1], *PLAIN)
    assert intake.papers[0] == PLAIN[0]._replace(
        subject=subject, category=category, published=published, has_code=has_code
    )


def test_a_count_that_runs_into_the_day_is_shown_for_review() -> None:
    (first, _) = read(page("NCMar 312")).papers
    assert first.review_reason == "The day of 'Mar 312' cannot be told from the number behind it."
    assert read_heading("NCMar 3 12") == ("NC", "Mar 3", False, "")


def test_a_header_with_an_unknown_subject_is_shown_for_review() -> None:
    (first, second) = read(page("NEWOct 11, 2022")).papers
    assert (first.subject, first.review_reason) == ("NEW", "“NEW” is no subject of arXiv.")
    assert second == PLAIN[1]


def test_a_time_between_title_and_abstract_is_left_out() -> None:
    intake = read(page(between="Oct 9, 2022\n", abstracts=(DANCE * 3, COUNT * 5)))
    assert [paper.abstract for paper in intake.papers] == [DANCE * 3, COUNT * 5]
    assert [(reject.line, reject.reason) for reject in intake.rejects] == [(3, FURNITURE), (7, FURNITURE)]


def parted(body: str) -> str:
    """Title and authors on lines of their own."""
    return body.replace("Ada Lovelace, Grace", "\nAda Lovelace, Grace").replace("Sofia", "\nSofia")


@pytest.mark.parametrize("abstracts", [(DANCE, COUNT), ("", "")])
def test_authors_on_a_line_of_their_own(abstracts: tuple[str, str]) -> None:
    intake = read(parted(page(abstracts=abstracts)))
    assert intake.rejects == ()
    wanted = [paper._replace(abstract=abstract) for paper, abstract in zip(PLAIN, abstracts, strict=True)]
    assert list(intake.papers) == wanted


def test_names_behind_a_whole_second_line_are_shown_for_review() -> None:
    (first, second) = read(page(between="Grace Hopper, Emmy Noether\n")).papers
    assert first == PLAIN[0]._replace(abstract=f"Grace Hopper, Emmy Noether {DANCE}") or first.needs_review
    assert "may name the authors" in second.review_reason


def test_a_wrapped_title_is_joined() -> None:
    assert read(page().replace("dance in the dark?Ada", "dance in\nthe dark?Ada")).papers == PLAIN


@pytest.mark.parametrize("tail", [" · 12 likes", " ❤ 12", " 1.2k views"])
def test_counts_behind_the_authors_are_cut_off(tail: str) -> None:
    assert read(page().replace("eth-zurich", f"eth-zurich{tail}")).papers == PLAIN


NAMES = ["Ada Lovelace", "Grace B. Hopper", "Emmy Noether", "Luc van Gool", "MinJi Kim", "Tom McDonald", "Bo Lei"]


@pytest.mark.parametrize("count", range(4, 8))
@pytest.mark.parametrize("tail", ["", " et al.", " et al. · cern", " and 12 others", " + 5 more"])
def test_more_than_three_authors(count: int, tail: str) -> None:
    title = "Bees, knots, and a theorem of Gauss"
    (paper,) = read(f"NCOct 11, 2022\n{title}{', '.join(NAMES[:count])}{tail}\n{DANCE}\n").papers
    if not paper.needs_review:
        assert (paper.title, [author.display for author in paper.authors]) == (title, NAMES[:count])
    assert paper.authors_complete is (not tail)
    assert paper.title + ", ".join(author.display for author in paper.authors) == title + ", ".join(NAMES[:count])


@pytest.mark.parametrize(
    "odd", ["WenZhe Li", "Siddharth", "for the NOvA Collaboration", "OpenAI", "haoyi jiang", "3rd B. Man"]
)
@pytest.mark.parametrize("place", range(1, 6))
@pytest.mark.parametrize("tail", ["", " et al."])
def test_a_long_list_with_an_odd_name_is_never_misread_in_silence(odd: str, place: int, tail: str) -> None:
    names = [*NAMES[:place], odd, *NAMES[place:6]]
    line = f"A study of bees and knots{', '.join(names)}"
    (paper,) = read(f"NCOct 11, 2022\n{line}{tail}\n{DANCE}\n").papers
    if not paper.needs_review:
        assert (paper.title, [author.display for author in paper.authors]) == ("A study of bees and knots", names)
    assert paper.title + ", ".join(author.display for author in paper.authors) == line


def test_most_lists_of_more_than_three_authors_are_exact() -> None:
    bodies = ["Counting knots in the wild", "A note on bees", "Learning to dance with models of language"]
    right = 0
    for body in bodies:
        for count in range(4, 8):
            (paper,) = read(f"NCOct 11, 2022\n{body}{', '.join(NAMES[:count])}\n{DANCE}\n").papers
            right += paper.title == body and not paper.needs_review
    assert right == len(bodies) * 4


def columns(separator: str) -> str:
    """The page's two papers side by side."""
    left, right = page().split("\n")[:3], page().split("\n")[3:6]
    return "".join(f"{a}{separator}{b}\n" for a, b in zip(left, right, strict=True))


@pytest.mark.parametrize("separator", ["\t", "    "])
def test_two_columns_that_can_be_parted_come_in_for_review(separator: str) -> None:
    intake = read(columns(separator) + page())
    assert intake.rejects == ()
    assert tuple(paper._replace(review_reason="") for paper in intake.papers) == PLAIN * 2
    assert [paper.needs_review for paper in intake.papers] == [True, True, False, False]


@pytest.mark.parametrize("separator", ["", " "])
def test_two_columns_that_cannot_are_rejected_by_line(separator: str) -> None:
    intake = read(columns(separator) + page())
    assert intake.papers == PLAIN
    assert [(reject.line, reject.reason) for reject in intake.rejects] == [(at, TWO_COLUMNS) for at in (1, 2, 3)]


def test_two_columns_wrapped_are_rejected_by_line() -> None:
    text = "NCMar 3      GTMar 4\nWhy do bees  Counting knots\ndance?Ada    with modelsEmmy\nLovelace     Noether\n"
    intake = read(text + page())
    assert intake.papers == PLAIN
    assert [(reject.line, reject.reason) for reject in intake.rejects] == [(at, TWO_COLUMNS) for at in (1, 2, 3, 4)]


def test_columns_that_are_read_line_by_line_come_in_for_review() -> None:
    lines = page().split("\n")
    mixed = "\n".join(lines[at] for at in (0, 3, 1, 4, 2, 5))
    intake = read(f"{mixed}\n{page()}")
    assert tuple(paper._replace(review_reason="") for paper in intake.papers) == PLAIN * 2
    assert [paper.needs_review for paper in intake.papers] == [True, True, False, False]
    assert intake.lines == (1, 2, 7, 10)


def test_a_paper_behind_two_headers_is_shown_for_review() -> None:
    intake = read("GTMar 5\n" + page())
    assert [(reject.line, reject.reason) for reject in intake.rejects] == [(1, NO_TITLE)]
    assert intake.papers[0].review_reason.startswith("More than one header")
    assert intake.papers[1] == PLAIN[1]


pieces = st.sampled_from(
    ["NCOct 11, 2022Code", "GTMar 3", "Oct 9, 2022", "LG", "Code", "2 days ago", BEES, KNOTS, DANCE, COUNT, "12",
     "34 likes", "#bees", "Load more", "Ada Lovelace, Emmy Noether", "Counting knots", "NCMar 3\tGTMar 4",
     "NCMar 3 GTMar 4", "a\tb", "No sentence", "© 2026", "@article{key,"],
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(pieces, max_size=14))
def test_no_line_is_lost_in_silence(lines: list[str]) -> None:
    intake = read("\n".join(lines))
    kept = "\n".join(map(said, intake.papers))
    rejected = {reject.line for reject in intake.rejects}
    if not intake.papers:
        assert rejected or not lines
        return
    for number, line in enumerate(lines, 1):
        known = line.partition(" et al.")[0].replace("\t", "\n").split("\n")
        is_header = line in {"LG", "Code"} or read_heading(line) or "NCMar 3" in line
        assert number in rejected or is_header or all(part in kept for part in known), (number, line)


def said(paper: Paper) -> str:
    return paper.title + ", ".join(author.display for author in paper.authors) + f"\n{paper.abstract}"


@pytest.mark.parametrize("line", [BEES, KNOTS, DANCE, COUNT, "Robotics in 2022", "$x$ and $y$", "Ada Lovelace"])
def test_what_a_paper_says_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)
