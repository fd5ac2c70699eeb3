"""``readlist path`` and ``readlist doctor``."""

import argparse
import sys

from readlist.config import library_path
from readlist.verbs.printing import write_text


def run_path(options: argparse.Namespace) -> int:
    """Print where the library is, whether it exists or not."""
    write_text(f"{library_path(options.library)}\n")
    return 0


def run_doctor(options: argparse.Namespace) -> int:
    """Say in plain sentences whether the library is sound and which ways to the clipboard work."""
    from readlist.clipboard import ways  # noqa: PLC0415 - for the doctor alone
    from readlist.library.doctor import examine  # noqa: PLC0415 - likewise

    path = library_path(options.library)
    findings = examine(path)
    write_text(f"Library: {path}\n")
    for finding in findings:
        write_text(f"  {finding.severity}: {finding.sentence}\n")
    if not findings:
        sys.stdout.write("  sound\n")
    sys.stdout.write("Clipboard:\n")
    for way in ways():
        state = "available" if way.available else "not here"
        sys.stdout.write(f"  {way.name}: {state}" + (f" ({way.detail})\n" if way.detail else "\n"))
    return 2 if any(finding.severity == "error" for finding in findings) else 0
