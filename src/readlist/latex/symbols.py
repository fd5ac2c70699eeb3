r"""What a macro stands for.

The symbols that titles use most are listed here, so that showing a list of titles need not import pylatexenc (about
20 ms); every other macro is looked up in pylatexenc's table. Letters in another alphabet (``\mathbb``) and accented
letters come from the Unicode database of the standard library.
"""
# ruff: noqa: RUF001 - mathematical characters are what this module is about

from functools import lru_cache
from typing import Any

_LETTERS = (
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ "
    "mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω "
    "ell ℓ hbar ℏ partial ∂ nabla ∇ infty ∞ emptyset ∅ imath ı jmath ȷ Re ℜ Im ℑ textmu μ "
    # Not LaTeX's own, but what papers define them to mean.
    "reals ℝ integers ℤ complex ℂ dbar đ eg e.g. ie i.e."
)
_SIGNS = (
    "to → rightarrow → longrightarrow ⟶ leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftrightarrow ⇔ implies ⟹ iff ⟺ "
    "mapsto ↦ uparrow ↑ downarrow ↓ times × cdot · pm ± mp ∓ div ÷ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ "
    "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ ll ≪ gg ≫ lesssim ≲ gtrsim ≳ "
    "lt < gt > in ∈ notin ∉ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ wedge ∧ vee ∨ neg ¬ "
    "forall ∀ exists ∃ sum ∑ prod ∏ int ∫ perp ⊥ mid | vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ parallel ∥ "
    "langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } ldots … dots … cdots ⋯ dotsc … dotsb … "
    "prime ′ dagger † ddagger ‡ colon : backslash \\ textbackslash \\ | ‖ degree ° textdegree ° copyright © "
    "LaTeX LaTeX TeX TeX BibTeX BibTeX textasciitilde ~ textasciicircum ^ textless < textgreater > textbar | "
    "textendash – textemdash — textquotesingle ' slash / bigstar ★ checkmark ✓ pounds £ euro €"
)
_TEXT_LETTERS = (
    "ss ß o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ dh ð DH Ð dj đ DJ Đ th þ TH Þ ng ŋ NG Ŋ S § P ¶"
)
_MATH_LETTERS = "R ℝ C ℂ Z ℤ N ℕ Q ℚ L L O O P P S S l l o o i ı j ȷ"


def _table(words: str) -> dict[str, str]:
    items = words.split()
    return dict(zip(items[::2], items[1::2], strict=True))


TEXT_LETTERS = _table(_TEXT_LETTERS)
r"""Letters and signs that are meant in text alone: ``\o``; TeX swallows the blank behind them."""

MATH_LETTERS = _table(_MATH_LETTERS)
r"""One-letter macros inside mathematics: the number sets that papers define them to be, else the letter itself."""

FUNCTIONS = frozenset(
    [
        "log",
        "ln",
        "lg",
        "exp",
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "min",
        "max",
        "sup",
        "inf",
        "lim",
        "limsup",
        "liminf",
        "arg",
        "argmin",
        "argmax",
        "deg",
        "det",
        "dim",
        "gcd",
        "hom",
        "ker",
        "Pr",
        "mod",
        "bmod",
        "rank",
        "tr",
        "Tr",
        "diag",
        "sgn",
        "sign",
        "supp",
        "span",
        "poly",
        "polylog",
    ]
)
"""Named functions and operators, set upright and apart from their neighbours."""

COMMON = _table(_LETTERS) | _table(_SIGNS) | {name: name for name in FUNCTIONS}

ACCENTS = {
    "`": "\u0300", "grave": "\u0300", "'": "\u0301", "acute": "\u0301", "^": "\u0302", "hat": "\u0302",
    "widehat": "\u0302", "~": "\u0303", "tilde": "\u0303", "widetilde": "\u0303", "=": "\u0304", "bar": "\u0304",
    "overline": "\u0305", "u": "\u0306", "breve": "\u0306", ".": "\u0307", "dot": "\u0307", '"': "\u0308",
    "ddot": "\u0308", "r": "\u030a", "mathring": "\u030a", "H": "\u030b", "v": "\u030c", "check": "\u030c",
    "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331", "underline": "\u0332", "vec": "\u20d7",
    "overrightarrow": "\u20d7", "not": "\u0338",
}  # fmt: skip
"""Accent macros and the combining character each adds to its argument's letter."""

_LINES = "\u0305\u0332\u20d7"

ALPHABETS = {
    "mathbb": "DOUBLE-STRUCK", "Bbb": "DOUBLE-STRUCK", "bb": "DOUBLE-STRUCK", "mathbbm": "DOUBLE-STRUCK",
    "mathds": "DOUBLE-STRUCK", "mathcal": "SCRIPT", "cal": "SCRIPT", "mathscr": "SCRIPT", "scr": "SCRIPT",
    "mathfrak": "FRAKTUR", "frak": "FRAKTUR",
}  # fmt: skip
"""Macros that choose another alphabet, and Unicode's name for it. Bold, italic and sans-serif letters stay plain: in
a terminal, and to a search, they are the same letter."""


@lru_cache(maxsize=1024)
def letter(alphabet: str, character: str) -> str:
    """``character`` in the alphabet Unicode calls ``alphabet``; unchanged where it has no such form."""
    import unicodedata  # noqa: PLC0415 - most texts use no other alphabet

    if not (character.isascii() and character.isalnum()):
        return character
    if character.isdigit():
        names = [f"MATHEMATICAL {alphabet} {unicodedata.name(character)}"]
    else:
        case = "CAPITAL" if character.isupper() else "SMALL"
        # The letters that were in Unicode before the block of mathematical letters keep their older names.
        older = "BLACK-LETTER" if alphabet == "FRAKTUR" else alphabet
        names = [f"{style} {case} {character.upper()}" for style in (f"MATHEMATICAL {alphabet}", older)]
    for name in names:
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    return character


def accented(accent: str, text: str) -> str:
    """``text`` with the combining character ``accent`` on its first letter, composed where Unicode has the letter.

    A line or an arrow over several letters is dropped: a row of combining marks is hard to read in a terminal.
    """
    import unicodedata  # noqa: PLC0415 - most texts hold no accents

    if accent in _LINES and len(text) > 1:
        return text
    if accent == "\u0305":
        accent = "\u0304"  # over one letter LaTeX's overline looks like a macron, and fonts have that
    return unicodedata.normalize("NFC", text[:1] + accent) + text[1:]


@lru_cache(maxsize=1024)
def symbol(name: str) -> str | None:
    r"""The text that ``\name`` stands for without arguments, or None when neither we nor pylatexenc know it."""
    if name in COMMON:
        return COMMON[name]
    spec = _pylatexenc().get_macro_spec(name)
    text = getattr(spec, "simplify_repl", None)
    # A callable or a pattern wants arguments; "today" and placeholders such as "<cit.>" are no symbols.
    if not isinstance(text, str) or "%" in text or len(text.strip()) > 3 or not text.strip():  # noqa: PLR2004 - "iff"
        return None
    return text.strip()


@lru_cache(maxsize=1)
def _pylatexenc() -> Any:
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415 - 20 ms, for the rarer macros only

    return get_default_latex_context_db()
