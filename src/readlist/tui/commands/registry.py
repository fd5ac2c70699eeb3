"""All commands, in the order in which help and palette list them, and the check of the keys the user has bound."""

from collections.abc import Iterable, Mapping

from readlist.tui.commands import leaving, looking, moving, reading, selecting, sharing
from readlist.tui.commands.base import Command

_MODULES = (reading, sharing, looking, selecting, moving, leaving)


def _commands_of(module: object) -> Iterable[type[Command]]:
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Command) and hasattr(value, "id"):
            yield value


COMMANDS: dict[str, type[Command]] = {command.id: command for module in _MODULES for command in _commands_of(module)}


def usable_keys(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Which of the user's bindings (command id to comma-separated keys) can be used, and what is wrong with the rest.

    A binding is refused when its command does not exist or when it would take a key from another command.
    """
    import difflib  # noqa: PLC0415 - only users who bind keys pay for it

    problems: list[str] = []
    known = {name: keys for name, keys in wanted.items() if name in COMMANDS}
    for name in wanted.keys() - known.keys():
        near = difflib.get_close_matches(name, COMMANDS, 1)
        problems.append(f"keys.{name}: no such command" + (f"; did you mean {near[0]}?" if near else ""))
    bound = {name: command.keys for name, command in COMMANDS.items()} | known
    usable: dict[str, str] = {}
    for name, keys in known.items():
        taken = [
            f"{key} already does {other}"
            for key in _split(keys)
            for other, others in bound.items()
            if other != name and key in _split(others)
        ]
        if taken:
            problems.append(f"keys.{name}: {'; '.join(taken)}")
        else:
            usable[name] = keys
    return usable, problems


def _split(keys: str) -> list[str]:
    from textual.keys import _character_to_key  # noqa: PLC0415 - Textual offers no public way to name a key

    return [_character_to_key(key.strip()) if len(key.strip()) == 1 else key.strip() for key in keys.split(",")]
