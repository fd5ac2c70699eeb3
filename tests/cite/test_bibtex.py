"""BibTeX and BibLaTeX: what another program reads back is what the paper says."""

import re
import string
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist.cite import bibtex
from readlist.cite.formats import cite, cite_items
from readlist.latex import to_unicode
from readlist.paper import Author, Paper


def _read(text: str) -> Any:
    from pybtex.database import parse_string

    return parse_string(text, "bibtex").entries


def _preprint(**fields: Any) -> Paper:
    known: dict[str, Any] = {
        "title": "Multi-attacks: Many images $+$ the same adversarial attack $\\to$ many target labels",
        "authors": (Author("Fort", "Stanislav"),),
        "published": "2023-08-04",
        "arxiv_id": "2308.03792",
        "category": "cs.CV",
    }
    return Paper(**{**known, **fields})


def test_an_arxiv_preprint() -> None:
    assert cite([_preprint()], "bibtex").text == (
        "@misc{fort2023multiattacks,\n"
        "  title = {Multi-attacks: Many images {$+$} the same adversarial attack {$\\to$} many target labels},\n"
        "  author = {Fort, Stanislav},\n"
        "  year = {2023},\n"
        "  month = aug,\n"
        "  howpublished = {arXiv:2308.03792},\n"
        "  eprint = {2308.03792},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass = {cs.CV},\n"
        "  doi = {10.48550/arXiv.2308.03792},\n"
        "  url = {https://arxiv.org/abs/2308.03792},\n"
        "}\n"
    )


def test_an_arxiv_preprint_in_biblatex() -> None:
    text = cite([_preprint(title="Deep learning")], "biblatex").text
    assert text.startswith("@online{fort2023deep,\n")
    for line in ("date = {2023-08-04}", "eprint = {2308.03792}", "eprinttype = {arxiv}", "eprintclass = {cs.CV}"):
        assert f"  {line},\n" in text


def test_a_published_paper_is_cited_as_published() -> None:
    paper = _preprint(
        venue="npj Quantum Information 7:105 (2021)", doi="10.1038/s41534-021-00436-9", category="quant-ph"
    )
    entry = _read(cite([paper], "bibtex").text)["fort2023multiattacks"]
    assert entry.type == "article"
    wanted = {
        "journal": "npj Quantum Information",
        "volume": "7",
        "pages": "105",
        "year": "2021",
        "eprint": "2308.03792",
    }
    assert {name: entry.fields[name] for name in wanted} == wanted
    assert entry.fields["doi"] == "10.1038/s41534-021-00436-9"


def test_a_conference_paper_names_its_conference_without_remarks() -> None:
    text = cite([_preprint(venue="ICLR 2024 (openreview x1)")], "bibtex").text
    assert text.startswith("@inproceedings{")
    assert "booktitle = {ICLR 2024}," in text
    assert "openreview" not in text


def test_a_cut_author_list_ends_in_others() -> None:
    paper = _preprint(authors_complete=False)
    citation = cite([paper], "bibtex")
    assert "author = {Fort, Stanislav and others}," in citation.text
    assert citation.cut == (to_unicode(paper.title),)


@pytest.mark.parametrize(
    ("author", "written"),
    [
        (Author("van den Driessche", "George"), "van den Driessche, George"),
        (Author("King Jr.", "Martin Luther"), "King, Jr., Martin Luther"),
        (Author("Van Gool", "Luc"), "Van Gool, Luc"),
        (Author("Müller", "Jürgen"), "Müller, Jürgen"),
        (Author(literal="ATLAS Collaboration"), "{ATLAS Collaboration}"),
        (Author(literal="Research and Development, Inc."), "{Research and Development, Inc.}"),
        (Author("Madonna"), "Madonna"),
        (Author("Smith & Co", "J_1"), "Smith \\& Co, J\\_1"),
    ],
)
def test_names(author: Author, written: str) -> None:
    assert f"author = {{{written}}},\n" in cite([_preprint(authors=(author,))], "bibtex").text


def test_pybtex_reads_the_parts_of_names() -> None:
    authors = (
        Author("van den Driessche", "George"),
        Author("King Jr.", "Martin Luther"),
        Author(literal="A and B Group"),
    )
    entry = _read(cite([_preprint(authors=authors)], "bibtex").text)["driessche2023multiattacks"]
    first, second, third = entry.persons["author"]
    assert (first.prelast_names, first.last_names, first.first_names) == (["van", "den"], ["Driessche"], ["George"])
    assert (second.last_names, second.lineage_names) == (["King"], ["Jr."])
    assert third.last_names == ["{A and B Group}"]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Protein structure prediction with AlphaFold", "Protein structure prediction with {AlphaFold}"),
        ("Get RICH or Die Scaling", "Get {RICH} or Die Scaling"),
        ("Improving Near-OOD Detection", "Improving {Near-OOD} Detection"),
        ("A fix to Mahalanobis distance for everyone", "A fix to {Mahalanobis} distance for everyone"),
        ("Ensembles: A view", "Ensembles: A view"),
        ("Learning in 3D with GPT-4", "Learning in {3D} with {GPT-4}"),
        ("R&D at 100% cost #1 under_score", "{R}\\&{D} at 100\\% cost \\#1 under\\_score"),
        ("On $L_\\infty$ and 5$\\%$", "On {$L_\\infty$} and 5{$\\%$}"),
        ("It costs $5 and $6", "It costs \\$5 and \\$6"),
        ("Half a brace { here", "Half a brace \\textbraceleft{} here"),
        ("Already {BERT} and \\emph{old} style", "Already {BERT} and \\emph{old} style"),
        ('Vis \\`a vis {\\"o}', 'Vis \\`a vis {\\"o}'),
        ("Tabs\tand\x07bells\nin it", "Tabs and bells in it"),
    ],
)
def test_titles(title: str, written: str) -> None:
    assert f"  title = {{{written}}},\n" in cite([_preprint(title=title)], "bibtex").text


def _unprotected(text: str) -> str:
    for command, character in (
        ("backslash", "\\"),
        ("braceleft", "{"),
        ("braceright", "}"),
        ("asciitilde", "~"),
        ("asciicircum", "^"),
    ):
        text = text.replace(f"\\text{command}{{}}", f"\0{ord(character)}\0")
    text = re.sub(r"[{}]", "", text)
    text = re.sub(r"\\([&%$#_])", r"\1", text)
    return re.sub("\0(\\d+)\0", lambda found: chr(int(found[1])), text)


_ANY = st.text(
    alphabet=st.one_of(st.sampled_from("\\{}$%&#_~^\"'@,=AabB-:. 19"), st.characters(exclude_categories=["Cs"])),
    max_size=60,
)


@given(_ANY)
@example("{\\")
@example("$a{$}")
def test_any_text_of_an_item_is_read_back(title: str) -> None:
    title = re.sub(r"</?(?:i|b|sub|sup|span)\b[^>]*>", "", title)
    text = bibtex.write([{"id": "k", "type": "article-journal", "title": "x" + title}])
    field = _read(text)["k"].fields["title"]
    assert _unprotected(field) == " ".join(re.sub("[\x00-\x1f\x7f\ufdd0-\ufdef]+", " ", "x" + title).split())


@given(_ANY)
@example("\\{ } $x")
@example("{$")
@example("\\")
def test_any_latex_title_leaves_a_file_that_is_read_back(title: str) -> None:
    paper = _preprint(title="x " + title, authors=(Author("Fort", title), Author(literal=title)))
    entries = _read(cite([paper, _preprint()], "bibtex").text)
    assert len(entries) == 2
    assert all(entry.fields["year"] == "2023" for entry in entries.values())


_NAME = st.text(alphabet=string.ascii_letters + "éßłñ-'.", min_size=1, max_size=12).filter(
    lambda name: name[0].isupper() and name.lower() not in ("and", "others")
)


_FAMILY = _NAME.filter(lambda name: not re.fullmatch(r"(?i)(jr|sr)\.?|ii+|iv", name))


@given(st.lists(st.builds(Author, _FAMILY, _NAME, st.just("")), min_size=1, max_size=8))
def test_authors_are_read_back(authors: list[Author]) -> None:
    text = cite([_preprint(authors=tuple(authors), key="k")], "bibtex").text
    persons = _read(text)["k"].persons["author"]
    read = [
        Author(" ".join((*person.prelast_names, *person.last_names)), " ".join(person.first_names))
        for person in persons
    ]
    assert read == authors


def test_an_items_volume_publisher_and_numbers_are_kept() -> None:
    item = {
        "id": "he2016",
        "type": "paper-conference",
        "title": "Residual learning",
        "author": [{"family": "He", "given": "Kaiming"}],
        "editor": [{"family": "Doe", "given": "Jane"}],
        "issued": {"date-parts": [["2016", 6]]},
        "container-title": "CVPR",
        "volume": "3",
        "page": "770-778",
        "publisher": "IEEE",
        "publisher-place": "Las Vegas",
        "ISSN": "1063-6919",
        "DOI": "10.1109/CVPR.2016.90",
    }
    entry = _read(cite_items([item], "bibtex")["he2016"])["he2016"]
    wanted = {
        "booktitle": "CVPR",
        "year": "2016",
        "month": "June",
        "volume": "3",
        "pages": "770--778",
        "publisher": "IEEE",
        "address": "Las Vegas",
        "issn": "1063-6919",
        "doi": "10.1109/CVPR.2016.90",
    }
    assert {name: entry.fields[name] for name in wanted} == wanted
    assert entry.persons["editor"][0].last_names == ["Doe"]


def test_entries_are_a_blank_line_apart() -> None:
    text = cite([_preprint(), _preprint(title="Other")], "bibtex").text
    assert "}\n\n@misc{fort2023other," in text
