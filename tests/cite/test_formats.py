"""The one door: every format of a paper, several papers together, and names that mean nothing."""

import csv
import io
import json
import subprocess
import sys
from typing import Any

import pytest

from readlist.cite.formats import EXPORT_FORMATS, UnknownStyleError, cite, cite_items, export, style_label
from readlist.cite.markdown import link
from readlist.paper import Author, Paper

ONE = Paper(
    id="1",
    title="Scaling [laws] for $\\alpha$",
    authors=(Author("Fort", "Stanislav"), Author("Lakshminarayanan", "Balaji")),
    published="2023-12-05",
    arxiv_id="2312.02780",
    category="cs.LG",
)
TWO = Paper(
    id="2",
    title="Deep learning",
    authors=(Author("Abel", "Ann"),),
    authors_complete=False,
    published="2015-05-28",
    venue="Nature 521, 436-444 (2015)",
    doi="10.1038/nature14539",
)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("key", "fort2023scaling,abel2015deep"),
        ("url", "https://arxiv.org/abs/2312.02780\nhttps://doi.org/10.1038/nature14539"),
        ("title", "Scaling [laws] for α\nDeep learning"),
        (
            "markdown",
            (
                "[Scaling \\[laws\\] for α](https://arxiv.org/abs/2312.02780)\n"
                "[Deep learning](https://doi.org/10.1038/nature14539)"
            ),
        ),
        (
            "apa",
            (
                "Abel, A. et al. (2015). Deep learning. Nature, 521, 436–444. https://doi.org/10.1038/nature14539\n"
                "Fort, S., & Lakshminarayanan, B. (2023). Scaling [laws] for α (arXiv:2312.02780). arXiv. "
                "https://doi.org/10.48550/arXiv.2312.02780"
            ),
        ),
        (
            "ieee",
            (
                "[1] S. Fort and B. Lakshminarayanan, “Scaling [laws] for α,” Dec. 05, 2023, arXiv: arXiv:2312.02780. "
                "doi: 10.48550/arXiv.2312.02780.\n"
                "[2] A. Abel et al., “Deep learning,” Nature, vol. 521, pp. 436–444, 2015, doi: 10.1038/nature14539."
            ),
        ),
    ],
)
def test_two_papers_together(style: str, text: str) -> None:
    assert cite([ONE, TWO], style).text == text


def test_the_app_learns_which_lists_are_cut() -> None:
    assert cite([ONE, TWO], "apa").cut == ("Deep learning",)
    assert cite([ONE, TWO], "title").cut == ()
    assert cite([ONE], "bibtex").cut == ()


def test_html_has_italics() -> None:
    assert "<i>Nature</i>, <i>521</i>" in cite([TWO], "apa").html
    assert cite([ONE, TWO], "apa").html.count("<p>") == 2


def test_an_old_arxiv_number_is_left_alone_by_title_case() -> None:
    paper = Paper(title="On strings", arxiv_id="hep-th/9901001", published="1999-01-01")
    assert "(arXiv:hep-th/9901001)" in cite([paper], "apa").text


def test_keys_of_equal_papers_differ() -> None:
    assert cite([ONE, ONE], "key").text == "fort2023scaling,fort2023scalinga"


def test_csl_json_is_one_list() -> None:
    items = json.loads(cite([ONE, TWO], "csl-json").text)
    assert [item["id"] for item in items] == ["fort2023scaling", "abel2015deep"]


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_every_export_holds_both_titles_and_ends_its_last_line(name: str) -> None:
    text = export([ONE, TWO], name)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "Deep learning" in text
    assert "laws" in text


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_exporting_nothing_is_no_error(name: str) -> None:
    assert export([], name) in ("", "[]\n") or name == "csv"


def test_csv_has_a_header_and_the_authors() -> None:
    rows = list(csv.DictReader(io.StringIO(export([ONE, TWO], "csv"))))
    assert [row["id"] for row in rows] == ["1", "2"]
    assert rows[0]["authors"] == "Stanislav Fort; Balaji Lakshminarayanan"
    assert rows[1]["authors"] == "Ann Abel; et al."


def test_json_is_what_the_command_line_prints() -> None:
    first = json.loads(export([ONE], "json"))[0]
    assert (first["id"], first["title"], first["authors"][0]) == (
        "1",
        ONE.title,
        {"family": "Fort", "given": "Stanislav"},
    )


@pytest.mark.parametrize("style", ["bibtex", "biblatex", "ris", "markdown", "csl-json", "apa"])
def test_items_in_every_format(style: str) -> None:
    item: dict[str, Any] = {
        "id": "Ab 1",
        "type": "book",
        "title": "The <i>art</i>",
        "issued": {"date-parts": [[1997]]},
        "URL": "https://x.org/a(b)",
    }
    copy = json.loads(json.dumps(item))
    texts = cite_items([item], style)
    assert list(texts) == ["Ab 1"]
    assert "art" in texts["Ab 1"]
    assert item == copy


def test_unknown_names() -> None:
    with pytest.raises(UnknownStyleError, match="there is no citation style 'nosuchstyle'"):
        cite([ONE], "nosuchstyle")
    with pytest.raises(UnknownStyleError, match="there is no export format 'word'"):
        export([ONE], "word")


def test_labels() -> None:
    assert (style_label("bibtex"), style_label("apa"), style_label("vancouver")) == ("BibTeX", "APA", "Vancouver (NLM)")


@pytest.mark.parametrize(
    ("title", "url", "text"),
    [
        ("A [b] *c*", "https://x.org/a(b)", "[A \\[b\\] \\*c\\*](https://x.org/a%28b%29)"),
        ("Plain", "", "Plain"),
        ("Two\nlines", "https://x.org/a b", "[Two lines](https://x.org/a%20b)"),
    ],
)
def test_markdown_links(title: str, url: str, text: str) -> None:
    assert link(title, url) == text


def test_formats_load_no_citation_engine() -> None:
    use = "from readlist.cite.formats import cite; from readlist.paper import Paper; cite([Paper(title='a')], 'bibtex')"
    code = f"import sys; {use}; print(*(name in sys.modules for name in ('lxml', 'citeproc', 'dataclasses')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "False"]


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago", "harvard", "vancouver", "mla", "nature", "acm"])
def test_what_was_published_is_cited_without_its_preprint(style: str) -> None:
    paper = Paper(
        title="Training independent subnetworks",
        authors=(Author("Havasi", "Marton"),),
        arxiv_id="2010.06610",
        doi="10.1000/182",
        venue="ICLR 2021 (openreview OGg9XnKxFAH)",
        published="2020-10-13",
    )
    text = cite([paper], style).text
    assert text.count("ICLR 2021") == 1
    assert "arXiv" not in text
    assert "openreview" not in text
