"""All commands, in the order in which help and palette list them, and the check of the keys the user has bound."""

import string
from collections.abc import Iterable, Mapping

from readlist.tui.commands import editing, leaving, looking, moving, reading, selecting, sharing, trash
from readlist.tui.commands.base import Command
from readlist.tui.commands.presets import PRESETS

_MODULES = (reading, editing, trash, sharing, looking, selecting, moving, leaving)


def _commands_of(module: object) -> Iterable[type[Command]]:
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Command) and hasattr(value, "id"):
            yield value


COMMANDS: dict[str, type[Command]] = {command.id: command for module in _MODULES for command in _commands_of(module)}


_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super"})


def usable_keys(wanted: Mapping[str, str], preset: str = "vim") -> tuple[dict[str, str], list[str]]:
    """Which of the user's bindings (command id to comma-separated keys) can be used, and what is wrong with the rest.

    Those of the ``preset`` are among them, where the user has not bound the command himself.

    A binding is refused when its command does not exist, when it names no key, or when it would take a key from another
    command. What is refused keeps its own keys, which may in turn be wanted by another binding.
    """
    if not wanted and preset == "vim":
        return {}, []
    import difflib  # noqa: PLC0415 - only users who bind keys pay for it

    problems: list[str] = []
    if preset not in PRESETS:
        problems.append(f"keys.preset: there is no preset {preset!r}; there are {', '.join(PRESETS)}")
    base = PRESETS.get(preset, {})
    usable: dict[str, str] = {}
    for name, keys in wanted.items():
        if name not in COMMANDS:
            near = difflib.get_close_matches(name, COMMANDS, 1)
            problems.append(f"keys.{name}: no such command" + (f"; did you mean {near[0]}?" if near else ""))
        elif wrong := [key for key in _split(keys) if not _is_key(key)]:
            problems.append(
                f"keys.{name}: {', '.join(map(repr, wrong))} is no key; write it like x, X, f2, space, comma or ctrl+x"
            )
        else:
            usable[name] = keys
    while clashes := _clashes(usable, base):
        for name, taken in clashes.items():
            problems.append(f"keys.{name}: {'; '.join(taken)}")
            del usable[name]
    return {**base, **usable}, problems


def _clashes(usable: Mapping[str, str], base: Mapping[str, str]) -> dict[str, list[str]]:
    """The bindings that share a key with another command, each with what is to be said of it."""
    bound = {name: _split(usable.get(name, base.get(name, command.keys))) for name, command in COMMANDS.items()}
    clashes = {}
    for name in usable:
        taken = [
            f"{key} already does {other}"
            for key in bound[name]
            for other, others in bound.items()
            if other != name and key in others
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
