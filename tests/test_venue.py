"""What venue lines mean, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.venue import Venue, read_venue


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ICLR 2022", Venue("ICLR 2022", "paper-conference", year="2022")),
        ("ICLR 2021 (openreview OGg9XnKxFAH)", Venue("ICLR 2021", "paper-conference", year="2021")),
        (
            "NeurIPS 2019 workshop Bayesian Deep Learning (contributed talk)",
            Venue("NeurIPS 2019 workshop Bayesian Deep Learning", "paper-conference", year="2019", is_workshop=True),
        ),
        (
            "ICML 2021, PMLR v139 (lucas21a)",
            Venue(
                "ICML 2021", "paper-conference", "139", year="2021", series="Proceedings of Machine Learning Research"
            ),
        ),
        (
            "ICML 2021, PMLR 139:7168-7179",
            Venue(
                "ICML 2021",
                "paper-conference",
                "139",
                "",
                "7168-7179",
                "2021",
                "Proceedings of Machine Learning Research",
            ),
        ),
        ("ICLR 2026 (secondary)", Venue("ICLR 2026", "paper-conference", year="2026", is_confirmed=False)),
        ("NIPS'17", Venue("NIPS 2017", "paper-conference", year="2017")),
        ("CVPR", Venue("CVPR", "paper-conference")),
    ],
)
def test_conference_lines(line: str, expected: Venue) -> None:
    assert read_venue(line) == expected


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("npj Quantum Information 7:105 (2021)", ("npj Quantum Information", "7", "", "105", "2021")),
        ("Phys. Rev. Lett. 120, 145301 (2018)", ("Phys. Rev. Lett.", "120", "", "145301", "2018")),
        ("Nature 596(7873):583--589, 2021", ("Nature", "596", "7873", "583-589", "2021")),
        ("JHEP 05 (2019) 123", ("JHEP", "05", "", "123", "2019")),
        ("Nature, vol. 529, no. 7587, pp. 484-489, Jan. 2016", ("Nature", "529", "7587", "484-489", "2016")),
        ("Nature 529 (2016)", ("Nature", "529", "", "", "2016")),
    ],
)
def test_journal_lines(line: str, parts: tuple[str, ...]) -> None:
    name, volume, issue, pages, year = parts
    assert read_venue(line) == Venue(name, "article-journal", volume, issue, pages, year)


@pytest.mark.parametrize(
    "line",
    [
        "Nature",
        "Journal of X (Series B)",
        "Physical Review X",
        "Proceedings of the National Academy of Sciences",
        "Area 51",
    ],
)
def test_a_plain_name_stays_as_it_is(line: str) -> None:
    assert read_venue(line) == Venue(line)


def test_a_year_alone_is_no_part_of_the_name() -> None:
    assert read_venue("Science (2019)") == Venue("Science", year="2019")
    assert read_venue("Neural Computation, 1997") == Venue("Neural Computation", year="1997")


def test_a_conference_is_known_by_its_words() -> None:
    venue = read_venue("2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)")
    assert venue.type == "paper-conference"
    assert venue.name == "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)"
    assert venue.year == "2016"


def test_remarks_one_after_the_other_all_go() -> None:
    assert read_venue("ICLR 2020 (oral) (openreview r1g87C4KwB)").name == "ICLR 2020"


@given(st.text(max_size=80))
def test_any_line_is_read_without_losing_its_name(line: str) -> None:
    venue = read_venue(line)
    assert bool(venue.name) == bool(line.split())
    assert venue.year == "" or (venue.year.isdigit() and len(venue.year) == 4)


def test_a_long_line_takes_no_time() -> None:
    assert read_venue("1, " * 20_000).name
