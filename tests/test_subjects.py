import pytest

from readlist.subjects import categories_of, category_of


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("LG", "cs.LG"),
        ("CL", "cs.CL"),
        ("IM", "astro-ph.IM"),
        ("ML", "stat.ML"),
        ("IT", "cs.IT"),
        ("EC", "q-fin.EC"),
        ("MES-HALL", "cond-mat.mes-hall"),
        ("SOC-PH", "physics.soc-ph"),
        ("QUANT-PH", "quant-ph"),
        ("HEP-TH", "hep-th"),
        ("GR-QC", "gr-qc"),
        ("MATH-PH", "math-ph"),
        ("CMP-LG", "cmp-lg"),
        ("ASTRO-PH", "astro-ph"),
    ],
)
def test_a_code_of_one_archive_becomes_its_category(code: str, category: str) -> None:
    assert category_of(code) == category


@pytest.mark.parametrize(
    "code", ["AP", "CG", "CO", "CV", "DS", "GN", "GR", "GT", "LO", "NA", "OT", "PR", "SC", "SI", "SP", "ST", "SY"]
)
def test_a_code_of_several_archives_stays_as_it_is(code: str) -> None:
    assert len(categories_of(code)) > 1
    assert category_of(code, "2020-01-01") == code


def test_a_closed_archive_is_told_from_its_successor_by_the_date() -> None:
    assert category_of("CHEM-PH") == "CHEM-PH"
    assert category_of("CHEM-PH", "1996-09-30") == "chem-ph"
    assert category_of("CHEM-PH", "1996-10-01") == "physics.chem-ph"
    assert category_of("SUPR-CON", "2010-07-21") == "cond-mat.supr-con"


def test_a_code_that_arxiv_does_not_know_stays_as_it_is() -> None:
    assert category_of("XYZ", "2020-01-01") == "XYZ"
    assert categories_of("XYZ") == ()
