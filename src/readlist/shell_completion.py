"""``readlist completion``: what a shell offers behind ``readlist`` and each verb, made from the parsers themselves.

Verbs, options and their choices stand in the scripts. What only readlist knows, the names of styles and how a query may
go on, they ask of ``readlist completion styles`` and ``readlist completion query TEXT``.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from readlist.arguments import VERBS
from readlist.errors import UsageError
from readlist.paper import Paper
from readlist.parsing import verb_parser

_FILES = ("-o", "--output", "--input", "--library")
"""Options that are followed by the name of a file."""
_LETTERS = 2
"""Letters from which on citation keys are offered."""
_MOST = 100
"""Keys that are offered at most."""
_TOP = (
    ("--library", "the library file"),
    ("--empty", "start a new library without the bundled papers"),
    ("--version", "print the version"),
    ("--help", "say how it is used"),
)


class _Offer(NamedTuple):
    """What can follow a verb."""

    verb: str
    text: str
    options: tuple[tuple[str, str], ...]
    """With what each does."""
    values: dict[str, tuple[str, ...]]
    """The choices of an option; of the first argument under the empty name."""
    takes_query: bool
    takes_file: bool

    @property
    def names(self) -> str:
        """The options alone."""
        return " ".join(name for name, _ in self.options)


def run_completion(options: argparse.Namespace) -> int:
    """Print the completion script of a shell, or what such a script asks for."""
    scripts = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    if options.what in scripts:
        sys.stdout.write(scripts[options.what]())
    elif options.what == "styles":
        sys.stdout.writelines(f"{name}\n" for name in _styles())
    else:
        sys.stdout.writelines(f"{text}\n" for text in _query(options.text or "", options.library))
    return 0


def _styles() -> Sequence[str]:
    from readlist.cite.formats import COPY_FORMATS  # noqa: PLC0415 - asked for by a key of the shell alone
    from readlist.cite.styles import COMMON, own_styles, style_files  # noqa: PLC0415 - likewise

    return list(dict.fromkeys([*COPY_FORMATS, *COMMON, *own_styles(), *style_files()]))


def _query(text: str, library: str | None) -> Iterator[str]:
    """What the last word of a query may become."""
    from readlist.search.query.completion import complete  # noqa: PLC0415 - asked for by a key of the shell alone

    def values(field: str) -> Sequence[str]:
        from readlist.search.tally import Tally  # noqa: PLC0415 - few fields have values of the library's own

        return Tally.of(_papers(library)).values(field)

    for found in complete(text, values):
        yield (text[: found.start] + found.insert).rstrip()
    if len(text) >= _LETTERS and ":" not in text:
        yield from sorted(paper.key for paper in _papers(library).values() if paper.key.startswith(text))[:_MOST]


def _papers(library: str | None) -> Mapping[str, Paper]:
    """The papers, if that can be told; a shell that asks is told of no error."""
    from readlist.config import library_path  # noqa: PLC0415 - asked for by a key of the shell alone
    from readlist.library.errors import LibraryError  # noqa: PLC0415 - likewise
    from readlist.library.library import Library  # noqa: PLC0415 - likewise

    with suppress(LibraryError, UsageError, OSError):
        return Library.open(library_path(library)).papers
    return {}


def _offers() -> Iterator[_Offer]:
    from readlist.verbs.topics import TOPICS  # noqa: PLC0415 - a table of texts

    for name, verb in VERBS.items():
        options: list[tuple[str, str]] = []
        values: dict[str, tuple[str, ...]] = {"": tuple(TOPICS)} if name == "help" else {}
        metavars = set()
        for action in verb_parser(name)._actions:  # noqa: SLF001 - argparse offers no public list
            options += [(option, action.help or "") for option in action.option_strings]
            metavars.add(action.metavar if not action.option_strings else "")
            if action.choices:
                for option in action.option_strings or [""]:
                    values.setdefault(option, tuple(map(str, action.choices)))
        takes_query = bool(metavars & {"QUERY", "OTHER"})
        yield _Offer(name, verb.text, tuple(options), values, takes_query, "FILE" in metavars)


def _bash() -> str:
    cases = []
    for offer in _offers():
        inner = "".join(
            f'            {option}) _readlist_words "{" ".join(words)}"; return ;;\n'
            for option, words in offer.values.items()
            if option
        )
        # A first argument with choices comes before the query.
        later = f'[[ "$prev" == {offer.verb} ]] || ' if "" in offer.values else ""
        more = f"            {later}ask=query\n" if offer.takes_query else ""
        more = more or ("            ask=files\n" if offer.takes_file else "")
        cases.append(
            f'        {offer.verb})\n            case "$prev" in\n{inner}            esac\n{more}'
            f'            words="{" ".join((offer.names, *offer.values.get("", ())))}" ;;\n'
        )
    top = " ".join(name for name, _ in _TOP)
    return f"""\
# bash completion of readlist: put it in ~/.local/share/bash-completion/completions/readlist
_readlist_words() {{
    COMPREPLY+=($(compgen -W "$1" -- "$cur"))
}}
_readlist_files() {{
    compopt -o filenames 2>/dev/null
    local IFS=$'\n'
    COMPREPLY+=($(compgen -f -- "$cur"))
}}
_readlist() {{
    local line="${{COMP_LINE:0:COMP_POINT}}" cur prev="" verb="" words="" ask="" word before
    # A colon and an equals sign end a word for bash, but not for readlist.
    cur="${{line##*[[:space:]]}}"
    read -ra before <<< "${{line%"$cur"}}"
    [[ ${{#before[@]}} -gt 0 ]] && prev="${{before[${{#before[@]}}-1]}}"
    COMPREPLY=()
    if [[ "$cur" == --*=* ]]; then prev="${{cur%%=*}}"; cur="${{cur#*=}}"; fi
    for word in "${{before[@]:1}}"; do
        case " {" ".join(VERBS)} " in *" $word "*) verb="$word"; break ;; esac
    done
    case "$prev" in
        {"|".join(_FILES)}) _readlist_files; return ;;
        --style) _readlist_words "$("${{COMP_WORDS[0]}}" completion styles 2>/dev/null)"; return ;;
    esac
    case "$verb" in
{"".join(cases)}        *) words="{" ".join(VERBS)} {top}" ;;
    esac
    _readlist_words "$words"
    [[ "$ask" == files && "$cur" != -* ]] && _readlist_files
    if [[ "$ask" == query && "$cur" == [a-z]* ]]; then
        while IFS= read -r word; do
            [[ "$word" == *[\\ \\"]* ]] || COMPREPLY+=("$word")
        done < <("${{COMP_WORDS[0]}}" completion query "$cur" 2>/dev/null)
        [[ ${{#COMPREPLY[@]}} -eq 1 && "${{COMPREPLY[0]}}" == *: ]] && compopt -o nospace 2>/dev/null
        if [[ "$cur" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then
            COMPREPLY=("${{COMPREPLY[@]#"${{cur%"${{cur##*:}}"}}"}}")
        fi
    fi
    return 0
}}
complete -F _readlist readlist
"""


def _zsh() -> str:
    verbs = "\n".join(f"    {_quoted(f'{offer.verb}:{offer.text}')}" for offer in _offers())
    cases = []
    for offer in _offers():
        inner = "".join(
            f"        {option}) compadd -- {' '.join(words)}; return ;;\n"
            for option, words in offer.values.items()
            if option
        )
        described = "\n".join(f"        {_quoted(f'{name}:{_short(text)}')}" for name, text in offer.options)
        first = f"      compadd -- {' '.join(offer.values[''])}\n" if "" in offer.values else ""
        later = f'[[ "$words[CURRENT-1]" == {offer.verb} ]] || ' if "" in offer.values else ""
        query = f"      {later}_readlist_query\n" if offer.takes_query else "      _files\n" if offer.takes_file else ""
        cases.append(
            f'    {offer.verb})\n      case "$words[CURRENT-1]" in\n{inner}      esac\n'
            f"      options=(\n{described}\n      )\n{first}{query}"
            f'      [[ "$PREFIX" == -* ]] && _describe -o option options ;;\n'
        )
    top = "\n".join(f"    {_quoted(f'{name}:{text}')}" for name, text in _TOP)
    return f"""\
#compdef readlist
# zsh completion of readlist: readlist completion zsh > a folder of your $fpath, as _readlist
_readlist_query() {{
  [[ "$PREFIX" == [a-z]* ]] || return
  local -a found
  found=("${{(@f)$($words[1] completion query "$PREFIX" 2>/dev/null)}}")
  [[ -n "$found" ]] && compadd -Q -S '' -- "${{(@)found:#*\\"*}}"
}}
_readlist() {{
  local -a verbs options
  local verb word
  verbs=(
{verbs}
  )
  options=(
{top}
  )
  for word in "${{(@)words[2,CURRENT-1]}}"; do
    if [[ " {" ".join(VERBS)} " == *" $word "* ]]; then verb=$word; break; fi
  done
  case "$words[CURRENT-1]" in
    {"|".join(_FILES)}) _files; return ;;
    --style) compadd -- "${{(@f)$($words[1] completion styles 2>/dev/null)}}"; return ;;
  esac
  case "$verb" in
{"".join(cases)}    *) _describe verb verbs; [[ "$PREFIX" == -* ]] && _describe -o option options ;;
  esac
}}
if [[ "$funcstack[1]" == _readlist ]]; then _readlist "$@"; else compdef _readlist readlist; fi
"""


def _fish() -> str:
    lines = [
        "# fish completion of readlist: readlist completion fish > ~/.config/fish/completions/readlist.fish",
        "function __readlist_ask",
        "    set -l words (commandline -opc)",
        "    $words[1] completion $argv 2>/dev/null",
        "end",
        "complete -c readlist -f",
        "complete -c readlist -l library -r -F -d 'the library file'",
    ]
    lines += [
        f"complete -c readlist -n __fish_use_subcommand -l {name[2:]} -d {_quoted(text)}" for name, text in _TOP[1:]
    ]
    for offer in _offers():
        inside = f"-n '__fish_seen_subcommand_from {offer.verb}'"
        lines.append(f"complete -c readlist -n __fish_use_subcommand -a {offer.verb} -d {_quoted(offer.text)}")
        for option, text in offer.options:
            flag = f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
            words = offer.values.get(option)
            takes = f" -x -a {_quoted(' '.join(words))}" if words else " -r -F" if option in _FILES else ""
            if option == "--style":
                takes = " -x -a '(__readlist_ask styles)'"
            lines.append(f"complete -c readlist {inside} {flag}{takes} -d {_quoted(_short(text))}")
        if "" in offer.values:
            lines.append(f"complete -c readlist {inside} -a {_quoted(' '.join(offer.values['']))}")
        if offer.takes_query:
            later = f"; and test (commandline -opc)[-1] != {offer.verb}" if "" in offer.values else ""
            lines.append(f"complete -c readlist {inside[:-1]}{later}' -a '(__readlist_ask query (commandline -ct))'")
        if offer.takes_file:
            lines.append(f"complete -c readlist {inside} -F")
    return "\n".join(lines) + "\n"


def _short(text: str) -> str:
    """The beginning of an explanation, without what a shell would take for its own signs."""
    beginning = text.split(";", maxsplit=1)[0].split(" (", maxsplit=1)[0].replace(":", ",")
    return beginning.replace("[", "").replace("]", "")[:60]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
