"""All commands, in the order in which help and palette list them, and the check of the keys the user has bound."""

import string
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from readlist.statuses import StatusSet, current
from readlist.tui.commands import editing, leaving, looking, moving, reading, selecting, sharing, trash
from readlist.tui.commands.base import Command
from readlist.tui.commands.contexts import CONTEXT_KEYS, CONTEXTS
from readlist.tui.commands.marking import mark_commands
from readlist.tui.commands.presets import COUNTING, PRESETS

_MODULES = (reading, editing, trash, sharing, looking, selecting, moving, leaving)


def _commands_of(module: object) -> Iterable[type[Command]]:
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Command) and hasattr(value, "id"):
            yield value


COMMANDS: dict[str, type[Command]] = {command.id: command for module in _MODULES for command in _commands_of(module)}
"""Those that do not depend on the settings."""


def all_commands(statuses: StatusSet | None = None) -> Mapping[str, type[Command]]:
    """All commands by their ids, those of the statuses (default: of this run) that have keys among them."""
    marks = mark_commands(statuses or current())
    if not marks:
        return COMMANDS
    listed: dict[str, type[Command]] = {}
    for name, command in COMMANDS.items():
        listed[name] = command
        if name == "drop":
            listed |= marks
    return listed


_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super"})


class _Bindable(NamedTuple):
    """What keys can be bound to."""

    keys: str
    places: frozenset[str]
    """Where its keys work: no two things that work in one place may share a key."""


def _bindable() -> dict[str, _Bindable]:
    list_alone, with_sidebar = frozenset({"list"}), frozenset({"list", "In the sidebar"})
    found = {
        name: _Bindable(command.keys, with_sidebar if command.in_sidebar else list_alone)
        for name, command in all_commands().items()
    }
    return found | {key.id: _Bindable(key.keys, frozenset({place})) for place, keys in CONTEXTS.items() for key in keys}


def usable_keys(
    wanted: Mapping[str, str], preset: str = "vim", digits: str = "shelves"
) -> tuple[dict[str, str], list[str]]:
    """Which of the user's bindings (command id to comma-separated keys) can be used, and what is wrong with the rest.

    Those of the ``preset``, and of the statuses in the settings, are among them, where the user has not bound the
    command himself. ``digits`` says whether 1 to 7 show shelves or begin counts.

    A binding is refused when its command does not exist, when it names no key, or when it would take a key from another
    command. What is refused keeps its own keys, which may in turn be wanted by another binding; a status has no key
    then, which the empty text stands for.
    """
    bindable = _bindable()
    marks = {name: one.keys for name, one in bindable.items() if name not in COMMANDS and name not in CONTEXT_KEYS}
    if not wanted and not marks and (preset, digits) == ("vim", "shelves"):
        return {}, []
    import difflib  # noqa: PLC0415 - only users who bind keys pay for it

    problems: list[str] = []
    if preset not in PRESETS:
        problems.append(f"keys.preset: there is no preset {preset!r}; there are {', '.join(PRESETS)}")
    if digits not in {"shelves", "counts"}:
        problems.append(f"keys.digits: {digits!r} is neither shelves nor counts")
    base = {**PRESETS.get(preset, {}), **(COUNTING if digits == "counts" else {})}
    usable: dict[str, str] = {}
    for name, keys in (marks | dict(wanted)).items():
        if name not in bindable:
            near = difflib.get_close_matches(name, bindable, 1)
            problems.append(f"keys.{name}: no such command" + (f"; did you mean {near[0]}?" if near else ""))
        elif wrong := [key for key in _split(keys) if not _is_key(key)]:
            problems.append(
                f"{_setting(name, wanted)}: {', '.join(map(repr, wrong))} is no key; write it like x, X, f2, space, "
                "comma or ctrl+x"
            )
        else:
            usable[name] = keys
    bound = {name: one._replace(keys=base.get(name, one.keys)) for name, one in bindable.items() if name not in marks}
    while clashes := _clashes(usable, bound, bindable):
        for name, taken in clashes.items():
            problems.append(f"{_setting(name, wanted)}: {'; '.join(taken)}")
            del usable[name]
    return {**base, **dict.fromkeys(marks, ""), **usable}, problems


def _setting(name: str, wanted: Mapping[str, str]) -> str:
    """What in the settings binds this command."""
    return f"keys.{name}" if name in wanted else f"the key of the status {name.removeprefix('mark-')}"


def _clashes(
    usable: Mapping[str, str], otherwise: Mapping[str, _Bindable], bindable: Mapping[str, _Bindable]
) -> dict[str, list[str]]:
    """The bindings that share a key with another command, each with what is to be said of it."""
    bound = {name: _split(one.keys) for name, one in otherwise.items()}
    bound |= {name: _split(keys) for name, keys in usable.items()}
    clashes = {}
    for name in usable:
        taken = [
            f"{key} already does {other}"
            for key in bound[name]
            for other, others in bound.items()
            if other != name and key in others and bindable[other].places & bindable[name].places
        ]
        if taken:
            clashes[name] = taken
    return clashes


def written(key: str) -> str:
    """A key of a binding as it is written for people: ``slash`` as /."""
    *modifiers, name = key.strip().split("+")
    return "+".join([*modifiers, _signs().get(name, name)])


def _signs() -> dict[str, str]:
    """The names that Textual gives to the signs of a keyboard, and the signs."""
    from textual.keys import _character_to_key  # noqa: PLC0415 - Textual offers no public way to name a key

    return {_character_to_key(sign): sign for sign in string.punctuation}


def _split(keys: str) -> list[str]:
    from textual.keys import _character_to_key  # noqa: PLC0415 - Textual offers no public way to name a key

    return [_character_to_key(key.strip()) if len(key.strip()) == 1 else key.strip() for key in keys.split(",")]


def _is_key(key: str) -> bool:
    from textual.keys import Keys, key_to_character  # noqa: PLC0415 - only users who bind keys pay for it

    *modifiers, name = key.split("+")
    if not _MODIFIERS.issuperset(modifiers):
        return False
    if key in {known.value for known in Keys} or name in {known.value for known in Keys}:
        return not name.startswith("<")
    if len(name) == 1:
        return name.isprintable()
    return name in _signs() or key_to_character(name) is not None
