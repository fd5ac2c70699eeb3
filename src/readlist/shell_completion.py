"""``readlist completion``: what a shell offers behind ``readlist`` and each verb, made from the parsers themselves."""

import argparse
import sys
from collections.abc import Iterator
from typing import NamedTuple

from readlist.arguments import VERBS, verb_parser


class _Offer(NamedTuple):
    """What can follow a verb."""

    verb: str
    text: str
    options: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    """The choices of an option; of the first argument under the empty name."""


def run_completion(options: argparse.Namespace) -> int:
    """Print the completion script of a shell."""
    sys.stdout.write({"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell]())
    return 0


def _offers() -> Iterator[_Offer]:
    for name, verb in VERBS.items():
        found: list[str] = []
        values: dict[str, tuple[str, ...]] = {}
        for action in verb_parser(name)._actions:  # noqa: SLF001 - argparse offers no public list
            found += action.option_strings
            if action.choices:
                for option in action.option_strings or [""]:
                    values.setdefault(option, tuple(map(str, action.choices)))
        yield _Offer(name, verb.text, tuple(found), values)


def _bash() -> str:
    cases = []
    for offer in _offers():
        inner = "".join(
            f'            {option}) COMPREPLY=($(compgen -W "{" ".join(words)}" -- "$cur")); return ;;\n'
            for option, words in offer.values.items()
            if option
        )
        words = " ".join((*offer.options, *offer.values.get("", ())))
        cases.append(
            f'        {offer.verb})\n            case "$prev" in\n{inner}            esac\n'
            f'            words="{words}" ;;\n'
        )
    return (
        "# bash completion of readlist: put it in ~/.local/share/bash-completion/completions/readlist\n"
        "_readlist() {\n"
        '    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" verb="" words="" word\n'
        '    case "$prev" in\n        --library|-o|--output|--input) COMPREPLY=($(compgen -f -- "$cur")); return ;;\n'
        "    esac\n"
        '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do\n'
        f'        case " {" ".join(VERBS)} " in *" $word "*) verb="$word"; break ;; esac\n'
        "    done\n"
        '    case "$verb" in\n'
        + "".join(cases)
        + f'        *) words="{" ".join(VERBS)} --library --empty --version --help" ;;\n'
        "    esac\n"
        '    COMPREPLY=($(compgen -W "$words" -- "$cur"))\n'
        '    [[ "$verb" == import || ${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY+=($(compgen -f -- "$cur"))\n'
        "    return 0\n"
        "}\n"
        "complete -o filenames -F _readlist readlist\n"
    )


def _zsh() -> str:
    verbs = "\n".join(f"    {_quoted(f'{offer.verb}:{offer.text}')}" for offer in _offers())
    cases = []
    for offer in _offers():
        inner = "".join(
            f"        {option}) compadd -- {' '.join(words)}; return ;;\n"
            for option, words in offer.values.items()
            if option
        )
        words = " ".join((*offer.options, *offer.values.get("", ())))
        cases.append(
            f'    {offer.verb})\n      case "$words[CURRENT-1]" in\n{inner}'
            f"        -o|--output|--input|--library) _files; return ;;\n      esac\n      compadd -- {words}\n"
            f"      {'_files ' if offer.verb == 'import' else ''};;\n"
        )
    return (
        "#compdef readlist\n"
        "# zsh completion of readlist: readlist completion zsh > a folder of your $fpath, as _readlist\n"
        "_readlist() {\n  local -a verbs\n  local verb word\n"
        f"  verbs=(\n{verbs}\n  )\n"
        '  for word in "${(@)words[2,CURRENT-1]}"; do\n'
        f'    if [[ " {" ".join(VERBS)} " == *" $word "* ]]; then verb=$word; break; fi\n'
        "  done\n"
        '  case "$verb" in\n'
        + "".join(cases)
        + "    *) _describe verb verbs; compadd -- --library --empty --version --help ;;\n"
        "  esac\n}\n"
        'if [[ "$funcstack[1]" == _readlist ]]; then _readlist "$@"; else compdef _readlist readlist; fi\n'
    )


def _fish() -> str:
    lines = [
        "# fish completion of readlist: readlist completion fish > ~/.config/fish/completions/readlist.fish",
        "complete -c readlist -f",
        "complete -c readlist -l library -r -F -d 'the library file'",
        "complete -c readlist -n __fish_use_subcommand -l version -d 'print the version'",
        "complete -c readlist -n __fish_use_subcommand -l empty -d 'start without the bundled papers'",
    ]
    for offer in _offers():
        inside = f"-n '__fish_seen_subcommand_from {offer.verb}'"
        lines.append(f"complete -c readlist -n __fish_use_subcommand -a {offer.verb} -d {_quoted(offer.text)}")
        for option in offer.options:
            flag = f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
            words = offer.values.get(option)
            takes = f" -x -a {_quoted(' '.join(words))}" if words else " -r -F" if option in _FILES else ""
            lines.append(f"complete -c readlist {inside} {flag}{takes}")
        if "" in offer.values:
            lines.append(f"complete -c readlist {inside} -a {_quoted(' '.join(offer.values['']))}")
        if offer.verb == "import":
            lines.append(f"complete -c readlist {inside} -F")
    return "\n".join(lines) + "\n"


_FILES = ("-o", "--output", "--input", "--library")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
