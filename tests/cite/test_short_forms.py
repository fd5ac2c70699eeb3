r"""Links, ``\cite``, ``@key`` and "Fort (2023)"; full references in Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.cite.formats import cite, cite_items
from readlist.cite.markdown import reference
from readlist.cite.markup import Run, runs_of
from readlist.cite.short_forms import in_text, latex_citation, org_link, typst_citation
from readlist.paper import Author, Paper

FORT = Paper(
    title="Multi-attacks: Many images $+$ the same adversarial attack",
    authors=(Author("Fort", "Stanislav"),),
    published="2023-08-04",
    arxiv_id="2308.03792",
    key="fort2023multiattacks",
)
BAI = Paper(
    title="Constitutional AI",
    authors=(Author("Bai", "Yuntao"),),
    authors_complete=False,
    published="2022-12-15",
    arxiv_id="2212.08073",
    key="bai2022constitutional",
)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("latex", r"\cite{fort2023multiattacks}"),
        ("typst", "@fort2023multiattacks"),
        ("short", "Fort (2023)"),
        (
            "org",
            "[[https://arxiv.org/abs/2308.03792][Multi-attacks: Many images + the same adversarial attack]]",
        ),
        (
            "markdown-reference",
            (
                "Fort, S. (2023). *Multi-attacks: Many images + the same adversarial attack* (arXiv:2308.03792). "
                "arXiv. <https://doi.org/10.48550/arXiv.2308.03792>"
            ),
        ),
    ],
)
def test_one_paper(style: str, text: str) -> None:
    assert cite([FORT], style).text == text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("latex", r"\cite{fort2023multiattacks,bai2022constitutional}"),
        ("typst", "@fort2023multiattacks @bai2022constitutional"),
        ("short", "Fort (2023); Bai et al. (2022)"),
        ("key", "fort2023multiattacks,bai2022constitutional"),
    ],
)
def test_a_selection(style: str, text: str) -> None:
    assert cite([FORT, BAI], style).text == text


def test_full_references_are_paragraphs_in_the_order_of_the_style_and_tell_of_cut_lists() -> None:
    citation = cite([FORT, BAI], "markdown-reference")
    first, second = citation.text.split("\n\n")
    assert first.startswith("Bai, Y. et al. (2022). *Constitutional AI*")
    assert second.startswith("Fort, S. (2023).")
    assert citation.cut == ("Constitutional AI",)


def test_each_link_has_its_line() -> None:
    assert len(cite([FORT, BAI], "org").text.splitlines()) == 2
    assert cite([FORT, BAI], "org").html.count("<a href=") == 2


@pytest.mark.parametrize(
    ("authors", "cut", "text"),
    [
        ((Author("Fort", "Stanislav"), Author("Ganguli", "Surya")), "", "Fort and Ganguli (2023)"),
        ((Author("Fort", "S."), Author("Hu", "H."), Author("Ganguli", "S.")), "", "Fort et al. (2023)"),
        ((Author("Fort", "S."), Author("Hu", "H.")), "cut", "Fort et al. (2023)"),
        ((Author("van den Oord", "Aaron"),), "", "van den Oord (2023)"),
        ((Author(literal="The ATLAS Collaboration"),), "", "The ATLAS Collaboration (2023)"),
        ((Author(given="Plato"),), "", "Plato (2023)"),
        ((), "", "“A title” (2023)"),
    ],
)
def test_who(authors: tuple[Author, ...], cut: str, text: str) -> None:
    paper = Paper(title="A title", authors=authors, authors_complete=not cut, published="2023-01-02")
    assert cite([paper], "short").text == text


def test_without_a_date() -> None:
    assert cite([FORT._replace(published="")], "short").text == "Fort (n.d.)"


def test_the_year_is_the_one_that_the_styles_print() -> None:
    published = FORT._replace(venue="Journal of Attacks", issued="2024-02")
    assert cite([published], "short").text == "Fort (2024)"
    assert "(2024" in cite([published], "apa").text


def test_keys_that_an_at_sign_would_not_read_to_their_end_take_the_long_form() -> None:
    assert typst_citation(["DBLP:conf/nips/Fort", "a.b-c:d_e"]) == '#cite(label("DBLP:conf/nips/Fort")) @a.b-c:d_e'
    assert typst_citation(["fort."]) == '#cite(label("fort."))'
    assert typst_citation(['a"\\b']) == r'#cite(label("a\"\\b"))'
    assert latex_citation(["a", "b"]) == r"\cite{a,b}"


@given(st.text("]] [a\n", max_size=12))
def test_no_title_ends_an_org_link(title: str) -> None:
    made = org_link(title, "https://example.org/a[1] b")
    address, _, rest = made.removeprefix("[[").partition("][")
    assert address == "https://example.org/a%5B1%5D%20b"
    assert made.index("]]", len(address) + 4) == len(made) - 2
    assert rest.removesuffix("]]").replace("\u200b", "") == " ".join(title.split())


def test_without_an_address_the_title_stands_alone() -> None:
    assert org_link("A [b]", "") == "A [b]"


def test_markdown_shows_what_is_italic_and_nothing_else() -> None:
    html = 'A_b, <i>On *p* <span style="font-style:normal;">E. coli</span></i> H<sub>2</sub>O &amp; <b>7</b>, https://x.org/a_b.'
    assert reference(html) == r"A\_b, *On \*p\** E. coli H<sub>2</sub>O & **7**, <https://x.org/a_b>."


def test_markup_is_read_as_runs() -> None:
    html = '<p>a<i>b<b>c</b></i></p>\n<p><span style="font-variant:small-caps;">d</span>&lt;i&gt;</p>'
    assert runs_of(html) == [
        Run("a", frozenset()),
        Run("b", frozenset({"i"})),
        Run("c", frozenset({"i", "b"})),
        Run("\n", frozenset()),
        Run("d", frozenset({"sc"})),
        Run("<i>", frozenset()),
    ]


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    reference(text)


def test_items_have_the_short_forms_too() -> None:
    item = {
        "id": "fort",
        "type": "article-journal",
        "title": "Go",
        "author": [{"family": "Fort", "given": "S"}, {"literal": "others"}],
        "issued": {"date-parts": [["2023"]]},
        "DOI": "10.1/x",
    }
    made = {style: cite_items([item], style)["fort"] for style in ("latex", "typst", "short", "org")}
    assert made == {
        "latex": r"\cite{fort}",
        "typst": "@fort",
        "short": "Fort et al. (2023)",
        "org": "[[https://doi.org/10.1/x][Go]]",
    }
    assert "*Go*" in cite_items([{**item, "type": "book"}], "markdown-reference")["fort"]


@pytest.mark.parametrize(
    "issued", [None, {}, {"date-parts": []}, {"date-parts": [[]]}, {"date-parts": [[None]]}, "2023"]
)
def test_odd_dates_are_no_date(issued: object) -> None:
    assert in_text({"author": ["odd", {"family": "Fort"}], "issued": issued}) == "Fort (n.d.)"
