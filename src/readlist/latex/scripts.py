"""Superscripts, subscripts, fractions and roots in one line of Unicode, and the blanks between symbols.

What stands next to a group is not known while the group is read, so four noncharacters (never in the input, because
``plain`` has removed them) mark the places where the neighbours decide; ``settle`` replaces them.
"""
# ruff: noqa: RUF001, RUF002, RUF003 - mathematical characters are what this module is about

import re

from readlist.lazy_pattern import lazy_pattern

SOFT = "\ufdd0"
"""A blank if words would otherwise touch: "n" and "log n"."""
AFTER_LETTER = "\ufdd1"
"""The blank typed after a macro that stands for a letter; TeX ignores it, "λx", but "λ ∈ X" reads better with it."""
_OPEN, _CLOSE = "\ufdd2", "\ufdd3"  # parentheses if a letter or digit follows: t_max, but t_(max)x

_UP = dict(zip("0123456789+-=()abcdefghijklmnoprstuvwxyzT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ", strict=True))
_DOWN = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_RAISED = {"*": "*", "∗": "*", "⋆": "⋆", "∘": "°", "°": "°", "†": "†", "‡": "‡", "′": "′", "″": "″", "⊤": "ᵀ", "×": "ˣ"}
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_SCRIPT = "".join(_UP.values()) + "".join(_DOWN.values())

_WORD = rf"[^\W_{_SCRIPT}]"  # Python counts superscript digits as word characters
_LONG_WORD = lazy_pattern(r"[^\W\d_]{3}")
_ATOM = lazy_pattern(r"[√∂]?(?:\w[\w\u0300-\u036f′]*(?:\.\d+)?(?:\([^()]*\))?|\([^()]*\)|\[[^][]*\]|.)", re.DOTALL)
_LINKS = frozenset(f"_^{_SCRIPT}")

_RELATION = "=<>≤≥≠≈≡∼≃≅∝∈∉⊂⊆⊃⊇→⟶←↔⇒⟹⇔↦≪≫≲≳⩽⩾≺≻⪯⪰"
_OPERATOR = f"{_RELATION}×·±∪∩⊗⊕⋊∧∨∖"  # not + and -, which are also signs of a number
_OPERAND_END = "(?<=[\\w)\\]}′*°⁺⁻⁾₊₋₎])"
_ONE_BLANK_BEFORE = lazy_pattern(rf"{_OPERAND_END} ([{_OPERATOR}])(?=[^\s{_OPERATOR}])")
_ONE_BLANK_AFTER = lazy_pattern(rf"{_OPERAND_END}([{_OPERATOR}]) (?=\S)")
_LEADING_RELATION = lazy_pattern(rf"([{_RELATION}]) (?=\S)")
_MARKED_WORD = lazy_pattern(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}(?={_WORD})")
_TOUCHING = lazy_pattern(rf"(?<=[\w)\]′]){SOFT}+(?=(?:{_WORD}|√))")
_IGNORED_BLANK = lazy_pattern(rf"{AFTER_LETTER}(?=[\w(])")
_MARKS = lazy_pattern(f"[{SOFT}{_OPEN}{_CLOSE}]")


def script(sign: str, text: str, *, word: bool = False) -> str:
    r"""A superscript (``sign`` is "^") or subscript ("_").

    Unicode's own characters are used where each character has one and the result reads well: x², Xₙ, 10⁻³, but t_max.
    Otherwise the sign stays, before the bare text where that is clear (L_∞, 10^𝒪(100)), else before parentheses.

    Args:
        sign: "^" or "_".
        text: What is raised or lowered, already readable.
        word: Whether the source set it as a word (with ``\mathrm`` or ``\text``).
    """
    if not text:
        return ""
    if sign == "^" and text in _RAISED:
        return _RAISED[text]
    if relation := _LEADING_RELATION.match(text):
        text = relation[1] + text[relation.end() :]  # ℝ_(≥0)
    table = _UP if sign == "^" else _DOWN
    compact = text.replace(" ", "")
    legible = len(compact) == 1 or compact in _ORDINALS or not (word or _LONG_WORD.search(compact))
    if legible and all(character in table for character in compact):
        return "".join(map(table.__getitem__, compact))
    if len(text) == 1:
        return sign + text
    return f"{sign}{_OPEN}{text}{_CLOSE}" if is_atom(text) else f"{sign}({text})"


def is_atom(text: str) -> bool:
    """Whether ``text`` needs no parentheses beside a sign: a word, a number, 𝒪(100), one symbol, (a bracket)."""
    return _ATOM.fullmatch(text) is not None and _LINKS.isdisjoint(text)


def _operand(text: str) -> str:
    # A script binds tighter than a fraction: x²/2 is clear.
    bare = "".join(character for character in text if character not in _LINKS)
    return text if is_atom(bare) else f"({text})"


def fraction(numerator: str, denominator: str) -> str:
    """``numerator`` over ``denominator`` on one line: a/b, (a+b)/2."""
    return f"{SOFT}{_operand(numerator)}/{_operand(denominator)}{SOFT}"


def root(radicand: str, index: str) -> str:
    """The root of ``radicand``, square unless ``index`` says otherwise: √2, ∛(x+1)."""
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(index) or f"{script('^', index)}√"
    return f"{sign}{radicand}" if not radicand or is_atom(radicand) else f"{sign}({radicand})"


def settle(text: str) -> str:
    """``text`` with every mark replaced as its neighbours ask."""
    if _OPEN in text:
        text = _MARKED_WORD.sub(r"(\1)", text)
    if AFTER_LETTER in text:
        text = _IGNORED_BLANK.sub("", text).replace(AFTER_LETTER, " ")
    if SOFT in text:
        text = _TOUCHING.sub(" ", text)
    return _MARKS.sub("", text)


def settle_formula(text: str) -> str:
    """``settle``, and relations with a blank on both sides or on none: TeX ignores what blanks were typed."""
    text = settle(text)
    return _ONE_BLANK_AFTER.sub(r" \1 ", _ONE_BLANK_BEFORE.sub(r" \1 ", text)) if " " in text else text
