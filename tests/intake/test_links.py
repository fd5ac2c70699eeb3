"""Identifiers and links in plain text become stubs, each paper once, and nothing else becomes one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.intake.links import NOT_FETCHED, read_links
from readlist.paper import Paper


def only(text: str) -> Paper:
    (paper,) = read_links(text).papers
    return paper


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2210.05546", "2210.05546"),
        ("see 2210.05546v3.", "2210.05546"),
        ("arXiv:2210.05546v2 [cs.LG] 11 Oct 2022", "2210.05546"),
        ("ARXIV: 0704.0001", "0704.0001"),
        ("hep-th/9711200", "hep-th/9711200"),
        ("arXiv:math.GT/0309136v1", "math/0309136"),
        ("(cond-mat/0011267)", "cond-mat/0011267"),
        ("https://arxiv.org/abs/2210.05546", "2210.05546"),
        ("http://arxiv.org/pdf/2210.05546v1.pdf", "2210.05546"),
        ("<https://arxiv.org/html/2210.05546v1#S1>", "2210.05546"),
        ("[the paper](https://www.alphaxiv.org/abs/2210.05546v1)", "2210.05546"),
        ("alphaxiv.org/overview/2210.05546?chat=1", "2210.05546"),
        ("https://huggingface.co/papers/2210.05546", "2210.05546"),
        ("https://arxiv.org/abs/hep-th/9711200", "hep-th/9711200"),
        ("https://doi.org/10.48550/arXiv.2210.05546", "2210.05546"),
        ("10.48550/arXiv.2210.05546", "2210.05546"),
    ],
)
def test_an_arxiv_id_in_any_form_is_found_without_its_version(text: str, found: str) -> None:
    paper = only(text)
    assert (paper.arxiv_id, paper.doi, paper.title) == (found, "", f"arXiv:{found}")
    assert paper.review_reason == NOT_FETCHED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1038/s41534-021-00436-9", "10.1038/s41534-021-00436-9"),
        ("doi:10.1000/182.", "10.1000/182"),
        ("(DOI 10.1016/S0370-2693(97)01112-7)", "10.1016/S0370-2693(97)01112-7"),
        ("https://dx.doi.org/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("https://dl.acm.org/doi/10.1145/3292500.3330701?cid=1", "10.1145/3292500.3330701"),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/anie.201600001, and more", "10.1002/anie.201600001"),
    ],
)
def test_a_doi_is_found_without_what_surrounds_it(text: str, found: str) -> None:
    paper = only(text)
    assert (paper.doi, paper.arxiv_id, paper.title) == (found, "", f"doi:{found}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://openreview.net/forum?id=OGg9XnKxFAH", "https://openreview.net/forum?id=OGg9XnKxFAH"),
        ("https://openreview.net/pdf?id=OGg9XnKxFAH", "https://openreview.net/forum?id=OGg9XnKxFAH"),
        ("https://aclanthology.org/P19-1001.pdf", "https://aclanthology.org/P19-1001/"),
        ("aclanthology.org/2020.acl-main.703/", "https://aclanthology.org/2020.acl-main.703/"),
        (
            "https://www.semanticscholar.org/paper/Attention-is-All/204e3073870fae3d05bcbc2f6a8e263d9b72e776",
            "https://www.semanticscholar.org/paper/204e3073870fae3d05bcbc2f6a8e263d9b72e776",
        ),
    ],
)
def test_a_link_to_a_paper_without_an_identifier_is_kept_as_its_address(text: str, found: str) -> None:
    assert only(text).url == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It costs $1204.5000, or 1204,5000 €.",
        "version 2210.05546.1 of 2022-10-11, room 1213.1415926",
        "0.2210.05546 and 2210.055467 and 12210.05546 and 2213.05546",
        "a 1501.1234 of five digits since 2015, a 1412.12345 of four before",
        "and/1234567 or km/9711200",
        "call 0704.0001% or 10.5/3",
        "https://example.org/2210.05546x/ and mail me@arxiv.org",
    ],
)
def test_what_only_looks_like_an_identifier_is_none(text: str) -> None:
    assert read_links(text).papers == ()


def test_each_paper_comes_once_in_the_order_of_the_text_with_its_line() -> None:
    text = (
        "Read:\n\nhttps://arxiv.org/abs/2408.05446v1\r\nand 10.1000/182, 10.1000/182 again;\n2408.05446 is the first\n"
    )
    found = read_links(text)
    assert [paper.title for paper in found.papers] == ["arXiv:2408.05446", "doi:10.1000/182"]
    assert found.lines == (3, 4)
    assert found.rejects == ()


@given(st.text())
def test_any_text_gives_stubs_or_nothing(text: str) -> None:
    found = read_links(text)
    assert len(found.papers) == len(found.lines) == len(set(found.papers))
    assert all(paper.arxiv_id or paper.doi or paper.url for paper in found.papers)
