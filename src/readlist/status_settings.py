"""The tables ``[[status]]`` of the settings: what may stand in them, and the statuses they make."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from readlist.paper import Status
from readlist.statuses import DEFAULT, Role, StatusMeaning, StatusSet

_SETTINGS: Mapping[str, type] = {"name": str, "glyph": str, "colour": str, "key": str, "done": bool, "aside": bool}
_COLOURS = ("primary", "secondary", "accent", "success", "warning", "error", "foreground", "muted")
_GLYPHS: Mapping[Role, str] = {Role.NEW: "●", Role.BETWEEN: "◐◔◑◕◒◓", Role.DONE: "✓✔■▣", Role.ASIDE: "–×∅"}
"""Signs for statuses that are given none, in the order in which they are taken."""
_TAKEN = frozenset({"all", "starred", "trash", "queue", "queued", "flagged", "star", "unstar", "unknown"})
"""Words that stand for something else in queries, on the command line or on the screen."""
_WORD = re.compile(r"\w[\w-]*")


class StatusError(ValueError):
    """A status cannot be used; the message says why."""

    def __init__(self, message: str, place: int = -1, setting: str = "") -> None:
        super().__init__(message)
        self.place = place
        """Which table, from 0; -1: all of them together."""
        self.setting = setting
        """Which setting of it; empty: the table as a whole."""


def statuses_of(tables: object) -> StatusSet:
    """The statuses that the tables describe.

    Raises:
        StatusError: one of them cannot be used.
    """
    if not isinstance(tables, list) or not tables or not all(isinstance(one, dict) for one in tables):
        raise StatusError("each status is a table that begins with [[status]]", 0)
    found: list[StatusMeaning] = []
    for place, table in enumerate(tables):
        found.append(_status(table, place, found))
    if not any(one.role is Role.DONE for one in found):
        raise StatusError("no status counts as read; give one of them done = true")
    return StatusSet(found)


def _status(table: Mapping[str, Any], place: int, before: Sequence[StatusMeaning]) -> StatusMeaning:
    for setting, value in table.items():
        if setting not in _SETTINGS:
            raise StatusError(f"unknown setting status.{setting}; {_nearest(setting, _SETTINGS)}", place, setting)
        kind = _SETTINGS[setting]
        if type(value) is not kind:
            wanted = "true or false" if kind is bool else "a text in quotes"
            raise StatusError(f"status.{setting} must be {wanted}, not {value!r}", place, setting)
    name = _name(table, place, before)
    role = _role(table, name, place)
    colour = str(table.get("colour", ""))
    if colour and colour not in _COLOURS and not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        what = f"status.colour: {colour!r} is no colour; {_nearest(colour, (*_COLOURS, '#rrggbb'))}"
        raise StatusError(what, place, "colour")
    return StatusMeaning(name, _glyph(table, name, role, place, before), role, colour, str(table.get("key", "")))


def _name(table: Mapping[str, Any], place: int, before: Sequence[StatusMeaning]) -> str:
    name = str(table.get("name", ""))
    if not name:
        raise StatusError("a status needs a name", place)
    wrong = ""
    if not _WORD.fullmatch(name) or name != name.lower():
        wrong = "is not one word of small letters, digits and -"
    elif name in _TAKEN:
        wrong = "means something else in readlist"
    elif any(one.name == name for one in before):
        wrong = "is the name of a status above"
    elif before and name == Status.UNREAD:
        wrong = "is what new papers are, and has to come first"
    if wrong:
        raise StatusError(f"status.name: {name!r} {wrong}", place, "name")
    return name


def _role(table: Mapping[str, Any], name: str, place: int) -> Role:
    """What the status stands for; ``read`` and ``dropped`` need not say it."""
    usual = next((one.role for one in DEFAULT.meanings if one.name == name), Role.BETWEEN)
    done, aside = table.get("done", usual is Role.DONE), table.get("aside", usual is Role.ASIDE)
    if not place:
        if done or aside:
            setting = "done" if done else "aside"
            raise StatusError(f"status.{setting}: the first status is that of new papers", 0, setting)
        return Role.NEW
    if done and aside:
        raise StatusError(f"the status {name!r} can be done or aside, not both", place, "aside")
    return Role.DONE if done else Role.ASIDE if aside else Role.BETWEEN


def _glyph(table: Mapping[str, Any], name: str, role: Role, place: int, before: Sequence[StatusMeaning]) -> str:
    taken = {one.glyph: one.name for one in before}
    glyph = str(table.get("glyph", ""))
    if not glyph:
        usual = [one.glyph for one in DEFAULT.meanings if one.name == name]
        free: list[str] = [sign for sign in (*usual, *_GLYPHS[role], *"◇◈□△▽") if sign not in taken]
        return free[0]
    if len(glyph) != 1 or not glyph.isprintable() or glyph.isspace() or not _is_one_cell(glyph):
        raise StatusError(f"status.glyph: {glyph!r} is not one sign that is one cell wide", place, "glyph")
    if glyph in taken:
        what = f"status.glyph: {glyph} is that of {taken[glyph]}, and colour alone must not tell them apart"
        raise StatusError(what, place, "glyph")
    return glyph


def _is_one_cell(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) not in {"W", "F"} and not unicodedata.combining(sign)


def _nearest(word: str, words: Collection[str]) -> str:
    import difflib  # noqa: PLC0415 - for a mistyped word alone

    near = difflib.get_close_matches(word, words, 1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(words)}"
