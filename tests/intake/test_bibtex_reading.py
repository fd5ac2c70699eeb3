"""BibTeX and BibLaTeX as people and programs write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.intake.bibtex import read_bibtex
from readlist.intake.bibtex.values import files, latex_text, name
from readlist.paper import Author, Paper, Status

ENTRY = r"""
@article{lovelace1843,
  author = {Lovelace, Ada and {The Reading Group} and Alban van den Berg},
  title = "Notes on the {Analytical} Engine: $O(n^{2})$ \& more",
  journal = jan # " Memoirs",
  year = 1843, month = sep, volume = {3}, number = 2,
  pages = {666--731},
  doi = {https://doi.org/10.1000/a\_b},
  issn = {1234-5678},
  keywords = {engines, notes},
  unknown+field = {kept},
}
"""


def only(text: str) -> Paper:
    found = read_bibtex(text)
    assert found.rejects == ()
    (paper,) = found.papers
    return paper


def test_every_field_finds_its_place() -> None:
    assert only(ENTRY) == Paper(
        title=r"Notes on the Analytical Engine: $O(n^{2})$ & more",
        authors=(Author("Lovelace", "Ada"), Author(literal="The Reading Group"), Author("van den Berg", "Alban")),
        published="1843-09",
        issued="1843-09",
        doi="10.1000/a_b",
        venue="January Memoirs",
        volume="3",
        issue="2",
        pages="666-731",
        type="article-journal",
        extra=(("ISSN", "1234-5678"), ("unknown+field", "kept")),
        key="lovelace1843",
        tags=("engines", "notes"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "@article(lovelace1843" + ENTRY.strip().removeprefix("@article{lovelace1843").removesuffix("}") + ")",
        ENTRY.replace("@article", "@ARTICLE").replace("author =", "Author="),
        "@string{memo = {Memoirs}}\n" + ENTRY.replace('" Memoirs"', '" " # memo'),
        "some prose\n" + ENTRY + "% and a comment",
    ],
    ids=["parentheses", "capitals", "a string", "prose around it"],
)
def test_dialects_say_the_same(text: str) -> None:
    assert only(text) == only(ENTRY)


def test_a_broken_entry_takes_no_other_with_it() -> None:
    broken = "@article{broken,\n  title = {No end,\n  year = 2001\n"
    found = read_bibtex(ENTRY + broken + ENTRY.replace("1843,", "1844,"))
    assert [paper.key for paper in found.papers] == ["lovelace1843", "lovelace1844"]
    (reject,) = found.rejects
    assert reject.line == 13
    assert reject.text.startswith("@article{broken")


def test_an_arxiv_preprint_has_no_venue() -> None:
    for fields in (
        "eprint={2210.05546v2}, archiveprefix={arXiv}, primaryclass={cs.LG}",
        "eprint={2210.05546}, eprinttype={arxiv}, eprintclass={cs.LG}, journal={arXiv e-prints}",
        "journal={arXiv preprint arXiv:2210.05546}, primaryclass={cs.LG}",
    ):
        paper = only(f"@article{{a, title={{T}}, author={{A. B}}, date={{2022-10-11}}, {fields}}}")
        assert (paper.arxiv_id, paper.type, paper.venue) == ("2210.05546", "article", ""), fields
        assert (paper.category, paper.published) == ("cs.LG", "2022-10-11")


def test_parts_inherit_from_the_whole() -> None:
    text = """
    @inproceedings{part, author={Ada Lovelace and others}, title={A part}, crossref={whole}, xdata={press}, pages={1-2}}
    @proceedings{whole, title={The whole}, editor={Ann Page}, year={2001}, author={Nobody}}
    @xdata{press, publisher={Press}, location={London}}
    """
    part, whole = read_bibtex(text).papers
    assert (part.venue, part.published, part.publisher) == ("The whole", "2001", "Press")
    assert (part.editors, part.authors, part.authors_complete) == (
        (Author("Page", "Ann"),),
        (Author("Lovelace", "Ada"),),
        False,
    )
    assert (whole.title, whole.type) == ("The whole", "book")


def test_what_jabref_and_others_keep_is_the_users() -> None:
    text = r"""
    @article{a, title={T}, readstatus={read}, ranking={rank5}, groups={One, Two}, comment={First.

    Second.}, file={:papers/a\:b.pdf:PDF;Full Text:c.pdf:application/pdf}, timestamp={2020-01-04}}
    @Comment{jabref-meta: groupstree:
    0 AllEntriesGroup:;
    1 ExplicitGroup:Three\;0\;a\;b\;;
    }
    """
    paper = only(text)
    assert (paper.status, paper.star, paper.tags) == (Status.READ, True, ("One", "Two", "Three"))
    assert paper.note == "First.\n\nSecond."
    assert paper.files == ("papers/a:b.pdf", "c.pdf")
    assert paper.added == "2020-01-04T00:00:00Z"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            r"G{\"o}del, \'{E}tude, \v{S}koda, Stra{\ss}e, \o re, {\L}{\'o}d{\'z}",
            "Gödel, Étude, Škoda, Straße, øre, Łódź",
        ),
        (r"{BERT}: {D}eep \emph{bidirectional}~transformers", "BERT: Deep bidirectional transformers"),
        (r"50\% of {$\{x\}_{i}$} \$5 \{a\}", r"50% of $\{x\}_{i}$ \$5 \{a\}"),
        ("a  b\n\tc", "a b c"),
        (r"unbalanced {", "unbalanced {"),
    ],
)
def test_accents_are_unicode_and_mathematics_stays(value: str, text: str) -> None:
    assert latex_text(value) == text


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Lovelace, Ada", Author("Lovelace", "Ada")),
        ("van den Berg, Jr, Alban", Author("van den Berg Jr", "Alban")),
        ("Ludwig van Beethoven", Author("van Beethoven", "Ludwig")),
        ("Charles Louis {de la Vall{\\'e}e Poussin}", Author("de la Vallée Poussin", "Charles Louis")),
        ("{Barnes and Noble, Inc.}", Author(literal="Barnes and Noble, Inc.")),
        ("Plato", Author("Plato")),
    ],
)
def test_names_follow_the_rules_of_bibtex(text: str, author: Author) -> None:
    assert name(text) == author


def test_a_path_of_windows_is_one_path() -> None:
    assert files(r"a.pdf:C\:\\papers\\a.pdf:PDF") == (r"C:\papers\a.pdf",)


@given(st.text(alphabet=st.sampled_from('@article{}(),="#\\$%&_ab1 \n')) | st.text())
def test_no_text_is_an_error(text: str) -> None:
    found = read_bibtex(text)
    assert len(found.lines) == len(found.papers)
