"""The verbs that look after the library: ``path``, ``log``, ``trash``, ``settle`` and ``doctor``."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from readlist.config import library_path
from readlist.errors import NothingFoundError, UsageError
from readlist.latex import to_unicode
from readlist.record import paper_to_json
from readlist.verbs.finding import find_some, look_into_library, open_library
from readlist.verbs.printing import print_json, write_text


def run_path(options: argparse.Namespace) -> int:
    """Print where the library is, whether it exists or not."""
    path = library_path(options.library)
    if options.json:
        print_json({"path": str(path), "exists": path.exists()})
    else:
        write_text(f"{path}\n")
    return 0


def run_log(options: argparse.Namespace) -> int:
    """Print what was done, latest first."""
    if options.number is not None and options.number < 1:
        raise UsageError(f"--number {options.number}: a number above 0 is expected")
    steps = look_into_library(options).history(options.number)
    if options.json:
        fields = ("when", "who", "name", "undone", "ids")
        found = [{field: getattr(step, field) for field in fields} for step in steps]
        print_json(found)
    for step in () if options.json else steps:
        when = dt.datetime.fromisoformat(step.when).astimezone() if _is_time(step.when) else None
        undone = "  (undone)" if step.undone else ""
        write_text(f"{when:%Y-%m-%d %H:%M}  {step.who}  {step.name}{undone}\n" if when else f"{step.name}{undone}\n")
    if not steps and not options.json:
        raise NothingFoundError("nothing has been done yet")
    return 0


def _is_time(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def run_trash(options: argparse.Namespace) -> int:
    """Print what lies in the trash, or empty it."""
    library = open_library(options)
    if options.empty:
        targets = [paper.id for paper in find_some(library, options.query, in_trash=True)]
        change = library.purge(targets)
        if change is None:
            raise NothingFoundError("the trash is empty")
        write_text(f"{change.name}; readlist undo brings them back\n")
        return 0
    papers = find_some(library, options.query, in_trash=True)
    if options.json:
        print_json([paper_to_json(paper) for paper in papers])
        return 0
    for paper in papers:
        write_text(f"{paper.deleted[:10]}  {paper.year or '    '}  {to_unicode(paper.title)}\n")
    return 0


def run_duplicates(options: argparse.Namespace) -> int:
    """Print pairs of papers that may be one."""
    from readlist.intake.duplicates import suspects  # noqa: PLC0415 - the other verbs here have no use for it

    found = suspects(look_into_library(options).papers.values())
    if options.json:
        pairs = [{"reason": one.reason, "papers": [paper_to_json(one.kept), paper_to_json(one.other)]} for one in found]
        print_json(pairs)
    elif not found:
        raise NothingFoundError("no paper stands in the list twice")
    for one in () if options.json else found:
        write_text(f"{one.reason}:\n")
        for paper in (one.kept, one.other):
            write_text(f"  {paper.id}  {paper.year or '    '}  {to_unicode(paper.title)}\n")
    return 0 if found else 1


def run_settle(options: argparse.Namespace) -> int:
    """Fold the journal into the library file."""
    library = open_library(options)
    settled = library.settle()
    if options.json:
        print_json({"path": str(library.path), "written": settled})
    else:
        write_text(f"{library.path} {'holds everything now' if settled else 'holds everything'}\n")
    return 0


def run_doctor(options: argparse.Namespace) -> int:
    """Say in plain sentences whether the library is sound and which ways to the clipboard work."""
    from readlist.clipboard import ways  # noqa: PLC0415 - for the doctor alone
    from readlist.library.doctor import examine  # noqa: PLC0415 - likewise

    path = library_path(options.library)
    if options.repair:
        return _repair(path)
    findings = examine(path)
    is_sound = not any(finding.severity == "error" for finding in findings)
    if options.json:
        found = [{"severity": finding.severity, "sentence": finding.sentence} for finding in findings]
        clipboard = [{"name": way.name, "state": way.state, "detail": way.detail} for way in ways()]
        print_json({"library": str(path), "sound": is_sound, "findings": found, "clipboard": clipboard})
        return 0 if is_sound else 2
    write_text(f"Library: {path}\n")
    for finding in findings:
        write_text(f"  {finding.severity}: {finding.sentence}\n")
    if not findings:
        sys.stdout.write("  sound\n")
    sys.stdout.write("Clipboard:\n")
    for way in ways():
        write_text(f"  {way.name}: {way.state}" + (f" ({way.detail})\n" if way.detail else "\n"))
    if is_sound:
        return 0
    from readlist.library.repair import can_repair  # noqa: PLC0415 - for damaged files alone

    if can_repair(path):
        sys.stdout.write("readlist doctor --repair mends what can be mended, and keeps the damaged file\n")
    return 2


def _repair(path: Path) -> int:
    from readlist.library.doctor import examine  # noqa: PLC0415 - for the doctor alone
    from readlist.library.repair import repair  # noqa: PLC0415 - likewise

    if not any(finding.severity == "error" for finding in examine(path)):
        write_text(f"{path} is sound; nothing was changed\n")
        return 0
    report = repair(path)
    write_text("".join(f"{sentence}\n" for sentence in report.sentences))
    write_text(f"{path} holds {report.papers:,} papers now; the damaged file is kept as {report.kept.name}\n")
    return 0
