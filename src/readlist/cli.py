"""The command line: reads the arguments, then imports the one module that the verb needs.

Exit status: 0 done, 1 nothing found, 2 wrong use or bad input. Errors are one line on stderr.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import readlist
from readlist.errors import NothingFoundError, UsageError

_EPILOG = """\
QUERY is words that must all occur in a paper (title, authors, tags, note, abstract …), an "exact phrase", a citation
key, an arXiv id or a DOI. Exit status: 0 done, 1 nothing found, 2 wrong use or bad input.
"""
_FORMATS = ("bibtex", "biblatex", "ris", "csl-json", "markdown", "csv", "json")
_ORDERS = ("date", "added", "title", "author", "status", "changed")
_SHELVES = ("all", "unread", "reading", "read", "starred")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def _add_library(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument(
        "--library",
        metavar="PATH",
        default=default,
        help="the library file (default: READLIST_LIBRARY, else the data folder)",
    )


class _Verbs:
    """The verbs of the command line: each names the module of ``verbs/`` that runs it, which is imported only then."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._common = _Parser(add_help=False)
        _add_library(self._common, argparse.SUPPRESS)
        self._verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=_Parser)

    def add(self, name: str, module: str, text: str) -> argparse.ArgumentParser:
        sentence = f"{text[0].upper()}{text[1:]}."
        verb = self._verbs.add_parser(name, help=text, description=sentence, epilog=_EPILOG, parents=[self._common])
        verb.set_defaults(run=(module, name))
        return verb

    def add_looking(self) -> None:
        found = self.add("list", "looking", "print the papers, one a line")
        found.add_argument("query", nargs="*", metavar="QUERY")
        found.add_argument("--json", action="store_true", help="print one JSON list of objects")
        found.add_argument(
            "--show", choices=_SHELVES, default="all", help="only papers of this status, or starred ones"
        )
        found.add_argument("--sort", choices=_ORDERS, default="date", help="the order (default: date, newest first)")
        show = self.add("show", "looking", "print papers in full")
        show.add_argument("query", nargs="+", metavar="QUERY")
        show.add_argument("--json", action="store_true", help="print one JSON list of objects")

    def add_changing(self) -> None:
        mark = self.add("mark", "changing", "set the status of papers, or star them")
        mark.add_argument("mark", choices=("unread", "reading", "read", "star", "unstar"))
        mark.add_argument("query", nargs="+", metavar="QUERY")
        mark.add_argument("--all", action="store_true", help="also when QUERY finds several papers")
        note = self.add("note", "changing", "print the note of a paper, or write it")
        note.add_argument("query", metavar="QUERY", help="must find exactly one paper")
        note.add_argument("text", nargs="?", metavar="TEXT", help="the new note in Markdown; - reads standard input")
        note.add_argument("--append", action="store_true", help="add to the note instead of replacing it")
        tag = self.add("tag", "changing", "give papers tags, or take them away")
        tag.add_argument("tags", metavar="TAG[,TAG]")
        tag.add_argument("query", nargs="+", metavar="QUERY")
        tag.add_argument("--remove", action="store_true", help="take the tags away")
        tag.add_argument("--all", action="store_true", help="also when QUERY finds several papers")
        self.add("undo", "changing", "take back the latest change")
        self.add("redo", "changing", "bring back what was undone")

    def add_citing(self) -> None:
        cite = self.add("cite", "citing", "print citations")
        cite.add_argument("query", nargs="*", metavar="QUERY")
        cite.add_argument(
            "--style",
            metavar="S",
            help="bibtex, biblatex, ris, markdown, csl-json, key, url, title, the id of a CSL style (apa, ieee …) or a "
            ".csl file (default: the style of the settings)",
        )
        cite.add_argument("--copy", action="store_true", help="copy to the clipboard as well")
        cite.add_argument(
            "--input", metavar="ITEMS", help="cite the CSL-JSON items of this file instead of the library"
        )
        cite.add_argument("--json", action="store_true", help="with --input: print one JSON object of id and text")

    def add_exchanging(self) -> None:
        bring = self.add("import", "exchanging", "read papers from a listing page")
        bring.add_argument("file", metavar="FILE", help="the saved page; - reads standard input")
        bring.add_argument(
            "--format", choices=("listing",), default="listing", help="what FILE holds (default: listing)"
        )
        bring.add_argument(
            "--retrieved",
            metavar="YYYY-MM-DD",
            help="when the page was taken, for dates without a year (default: the time of the file)",
        )
        bring.add_argument("--dry-run", action="store_true", help="write nothing")
        bring.add_argument("--json", action="store_true", help="print what was read as one JSON list of objects")
        export = self.add("export", "exchanging", "print papers in a bibliography format")
        export.add_argument("query", nargs="*", metavar="QUERY")
        export.add_argument("--format", choices=_FORMATS, required=True)
        export.add_argument("--output", metavar="FILE", help="write to this file instead of standard output")

    def add_caring(self) -> None:
        self.add("path", "caring", "print where the library is")
        self.add("doctor", "caring", "check the library and the ways to the clipboard")


def _parser() -> _Parser:
    parser = _Parser(
        prog="readlist",
        description="The reading list for research papers that lives in the terminal. Without a verb the app starts.",
        epilog=_EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"readlist {readlist.__version__}")
    parser.add_argument("--empty", action="store_true", help="start a new library without the bundled papers")
    _add_library(parser, None)
    verbs = _Verbs(parser)
    verbs.add_looking()
    verbs.add_changing()
    verbs.add_citing()
    verbs.add_exchanging()
    verbs.add_caring()
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        if options.verb is None:
            from readlist.launching import launch  # noqa: PLC0415 - the app, for this one call

            status = launch(options.library, empty=options.empty)
        else:
            module, name = options.run
            verbs = importlib.import_module(f"readlist.verbs.{module}")
            status = getattr(verbs, f"run_{name}")(options)
        sys.stdout.flush()
    except NothingFoundError as error:
        return _complain(error, 1)
    except (UsageError, ValueError, OSError) as error:
        if isinstance(error, BrokenPipeError):
            # The reader of our output (a pager, `head`) has left; what it did not want is no error.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return _complain(error, 2)
    except KeyboardInterrupt:
        return 130
    return int(status)


def _complain(error: Exception, status: int) -> int:
    message = " ".join(str(error).split()) or type(error).__name__
    sys.stderr.write(f"readlist: {message}\n")
    return status
