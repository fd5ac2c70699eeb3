import json

import pytest

from readlist.intake.csl_fields import csl_date
from readlist.intake.csl_json import read_csl_json
from readlist.paper import Author


@pytest.mark.parametrize(
    ("value", "date", "said"),
    [
        ({"date-parts": [["2011", 5, 25], ["2012", 6, 26]], "circa": True}, "2011-05-25", "2011-05-25~/2012-06-26~"),
        ({"date-parts": [[2017]], "season": 3}, "2017", "2017-23"),
        ({"literal": "13th cent"}, "", "13th cent"),
        ({"raw": "12 May 2019"}, "2019-05-12", "12 May 2019"),
        ({"date-parts": [["-334"]]}, "", "-0334"),
        ([{"year": "2016", "month": "2"}], "2016-02", "2016-02"),
    ],
)
def test_dates(value: object, date: str, said: str) -> None:
    assert csl_date(value) == (date, said)


def test_names_markup_and_extra_lines() -> None:
    item = {
        "type": "article-journal",
        "title": 'H<sub>2</sub>O in <i>C. elegans</i> <span class="nocase">pH</span>',
        "author": [{"family": "Berg", "non-dropping-particle": "van den", "given": "A."}, {"literal": "others"}],
        "note": "arXiv: 1912.01412 [cs.LG]\nPMID: 99\nread it",
        "container-title": "J",
    }
    (paper,) = read_csl_json(json.dumps({"items": [item]})).papers
    assert paper.title == "H₂O in C. elegans pH"
    assert paper.authors == (Author("van den Berg", "A."),)
    assert not paper.authors_complete
    assert (paper.arxiv_id, paper.category, paper.venue) == ("1912.01412", "cs.LG", "J")
    assert dict(paper.extra) == {"PMID": "99", "note": "read it"}
