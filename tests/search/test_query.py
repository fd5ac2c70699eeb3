"""What a query finds, what is wrong with it, and in which order its finds stand."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist.paper import Author, Paper, Status
from readlist.search.query import Query
from readlist.search.query.forgiving import forgive
from readlist.search.text import FIELD_END, Field, field_of, searchable

TODAY = date(2026, 11, 24)
PAPER = Paper(
    title="The Goldilocks zone: Towards better understanding",
    authors=(Author("Fort", "Stanislav"), Author("Scherlis", "Adam")),
    organisations=("Google Research",),
    abstract="We explore the loss landscape of neural networks,\nand of k-means.",
    tags=("geometry", "ood"),
    note="Compare with Jastrzębski",
    arxiv_id="1807.02581",
    doi="10.1609/aaai.v33i01.33013574",
    category="cs.LG",
    venue="AAAI 2019",
    published="2018-07-06",
    status=Status.READ,
    star=True,
    added="2026-11-01T09:00:00Z",
    started="2026-10-03T09:00:00Z",
    finished="2026-10-31T23:59:59Z",
)
TEXT = searchable(PAPER)


def finds(typed: str, paper: Paper = PAPER) -> bool:
    return Query.parse(typed, TODAY).finds(searchable(paper))


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "goldi", "FORT goldilocks", "scherlis adam", "geometry", "jastrzebski", "1807.02581", "2018-07"),
        *('"loss landscape"', '"loss land"', "landscape loss", '"networks, and of"', "“loss landscape”", "k-means"),
        *("author:fort", "author:FORT title:goldi", 'author:"stanislav fort"', "authors:fort", "-author:bengio"),
        *("author:(bengio or fort)", "author:(fort scherlis)", "title:/^the gold/", "/gold.*zone/", "/LANDSC?APE/"),
        *("year:2018", "year:2017..2019", "year:2018..", "year:..2018", "year:>2017", "year:<2019", "year:<=2018"),
        *("published:2018-07", "published:2018-07-06", "published:2018-07-01..2018-07-31", "date:2018"),
        *("added:2026-11", "added:<30d", "added:<4w", "added:<2m", "added:>3w", "added:2026-10-31..2026-11-02"),
        *("read:2026-10", "read:2026-10-31", "read:<=2026-10-31", "started:2026-10-03", "changed:<30d"),
        *("tag:ood", "tag:#ood", "tag:oo*", "tag:OOD -tag:old", "-tag:oo", "status:read", "is:read", "is:starred"),
        *("has:note has:tag has:doi has:arxiv has:abstract has:venue", "-has:code", "-has:file", "has:notes"),
        *("category:cs.LG", "category:cs", "venue:aaai", "doi:10.1609", "arxiv:1807.02581v2", "arXiv:1807.02581"),
        *("org:google", "bengio or fort", "bengio or (fort goldilocks)", "(bengio or lecun) or zone", "fort OR bengio"),
        *("-bengio", "-(bengio or lecun)", "NOT bengio", "zone:", "fort -bengio goldilocks", "goldilocks or nothing x"),
    ],
)
def test_finds_the_paper(typed: str) -> None:
    query = Query.parse(typed, TODAY)
    assert query.problem is None
    assert query.finds(TEXT)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "goldilocks nowhere",
            '"landscape loss"',
            '"understanding Stanislav"',
            '"fort adam"',
            "-fort",
            "bengio or lecun",
        ),
        *(
            "author:goldilocks",
            "title:fort",
            "abstract:zone",
            "note:fort",
            "author:(fort bengio)",
            "-author:(fort or x)",
        ),
        *("year:2017", "year:2019..", "year:>2018", "year:<2018", "read:2026-11", "added:>30d", "added:today"),
        *(
            "published:2018-08",
            "tag:oo",
            "tag:oodles",
            "tag:old*",
            "-tag:ood",
            "status:unread",
            "is:unread",
            "-is:starred",
        ),
        *(
            "has:code",
            "-has:note",
            "is:flagged",
            "category:stat",
            "venue:icml",
            "arxiv:1807.1",
            "title:/^zone/",
            "/^zone/",
        ),
        *("fort (bengio or lecun)", "2026-10-31", "starred"),
    ],
)
def test_does_not_find_the_paper(typed: str) -> None:
    query = Query.parse(typed, TODAY)
    assert query.problem is None
    assert not query.finds(TEXT)


@pytest.mark.parametrize(
    ("category", "found_by", "not_found_by"),
    [
        ("CV", ["cs.CV", "math.CV", "cs", "math", "CV", "cv"], ["cs.LG", "stat", "CL", "V"]),
        ("cs.CV", ["cs.CV", "cs", "CV", "c", "cs.C"], ["math.CV", "math", "LG"]),
        ("math.CV", ["math.CV", "CV"], ["cs.CV", "cs"]),
        ("LG", ["cs.LG", "cs", "LG"], ["math"]),
        ("quant-ph", ["quant-ph", "QUANT-PH", "quant"], ["cs", "ph"]),
        ("physics.chem-ph", ["CHEM-PH", "physics"], ["cs"]),
        ("", [], ["cs", "CV"]),
    ],
)
def test_a_bare_code_may_mean_each_category_that_has_it(
    category: str, found_by: list[str], not_found_by: list[str]
) -> None:
    paper = PAPER._replace(category=category)
    for asked in found_by:
        assert finds(f"category:{asked}", paper), asked
    for asked in not_found_by:
        assert not finds(f"category:{asked}", paper), asked
        assert finds(f"-category:{asked}", paper), asked


@given(
    st.text("csmath.CVLGqunt-p", max_size=9),
    st.integers(1, 9),
    st.sampled_from(["CV", "cs.CV", "math.CV", "LG", "quant-ph", "", "x.cs.cv", "cs"]),
)
def test_a_longer_category_finds_no_more(typed: str, shorter: int, category: str) -> None:
    text = searchable(PAPER._replace(category=category))
    narrow, wide = (Query.parse(f"category:{part}", TODAY) for part in (typed, typed[:shorter]))
    if narrow.narrows(wide) and narrow.finds(text):
        assert wide.finds(text)


@pytest.mark.parametrize(
    ("typed", "marked", "message"),
    [
        ("autor:fort", "autor:", "did you mean author:?"),
        ("fort is:starrd", "starrd", "did you mean starred?"),
        ("has:frobs", "frobs", "there are code, note, tag"),
        ("year:20x fort", "20x", "No date"),
        ("added:2026-13", "2026-13", "No date"),
        ("author: fort", "author:", "needs a value"),
        ("fort or", "or", "missing after “or”"),
        ("or fort", "or", "stands between two"),
        ("fort ) goldilocks", ")", "Nothing is open"),
        ("/(/", "/(/", "no regular expression"),
        ("(fort or zone", "(", "No ) closes"),
        ("fort (zone", "(", "No ) closes"),
        ("fort () zone", "()", "Nothing that could be searched"),
        ('fort "zone', '"', "No quotation mark ends"),
        ("author:“fort", "“", "No quotation mark ends"),
        ('""', '""', "Nothing that could be searched"),
        ("fort /zo", "/", "No / ends"),
        ("-", "-", "Something is missing after this"),
        ("fort -", "-", "Something is missing after this"),
        ("(fort - ) zone", "-", "Something is missing after this"),
        ("- fort", "-", "Without a blank"),
        ("zone or - fort", "-", "Without a blank"),
        ("zone - fort", None, None),  # the dash of a title
        ("tag:#", "#", "has:tag"),
        ("year:2023..2021", "2023..2021", "2021..2023 is a range"),
        ("fort added:2026-10..2026-09-30 zone", "2026-10..2026-09-30", "ends before it begins"),
        ("year:2023..2023", None, None),
        ("published:2023-05..2023", None, None),
        ("has:dog", "dog", "there are code, note, tag"),
        ("has:dio", "dio", "did you mean doi?"),
        ("has:cod", "cod", "did you mean code?"),
        ("a -(-b)", None, None),
        ("NOT -b", "NOT -", "leave both out"),
        ("frobnicate:9", "frobnicate:", "in quotation marks"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(typed: str, marked: str | None, message: str | None) -> None:
    problem = Query.parse(typed, TODAY).problem
    if marked is None or message is None:
        assert problem is None
        return
    assert problem is not None
    assert typed[problem.start : problem.end] == marked
    assert message in problem.message


@pytest.mark.parametrize(
    "typed", ["author:", "is:star", "fort or", "(fort", '"fort', "fort -", "year:20", "/(", "tag:oo", "added:<3"]
)
def test_what_is_still_being_typed_is_not_wrong_and_finds_what_it_may_become(typed: str) -> None:
    query = Query.parse(typed, TODAY, unfinished=True)
    assert query.problem is None
    assert query.finds(TEXT)


def test_brackets_within_a_word_of_a_title_are_letters() -> None:
    paper = Paper(title="A (1+ε)-approximation for (non-)convex f(x)")
    for typed in ("(1+ε)-approximation", "((non-)convex or x)", "a (1+ε)-approximation for (non-)convex f(x)", "-(x)y"):
        assert Query.parse(typed, TODAY).problem is None
        assert finds(typed, paper)
    assert not finds("-(non-)convex", paper)
    assert finds("(fort) (zone or x)")


@pytest.mark.parametrize(
    ("typed", "marked"), [("(fort or zone", "("), ("fort or", "or"), ('fort "zo', '"'), ("fort -", "-"), ("/zo", "/")]
)
def test_what_is_still_missing_is_said_with_its_place(typed: str, marked: str) -> None:
    pending, wrong = Query.parse(typed, TODAY, unfinished=True).pending, Query.parse(typed, TODAY).problem
    assert pending is not None
    assert wrong is not None
    assert pending[:3] == wrong[:3]
    assert pending.is_pending
    assert typed[pending.start : pending.end] == marked


def test_a_range_may_seem_reversed_as_long_as_it_is_typed() -> None:
    query = Query.parse("published:2023-10..2023-1", TODAY, unfinished=True)
    assert query.problem is None
    assert query.pending is not None
    assert Query.parse("published:2023-10..2023-12", TODAY, unfinished=True).pending is None


def test_what_is_wrong_does_not_undo_the_rest() -> None:
    assert finds("fort year:20x")
    assert not finds("bengio year:20x")


def test_a_title_is_found_as_it_is_read_and_as_it_was_written() -> None:
    paper = Paper(title=r"$\alpha$-divergence")
    assert finds("α-div", paper)
    assert finds(r"$\alpha$-div", paper)


@pytest.mark.parametrize("typed", ['"about 5%"', "l_∞=8/255", r"\textit", "erdős", "#ood", "ood"])
def test_what_the_screen_shows_is_found(typed: str) -> None:
    paper = Paper(
        abstract=r"With $L_\infty=8/255$ and \textit{CrossMax} we gain about 5$\%$.",
        authors=(Author(r"Erd\H{o}s", "Paul"),),
        tags=("ood",),
    )
    assert finds(typed, paper)


def test_a_field_is_found_again_whatever_the_library_holds() -> None:
    paper = Paper(title="a\x1fb", note="c\x1f\x1f", abstract="x")
    assert field_of(searchable(paper), Field.TITLE).startswith("a b")
    assert field_of(searchable(paper), Field.NOTE) == "c  "
    assert field_of(searchable(paper), Field.ABSTRACT) == "x"


def test_an_expression_that_takes_for_ever_is_given_up_and_that_is_said() -> None:
    query = Query.parse(r"title:/^(\w+\w?)+$/", TODAY)
    text = searchable(Paper(title="a" * 4_000 + "!"))
    assert not query.finds(text)
    assert query.problem is not None
    assert "takes too long" in query.problem.message


@given(
    st.lists(st.text("ab -", max_size=8), min_size=Field.FIRST_AUTHOR, max_size=Field.FIRST_AUTHOR),
    st.text("ab", min_size=2, max_size=3),
)
def test_a_word_is_worth_what_the_best_of_its_fields_gives_it(fields: list[str], word: str) -> None:
    text = FIELD_END.join([*fields, *[""] * (len(Field) - len(fields))])
    worth = {Field.TITLE: 0, Field.AUTHORS: 2, Field.ABSTRACT: 6}
    best = min(
        (
            worth.get(Field(place), 4) + (word not in re.findall(r"\w+", field))
            for place, field in enumerate(fields)
            if word in field
        ),
        default=8,
    )
    assert Query.parse(word).relevance(text) == best * 2


def test_relevance_is_title_then_authors_then_abstract_and_whole_words_first() -> None:
    papers = [
        Paper(title="An ensemble"),
        Paper(title="Ensembles"),
        Paper(title="x", authors=(Author("Ensemble"),)),
        Paper(title="x", tags=("ensemble",)),
        Paper(title="x", abstract="of an ensemble"),
        Paper(title="x", abstract="of ensembles"),
    ]
    query = Query.parse("ensemble")
    ranks = [query.relevance(searchable(paper)) for paper in papers]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize("typed", ["goldilokcs", "goldilocs", "goldilacks is:read", "author:scherlas"])
def test_one_typing_error_is_forgiven(typed: str) -> None:
    forgiven = forgive(Query.parse(typed), [TEXT, searchable(Paper(title="Other"))])
    assert forgiven is not None
    assert forgiven.query.finds(TEXT)
    word, meant = typed.split(maxsplit=1)[0].rpartition(":")[2], forgiven.words[0][1]
    assert str(forgiven) == f"No “{word}”; showing “{meant}”"
    assert meant in {"goldilocks", "scherlis"}


@pytest.mark.parametrize(
    "typed", ["golidlosck", "fotr", '"loss landcape"', "-goldilokcs nothingatall", "goldilocks nothingatall"]
)
def test_more_than_one_error_or_a_short_word_is_not_forgiven(typed: str) -> None:
    assert forgive(Query.parse(typed), [TEXT]) is None


_PIECES = st.sampled_from(
    [
        '"',
        "a",
        "b ",
        "-",
        "(",
        ")",
        " or ",
        "author:",
        "tag:",
        "is:",
        "read",
        "year:",
        "2021",
        "..",
        "/",
        "*",
        "#",
        ":",
        "\n",
        "“",
        "\\",
        "é",
    ]
)
_TYPED = st.lists(_PIECES, max_size=12).map("".join) | st.text(max_size=20)
_PAPERS = st.builds(
    Paper,
    title=st.text(alphabet="ab (é", max_size=8),
    tags=st.lists(st.sampled_from(["a", "ab", "b"]), max_size=2).map(tuple),
    authors=st.lists(st.builds(Author, st.text(alphabet="ab", max_size=3)), max_size=2).map(tuple),
    published=st.sampled_from(["", "2021", "2021-03", "2020-01-01"]),
    status=st.sampled_from(Status),
)


@given(_TYPED, st.booleans())
@example("(" * 3_000, True)  # noqa: FBT003 - a value of the property
@example("-(" * 3_000, False)  # noqa: FBT003 - likewise
@example("author:(" * 900, True)  # noqa: FBT003 - likewise
def test_nothing_that_can_be_typed_is_an_error(typed: str, unfinished: bool) -> None:  # noqa: FBT001 - likewise
    query = Query.parse(typed, TODAY, unfinished=unfinished)
    query.finds(TEXT)
    query.relevance(TEXT)
    query.spans(PAPER.title, Field.TITLE)
    if query.problem:
        assert 0 <= query.problem.start <= query.problem.end <= len(typed)


@given(_TYPED, _PAPERS)
def test_what_is_found_holds_the_needles(typed: str, paper: Paper) -> None:
    query, text = Query.parse(typed, TODAY), searchable(paper)
    holds = all(needle in text for needle in query.needles)
    if query.finds(text):
        assert holds
    elif query.is_plain:
        assert not holds


@given(_TYPED, _TYPED, _PAPERS)
def test_what_narrows_finds_no_more(typed: str, more: str, paper: Paper) -> None:
    narrow, wide = Query.parse(typed + more, TODAY), Query.parse(typed, TODAY, unfinished=True)
    if narrow.narrows(wide) and narrow.finds(searchable(paper)):
        assert wide.finds(searchable(paper))


@given(
    st.lists(
        st.sampled_from(
            [
                "fort",
                '"a b"',
                "author:x",
                "-tag:a",
                "tag:b*",
                "is:read",
                "year:2021..",
                "(a or b)",
                "-(c d)",
                "title:/x+/",
                "(a or (b -c))",
            ]
        ),
        max_size=5,
    )
)
def test_a_query_that_is_written_out_asks_for_the_same(pieces: list[str]) -> None:
    query = Query.parse(" ".join(pieces), TODAY)
    assert Query.parse(str(query), TODAY) == query


def test_matches_are_marked_where_they_were_asked_for() -> None:
    query = Query.parse("author:fort /gold\\w+/ -zone", TODAY)
    assert [PAPER.title[start:end] for start, end in query.spans(PAPER.title, Field.TITLE)] == ["Goldilocks"]
    assert query.spans("Fort and others", Field.TITLE) == []
    assert query.spans("Fort and others", Field.AUTHORS) == [(0, 4)]
