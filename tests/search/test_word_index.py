"""A large library is searched by its words, and finds exactly what looking at every text finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.paper import Author, Paper
from readlist.search import pile as pile_module
from readlist.search.finder import Finder
from readlist.search.query import Query
from readlist.search.searched import Searched
from readlist.search.shelves import Shelf
from readlist.search.view import Order
from readlist.search.word_index import WordIndex

LETTERS = "ab\u00e9c"
SPACES = " \n\x1f\u00a0"
TEXTS = st.text(alphabet=LETTERS + SPACES + "-", max_size=40)


def plain(texts: dict[str, str], ids: list[str], needles: tuple[str, ...]) -> list[str]:
    return [identifier for identifier in ids if all(needle in texts[identifier] for needle in needles)]


class Needles(Query):
    """Asks for texts in which all strings occur, whatever they are."""

    __slots__ = ()

    def __init__(self, *needles: str) -> None:
        super().__init__()
        self.needles = needles

    @property
    def is_plain(self) -> bool:
        return True


@given(st.data())
def test_it_finds_what_looking_at_every_text_finds(data: st.DataObject) -> None:
    # Few texts many times over: some words are in one or two of them, some in a few, and some in nearly all.
    kinds = data.draw(st.lists(TEXTS, min_size=1, max_size=8))
    often = data.draw(st.lists(st.sampled_from(range(len(kinds))), min_size=1, max_size=60))
    texts = {f"{number:03}": kinds[kind] for number, kind in enumerate(often)}
    index = WordIndex(texts)
    changed = data.draw(st.lists(st.sampled_from(list(texts)), max_size=4))
    for identifier in changed:
        texts[identifier] = data.draw(TEXTS)
        index.forget(identifier)
    if data.draw(st.booleans()):  # one that came later
        texts["new"] = data.draw(TEXTS)
    ids = data.draw(st.permutations(list(texts))) if data.draw(st.booleans()) else list(texts)
    needles = tuple(data.draw(st.lists(st.text(alphabet=LETTERS + SPACES, min_size=1, max_size=4), max_size=3)))
    found = Searched(ids).matching(Needles(*needles), texts, index)
    assert list(found.ids) == plain(texts, ids, needles)
    # One letter more, among what has been found; and then something else entirely.
    further = (*needles[:-1], needles[-1] + data.draw(st.sampled_from(LETTERS))) if needles else ("a",)
    assert list(found.matching(Needles(*further), texts, index).ids) == plain(texts, list(found.ids), further)
    other = data.draw(st.text(alphabet=LETTERS, min_size=2, max_size=3))
    assert list(Searched(ids).matching(Needles(other), texts, index).ids) == plain(texts, ids, (other,))


def test_where_words_are_in_too_many_papers_the_texts_are_looked_at() -> None:
    # Each paper has many words with "ab" that a few others have as well, and one in three has none.
    words = {number: " ".join(f"ab{(number + step) // 9 % 99}x{step}" for step in range(60)) for number in range(900)}
    texts = {str(number): text if number % 3 else "nothing" for number, text in words.items()}
    index = WordIndex(texts)
    found = Searched(list(texts)).matching(Needles("ab"), texts, index)
    assert list(found.ids) == [identifier for identifier in texts if int(identifier) % 3]


def test_what_was_given_up_is_no_index() -> None:
    pile = pile_module.Pile()
    pile.take({str(number): Paper(id=str(number), title=f"Paper {number}") for number in range(3_000)})
    work = pile.unindexed(Order.DATE, lambda: False)
    assert work is not None
    work()()
    assert pile.index is None


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch) -> Finder:
    monkeypatch.setattr(pile_module, "_INDEXED", 1)
    return Finder()


def test_changes_are_found_at_once_and_an_index_that_knows_too_little_is_made_anew(finder: Finder) -> None:
    papers = {
        str(number): Paper(
            id=str(number),
            title=f"Some title number {number}",
            authors=(Author("Noether", "Emmy"),) if number % 2 else (),
            published=f"2020-01-{number % 28 + 1:02}",
        )
        for number in range(100)
    }

    def found(query: str) -> set[str]:
        view = finder.view(papers, {}, shelf=Shelf.ALL, query=Query.parse(query), order=Order.RELEVANCE)
        return set(view.ids)

    def index() -> bool:
        work = finder.unindexed(lambda: True)
        if work is None:
            return False
        work()()
        return True

    assert found("noether") == {key for key in papers if int(key) % 2}
    assert index()
    assert not index()
    assert found("noether") == {key for key in papers if int(key) % 2}
    assert found("noeth") == found("emmy noether") == found('"emmy noether"') == found("author:noether")
    assert found("title noether -number") == set()
    papers = {**papers, "4": papers["4"]._replace(note="Noether said so"), "new": Paper(id="new", title="Noether")}
    del papers["7"]
    papers["9"] = papers["9"]._replace(authors=())
    assert found("noether") == {key for key in papers if key.isdecimal() and int(key) % 2 and key != "9"} | {"4", "new"}
    assert not index()
    for key in list(papers)[:20]:
        papers[key] = papers[key]._replace(tags=("many",))
    assert found("many") == set(list(papers)[:20])
    assert index()
    assert found("many") == set(list(papers)[:20])


def test_what_changes_while_the_words_are_indexed_is_found(finder: Finder) -> None:
    papers = {str(number): Paper(id=str(number), title=f"Some title {number}") for number in range(50)}

    def view(query: str) -> list[str]:
        return list(finder.view(papers, {}, shelf=Shelf.ALL, query=Query.parse(query), order=Order.DATE).ids)

    view("")
    work = finder.unindexed(lambda: True)
    assert work is not None
    take = work()
    papers["8"] = papers["8"]._replace(title="Another one")
    view("")
    take()
    assert view("another") == ["8"]
    assert "8" not in view("some")
    assert len(view("some")) == 49
