"""The settings file and the standard folders."""

from pathlib import Path

import pytest

from readlist.config import Config, ConfigError, library_path, load_config, load_statuses, user_path
from readlist.errors import UsageError


def settings(home: Path, text: str) -> Path:
    path = home / ".config" / "readlist" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_is_at_its_default() -> None:
    assert load_config() == Config()


def test_what_the_file_sets_is_used(home: Path) -> None:
    settings(home, '[look]\ntheme = "nord"\n[list]\nsort = "title"\n[cite]\nstyle = "apa"\n[keys]\nstar = "x"\n')
    assert load_config() == Config("nord", "title", "apa", {"star": "x"})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[look\n", "line 1"),
        ('[lok]\ntheme = "nord"\n', "config.toml:1: unknown section [lok]; did you mean look?"),
        ('[look]\ntehme = "nord"\n', "config.toml:2: unknown setting look.tehme; did you mean theme?"),
        ("[look]\ntheme = 3\n", "config.toml:2: look.theme must be a text"),
        ('theme = "nord"\n', "config.toml:1: 'theme' stands outside a section"),
        ('[look]\ntheme = "nord"\n\n[cite]\nkey = "{autor}"\n', "config.toml:5: cite.key: there is no field {autor}"),
        ('[cite]\n# key\n"key"="{year"\n', "config.toml:3: cite.key: a brace is not closed"),
        ('cite.key = "{author} {year}"\n', "config.toml:1: cite.key: a citation key cannot hold ' '"),
        ('cite = {key = "{year}"}\n', "config.toml: cite.key: it needs a field"),
    ],
)
def test_a_wrong_file_is_explained(home: Path, text: str, named: str) -> None:
    path = settings(home, text)
    with pytest.raises(ConfigError) as raised:
        load_config()
    assert str(path) in str(raised.value)
    assert named in str(raised.value)


def test_the_library_is_where_the_user_says(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert library_path() == home / ".local/share/readlist/library.json"
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    assert library_path() == home / "data/readlist/library.json"
    monkeypatch.setenv("XDG_DATA_HOME", "not/absolute")
    assert library_path() == home / ".local/share/readlist/library.json"
    monkeypatch.setenv("READLIST_LIBRARY", "~/mine.json")
    assert library_path() == home / "mine.json"
    assert library_path("other.json") == Path("other.json")


def test_a_byte_order_mark_does_no_harm(home: Path) -> None:
    settings(home, '\ufeff[look]\ntheme = "nord"\n')
    assert load_config().theme == "nord"


@pytest.mark.parametrize("text", ["", "a\0b", "~nosuchuser/x"])
def test_what_is_no_path_is_explained(text: str) -> None:
    with pytest.raises(UsageError):
        user_path(text)


def test_a_good_pattern_of_keys_is_taken(home: Path) -> None:
    settings(home, '[cite]\nkey = "{Author}:{yy}"\n')
    assert load_config().key_pattern == "{Author}:{yy}"


STATUSES = """\
[look]
zebra = true

[[status]]
name = "inbox"

[[status]]  # looked at
name = "skimmed"
"key" = "f9"

[[ status ]]
name = "read"
"""


def test_statuses_are_taken_in_their_order_with_signs_of_their_own(home: Path) -> None:
    path = settings(home, STATUSES + '[[status]]\nname = "again"\n[[status]]\nname = "cited"\ndone = true\n')
    found = load_config().statuses.meanings
    assert [one.name for one in found] == ["inbox", "skimmed", "read", "again", "cited"]
    assert [one.glyph for one in found] == ["●", "◐", "✓", "◔", "✔"]
    assert [one.role.value for one in found] == ["unread", "reading", "read", "reading", "read"]
    assert [one.value for one in found] == ["unread", "skimmed", "read", "again", "cited"]
    assert found[1].key == "f9"
    assert load_statuses(path).names == load_config().statuses.names


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"skimmed"', '"two words"', "config.toml:8: status.name: 'two words' is not one word"),
        ('"skimmed"', '"Skimmed"', "config.toml:8: status.name: 'Skimmed' is not one word of small letters"),
        ('"skimmed"', '"starred"', "config.toml:8: status.name: 'starred' means something else"),
        ('"skimmed"', '"inbox"', "config.toml:8: status.name: 'inbox' is the name of a status above"),
        ('"skimmed"', '"unread"', "config.toml:8: status.name: 'unread' is what new papers are"),
        ('"key"', "kye", "config.toml:9: unknown setting status.kye; did you mean key?"),
        ('"key" = "f9"', "key = 9", "config.toml:9: status.key must be a text"),
        ('"key" = "f9"', 'glyph = "ab"', "config.toml:9: status.glyph: 'ab' is not one sign"),
        ('"key" = "f9"', 'glyph = "深"', "config.toml:9: status.glyph: '深' is not one sign"),
        ('"key" = "f9"', 'glyph = "●"', "config.toml:9: status.glyph: ● is that of inbox"),
        (
            '"key" = "f9"',
            'colour = "acent"',
            "config.toml:9: status.colour: 'acent' is no colour; did you mean accent",
        ),
        ('"key" = "f9"', "done = true\naside = true", "config.toml:10: the status 'skimmed' can be done or aside"),
        ('name = "inbox"', 'name = "read"', "config.toml:4: status.done: the first status is that of new papers"),
        ('name = "skimmed"', "", "config.toml:7: a status needs a name"),
        ('name = "read"', 'name = "rad"', "config.toml: no status counts as read"),
        (STATUSES, '[status]\nname = "inbox"\n', "config.toml:1: each status is a table that begins with [[status]]"),
        (STATUSES, "[[statuss]]\n", "unknown section [statuss]; did you mean status?"),
    ],
)
def test_a_wrong_status_is_named_with_its_line(home: Path, old: str, new: str, named: str) -> None:
    settings(home, STATUSES.replace(old, new, 1))
    with pytest.raises(ConfigError) as caught:
        load_config()
    assert named in str(caught.value)
