"""YAML of pandoc, papis and cobib."""

from readlist.intake.yaml_formats import read_yaml
from readlist.paper import Author

CSL = """references:
- id: lovelace1843
  type: article-journal
  title: 'Notes: on the engine'
  author:
  - family: Lovelace
    given: Ada
  issued: {year: 1843, month: 9}
  volume: 010
- just a text
"""
PAPIS = """author: Ada Lovelace and Alban van den Berg
author_list:
- family: Lovelace
  given: Ada
- {family: van den Berg, given: Alban}
title: Notes on the engine
year: 1843
journal: Memoirs
doi: 10.1000/182
type: article
ref: lovelace
files: [a.pdf]
tags: [engines, notes]
papis_id: 7c
"""
COBIB = """---
lovelace1843:
  ENTRYTYPE: article
  author:
  - {first: Ada, last: Lovelace, particle: '', suffix: ''}
  - {first: Alban, last: Berg, particle: van den, suffix: Jr.}
  title: Notes on the engine
  year: 1843
  month: sep
  tags: [engines]
  file: [/home/me/a.pdf]
"""


def test_csl_yaml_keeps_numbers_as_they_are_written() -> None:
    found = read_yaml(CSL)
    (paper,) = found.papers
    assert (paper.title, paper.volume, paper.published) == ("Notes: on the engine", "010", "1843-09")
    assert (paper.key, paper.authors) == ("lovelace1843", (Author("Lovelace", "Ada"),))
    assert [reject.line for reject in found.rejects] == [10]


def test_papis() -> None:
    (paper,) = read_yaml(PAPIS).papers
    assert (paper.title, paper.venue, paper.doi, paper.key) == (
        "Notes on the engine",
        "Memoirs",
        "10.1000/182",
        "lovelace",
    )
    assert paper.authors == (Author("Lovelace", "Ada"), Author("van den Berg", "Alban"))
    assert (paper.files, paper.tags, paper.type) == (("a.pdf",), ("engines", "notes"), "article-journal")


def test_cobib() -> None:
    found = read_yaml(COBIB + COBIB.replace("1843:", "1844:"))
    first, second = found.papers
    assert (first.key, second.key) == ("lovelace1843", "lovelace1844")
    assert first.authors == (Author("Lovelace", "Ada"), Author("van den Berg Jr.", "Alban"))
    assert (first.published, first.tags, first.files) == ("1843-09", ("engines",), ("/home/me/a.pdf",))
    assert found.lines == (2, 13)


def test_aliases_that_blow_up_and_broken_yaml_end_in_a_sentence() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    (reject,) = read_yaml("\n".join(lines)).rejects
    assert "repeats itself" in reject.reason
    (reject,) = read_yaml("title: [a\nauthor: b\n").rejects
    assert reject.reason.startswith("The YAML is broken here")
    assert reject.line > 1
