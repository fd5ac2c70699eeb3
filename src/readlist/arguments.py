"""What the command line understands: the verbs, and the options and arguments of each."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from readlist.statuses import current

if TYPE_CHECKING:
    from typing import Protocol

    class Parser(Protocol):
        """What of `argparse.ArgumentParser` is needed to say what a verb takes."""

        def add_argument(self, *names: str, **settings: Any) -> object:
            """Take one option or argument."""

        def add_mutually_exclusive_group(self) -> "Parser":
            """Take at most one of the options that the group is given."""


_FORMATS = ("bibtex", "biblatex", "ris", "csl-json", "markdown", "csv", "json", "obsidian")
_ORDERS = ("date", "added", "title", "author", "status", "changed", "queue", "relevance")
STARS = ("star", "unstar")
_SHELVES = ("all", "unread", "reading", "read", "starred", "queue")


class Verb(NamedTuple):
    """A verb of the command line: the module that runs it, what it does, and what it takes."""

    module: str
    text: str
    add_arguments: Callable[[Any], None]
    """What it is given says to a `Parser`."""


class _Defaults:
    """Takes the place of a parser for a verb that is called with its name alone."""

    def __init__(self) -> None:
        self.options: dict[str, Any] = {}
        self.is_enough = True
        """Whether no word is missing."""

    def add_argument(self, *names: str, **settings: Any) -> None:
        """Note what one option or argument is when it is not given."""
        is_needed = settings.get("required", not names[0].startswith("-") and settings.get("nargs") not in {"*", "?"})
        self.is_enough = self.is_enough and not is_needed
        name = settings.get("dest") or next((name for name in names if name.startswith("--")), names[0])
        missing = {"store_true": False, "store_false": True}.get(settings.get("action", ""))
        default = settings.get("default", [] if settings.get("nargs") == "*" else missing)
        self.options[name.lstrip("-").replace("-", "_")] = default

    def add_mutually_exclusive_group(self) -> "_Defaults":
        """None of them is given."""
        return self


def default_options(verb: str) -> SimpleNamespace | None:
    """The options of a verb that is called with its name alone; None where there is no such verb, or it needs words.

    They are what argparse makes of them, which takes a seventh of the time of ``readlist list`` for that.
    """
    if verb not in VERBS:
        return None
    defaults = _Defaults()
    VERBS[verb].add_arguments(defaults)
    add_library(defaults)
    return SimpleNamespace(**defaults.options) if defaults.is_enough else None


def add_library(parser: "Parser") -> None:
    """The option that every verb has."""
    parser.add_argument(
        "--library", metavar="PATH", help="the library file (default: READLIST_LIBRARY, else the data folder)"
    )


def _add_json(parser: "Parser", what: str = "what was done as one JSON object") -> None:
    parser.add_argument("--json", action="store_true", help=f"print {what}")


def _done(parser: "Parser") -> None:
    """For verbs that take no arguments and change something."""
    _add_json(parser)


def _path(parser: "Parser") -> None:
    _add_json(parser, "one JSON object")


def _list(parser: "Parser") -> None:
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


def _show(parser: "Parser") -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--json", action="store_true", help="print one JSON list of objects")


def _mark(parser: "Parser") -> None:
    marks = (*current().names, *STARS)
    parser.add_argument("mark", metavar="STATUS", choices=marks, help=", ".join(marks))
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--all", action="store_true", help="also when QUERY finds several papers")
    _add_json(parser)


def _note(parser: "Parser") -> None:
    parser.add_argument("query", metavar="QUERY", help="must mean exactly one paper")
    parser.add_argument("text", nargs="?", metavar="TEXT", help="the new note in Markdown; - reads standard input")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--append", action="store_true", help="add TEXT to the note that the paper has")
    ways.add_argument(
        "--replace", action="store_true", help="put TEXT in the place of the note; an empty TEXT removes it"
    )
    _add_json(parser, "the note, or what was done, as one JSON object")


def _tag(parser: "Parser") -> None:
    parser.add_argument("tags", metavar="TAG[,TAG]")
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--remove", action="store_true", help="take the tags away")
    parser.add_argument("--all", action="store_true", help="also when QUERY finds several papers")
    _add_json(parser)


def _cite(parser: "Parser") -> None:
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


def _import(parser: "Parser") -> None:
    parser.add_argument("file", metavar="FILE", help="the saved page; - reads standard input")
    parser.add_argument("--format", choices=("listing",), default="listing", help="what FILE holds (default: listing)")
    parser.add_argument(
        "--retrieved",
        metavar="YYYY-MM-DD",
        help="when the page was taken, for dates without a year (default: the time of the file)",
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--json", action="store_true", help="print what was read as one JSON list of objects")


def _export(parser: "Parser") -> None:
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


def _delete(parser: "Parser") -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--all", action="store_true", help="also when QUERY finds several papers")
    _add_json(parser)


def _listed(parser: "Parser") -> None:
    parser.add_argument("--json", action="store_true", help="print JSON: a list of pairs with the reason")


def _merge(parser: "Parser") -> None:
    parser.add_argument("keep", metavar="QUERY", help="the paper that stays; must mean exactly one, in quotation marks")
    parser.add_argument("other", metavar="OTHER", nargs="+", help="a paper that is the same; goes to the trash")
    _add_json(parser)


def _log(parser: "Parser") -> None:
    parser.add_argument("-n", "--number", type=int, metavar="N", help="only the latest N")
    parser.add_argument("--json", action="store_true", help="print one JSON list of objects")


def _trash(parser: "Parser") -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY")
    parser.add_argument("--empty", action="store_true", help="remove from the trash what matches, or everything")
    parser.add_argument("--json", action="store_true", help="print one JSON list of objects")


def _doctor(parser: "Parser") -> None:
    parser.add_argument(
        "--repair", action="store_true", help="mend a damaged library; the damaged file is kept under another name"
    )
    _add_json(parser, "what was found as one JSON object")


def _stats(parser: "Parser") -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY")
    _add_json(parser, "one JSON object")


def _help(parser: "Parser") -> None:
    parser.add_argument("topic", nargs="?", metavar="TOPIC")


def _completion(parser: "Parser") -> None:
    parser.add_argument(
        "what",
        metavar="SHELL",
        choices=("bash", "zsh", "fish", "styles", "query"),
        help="bash, zsh or fish; these ask for styles and query themselves",
    )
    parser.add_argument("text", nargs="?", metavar="TEXT", help="with query: its last word, as far as it is typed")


def _serve(parser: "Parser") -> None:
    parser.add_argument(
        "--port", type=int, default=0, metavar="N", help="the port on 127.0.0.1 (default: one that is free)"
    )
    parser.add_argument("--no-open", dest="open", action="store_false", help="do not open the browser")


def _keys(parser: "Parser") -> None:
    _add_json(parser, "one JSON list of objects")


def _config(parser: "Parser") -> None:
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
