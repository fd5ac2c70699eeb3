import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.names import family_parts, split_name
from readlist.paper import Author

words = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=12)
particles = st.sampled_from(["van", "von", "de", "der", "la", "y", "Van", "De", "Jr.", "III", "Filho", "the", "Team"])


@pytest.mark.parametrize(
    ("display", "given_name", "family"),
    [
        ("Stanislav Fort", "Stanislav", "Fort"),
        ("Hui Khoon Ng", "Hui Khoon", "Ng"),
        ("J.-P. Serre", "J.-P.", "Serre"),
        ("Katrina", "", "Katrina"),
        ("McDonald", "", "McDonald"),
        ("George van den Driessche", "George", "van den Driessche"),
        ("Charles de la Vallée Poussin", "Charles", "de la Vallée Poussin"),
        ("Gerard 't Hooft", "Gerard", "'t Hooft"),
        ("Luc Van Gool", "Luc", "Van Gool"),
        ("Guy Van den Broeck", "Guy", "Van den Broeck"),
        ("Quoc Van Nguyen", "Quoc Van", "Nguyen"),
        ("Pham Le Minh", "Pham Le", "Minh"),
        ("Martin Luther King Jr.", "Martin Luther", "King Jr."),
        ("John Smith III", "John", "Smith III"),
        ("Santiago Ramón y Cajal", "Santiago", "Ramón y Cajal"),
        ("José Silva Filho", "José", "Silva Filho"),
        ("Joaquim Neto", "Joaquim", "Neto"),
        ("Eduardo Noronha de A. Freitas", "Eduardo Noronha de A.", "Freitas"),
        ("Haoyi jiang", "Haoyi", "jiang"),
        ("van Gogh", "", "van Gogh"),
        ("Al Gore", "Al", "Gore"),
        ("Nicola De Cao", "Nicola", "De Cao"),
        ("Borja De Balle Pigem", "Borja", "De Balle Pigem"),
        ("Maria De La Cruz", "Maria", "De La Cruz"),
        ("Anna Van Der Berg", "Anna", "Van Der Berg"),
        ("Di Trapani", "Di", "Trapani"),
        ("Sheer El Showk", "Sheer", "El Showk"),
        ("The Huynh Vu", "The Huynh", "Vu"),
    ],
)
def test_a_person_has_a_family_and_a_given_name(display: str, given_name: str, family: str) -> None:
    assert split_name(display) == Author(family=family, given=given_name)


@pytest.mark.parametrize(
    "group",
    [
        "ATLAS Collaboration",
        "the RD42 collaboration",
        "for the Belle II TOP group",
        "on behalf of the SHiP Collaboration",
        "Gemini Team",
        "KM3NeT Consortium",
        "Quantum Algorithms Working Group",
        "OpenAI",
        "DeepSeek-AI",
        "NVIDIA",
    ],
)
def test_a_group_is_left_whole(group: str) -> None:
    assert split_name(group) == Author(literal=group)


@pytest.mark.parametrize(
    ("family", "parts"),
    [
        ("van den Driessche", ("van den", "Driessche", "")),
        ("King Jr.", ("", "King", "Jr.")),
        ("King, Jr.", ("", "King", "Jr.")),
        ("de la Cruz III", ("de la", "Cruz", "III")),
        ("de La Clergerie", ("de", "La Clergerie", "")),
        ("Van den Broeck", ("", "Van den Broeck", "")),
        ("Fort", ("", "Fort", "")),
        ("van", ("", "van", "")),
        ("Jr.", ("", "Jr.", "")),
        ("", ("", "", "")),
    ],
)
def test_a_family_name_has_a_particle_a_name_and_a_suffix(family: str, parts: tuple[str, str, str]) -> None:
    assert family_parts(family) == parts


@given(st.lists(words | particles, max_size=7))
def test_no_word_of_a_name_is_lost_or_moved(name: list[str]) -> None:
    text = " ".join(name)
    author = split_name(text)
    assert author.display == text
    assert not (author.literal and (author.family or author.given))


@given(st.lists(words | particles, min_size=1, max_size=5))
def test_the_parts_of_a_family_name_are_the_name(name: list[str]) -> None:
    parts = family_parts(" ".join(name))
    assert parts.family
    joined = [*parts.particle.split(), *parts.family.split(), *parts.suffix.split()]
    assert [word.rstrip(",") for word in joined] == [word.rstrip(",") for word in name] or "," in "".join(name)
