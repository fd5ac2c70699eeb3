"""The user's settings, and the standard folders.

Settings live in ``config.toml`` of the configuration folder. Nothing is read or made at import time.
"""

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from readlist.errors import UsageError
from readlist.statuses import DEFAULT, StatusSet


class ConfigError(ValueError):
    """The settings file cannot be used; the message names the file and the setting."""


class Setting(NamedTuple):
    """One setting of the file."""

    section: str
    name: str
    field: str
    """Of `Config`."""
    meaning: str


class Config(NamedTuple):
    """The settings, each with the value it has when the file does not set it."""

    theme: str = "readlist-dark"
    """A theme of the palette's list (ctrl+p, "theme")."""
    sort: str = "date"
    """The order the list opens in: one of ``search.view.Order``."""
    cite_style: str = "bibtex"
    """What ``yy`` copies and ``readlist cite`` prints: a format or the id of a CSL style."""
    keys: Mapping[str, str] = {}
    """Command id to its keys, comma-separated: what the user has bound anew."""
    key_pattern: str = ""
    """How new citation keys are made (see `key_pattern`); empty for the pattern that readlist has by itself."""
    key_preset: str = "vim"
    """The map of keys that ``keys`` changes: vim, emacs or arrows."""
    key_digits: str = "shelves"
    """What the digits 1 to 7 do: show shelves, or begin counts."""
    advance: bool = False
    """Whether the cursor goes on to the next paper after a change of status."""
    signs: str = "unicode"
    """With which letters the screen is drawn: unicode or ascii."""
    zebra: bool = False
    """Whether every second row has another ground."""
    rules: bool = False
    """Whether thin lines stand between the columns of the list."""
    note_line: bool = False
    """Whether a row shows the first line of the note behind the title."""
    motion: bool = True
    """Whether anything on the screen moves by itself."""
    statuses: StatusSet = DEFAULT
    """The statuses that a paper can have."""
    note_template: str = ""
    """What a new note begins with; {title}, {authors}, {year}, {key} and {date} are replaced."""


SETTINGS = (
    Setting("look", "theme", "theme", "readlist-dark, readlist-light, or any theme that ctrl+p, “theme” lists"),
    Setting("look", "signs", "signs", "unicode, or ascii for fonts that lack ● ◐ ✓ ★"),
    Setting("look", "zebra", "zebra", "whether every second row has another ground"),
    Setting("look", "rules", "rules", "whether thin lines stand between the columns of the list"),
    Setting("look", "motion", "motion", "whether anything on the screen moves by itself"),
    Setting("list", "sort", "sort", "date, added, title, author, status or changed"),
    Setting("list", "advance", "advance", "whether the cursor goes on to the next paper after r and s"),
    Setting("list", "note", "note_line", "whether a row shows the first line of the note"),
    Setting("note", "template", "note_template", "what a new note begins with; {title} {authors} {year} {key} {date}"),
    Setting("cite", "style", "cite_style", "what yy copies: bibtex, markdown, …, or the id of any CSL style"),
    Setting("cite", "key", "key_pattern", "citation keys, such as {author}{year}{title}; empty: readlist's own"),
)
_BY_NAME = {(setting.section, setting.name): setting for setting in SETTINGS}
_KEYS = "keys"
_STATUS = "status"


_EXAMPLE = """\
[[status]]
name = "unread"

[[status]]
name = "skimmed"
glyph = "◔"
colour = "accent"
key = "M"

[[status]]
name = "read"
done = true

[[status]]
name = "dropped"
aside = true
"""


def defaults_text() -> str:
    """A settings file that sets nothing: every setting with its default, explained and commented out."""
    lines = ["# Settings of readlist. Take away the # of what you want to change."]
    section = ""
    for setting in SETTINGS:
        if setting.section != section:
            section = setting.section
            lines += ["", f"[{section}]"]
        default = getattr(Config(), setting.field)
        value = str(default).lower() if isinstance(default, bool) else f'"{default}"'
        lines += [f"# {setting.meaning}", f"#{setting.name} = {value}"]
    lines += [
        "",
        "[keys]",
        "# the map to begin with: vim, emacs or arrows",
        '#preset = "vim"',
        "# what the digits 1 to 7 do: shelves (a count begins with 0: 05j) or counts (5j; f and a digit: a shelf)",
        '#digits = "shelves"',
        "# command = keys, comma-separated; readlist keys lists the commands",
        '#toggle-read = "x"',
        "",
        "# The statuses that a paper can have, in their order, instead of unread, reading, read and dropped.",
        "# New papers have the first; done = true counts as read, aside = true as dropped. Each may have a glyph",
        "# of one cell, a colour (primary, secondary, accent, success, warning, error, muted or #rrggbb), and a",
        "# key that gives it at once.",
        *(f"#{line}" if line else "" for line in _EXAMPLE.splitlines()),
    ]
    return "\n".join(lines) + "\n"


def settings_of(config: Config) -> dict[str, Any]:
    """``config`` as the file would say it, by section."""
    table: dict[str, Any] = {}
    for setting in SETTINGS:
        table.setdefault(setting.section, {})[setting.name] = getattr(config, setting.field)
    return {**table, _KEYS: {"preset": config.key_preset, **config.keys}}


def config_file() -> Path:
    """Where the settings are, whether there are any or not."""
    return config_folder() / "config.toml"


def data_folder() -> Path:
    """The folder that holds the library when the user names none (on Linux ``~/.local/share/readlist``)."""
    return _standard_folder("XDG_DATA_HOME", ".local/share", "user_data_path")


def config_folder() -> Path:
    """The folder that holds ``config.toml`` (on Linux ``~/.config/readlist``)."""
    return _standard_folder("XDG_CONFIG_HOME", ".config", "user_config_path")


def state_folder() -> Path:
    """The folder for what is remembered between two starts and nobody would miss (``~/.local/state/readlist``)."""
    return _standard_folder("XDG_STATE_HOME", ".local/state", "user_state_path")


def cache_folder() -> Path:
    """The folder for what can be made again at any time (``~/.cache/readlist``)."""
    return _standard_folder("XDG_CACHE_HOME", ".cache", "user_cache_path")


def _standard_folder(variable: str, below_home: str, platform_function: str) -> Path:
    # The XDG base directory rule is one line; platformdirs, which would add 12 ms to every command, is asked only
    # on the systems that have rules of their own.
    if sys.platform in ("win32", "darwin"):
        import platformdirs  # noqa: PLC0415 - slow, and needed on these systems alone

        return Path(getattr(platformdirs, platform_function)("readlist", appauthor=False))
    base = os.environ.get(variable, "")
    return (Path(base) if os.path.isabs(base) else Path.home() / below_home) / "readlist"  # noqa: PTH117 - pathlib needs a Path first


def library_path(option: str | None = None) -> Path:
    """Where the library is: ``--library`` before ``READLIST_LIBRARY`` before the data folder.

    Raises:
        UsageError: what names it is no path.
    """
    if option is not None:
        if not option:
            raise UsageError("--library: the path is empty")
        return _named_library(option)
    named = os.environ.get("READLIST_LIBRARY")  # an empty variable is as good as none
    return _named_library(named) if named else data_folder() / "library.json"


def _named_library(text: str) -> Path:
    path = user_path(text)
    if path == path.parent and path.is_absolute():  # the files beside it could have no names
        raise UsageError(f"{text}: this is no file but a folder")
    return path


def user_path(text: str) -> Path:
    """The path that the user names by ``text``; ``~`` and ``~user`` are home folders.

    Raises:
        UsageError: it can be no path.
    """
    if not text:
        raise UsageError("the path is empty")
    if "\0" in text:
        raise UsageError(f"{text!r}: a path cannot hold the character NUL")
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise UsageError(f"{text}: no home folder is known for {Path(text).parts[0]}") from None
    try:
        path.lstat()
    except OSError as error:
        # Whoever asks whether it exists would meet this error, which is no answer.
        if error.errno == errno.ENAMETOOLONG:
            raise UsageError(f"{text[:40]}…: the name is too long") from None
    return path


def load_config(path: Path | None = None) -> Config:
    """The settings of ``path`` (default: the configuration folder's ``config.toml``); a missing file sets nothing.

    Raises:
        ConfigError: the file is no TOML, names an unknown setting, or gives one the wrong type.
    """
    path = path or config_file()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error})") from None
    import tomllib  # noqa: PLC0415 - only users who have a settings file pay for its parser

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from None
    statuses = _statuses(path, table.pop(_STATUS, None), text)
    config = Config(**_settings(path, table, text))._replace(statuses=statuses)
    if config.key_pattern:
        from readlist.key_pattern import PatternError, check  # noqa: PLC0415 - few users have a pattern of their own

        try:
            check(config.key_pattern)
        except PatternError as error:
            line = _line_of(text, "cite", "key")
            raise ConfigError(f"{_at(path, line)}: cite.key: {error}") from None
    return config


def load_statuses(path: Path | None = None) -> StatusSet:
    """The statuses of the settings, without a look at the rest, which may be wrong.

    Raises:
        ConfigError: the file is no TOML, or the statuses cannot be used.
    """
    path = path or config_file()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):  # whoever needs more of the settings tells of it
        return DEFAULT
    if _STATUS not in text:
        return DEFAULT
    import tomllib  # noqa: PLC0415 - only users who have statuses of their own pay for its parser

    try:
        return _statuses(path, tomllib.loads(text).get(_STATUS), text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from None


def _statuses(path: Path, tables: object, text: str) -> StatusSet:
    if tables is None:
        return DEFAULT
    from readlist.status_settings import StatusError, statuses_of  # noqa: PLC0415 - few have statuses of their own

    try:
        return statuses_of(tables)
    except StatusError as error:
        raise ConfigError(f"{_at(path, _status_line(text, error.place, error.setting))}: {error}") from None


def _status_line(text: str, place: int, name: str) -> int:
    """The number of the line that gives a setting of the ``place``-th status, or else begins that status."""
    table, begin, inside = -1, 0, False
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if words.startswith("["):
            is_status = words.strip("[] \t").split("]")[0].strip("\"'") == _STATUS
            table += is_status
            begin = number if is_status and table == place else begin
            inside = is_status
        elif name and inside and table == place and words.partition("=")[0].strip(" \t\"'") == name:
            return number
    return begin


def _line_of(text: str, section: str, name: str) -> int:
    """The number of the line that gives a setting, from 1; 0 where it is written in a way that is not seen through."""
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if words.startswith("["):
            inside = words.split("]")[0].strip("[ \t")
        place, equals, _ = words.partition("=")
        if equals and (inside, place.strip(" \t\"'")) in {(section, name), ("", f"{section}.{name}")}:
            return number
    return 0


def _settings(path: Path, table: Mapping[str, Any], text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    sections = [*dict.fromkeys(setting.section for setting in SETTINGS), _KEYS, _STATUS]
    for section, values in table.items():
        if section not in sections:
            is_section = isinstance(values, dict) or _is_tables(values)
            line = _section_line(text, section) if is_section else _line_of(text, "", section)
            what = f"unknown section [{section}]" if is_section else f"'{section}' stands outside a section"
            raise ConfigError(f"{_at(path, line)}: {what}; {_near(section, sections, 'there are')}")
        if not isinstance(values, dict):
            raise ConfigError(f"{path}: '{section}' must be a section, [{section}]")
        for name, value in values.items():
            where = f"{_at(path, _line_of(text, section, name))}: "
            if section == _KEYS:
                if not isinstance(value, str):
                    raise ConfigError(f"{where}keys.{name} must be a text in quotes, not {value!r}")
                if name in {"preset", "digits"}:
                    found[f"key_{name}"] = value
                else:
                    found.setdefault("keys", {})[name] = value
                continue
            setting = _BY_NAME.get((section, name))
            if setting is None:
                names = [one.name for one in SETTINGS if one.section == section]
                raise ConfigError(f"{where}unknown setting {section}.{name}; {_near(name, names, f'[{section}] has')}")
            found[setting.field] = _checked(where, setting, value)
    return found


def _is_tables(values: object) -> bool:
    return isinstance(values, list) and bool(values) and all(isinstance(one, dict) for one in values)


def _checked(where: str, setting: Setting, value: object) -> object:
    kind = type(getattr(Config(), setting.field))
    if type(value) is kind:
        return value
    wanted = "true or false" if kind is bool else "a text in quotes"
    raise ConfigError(f"{where}{setting.section}.{setting.name} must be {wanted}, not {value!r}")


def _near(name: str, names: Sequence[str], otherwise: str) -> str:
    import difflib  # noqa: PLC0415 - for a mistyped name alone

    near = difflib.get_close_matches(name, names, 1)
    return f"did you mean {near[0]}?" if near else f"{otherwise} {', '.join(names)}"


def _section_line(text: str, section: str) -> int:
    return next(
        (
            number
            for number, line in enumerate(text.splitlines(), 1)
            if line.startswith((f"[{section}", f"[[{section}"))
        ),
        0,
    )


def _at(path: Path, line: int) -> str:
    return f"{path}:{line}" if line else str(path)
