"""The command line, parsed: which verb is meant, and with what options.

The parser of a verb is made only when that verb is called: making all of them would take longer than ``readlist list``
takes to list.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, NoReturn

import readlist
from readlist.arguments import STARS, VERBS, add_library
from readlist.statuses import current

_QUERY = """\
QUERY is words that must all occur in a paper (title, authors, tags, note, abstract …), an "exact phrase", a citation
key, an arXiv id or a DOI; or a search as in the app: author:fort year:2021..2023 title: abstract: note: tag:ood
-tag:old status:unread is:starred has:code category:cs.LG venue: added:<30d read:2026-10 doi: arxiv:, or, ( ),
/regular expressions/. """
_STATUS = "Exit status: 0 done, 1 nothing found, 2 wrong use or bad input."


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
        meant = f"; did you mean mark {name}?" if name in (*current().names, *STARS) else _nearest(name, VERBS)
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
    add_library(parser)
    return parser


def verb_parser(name: str) -> _Parser:
    """The parser of one verb."""
    verb = VERBS[name]
    parser = _Parser(prog=f"readlist {name}", description=f"{verb.text[0].upper()}{verb.text[1:]}.", allow_abbrev=False)
    verb.add_arguments(parser)
    parser.epilog = f"{_QUERY if _takes_query(parser) else ''}{_STATUS}"
    add_library(parser)
    return parser
