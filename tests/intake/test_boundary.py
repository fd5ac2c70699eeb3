import pytest

from readlist.intake.listing.boundary import split_body


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("Loss landscapes, curvature, and generalization", "Stanislav Fort"),
        ("Loss landscapes, curvature, and generalization", "Stanislav Fort, Surya Ganguli"),
        ("M3Ret: image retrieval in NetLogo", "Tavish McDonald, Bo Lei, Stanislav Fort"),
        ("Deep learning for QCD", "J. Smith"),
        ("Deep learning for QCD", "J.-P. Serre, A. B. Kumar"),
        ("Learning to play with GANs", "Wei Zhang"),
        ("Why does it work?", "Anna Müller, Tom Brown"),
        ("Superconductivity in YBCO (Part 2)", "Michael Jordan"),
        ("Robustness at $L_\\infty=8/255$", "Wei Zhang"),
        ('On "attention"', "Peter Smith"),
        ("On the theory of games", "van der Waals, Tom Brown"),
        ("A search for dark matter", "XENON Collaboration, E. Aprile, J. Aalbers"),
        ("Scaling laws of language models", "Gemini Team, Tom Brown"),
        ("Language models are few-shot learners", "Siddharth, Tom Brown"),
        ("A note on a theorem of Michael Jordan", "Tom Brown"),
        ("Structure · function in networks", "Tom Brown"),
    ],
)
def test_title_and_authors_are_parted(title: str, authors: str) -> None:
    split = split_body(title + authors, "", cut=False)
    assert (split.title, ", ".join(split.authors)) == (title, authors)


def test_the_abstract_decides_what_the_line_leaves_open() -> None:
    line = "A game in AgentFuelNetWoosung Joung"
    assert split_body(line, "We present AgentFuelNet, an agent.", cut=False).title == "A game in AgentFuelNet"


def test_a_cut_list_has_three_authors_however_many_commas_the_title_has() -> None:
    split = split_body("Cats, dogs, and birdsWei Zhang, Tom Brown, Bo Lei", "", cut=True)
    assert split.title == "Cats, dogs, and birds"
    assert split.authors == ("Wei Zhang", "Tom Brown", "Bo Lei")


def test_a_suffix_after_a_comma_is_no_author() -> None:
    split = split_body("On civil graphsMartin Luther King, Jr., Tom Brown, Bo Lei", "", cut=True)
    assert split.title == "On civil graphs"
    assert split.authors == ("Martin Luther King, Jr.", "Tom Brown", "Bo Lei")


@pytest.mark.parametrize("author", ["john cotter", "enjamin R. Brown"])
def test_a_malformed_first_author_is_shown_for_review(author: str) -> None:
    split = split_body(f"Scaling laws of neural language models{author}", "Neural language models scale.", cut=False)
    assert split.doubt


def test_a_doubtful_split_names_another_one() -> None:
    split = split_body("Faster RCNNUMMPK Nawarathne", "", cut=False)
    assert split.doubt
    assert split.alternative
    assert split.alternative[0] != split.title


def test_a_line_without_any_place_for_a_boundary_is_all_title() -> None:
    split = split_body("a", "", cut=False)
    assert (split.title, split.authors, split.doubt, split.alternative) == ("a", (), True, None)
