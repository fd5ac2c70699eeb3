"""What the command line understands: the verbs, and the options and arguments of each.

The parser of a verb is made only when that verb is called: making all of them would take longer than ``readlist list``
takes to list.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, NoReturn

import readlist
from readlist.statuses import current

_QUERY = """\
QUERY is words that must all occur in a paper (title, authors, tags, note, abstract …), an "exact phrase", a citation
key, an arXiv id or a DOI; or a search as in the app: author:fort year:2021..2023 title: abstract: note: tag:ood
-tag:old status:unread is:starred has:code category:cs.LG venue: added:<30d read:2026-10 doi: arxiv:, or, ( ),
/regular expressions/. """
_STATUS = "Exit status: 0 done, 1 nothing found, 2 wrong use or bad input."
_FORMATS = ("bibtex", "biblatex", "ris", "csl-json", "markdown", "csv", "json", "obsidian")
_ORDERS = ("date", "added", "title", "author", "status", "changed", "queue", "relevance")
_STARS = ("star", "unstar")
_SHELVES = ("all", "unread", "reading", "read", "starred", "queue")


class Verb(NamedTuple):
    """A verb of the command line: the module that runs it, what it does, and what it takes."""

    module: str
    text: str
    add_arguments: Callable[[argparse.ArgumentParser], None]


class _Parser(argparse.ArgumentParser):
    def _get_formatter(self) -> argparse.HelpFormatter:
        # Every argument that is added asks for one, and a formatter that is told no width imports shutil, which takes
        # longer than all arguments together.
        return self.formatter_class(prog=self.prog, width=_width())  # type: ignore[call-arg]  # of all of argparse's

    def error(self, message: str) -> NoReturn:
        from readlist.latex import plain  # noqa: PLC0415 - for wrong use alone

        self.exit(2, f"{self.prog}: {plain(message)} (see {self.prog} --help)\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is none of the choices; argparse names them all in one row, and never the nearest."""
        if action.choices is not None and value not in action.choices:
            choices = [str(choice) for choice in action.choices]
            name = action.option_strings[-1] if action.option_strings else str(action.metavar or action.dest)
            self.error(
                f"{name}: there is no {value!r}{_nearest(str(value), choices)}; choose from {', '.join(choices)}"
            )

    def refuse(self, words: Sequence[str]) -> None:
        """Refuse the first of ``words`` that looks like an option."""
        for word in words:
            option = word.partition("=")[0]
            if len(option) > 1 and option.startswith("-") and not option.endswith(" "):
                if option in {"--empty", "--version"}:
                    self.error(f"{option} goes with readlist alone, without a verb")
                options = [known for known in self._option_string_actions if known.startswith("--")]
                self.error(f"there is no option {option}{_nearest(option, options)}")


def _nearest(word: str, names: Iterable[str]) -> str:
    import difflib  # noqa: PLC0415 - for mistyped words alone

    near = difflib.get_close_matches(word.lower(), list(names), 1)
    return f"; did you mean {near[0]}?" if near else ""


def parse(arguments: Sequence[str]) -> tuple[str | None, argparse.Namespace]:
    """The verb that ``arguments`` name (None: none, the app is wanted), and its options.

    Options may stand before, between and behind the words of a verb. Help, version and wrong use end the program, with
    exit status 0 or 2.
    """
    place = _verb_place(arguments)
    if place is None:
        options, left = _app_parser().parse_known_args(arguments)
        _app_parser().refuse(left)
        return None, options
    name = arguments[place]
    if name not in VERBS:
        # What ``mark`` gives is tried as a verb of its own.
        meant = f"; did you mean mark {name}?" if name in (*current().names, *_STARS) else _nearest(name, VERBS)
        _app_parser().error(f"there is no verb {name!r}{meant}")
    parser, words = verb_parser(name), [*arguments[:place], *arguments[place + 1 :]]
    words = [f"{word} " if _is_unwanted(word, parser) else word for word in words]
    options, left = parser.parse_known_args(words)
    if "--" not in words:
        parser.refuse(left)
    # Words behind an option are left over; only then is the slower way taken, which finds their place.
    return name, parser.parse_intermixed_args(words) if left else options


def _width() -> int:
    """Columns for help, as argparse has it: two less than there are."""
    with suppress(ValueError):
        if (columns := int(os.environ.get("COLUMNS", "0"))) > 0:
            return columns - 2
    with suppress(AttributeError, ValueError, OSError):
        if sys.__stdout__ is not None:
            return (os.get_terminal_size(sys.__stdout__.fileno()).columns or 80) - 2
    return 78


def _verb_place(arguments: Sequence[str]) -> int | None:
    """Where the verb stands: the first word that is no option and no option's value."""
    is_value = False
    for place, argument in enumerate(arguments):
        if not is_value and not argument.startswith("-"):
            return place
        is_value = not is_value and argument == "--library"
    return None


def _is_unwanted(word: str, parser: argparse.ArgumentParser) -> bool:
    """Whether ``word`` is no option but what a QUERY excludes (``-tag:old``).

    With a blank in it, argparse takes such a word for an argument.
    """
    is_option = word.startswith("--") or word[:2] in parser._option_string_actions  # noqa: SLF001 - no public list exists
    return word.startswith("-") and len(word) > 2 and not is_option and _takes_query(parser)  # noqa: PLR2004 - "-x"


def _takes_query(parser: argparse.ArgumentParser) -> bool:
    return any(action.metavar == "QUERY" for action in parser._actions)  # noqa: SLF001 - no public list exists


def _app_parser() -> _Parser:
    verbs = "".join(f"    {name:<11}{verb.text}\n" for name, verb in VERBS.items())
    parser = _Parser(
        prog="readlist",
        allow_abbrev=False,
        usage="readlist [--library PATH] [--empty]\n       readlist [--library PATH] VERB …",
        description="The reading list for research papers that lives in the terminal. Without a verb the app starts.",
        epilog=f"verbs (readlist VERB --help says more):\n{verbs}\n{_QUERY}\n{_STATUS}\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"readlist {readlist.__version__}")
    parser.add_argument("--empty", action="store_true", help="start a new library without the bundled papers")
    _add_library(parser)
    return parser


def verb_parser(name: str) -> _Parser:
    """The parser of one verb."""
    verb = VERBS[name]
    parser = _Parser(prog=f"readlist {name}", description=f"{verb.text[0].upper()}{verb.text[1:]}.", allow_abbrev=False)
    verb.add_arguments(parser)
    parser.epilog = f"{_QUERY if _takes_query(parser) else ''}{_STATUS}"
    _add_library(parser)
    return parser


def _add_library(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--library", metavar="PATH", help="the library file (default: READLIST_LIBRARY, else the data folder)"
    )


def _add_json(parser: argparse.ArgumentParser, what: str = "what was done as one JSON object") -> None:
    parser.add_argument("--json", action="store_true", help=f"print {what}")


def _done(parser: argparse.ArgumentParser) -> None:
    """For verbs that take no arguments and change something."""
    _add_json(parser)


def _path(parser: argparse.ArgumentParser) -> None:
    _add_json(parser, "one JSON object")


def _list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--json", action="store_true", help="print one JSON list of objects")
    ways.add_argument(
        "--format", metavar="TEMPLATE", help=r"print each paper so: '{key}\t{title}' (readlist help format)"
    )
    ways.add_argument("--plain", action="store_true", help="print sentences without signs or columns, to be read aloud")
    shelves = tuple(dict.fromkeys((*_SHELVES, *current().names)))
    parser.add_argument("--show", choices=shelves, default="all", help="only papers of this status, or starred ones")
    parser.add_argument(
        "--sort", choices=_ORDERS, help="the order (default: relevance when QUERY has words, else date)"
    )


def _show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--json", action="store_true", help="print one JSON list of objects")


def _mark(parser: argparse.ArgumentParser) -> None:
    marks = (*current().names, *_STARS)
    parser.add_argument("mark", metavar="STATUS", choices=marks, help=", ".join(marks))
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--all", action="store_true", help="also when QUERY finds several papers")
    _add_json(parser)


def _note(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help="must mean exactly one paper")
    parser.add_argument("text", nargs="?", metavar="TEXT", help="the new note in Markdown; - reads standard input")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--append", action="store_true", help="add TEXT to the note that the paper has")
    ways.add_argument(
        "--replace", action="store_true", help="put TEXT in the place of the note; an empty TEXT removes it"
    )
    _add_json(parser, "the note, or what was done, as one JSON object")


def _tag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("tags", metavar="TAG[,TAG]")
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--remove", action="store_true", help="take the tags away")
    parser.add_argument("--all", action="store_true", help="also when QUERY finds several papers")
    _add_json(parser)


def _cite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY")
    parser.add_argument(
        "--style",
        metavar="S",
        help="bibtex, biblatex, ris, csl-json, markdown, markdown-reference, org, latex, typst, short, key, url, "
        "title, the id of a CSL style (apa, ieee …) or a .csl file (default: that of the app's yy)",
    )
    parser.add_argument("--copy", action="store_true", help="copy to the clipboard as well")
    parser.add_argument(
        "--as-preprint", action="store_true", help="cite what is on arXiv as a preprint, also where it was published"
    )
    parser.add_argument("--rich", action="store_true", help="copy with italics, for word processors; goes with --copy")
    parser.add_argument("--input", metavar="ITEMS", help="cite the CSL-JSON items of this file instead of the library")
    parser.add_argument(
        "--json",
        action="store_true",
        help="print the text, its style and the papers; with --input: one JSON object of id and text",
    )


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the saved page; - reads standard input")
    parser.add_argument("--format", choices=("listing",), default="listing", help="what FILE holds (default: listing)")
    parser.add_argument(
        "--retrieved",
        metavar="YYYY-MM-DD",
        help="when the page was taken, for dates without a year (default: the time of the file)",
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--json", action="store_true", help="print what was read as one JSON list of objects")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY")
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        required=True,
        help="json holds everything that is known of a paper; obsidian writes a folder with a note for each paper, and "
        "keeps what you have written in notes that are there",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write to this file (obsidian, and markdown with a folder: a note for each paper) instead of standard "
        "output, which - means as well",
    )
    parser.add_argument(
        "--bom", action="store_true", help="with --format csv: begin with a byte order mark, which Excel needs"
    )
    parser.add_argument("--json", action="store_true", help="with -o: say as one JSON object what was written")


def _delete(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--all", action="store_true", help="also when QUERY finds several papers")
    _add_json(parser)


def _listed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON: a list of pairs with the reason")


def _merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("keep", metavar="QUERY", help="the paper that stays; must mean exactly one, in quotation marks")
    parser.add_argument("other", metavar="OTHER", nargs="+", help="a paper that is the same; goes to the trash")
    _add_json(parser)


def _log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-n", "--number", type=int, metavar="N", help="only the latest N")
    parser.add_argument("--json", action="store_true", help="print one JSON list of objects")


def _trash(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY")
    parser.add_argument("--empty", action="store_true", help="remove from the trash what matches, or everything")
    parser.add_argument("--json", action="store_true", help="print one JSON list of objects")


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--repair", action="store_true", help="mend a damaged library; the damaged file is kept under another name"
    )
    _add_json(parser, "what was found as one JSON object")


def _stats(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY")
    _add_json(parser, "one JSON object")


def _help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("topic", nargs="?", metavar="TOPIC")


def _completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        metavar="SHELL",
        choices=("bash", "zsh", "fish", "styles", "query"),
        help="bash, zsh or fish; these ask for styles and query themselves",
    )
    parser.add_argument("text", nargs="?", metavar="TEXT", help="with query: its last word, as far as it is typed")


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=0, metavar="N", help="the port on 127.0.0.1 (default: one that is free)"
    )
    parser.add_argument("--no-open", dest="open", action="store_false", help="do not open the browser")


def _keys(parser: argparse.ArgumentParser) -> None:
    _add_json(parser, "one JSON list of objects")


def _config(parser: argparse.ArgumentParser) -> None:
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--defaults", action="store_true", help="print a file with every setting, explained")
    ways.add_argument("--path", action="store_true", help="print where the settings are")
    ways.add_argument("--json", action="store_true", help="print where they are, and all that are in effect")


VERBS = {
    "list": Verb("verbs.looking", "print the papers, one a line", _list),
    "show": Verb("verbs.looking", "print papers in full", _show),
    "mark": Verb("verbs.changing", "set the status of papers, or star them", _mark),
    "note": Verb("verbs.changing", "print the note of a paper, or write it", _note),
    "tag": Verb("verbs.changing", "give papers tags, or take them away", _tag),
    "cite": Verb("verbs.citing", "print citations", _cite),
    "import": Verb("verbs.exchanging", "read papers from a bibliography, a listing page, ids or links", _import),
    "export": Verb("verbs.exchanging", "write papers in a bibliography format, as a table or as notes", _export),
    "delete": Verb("verbs.changing", "put papers in the trash", _delete),
    "restore": Verb("verbs.changing", "take papers out of the trash", _delete),
    "trash": Verb("verbs.caring", "print what lies in the trash, or empty it", _trash),
    "duplicates": Verb("verbs.caring", "print papers that may be one", _listed),
    "merge": Verb("verbs.changing", "make one paper of several", _merge),
    "undo": Verb("verbs.changing", "take back the latest change", _done),
    "redo": Verb("verbs.changing", "bring back what was undone", _done),
    "log": Verb("verbs.caring", "print what was done, latest first", _log),
    "settle": Verb("verbs.caring", "write everything into the library file (readlist does it when idle)", _done),
    "path": Verb("verbs.caring", "print where the library is", _path),
    "doctor": Verb("verbs.caring", "check the library and the ways to the clipboard", _doctor),
    "stats": Verb("verbs.counting", "print how much was read, when and of what", _stats),
    "serve": Verb("serving", "show the app in a browser on this computer", _serve),
    "keys": Verb("key_map", "print what each key of the app does", _keys),
    "config": Verb("verbs.configuring", "open the settings in your editor", _config),
    "completion": Verb("shell_completion", "print a completion script for your shell", _completion),
    "help": Verb("verbs.helping", "print a text on a topic: query, format, files, exit, environment", _help),
}
