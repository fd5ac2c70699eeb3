"""The rules of the CSL specification that citeproc-py lacks, one by one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist.cite.csl_compat import marks, numbers
from readlist.cite.csl_compat.persons import initials
from readlist.cite.csl_compat.source import read_date
from readlist.cite.csl_compat.textcase import apply_case, title_case

Render = Callable[..., str]
_AUTHORS = [
    {"family": "Driessche", "given": "George", "non-dropping-particle": "van den"},
    {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    {"family": "Ng", "given": "Y.-K."},
]


@pytest.mark.parametrize(
    ("form", "pages", "expected"),
    [
        ("minimal-two", "1-29", "1–29"),
        ("minimal-two", "5-12", "5–12"),
        ("minimal-two", "484-489", "484–89"),
        ("minimal", "484-489", "484–9"),
        ("minimal", "1201-1208", "1201–8"),
        ("expanded", "484-9", "484–489"),
        ("expanded", "S10-2", "S10-2"),
        ("chicago-16", "1087-1089", "1087–89"),
        ("chicago-16", "1496-1504", "1496–504"),
        ("chicago-15", "1496-1504", "1496–1504"),
        ("chicago-16", "96-117", "96–117"),
        ("chicago-16", "101-108", "101–8"),
        ("chicago-16", "100-104", "100–104"),
        ("", "101-9", "101–9"),
        ("minimal", "e1001", "e1001"),
        ("minimal", "xi-xv", "xi–xv"),
    ],
)
def test_page_ranges(form: str, pages: str, expected: str) -> None:
    assert numbers.page_range(pages, form, "–") == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("12", True), ("2nd", True), ("D2, 4-5", True), ("second", False), ("Fall 2", False)]
)
def test_is_numeric(text: str, expected: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert numbers.is_numeric(text) is expected


@pytest.mark.parametrize(("pages", "expected"), [("7", "p. 7"), ("7-9", "pp. 7–9"), ("7, 9", "pp. 7, 9"), ("", "")])
def test_labels_follow_the_number_of_pages(render: Render, pages: str, expected: str) -> None:
    body = '<group delimiter=" "><label variable="page" form="short"/><text variable="page"/></group>'
    assert render(body, {"page": pages}) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [("1", "1st"), ("2", "2nd"), ("11", "11th"), ("21", "21st"), ("112", "112th")]
)
def test_ordinals(render: Render, number: str, expected: str) -> None:
    assert render('<number variable="edition" form="ordinal"/>', {"edition": number}) == expected


@pytest.mark.parametrize(
    ("given", "mark", "options", "expected"),
    [
        ("Ph.M.E.", ". ", {}, "Ph. M. E."),
        ("ME", ".", {}, "M."),
        ("Aidan Noah", ". ", {}, "A. N."),
        ("Li-Wei", ". ", {}, "L.-W."),
        ("Li-Wei", "", {"hyphen": False}, "LW"),
        ("J.R.R.", ".", {}, "J.R.R."),
        ("Jean de", ". ", {}, "J. de"),
        ("Simon A. A.", ". ", {"normalize_only": True}, "Simon A. A."),
        ("Y.-K.", ". ", {"normalize_only": True}, "Y. K."),
        ("Łukasz", ". ", {}, "Ł."),
        ("小明", ". ", {}, "小明"),
    ],
)
def test_initials(given: str, mark: str, options: dict[str, bool], expected: str) -> None:
    assert initials(given, mark, **options) == expected


@given(st.text(max_size=30), st.sampled_from(["", ".", ". "]), st.booleans())
def test_any_given_name_has_initials(given_name: str, mark: str, only: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    assert isinstance(initials(given_name, mark, normalize_only=only), str)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("<name/>", "George van den Driessche, Martin Luther King Jr., Y.-K. Ng"),
        ('<name and="text" initialize-with=". "/>', "G. van den Driessche, M. L. King Jr., and Y.-K. Ng"),
        (
            '<name and="symbol" delimiter-precedes-last="never" name-as-sort-order="all" initialize-with=". "/>',
            "Driessche, G. van den, King, M. L., Jr. & Ng, Y.-K.",
        ),
        (
            '<name name-as-sort-order="all" sort-separator=" " initialize-with=""/>',
            "Driessche G van den, King ML Jr, Ng Y-K",
        ),
        (
            '<name initialize-with=". " initialize="false" name-as-sort-order="first" delimiter="; "/>',
            "Driessche, George van den; Martin Luther King Jr.; Y. K. Ng",
        ),
        ('<name form="short" and="text" delimiter-precedes-last="always"/>', "van den Driessche, King, and Ng"),
        ('<name et-al-min="3" et-al-use-first="1"/>', "George van den Driessche et al."),
        ('<name et-al-min="3" et-al-use-first="2"/>', "George van den Driessche, Martin Luther King Jr., et al."),
        ('<name et-al-min="3" et-al-use-first="1" et-al-use-last="true"/>', "George van den Driessche, … Y.-K. Ng"),
        (
            '<name et-al-min="3" et-al-use-first="1"/><et-al term="and others" font-style="italic"/>',
            "George van den Driessche and others",
        ),
        ('<name form="count"/>', "3"),
    ],
)
def test_lists_of_names(render: Render, name: str, expected: str) -> None:
    assert render(f'<names variable="author">{name}</names>', {"author": _AUTHORS}) == expected


def test_names_of_a_style_inherit_its_options(render: Render) -> None:
    text = render(
        '<names variable="author"/>',
        {"author": _AUTHORS},
        attributes='and="symbol" initialize-with="."',
        bibliography='et-al-min="9"',
    )
    assert text == "G. van den Driessche, M.L. King Jr., & Y.-K. Ng"


def test_a_particle_written_in_the_family_name_is_found(render: Render) -> None:
    names = [{"family": "van der Waals", "given": "Johannes"}, {"family": "Gogh", "given": "Vincent van"}]
    body = '<names variable="author"><name name-as-sort-order="all"/></names>'
    assert render(body, {"author": names}) == "Waals, Johannes van der, Gogh, Vincent van"
    assert (
        render(body, {"author": names}, attributes='demote-non-dropping-particle="never"')
        == "van der Waals, Johannes, Gogh, Vincent van"
    )


def test_east_asian_names_stand_together(render: Render) -> None:
    names = [{"family": "王", "given": "小明"}]
    assert render('<names variable="author"><name initialize-with=". "/></names>', {"author": names}) == "王小明"


def test_a_cut_list_ends_in_et_al_whatever_the_style(render: Render) -> None:
    names = [*_AUTHORS[1:], {"literal": "others", "cut": True}]
    assert (
        render('<names variable="author"><name and="text"/></names>', {"author": names})
        == "Martin Luther King Jr., Y.-K. Ng, et al."
    )


def test_editors_who_are_the_translators_are_named_once(render: Render) -> None:
    body = (
        '<names variable="editor translator" delimiter="; "><name/><label form="short" prefix=" (" suffix=")"/></names>'
    )
    people = [{"family": "Doe", "given": "Jane"}]
    assert render(body, {"editor": people, "translator": people}) == "Jane Doe (ed. & trans.)"
    assert render(body, {"editor": people, "translator": _AUTHORS[2:]}) == "Jane Doe (ed.); Y.-K. Ng (trans.)"


def test_what_was_substituted_is_used_up(render: Render) -> None:
    body = (
        '<group delimiter=". ">'
        '<names variable="author"><name name-as-sort-order="all"/><label form="short" prefix=", "/><substitute>'
        '<choose><if type="book"><names variable="editor"/></if></choose><text variable="title"/></substitute></names>'
        '<text variable="title"/><names variable="editor"/></group>'
    )
    people = [{"family": "Doe", "given": "Jane"}]
    assert render(body, {"type": "book", "title": "T", "editor": people}) == "Doe, Jane, ed. T"
    assert render(body, {"title": "T", "editor": people}) == "T. Jane Doe"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"date-parts": [[2015, 5, 28]]}, "May 28, 2015"),
        ({"date-parts": [["2015", "05"]]}, "May 2015"),
        ({"date-parts": [[2015, None, 3]]}, "2015"),
        ({"date-parts": [[2015]], "season": 1}, "Spring 2015"),
        ({"date-parts": [[2010, 3, 1], [2010, 4, 2]]}, "March 1–April 2, 2010"),
        ({"date-parts": [[2010, 3, 1], [2010, 3, 9]]}, "March 1–9, 2010"),
        ({"date-parts": [[2010], [2012]]}, "2010–2012"),
        ({"date-parts": [[-50]]}, "50 BC"),
        ({"raw": "2015-05-28"}, "May 28, 2015"),
        ({"literal": "in press"}, "in press"),
        ({"date-parts": [[None]]}, "no date"),
        ({"date-parts": [[]]}, "no date"),
        ({}, "no date"),
        (None, "no date"),
    ],
)
def test_localized_dates(render: Render, date: Any, expected: str) -> None:
    dated = '<if variable="issued"><date variable="issued" form="text"/></if>'
    body = f'<choose>{dated}<else><text value="no date"/></else></choose>'
    assert render(body, {"issued": date}) == expected


def test_the_date_parts_that_are_left_out_take_their_affixes_with_them(render: Render) -> None:
    body = '<date variable="issued" form="text" date-parts="year-month"/>|<date variable="issued" form="numeric"/>'
    assert (
        render(body.replace("|", '<text value="|"/>'), {"issued": {"date-parts": [[2015, 5, 28]]}})
        == "May 2015|05/28/2015"
    )


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=8) | st.booleans(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["date-parts", "raw", "literal", "season", "circa"]), inner, max_size=3)
        ),
    )
)
@example(value=" ")
@example(value={"raw": "0000"})
def test_any_date_is_read(value: Any) -> None:
    date = read_date(value)
    assert date is None or date.literal or date.begin[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("attention is all you need", "Attention Is All You Need"),
        ("the art of the deal: a view from within", "The Art of the Deal: A View from Within"),
        ("state-of-the-art language models", "State-of-the-Art Language Models"),
        ("iPhone and mRNA use", "iPhone and mRNA Use"),
        ("don’t stop thinking", "Don’t Stop Thinking"),
        ("what? a question", "What? A Question"),
        ("", ""),
    ],
)
def test_title_case(text: str, expected: str) -> None:
    assert title_case(text) == expected


def test_title_case_is_for_english_and_outside_of_nocase(render: Render) -> None:
    body = '<text variable="title" text-case="title"/>'
    assert (
        render(body, {"title": 'a study of <span class="nocase">pH</span> and <i>E. coli</i>'})
        == "A Study of pH and E. Coli"
    )
    assert render(body, {"title": "über die Theorie", "language": "de"}) == "über die Theorie"


@given(
    st.text(max_size=40),
    st.sampled_from(["title", "sentence", "lowercase", "uppercase", "capitalize-first", "capitalize-all"]),
)
def test_case_never_loses_a_word(text: str, case: str) -> None:
    assert apply_case(text, case, english=True).casefold() == text.casefold() or not text.isascii()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<text variable="title" quotes="true" suffix=", "/><text value="x"/>', "“Who?,” x"),
        ('<text variable="title" quotes="true" suffix=". "/><text value="x"/>', "“Who?” x"),
        ('<text variable="title" quotes="true" suffix="; "/><text value="x"/>', "“Who?”; x"),
        ('<text variable="title" suffix="."/>', "Who?"),
        ('<text value="Inc." suffix="."/>', "Inc."),
        ('<group delimiter=". "><text value="n.d."/><text variable="title"/></group>', "n.d. Who?"),
    ],
)
def test_punctuation_that_meets(render: Render, body: str, expected: str) -> None:
    assert render(body, {"title": "Who?"}) == expected


def test_punctuation_stays_outside_where_the_locale_says_so(render: Render) -> None:
    locale = '<locale><style-options punctuation-in-quote="false"/></locale>'
    assert (
        render('<text variable="title" quotes="true" suffix=", "/><text value="x"/>', {"title": "Who"}, head=locale)
        == "“Who”, x"
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('A "quoted" word', "“A ‘quoted’ word”"),
        ("A ‘quoted’ word", "“A ‘quoted’ word”"),
        ("don't", "“don’t”"),
        ("the dogs' day", "“the dogs’ day”"),
        ("x < y & z > 1", "“x < y & z > 1”"),
        ("H<sub>2</sub>O and <i>E. coli</i>", "“H2O and E. coli”"),
    ],
)
def test_quotation_marks_and_markup_of_fields(render: Render, title: str, expected: str) -> None:
    assert render('<text variable="title" quotes="true"/>', {"title": title}) == expected


def test_html_keeps_the_markup_and_escapes_the_rest() -> None:
    quotes = marks.Quotes(("“", "”"), ("‘", "’"), punctuation_inside=True)
    text = marks.ITALIC + marks.field("a <i>b</i> < c") + marks.ITALIC_END
    assert marks.html(marks.settle(text, quotes)) == '<i>a <span style="font-style:normal;">b</span> &lt; c</i>'


def test_groups_count_what_was_called(render: Render) -> None:
    assert render('<group><text term="accessed" suffix=" "/><text variable="URL"/></group><text value="."/>') == "."
    nested = '<group delimiter=" "><group><text value="[x]"/></group><text variable="URL"/></group>'
    assert render(nested) == "[x]"


def test_an_ambiguous_entry_is_never_assumed(render: Render) -> None:
    assert (
        render('<choose><if disambiguate="true"><text value="a"/></if><else><text value="b"/></else></choose>') == "b"
    )


def test_a_short_term_falls_back_to_the_long_one_of_the_style(render: Render) -> None:
    locale = '<locale><terms><term name="accessed">seen</term></terms></locale>'
    assert (
        render('<text variable="title"/><text term="accessed" form="short" prefix=" "/>', {"title": "T"}, head=locale)
        == "T seen"
    )


def test_the_label_of_a_numbered_style_stands_apart(render: Render) -> None:
    body = '<text variable="citation-number" prefix="[" suffix="]"/><text variable="title"/>'
    assert render(body, {"title": "T"}, bibliography='second-field-align="flush"') == "[1] T"


def test_items_and_styles_are_not_changed(write_style: Callable[..., Path]) -> None:
    from readlist.cite.csl_compat.engine import Style

    date = '<date variable="issued" form="text"><date-part name="month" form="short"/></date>'
    style = Style(write_style('<names variable="author"/>' + date))
    item: dict[str, Any] = {
        "id": "A",
        "type": "book",
        "author": [dict(_AUTHORS[0])],
        "issued": {"date-parts": [[2015, 9]]},
    }
    copy = {**item, "author": [dict(_AUTHORS[0])], "issued": {"date-parts": [[2015, 9]]}}
    assert style.bibliography([item]) == style.bibliography([item])
    assert item == copy


def test_a_bibliography_is_sorted_by_its_style(write_style: Callable[..., Path]) -> None:
    from readlist.cite.csl_compat.engine import Style

    sort = '<sort><key variable="author"/><key variable="issued" sort="descending"/></sort>'
    style = Style(write_style('<text variable="citation-number"/><text variable="title" prefix=" "/>', sort=sort))
    items: list[dict[str, Any]] = [
        {"id": "1", "type": "book", "title": "Z", "author": [{"family": "Zed"}]},
        {"id": "2", "type": "book", "title": "old", "author": [{"family": "Ábel"}], "issued": {"date-parts": [[1999]]}},
        {"id": "3", "type": "book", "title": "new", "author": [{"family": "abel"}], "issued": {"date-parts": [[2009]]}},
        {"id": "4", "type": "book", "title": "nobody"},
    ]
    assert [(entry.place, entry.text) for entry in style.bibliography(items)] == [
        (2, "1 new"),
        (1, "2 old"),
        (0, "3 Z"),
        (3, "4 nobody"),
    ]


def test_affixes_of_a_name_belong_to_each_person(render: Render) -> None:
    name = '<name delimiter=" " suffix="," form="short"/>'
    people = [*_AUTHORS[1:], {"literal": "OpenAI"}]
    assert render(f'<names variable="author">{name}</names>', {"author": people}) == "King, Ng, OpenAI"


def test_the_ordinals_of_a_language_are_its_own(render: Render) -> None:
    body = '<number variable="edition" form="ordinal"/>'
    assert render(body, {"edition": "3"}, attributes='default-locale="de-DE"') == "3."


def test_several_types_are_alternatives(render: Render) -> None:
    body = '<choose><if type="book article-journal" variable="title" match="all"><text value="yes"/></if></choose>'
    assert render(body, {"title": "T"}) == "yes"


def test_title_case_follows_the_language_of_the_style(render: Render) -> None:
    body = '<text variable="title" text-case="title"/>'
    assert render(body, {"title": "deep learning"}, attributes='default-locale="fr-FR"') == "deep learning"
    assert (
        render(body, {"title": "deep learning", "language": "en"}, attributes='default-locale="fr-FR"')
        == "Deep Learning"
    )


@pytest.mark.parametrize(
    ("locale", "date", "expected"),
    [
        ("ja-JP", [1998, 4, 10], "1998年4月10日"),
        ("ja-JP", [1998, 4], "1998年4月"),
        ("zh-CN", [1998], "1998年"),
        ("sr-Cyrl-RS", [1998, 4], "Април 1998."),
        ("en-US", [1998, 4], "April 1998"),
    ],
)
def test_the_words_around_a_date_stay_and_its_punctuation_does_not(
    render: Render, locale: str, date: list[int], expected: str
) -> None:
    body = '<date variable="issued" form="text"/>'
    assert render(body, {"issued": {"date-parts": [date]}}, attributes=f'default-locale="{locale}"') == expected


def test_a_range_without_an_end_stays_open(render: Render) -> None:
    body = '<date variable="issued" prefix="(" suffix=")"><date-part name="year"/></date>'
    assert render(body, {"issued": {"date-parts": [[1987], [0]]}}) == "(1987–)"
    assert render(body, {"issued": {"date-parts": [[1987], [None]]}}) == "(1987)"


def test_names_of_all_roles_are_counted_together(render: Render) -> None:
    people = [{"family": name} for name in ("Doe", "Roe", "Poe")]
    body = '<names variable="author editor"><name form="count"/><label prefix=" "/></names>'
    assert render(body, {"author": people, "editor": people[:2]}) == "5"


def test_a_family_name_in_quotation_marks_has_no_particle(render: Render) -> None:
    body = '<names variable="author"><name name-as-sort-order="all"/></names>'
    assert render(body, {"author": [{"family": '"van Happel"', "given": "Eduard"}]}) == "van Happel, Eduard"
    assert render(body, {"author": [{"family": "van Happel", "given": "Eduard"}]}) == "Happel, Eduard van"


def test_editors_and_translators_stay_apart_where_no_term_joins_them(render: Render) -> None:
    head = '<locale xml:lang="en"><terms><term name="editortranslator"/></terms></locale>'
    same = [{"family": "Doe"}]
    body = '<names variable="editor translator" delimiter=", "><name/><label prefix=" (" suffix=")"/></names>'
    assert render(body, {"editor": same, "translator": same}, head=head) == "Doe (editor), Doe (translator)"


def test_values_of_a_style_may_hold_markup_and_quotation_marks(render: Render) -> None:
    assert render('<text value="He said &quot;no&quot;" suffix="."/>') == "He said “no.”"


def test_one_attribute_alone_cuts_no_list(render: Render) -> None:
    people = [{"family": name} for name in ("Doe", "Roe", "Poe")]
    assert render('<names variable="author"><name et-al-use-first="1"/></names>', {"author": people}) == "Doe, Roe, Poe"
    assert render('<names variable="author"><name et-al-min="2"/></names>', {"author": people}) == "Doe, Roe, Poe"


@pytest.mark.parametrize("pages", ["213, and 235", "213 and 235", "213 et 235", "213 & 235"])
def test_numbers_joined_by_a_word_are_several(render: Render, pages: str) -> None:
    body = '<group delimiter=" "><label variable="page"/><text variable="page"/></group>'
    assert render(body, {"page": pages}).startswith("pages 213")


def test_columns_and_blocks_are_written_as_such_when_asked(write_style: Callable[..., Path]) -> None:
    body = '<text variable="citation-number" suffix="."/><text variable="title" font-style="oblique"/>'
    from readlist.cite.csl_compat.engine import Style

    style = Style(write_style(body, bibliography='second-field-align="flush"', layout='suffix="!"'))
    entry = style.bibliography([{"id": "a", "type": "book", "title": "T & U"}])[0]
    assert entry.text == "1. T & U!"
    assert entry.html == "1. <em>T &amp; U</em>!"
    assert entry.blocks == (
        '<div class="csl-left-margin">1.</div><div class="csl-right-inline"><em>T &amp; U</em>!</div>'
    )


def test_a_date_without_the_part_that_is_asked_for_keeps_no_group_alive(render: Render) -> None:
    body = '<group><text value="In "/><date variable="issued"><date-part name="month"/></date></group>'
    assert render(body, {"issued": {"date-parts": [[1965]]}}) == ""
    assert render(body, {"issued": {"date-parts": [[1965, 5]]}}) == "In May"
