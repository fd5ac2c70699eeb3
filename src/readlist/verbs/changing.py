"""The verbs that change the library: ``mark``, ``note``, ``tag``, ``delete``, ``merge``, ``undo`` and so on."""

import argparse
import sys

from readlist.errors import NothingFoundError, UsageError
from readlist.library.library import Change
from readlist.statuses import current
from readlist.tags import parse_tags
from readlist.verbs.finding import find_one, find_targets, open_library
from readlist.verbs.printing import print_json, write_text


def run_mark(options: argparse.Namespace) -> int:
    """Set the status or the star."""
    library = open_library(options)
    ids = find_targets(library, options)
    if options.mark in {"star", "unstar"}:
        return _tell(options, library.edit(ids, star=options.mark == "star"))
    meaning = current().find(options.mark)
    return _tell(options, library.edit(ids, status=meaning.value if meaning else options.mark))


def run_note(options: argparse.Namespace) -> int:
    """Print or write the note of one paper; a note that is there is replaced only when that is said."""
    if options.text is None and (options.append or options.replace):
        raise UsageError(f"--{'append' if options.append else 'replace'} needs a TEXT")
    library = open_library(options)
    paper = find_one(library, [options.query])
    if options.text is None:
        if not paper.note:
            raise NothingFoundError(f"“{paper.title}” has no note; a TEXT writes one, - takes it from standard input")
        if options.json:
            print_json({"id": paper.id, "note": paper.note})
        else:
            write_text(paper.note.rstrip("\n") + "\n")
        return 0
    if paper.note and not (options.append or options.replace):
        raise UsageError(f"“{paper.title}” has a note already; --append adds to it, --replace replaces it")
    text = _stdin_note() if options.text == "-" else options.text
    if options.append and not text.strip():
        return _tell(options, None)
    if options.append and paper.note:
        text = f"{paper.note.rstrip()}\n\n{text}"
    return _tell(options, library.edit([paper.id], note=text))


def _stdin_note() -> str:
    text = sys.stdin.read()
    if not text.strip():  # most likely the command before the pipe has failed
        raise UsageError("standard input is empty; the note stays")
    return text


def run_tag(options: argparse.Namespace) -> int:
    """Give or take tags."""
    wanted = parse_tags(options.tags)
    if not wanted:
        raise UsageError("no tag was given")
    library = open_library(options)
    changes = {}
    for identifier in find_targets(library, options):
        tags = library.papers[identifier].tags
        kept = [tag for tag in tags if tag not in wanted]
        changes[identifier] = {"tags": tuple(kept if options.remove else dict.fromkeys([*tags, *wanted]))}
    return _tell(options, library.edit_each(changes))


def run_delete(options: argparse.Namespace) -> int:
    """Put papers in the trash."""
    library = open_library(options)
    return _tell(options, library.delete(find_targets(library, options)))


def run_restore(options: argparse.Namespace) -> int:
    """Take papers out of the trash."""
    library = open_library(options)
    return _tell(options, library.restore(find_targets(library, options, in_trash=True)))


def run_merge(options: argparse.Namespace) -> int:
    """Make one paper of several."""
    library = open_library(options)
    into, *others = (find_one(library, [query]).id for query in (options.keep, *options.other))
    if into in others:
        raise UsageError("a paper cannot be merged into itself")
    return _tell(options, library.merge(into, others))


def run_undo(options: argparse.Namespace) -> int:
    """Take back the latest change."""
    return _tell(options, open_library(options).undo(), "there is nothing to undo")


def run_redo(options: argparse.Namespace) -> int:
    """Bring back what was undone last."""
    return _tell(options, open_library(options).redo(), "there is nothing to redo")


def _tell(options: argparse.Namespace, change: Change | None, otherwise: str = "") -> int:
    if change is None and otherwise:
        raise NothingFoundError(otherwise)
    if options.json:
        print_json({"done": change.name if change else None, "ids": list(change.ids) if change else []})
        return 0
    if change is None:
        sys.stdout.write("Nothing to change: it is so already\n")
        return 0
    write_text(f"{change.name}\n")
    return 0
