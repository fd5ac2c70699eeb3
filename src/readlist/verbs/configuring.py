"""``readlist config``."""

import argparse
import shutil
import sys

from readlist.config import config_file, defaults_text, load_config, settings_of
from readlist.errors import UsageError
from readlist.programs import editor_command
from readlist.verbs.printing import print_json, write_text


def run_config(options: argparse.Namespace) -> int:
    """Open the settings file in the editor, made with every setting explained where there is none."""
    path = config_file()
    if options.defaults:
        sys.stdout.write(defaults_text())
        return 0
    if options.path:
        write_text(f"{path}\n")
        return 0
    if options.json:
        print_json({"path": str(path), **settings_of(load_config())})
        return 0
    command = editor_command() or _any_editor()
    if command is None:
        raise UsageError(f"no editor is known: set VISUAL or EDITOR, or edit {path} yourself")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(defaults_text(), encoding="utf-8")
    import subprocess  # noqa: PLC0415 - for the editor alone

    status = subprocess.call([*command, str(path)])
    if status:
        raise UsageError(f"{command[0]} ended with exit status {status}")
    load_config()  # what is wrong is told at once
    return 0


def _any_editor() -> list[str] | None:
    """An editor that is there, for who has named none: the simplest first."""
    if sys.platform == "darwin":
        return ["open", "-W", "-t"]
    names = ("notepad",) if sys.platform == "win32" else ("sensible-editor", "editor", "nano", "micro", "vi")
    return next(([found] for name in names if (found := shutil.which(name))), None)
