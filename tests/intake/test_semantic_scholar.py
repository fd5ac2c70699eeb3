import json

from readlist.intake.crossref import read_crossref
from readlist.intake.semantic_scholar import NOT_FOUND, read_semantic_scholar


def test_a_paper_that_was_not_found_is_a_reject() -> None:
    intake = read_semantic_scholar(json.dumps([None, {"title": "T", "externalIds": {"ArXiv": "1912.01412"}}]))
    assert [paper.arxiv_id for paper in intake.papers] == ["1912.01412"]
    assert [reject.reason for reject in intake.rejects] == [NOT_FOUND]


def test_a_work_of_crossref() -> None:
    work = {"title": ["A &amp; B"], "type": "journal-article", "abstract": "<jats:p>One</jats:p>", "DOI": "10.1000/x"}
    (paper,) = read_crossref(json.dumps({"message": work})).papers
    assert (paper.title, paper.type, paper.abstract, paper.doi) == ("A & B", "article-journal", "One", "10.1000/x")
