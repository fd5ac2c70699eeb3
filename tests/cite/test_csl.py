"""Citations in the official styles."""

import re
import time
from pathlib import Path
from typing import Any

import pytest

from readlist.cite.csl import bibliography, cite_items
from readlist.cite.styles import StyleError, UnknownStyleError, find_style, load_style, style_choices

_OPEN = '<style xmlns="http://purl.org/net/xbiblio/csl">'


def _style(body: str, head: str = "") -> str:
    return f"{_OPEN}{head}<bibliography><layout>{body}</layout></bibliography></style>"


STYLES = (
    "apa",
    "modern-language-association",
    "chicago-author-date",
    "chicago-author-date-17th-edition",
    "chicago-notes-bibliography",
    "chicago-notes-bibliography-17th-edition",
    "ieee",
    "harvard-cite-them-right",
    "nlm-citation-sequence",
    "elsevier-vancouver",
    "nature",
    "association-for-computing-machinery",
)


@pytest.mark.parametrize("style", STYLES)
def test_texts_are_those_of_the_reference_engine(style: str, reference: dict[str, Any]) -> None:
    texts = cite_items(reference["items"], style)
    assert {key: re.sub(r"\s+", " ", text) for key, text in texts.items()} == reference["expected"][style]


def test_ids_keep_their_letters() -> None:
    items = [{"id": key, "type": "book", "title": key} for key in ("Ab C", "ab c", "é/1", 7)]
    assert list(cite_items(items, "apa")) == ["Ab C", "ab c", "é/1", "7"]


@pytest.mark.parametrize("style", STYLES)
def test_thousands_of_authors_take_no_time(style: str) -> None:
    item = {
        "id": "g",
        "type": "article",
        "title": "Big",
        "author": [{"family": f"Name{n}", "given": "Ann B."} for n in range(3303)],
    }
    cite_items([item], style)
    started = time.perf_counter()
    text = cite_items([item], style)["g"]
    assert time.perf_counter() - started < 1
    assert "Name0" in text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("count", [1, 2, 3, 7, 25])
def test_a_cut_list_never_looks_complete(style: str, count: int) -> None:
    names = [{"family": f"Name{n}", "given": "Ann"} for n in range(count)]
    item = {
        "id": "g",
        "type": "article",
        "title": "Big",
        "author": [*names, {"literal": "others"}],
        "issued": {"date-parts": [[2020]]},
    }
    text = cite_items([item], style)["g"]
    assert "et al." in text
    assert "others" not in text
    assert not re.search(r"(?:and|&) Name\d+|…", text)


def test_a_dependent_style_is_its_parent() -> None:
    assert load_style("physical-review-letters") is not None
    item = {
        "id": "a",
        "type": "article-journal",
        "title": "T",
        "container-title": "Cell",
        "issued": {"date-parts": [[2000]]},
    }
    assert cite_items([item], "nature-physics") == cite_items([item], "nature")


def test_parents_that_name_each_other_are_no_endless_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readlist.cite.styles.config_folder", lambda: tmp_path)
    (tmp_path / "styles").mkdir()
    link = '<info><link rel="independent-parent" href="http://www.zotero.org/styles/{}"/></info></style>'
    for name, parent in (("one", "two"), ("two", "one"), ("orphan", "no-such")):
        (tmp_path / "styles" / f"{name}.csl").write_text(_OPEN + link.format(parent), encoding="utf-8")
    with pytest.raises(StyleError, match=r"two\.csl is named as a parent"):
        load_style("one")
    with pytest.raises(StyleError, match="'no-such', which is not installed"):
        load_style("orphan")


def test_names_of_styles() -> None:
    assert find_style("Chicago").stem == "chicago-author-date"
    assert find_style("harvard").stem == "harvard-cite-them-right"
    assert find_style("MLA").stem == "modern-language-association"
    assert find_style("Vancouver (NLM)").stem == "nlm-citation-sequence"
    assert find_style("American Chemical Society").stem == "american-chemical-society"


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Chicago 17", "chicago-author-date-17th-edition"),
        ("chicago 17th (notes)", "chicago-notes-bibliography-17th-edition"),
        ("chicago-18", "chicago-author-date"),
        ("Chicago notes 18", "chicago-notes-bibliography"),
        ("Vancouver", "nlm-citation-sequence"),
        ("Elsevier Vancouver", "elsevier-vancouver"),
        ("ACM", "association-for-computing-machinery"),
        ("Nature", "nature"),
        ("Harvard", "harvard-cite-them-right"),
    ],
)
def test_plain_names_of_styles(name: str, identifier: str) -> None:
    assert find_style(name).stem == identifier


def test_the_users_own_styles_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readlist.cite.styles.config_folder", lambda: tmp_path)
    folder = tmp_path / "styles"
    folder.mkdir()
    text = (
        _OPEN
        + '<info><title>My lab</title></info><bibliography><layout><text value="{}"/></layout></bibliography></style>'
    )
    for name in ("my-lab", "apa", "My Thesis"):
        (folder / f"{name}.csl").write_text(text.format(name), encoding="utf-8")
    item = [{"id": "a", "type": "book"}]
    assert cite_items(item, "my-lab") == cite_items(item, "My Lab") == {"a": "my-lab"}
    assert cite_items(item, "apa") == {"a": "apa"}
    assert cite_items(item, "My Thesis") == {"a": "My Thesis"}
    style_choices.cache_clear()
    try:
        names = [identifier for identifier, _ in style_choices()]
    finally:
        style_choices.cache_clear()
    assert names[:4] == ["My Thesis", "apa", "my-lab", "ieee"]
    assert names.count("apa") == 1


def test_a_style_speaks_its_own_english() -> None:
    item: dict[str, Any] = {
        "id": "a",
        "type": "chapter",
        "title": "T",
        "container-title": "Book",
        "editor": [{"family": "Doe", "given": "J."}, {"family": "Roe", "given": "A."}],
    }
    assert "(eds Doe, J. & Roe, A.)" in bibliography([item], "nature")[0].text
    assert "(eds. Doe, J. & Roe, A.)" in cite_items([item], "nature")["a"]
    assert "(eds Doe, J. & Roe, A.)" in cite_items([item], "nature", english="")["a"]


def test_an_unknown_style_names_the_nearest() -> None:
    with pytest.raises(UnknownStyleError, match=r"^there is no citation style 'natrue'; near it: nature"):
        find_style("natrue")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<style", "cannot be read"),
        ("", "cannot be read"),
        ("<html/>", "is no CSL style"),
        (_OPEN.replace(">", "/>"), "neither citation nor bibliography"),
        (_OPEN + "<bibliography/></style>", "has no layout"),
        (_OPEN + '<bibliography><layout><text macro="m"/></layout></bibliography></style>', "no macro 'm'"),
        (_style('<text macro="m"/>', '<macro name="m"><group><text macro="m"/></group></macro>'), "'m' calls itself"),
        (
            _style(
                '<text macro="a"/>',
                '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>',
            ),
            "'a' calls itself",
        ),
        (_style('<names variable="author"><name et-al-min="few"/></names>'), "et-al-min is 'few' and no number"),
        (_style('<date variable="issued"><date-part name="week"/></date>'), "a date has no part 'week'"),
        (_style('<date form="text"/>'), "<date> has no variable"),
        (_style("<number/>"), "<number> has no variable"),
        (_style("<label/>"), "<label> has no variable"),
        (_style("<group><verse/></group>"), "<group> cannot hold <verse>"),
        (_style('<x:y xmlns:x="http://z"/>'), "<layout> cannot hold <y>"),
        (_OPEN + "<bibliography><sort><key/></sort><layout/></bibliography></style>", "<key> has no variable"),
        (_OPEN + '<bibliography><sort><key macro="k"/></sort><layout/></bibliography></style>', "no macro 'k'"),
    ],
)
def test_a_broken_style_gives_one_sentence(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "broken.csl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StyleError, match=message) as caught:
        load_style(str(path))
    assert "\n" not in str(caught.value)
    assert "broken.csl" in str(caught.value)


def test_a_style_of_ones_own_is_read_again_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "own.csl"
    text = _OPEN + '<bibliography><layout><text value="one"/></layout></bibliography></style>'
    path.write_text(text, encoding="utf-8")
    item = [{"id": "a", "type": "book"}]
    assert cite_items(item, str(path)) == {"a": "one"}
    path.write_text(text.replace("one", "another"), encoding="utf-8")
    assert cite_items(item, str(path)) == {"a": "another"}


@pytest.mark.parametrize("style", STYLES)
def test_an_item_that_says_nothing_is_no_error(style: str) -> None:
    odd: list[dict[str, Any]] = [
        {"id": "a", "type": "article-journal"},
        {"id": "b"},
        {"id": "c", "type": "no-such", "author": [None, {}], "issued": None, "page": 7},
    ]
    assert set(cite_items(odd, style)) == {"a", "b", "c"}


def test_years_are_told_apart_in_a_bibliography() -> None:
    author = [{"family": "Fort", "given": "Stanislav"}]
    items = [
        {"id": title, "type": "book", "title": title, "author": author, "issued": {"date-parts": [[2019]]}}
        for title in ("Beta", "Alpha")
    ]
    texts = [entry.text for entry in bibliography(items, "apa")]
    assert texts == ["Fort, S. (2019a). Alpha.", "Fort, S. (2019b). Beta."]


def test_all_styles_are_listed_the_common_ones_first() -> None:
    choices = style_choices()
    assert len(choices) > 10_000
    assert [identifier for identifier, _ in choices[:2]] == ["apa", "ieee"]
    assert all(title for _, title in choices)


def test_an_author_named_above_is_not_named_again_where_the_style_says_so() -> None:
    author = [{"family": "Fort", "given": "Stanislav"}]
    items = [{"id": title, "type": "book", "title": title, "author": author} for title in ("Beta", "Alpha")]
    texts = [entry.text for entry in bibliography(items, "chicago-notes-bibliography-17th-edition")]
    assert texts == ["Fort, Stanislav. Alpha. n.d.", "———. Beta. n.d."]
    assert all("Fort" in entry.text for entry in bibliography(items, "chicago-notes-bibliography"))
