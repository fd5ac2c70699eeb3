r"""LaTeX in titles, abstracts and names, made readable Unicode that is safe to put on a terminal.

``to_unicode`` is for the eye only: the library keeps the text of the source. It reads what titles and abstracts hold,
not documents: nothing is defined, included or typeset. How it is built:

* ``pairs``: which braces, dollars and environments belong together, found in one pass;
* ``reader``: text and mathematics, read from left to right;
* ``scripts``: superscripts, subscripts, fractions, and the blanks between symbols;
* ``macros``: macros with arguments, and those that say nothing;
* ``symbols``: what a macro stands for: a few dozen common ones here, the rest from pylatexenc.

pylatexenc 2.11 gives its table of macros and not its parser: the parser reads "costs $5 and $6" as mathematics, drops
what follows a bare ``%``, loses unknown macros, logs to the screen and recurses as deep as its input (a few thousand
braces end in a RecursionError). Text without LaTeX loads none of these modules.
"""

import re

from readlist.lazy_pattern import lazy_pattern

_UNSAFE = lazy_pattern(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]+"
)
_BLANKS = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_JOINERS = frozenset("\u200c\u200d")


def plain(text: str) -> str:
    """``text`` on one line, without the characters that could harm a terminal or misalign its columns.

    Line breaks and tabs become one blank. Removed are the C0 and C1 controls (so that an escape sequence is left as
    harmless letters), invisible format characters such as bidirectional overrides and isolates, zero-width spaces and
    tags (Unicode category Cf), and noncharacters. A joiner (U+200C, U+200D) stays between two characters that it can
    join: inside an emoji, or in a script that needs it. A lone surrogate, which no terminal could be sent, becomes
    U+FFFD. Combining marks stay.
    """
    return text if text.isprintable() else _UNSAFE.sub(_harmless, text)


def _harmless(match: re.Match[str]) -> str:
    run = match[0]
    if not _BLANKS.isdisjoint(run):
        return " "
    if run in _JOINERS and _joins(match.string, match.start() - 1) and _joins(match.string, match.end()):
        return run
    return "\ufffd" * sum("\ud800" <= character <= "\udfff" for character in run)


def _joins(text: str, index: int) -> bool:
    """Whether the character at ``index`` exists and belongs to a script, or to the emoji, that joiners are made for."""
    return 0 <= index < len(text) and text[index] > "\u02ff" and not text[index].isspace()


def to_unicode(text: str) -> str:
    r"""The LaTeX in ``text`` as readable Unicode on one line; the result is always ``plain``.

    ``$L_\infty=8/255$`` becomes L_∞=8/255, ``$X_1,\dots,X_n$`` X₁,…,Xₙ, ``\textit{multi-attacks}`` multi-attacks.
    Text without LaTeX is returned as ``plain`` returns it. A macro nobody knows leaves its argument, or else its name;
    what is not balanced is shown as it is. Never raises.
    """
    text = plain(text)
    # Six searches for a fixed string take a tenth of the time of one regular expression.
    if "\\" in text or "$" in text or "{" in text or "--" in text or "``" in text or "~" in text:
        from readlist.latex.reader import convert  # noqa: PLC0415 - most texts hold no LaTeX and need no reader

        return plain(convert(text))
    return text
