"""The user's settings, and the standard folders.

Settings live in ``config.toml`` of the configuration folder. Nothing is read or made at import time.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from readlist.errors import UsageError


class ConfigError(ValueError):
    """The settings file cannot be used; the message names the file and the setting."""


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


_SECTIONS = {
    "look": {"theme": "theme"},
    "list": {"sort": "sort"},
    "cite": {"style": "cite_style", "key": "key_pattern"},
}


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
        return user_path(option)
    named = os.environ.get("READLIST_LIBRARY")  # an empty variable is as good as none
    return user_path(named) if named else data_folder() / "library.json"


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
        return Path(text).expanduser()
    except RuntimeError:
        raise UsageError(f"{text}: no home folder is known for {Path(text).parts[0]}") from None


def load_config(path: Path | None = None) -> Config:
    """The settings of ``path`` (default: the configuration folder's ``config.toml``); a missing file sets nothing.

    Raises:
        ConfigError: the file is no TOML, names an unknown setting, or gives one the wrong type.
    """
    path = path or config_folder() / "config.toml"
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
    config = Config(**_settings(path, table))
    if config.key_pattern:
        from readlist.key_pattern import PatternError, check  # noqa: PLC0415 - few users have a pattern of their own

        try:
            check(config.key_pattern)
        except PatternError as error:
            line = _line_of(text, "cite", "key")
            raise ConfigError(f"{path}:{line}: cite.key: {error}" if line else f"{path}: cite.key: {error}") from None
    return config


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


def _settings(path: Path, table: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for section, values in table.items():
        if not isinstance(values, dict):
            raise ConfigError(f"{path}: '{section}' stands outside a section; {_sections()}")
        if section == "keys":
            found["keys"] = {str(name): _text(path, f"keys.{name}", value) for name, value in values.items()}
            continue
        names = _SECTIONS.get(section)
        if names is None:
            raise ConfigError(f"{path}: unknown section [{section}]; {_sections()}")
        for name, value in values.items():
            if name not in names:
                raise ConfigError(f"{path}: unknown setting {section}.{name}; [{section}] has {', '.join(names)}")
            found[names[name]] = _text(path, f"{section}.{name}", value)
    return found


def _sections() -> str:
    return "there are [look], [list], [cite] and [keys]"


def _text(path: Path, name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{path}: {name} must be a text in quotes, not {value!r}")
    return value
