"""``readlist import`` and ``readlist export``."""

import argparse
import datetime as dt
import json
import sys

from readlist.config import load_config, user_path
from readlist.errors import UsageError
from readlist.importing import counted, decode_page, plan_import, read_page
from readlist.record import paper_to_json
from readlist.verbs.finding import find_some, open_library
from readlist.verbs.printing import warn, write_text


def run_import(options: argparse.Namespace) -> int:
    """Read a listing and add what is new in it."""
    text, retrieved = _read(options.file)
    if options.retrieved:
        try:
            retrieved = dt.date.fromisoformat(options.retrieved)
        except ValueError:
            raise UsageError(f"--retrieved {options.retrieved}: a date like 2026-11-23 is expected") from None
    library = open_library(options)
    plan = plan_import(library, text, retrieved)
    for reject in plan.rejects:
        warn(f"{options.file}:{reject.line}: {reject.reason.rstrip('.')}: {reject.text[:70]!r}")
    for paper in plan.found:
        if paper.needs_review:
            warn(f"{options.file}: please check “{paper.title[:70]}”: {paper.review_reason}")
    if plan.new and not options.dry_run:
        library.add(plan.new)
    if options.json:
        json.dump([paper_to_json(paper) for paper in plan.found], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(f"{plan.summary}{' (nothing was written)' if options.dry_run else ''}\n")
    return 0 if plan.found else 2 if plan.rejects else 1


def _read(name: str) -> tuple[str, dt.date]:
    """The text of a file, and the day it was last written (of standard input: today)."""
    if name == "-":
        return decode_page(sys.stdin.buffer.read(), name), dt.datetime.now().astimezone().date()
    return read_page(user_path(name))


def run_export(options: argparse.Namespace) -> int:
    """Print papers in a bibliography format, or write them to a file."""
    from readlist import referencing  # noqa: PLC0415 - import has no use for it
    from readlist.cite.formats import export  # noqa: PLC0415 - likewise

    path = None if options.output is None else user_path(options.output)
    library = open_library(options)
    papers = find_some(library, options.query)
    text = export(referencing.keyed(library, papers, load_config().key_pattern), options.format)
    if path is None:
        write_text(text)
        return 0
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{options.output}: {error.strerror}") from None
    write_text(f"{counted(len(papers), 'paper')} written to {options.output}\n")
    return 0
