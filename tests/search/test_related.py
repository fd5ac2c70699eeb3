"""Which papers are near to each other."""

import pytest

from readlist.intake.seed import seed_papers
from readlist.paper import Paper
from readlist.search.related import related
from readlist.search.text import searchable

SEED = {paper.title: searchable(paper) for paper in seed_papers()}


def nearest(start: str) -> str:
    title = next(title for title in SEED if title.startswith(start))
    return related(title, SEED)[0].id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A Simple Fix to Mahalanobis Distance", "Adversarial vulnerability of powerful near out-of-distribution"),
        ("The Goldilocks zone", "Emergent properties of the local geometry of neural loss landscapes"),
        ("Constitutional AI", "Training a Helpful and Harmless Assistant"),
    ],
)
def test_two_papers_on_the_same_thing_find_each_other_first(one: str, other: str) -> None:
    assert nearest(one).startswith(other)
    assert nearest(other).startswith(one)


def test_what_is_on_loss_landscapes_finds_more_of_it() -> None:
    landscapes = {title for title in SEED if "landscape" in title.lower()}
    assert len(landscapes) == 7
    for title in landscapes - {title for title in SEED if title.startswith("How many degrees")}:
        assert related(title, SEED)[0].id in landscapes


def test_the_nearest_come_first_ten_at_most_and_none_twice() -> None:
    for title in SEED:
        found = related(title, SEED)
        assert len(found) == len({near.id for near in found}) == 10
        assert title not in {near.id for near in found}
        assert [near.nearness for near in found] == sorted((near.nearness for near in found), reverse=True)
        assert all(near.shared and 0 < near.nearness <= 1 for near in found)


def test_the_nearest_are_found_among_many_as_among_few() -> None:
    others = {
        str(n): searchable(Paper(title=f"Soil moisture {n}", abstract="rain and clay " * 40)) for n in range(5_000)
    }
    title = next(title for title in SEED if title.startswith("A Simple Fix"))
    assert [near.id for near in related(title, {**others, **SEED})[:2]] == [
        near.id for near in related(title, SEED)[:2]
    ]


@pytest.mark.parametrize("title", ["", "the of", "深度学习"])
def test_what_says_nothing_has_no_neighbours(title: str) -> None:
    assert related("x", {"x": searchable(Paper(title=title)), **SEED}) == []
    assert related("x", {"x": searchable(Paper(title="Loss landscapes"))}) == []
