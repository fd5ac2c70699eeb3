"""``readlist cite``."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from readlist import referencing
from readlist.config import Config, load_config, user_path
from readlist.errors import UsageError
from readlist.verbs.finding import find_meant, open_library
from readlist.verbs.printing import print_json, warn, write_text


def run_cite(options: argparse.Namespace) -> int:
    """Cite papers of the library, or with ``--input`` the items of a file."""
    if options.input is not None:
        return _cite_items(options)
    if options.rich and not options.copy:
        raise UsageError("--rich goes with --copy")
    if not options.query:
        raise UsageError("cite what? Give a QUERY, or --input ITEMS")
    library = open_library(options)
    papers = find_meant(library, options.query)
    config = load_config()
    style = options.style or default_style(config)
    citation = referencing.cite(library, papers, style, config.key_pattern, preprint=options.as_preprint)
    text = citation.text.rstrip("\n")
    if options.json:
        cut = list(citation.cut)
        print_json({"style": style, "papers": [paper.id for paper in papers], "text": text, "authors_incomplete": cut})
    else:
        write_text(f"{text}\n")
    if citation.cut:
        warn(f"readlist: {_incomplete(citation.cut)}")
    for paper in papers if options.as_preprint else ():
        if not paper.arxiv_id:
            warn(f"readlist: it has no arXiv id, and is cited as published: {paper.title}")
    return _copy(citation.text, citation.html if options.rich else "") if options.copy else 0


def _incomplete(titles: Sequence[str]) -> str:
    """What is said of papers whose author lists were cut at their source: in one line, however many they are."""
    whose = f"of “{titles[0]}”" if len(titles) == 1 else f"of {len(titles):,} papers"
    remedy = "E in the app completes those that are known here, an import of their BibTeX any"
    return f"the author list {whose} was cut at its source, and the citation with it: {remedy}"


def default_style(config: Config) -> str:
    """The style of who names none: that of the settings, unless another one was chosen in the app."""
    from readlist.style_memory import load  # noqa: PLC0415 - for who names no style

    return load().default_style(config)


def _copy(text: str, html: str) -> int:
    from readlist import clipboard  # noqa: PLC0415 - for --copy alone

    outcome = clipboard.copy(text, html=html, terminal=_write_to_terminal)
    warn(f"readlist: {outcome.message('the citation')}")
    return 2 if outcome.state == "failed" else 0


def _write_to_terminal(sequence: str) -> None:
    # Standard output may be a pipe; the escape sequence is for the terminal alone.
    with Path("/dev/tty").open("w", encoding="utf-8") as terminal:
        terminal.write(sequence)


def _cite_items(options: argparse.Namespace) -> int:
    if options.query:
        raise UsageError("--input cites the items of a file; a QUERY cannot go with it")
    if options.copy:
        raise UsageError("--copy copies papers of the library; it cannot go with --input")
    if options.as_preprint:
        raise UsageError("--as-preprint cites papers of the library; it cannot go with --input")
    from readlist.cite.formats import cite_items  # noqa: PLC0415 - for --input alone

    texts = cite_items(_read_items(options.input), options.style or default_style(load_config()))
    if options.json:
        json.dump(texts, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        write_text("".join(f"{text}\n" for text in texts.values()))
    return 0


def _read_items(name: str) -> list[dict[str, Any]]:
    try:
        text = sys.stdin.read() if name == "-" else user_path(name).read_text(encoding="utf-8-sig")
        items = json.loads(text)
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: no UTF-8 text (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise UsageError(f"{name}:{error.lineno}: no JSON: {error.msg}") from None
    if not isinstance(items, list):
        raise UsageError(f"{name}: a JSON list of CSL items is expected, not {type(items).__name__}")
    places: dict[str, int] = {}
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise UsageError(f"{name}: item {number} is no JSON object")
        if "id" not in item:
            raise UsageError(f"{name}: item {number} has no id")
        if isinstance(item["id"], bool) or not isinstance(item["id"], str | int | float):
            raise UsageError(f"{name}: the id of item {number} is neither a text nor a number")
        first = places.setdefault(str(item["id"]), number)
        if first != number:
            raise UsageError(f"{name}: item {number} has the id of item {first}, {str(item['id'])!r}")
    return items
