"""``readlist list`` and ``readlist show``."""

import json
from pathlib import Path
from typing import Any

import pytest

Run = Any
Refused = Any


def titles(readlist: Run, *arguments: str) -> list[str]:
    """The titles that ``list --json`` gives."""
    done = readlist("list", "--json", *arguments)
    assert done.stderr == ""
    return [paper["title"] for paper in json.loads(done.stdout)]


@pytest.mark.usefixtures("filled")
class TestList:
    def test_prints_one_line_a_paper_newest_first(self, readlist: Run) -> None:
        lines = readlist("list").stdout.splitlines()
        assert len(lines) == 32
        assert lines[0].startswith("●  2026  Salvatore +       Solving adversarial examples")
        years = [line[3:7] for line in lines]
        assert years == sorted(years, reverse=True)

    def test_a_query_narrows_by_words_that_must_all_occur(self, readlist: Run) -> None:
        assert titles(readlist, "omniglot", "fort") == [
            "Gaussian Prototypical Networks for Few-Shot Learning on Omniglot"
        ]
        assert len(titles(readlist, "fort")) > len(titles(readlist, "fort", "ganguli")) > 0

    def test_a_phrase_in_quotation_marks_must_occur_as_it_is(self, readlist: Run) -> None:
        assert len(titles(readlist, "learning", "deep")) > len(titles(readlist, '"deep learning"'))
        assert titles(readlist, '"deep learning"')

    def test_an_arxiv_id_finds_its_paper(self, readlist: Run) -> None:
        (title,) = titles(readlist, "1807.02581")
        assert title.startswith("The Goldilocks zone")
        assert titles(readlist, "arXiv:1807.02581") == [title]

    def test_json_has_every_field_and_null_for_what_is_not_known(self, readlist: Run) -> None:
        (paper,) = json.loads(readlist("list", "--json", "1807.02581").stdout)
        assert paper["authors"] == [
            {"family": "Fort", "given": "Stanislav"},
            {"family": "Scherlis", "given": "Adam"},
        ]
        assert paper["published"] == "2018-07-06"
        assert paper["status"] == "unread"
        assert paper["note"] is None
        assert paper["needs_review"] is False

    @pytest.mark.parametrize("order", ["date", "added", "title", "author", "status", "changed"])
    def test_every_order_shows_every_paper(self, readlist: Run, order: str) -> None:
        found = titles(readlist, "--sort", order)
        assert len(set(found)) == 32
        if order == "title":
            assert [title.casefold()[:1] for title in found] == sorted(title.casefold()[:1] for title in found)

    def test_shelves_follow_the_status(self, readlist: Run) -> None:
        readlist("mark", "read", "omniglot")
        readlist("mark", "reading", "tomography")
        readlist("mark", "star", "omniglot")
        sizes = {
            shelf: len(titles(readlist, "--show", shelf)) for shelf in ("all", "unread", "reading", "read", "starred")
        }
        assert sizes == {"all": 32, "unread": 30, "reading": 1, "read": 1, "starred": 1}
        assert readlist("list", "--show", "read").stdout.startswith("✓★ 2017  Fort")

    def test_finding_nothing_is_said_in_one_line(self, readlist: Run, refused: Refused) -> None:
        refused(readlist("list", "xyzzy"), 1, "xyzzy")
        refused(readlist("list", "--show", "starred"), 1, "starred")
        refused(readlist("list", "fort", "--show", "starred"), 1, "starred")

    def test_finding_nothing_is_an_empty_list_in_json(self, readlist: Run) -> None:
        done = readlist("list", "--json", "xyzzy")
        assert (done.returncode, done.stdout, done.stderr) == (1, "[]\n", "")

    def test_words_may_stand_on_both_sides_of_an_option(self, readlist: Run) -> None:
        assert titles(readlist, "omniglot", "--sort", "title", "fort") == titles(readlist, "omniglot", "fort")

    @pytest.mark.parametrize(
        ("query", "place", "word"),
        [
            ("(a or b", 0, "closes"),
            ('"a', 0, "quotation"),
            ("(a", 0, "closes"),
            ("-", 0, "missing"),
            ("fort year:2023..2021", 10, "2021..2023"),
        ],
    )
    def test_half_a_query_is_refused_with_its_place(self, readlist: Run, query: str, place: int, word: str) -> None:
        done = readlist("list", "--", query)
        assert (done.returncode, done.stdout) == (2, "")
        message, typed, mark = done.stderr.splitlines()
        assert word in message
        assert typed.strip() == query
        assert mark.index("^") - typed.index(query) == place

    def test_the_dash_of_a_title_is_no_sign(self, readlist: Run) -> None:
        assert readlist("list", "deep - ensembles").stdout == readlist("list", "deep ensembles").stdout

    def test_a_wrong_query_is_explained_with_its_place(self, readlist: Run) -> None:
        result = readlist("list", "fort", "autor:x")
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.splitlines() == [
            "readlist: There is no field “autor”; did you mean author:?",
            "  fort autor:x",
            "       ^^^^^^",
        ]

    def test_the_query_language_is_that_of_the_app(self, readlist: Run) -> None:
        assert titles(readlist, "author:fort", "year:2019", "or", "title:goldilocks") == titles(
            readlist, "(author:fort year:2019) or title:goldilocks"
        )
        assert set(titles(readlist, "fort", "-ensembles")) < set(titles(readlist, "fort"))
        assert set(titles(readlist, "-author:fort")) == set(titles(readlist)) - set(titles(readlist, "author:fort"))

    def test_a_typing_error_is_forgiven_where_nothing_is_changed(self, readlist: Run) -> None:
        result = readlist("list", "goldilokcs")
        assert "Goldilocks" in result.stdout
        assert result.stderr == "readlist: No “goldilokcs”; showing “goldilocks”\n"
        assert readlist("mark", "read", "goldilokcs").returncode == 1

    @pytest.mark.parametrize("wrong", [["--sort", "size"], ["--show", "eaten"], ["--frobnicate"]])
    def test_a_wrong_option_is_named(self, readlist: Run, refused: Refused, wrong: list[str]) -> None:
        refused(readlist("list", *wrong), 2, wrong[-1], "--help")


@pytest.mark.usefixtures("filled")
class TestShow:
    def test_prints_a_paper_in_full(self, readlist: Run) -> None:
        readlist("note", "1807.02581", "thin *zone*")
        shown = readlist("show", "1807.02581").stdout
        for text in (
            "The Goldilocks zone: Towards better understanding", "Stanislav Fort, Adam Scherlis", "2018-07-06",
            "cs.LG", "1807.02581", "https://arxiv.org/abs/1807.02581", "unread", "thin *zone*", "We explore the loss",
        ):  # fmt: skip
            assert text in shown

    def test_shows_mathematics_as_text(self, readlist: Run) -> None:
        shown = readlist("show", "CrossMax").stdout
        assert "L_∞=8/255" in shown
        assert "\\infty" not in shown

    def test_shows_every_paper_that_matches(self, readlist: Run) -> None:
        number = len(titles(readlist, "ganguli"))
        assert number > 1
        assert readlist("show", "ganguli").stdout.count("Title:") == number
        assert len(json.loads(readlist("show", "ganguli", "--json").stdout)) == number

    def test_finding_nothing(self, readlist: Run, refused: Refused) -> None:
        refused(readlist("show", "xyzzy"), 1, "xyzzy")
        refused(readlist("show"), 2, "QUERY")


def test_text_from_outside_cannot_write_on_the_terminal(readlist: Run, tmp_path: Path) -> None:
    evil = tmp_path / "evil.txt"
    evil.write_text(
        "LGOct 11, 2022\nA Title\x1b[2J\x07 \x9b31m\u202eof DoomEve Il\nAn abstract \x1b]52;c;ZXZpbA==\x07 here.\n"
    )
    readlist("import", str(evil))
    for verb in (["list"], ["show", "doom"], ["cite", "doom", "--style", "title"]):
        printed = readlist(*verb).stdout
        assert printed
        assert not {sign for sign in printed if (ord(sign) < 32 and sign != "\n") or 127 <= ord(sign) < 160}, verb


def test_without_a_library_it_says_how_to_start_one(readlist: Run, refused: Refused, library_file: Path) -> None:
    for verb in (["list"], ["show", "x"], ["mark", "read", "x"], ["note", "x"], ["tag", "x", "x"]):
        refused(readlist(*verb), 1, str(library_file), "readlist without a verb")
    assert not library_file.exists()
