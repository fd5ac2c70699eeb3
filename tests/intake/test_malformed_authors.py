"""First authors that are printed as no name is: right or wrong, the user is asked to look at them."""

import pytest

from readlist.intake.listing.boundary import split_body
from readlist.intake.listing.reader import read_listing

TITLES = {
    "Scaling laws of neural language models": "We study how the loss of neural language models scales.",
    "A robust tracker for SLAM": "We present a robust tracker. SLAM in the dark becomes possible.",
    "Why do bees dance?": "Bees dance, and we ask why.",
    "Playing chess with ChessBench": "We present ChessBench, a benchmark of chess.",
    "On the number of knots of genus 2": "We count the knots of genus 2.",
}
LOWER = [
    "john cotter",
    "wei zhang",
    "maria garcia lopez",
    "de jong pieter",
    "van gogh",
    "de la cruz",
    "j. smith",
    "anna-lena müller",
]
LOST = ["enjamin R. Brown", "tanislav Fort", "ingming Wang", "ushrita Rakshit", "enchen Liu", "ames T. Kirk"]
CAPITALS = ["HASIDA Koiti", "ZHANG Wei", "MÜLLER Anna", "LIMA-SANTOS A.", "TANAKA Hiroshi", "LI Bo"]
GLUED = ["JKRowling", "ABKumar Singh", "JRR Tolkien", "MDAbu Siddique", "HMNS Kumari", "XYZhang Wei"]


@pytest.mark.parametrize("author", [*LOWER, *LOST, *CAPITALS, *GLUED])
@pytest.mark.parametrize("title", TITLES)
def test_a_malformed_first_author_lands_in_review(title: str, author: str) -> None:
    page = f"LGMar 3\n{title}{author}, Tom Brown\n{TITLES[title]}\n"
    (paper,) = read_listing(page).papers
    assert paper.needs_review, (paper.title, paper.authors)
    assert paper.title + ", ".join(each.display for each in paper.authors) == f"{title}{author}, Tom Brown"


@pytest.mark.parametrize("author", ["Stanislav Fort", "J. R. R. Tolkien", "Anna-Lena Müller", "Wei Zhang"])
@pytest.mark.parametrize("title", TITLES)
def test_a_well_formed_first_author_does_not(title: str, author: str) -> None:
    page = f"LGMar 3\n{title}{author}, Tom Brown\n{TITLES[title]}\n"
    (paper,) = read_listing(page).papers
    assert (paper.title, paper.authors[0].display, paper.review_reason) == (title, author, "")


def test_the_reason_names_the_second_best_split() -> None:
    page = "LGMar 3\nPlaying chess with ChessBenchenchen Liu, Tom Brown\nWe present ChessBench, a benchmark.\n"
    (paper,) = read_listing(page).papers
    assert paper.review_reason.startswith("Title and authors are hard to part: the title may also end in “…")
    assert "before “" in paper.review_reason


@pytest.mark.parametrize(
    ("line", "abstract"),
    [
        ("A sharp bound for groups of class 3wooksu shin, Ivan Panin", ""),
        ("Fluid simulation and a DesignWorkflowmarendra K. Sarma, Tom Brown", ""),
        ("Playing chess with a HoneyModelushrita Rakshit, Tom Brown", ""),
        ("Planning for agents with HoneyFueljan freyberg, Tom Brown", ""),
        ("Large language models and generative AIingming Wang, Tom Brown", ""),
        ("On measures in HoneyBenjamin Abt, Tom Brown", "We measure with HoneyBen, a scale."),
    ],
)
def test_a_likely_name_that_may_hold_the_end_of_the_title_is_shown_too(line: str, abstract: str) -> None:
    split = split_body(line, abstract, cut=False)
    assert split.doubt
    assert split.title + ", ".join(split.authors) == line


@pytest.mark.parametrize("title", ["On the wealth of bees", "A proof of convergence", "Learning systems"])
def test_a_name_in_lower_case_is_shown_even_where_it_begins_with_a_particle(title: str) -> None:
    assert split_body(f"{title}van jong, Tom Brown", f"{title}: a study.", cut=False).doubt
