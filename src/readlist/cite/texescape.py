r"""Text and LaTeX made safe for the fields of a BibTeX file, with capitals that must stay capitals in braces.

The files are UTF-8: letters with accents stay as they are, which biber, pybtex and every BibTeX of this century's
distributions read; only the characters that TeX takes for commands are escaped. Two rules make a field safe: braces
balance (BibTeX counts ``\{`` as well, so that a brace without partner becomes ``\textbraceleft{}``), and outside of
mathematics no ``& % $ # _ ~ ^ \`` stands bare.
"""

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufdd0-\ufdef]+")
_PLAIN = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: "\\" + character for character in "&%$#_"},
}
_SPECIAL = re.compile(r"[\\{}~^&%$#_]")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[ -@\\^-`{-~])")
_NO_TEXT = re.compile(r"\\[A-Za-z]+\s*|\\.|\{|\$\$?", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:[-'\u2019\u2010\u2011/.+][^\W_]+)*")
_TAGS = (
    (re.compile(r"<i>(.*?)</i>", re.DOTALL), r"\\emph{\1}"),
    (re.compile(r"<b>(.*?)</b>", re.DOTALL), r"\\textbf{\1}"),
    (re.compile(r"<sub>(.*?)</sub>", re.DOTALL), r"\\textsubscript{\1}"),
    (re.compile(r"<sup>(.*?)</sup>", re.DOTALL), r"\\textsuperscript{\1}"),
    (re.compile(r"<span[^>]*>(.*?)</span>", re.DOTALL), r"{\1}"),
)


def one_line(text: str) -> str:
    """``text`` without control characters, its white space folded."""
    return " ".join(_CONTROL.sub(" ", text).split())


def escape_text(text: str) -> str:
    """Plain text as LaTeX: every character stands for itself."""
    return _SPECIAL.sub(lambda found: _PLAIN[found[0]], one_line(text))


def escape_marked(text: str) -> str:
    """Text with the markup of CSL-JSON (``<i>``, ``<sub>``, …) as LaTeX, its capitals protected."""
    text = protect(escape_text(text))
    for pattern, replacement in _TAGS:
        while pattern.search(text):
            text = pattern.sub(replacement, text)
    return text


def escape_latex(text: str) -> str:
    r"""LaTeX as authors write it in titles: commands, groups and formulas stay, what is bare or unpaired is escaped."""
    from readlist.latex.pairs import Pairs  # noqa: PLC0415 - only for titles that hold LaTeX

    text = one_line(text)
    if not _SPECIAL.search(text):
        return text
    pairs = Pairs(text)
    paired = set(pairs.braces) | set(pairs.braces.values())
    out: list[str] = []
    index = 0
    while index < len(text):
        span = pairs.maths.get(index)
        if span and _is_balanced(text[index : span.after]):
            out.append(text[index : span.after])
            index = span.after
            continue
        character = text[index]
        command = _COMMAND.match(text, index) if character == "\\" else None
        if character == "\\" and re.match(r"[()\[\]]|[^\x00-\x7f]", text[index + 1 : index + 2]):
            index += 1  # it opens no formula and is no command: the screen does not show it either
        elif command and command[0][1] not in "{}":
            out.append(command[0])
            index = command.end()
        elif command and command[0][1] in "{}":
            out.append(_PLAIN[command[0][1]])
            index = command.end()
        else:
            keeps = (character in "{}" and index in paired) or (character == "~" and _is_tie(text, index))
            out.append(character if keeps else _PLAIN.get(character, character))
            index += 1
    return "".join(out)


def _is_tie(text: str, index: int) -> bool:
    return 0 < index < len(text) - 1 and not text[index - 1].isspace() and not text[index + 1].isspace()


def _is_balanced(text: str) -> bool:
    """Whether the braces balance as BibTeX counts them, escaped ones too."""
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def protect(latex: str) -> str:
    """``latex`` with braces round each formula and each word whose capitals a bibliography style must not take away.

    Such words are acronyms and names with a capital inside (``{AlphaFold}``), words with a digit and a capital, single
    capital letters that are no article, and in a title that is not in title case every capitalised word inside. What
    stands right behind a command gets none: they would make it the command's argument.
    """
    pieces = _split(latex)
    title_case = _is_title_case("".join(text for kind, text in pieces if kind == "text"))
    out: list[str] = []
    opens = True  # whether the next word is the first of the title or of a subtitle
    is_behind_command = False
    for kind, text in pieces:
        if kind == "math":
            out.append(text if is_behind_command else "{" + text + "}")
            opens = False
        elif kind == "text":
            done, opens = _protect_words(text, opens=opens, title_case=title_case, is_free=not is_behind_command)
            out.append(done)
        else:
            out.append(text)
            opens = opens and not text.strip("{}")
        is_behind_command = text.startswith("\\") and text[-1].isalnum()
    return "".join(out)


def _split(latex: str) -> list[tuple[str, str]]:
    """Pieces of kind ``text`` (outside all groups), ``math``, and ``other`` (commands and groups)."""
    pieces: list[tuple[str, str]] = []
    position = 0
    while found := _NO_TEXT.search(latex, position):
        start = found.start()
        if start > position:
            pieces.append(("text", latex[position:start]))
        position = found.end()
        if found[0] == "{":
            position = _closing(latex, start) + 1
            pieces.append(("other", latex[start:position]))
        elif found[0][0] == "$":
            end = latex.find(found[0], position)
            position = end + len(found[0]) if end >= 0 else len(latex)
            pieces.append(("math", latex[start:position]))
        else:
            pieces.append(("other", found[0]))
    if position < len(latex):
        pieces.append(("text", latex[position:]))
    return pieces


def _closing(text: str, opening: int) -> int:
    depth = 0
    for index in range(opening, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if depth == 0:
            return index
    return len(text) - 1


def _is_title_case(text: str) -> bool:
    long_words = re.findall(r"[^\W\d_]{4,}", text)[1:]
    capitalised = sum(word[0].isupper() for word in long_words)
    return bool(long_words) and capitalised * 2 >= len(long_words)


def _protect_words(text: str, *, opens: bool, title_case: bool, is_free: bool) -> tuple[str, bool]:
    out: list[str] = []
    position = 0
    for found in _WORD.finditer(text):
        between = text[position : found.start()]
        opens = opens or bool(re.search(r"[:.?!\u2013\u2014]\s*[\"'\u201c\u2018(]?$", between))
        out.append(between)
        may_be_braced = is_free or found.start() > 0
        is_braced = may_be_braced and _needs_braces(found[0], opens=opens, title_case=title_case)
        out.append("{" + found[0] + "}" if is_braced else found[0])
        position = found.end()
        opens = False
    rest = text[position:]
    out.append(rest)
    return "".join(out), opens or bool(re.search(r"[:.?!\u2013\u2014]\s*$", rest))


def _needs_braces(word: str, *, opens: bool, title_case: bool) -> bool:
    parts = re.split(r"[-'\u2019\u2010\u2011/.+]", word)
    if any(character.isupper() for part in parts for character in part[1:]):
        return True
    if any(character.isdigit() for character in word) and any(character.isupper() for character in word):
        return True
    if any(len(part) == 1 and part.isupper() for part in parts) and word not in ("A", "I", "O"):
        return True
    return not opens and not title_case and word[0].isupper()
