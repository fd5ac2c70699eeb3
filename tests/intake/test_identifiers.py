"""arXiv ids and DOIs are told from everything else."""

import pytest

from readlist.intake.identifiers import arxiv_id, doi


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2210.05546", "2210.05546"),
        (" arXiv:2210.05546v12 ", "2210.05546"),
        ("2210.05546 [cs.LG]", "2210.05546"),
        ("hep-th/9711200v2", "hep-th/9711200"),
        ("arXiv:math.GT/0309136", "math/0309136"),
        ("https://arxiv.org/pdf/2210.05546v1.pdf", "2210.05546"),
        ("https://export.arxiv.org/abs/2210.05546", "2210.05546"),
        ("https://doi.org/10.48550/ARXIV.2210.05546", "2210.05546"),
        ("2213.05546", ""),
        ("2210.055461", ""),
        ("see 2210.05546", ""),
        ("10.1000/182", ""),
        ("", ""),
    ],
)
def test_an_arxiv_id_is_the_whole_of_the_text(text: str, found: str) -> None:
    assert arxiv_id(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1038/s41534-021-00436-9", "10.1038/s41534-021-00436-9"),
        ("doi: 10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1016/S0370-2693(97)01112-7", "10.1016/S0370-2693(97)01112-7"),
        ("http://dx.doi.org/10.1000/182.", "10.1000/182"),
        ("10.1/2", ""),
        ("https://example.org/10.1000/182", ""),
    ],
)
def test_a_doi_is_bare_and_keeps_its_case(text: str, found: str) -> None:
    assert doi(text) == found
