"""How many entries files hold, and how many of them come in: `python tests/bench/counts.py FOLDER`.

The count that ours is held against is made without our readers: with the standard library's parsers of JSON, CSV and
XML, PyYAML, and for formats of tagged lines and BibTeX by the lines that begin an entry.
"""

import csv
import datetime as dt
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import defusedxml.ElementTree
import yaml

from readlist.intake.detection import read

DAY = dt.date(2026, 11, 24)
_NO_ENTRIES = ("string", "comment", "preamble", "xdata", "set", "control", "bibnote")


def independent(name: str, content: bytes) -> int | None:
    """The entries of a file, counted by the simplest means; None where there are none for its kind."""
    count = _COUNTS.get(name.rpartition(".")[2])
    return count(content.decode("utf-8-sig", "replace")) if count else None


def _in_bibtex(text: str) -> int:
    kinds = re.findall(r"^[ \t]*@[ \t]*([\w-]+)\s*[{(]", text, re.MULTILINE)
    return sum(kind.lower() not in _NO_ENTRIES for kind in kinds)


def _lines(pattern: str) -> Callable[[str], int]:
    return lambda text: len(re.findall(pattern, text, re.MULTILINE))


def _in_xml(text: str) -> int:
    root: Element = defusedxml.ElementTree.fromstring(text)
    entries = root.findall("{http://www.w3.org/2005/Atom}entry")
    if entries:
        return sum("/api/errors" not in (entry.findtext("{http://www.w3.org/2005/Atom}id") or "") for entry in entries)
    kinds = [(item, item.findtext("{http://www.zotero.org/namespaces/export#}itemType")) for item in root]
    return sum(bool(kind) and kind not in ("attachment", "note", "annotation") for _, kind in kinds)


def _in_json(text: str) -> int:
    value: Any = json.loads(text)
    if isinstance(value, list):
        return sum(isinstance(item, dict) for item in value)
    inner = value.get("message", value)
    if isinstance(inner.get("items"), list):
        return len(inner["items"])
    return len(value["data"]) if isinstance(value.get("data"), list) else 1


_COUNTS: dict[str, Callable[[str], int]] = {
    "bib": _in_bibtex,
    "biblatex": _in_bibtex,
    "ris": _lines(r"^\W?TY {0,2}-"),
    "nbib": _lines(r"^PMID ?- "),
    "enw": _lines(r"^%0"),
    "csv": lambda text: sum(1 for _ in csv.DictReader(io.StringIO(text))),
    "xml": _in_xml,
    "rdf": _in_xml,
    "json": _in_json,
    "yml": lambda text: len(yaml.safe_load(text)["references"]),
}


def main() -> None:
    """Print one line a file; at the end those whose counts differ."""
    differing = []
    print(f"{'file':<44}{'independent':>12}{'read':>8}{'rejected':>10}  reasons")
    for path in sorted(Path(sys.argv[1]).rglob("*")):
        if not path.is_file() or path.suffix == ".md":
            continue
        content = path.read_bytes()
        found = read(content, retrieved=DAY)
        count = independent(path.name, content)
        name = str(path.relative_to(sys.argv[1]))
        reasons = "; ".join(f"line {reject.line}: {reject.reason}" for reject in found.rejects[:3])
        print(
            f"{name:<44}{'-' if count is None else count:>12}{len(found.papers):>8}{len(found.rejects):>10}  {reasons}"
        )
        if count is not None and count != len(found.papers) + len(found.rejects):
            differing.append(name)
    print("Differing:", ", ".join(differing) or "none")


if __name__ == "__main__":
    main()
