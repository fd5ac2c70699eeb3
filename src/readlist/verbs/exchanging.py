"""``readlist import`` and ``readlist export``."""

import argparse
import datetime as dt
import json
import sys
from pathlib import Path

from readlist.config import user_path
from readlist.errors import UsageError
from readlist.importing import carry_out, counted, plan_import, read_page
from readlist.record import paper_to_json
from readlist.verbs.finding import find_some, open_library
from readlist.verbs.printing import print_json, warn, write_text
from readlist.verbs.progress_bar import progress_bar


def run_import(options: argparse.Namespace) -> int:
    """Read papers in any format that is known, add what is new in them and complete what is not."""
    content, retrieved = _read(options.file)
    if options.retrieved:
        try:
            retrieved = dt.date.fromisoformat(options.retrieved)
        except ValueError:
            raise UsageError(f"--retrieved {options.retrieved}: a date like 2026-11-23 is expected") from None
    library = open_library(options)
    with progress_bar("Reading"):
        plan = plan_import(library, content, retrieved)
    for reject in plan.rejects:
        said = f": {reject.text[:70]!r}" if reject.text else ""
        warn(f"{options.file}:{reject.line}: {reject.reason.rstrip('.')}{said}")
    for paper in plan.new:
        if paper.needs_review:
            warn(f"{options.file}: please check “{paper.title[:70]}”: {paper.review_reason}")
    if not plan.is_empty and not options.dry_run:
        with progress_bar("Writing"):
            carry_out(library, plan.found)
    if options.json:
        json.dump([paper_to_json(paper) for paper in plan.found], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(f"{plan.summary}{' (nothing was written)' if options.dry_run else ''}\n")
    return 0 if plan.found else 2 if plan.rejects else 1


def _read(name: str) -> tuple[bytes, dt.date]:
    """The content of a file, and the day it was last written (of standard input: today)."""
    if name == "-":
        return sys.stdin.buffer.read(), dt.datetime.now().astimezone().date()
    return read_page(user_path(name))


def _is_folder(name: str, path: Path) -> bool:
    """Whether the user means a folder: it is one, or is written as one."""
    return path.is_dir() or name.endswith("/")


def run_export(options: argparse.Namespace) -> int:
    """Print papers in a bibliography format, or write them to a file or a folder."""
    from readlist import exporting  # noqa: PLC0415 - import has no use for it

    path = None if options.output in (None, "-") else user_path(options.output)
    if options.bom and options.format != "csv":
        raise UsageError("--bom goes with --format csv alone")
    if options.format == exporting.NOTES and path is None:
        raise UsageError("--format obsidian writes a folder of notes: name it with --output FOLDER")
    library = open_library(options)
    papers = find_some(library, options.query)
    if path is None and options.json:
        raise UsageError("--json goes with -o: it says what was written there")
    if path is None:
        with progress_bar("Writing", beside_output=True):
            for piece in exporting.pieces(library, papers, options.format, mark=options.bom):
                write_text(piece)
        return 0
    if options.format == exporting.NOTES or (options.format == "markdown" and _is_folder(options.output, path)):
        with progress_bar("Writing"):
            written = exporting.write_notes(library, papers, path)
        for refusal in written.refusals:
            warn(f"readlist: {refusal}")
        if options.json:
            print_json({"output": str(path), **written._asdict()})
        else:
            write_text(f"{written.summary} in {options.output}\n")
        return 2 if written.refusals else 0
    with progress_bar("Writing"):
        exporting.write_file(library, papers, options.format, path, mark=options.bom)
    if options.json:
        print_json({"output": str(path), "papers": len(papers)})
    else:
        write_text(f"{counted(len(papers), 'paper')} written to {options.output}\n")
    return 0
