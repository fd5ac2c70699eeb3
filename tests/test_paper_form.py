"""A paper as a form: what is changed in it, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.paper import Author, Paper
from readlist.paper_form import FORM, REVIEWED, FormError, Shape, author_text, form_text, read_form

_TEXTS = [field.name for field in FORM if field.shape is not Shape.FLAG]
_NAMES = st.text(alphabet="ab ,{}É-.", max_size=8)
_AUTHORS = st.builds(Author, family=_NAMES, given=_NAMES) | st.builds(Author, literal=_NAMES)
_PAPERS = st.builds(
    Paper,
    title=st.text(max_size=20),
    authors=st.lists(_AUTHORS, max_size=4).map(tuple),
    published=st.sampled_from(["", "2022", "nonsense"]),
    doi=st.text(max_size=10),
    abstract=st.text(max_size=30),
)


def change(paper: Paper, **texts: str) -> dict[str, object]:
    return read_form(paper, {**{name: form_text(paper, name) for name in _TEXTS}, **texts}, {})


@given(_PAPERS)
def test_a_form_that_is_only_looked_at_changes_nothing(paper: Paper) -> None:
    assert change(paper) == {}


@given(_PAPERS)
def test_authors_that_are_not_touched_stay_as_they_are(paper: Paper) -> None:
    wanted = (*(author for author in paper.authors if author_text(author).strip()), Author("Added", "Anna"))
    lines = [author_text(author) for author in wanted]
    if any(line != " ".join(line.split()) for line in lines) or len(set(lines)) < len(lines):
        return
    assert change(paper, authors="\n".join(lines))["authors"] == wanted


def test_authors_are_read_one_a_line() -> None:
    typed = "Fort, Stanislav\n\n  van den Driessche, George \n{ATLAS Collaboration}\nHuiyi Hu\nPlato\nSammy Davis Jr."
    assert change(Paper(title="t"), authors=typed)["authors"] == (
        Author("Fort", "Stanislav"),
        Author("van den Driessche", "George"),
        Author(literal="ATLAS Collaboration"),
        Author("Hu", "Huiyi"),
        Author("Plato"),
        Author("Davis Jr.", "Sammy"),
    )


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("title", "  A\n new   title ", "A new title"),
        ("published", "2022-10", "2022-10"),
        ("arxiv_id", "https://arxiv.org/abs/2210.05546v3", "2210.05546"),
        ("doi", "https://doi.org/10.1038/s41534-021-00436-9", "10.1038/s41534-021-00436-9"),
        ("type", "paper-conference", "paper-conference"),
        ("type", "", "article"),
        ("venue", "", ""),
        ("organisations", "google\n\nmit\ngoogle", ("google", "mit")),
        ("abstract", "One.\n\nTwo. ", "One.\n\nTwo."),
    ],
)
def test_what_is_typed_is_stored(field: str, typed: str, stored: object) -> None:
    paper = Paper(title="t", type="book", venue="v")
    assert change(paper, **{field: typed}) == {field: stored}


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("title", " ", "must have a title"),
        ("published", "2022-13", "no date"),
        ("issued", "next year", "no date"),
        ("arxiv_id", "221.1", "no arXiv id"),
        ("doi", "11.1/x", "no DOI"),
        ("type", "paper", "did you mean paper-conference"),
        ("url", "ftp://x", "no address"),
        ("code_url", "github", "no address"),
        ("key", "a b", "cannot be a citation key"),
        ("authors", "{ATLAS", "two braces"),
        ("editors", ", Anna", "family name is missing"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(field: str, typed: str, message: str) -> None:
    with pytest.raises(FormError, match=message) as error:
        change(Paper(title="t"), **{field: typed})
    assert error.value.field == field


def test_a_look_settles_the_doubt_and_a_cut_list_can_be_called_complete() -> None:
    paper = Paper(title="t", review_reason="first author", authors_complete=False)
    texts = {name: form_text(paper, name) for name in _TEXTS}
    assert read_form(paper, texts, {REVIEWED: True, "authors_complete": True}) == {
        "review_reason": "",
        "authors_complete": True,
    }
    assert read_form(paper, texts, {REVIEWED: False, "authors_complete": False}) == {}


def test_what_the_user_did_with_it_is_edited_as_well() -> None:
    paper = Paper(
        title="t", tags=("old",), files=("/docs/a.pdf",), extra=(("ISBN", "1"),), finished="2026-11-02T08:00:00Z"
    )
    assert change(paper, tags="new, #ood new") == {"tags": ("new", "ood")}
    assert change(paper, files="/docs/a.pdf\n\n/docs/b c.pdf") == {"files": ("/docs/a.pdf", "/docs/b c.pdf")}
    assert change(paper, files="") == {"files": ()}
    assert change(paper, extra="edition: 2\nISBN: 1") == {"extra": (("ISBN", "1"), ("edition", "2"))}
    assert change(paper, finished="2026-11-01", started="2026-10-30") == {
        "finished": "2026-11-01T12:00:00Z",
        "started": "2026-10-30T12:00:00Z",
    }
    assert change(paper, finished="2026-11-02T10:00:00+02:00") == {}
    assert change(paper, finished="") == {"finished": ""}
    assert change(paper, status="Read") == {"status": "read"}
    assert change(paper, status=" ") == {}
    assert read_form(paper, {}, {"star": True, "has_code": True, "authors_complete": True}) == {
        "star": True,
        "has_code": True,
    }


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("extra", "ISBN 3", "write name: value"),
        ("status", "raed", "there are unread, reading, read, dropped"),
        ("finished", "yesterday", "is no day; write 2026-11-28"),
        ("started", "2026-13-01", "is no day"),
    ],
)
def test_what_is_wrong_there_is_told(field: str, typed: str, told: str) -> None:
    with pytest.raises(FormError, match=told) as caught:
        change(Paper(title="t"), **{field: typed})
    assert caught.value.field == field
