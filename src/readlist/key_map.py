"""``readlist keys``: what each key does, as the settings bind it."""

import argparse
import json
import sys

from readlist.config import load_config
from readlist.verbs.printing import warn, write_text

_COLUMN = 22
_KEYS = 18
"""Cells of the keys."""


def run_keys(options: argparse.Namespace) -> int:
    """Print the map of the keys."""
    from readlist.tui.commands.contexts import CONTEXTS  # noqa: PLC0415 - knows the screens of the app
    from readlist.tui.commands.registry import all_commands, usable_keys, written  # noqa: PLC0415 - as above

    config = load_config()
    bound, problems = usable_keys(config.keys, config.key_preset, config.key_digits)
    for problem in problems:
        warn(f"readlist: config.toml: {problem}")
    found = [(name, command.keys, command.group, command.tooltip()) for name, command in all_commands().items()]
    found += [(key.id, key.keys, place, key.text) for place, keys in CONTEXTS.items() for key in keys]
    commands = [
        {
            "id": name,
            "keys": [written(key) for key in bound.get(name, keys).split(",") if key],
            "group": group,
            "does": text,
        }
        for name, keys, group, text in found
    ]
    if options.json:
        json.dump(commands, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return 0
    group = ""
    for command in commands:
        if command["group"] != group:
            group = str(command["group"])
            write_text(f"{group}\n")
        write_text(f"  {' '.join(command['keys']):<{_KEYS}} {command['id']:<{_COLUMN}}{command['does']}\n")
    return 0
