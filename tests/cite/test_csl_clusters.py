"""Citations in the text and in notes: positions, collapsing, disambiguation (CSL 1.0.2, "Citation")."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from readlist.cite.csl_compat.clusters import Cluster
from readlist.cite.csl_compat.engine import Document, Style

_STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="{kind}" version="1.0">
  <info><title>Test style</title><id>test</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation {citation}>{sort}<layout {layout}>{body}</layout></citation>
  <bibliography>{bibliography_sort}<layout>{bibliography}</layout></bibliography>
</style>
"""
_AUTHOR_YEAR = (
    '<group delimiter=" "><names variable="author"><name form="short" and="text"/></names>'
    '<date variable="issued"><date-part name="year"/></date><text variable="locator"/></group>'
)
_PARENTHESES = 'prefix="(" suffix=")" delimiter="; "'

Item = Mapping[str, Any]
Make = Callable[..., Document]


def item(identifier: str, names: str, year: int = 2000, title: str = "") -> dict[str, Any]:
    """An item with authors written as ``Doe, Jane; Roe, Richard``."""
    people = [dict(zip(("family", "given"), name.split(", "), strict=False)) for name in names.split("; ") if name]
    return {
        "id": identifier,
        "type": "book",
        "title": title or f"Title {identifier}",
        "author": people,
        "issued": {"date-parts": [[year]]},
    }


@pytest.fixture
def document(tmp_path: Path) -> Make:
    """Items in a style whose cites are ``body``."""

    def make(items: Sequence[Item], body: str = _AUTHOR_YEAR, **parts: str) -> Document:
        known = {
            "kind": "in-text",
            "citation": "",
            "sort": "",
            "layout": _PARENTHESES,
            "bibliography": body,
            "bibliography_sort": "",
        }
        path = tmp_path / "test.csl"
        path.write_text(_STYLE.format(body=body, **{**known, **parts}), encoding="utf-8")
        return Document(Style(path), items)

    return make


def cited(made: Document, *clusters: Sequence[str | Item]) -> list[str]:
    """The text of each cluster of ids (or cites)."""
    whole = [Cluster([cite if isinstance(cite, Mapping) else {"id": cite} for cite in cites]) for cites in clusters]
    return [entry.text for entry in made.citations(whole)]


def noted(made: Document, *clusters: tuple[int, Sequence[Item]]) -> list[str]:
    """The text of each cluster, given the number of its note."""
    return [entry.text for entry in made.citations([Cluster(cites, note) for note, cites in clusters])]


def test_cites_of_a_cluster_stand_between_the_delimiters_of_the_layout(document: Make) -> None:
    made = document([item("a", "Doe, Jane"), item("b", "Roe, Richard; Poe, Ann", 1999)])
    assert cited(made, ["a", "b"], ["b"]) == ["(Doe 2000; Roe and Poe 1999)", "(Roe and Poe 1999)"]


def test_a_cluster_leaves_out_what_is_unknown(document: Make) -> None:
    assert cited(document([item("a", "Doe, Jane")]), ["a", "no such"], ["no such"]) == ["(Doe 2000)", ""]


def test_prefixes_and_suffixes_keep_their_blanks(document: Make) -> None:
    made = document([item("a", "Doe, Jane"), item("b", "Roe, Jo")])
    cites = [{"id": "a", "prefix": "see", "suffix": "for all"}, {"id": "b", "prefix": ", and ", "locator": "7-9"}]
    assert cited(made, cites) == ["(see Doe 2000 for all, and Roe 2000 7–9)"]


@pytest.mark.parametrize("label", ["sub verbo", "sub-verbo"])
def test_a_locator_has_the_term_of_its_label(document: Make, label: str) -> None:
    body = '<choose><if locator="sub-verbo"><label variable="locator" form="short" suffix=" "/></if></choose>'
    made = document([item("a", "Doe, Jane")], body + '<text variable="locator"/>', layout="")
    assert cited(made, [{"id": "a", "locator": "Ape", "label": label}], [{"id": "a", "locator": "3"}]) == [
        "s.v. Ape",
        "3",
    ]


def test_an_author_named_in_the_sentence_is_left_out(document: Make) -> None:
    made = document([item("a", "Doe, Jane")])
    assert cited(made, [{"id": "a", "suppress-author": True}], [{"id": "a", "author-only": True}]) == ["(2000)", "Doe"]


def test_a_cluster_is_sorted_as_the_citation_asks(document: Make) -> None:
    made = document(
        [item("a", "Roe, Jo", 2003), item("b", "Doe, Jane", 2001)], sort='<sort><key variable="issued"/></sort>'
    )
    assert cited(made, ["a", "b"]) == ["(Doe 2001; Roe 2003)"]


NUMBER = '<text variable="citation-number"/>'


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("abcd", "[1–4]"),
        ("ab", "[1,2]"),
        ("abd", "[1,2,4]"),
        ("bcda", "[1–4]"),
        ("acde", "[1,3–5]"),
    ],
)
def test_numbers_collapse_to_ranges(document: Make, order: str, text: str) -> None:
    made = document(
        [item(name, "Doe, Jane") for name in "abcde"],
        NUMBER,
        citation='collapse="citation-number"',
        sort='<sort><key variable="citation-number"/></sort>',
        layout='prefix="[" suffix="]" delimiter=","',
    )
    assert cited(made, list(order)) == [text]


def test_a_number_with_a_locator_is_in_no_range(document: Make) -> None:
    made = document(
        [item(name, "Doe, Jane") for name in "abc"],
        NUMBER + '<text variable="locator" prefix=":"/>',
        citation='collapse="citation-number"',
        layout='delimiter=","',
    )
    assert cited(made, ["a", {"id": "b", "locator": "5"}, "c"]) == ["1,2:5,3"]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ('collapse="year"', "(Doe 2000; 2001; Roe 1999)"),
        ('collapse="year" cite-group-delimiter=", "', "(Doe 2000, 2001; Roe 1999)"),
        ('collapse="year" cite-group-delimiter=", " after-collapse-delimiter=" | "', "(Doe 2000, 2001 | Roe 1999)"),
        ('cite-group-delimiter=", "', "(Doe 2000, Doe 2001; Roe 1999)"),
        ("", "(Doe 2000; Roe 1999; Doe 2001)"),
    ],
)
def test_years_of_one_author_collapse(document: Make, options: str, text: str) -> None:
    items = [item("a", "Doe, Jane", 2000), item("b", "Roe, Jo", 1999), item("c", "Doe, Jane", 2001)]
    assert cited(document(items, citation=options), ["a", "b", "c"]) == [text]


def test_sorted_groups_have_commas_by_default(document: Make) -> None:
    items = [item("a", "Doe, Jane", 2001), item("b", "Roe, Jo", 1999), item("c", "Doe, Jane", 2000)]
    sort = '<sort><key variable="author"/><key variable="issued"/></sort>'
    assert cited(document(items, citation='collapse="year"', sort=sort), "abc") == ["(Doe 2000, 2001; Roe 1999)"]


def test_no_name_at_all_may_be_asked_for(document: Make) -> None:
    made = document([item("a", "Doe, Jane; Roe, Jo")], citation='et-al-min="2" et-al-use-first="0"')
    assert cited(made, ["a"]) == ["(2000)"]


@pytest.mark.parametrize(
    ("collapse", "text"),
    [
        ("year-suffix", "(Doe 2000a,b,c, 2001)"),
        ("year-suffix-ranged", "(Doe 2000a–c, 2001)"),
    ],
)
def test_year_suffixes_collapse(document: Make, collapse: str, text: str) -> None:
    items = [item(name, "Doe, Jane") for name in "abc"] + [item("d", "Doe, Jane", 2001)]
    options = f'collapse="{collapse}" disambiguate-add-year-suffix="true" cite-group-delimiter=", "'
    made = document(items, citation=f'{options} year-suffix-delimiter=","')
    assert cited(made, ["a", "b", "c", "d"]) == [text]


_POSITIONS = "".join(
    f'<{"else-if" if place else "if"} position="{name}"><text value="{name}"/></{"else-if" if place else "if"}>'
    for place, name in enumerate(("ibid-with-locator", "ibid", "near-note", "subsequent", "first"))
)


def test_positions_follow_the_notes(document: Make) -> None:
    made = document(
        [item("a", "Doe, Jane"), item("b", "Roe, Jo")],
        f"<choose>{_POSITIONS}</choose>",
        kind="note",
        citation='near-note-distance="2"',
        layout='delimiter="; "',
    )
    page = {"id": "a", "locator": "7"}
    assert noted(
        made,
        (1, [{"id": "a"}]),
        (2, [{"id": "a"}, page]),
        (3, [page]),
        (4, [{"id": "a"}, {"id": "b"}]),
        (5, [{"id": "b"}]),
        (9, [{"id": "a"}]),
        (11, [{"id": "a"}]),
    ) == [
        "first",
        "ibid; ibid-with-locator",
        "ibid",
        "near-note; first",
        "near-note",
        "subsequent",
        "near-note",
    ]


def test_a_later_note_names_the_first(document: Make) -> None:
    body = '<text variable="title"/><text variable="first-reference-note-number" prefix=", see note "/>'
    made = document([item("a", "Doe, Jane"), item("b", "Roe, Jo")], body, kind="note", layout='suffix="."')
    assert noted(made, (3, [{"id": "a"}]), (4, [{"id": "b"}]), (7, [{"id": "a"}]))[2] == "Title a, see note 3."


def test_a_term_opens_a_note_with_a_capital_and_a_citation_in_the_text_without(document: Make) -> None:
    body = '<text term="ibid"/>'
    items = [item("a", "Doe, Jane")]
    note = document(items, body, kind="note", layout='delimiter="; "')
    assert noted(note, (1, [{"id": "a"}, {"id": "a"}])) == ["Ibid.; ibid."]
    assert cited(note, [{"id": "a", "prefix": "This was said before. "}]) == ["This was said before. Ibid."]
    assert cited(note, [{"id": "a", "prefix": "see "}]) == ["see ibid."]
    assert cited(document(items, body), ["a"]) == ["(ibid.)"]


def test_later_cites_may_show_fewer_names(document: Make) -> None:
    made = document(
        [item("a", "Doe, Jane; Roe, Jo; Poe, Ann")],
        citation='et-al-min="4" et-al-use-first="1" et-al-subsequent-min="3" et-al-subsequent-use-first="1"',
    )
    assert noted(made, (1, [{"id": "a"}]), (2, [{"id": "a"}])) == ["(Doe, Roe, and Poe 2000)", "(Doe et al. 2000)"]


_CUT = 'et-al-min="3" et-al-use-first="1"'


def test_names_are_added_until_cites_differ(document: Make) -> None:
    items = [
        item("a", "Doe, Jane; Roe, Jo; Poe, Ann; Loe, Al"),
        item("b", "Doe, Jane; Zoe, Jo; Poe, Ann; Loe, Al"),
        item("c", "Moe, Jane; Zoe, Jo; Poe, Ann; Loe, Al"),
    ]
    made = document(items, citation=f'{_CUT} disambiguate-add-names="true"')
    assert cited(made, ["a", "b", "c"]) == ["(Doe, Roe, et al. 2000; Doe, Zoe, et al. 2000; Moe et al. 2000)"]


def test_an_added_name_may_need_its_given_name(document: Make) -> None:
    items = [item("a", "Doe, Jane; Roe, Ann; Poe, Al"), item("b", "Doe, Jane; Roe, Bea; Poe, Al")]
    options = f'{_CUT} disambiguate-add-names="true" disambiguate-add-givenname="true"'
    made = document(items, citation=options)
    assert cited(made, ["a", "b"]) == ["(Doe, Ann Roe, et al. 2000; Doe, Bea Roe, et al. 2000)"]


def test_names_that_do_not_help_are_not_added(document: Make) -> None:
    items = [item(name, "Doe, Jane; Roe, Jo; Poe, Ann") for name in "ab"]
    made = document(items, citation=f'{_CUT} disambiguate-add-names="true" disambiguate-add-year-suffix="true"')
    assert cited(made, ["a", "b"]) == ["(Doe et al. 2000a; Doe et al. 2000b)"]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("by-cite", "(A. Doe 2000; B. Doe 2000; Doe and Roe 2000)"),
        ("all-names", "(A. Doe 2000; B. Doe 2000; A. Doe and Roe 2000)"),
        ("primary-name", "(A. Doe 2000; B. Doe 2000; A. Doe and Roe 2000)"),
    ],
)
def test_given_names_tell_persons_apart(document: Make, rule: str, text: str) -> None:
    items = [item("a", "Doe, Ann"), item("b", "Doe, Bob"), item("c", "Doe, Ann; Roe, Jo")]
    body = _AUTHOR_YEAR.replace('form="short"', 'form="short" initialize-with=". "')
    options = f'disambiguate-add-givenname="true" givenname-disambiguation-rule="{rule}"'
    assert cited(document(items, body, citation=options), ["a", "b", "c"]) == [text]


def test_whole_given_names_are_shown_where_initials_are_the_same(document: Make) -> None:
    body = _AUTHOR_YEAR.replace('form="short"', 'form="short" initialize-with=". "')
    made = document([item("a", "Doe, Ann"), item("b", "Doe, Amy")], body, citation='disambiguate-add-givenname="true"')
    assert cited(made, ["a", "b"]) == ["(Ann Doe 2000; Amy Doe 2000)"]


def test_the_condition_is_true_only_for_cites_that_are_alike(document: Make) -> None:
    body = '<names variable="author"><name form="short"/></names><choose><if disambiguate="true">'
    body += '<text variable="title" prefix=", "/></if></choose>'
    made = document([item("a", "Doe, Ann"), item("b", "Doe, Bob"), item("c", "Roe, Jo")], body)
    assert cited(made, ["a", "b", "c"]) == ["(Doe, Title a; Doe, Title b; Roe)"]


def test_year_suffixes_follow_the_order_of_the_bibliography(document: Make) -> None:
    items = [item("a", "Doe, Jane", title="Zebra"), item("b", "Doe, Jane", title="Ape")]
    made = document(
        items,
        citation='disambiguate-add-year-suffix="true"',
        bibliography_sort='<sort><key variable="title"/></sort>',
    )
    assert cited(made, ["a", "b"]) == ["(Doe 2000b; Doe 2000a)"]
    assert [entry.text for entry in made.bibliography()] == ["Doe 2000a", "Doe 2000b"]


def test_labels_are_made_of_names_and_year(document: Make) -> None:
    items = [
        item("a", "Doe, Jane", 1965),
        item("b", "Roe, Jo; Noakes, Al", 1978),
        item("c", "Aalto, A; Brown, B; Crane, C", 2002),
        item("d", "Aalto, A; Brown, B; Crane, C; Dunn, D; Egan, E", 2011),
        item("e", "", 1999, "Beowulf"),
        {**item("f", "Doe, Jane"), "citation-label": "own"},
    ]
    made = document(items, '<text variable="citation-label"/>')
    assert cited(made, list("abcdef")) == ["(Doe65; RoNo78; AaBC02; ABCD11; Beow99; own)"]


def test_labels_that_are_alike_get_letters(document: Make) -> None:
    items = [item("a", "Doe, Jane"), item("b", "Doe, John")]
    made = document(items, '<text variable="citation-label"/>', citation='disambiguate-add-year-suffix="true"')
    assert cited(made, ["a", "b"]) == ["(Doe00a; Doe00b)"]


def test_thousands_of_names_that_are_alike_take_no_time(document: Make) -> None:
    names = "; ".join(f"Name{number}, Ann" for number in range(3303))
    options = f'{_CUT} disambiguate-add-names="true" disambiguate-add-givenname="true"'
    started = time.perf_counter()
    made = document(
        [item("a", names), item("b", names), item("c", f"{names}; Last, Ann", 1999)],
        citation=f'{options} disambiguate-add-year-suffix="true"',
    )
    texts = cited(made, ["a", "b"])
    assert time.perf_counter() - started < 2
    assert texts == ["(Name0 et al. 2000a; Name0 et al. 2000b)"]
