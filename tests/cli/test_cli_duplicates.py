"""``readlist duplicates``: pairs of papers that may be one."""

import json
from typing import Any

Run = Any


def test_pairs_are_printed_with_the_reason(readlist: Run, refused: Any) -> None:
    assert readlist("import", "-", stdin="arXiv:2210.05546 and 10.1000/182").returncode == 0
    refused(readlist("duplicates"), 1, "no paper stands in the list twice")
    assert readlist("duplicates", "--json").stdout == "[]\n"
    text = "@misc{a, title={On lists}, author={Ada Lovelace}, year=2001}\n"
    readlist("import", "-", stdin=text)
    readlist("import", "-", stdin=text.replace("2001", "2011"))
    done = readlist("duplicates")
    assert done.returncode == 0
    assert done.stdout.startswith("the same title:\n  ")
    assert done.stdout.count("On lists") == 2
    (pair,) = json.loads(readlist("duplicates", "--json").stdout)
    assert sorted(paper["published"] for paper in pair["papers"]) == ["2001", "2011"]
